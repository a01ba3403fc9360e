"""Plain words, spoken numbers and durations, both ways; the filling of placeholders and slots."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from voice.messages.meaning import Slots

# ---- English: all that this file knows of it -------------------------------------------------------
SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
HUNDRED, AND, MORE, POINT = "hundred", "and", "more", "point"
UNITS = {"second": 1.0, "sec": 1.0, "minute": 60.0, "min": 60.0, "hour": 3600.0}  # seconds; also with an s
SPOKEN_UNITS = ((3600, "hour"), (60, "minute"), (1, "second"))
AMOUNTS = {  # what may stand before a unit instead of a number
    **dict.fromkeys(("half an", "half a", "half of an", "half of a", "half"), 0.5),
    **dict.fromkeys(("a quarter of an", "quarter of an", "a quarter of a", "a quarter", "quarter"), 0.25),
    **dict.fromkeys(("three quarters of an", "three quarters of a"), 0.75),
    **dict.fromkeys(("a couple of", "a couple", "couple of", "couple"), 2.0),
    **dict.fromkeys(("a", "an", "won"), 1.0),  # and numbers misheard: won, to, too, ate
    **dict.fromkeys(("to", "too"), 2.0),
    "ate": 8.0,
}
FRACTIONS = {"and a half": 0.5, "and a quarter": 0.25, "and three quarters": 0.75}  # after a number or a unit
AND_A_HALF = "and a half"
HESITATIONS = frozenset("um umm uh uhm uhh er erm hm hmm mm mhm".split())  # said while looking for the next word
ON_A_CLOCK = {"00": "oclock", **{f"0{ones}": f"oh {SMALL[ones]}" for ones in range(1, 10)}}  # 7:00, 7:05
FILLERS = frozenset("so well just like hey oh okay please".split())  # may be said with anything, and mean nothing

# ---- words -----------------------------------------------------------------------------------------
_NUMBERS = {word: number for number, word in enumerate(SMALL)} | TENS
_SPOKEN_TENS = {number: word for word, number in TENS.items()}
_AMOUNTS = {tuple(spoken.split()): amount for spoken, amount in AMOUNTS.items()}
_FRACTIONS = {tuple(spoken.split()): fraction for spoken, fraction in FRACTIONS.items()}
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_DIGITS = re.compile(r"\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text. plain: lower case, no apostrophe. start, end: where it stands in the text."""

    plain: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, or a duration in seconds, in a row of words. start, end: its words are words[start:end].

    more: it was said as "five more minutes".
    """

    value: float
    start: int
    end: int
    more: bool = False


def words(text: str) -> tuple[Word, ...]:
    """The words of a text in plain letters: "That's 20-second" -> thats, 20, second."""
    return tuple(Word(_plain_word(found[0]), *found.span()) for found in _WORD.finditer(text))


def plain(text: str) -> str:
    """A text in plain words, so that letters compare fairly: lower case, without punctuation, numbers spelled."""
    return " ".join(spelled(word.plain for word in words(text)))


def spelled(plain_words: Iterable[str]) -> list[str]:
    """Plain words with every whole number below 1000 in words: 20 -> twenty."""
    return [part for word in plain_words for part in (_spell(word) if _is_small(word) else [word])]


def _plain_word(word: str) -> str:
    return word.lower().replace("'", "").replace("’", "").replace(",", "")


def _spell(number: str) -> list[str]:
    return (ON_A_CLOCK.get(number) or speak_number(int(number)).replace("-", " ")).split()


def _is_small(word: str) -> bool:
    return word.isdecimal() and len(word) <= 3


# ---- what was said -> numbers ------------------------------------------------------------------------
def numbers(plain_words: Sequence[str]) -> tuple[Quantity, ...]:
    """Every number among plain words, from left to right."""
    return _every(plain_words, _number_at)


def durations(plain_words: Sequence[str]) -> tuple[Quantity, ...]:
    """Every duration among plain words, from left to right, in seconds."""
    return _every(plain_words, _duration_at)


def seconds_in(text: str) -> float | None:
    """The seconds that a whole text stands for ("half an hour" -> 1800.0), or None when it is no duration."""
    plain_words = [word.plain for word in words(text)]
    found = _duration_at(plain_words, 0)
    return found.value if found and found.end == len(plain_words) else None


def _every(
    plain_words: Sequence[str], quantity_at: Callable[[Sequence[str], int], Quantity | None]
) -> tuple[Quantity, ...]:
    found, place = list[Quantity](), 0
    while place < len(plain_words):
        quantity = quantity_at(plain_words, place)
        if quantity:
            found.append(quantity)
        place = quantity.end if quantity else place + 1
    return tuple(found)


def _number_at(plain_words: Sequence[str], start: int) -> Quantity | None:
    """The longest number that begins here: 20, twenty-five, a hundred and five, one point five."""
    words = plain_words[start:]
    if not words:
        return None
    if _DIGITS.fullmatch(words[0]):
        return Quantity(float(words[0]), start, start + 1)
    article = words[0] == "a" and words[1:2] == [HUNDRED]
    value, used = (1.0, 1) if article else _below_hundred(words)
    if not used:
        return None
    if words[used : used + 1] == [HUNDRED]:
        value, used = value * 100, used + 1
        rest, more = _below_hundred(words[used + (words[used : used + 1] == [AND]) :])
        if more:
            value, used = value + rest, used + more + (words[used] == AND)
    elif words[used : used + 1] == [POINT] and _NUMBERS.get("".join(words[used + 1 : used + 2]), 10) < 10:
        value, used = value + _NUMBERS[words[used + 1]] / 10, used + 2
    return Quantity(value, start, start + used)


def _below_hundred(words: Sequence[str]) -> tuple[float, int]:
    """The number below 100 at the beginning, and how many words it takes (0: none is there)."""
    first = _NUMBERS.get(words[0]) if words else None
    if first is None:
        return 0.0, 0
    ones = _NUMBERS.get(words[1], 0) if first >= 20 and len(words) > 1 else 0
    return (float(first + ones), 2) if 0 < ones < 10 else (float(first), 1)


def _duration_at(plain_words: Sequence[str], start: int) -> Quantity | None:
    """The longest duration that begins here, with units from great to small: two minutes thirty."""
    total, unit, place, more = 0.0, float("inf"), start, False
    while True:
        joined = place > start and plain_words[place : place + 1] == [AND]
        part = _part_at(plain_words, place + joined)
        if part is None or part.unit >= unit:
            break
        total, unit, place, more = total + part.seconds, part.unit, part.end, more or part.more
    if place == start:
        return None
    trailing = _number_at(plain_words, place) if unit > 1 else None
    if trailing and 10 <= trailing.value < 60:  # "two minutes thirty"
        total, place = total + trailing.value * unit / 60, trailing.end
    return Quantity(total, start, place, more)


@dataclass(frozen=True, slots=True)
class _Part:
    """An amount of one unit."""

    seconds: float
    unit: float
    end: int
    more: bool


def _part_at(plain_words: Sequence[str], start: int) -> _Part | None:
    for amount in _amounts_at(plain_words, start):
        value, place = amount.value, amount.end
        if fraction := _phrase_at(_FRACTIONS, plain_words, place):  # "two and a half minutes"
            value, place = value + fraction.value, fraction.end
        more = plain_words[place : place + 1] == [MORE]
        word = "".join(plain_words[place + more : place + more + 1])
        unit = UNITS.get(word) or UNITS.get(word.removesuffix("s"))
        if unit is None:
            continue
        place += more + 1
        if fraction := _phrase_at(_FRACTIONS, plain_words, place):  # "an hour and a half"
            value, place = value + fraction.value, fraction.end
        return _Part(value * unit, unit, place, more)
    return None


def _amounts_at(plain_words: Sequence[str], start: int) -> list[Quantity]:
    """What can be counted with here: a number, or a phrase such as "a couple of"."""
    return [
        found
        for found in (_number_at(plain_words, start), _phrase_at(_AMOUNTS, plain_words, start))
        if found is not None
    ]


def _phrase_at(phrases: dict[tuple[str, ...], float], plain_words: Sequence[str], start: int) -> Quantity | None:
    """The longest of some phrases that stands here."""
    for length in range(4, 0, -1):
        value = phrases.get(tuple(plain_words[start : start + length]))
        if value is not None:
            return Quantity(value, start, start + min(length, len(plain_words) - start))
    return None


# ---- numbers -> what is said ---------------------------------------------------------------------------
def speak_number(number: int) -> str:
    """0 to 999 in words: 125 -> "one hundred and twenty-five"; greater ones in digits."""
    if number > 999:
        return str(number)
    hundreds, rest = divmod(number, 100)
    if hundreds:
        return f"{SMALL[hundreds]} {HUNDRED}" + (f" {AND} {speak_number(rest)}" if rest else "")
    if rest < 20:
        return SMALL[rest]
    tens, ones = rest - rest % 10, rest % 10
    return f"{_SPOKEN_TENS[tens]}-{SMALL[ones]}" if ones else _SPOKEN_TENS[tens]


def speak_duration(seconds: float) -> str:
    """A duration for the ear, in at most two units: 90 -> "one and a half minutes"."""
    left = round(seconds)
    for size, unit in SPOKEN_UNITS[:-1]:
        if left > size and left % size == size / 2:
            return f"{speak_number(left // size)} {AND_A_HALF} {unit}s"
    parts = list[str]()
    for size, unit in SPOKEN_UNITS:
        count, left = divmod(left, size)
        if count:
            parts.append(f"{speak_number(count)} {unit}" + ("" if count == 1 else "s"))
    return f" {AND} ".join(parts[:2]) or f"{SMALL[0]} {SPOKEN_UNITS[-1][1]}s"


def speak_list(things: Sequence[str]) -> str:
    """Several things as one says them: "day, dreams and memories"."""
    return " and ".join(filter(None, (", ".join(things[:-1]), *things[-1:])))


_ONES = "|".join(SMALL[1:10])
_BELOW_HUNDRED = f"({'|'.join(SMALL)}|({'|'.join(TENS)})[ ({_ONES})])"
_FROM_TEN = f"({'|'.join(SMALL[10:])}|({'|'.join(list(TENS)[:4])})[ ({_ONES})])"  # to 59
_FRACTION = f"({'|'.join(FRACTIONS)})"
_AMOUNT = (
    "(a|an|half an|half a|a quarter of an|three quarters of an|a couple of"
    f"|{_BELOW_HUNDRED} [point ({_ONES})|{_FRACTION}] [more])"
)


def _of(unit: str, *smaller: str) -> str:
    """An amount of a unit, with what may follow: an hour and a half, two minutes thirty, an hour and ten minutes."""
    rest = f"|{_FROM_TEN}|[{AND}] {_BELOW_HUNDRED} ({'|'.join(smaller)})[s]" if smaller else ""
    return f"{_AMOUNT} {unit}[s] [{_FRACTION}{rest}]"


NUMBER = f"({_BELOW_HUNDRED}|(a|{_ONES}) {HUNDRED} [[{AND}] {_BELOW_HUNDRED}])"  # 0 to 999
_BY_SIZE = [unit for _, unit in SPOKEN_UNITS]
DURATION = f"({'|'.join(_of(*_BY_SIZE[place:]) for place in range(len(_BY_SIZE)))})"


def fill(text: str, words: Mapping[str, str]) -> str:
    """The text with each {placeholder} replaced; a fixed replacement, whatever the words contain."""
    return re.sub(r"\{(\w+)\}", lambda found: words.get(found[1], found[0]), text)


SLOT = re.compile(r"\{(\w+)\}")


def slots_to_text(sentence: str, slots: Slots) -> str:
    """A sentence for the ear: its slots filled with what they stand for, left out where that is not known."""
    values = {name: _spoken(name, value) for name, value in slots.items()}
    values["clause"] = values.get("text", "")
    return " ".join(SLOT.sub(lambda found: values.get(found[1], ""), sentence).split())


def _spoken(slot: str, value: str | float) -> str:
    if isinstance(value, str):
        return value
    return speak_duration(value) if slot == "duration" else f"{value:g}"
