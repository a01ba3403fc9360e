"""Finds a Vosk model on this machine and checks that it is whole, by its files and by pinned checksums."""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from voice.errors import ModelError

REINSTALL = "Run `hearthside setup` to install the model again."  # the fix for a damaged model
NAME = "vosk-model-small-en-us-0.15"
URL = f"https://alphacephei.com/vosk/models/{NAME}.zip"

PINNED = {
    "am/final.mdl": "5596b31d4fb9735918975e48abfc04582a561393",
    "graph/Gr.fst": "1f292e6398e94f0c99707d9b205f26056ffb6ac8",
    "graph/HCLr.fst": "9797b2628cba6119d8b9a7dbd9a2cd78126e4075",
    "ivector/final.ie": "93737bf720d6e9e3eed4d0e87431614e33f533b8",
}
"""The files of the model called NAME -> their hash as `git hash-object` prints it."""

_NEEDED = (
    "am/final.mdl",
    "conf/mfcc.conf",
    "conf/model.conf",
    "graph/Gr.fst",  # with HCLr.fst: a graph that takes a grammar; the one-piece HCLG.fst of some models does not
    "graph/HCLr.fst",
    "graph/disambig_tid.int",
    "graph/phones/word_boundary.int",
)
_NEEDED_OF_IVECTOR = (
    "ivector/final.dubm",
    "ivector/final.ie",
    "ivector/final.mat",
    "ivector/global_cmvn.stats",
    "ivector/online_cmvn.conf",
    "ivector/splice.conf",
)
HEADS = {
    "am/final.mdl": b"\0B<TransitionModel>",
    "graph/Gr.fst": b"\xd6\xfd\xb2\x7e",
    "graph/HCLr.fst": b"\xd6\xfd\xb2\x7e",
}
"""How these files begin in every model: as Kaldi and OpenFst write them."""
_ENGLISH = re.compile(r"vosk-model(-small)?-en\b")


@dataclass(frozen=True, slots=True)
class ModelCheck:
    """The result of a check of a model's files."""

    verdict: str
    """"checksum ok", "unknown model" (complete, but not the pinned one) or "damaged"."""
    problems: tuple[str, ...] = ()
    """A line each; empty unless damaged."""


def check_model(folder: Path) -> ModelCheck:
    """Check the files and, by reading 40 MB, the checksums. The model called NAME must be the pinned one.

    Of any other one it is seen whether the files are of the kind that they should be.
    """
    problems = check_structure(folder)
    if problems:
        return ModelCheck("damaged", problems)
    wrong = [name for name, blob in PINNED.items() if not (folder / name).is_file() or blob_id(folder / name) != blob]
    if not wrong:
        return ModelCheck("checksum ok")
    if folder.name == NAME or len(wrong) < len(PINNED):
        return ModelCheck("damaged", tuple(f"{name} is not the file of {NAME}" for name in wrong))
    if unlike := [name for name, head in HEADS.items() if not _begins(folder / name, head)]:
        return ModelCheck("damaged", tuple(f"{name} is none of a Vosk model" for name in unlike))
    return ModelCheck("unknown model")


def _begins(file: Path, head: bytes) -> bool:
    with file.open("rb") as opened:
        return opened.read(len(head)) == head


def check_structure(folder: Path) -> tuple[str, ...]:
    """Problems that show without reading the files, a line each. Vosk would end the process over most of them."""
    if not folder.is_dir():
        return ("it is not a folder",)
    needed = _NEEDED + (_NEEDED_OF_IVECTOR if (folder / "ivector").exists() else ())
    return tuple(problem for name in needed if (problem := _problem(folder, name)))


def _problem(folder: Path, name: str) -> str:
    file = folder / name
    if not file.is_file():
        return f"{name} is missing"
    # A configuration may be empty; nothing else is.
    return f"{name} is empty" if file.suffix != ".conf" and file.stat().st_size == 0 else ""


def blob_id(file: Path) -> str:
    """The name that git gives to a file with these contents."""
    digest = hashlib.sha1(b"blob %d\0" % file.stat().st_size, usedforsecurity=False)
    with file.open("rb") as opened:
        while chunk := opened.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def find_model(
    explicit: Path | None, configured: Path | None, own: Path, environment: Mapping[str, str] = os.environ
) -> Path | None:
    """The first whole model: the one that was named, else an English one in Vosk's usual places, else one set up by us.

    explicit: --model. configured: `model` in the config. own: the folder of models that were set up.
    Raises ModelError when --model, $HEARTHSIDE_MODEL or the config names a model that cannot be used.
    """
    variable = environment.get("HEARTHSIDE_MODEL")
    for named, origin in (
        (explicit, "--model"),
        (Path(variable) if variable else None, "$HEARTHSIDE_MODEL"),
        (configured, "config.yaml"),
    ):
        if named is not None:
            problems = check_model(named).problems
            if problems:
                raise ModelError(f"the model named by {origin} cannot be used, {problems[0]}", str(named), _FIX)
            return named
    candidates = (*_in_usual_places(environment), *_inside(own))
    return next((folder for folder in candidates if check_model(folder).verdict != "damaged"), None)


_FIX = "Name the folder of an unpacked Vosk model, or none to have one looked for."


def _in_usual_places(environment: Mapping[str, str]) -> Iterator[Path]:
    """English models where the Vosk library itself would look for them."""
    places = [Path("/usr/share/vosk"), Path.home() / "AppData/Local/vosk", Path.home() / ".cache/vosk"]
    if path := environment.get("VOSK_MODEL_PATH"):
        yield Path(path)  # some name the model itself, the library means the folder around it
        places.insert(0, Path(path))
    for place in places:
        yield from (folder for folder in _inside(place) if _ENGLISH.match(folder.name))


def _inside(place: Path) -> list[Path]:
    """The models in a folder, the pinned one first."""
    folders = [entry for entry in place.glob("vosk-model*") if entry.is_dir()]
    return sorted(folders, key=lambda folder: (folder.name != NAME, folder.name))
