"""When a sentence that is near is not near enough, and how long to wait for more words."""

from collections.abc import Callable, Sequence

from voice.messages.meaning import Rejection
from voice.messages.recognition import WAIT_COMPLETE, WAIT_DEFAULT, WAIT_EXTENDABLE, Mode
from voice.nlu.index.sentence import Sentence
from voice.nlu.index.sentence_index import SentenceIndex
from voice.nlu.index.sentence_table import FAR
from voice.nlu.matching.slot_filling import FREE_TOLERANCE, Fit

# How far an utterance may be from a sentence of so many letters and still mean it; one word must be exact.
# Nearest talk that no other check holds back, of 413 lines at table and 25 minutes of people's speech: 0.18 at up to
# 10 letters, 0.19 at 17, 0.22 at 24, none beyond. In the natural voice, 98 of 100 sentences are read within 0.1.
GATES = ((10, 0.0), (17, 0.17), (24, 0.19), (1000, 0.26))
ANSWER_GATE = 0.12  # of an answer of several words ("keep it" comes out as "key bit"): it was asked for just now
MARGIN = 0.05  # how much farther the nearest sentence of another intent must be

# The same for what ends everything, which is understood before all else. Of 36 sentences in two voices, as they are,
# 12 dB lower, and so with noise at 15 dB, all 216 are heard; of 110 lines near to them 20 would be taken for one if
# they did not stand in the pack, 41 with 0.25 for all lengths.
CARE_GATES = ((10, 0.12), (17, 0.17), (24, 0.2), (1000, 0.26))
LONG = 30  # letters of a sentence that talk does not come near to by chance


def threshold(sentence: Sentence, mode: Mode) -> float:
    """How far an utterance may be from this sentence: 0 to 1."""
    threshold = next(
        threshold for letters, threshold in (CARE_GATES if sentence.care else GATES) if sentence.size <= letters
    )
    if sentence.care:
        return threshold
    if mode is Mode.WORDS or len(sentence.tokens) == 1:
        return 0.0
    if sentence.is_free:
        return FREE_TOLERANCE.budget
    return max(threshold, ANSWER_GATE) if mode is Mode.YES_NO else threshold


def rejection(best: Fit, fits: Sequence[Fit], mode: Mode, is_word_by_word: Callable[[Fit], bool]) -> Rejection | None:
    """Why a sentence was not meant; None when it was. fits: everything near, the nearest first."""
    sentence = best.sentence
    decoy = next((fit.distance for fit in fits if not fit.sentence.intent), FAR)
    if not sentence.intent or 0 < best.distance >= decoy:
        return Rejection.NO_COMMAND
    if best.distance > threshold(sentence, mode):
        return Rejection.NOTHING_NEAR
    if sentence.is_free or best.distance == 0:
        return None
    if not _is_unmistakable(best) and not is_word_by_word(best):
        return Rejection.ANOTHER_WORD
    rival = next((fit.distance for fit in fits if fit.sentence.intent not in ("", sentence.intent)), FAR)
    unclear = not sentence.care and rival - best.distance < MARGIN
    return Rejection.AMBIGUOUS if unclear else None


def _is_unmistakable(fit: Fit) -> bool:
    """Whether a sentence is so long and so near that no talk is, whatever became of one of its words."""
    return fit.sentence.size >= LONG and fit.distance <= NEARLY


NEARLY = 0.1  # how far from a sentence something may be that was plainly meant to be all of it
STOP = "stop"  # the intent that never waits for more words


def wait_after(fit: Fit, index: SentenceIndex) -> float:
    """Seconds of quiet after which nobody is going on with the sentence."""
    if fit.sentence.care:
        return WAIT_EXTENDABLE  # "i want to die ... laughing"
    if fit.sentence.intent == STOP or index.is_complete(fit.sentence):
        return WAIT_COMPLETE
    return WAIT_EXTENDABLE if not fit.sentence.ends_free and fit.distance <= NEARLY else WAIT_DEFAULT
