"""The seam to the voices: text to sound, rendered in a child process that may crash or hang."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from voice.child import Child, ChildLost
from voice.edges.synthesizer_natural import NaturalVoice
from voice.edges.synthesizer_system import SystemVoice
from voice.errors import SynthesizerError
from voice.messages.delivery import AS_USUAL, Delivery, Register
from voice.messages.sound import Sound
from voice.sound.sentence_file import clear_sentences

RATE = 24_000  # samples a second of every sound from here, whatever the voice
PATIENCE = 2.0  # seconds for a sentence, and a hundredth more for every letter; it takes 0.02 to 0.1
UNHURRIED = 120.0  # the same where nobody waits: on a busy machine it is still the voice that was asked for
TRIES = 2
CACHED_SENTENCES = 128  # about 20 MB

# After a full stop comes a new sentence, unless it goes on in small letters ("at 9 p.m. we eat") or stood
# after a title or an initial.
_SENTENCE_END = re.compile(
    r"(?<!\bMr\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bMrs\.)(?<!\b[A-HJ-Z]\.)"
    r"(?:(?:(?<=[.!?…])|(?<=[.!?…][\"”’)\]]))\s+(?=[^\sa-z])|(?<=[。！？])|\n+)"
)


@dataclass(frozen=True, slots=True)
class Manner:
    """Prosody of one register."""

    words_per_minute: float
    """For ten-word sentences with pauses of 0.7 s between them."""
    gain: float = 1.0
    """1 is full loudness."""
    pitch: float = 1.0
    """Factor; 1.1 is a tenth higher, as of a smaller person."""
    pause: float = 0.7
    """Seconds between two sentences."""


# At bedtime 130 words a minute, 6 dB softer; in part by longer pauses, because below 140 the natural voice slurs
# (of 32 commands that it spoke, the recognizer read 28 nearly right at 130, 31 at 140).
# The partners are for the demo, which plays a couple: other voices than Hearthside's own. Of the same commands the
# recognizer read 32 and 32 nearly right; of the best voices of espeak-ng 28.
REGISTERS = {
    Register.DINNER: Manner(155),
    Register.BEDTIME: Manner(140, gain=0.5, pause=0.9),
    Register.ONE_PARTNER: Manner(150, pitch=0.8),
    Register.OTHER_PARTNER: Manner(185, pitch=1.1),
}
PARTNERS = (Register.ONE_PARTNER, Register.OTHER_PARTNER)


class Synthesizer:
    """Speaks with the first of several voices that works; safe to use from several threads."""

    def __init__(self, voices: Sequence[Child], patience: float = PATIENCE) -> None:
        """voices: children in which a NaturalVoice or its like lives, the preferred one first.

        patience: seconds that a sentence may take before its voice counts as lost.
        """
        self._voices, self._patience = list(voices), patience
        self._lock = Lock()
        self._sentence = lru_cache(maxsize=CACHED_SENTENCES)(self._render_sentence)
        self._voices[0].start()

    @property
    def engine(self) -> str:
        """The name of the voice that speaks now: "natural" or "system"."""
        return self._voices[0].name

    def warm_up(self) -> None:
        """Wait until the voice can speak. Raises SynthesizerError when none can."""
        self._sentence("1", Register.DINNER, AS_USUAL)

    def render(self, text: str, register: Register, delivery: Delivery = AS_USUAL) -> Sound:
        """The whole text as one sound; empty when there is nothing to pronounce. Errors: as `pieces`."""
        return Sound(b"".join(piece.pcm for piece in self.pieces(text, register, delivery)), RATE)

    def pieces(self, text: str, register: Register, delivery: Delivery = AS_USUAL) -> Iterator[Sound]:
        """The text sentence by sentence, each with the pause after it: play the first, then ask for the next.

        Starts and ends without silence. Raises SynthesizerError when no voice works.
        """
        pause = b"\0\0" * round(RATE * REGISTERS[register].pause / delivery.pace)
        sentences = split_sentences(text)
        for number, sentence in enumerate(sentences, 1):
            sound = self._sentence(sentence, register, delivery)
            yield sound if number == len(sentences) else Sound(sound.pcm + pause, RATE)

    def close(self) -> None:
        """End the child processes."""
        for voice in self._voices:
            voice.close()
        clear_sentences()

    def _render_sentence(self, sentence: str, register: Register, delivery: Delivery) -> Sound:
        from voice.edges.synthesizer_finish import finished  # loads numpy

        manner = REGISTERS[register]
        raw = self._spoken(sentence, manner.words_per_minute * delivery.pace / manner.pitch)
        return finished(raw, manner.pitch, manner.gain * delivery.volume)

    def _spoken(self, sentence: str, words_per_minute: float) -> Sound:
        """The sentence by the first voice that can; one that fails twice is not asked again."""
        timeout = self._patience + len(sentence) / 100
        with self._lock:
            while True:
                voice = self._voices[0]
                try:
                    return _call(voice, sentence, words_per_minute, timeout)
                except SynthesizerError:
                    if len(self._voices) == 1:
                        raise
                self._voices.pop(0).close()


def _call(voice: Child, sentence: str, words_per_minute: float, timeout: float) -> Sound:
    """One sentence by one voice. Raises SynthesizerError when its child was lost as often as it may be tried."""
    for _ in range(TRIES):
        try:
            sound = voice.call("render", sentence, words_per_minute, timeout=timeout)
        except ChildLost as error:
            lost = error
            continue
        assert isinstance(sound, Sound)
        return sound
    raise SynthesizerError(f"the {voice.name} voice {lost.reason}", fix="See: hearthside doctor") from lost


def split_sentences(text: str) -> list[str]:
    """The sentences of a text, without those in which there is nothing to pronounce."""
    parts = (part.strip() for part in _SENTENCE_END.split(text))
    return [part for part in parts if any(character.isalnum() for character in part)]


def open_synthesizer(voice: str, language: str, patience: float = PATIENCE) -> Synthesizer:
    """The voice for a language such as "en"; its child process begins to load.

    voice: "system"; "natural" (English only, raises SynthesizerError for others); or "auto": natural where there
    is one. The voices of the machine step in when the natural one fails. patience: as in `Synthesizer`.
    """
    system = Child(SystemVoice, language, name="system")
    if voice == "system":
        return Synthesizer([system], patience)
    if language.lower().split("-")[0] == "en":
        return Synthesizer([Child(NaturalVoice, name="natural"), system], patience)
    if voice == "auto":
        return Synthesizer([system], patience)
    raise SynthesizerError(f'there is no natural voice for "{language}"', "config.yaml", "Set `voice: auto`")
