"""How long it is quiet after a sentence before it counts as said to the end."""

from voice.core.book import Book
from voice.core.free_words import Fit
from voice.messages import AT_ONCE, PATIENCE, WHOLE

NEARLY = 0.1  # how far from a sentence something may be that was plainly meant to be all of it
STOP = "stop"  # the intent that never waits for more words


def pause_after(fit: Fit, book: Book) -> float:
    """Seconds of quiet after which nobody is going on with the sentence."""
    if fit.sentence.care:
        return WHOLE  # "i want to die ... laughing"
    if fit.sentence.intent == STOP or book.is_complete(fit.sentence):
        return AT_ONCE
    return WHOLE if not fit.sentence.ends_free and fit.distance <= NEARLY else PATIENCE
