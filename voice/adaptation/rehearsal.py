"""A rehearsal: which phrases are said, whether one was heard well, and what may be learned from one that was not."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice

from voice.adaptation.name_spellings import with_names
from voice.content import Intent, IntentPack
from voice.language.slots import Filler, filler_of
from voice.language.text import plain
from voice.messages.meaning import Match, NoMatch, Slots
from voice.messages.recognition import KEYBOARD, Hypothesis, Mode
from voice.nlu.index.pronunciation import Pronouncer
from voice.nlu.index.sentence import Phonemize, Sentence, decoy, tokens
from voice.nlu.index.sentence_table import SentenceTable
from voice.nlu.understanding import Understanding

# What couples say most, in the moment it belongs to, and how many phrases of it.
NEEDED = (
    ("ask", Mode.IDLE, 2),
    ("another", Mode.QUESTION, 2),
    ("skip", Mode.QUESTION, 1),
    ("lighter", Mode.QUESTION, 1),
    ("enough", Mode.QUESTION, 1),
    ("bedtime", Mode.IDLE, 2),
    ("done", Mode.TURN, 2),
    ("more_time", Mode.TURN, 1),
    ("pass", Mode.TURN, 1),
    ("appreciate_that", Mode.IDLE, 1),
    ("appreciate_for", Mode.IDLE, 1),
    ("yes", Mode.YES_NO, 1),
    ("no", Mode.YES_NO, 1),
    ("recap", Mode.IDLE, 1),
    ("start_timer", Mode.IDLE, 1),
    ("stop", Mode.IDLE, 1),
)
SHORTEST = 8  # letters of a line that is learned; shorter ones come up in talk
LONGEST = 12  # words of it


@dataclass(frozen=True, slots=True)
class Phrase:
    """Something that a partner is asked to say."""

    text: str
    """The words."""
    mode: Mode
    """The mode in which it is heard."""
    expected: Match
    """Its meaning in that mode."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A phrase that was said."""

    phrase: Phrase
    """What was to be said."""
    heard: tuple[Hypothesis, ...]
    """The hypotheses, the likeliest first."""
    meant: Match | NoMatch
    """Their meaning."""

    @property
    def text(self) -> str:
        """The words that were heard."""
        return self.heard[0].text if self.heard else ""

    @property
    def well(self) -> bool:
        """True if intent and slots are as expected; dictated text need not agree word for word."""
        expected = self.phrase.expected
        if not isinstance(self.meant, Match) or self.meant.intent != expected.intent:
            return False
        return _but_for_lines(self.meant.slots) == _but_for_lines(expected.slots)


def _but_for_lines(slots: Slots) -> Slots:
    """The slots, with nothing in those that take any words."""
    return {slot: "" if filler_of(slot) is Filler.LINE else value for slot, value in slots.items()}


def phrases(
    pack: IntentPack,
    understanding: Understanding,
    stand_ins: Sequence[str],
    names: Sequence[str],
    chance: random.Random,
) -> tuple[Phrase, ...]:
    """Phrases from the packs' own lines. names: the couple's, which replace the placeholder names in turn."""
    chosen: list[Phrase] = []
    by_turns = cycle(names)
    for intent_name, mode, count in NEEDED:
        lines = [line for intent in pack.intents if intent.name == intent_name for line in intent.say]
        named = set(map(plain, stand_ins)).intersection(*(line.split() for line in lines[:1]))
        name = next(by_turns) if named else ""
        texts = (
            with_names(line, stand_ins, (name, name)) if name else line for line in chance.sample(lines, len(lines))
        )
        fitting = (phrase for text in texts if (phrase := _phrase(text, mode, intent_name, understanding)))
        chosen += islice(fitting, count)
    return tuple(chosen)


def _phrase(text: str, mode: Mode, intent: str, understanding: Understanding) -> Phrase | None:
    """The text as something to say, when it means this intent in this mode."""
    meant = understanding.understand((Hypothesis(text, KEYBOARD),), mode)
    return Phrase(text, mode, meant) if isinstance(meant, Match) and meant.intent == intent else None


def try_phrase(phrase: Phrase, heard: Sequence[Hypothesis], understanding: Understanding) -> Trial:
    """The trial of a phrase, given the hypotheses of what was said."""
    return Trial(phrase, tuple(heard), understanding.understand(heard, phrase.mode))


class Teacher:
    """Knows which lines may be learned without taking talk, or another wish, for them."""

    def __init__(self, pack: IntentPack, understanding: Understanding, phonemize: Phonemize | None) -> None:
        self._pack, self._understanding = pack, understanding
        self._sounding = Pronouncer(phonemize)

    def lesson(self, trial: Trial, names: Sequence[str]) -> str:
        """The line that may be learned from a trial, "" for none. names: the couple's."""
        line, intent = plain(trial.text), self._intent(trial.phrase.expected.intent)
        words = line.split()
        fits = 1 < len(words) <= LONGEST and len("".join(words)) >= SHORTEST
        named = {word for name in names for word in plain(name).split()} & {*words, *plain(trial.phrase.text).split()}
        if trial.well or not fits or named or intent.exact or trial.phrase.expected.slots:
            return ""
        return "" if self._near(line, intent) else line

    def _intent(self, name: str) -> Intent:
        return next(intent for intent in self._pack.intents if intent.name == name)

    def _near(self, line: str, intent: Intent) -> bool:
        """True if a sentence of another intent, or a decoy, is near in letters or in sounds."""
        heard = tokens(line)
        return bool(SentenceTable(self._others(intent), self._sounding).near(heard, self._sounding(heard)))

    def _others(self, intent: Intent) -> list[Sentence]:
        others = (sentence for mode in intent.when for sentence in self._understanding.index.sentences(mode))
        avoided = (line for each in self._pack.intents if each.when & intent.when for line in each.avoid)
        return [
            *(sentence for sentence in others if sentence.intent != intent.name),
            *map(decoy, (*avoided, *self._pack.talk)),
        ]
