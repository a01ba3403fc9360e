"""The wake phrase and Hearthside's own name: whether somebody calls it, and what counts then."""

import math
import re
from collections.abc import Callable, Iterable, Sequence

from rapidfuzz.distance import Levenshtein

from voice.language.text import plain, words
from voice.messages.meaning import Match, NoMatch, Rejection
from voice.messages.recognition import ITS_NAME, Hypothesis, Mode
from voice.nlu.index.phonetic_distance import sound_distance
from voice.nlu.index.pronunciation import Pronouncer
from voice.nlu.index.sentence import Phonemize

AWAKE = 8.0  # seconds after the wake phrase alone in which an utterance counts
# How far the first words may be from a phrase of so many letters: 0 the same, 1 nothing alike. Of 24 times that eight
# synthetic voices say "hey hearthside", 23 come out within 0.39; of 791 lines of talk the nearest begins 0.53 from it.
GATES = ((6, 0.0), (9, 0.25), (40, 0.42))
CALLED = 0.25  # how far from its name the first or the last words may be; of 8,537 lines of talk the nearest has 0.3
SPLIT = 2  # so many words more than it has may be heard for it: "heart side" for "hearthside"
_CALL = re.compile(rf"\W*(?:(?:hey|ok|okay|oh)\W+)?{ITS_NAME}\b\W*", re.IGNORECASE)

NEEDED = frozenset(
    {Mode.IDLE, Mode.QUESTION}
)  # inside a session, after a question of ours, at a bell: no call is needed


def without_names(hypotheses: Iterable[Hypothesis], mode: Mode) -> tuple[Hypothesis, ...]:
    """The hypotheses without our name at their beginning, unless that is all; a line is kept as it was said."""
    return tuple(each if mode is Mode.WORDS else each.each_text(_without_name) for each in hypotheses)


def _without_name(text: str) -> str:
    called = _CALL.match(text)
    return (text[called.end() :] if called else "") or text


class WakePhrase:
    """A phrase that calls. It keeps nothing but pronunciations; may be asked from several threads.

    phonemize: as Understanding takes it.
    """

    def __init__(self, phrase: str, phonemize: Phonemize | None) -> None:
        self._words = tuple(plain(phrase).split())
        self._letters = "".join(self._words)
        self._sounding = Pronouncer(phonemize)
        self._gate = next(gate for letters, gate in GATES if len(self._letters) <= letters)

    def after(self, hypothesis: Hypothesis) -> Hypothesis | None:
        """The hypothesis without the phrase ("" for the phrase alone); None when it does not begin with it."""
        said = words(hypothesis.text)
        longest = min(len(said), len(self._words) + SPLIT)
        ends = [(self.distance(tuple(word.plain for word in said[:end])), end) for end in range(1, longest + 1)]
        distance, end = min(ends, default=(1.0, 0))
        if distance > self._gate:
            return None
        rest = hypothesis.text[said[end].start :] if end < len(said) else ""
        return hypothesis.reworded(rest)

    def without(self, hypotheses: Sequence[Hypothesis], mode: Mode) -> tuple[Hypothesis, ...]:
        """The hypotheses that begin with the phrase, without it; all of them where there is none or none is needed."""
        after = self.after_each(hypotheses) if mode in NEEDED else ()
        return after or tuple(hypotheses)

    def after_each(self, hypotheses: Sequence[Hypothesis]) -> tuple[Hypothesis, ...]:
        """The hypotheses that begin with the phrase, without it."""
        return tuple(rest for each in hypotheses if (rest := self.after(each)) is not None)

    def distance(self, first: tuple[str, ...]) -> float:
        """How far plain words are from the phrase, in letters or in sounds, whichever is nearer."""
        apart = Levenshtein.normalized_distance("".join(first), self._letters)
        ours, theirs = self._sounding(self._words), self._sounding(first)
        return apart if ours is None or theirs is None else min(apart, sound_distance(ours, theirs))


class OwnName:
    """Knows Hearthside's name where it calls: in the first words, or in the last. Used from one thread.

    phonemize: as Understanding takes it.
    """

    def __init__(self, phonemize: Phonemize | None) -> None:
        self._phrase = WakePhrase(ITS_NAME, phonemize)

    def spelled(self, hypothesis: Hypothesis) -> Hypothesis:
        """The hypothesis with the name as it is written: "Heart side, stop" is "Hearthside, stop"."""
        return hypothesis.each_text(self._spelled)

    def _spelled(self, text: str) -> str:
        said = words(text)
        spans = [(start, end) for start in (0, 1) for end in (start + 1, start + 2)]
        spans += [(len(said) - length, len(said)) for length in (1, 2)]
        plain_words = [word.plain for word in said]
        far = [
            (self._phrase.distance(tuple(plain_words[start:end])), start, end)
            for start, end in spans
            if 0 <= start < end <= len(said) and self._may_be("".join(plain_words[start:end]))
        ]
        distance, start, end = min(far, default=(1.0, 0, 0))
        if distance > CALLED:
            return text
        return text[: said[start].start] + ITS_NAME + text[said[end - 1].end :]

    @staticmethod
    def _may_be(letters: str) -> bool:
        """Whether it is worth while to compare the sound, which takes longer."""
        return Levenshtein.normalized_distance(letters, ITS_NAME.lower()) <= 2 * CALLED


class Attention:
    """Tells whether an utterance is meant for Hearthside, where that takes a wake phrase. It remembers a call.

    Used from one thread.
    """

    def __init__(self, phrase: WakePhrase) -> None:
        self._phrase = phrase
        self._until = -math.inf

    def verdict(
        self,
        hypotheses: Sequence[Hypothesis],
        mode: Mode,
        began: float,
        understand: Callable[[Sequence[Hypothesis]], Match | NoMatch],
    ) -> Match | NoMatch:
        """The meaning of an utterance, if it is meant for Hearthside. began: seconds, when they began to speak."""
        if mode not in NEEDED:
            return understand(hypotheses)
        after = self._phrase.after_each(hypotheses)
        if not after:
            meant = understand(hypotheses)
            if began <= self._until or (isinstance(meant, Match) and meant.care):
                return meant
            return NoMatch(meant.text, Rejection.UNCALLED)
        said = tuple(each for each in after if each.text)
        meant = understand(said) if said else NoMatch("", Rejection.CALLED)
        if isinstance(meant, NoMatch) and len(said) < len(after):
            return NoMatch(meant.text, Rejection.CALLED)
        return meant

    def settled(self, verdict: Match | NoMatch, at: float) -> None:
        """Take note of what was made of an utterance: after a call another one counts, until one is acted on."""
        if isinstance(verdict, Match):
            self._until = -math.inf
        elif verdict.why is Rejection.CALLED:
            self._until = at + AWAKE
