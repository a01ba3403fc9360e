"""Moonshine tiny: reads whole English utterances in any wording, and finds which of what can be said is likeliest."""

import ctypes
import importlib.util
import re
from contextlib import suppress
from pathlib import Path

from voice.errors import RecognizerError
from voice.messages import RATE, WordGraph
from voice.moonshine.model import DECODER, ENCODER, Encoded, Model
from voice.moonshine.pieces import Pieces
from voice.moonshine.search import Text, likeliest, likeliest_sayable
from voice.moonshine.spellings import Spellings

PADDING_SECONDS = 0.3  # of silence around an utterance; without it first and last words are lost
LONG_SECONDS = 2.5  # of sound, whose encoding takes memory enough to be worth giving back at once
_SILENCE = "you"  # what a piece of silence is read as
_FILES = (ENCODER, DECODER, "tokenizer.bin")
_LOOP = re.compile(r"\b(\w+(?: \w+){0,5})(?: \1\b){2,}")
_LOOP_WORDS = 6  # people do say "stop stop stop"; a decoder that has lost its way says more


class MoonshineReader:
    """One loaded model; lives in a child process."""

    def __init__(self) -> None:
        """Raises RecognizerError when the package does not hold its model."""
        folder = model_folder()
        self._model = Model(folder)
        self._pieces = Pieces(folder / "tokenizer.bin")
        self._sayable: dict[str, Spellings] = {}
        self._encoded: tuple[bytes, Encoded] | None = None  # what was read last

    def learn(self, name: str, graph: WordGraph) -> None:
        """What can be said, under a name by which `read_sayable` is asked for it."""
        self._sayable[name] = Spellings(graph, self._pieces)

    def read(self, pcm: bytes) -> Text:
        """The words in one utterance (16-bit mono, RATE); "" when there are none or they cannot be trusted."""
        text = likeliest(self._model, self._pieces, self._encode(pcm))
        if len(pcm) > LONG_SECONDS * 2 * RATE:
            _give_back_memory()
        return Text(trusted(text.text), text.score)

    def read_sayable(self, pcm: bytes, name: str) -> tuple[Text, ...]:
        """What can be said that is likeliest to have been this utterance, the likeliest first."""
        texts = likeliest_sayable(self._model, self._pieces, self._encode(pcm), self._sayable[name])
        _give_back_memory()
        return texts

    def _encode(self, pcm: bytes) -> Encoded:
        import numpy

        from voice.sound.resampling import from_pcm

        if self._encoded is None or self._encoded[0] != pcm:
            samples = numpy.pad(from_pcm(pcm), round(PADDING_SECONDS * RATE))
            self._encoded = pcm, self._model.encode(samples)
        return self._encoded[1]


def _give_back_memory() -> None:
    """Long sounds leave holes of 90 MB in the heap; glibc keeps them for itself unless it is told (in 2 to 7 ms)."""
    with suppress(OSError, AttributeError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)


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
        raise RecognizerError(
            f"the English model is not whole, {missing[0]} is missing",
            str(folder),
            "Run `pip install --force-reinstall moonshine-voice==0.0.73`.",
        )
    return folder


def trusted(text: str) -> str:
    """The text, or "" when it holds no word or goes round in circles ("a little bit of a little bit of ...")."""
    words = re.findall(r"[\w']+", text.lower())
    if words == [_SILENCE]:
        return ""
    if len(words) >= _LOOP_WORDS and _LOOP.search(" ".join(words)):
        return ""
    return text.strip() if words else ""
