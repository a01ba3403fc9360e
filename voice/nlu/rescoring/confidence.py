"""Confidence in short sentences: talk has many short pieces, and is easily misread as one."""

from collections.abc import Callable, Sequence

from voice.messages.calibration import Calibration
from voice.messages.meaning import Acceptance, Match, Rejection
from voice.messages.recognition import Hypothesis, Mode
from voice.nlu.index.sentence import keeps_words, tokens
from voice.nlu.matching.utterance import Utterance

SHORT = 14  # letters of the longest sentence that counts as short
AGREEMENT = 0.6  # the greatest distance of any reading to a short sentence
AMID_TALK = (Mode.IDLE, Mode.QUESTION)  # modes in which people talk with each other
LONG_SENTENCE = 1.2  # seconds that one that is not short takes at least, with the quiet around it
SWALLOWED = 0.2  # the greatest distance of a sentence that free text may have swallowed


def is_doubtful(match: Match, readings: Sequence[Utterance], mode: Mode) -> bool:
    """Whether a short sentence was read amid talk with so low a score that the sound is worth rescoring."""
    return _is_below(match, readings, mode, lambda calibration: calibration.sure)


def is_unsure(match: Match, readings: Sequence[Utterance], mode: Mode) -> bool:
    """Whether a short sentence was read amid talk with so low a score that it is rejected."""
    return _is_below(match, readings, mode, lambda calibration: calibration.unsure)


def _is_below(match: Match, readings: Sequence[Utterance], mode: Mode, floor: Callable[[Calibration], float]) -> bool:
    """Whether a short sentence was read amid talk with a score below the floor of its engine.

    The readings with the very words of the match count, or all where none of these has a score.
    """
    if mode not in AMID_TALK or not _is_short(_said(match)):
        return False
    scored = [
        (each.hypothesis.text, each.hypothesis.score >= floor(each.hypothesis.calibration))
        for each in readings
        if each.hypothesis.score is not None and each.hypothesis.calibration
    ]
    own = [is_sure for text, is_sure in scored if text == match.text]
    return bool(scored) and not any(own or (is_sure for _, is_sure in scored))


def disagreement(
    match: Match, readings: Sequence[Utterance], mode: Mode, distance: Callable[[str, str], float]
) -> Rejection | None:
    """Why a short sentence without open slots is rejected after all: UNSURE, DIFFERING or None."""
    if is_unsure(match, readings, mode):
        return Rejection.UNSURE
    said = _said(match)
    if _is_short(said) and any(distance(said, "".join(reading.plain)) > AGREEMENT for reading in readings):
        return Rejection.DIFFERING
    return None


def is_worth_hearing_again(readings: Sequence[Hypothesis], seconds: float, mode: Mode) -> bool:
    """Whether an utterance that came to nothing is worth hearing in a second way, which takes 0.2 s of processor.

    It is not where the words were read for certain, nor amid talk where so little was said that only a short sentence
    can be meant, which would not count. seconds: of its sound. docs/measured.md has the numbers, under "Heard again".
    """
    if mode in AMID_TALK and seconds < LONG_SENTENCE:
        return False
    return not any(
        each.score is not None and each.calibration and each.score > each.calibration.certain * seconds
        for each in readings
        if not each.constrained
    )


def counts_when_heard_again(match: Match, mode: Mode) -> bool:
    """Whether a meaning counts that was only found when the utterance was heard in a second way.

    It must be near a sentence of the pack or likely in the sound, and amid talk that sentence must not be short. Cries
    for help always count. docs/measured.md has the numbers, under "Heard again".
    """
    if match.care:
        return True
    is_own_words = match.explanation is not None and match.explanation.reason is Acceptance.MEANT
    return not is_own_words and not (mode in AMID_TALK and _is_short(_said(match)))


def swallows(match: Match) -> bool:
    """Whether its free text may have swallowed a sentence without any: "remind us of the drought rules"."""
    known = match.explanation
    if known is None or known.margin is None or not keeps_words(match.sentence):
        return False
    return known.margin < SWALLOWED and "{" not in known.rival


def threshold(match: Match, mode: Mode, calibration: Calibration, *, exact: bool) -> float:
    """The evidence that a meaning needs in a mode.

    exact: only the very words count; but amid talk what was not surely heard is asked about before it is done.
    """
    if exact and mode not in AMID_TALK:
        return calibration.exact_threshold
    said = _said(match)
    if _is_short(said):
        return calibration.short_threshold if mode in AMID_TALK else calibration.threshold
    return calibration.threshold if "{" in said else calibration.long_threshold


def _said(match: Match) -> str:
    """The letters of the sentence, and its open slots."""
    return "".join(tokens(match.sentence))


def _is_short(said: str) -> bool:
    return len(said) <= SHORT and "{" not in said
