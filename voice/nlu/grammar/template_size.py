"""How large a template is, without filling it in: the sentences that it stands for, and the words of its graph."""

from collections.abc import Iterable
from dataclasses import dataclass

BEYOND_COUNTING = 10**9  # what is larger is not told apart


@dataclass(frozen=True, slots=True)
class Size:
    """The size of a part of a template.

    A word may be made of several parts ("timer[s]"), so words are counted as pieces, every way of saying each.
    """

    sentences: int
    """Ways to say it."""
    through: int
    """Pieces with no space in them."""
    begin: int
    """Pieces before its first space."""
    end: int
    """Pieces after its last space."""
    inner: int
    """Whole words between spaces."""

    @property
    def words(self) -> int:
        """How many words a graph of it would have."""
        return self.through + self.begin + self.end + self.inner


NOTHING = Size(1, 1, 0, 0, 0)  # one way to say nothing
A_TOKEN = Size(1, 0, 1, 1, 1)
A_QUANTITY = Size(1, 0, 1, 1, 200)  # a duration, spelled out


def size_of_text(text: str) -> Size:
    """The size of plain words."""
    words = len(text.split())
    return Size(1, 0, 1, 1, words) if any(map(str.isspace, text)) else NOTHING


def either(sizes: Iterable[Size]) -> Size:
    """The size of one of several parts."""
    parts = tuple(sizes)
    return _counted(
        sum(part.sentences for part in parts),
        sum(part.through for part in parts),
        sum(part.begin for part in parts),
        sum(part.end for part in parts),
        sum(part.inner for part in parts),
    )


def one_after_the_other(sizes: Iterable[Size]) -> Size:
    """The size of several parts in a row; where they meet without a space, their pieces make words together."""
    whole = NOTHING
    for part in sizes:
        whole = _counted(
            whole.sentences * part.sentences,
            whole.through * part.through,
            whole.begin + whole.through * part.begin,
            part.end + whole.end * part.through,
            whole.inner + part.inner + whole.end * part.begin,
        )
    return whole


def _counted(*numbers: int) -> Size:
    return Size(*(min(BEYOND_COUNTING, number) for number in numbers))
