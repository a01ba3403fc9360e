"""The engine Moonshine: reads whole English utterances in any wording, and rescores what can be said in the sound."""

import importlib.util
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import numpy as np

from voice.engines.moonshine import REINSTALL
from voice.engines.moonshine.adapter import load_adapter, trouble
from voice.engines.moonshine.calibration import MOONSHINE
from voice.engines.moonshine.model import DECODER, ENCODER, Encoded, Model
from voice.engines.moonshine.search import ScoredText, after, beam_search, greedy, in_order
from voice.engines.moonshine.speeds import at_other_speeds, averaged
from voice.engines.moonshine.token_graph import TokenGraph
from voice.engines.moonshine.tokenizer import SPACE, Tokenizer
from voice.engines.moonshine.who import SpeakerEmbedding
from voice.engines.protocol import Constraints, EngineDescription, EngineHypothesis, Hypotheses
from voice.errors import RecognizerError
from voice.memory import give_back_memory
from voice.messages.recognition import ITS_NAME, Need, Reading, Voice
from voice.messages.sound import RATE
from voice.messages.word_graph import Shortlist, WordGraph
from voice.sound.resampling import Samples, from_pcm

AUTO, OFF = "auto", "off"
PADDING_SECONDS = 0.3  # of silence around an utterance; without it first and last words are lost
LONG_SECONDS = 2.5  # of sound, whose encoding takes so much memory that it is given back at once
_SILENCE = "you"  # the text of a piece of silence
_TOKENIZER = "tokenizer.bin"
_FILES = (ENCODER, DECODER, _TOKENIZER)
_LOOP = re.compile(r"\b(\w+(?: \w+){0,5})(?: \1\b){2,}")
_NO_LETTER = re.compile(r"[^\w']+")
_LOOP_WORDS = 6  # people do say "stop stop stop"; a looping decoder says more

# The log-likelihood ratio of the likeliest command from which on the sound is decoded at other speeds too. Of 272
# commands and orders 3 were below it, of 336 utterances of talk 238.
WORTH_OTHER_SPEEDS = -12.0
MOST_CANDIDATES = 8  # texts of each graph that are scored at other speeds

_CALL = f"{ITS_NAME},"
# How much less likely than the free hypothesis the likeliest text that begins with our name may be (natural logarithm).
CALLED = -11.0


class MoonshineEngine:
    """The model, and the utterance that it is given.

    rooms: whether it hears as it learned to for rooms and noise: "on"; "off"; or "auto": only what it hears again.
    """

    def __init__(self, rooms: str = AUTO) -> None:
        """Raises RecognizerError when the package does not hold its model."""
        folder = model_folder()
        adapter = None if rooms == OFF else load_adapter(folder / ENCODER)
        self._model = Model(folder, *((None, adapter) if rooms == AUTO else (adapter,)))
        self._again = False
        self._tokenizer = Tokenizer(folder / _TOKENIZER)
        self._call = (*self._tokenizer.encode(SPACE + ITS_NAME), *self._tokenizer.encode(","))
        self._graphs: dict[str, TokenGraph] = {}
        self._pcm = bytearray()
        self._latest: _Utterance | None = None
        self._speaker: SpeakerEmbedding | None = None  # loaded for the first voice

    def learn(self, name: str, graph: WordGraph) -> None:
        """Keep a graph of what can be said under a name."""
        self._graphs[name] = TokenGraph(graph, self._tokenizer)

    def begin(self, constraints: Constraints) -> None:
        """Begin a new utterance. It is decoded in any words, whatever the constraints."""
        self._pcm.clear()
        self._again = constraints.again

    def accept(self, pcm: bytes) -> None:
        """Take more sound of the utterance."""
        self._pcm += pcm

    def partial(self) -> Hypotheses:
        """The free hypothesis for the sound so far; its text is "" when there are no words that can be trusted."""
        pcm = bytes(self._pcm)
        utterance = self._utterance(pcm)
        if len(pcm) > LONG_SECONDS * 2 * RATE:
            give_back_memory()
        return (EngineHypothesis(utterance.text, utterance.free.score),)

    def finish(self) -> Hypotheses:
        """The free hypothesis for the whole utterance."""
        found = self.partial()
        self.discard()
        return found

    def discard(self) -> None:
        """Forget the utterance."""
        self._pcm.clear()

    def rescore(self, pcm: bytes, constraints: Constraints, shortlist: Shortlist) -> Hypotheses:
        """Search the learned graph, the shortlist and any words in the sound, after our name where that was called.

        Where a command is near the free hypothesis, all texts are scored at other speeds too, and the sound is read at
        these.
        """
        self._again = constraints.again
        utterance = self._utterance(pcm)
        free, encoded = utterance.free, utterance.encoded
        graphs = (self._graphs[constraints.name], TokenGraph(shortlist.graph, self._tokenizer))
        floor = free.score - MOONSHINE.reach(shortlist.distance)
        readings, *found = beam_search(self._model, self._tokenizer, encoded, graphs, floor)
        texts = in_order(chain.from_iterable(_without_variants(each)[:MOST_CANDIDATES] for each in found))
        elsewhere: list[str] = []
        if any(text.is_command and text.score - free.score >= WORTH_OTHER_SPEEDS for text in texts):
            others = [self._encode(samples, utterance.begun) for samples in at_other_speeds(utterance.samples)]
            free, *scored = averaged(self._model, others, (free, *texts))
            texts = in_order(scored)
            elsewhere = [trusted(self._greedy(other).text) for other in others]
        give_back_memory()
        likely = tuple(Reading(text.text, text.score) for text in readings)
        read = EngineHypothesis(
            utterance.text, free.score, at_other_speeds=tuple(filter(None, elsewhere)), readings=likely
        )
        return read, *(EngineHypothesis(text.text, text.score, constrained=True) for text in texts)

    def voice(self, pcm: bytes, longest: float) -> Voice | None:
        """How the one sounds who says this. Raises RecognizerError when the package does not hold that model."""
        if self._speaker is None:
            self._speaker = SpeakerEmbedding()
        found = self._speaker.voice(from_pcm(pcm), longest)
        give_back_memory()
        return found

    def unknown_words(self, sentences: tuple[str, ...]) -> tuple[str, ...]:
        """Nothing: the tokens spell any word."""
        return ()

    def _utterance(self, pcm: bytes) -> "_Utterance":
        """The decoded sound; the latest one is kept, for an utterance is mostly asked about more than once."""
        if self._latest is None or (self._latest.pcm, self._latest.again) != (pcm, self._again):
            samples = from_pcm(pcm)
            encoded = self._encode(samples)
            heard = _Utterance(pcm, self._again, samples, encoded, self._greedy(encoded))
            self._latest = self._called(heard) or heard
        return self._latest

    def _called(self, heard: "_Utterance") -> "_Utterance | None":
        """The utterance without our name, where it may begin with that: what follows is read as if it surely did."""
        least = heard.free.score + CALLED
        encoded, score = after(self._model, heard.encoded, self._call, least)
        if score < least:
            return None
        rest = self._greedy(encoded)
        is_called = score + rest.score >= least and trusted(rest.text)
        return replace(heard, encoded=encoded, free=rest, begun=self._call) if is_called else None

    def _greedy(self, encoded: Encoded) -> ScoredText:
        return greedy(self._model, self._tokenizer, encoded)

    def _encode(self, samples: Samples, begun: tuple[int, ...] = ()) -> Encoded:
        """The sound, after the tokens with which its text begins."""
        encoded = self._model.encode(np.pad(samples, round(PADDING_SECONDS * RATE)), again=self._again)
        return after(self._model, encoded, begun)[0]


@dataclass(frozen=True, slots=True)
class _Utterance:
    """A sound with what was computed from it."""

    pcm: bytes
    again: bool
    """Whether it was encoded as it learned to for rooms and noise, after it was encoded as its package has it."""
    samples: Samples
    encoded: Encoded
    """The sound, after our name where that was called."""
    free: ScoredText
    """The free hypothesis for that, untrusted."""
    begun: tuple[int, ...] = ()
    """The tokens of our name; none where it was not called."""

    @property
    def text(self) -> str:
        """The free hypothesis with our name; "" when there are no words that can be trusted."""
        rest = trusted(self.free.text)
        return f"{_CALL} {rest}" if self.begun else rest


def describe(rooms: str) -> EngineDescription:
    """Moonshine as the parent knows it. rooms: as MoonshineEngine takes it."""
    return EngineDescription(
        "moonshine",
        MoonshineEngine,
        (rooms,),
        frozenset({Need.GRAPH}),
        streams=False,
        calibration=MOONSHINE,
        tells_voices=True,
        hears_twice=rooms == AUTO,
    )


def model_folder() -> Path:
    """The folder of the English model in the installed package; imports nothing of it.

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


def rooms_trouble() -> str:
    """Why it cannot hear as it learned to for rooms and noise; "" when it can."""
    return trouble(model_folder() / ENCODER)


def trusted(text: str) -> str:
    """The text, or "" when it holds no word or loops ("a little bit of a little bit of ...")."""
    words = re.findall(r"[\w']+", text.lower())
    if words == [_SILENCE]:
        return ""
    if len(words) >= _LOOP_WORDS and _LOOP.search(" ".join(words)):
        return ""
    return text.strip() if words else ""


def _without_variants(texts: Iterable[ScoredText]) -> tuple[ScoredText, ...]:
    """The first of the texts that differ in capitals and punctuation alone."""
    found = dict[str, ScoredText]()
    for text in texts:
        found.setdefault(_NO_LETTER.sub("", text.text.lower()), text)
    return tuple(found.values())
