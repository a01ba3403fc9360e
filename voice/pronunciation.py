"""How hibari, the natural voice, reads English words: its own dictionaries, in a fraction of the memory.

As objects of Python the dictionary takes 35 MB in every process that knows how words sound, the tagger 40 MB more; as
text and bytes, of which a line or a few entries are opened at every look, 6 and 7 MB. A look takes about 10 µs.
"""

import gzip
import importlib
import importlib.util
import json
import marshal
import re
import sys
from bisect import bisect_left
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

TOGETHER = 8  # entries of a packed table that are opened at a look

_READINGS = re.compile(rb"\{[^{}]+\}")  # of one word, by the part of speech


class TextTable:
    """A dictionary, kept as the text that it is read from. Of its methods it has `get`."""

    def __init__(self, text: bytes) -> None:
        """text: one JSON object, its keys in order, each with a string or an object of strings.

        Nothing in it is escaped, and no string ends in a comma.
        """
        entries = _READINGS.sub(lambda readings: readings.group().replace(b',"', b', "'), text.strip()[1:-1])
        self._lines = entries.replace(b',"', b'\n"') + b"\n"
        ends = np.flatnonzero(np.frombuffer(self._lines, np.uint8) == ord("\n"))
        self._begins = np.append(0, ends[:-1] + 1).astype(np.int32)

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a key, or the default where there is none."""
        wanted = key.encode(errors="surrogatepass")
        place = bisect_left(self._begins, wanted, key=self._key)
        if place == len(self._begins) or self._key(self._begins[place]) != wanted:
            return default
        begin = int(self._begins[place]) + len(wanted) + len(b'"":')
        return json.loads(self._lines[begin : self._lines.index(b"\n", begin)])

    def _key(self, begin: int) -> bytes:
        """The key of the line that begins there."""
        return self._lines[begin + 1 : self._lines.index(b'"', begin + 1)]


class PackedTable:
    """A dictionary, kept as bytes. Of its methods it has `get`."""

    def __init__(self, entries: Mapping[str, Any]) -> None:
        """entries: with values that marshal can write, such as strings, numbers, and dictionaries of them."""
        bundles: list[dict[str, Any]] = [{} for _ in range(len(entries) // TOGETHER + 1)]
        for key, value in entries.items():
            bundles[hash(key) % len(bundles)][key] = value
        self._bundles = [marshal.dumps(bundle) for bundle in bundles]

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a key, or the default where there is none."""
        return marshal.loads(self._bundles[hash(key) % len(self._bundles)]).get(key, default)


def spelling() -> ModuleType:
    """The module hibari.g2p, without the voice: `hibari` itself loads scipy and the synthesis, which takes 0.4 s."""
    package = importlib.util.find_spec("hibari")
    if package is None or "hibari" in sys.modules or "hibari.g2p" in sys.modules:
        return importlib.import_module("hibari.g2p")
    sys.modules["hibari"] = importlib.util.module_from_spec(package)  # a package that was not run
    try:
        return importlib.import_module("hibari.g2p")
    finally:
        del sys.modules["hibari"]  # who wants the voice finds it as ever


def lexicon() -> Any:
    """What looks American words up: a hibari.g2p.Lexicon."""
    g2p = spelling()
    gold, silver = (
        TextTable(gzip.decompress(Path(g2p.ASSETS, f"lexicon_us_{kind}.json.gz").read_bytes()))
        for kind in ("gold", "silver")
    )
    return g2p.Lexicon(gold, silver)


def reader() -> Any:
    """What reads American sentences: a hibari.g2p.G2P, without what its own making would load."""
    g2p = spelling()
    made = g2p.G2P.__new__(g2p.G2P)
    made.lexicon = lexicon()
    made.tokenizer = g2p.Tokenizer(g2p._load_json("tokenizer_exceptions.json"))
    made.tagger = g2p.Tagger(g2p._load_json("tagger.json.gz"))
    made.tagger.weights = PackedTable(made.tagger.weights)
    made._oov, made.unk, made.british = None, "", False
    return made
