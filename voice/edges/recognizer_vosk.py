"""Vosk: reads speech as it comes in, inside a grammar of what can be said now, with partial words."""

import json
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voice.errors import RecognizerError
from voice.messages.sound import RATE
from voice.model import check_structure

_UNKNOWN = "[unk]"  # the word that a grammar hears in everything else


@dataclass(frozen=True, slots=True)
class VoskReading:
    """One utterance read in up to two ways; None where it was not to be read that way.

    in_grammar: as one of the sentences, "" when it did not fit them whole. in_all_words: as anything.
    """

    in_grammar: str | None = None
    in_all_words: str | None = None


class VoskReader:
    """One loaded model and the utterance that is being heard; lives in a child process.

    Vosk ends the process on misuse, so: a new KaldiRecognizer for every utterance (10 ms with 500 sentences),
    never SetGrammar, never an unchecked grammar, and only one thread.
    """

    def __init__(self, folder: str) -> None:
        """folder: an unpacked model. Raises RecognizerError when its files are not all there."""
        problems = check_structure(Path(folder))
        if problems:
            raise RecognizerError(problems[0], folder, "Run `hearthside setup` to install the model again.")
        socket.has_ipv6 = False  # what it imports would bind a loopback socket to try out IPv6
        import vosk

        vosk.SetLogLevel(-2)
        self._vosk = vosk
        self._model: Any = vosk.Model(folder)
        self._in_grammar: _Hearing | None = None
        self._in_all_words: _Hearing | None = None

    def begin(self, sentences: tuple[str, ...], free: bool) -> None:
        """Drop what was heard and begin anew: inside a grammar of the sentences, in all words (free), or both."""
        self.discard()
        if grammar := self._grammar(sentences):
            self._in_grammar = _Hearing(self._vosk.KaldiRecognizer(self._model, RATE, grammar))
        if free:
            self._in_all_words = _Hearing(self._vosk.KaldiRecognizer(self._model, RATE))

    def accept(self, pcm: bytes) -> None:
        """More of the utterance: 16-bit mono, RATE."""
        for hearing in (self._in_grammar, self._in_all_words):
            if hearing:
                hearing.accept(pcm)

    def partial(self) -> VoskReading:
        """The words so far."""
        return VoskReading(
            without_gaps(self._in_grammar.partial()) if self._in_grammar else None,
            self._in_all_words.partial() if self._in_all_words else None,
        )

    def finish(self) -> VoskReading:
        """The words of the whole utterance, which is over."""
        reading = VoskReading(
            without_gaps(self._in_grammar.finish()) if self._in_grammar else None,
            self._in_all_words.finish() if self._in_all_words else None,
        )
        self.discard()
        return reading

    def discard(self) -> None:
        """Throw the utterance away undecoded."""
        self._in_grammar = self._in_all_words = None

    def unknown_words(self, sentences: tuple[str, ...]) -> tuple[str, ...]:
        """The words of the sentences that this model has never heard of, sorted."""
        words = {word for sentence in sentences for word in sentence.lower().split()}
        return tuple(sorted(word for word in words if not self._knows(word)))

    def _knows(self, word: str) -> bool:
        return bool(self._model.vosk_model_find_word(word) >= 0)

    def _grammar(self, sentences: tuple[str, ...]) -> str:
        """The grammar as Vosk wants it: JSON, or "" when no sentence can be heard with this model.

        A sentence with an unknown word is left out whole: Vosk would leave out the word and hear the rest.
        """
        phrases = [" ".join(sentence.lower().split()) for sentence in sentences]
        heard = [phrase for phrase in dict.fromkeys(phrases) if phrase and all(map(self._knows, phrase.split()))]
        if not heard:
            return ""
        return json.dumps([*heard, *([_UNKNOWN] if self._knows(_UNKNOWN) else [])], ensure_ascii=False)


class _Hearing:
    """One recognizer on one utterance. Vosk ends pieces of it by its own rules; they are joined again here."""

    def __init__(self, recognizer: Any) -> None:
        self._recognizer = recognizer
        self._pieces: list[str] = []

    def accept(self, pcm: bytes) -> None:
        if self._recognizer.AcceptWaveform(pcm):
            self._pieces.append(json.loads(self._recognizer.Result())["text"])

    def partial(self) -> str:
        return self._joined(json.loads(self._recognizer.PartialResult())["partial"])

    def finish(self) -> str:
        return self._joined(json.loads(self._recognizer.FinalResult())["text"])

    def _joined(self, last: str) -> str:
        return " ".join(piece for piece in (*self._pieces, last) if piece)


def without_gaps(reading: str) -> str:
    """The reading, or "" when something else was said in the middle of it."""
    return "" if _UNKNOWN in reading.split() else reading
