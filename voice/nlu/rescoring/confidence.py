"""Whether a short sentence was surely read: talk has many short pieces, and is easily misread as one."""

from collections.abc import Callable, Sequence

from voice.messages.meaning import Match, Rejection
from voice.messages.recognition import Mode
from voice.nlu.index.sentence import keeps_words, tokens
from voice.nlu.matching.utterance import Utterance
from voice.nlu.rescoring.likelihood import BAR, EXACT_BAR, LONG_BAR, SHORT_BAR

SHORT = 14  # letters of sentences that are short: ...
AGREEMENT = 0.6  # ... every reading must be at least so near, and ...
# ... amid talk one must be so sure (natural logarithm, the mean of three speeds): "athena" is read as "That's enough."
# at -4.0. Of 81 short commands that were read word for word, near, in noise and in rooms, 11 were read with less than
# -1.8 at one speed, so that they are looked at again, and one of those with less than -3.2.
AMID_TALK, UNSURE, SURE = (Mode.IDLE, Mode.QUESTION), -3.2, -1.8
SWALLOWED = 0.2  # how far from what was read such a sentence may be


def is_unsure(match: Match, readings: Sequence[Utterance], mode: Mode, least: float) -> bool:
    """Whether a short sentence was read amid talk with less certainty than that."""
    scores = [reading.hypothesis.score for reading in readings if reading.hypothesis.score is not None]
    return mode in AMID_TALK and _is_short(_said(match)) and bool(scores) and max(scores) < least


def disagreement(
    match: Match, readings: Sequence[Utterance], mode: Mode, distance: Callable[[str, str], float]
) -> Rejection | None:
    """Why a short sentence without open slots was not meant after all: UNSURE, DIFFERING or None."""
    if is_unsure(match, readings, mode, UNSURE):
        return Rejection.UNSURE
    said = _said(match)
    if _is_short(said) and any(distance(said, "".join(reading.plain)) > AGREEMENT for reading in readings):
        return Rejection.DIFFERING
    return None


def swallows(match: Match) -> bool:
    """Whether its free words may have swallowed a sentence without any: "remind us of the drought rules"."""
    known = match.explanation
    if known is None or known.margin is None or not keeps_words(match.sentence):
        return False
    return known.margin < SWALLOWED and "{" not in known.rival


def bar(match: Match, mode: Mode, *, exact: bool) -> float:
    """How much evidence a meaning needs in a mode.

    exact: only the very words count; but amid talk what was not surely heard is asked about before it is done.
    """
    if exact and mode not in AMID_TALK:
        return EXACT_BAR
    said = _said(match)
    if _is_short(said):
        return SHORT_BAR if mode in AMID_TALK else BAR
    return BAR if "{" in said else LONG_BAR


def _said(match: Match) -> str:
    """The letters of the sentence, and its open slots."""
    return "".join(tokens(match.sentence))


def _is_short(said: str) -> bool:
    return len(said) <= SHORT and "{" not in said
