"""What is unclear about a time, a day or a duration."""

from enum import StrEnum


class Unclear(StrEnum):
    """Why a moment or a duration has no value yet: what to ask about."""

    NO_TIME = "no time"
    """A day, and no time of day."""
    NO_DAY = "no day"
    """Several days may be meant, or none was named: "this weekend", "next week", "on our anniversary"."""
    AMBIGUOUS_TIME = "ambiguous time"
    """An hour that may be in the morning or in the evening."""
    RANGE = "range"
    """Between two values: "ten to fifteen minutes", "between six and seven"."""
    VAGUE = "vague"
    """No value at all: "later", "a few minutes", "when Alex gets home"."""
    IMPOSSIBLE = "impossible"
    """There is no such day, time or duration: the 31st of June, 25:00, zero minutes."""
    PAST = "past"
    """A day or a time that is over."""
    UNSUPPORTED = "unsupported"
    """A recurrence that no single rule can hold."""
