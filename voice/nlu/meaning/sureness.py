"""How sure a meaning must be before anything is done, seen from one utterance."""

import math

from voice.messages.meaning import Addressing, Match
from voice.messages.recognition import Mode
from voice.nlu.matching.utterance import Utterance
from voice.nlu.meaning.bars import CONSENTS, LONGER, SURE_WHEN_LONG, SURE_WHEN_LONGER, TABLE_MODES, bars
from voice.nlu.meaning.intent_head import Guess


def is_seconded(match: Match) -> bool:
    """Whether a template was not near enough by its letters, nor likely by its sound: only the head spoke for it."""
    known = match.explanation
    return known is not None and match.distance > known.gate and known.likelier is None


def least(heard: Utterance, mode: Mode, *, is_begun: bool) -> float:
    """How probable a meaning must be at all: surer for what is long, and for what may go on."""
    if is_begun and mode in TABLE_MODES:
        return math.inf
    words = len(heard.plain)
    longer = words - (bars(mode, Addressing.EXPECTED, words).most_words or words)
    if longer > LONGER:
        return SURE_WHEN_LONG
    return SURE_WHEN_LONGER if longer > 0 or is_begun else 0.0


def is_sure(guess: Guess, heard: Utterance, mode: Mode, addressing: Addressing) -> bool:
    """Whether a meaning is probable enough to be acted on."""
    bar = bars(mode, addressing, len(heard.plain)).acts
    probability = guess.against_talk if addressing is Addressing.OVERHEARD else guess.probability
    return probability >= max(bar, CONSENTS.get(guess.label, 0.0))
