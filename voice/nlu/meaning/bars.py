"""How probable a meaning must be in each moment; everything that the intent head is measured against stands here."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from voice.content import Intent
from voice.language.third_persons import is_of_a_mind, is_of_others
from voice.messages.meaning import Addressing
from voice.messages.recognition import Mode

TABLE_MODES = (Mode.IDLE, Mode.QUESTION, Mode.RINGING)
"""Where people talk with each other; in all other modes something is expected."""
TOLD_IN = (Mode.TURN, Mode.SESSION, Mode.YES_NO, Mode.ANSWER)
"""Where one may go on telling the other, whatever is expected; what is dictated is a line of its own."""


@dataclass(frozen=True, slots=True)
class Bars:
    """What a meaning must reach to be acted on in one moment; probabilities are 0 to 1."""

    acts: float
    """How probable it must be."""
    silence: float = 1.0
    """How much the labels of talk weigh."""
    most_words: int | None = None
    """Words of a control word at most; what is longer is told or dictated, unless the head is surer."""


OVERHEARD: tuple[tuple[float, Bars], ...] = ((4, Bars(0.997)), (6, Bars(0.993)), (math.inf, Bars(0.98)))
"""Words at most, and the bars of an overheard sentence of so many. They count against talk alone: which of two wishes
it was matters less than that it was one. The shorter a sentence is, the more easily it is said to each other."""
_AT_TABLE: Mapping[Addressing, Bars] = {
    Addressing.ADDRESSED: Bars(0.25, silence=0.6),
    Addressing.EXPECTED: Bars(0.6),
}
_EXPECTED: Mapping[Mode, Bars] = {
    Mode.YES_NO: Bars(0.5),
    Mode.ANSWER: Bars(0.6),
    Mode.SESSION: Bars(0.65),  # "newt please" has 0.61
    Mode.TURN: Bars(0.4, most_words=10),
    Mode.SPEAKING: Bars(0.9, most_words=8),
    Mode.WORDS: Bars(0.6, silence=0.6, most_words=9),  # whatever is none of its controls is kept as the line anyway
}
CONSENTS = {"yes": 0.65, "pass": 0.6}
"""How probable a meaning must be that lets us keep something, or go past somebody; "I'm sorry" is no clear pass."""
PLAIN = 0.9
"""How probable a meaning without slots must be to be acted on after a shorter pause. Of 1,060 beginnings of unseen
wordings 12 are as probable and mean something else."""
ASKS = 0.1  # to be asked about, where somebody addressed us
ELSEWHERE_FROM = 0.5  # how probable it must be that only another assistant can do it, to say so
AHEAD = 1.05  # how many times as probable as the next one
SURE, DOUBTS = 0.92, 0.95  # from here on the head is sure, and sure enough to overrule a template that is near
FOREIGN = 0.08  # what a template's intent must reach when the head is sure of another thing
LONGER, SURE_WHEN_LONGER, SURE_WHEN_LONG = 3, 0.75, 0.95  # a few words too many, and how sure then; sure of any more
SURE_BY_ITSELF = 0.6  # and in the part of a sentence that asks, where the rest of it tells or refuses something
SURE_IN_OTHER_WORDS = 0.6
"""How sure in a turn, with a word that nobody who asked for it has used. Of 677 unseen pieces of talk 18 instead of 27
act then, of 532 unseen control words that count 510 do, and 56 instead of 82 are taken for another one."""
CARE, CARE_OVERHEARD, CARE_WHEN_TOLD = 0.35, 0.5, 0.75
"""What all cries for help together must reach: where somebody speaks to us; where nobody does; and there for what is
told at length in a session, and for a cry that is told as often ("I'm not okay"). A line read from a novel has 0.39."""
CARE_IN_A_TURN, CARE_TOLD_IN_A_TURN = 0.75, 0.8
"""The same in a turn, where partners tell each other hard things. 0.75 instead of 0.65 finds 65 instead of 69 of the
cries that only measure, have no frame and are not told, and takes 7 instead of 15 pieces of talk for one."""
CARE_OF_OTHERS_IN_A_TURN = CARE_TOLD_IN_A_TURN
"""And there of somebody who is neither of the two: of 61 such cries that only measure it finds 38 instead of 44, of 426
such pieces of talk it takes 2 instead of 7 for one."""
CARE_OF_A_MIND = 0.9  # and of what such a person thinks or feels, which is no deed
CARE_WHEN_FRAMED = 0.1  # and where the sentence has the frame of one, such as "he ... hit ... me"
CLEARLY = 1.5  # how many times as probable as what only sounds like a cry
CARE_WHEN_HARMLESS = 0.9  # and where a line that the pack calls harmless is part of it: "i cut myself again last night"
CARE_IN_A_CLAUSE = 0.6  # and in one clause alone of what is told at length


def bars(mode: Mode, addressing: Addressing, words: int) -> Bars:
    """The bars of a moment, for an utterance of so many words that is spoken to us in this way."""
    if mode in _EXPECTED:
        return _EXPECTED[mode]
    if addressing is Addressing.OVERHEARD:
        return next(each for most, each in OVERHEARD if words <= most)
    return _AT_TABLE[addressing]


def care_bar(
    mode: Mode, addressing: Addressing, cry: Intent, text: str, *, is_framed: bool, is_harmless: bool
) -> float:
    """What all cries for help together must reach in an utterance.

    cry: the likeliest of them. text: the utterance in plain words. is_framed: it has the frame of one. is_harmless: a
    line that the pack calls harmless is part of it.
    """
    words = len(text.split())
    if is_harmless:
        return CARE_WHEN_HARMLESS
    if is_framed:
        return CARE_WHEN_FRAMED
    if addressing is Addressing.ADDRESSED and mode in TABLE_MODES:
        return CARE
    if cry.told or is_long_when_told(mode, words):
        return CARE_TOLD_IN_A_TURN if mode is Mode.TURN else CARE_WHEN_TOLD
    if mode is Mode.TURN and is_of_others(text):
        return CARE_OF_A_MIND if is_of_a_mind(text) else CARE_OF_OTHERS_IN_A_TURN
    if mode is Mode.TURN:
        return CARE_IN_A_TURN
    return CARE_OVERHEARD if addressing is Addressing.OVERHEARD else CARE


def is_long_when_told(mode: Mode, words: int) -> bool:
    """Whether an utterance of so many words is longer than any control word, where a partner may tell something."""
    most = _EXPECTED[Mode.TURN].most_words
    return mode in TOLD_IN and most is not None and words > most
