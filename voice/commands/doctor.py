"""`hearthside doctor`: looks at everything that an evening needs; a line and a fix each."""

import json
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from voice.commands import doctor_checks, doctor_devices, doctor_echo
from voice.commands.doctor_checks import CheckResult, Visit
from voice.config import find_home
from voice.engines.models import MODELS
from voice.errors import HearthsideError, MistakesError

Check = Callable[[Visit], CheckResult]
"""Looks at one thing; a HearthsideError or OSError that it raises is what it found."""

CHECKS: Mapping[str, Check] = {
    "settings": doctor_checks.settings,
    "permissions": doctor_checks.permissions,
    "database": doctor_checks.database,
    "clock": doctor_checks.clock,
    "packs": doctor_checks.packs,
    **{f"{each.engine} model": partial(doctor_checks.model, each) for each in MODELS},
    "rooms": doctor_checks.rooms,
    "recognizers": doctor_checks.recognizers,
    "words": doctor_checks.words,
    "voice": doctor_checks.voice,
    "service": doctor_checks.service,
    "loudspeaker": doctor_devices.loudspeaker,
    "microphone": doctor_devices.microphone,
    "echo": doctor_echo.echo,
}
WIDTH = max(map(len, CHECKS))
INDENT = " " * (WIDTH + 6)


def doctor(home: Path | None, *, as_json: bool) -> int:
    """Print a line for every check, or an object {name, ok, text, fix} a line.

    Returns the exit code: 0 when everything is fine, 1 when anything is broken or there is no microphone or
    loudspeaker.
    """
    visit = Visit(find_home(home))
    all_fine = True
    try:
        for name, check in CHECKS.items():
            _announce(f"looking at: {name} ...")
            finding = examine(check, visit)
            _announce("")
            print(_as_json(name, finding) if as_json else _as_line(name, finding), flush=True)
            all_fine = all_fine and finding.ok
    finally:
        visit.close()
    return 0 if all_fine else 1


def examine(check: Check, visit: Visit) -> CheckResult:
    """What a check finds."""
    try:
        return check(visit)
    except MistakesError as error:
        return CheckResult("\n".join(error.mistakes), False, error.fix)
    except HearthsideError as error:
        return CheckResult(f"{error.where}: {error.what}" if error.where else error.what, False, error.fix)
    except OSError as error:
        what = error.strerror or str(error)
        return CheckResult(f"{error.filename}: {what}" if error.filename else what, False, "See who may read it.")


def _announce(text: str) -> None:
    """Show what is being looked at, on a terminal, in place of what was shown before."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


def _as_line(name: str, finding: CheckResult) -> str:
    """The check in one line; where there are several mistakes, each in one, and the fix below them."""
    text, *more = finding.text.splitlines()
    line = f"{'ok' if finding.ok else '--'}  {name:{WIDTH}}  {text}"
    if more:
        return "\n".join([line, *(INDENT + each for each in (*more, finding.fix))])
    return f"{line}. {finding.fix}" if finding.fix else line


def _as_json(name: str, finding: CheckResult) -> str:
    return json.dumps({"name": name, "ok": finding.ok, "text": finding.text, "fix": finding.fix}, ensure_ascii=False)
