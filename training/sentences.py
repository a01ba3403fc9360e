"""General English sentences out of any text, none of which is a line of the packs.

`python -m training.sentences COUNT TEXT... > SENTENCES`: so many of them, drawn by chance.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from voice.language.text import plain

SHORTEST, LONGEST = 3, 16  # words
PACKS = (Path("intents"), Path("prompts"))
_END = re.compile(r"(?<=[.?!])\s+")
_PLAIN = re.compile(r"[A-Z][A-Za-z' ,-]*[.?!]")
_CAPITALS = re.compile(r"[A-Z]{2}|--")


def main() -> None:
    """Print sentences out of text files, such as those of the package fortunes."""
    count, *files = sys.argv[1:]
    packs = (file for folder in PACKS for file in folder.rglob("*.*") if file.suffix in (".yaml", ".txt"))
    known = (line.strip(" -\"'") for file in packs for line in file.read_text(encoding="utf-8").splitlines())
    text = "\n".join(_without_authors(Path(file).read_text(encoding="utf-8", errors="ignore")) for file in files)
    sentences = list(general_sentences(text, known))
    Random(17).shuffle(sentences)
    print("\n".join(sentences[: int(count)]))


def _without_authors(fortunes: str) -> str:
    """The sayings of a file of fortunes, in which % stands between them and -- before who said them."""
    return "\n".join(saying.split("\n\t\t--")[0] for saying in fortunes.split("\n%\n"))


def general_sentences(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """The plain sentences of a text, each once, in its order.

    known: lines that must not be among them, however they are written.
    """
    kept_out = {plain(line) for line in known}
    sentences = dict.fromkeys(_sentences(text))
    return tuple(sentence for sentence in sentences if plain(sentence) not in kept_out)


def _sentences(text: str) -> Iterator[str]:
    for part in _END.split(" ".join(text.split())):
        sentence = part.strip("\"' ")
        words = len(sentence.split())
        if SHORTEST <= words <= LONGEST and _PLAIN.fullmatch(sentence) and not _CAPITALS.search(sentence):
            yield sentence


if __name__ == "__main__":
    main()
