"""Moonshine tiny: reads whole English utterances in any wording, with the model that comes inside its package."""

import importlib.util
import re
import socket
from pathlib import Path

from voice.errors import RecognizerError
from voice.messages import RATE

PADDING_SECONDS = 0.4
"""Silence added before and after an utterance.

Of 134 commands (38 people's, four synthetic voices), between 0.25 s of room noise each, 92 came out word for word
without it and 105 with 0.5 s; cut tight, 105 with 0.4 s and 101 with 0.5 s.
"""

# How sure the library's own voice detector must be; what it leaves out is not read. Of 67 of those commands between
# 0.3 and 0.4 s of room noise 54 come out with the detector off, 52 at 0.2 and 48 at its default of 0.5. But with it
# off, 27 of 28 pieces of kitchen noise become words ("You", "I'll be right back."); at 0.1 and above nearly none do.
_OPTIONS = {"vad_threshold": "0.2"}
_SILENCE = "you"  # what a piece of silence is read as
_FILES = ("encoder_model.ort", "decoder_model_merged.ort", "tokenizer.bin")
_LOOP = re.compile(r"\b(\w+(?: \w+){0,5})(?: \1\b){2,}")
_LOOP_WORDS = 6  # people do say "stop stop stop"; a decoder that has lost its way says more


class MoonshineReader:
    """One loaded model; lives in a child process."""

    def __init__(self) -> None:
        """Raises RecognizerError when the package does not hold its model."""
        folder = model_folder()
        socket.has_ipv6 = False  # what it imports would bind a loopback socket to try out IPv6
        from moonshine_voice.moonshine_api import ModelArch
        from moonshine_voice.transcriber import Transcriber

        self._transcriber = Transcriber(model_path=folder, model_arch=ModelArch.TINY, options=_OPTIONS)

    def read(self, pcm: bytes, speed: float = 1.0) -> str:
        """The words in one utterance (16-bit mono, RATE), or "" when there are none or they cannot be trusted.

        speed: how fast it is played to the model, pitch and all.
        """
        import numpy

        from voice.sound.resampling import from_pcm, resample

        samples = from_pcm(pcm)
        if speed != 1.0:
            samples = resample(samples, round(RATE * speed), RATE)
        padded = numpy.pad(samples, round(PADDING_SECONDS * RATE))
        lines = self._transcriber.transcribe_without_streaming(padded.tolist(), RATE).lines
        texts = [line.text.strip() for line in lines]
        return trusted(" ".join(text for text in texts if text.lower().strip(".!?,") != _SILENCE))


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
    if len(words) >= _LOOP_WORDS and _LOOP.search(" ".join(words)):
        return ""
    return text.strip() if words else ""
