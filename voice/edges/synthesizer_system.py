"""The voices of the machine, in any language: pyttsx3 (espeak-ng on Linux)."""

import re
from time import monotonic, sleep
from typing import Any

from voice.errors import SynthesizerError
from voice.messages.sound import Sound
from voice.sound.sentence_file import clear_sentences, sentence_file

_TRIES = 4
_PATIENCE = 1.0  # seconds for one sentence, which takes 10 to 20 ms
_CONTROL = re.compile(r"\[\[|<")  # espeak-ng reads phonemes after the one and markup after the other
_USUAL = {"en": "en-us", "zh": "cmn"}  # what is meant by a language of which there are several voices


class SystemVoice:
    """Lives in a child process, because pyttsx3 can hang and prints. Measured: 10 to 20 ms a sentence."""

    def __init__(self, language: str, name: str = "") -> None:
        """language: such as "en" or "pt-br". name: of a voice to use, or part of it; "" for the language's first.

        Raises SynthesizerError when the machine has no voices, or none for this.
        """
        try:
            import pyttsx3

            self._engine: Any = pyttsx3.init()
        except (ImportError, OSError, RuntimeError) as error:
            fix = "Install one: sudo apt install espeak-ng"
            raise SynthesizerError("this machine has no voice of its own", fix=fix) from error
        clear_sentences()
        self._engine.setProperty("voice", self._chosen(language, name))
        self._pace = 0  # words a minute, 0 while nothing was set
        self._save("a")  # the first sentence of a process is sometimes lost

    def render(self, text: str, words_per_minute: float) -> Sound:
        """The sentence as the machine speaks it. Raises SynthesizerError when nothing comes of it."""
        self._set_pace(round(words_per_minute))
        spoken = _CONTROL.sub(" ", text)
        for _ in range(_TRIES):
            sound = self._save(spoken)
            if sound.pcm:
                return sound
        raise SynthesizerError("the machine's voice lost a sentence", fix="Try another: `voice: natural`")

    def _set_pace(self, words_per_minute: int) -> None:
        """At another pace from here on. Set several times: runAndWait cancels what has not been done by then."""
        if words_per_minute == self._pace:
            return
        self._pace = words_per_minute
        for _ in range(_TRIES):
            self._engine.setProperty("rate", words_per_minute)
            sleep(0.005)

    def _save(self, text: str) -> Sound:
        """The text by way of a file; empty when it was lost."""
        import soundfile

        with sentence_file() as file:
            self._engine.save_to_file(text, str(file))
            self._engine.runAndWait()
            self._wait()
            try:
                samples, rate = soundfile.read(file, dtype="int16", always_2d=True)
            except soundfile.LibsndfileError:
                return Sound(b"", 1)
        return Sound(samples[:, 0].astype("<i2").tobytes(), rate)

    def _wait(self) -> None:
        """Until it has spoken: runAndWait returns after 10 ms, and what is set or asked before then is mixed up.

        On a busy machine most sentences came at the pace of the one before, or were the one before.
        """
        end = monotonic() + _PATIENCE
        while self._engine.isBusy() and monotonic() < end:
            sleep(0.001)

    def _chosen(self, language: str, name: str) -> str:
        """The identifier of the voice to use."""
        voices = self._engine.getProperty("voices")
        if name:
            fitting = [voice for voice in voices if name.lower() in f"{voice.id} {voice.name}".lower()]
        else:
            wanted = language.lower().replace("_", "-")
            wanted = _USUAL.get(wanted, wanted)
            fitting = [voice for voice in voices if wanted in _languages(voice)]
            fitting += [voice for voice in voices if wanted in (each[:2] for each in _languages(voice))]
        if not fitting:
            what = f'this machine has no voice for "{name or language}"'
            raise SynthesizerError(what, fix="See the voices it has: espeak-ng --voices")
        return str(fitting[0].id)


def _languages(voice: Any) -> list[str]:
    """Such as ["en-us"]; macOS writes en_US."""
    return [str(language).lower().replace("_", "-") for language in voice.languages or []]
