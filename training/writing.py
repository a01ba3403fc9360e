"""Writes what was learned: the adapter as the program loads it, and beside it where it comes from."""

import hashlib
import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from torch import Tensor

from training.course import Plan


@dataclass(frozen=True, slots=True)
class Source:
    """A folder of speech that was learned from."""

    name: str
    licence: str
    """As its manifest.json says, where it has one."""
    files: int
    pieces: int
    minutes: float
    weight: int
    """How often each piece came in a round."""


def source(folder: Path, pieces: int, minutes: float, weight: int) -> Source:
    """What is to be told of a folder; the manifests may lie in folders inside it."""
    licences = {json.loads(file.read_text(encoding="utf-8")).get("licence") for file in folder.rglob("manifest.json")}
    files = sum(path.suffix in (".flac", ".wav") for path in folder.rglob("*"))
    licence = ", ".join(sorted(filter(None, licences)))
    return Source(folder.name, licence, files, pieces, round(minutes, 1), weight)


def write_adapter(
    file: Path, changes: Mapping[str, Tensor], strength: float, plan: Plan, told: Mapping[str, object]
) -> None:
    """Write FILE.npz with the changes in 16 bits, and FILE.json. told: what else to say of its origin."""
    halves: dict[str, Any] = {name: change.detach().numpy().astype(np.float16) for name, change in changes.items()}
    np.savez(file, **halves)
    record = {
        "what": "changes to the encoder of Moonshine tiny: low-rank factors of matrices, and vectors",
        "licence": "as Hearthside itself",
        "strength": strength,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "moonshine-voice": version("moonshine-voice"),
        **told,
        "plan": asdict(plan),
    }
    file.with_suffix(".json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


def commit() -> str:
    """The commit of the code that learns, with a plus when it was changed since; "" outside a repository."""
    done = subprocess.run(("git", "describe", "--always", "--dirty=+"), capture_output=True, text=True, check=False)
    return done.stdout.strip()


def curve(folder: Path) -> Sequence[Mapping[str, object]]:
    """The examinations in a folder of training, in their order."""
    lines = (folder / "curve.jsonl").read_text(encoding="utf-8").splitlines()
    return [line for line in map(json.loads, lines) if "exam" in line]
