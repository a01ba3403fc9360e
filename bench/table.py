"""The table that the bench prints, and the machine on which it was measured."""

import math
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    value: str
    note: str = ""
    """How it was measured, in a few words."""


@dataclass(frozen=True, slots=True)
class Part:
    """The result of one measurement."""

    rows: tuple[Row, ...]
    details: str = ""
    """Markdown that is printed below the table; "" for none."""


def table(rows: Sequence[Row]) -> str:
    """The rows as a markdown table."""
    lines = ["| what | measured | how |", "|---|---|---|"]
    return "\n".join([*lines, *(f"| {row.what} | {row.value} | {row.note} |" for row in rows)])


def machine() -> str:
    """The processor, its cores as far as this process may use them, what else it has to do now, and Python."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = f"load {os.getloadavg()[0]:.1f} before" if hasattr(os, "getloadavg") else "load unknown"
    return f"{_processor()}, {cores} cores ({load}), {platform.system()}, Python {platform.python_version()}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    # Many virtual machines hide the model's name, so its numbers go with it.
    facts = dict(line.split(":", 1) for line in lines if ":" in line)
    known = {name.strip(): value.strip() for name, value in facts.items()}
    numbers = f"family {known.get('cpu family', '?')} model {known.get('model', '?')}"
    return f"{known.get('model name', platform.machine())} ({numbers})"


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of the values that at least this share of them (0 to 1) do not exceed: the nearest rank."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def percent(part: int, whole: int) -> str:
    """The share as people write it; never rounded up to a 100 % that it is not."""
    if not whole:
        return "nothing measured"
    return f"{math.floor(1000 * part / whole) / 10:.1f} %"


def most_expected(count: int) -> float:
    """The highest mean at which so few events still have a chance of 5 %: the one-sided 95 % bound of a Poisson count.

    For no event at all it is 3.0, the rule of three.
    """
    low, high = 0.0, 10.0 + 3 * count
    while high - low > 1e-6:
        mean = (low + high) / 2
        chance = math.fsum(math.exp(-mean) * mean**events / math.factorial(events) for events in range(count + 1))
        low, high = (mean, high) if chance > 0.05 else (low, mean)
    return high
