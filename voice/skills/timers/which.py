"""Which of several timers a command means: by its name, its order, its length, or all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from voice.language.bare_values import duration_alone
from voice.language.moments.quantities import durations
from voice.language.slots import TIMER
from voice.language.text import FILLERS, before_noun, plain
from voice.messages.meaning import Match
from voice.messages.records import Timer

_ALL = frozenset("all both every everything each".split())
_ORDER = {"first": 0, "oldest": 0, "second": 1, "third": 2, "fourth": 3, "last": -1, "latest": -1, "newest": -1}
_LENGTH_OF = frozenset("timer timers one ones".split())  # "the ten minute one"
_ALIKE = 80.0  # rapidfuzz ratio from which on a name is the one that was said


@dataclass(frozen=True, slots=True)
class Chosen:
    """The timers that fit what was said."""

    timers: tuple[Timer, ...]
    """Those that fit; none: there is no such timer."""
    is_clear: bool = True
    """Whether all of them are meant. Otherwise one of them is, and nothing says which."""


def is_named(timer: Timer) -> bool:
    """Whether it was given a name; otherwise it is called by the length with which it was set."""
    return not is_a_length(timer.name)


def is_a_length(text: str) -> bool:
    """Whether words say a length and nothing else: "ten minutes please"."""
    return duration_alone(text, FILLERS) is not None


def spoken_name(timer: Timer) -> str:
    """What it is called before "timer"."""
    return timer.name if is_named(timer) else before_noun(timer.name)


def which(timers: Sequence[Timer], match: Match) -> Chosen:
    """The timers that a command about a timer means, of those that run, in the order in which they were set."""
    words = plain(match.text).split()
    if mentioned := _mentioned(timers, words):
        return Chosen(mentioned)
    if _ALL & set(words) and len(timers) > 1:
        return Chosen(tuple(timers))
    if found := _by_order(timers, words):
        return Chosen(found)
    if (length := _length(words, is_more=match.intent == "add_time")) is not None:
        return Chosen(_of_length(timers, length))
    if name := TIMER.said_in(match.slots):
        is_only_one = len(timers) == 1 and not is_named(timers[0])  # it is for whatever they set it
        return Chosen(tuple(timers) if is_only_one else _called(timers, name))
    return Chosen(tuple(timers), is_clear=len(timers) < 2)


def answered(timers: Sequence[Timer], text: str) -> tuple[Timer, ...]:
    """The timers that an answer to "which one?" means; none where it fits no timer."""
    words = plain(text).split()
    if _ALL & set(words):
        return tuple(timers)
    lengths = durations(words)
    return (
        _by_order(timers, words)
        or (_of_length(timers, lengths[-1].value) if lengths else ())
        or _called(timers, " ".join(word for word in words if word not in _LENGTH_OF))
    )


def _called(timers: Sequence[Timer], name: str) -> tuple[Timer, ...]:
    """The last of the timers whose name is most like this one; "pasta" fits "pasta sauce"."""
    likeness = [max(fuzz.ratio(timer.name, name), fuzz.token_set_ratio(timer.name, name)) for timer in timers]
    best = max(likeness, default=0.0)
    fitting = [timer for timer, alike in zip(timers, likeness, strict=True) if alike == best >= _ALIKE]
    return tuple(fitting[-1:])


def _mentioned(timers: Sequence[Timer], words: Sequence[str]) -> tuple[Timer, ...]:
    """The last of the timers whose name stands in the sentence and is no length."""
    said = f" {' '.join(words)} "
    return tuple(timer for timer in timers if is_named(timer) and f" {plain(timer.name)} " in said)[-1:]


def _by_order(timers: Sequence[Timer], words: Sequence[str]) -> tuple[Timer, ...]:
    """The timer at a place in the order in which they were set: "the first one", "the last timer"."""
    for before, word in zip(("", *words), words, strict=False):
        if before in ("the", "my", "our", "that") and word in _ORDER and -len(timers) <= _ORDER[word] < len(timers):
            return (timers[_ORDER[word]],)
    return ()


def _of_length(timers: Sequence[Timer], seconds: float) -> tuple[Timer, ...]:
    """The last of the timers that were set for so long."""
    return tuple(timer for timer in timers if timer.seconds == seconds)[-1:]


def _length(words: Sequence[str], *, is_more: bool) -> float | None:
    """The length of the timer that is meant, in seconds. is_more: another length in the sentence is what is added."""
    found = durations(words)
    named = [each for each in found if _LENGTH_OF & set(words[each.end : each.end + 1])]
    if not named and not is_more:
        named = list(found)
    return named[-1].value if named else None
