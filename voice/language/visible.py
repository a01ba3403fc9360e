"""Text without the characters that nobody sees and that do something: to a terminal, to the order of letters."""

import re

_SPACES = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]?|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -~]?)|\x9b[0-?]*[ -/]*[@-~]?")
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f]"  # control characters
    r"|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"  # marks of direction
    r"|[\u00ad\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"  # of no width
)
_HALVES = re.compile(r"[\ud800-\udfff]")  # of characters; no file takes them


def visible(text: str) -> str:
    """The text in one line, as it is shown, spoken and kept; the joiners inside an emoji or a word stay."""
    if text.isprintable():
        return text
    text = _ESCAPES.sub("", _SPACES.sub(" ", text))
    return _HALVES.sub("\ufffd", _UNSEEN.sub("", text))


def visible_lines(text: str) -> str:
    """The visible characters of a text of several lines."""
    return "\n".join(visible(line) for line in text.split("\n"))
