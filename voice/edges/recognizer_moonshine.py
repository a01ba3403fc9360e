"""Moonshine tiny: reads whole English utterances in any wording, and finds which of what can be said is likeliest."""

import importlib.util
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import numpy as np

from voice.errors import RecognizerError
from voice.memory import give_back_memory
from voice.messages.recognition import Hypothesis
from voice.messages.sound import RATE
from voice.messages.word_graph import Shortlist, WordGraph
from voice.moonshine import REINSTALL
from voice.moonshine.model import DECODER, ENCODER, Encoded, Model
from voice.moonshine.search import ScoredText, in_order, likeliest, likeliest_sayable
from voice.moonshine.speeds import at_other_speeds, weighed
from voice.moonshine.token_graph import Spellings
from voice.moonshine.tokenizer import Pieces
from voice.sound.resampling import Samples, from_pcm

PADDING_SECONDS = 0.3  # of silence around an utterance; without it first and last words are lost
LONG_SECONDS = 2.5  # of sound, whose encoding takes memory enough to be worth giving back at once
_SILENCE = "you"  # what a piece of silence is read as
_FILES = (ENCODER, DECODER, "tokenizer.bin")
_LOOP = re.compile(r"\b(\w+(?: \w+){0,5})(?: \1\b){2,}")
_NO_LETTER = re.compile(r"[^\w']+")
_LOOP_WORDS = 6  # people do say "stop stop stop"; a decoder that has lost its way says more


# How much less likely than the free reading (natural logarithm) the likeliest command may be to be listened to at other
# speeds too: of 272 commands and orders 3 were farther, of 336 utterances of talk 238.
WORTH_WEIGHING = 12.0
WEIGHED = 8  # texts that are, of all that can be said and of what is near


@dataclass(frozen=True, slots=True)
class Likely:
    """What an utterance can have been, on one scale.

    sayable: what can be said, the likeliest first. free: the words that were read. at_other_speeds: those that were
    read when the sound was listened to at other speeds.
    """

    sayable: tuple[ScoredText, ...]
    free: ScoredText
    at_other_speeds: tuple[str, ...] = ()

    def hypotheses(self, engine: str) -> Iterator[Hypothesis]:
        """The free reading, then what can be said, as readings by an engine of this name."""
        yield Hypothesis(self.free.text, engine, self.free.score, at_other_speeds=self.at_other_speeds)
        yield from (Hypothesis(text.text, engine, text.score, sayable=True) for text in self.sayable)


class MoonshineReader:
    """One loaded model; lives in a child process."""

    def __init__(self) -> None:
        """Raises RecognizerError when the package does not hold its model."""
        folder = model_folder()
        self._model = Model(folder)
        self._pieces = Pieces(folder / "tokenizer.bin")
        self._sayable: dict[str, Spellings] = {}
        self._latest: _Utterance | None = None

    def learn(self, name: str, graph: WordGraph) -> None:
        """What can be said, under a name by which `read_sayable` is asked for it."""
        self._sayable[name] = Spellings(graph, self._pieces)

    def read(self, pcm: bytes) -> ScoredText:
        """The words in one utterance (16-bit mono, RATE); "" when there are none or they cannot be trusted."""
        text = self._utterance(pcm).free
        if len(pcm) > LONG_SECONDS * 2 * RATE:
            give_back_memory()
        return ScoredText(trusted(text.text), text.score)

    def read_sayable(self, pcm: bytes, name: str, near: Shortlist) -> Likely:
        """What can be said that is likeliest to have been this utterance, and the free reading beside it.

        near: the sentences that it sounds like. Where a command is near the reading, both are weighed at other speeds
        too, and the sound is read at these.
        """
        utterance = self._utterance(pcm)
        free, encoded = utterance.free, utterance.encoded
        graphs = (self._sayable[name], Spellings(near.graph, self._pieces))
        found = likeliest_sayable(self._model, self._pieces, encoded, graphs, free.score - near.reach)
        sayable = in_order(chain.from_iterable(_once_each(texts)[:WEIGHED] for texts in found))
        elsewhere: list[str] = []
        if any(text.command and free.score - text.score <= WORTH_WEIGHING for text in sayable):
            others = [self._encode(samples) for samples in at_other_speeds(utterance.samples)]
            free, *weighed_ones = weighed(self._model, others, (free, *sayable))
            sayable = in_order(weighed_ones)
            elsewhere = [trusted(self._free(other).text) for other in others]
        give_back_memory()
        return Likely(sayable, replace(free, text=trusted(free.text)), tuple(filter(None, elsewhere)))

    def _utterance(self, pcm: bytes) -> "_Utterance":
        if self._latest is None or self._latest.pcm != pcm:
            samples = from_pcm(pcm)
            encoded = self._encode(samples)
            self._latest = _Utterance(pcm, samples, encoded, self._free(encoded))
        return self._latest

    def _free(self, encoded: Encoded) -> ScoredText:
        return likeliest(self._model, self._pieces, encoded)

    def _encode(self, samples: Samples) -> Encoded:
        return self._model.encode(np.pad(samples, round(PADDING_SECONDS * RATE)))


@dataclass(frozen=True, slots=True)
class _Utterance:
    """What was read last. free: its likeliest words of all."""

    pcm: bytes
    samples: Samples
    encoded: Encoded
    free: ScoredText


def _once_each(texts: Iterable[ScoredText]) -> tuple[ScoredText, ...]:
    """The first of those that differ in capitals and marks alone."""
    found = dict[str, ScoredText]()
    for text in texts:
        found.setdefault(_NO_LETTER.sub("", text.text.lower()), text)
    return tuple(found.values())


def model_folder() -> Path:
    """Where the English model lies in the installed package; imports nothing of it.

    Raises RecognizerError when the package or a file of the model is missing.
    """
    package = importlib.util.find_spec("moonshine_voice")
    if package is None or package.origin is None:
        raise RecognizerError(
            "the package moonshine-voice is not installed", fix="Run `pip install moonshine-voice==0.0.73`."
        )
    folder = Path(package.origin).parent / "assets" / "tiny-en"
    missing = [name for name in _FILES if not (folder / name).is_file()]
    if missing:
        raise RecognizerError(f"the English model is not whole, {missing[0]} is missing", str(folder), REINSTALL)
    return folder


def trusted(text: str) -> str:
    """The text, or "" when it holds no word or goes round in circles ("a little bit of a little bit of ...")."""
    words = re.findall(r"[\w']+", text.lower())
    if words == [_SILENCE]:
        return ""
    if len(words) >= _LOOP_WORDS and _LOOP.search(" ".join(words)):
        return ""
    return text.strip() if words else ""
