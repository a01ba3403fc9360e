"""How words sound: English text to phonemes, with the pronouncing dictionary of the natural voice."""

import re
from functools import lru_cache
from typing import Any

from voice.pronunciation import lexicon, spelling

_WORD = re.compile(r"\d+(?:[,.]\d+)*(?:st|nd|rd|th)?|[^\W\d_]+(?:'[^\W\d_]+)*")
_NO_SOUND = re.compile(r"[\W\dˈˌː]+")  # stress, length and what no phoneme stands for

# The dictionary asks for the part of speech of a few little words; of the others it gives the usual reading.
_PART_OF_SPEECH = {"a": "DT", "am": "VBP", "in": "IN", "i": "PRP", "the": "DT", "to": "TO"}


class Phonemizer:
    """Text to phonemes: one character a phoneme, without stress, punctuation or spaces.

    Spaces go because a recognizer splits words in its own way ("check in", "checkin"). A word sounds the same
    wherever it stands, so that what was heard and what can be said are spelled alike: "read" is always "ɹid".
    A word that the dictionary lacks (a name) is spelled by a small net, loaded when it is first needed.

    Measured: 0.06 s and 6 MB at the first call, 0.1 s and 16 MB more for the net.

    language: for any other than English the letters themselves are returned.
    """

    def __init__(self, language: str = "en") -> None:
        self._english = language.lower().split("-")[0] == "en"
        self._lexicon: Any = None
        self._normalize: Any = None
        self._net: Any = None
        self._word = lru_cache(maxsize=20_000)(self._spell)
        self._is_known = lru_cache(maxsize=20_000)(lambda word: self._found(word) is not None)
        self._sentence = lru_cache(maxsize=4_096)(self._phonemize)

    def __call__(self, text: str) -> str:
        """The phonemes of a sentence; "" when there is nothing to pronounce in it."""
        return self._sentence(text)

    def knows(self, word: str) -> bool:
        """True if the dictionary has the word, or if the language is not English."""
        self.warm_up()
        return not self._english or self._is_known(word.lower())

    def warm_up(self) -> None:
        """Load the dictionary now, so that the first sentence does not wait for it."""
        if self._lexicon is not None or not self._english:
            return
        self._normalize = spelling().normalize
        self._lexicon = lexicon()

    def _phonemize(self, text: str) -> str:
        if not self._english:
            return "".join(_WORD.findall(text.casefold()))
        self.warm_up()
        words = _WORD.findall(self._normalize(text).lower().replace("’", "'"))
        return "".join(self._word(word) for word in words)

    def _found(self, word: str) -> str | None:
        """The dictionary's entry; None when it lacks the word. Raises LookupError, TypeError or ValueError."""
        from hibari.g2p import Context
        from hibari.g2p.token import Tok

        token = Tok(word, _PART_OF_SPEECH.get(word, "NN"))
        phonemes: str | None = self._lexicon(token, Context(future_vowel=False))[0]
        return phonemes

    def _spell(self, word: str) -> str:
        try:
            phonemes = self._found(word)
        except (LookupError, TypeError, ValueError):  # such as a number of 40 digits
            return word
        if phonemes is None:
            phonemes = self._unknown(word)
        return _NO_SOUND.sub("", phonemes.replace("ɾ", "T").replace("ʔ", "t"))

    def _unknown(self, word: str) -> str:
        if self._net is None:
            from hibari.g2p.oov import OOV

            self._net = OOV()
        return self._net(word) or ""
