"""Plain words and spoken numbers, both ways; durations as they are said; the filling of placeholders."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# ---- English: all that this file knows of it -------------------------------------------------------
SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
HUNDRED, AND, POINT = "hundred", "and", "point"
SPOKEN_UNITS = ((3600, "hour"), (60, "minute"), (1, "second"))
FRACTIONS = ("and a half", "and a quarter", "and three quarters")  # after a number or a unit
AND_A_HALF = "and a half"
HESITATIONS = frozenset(  # said while looking for the next word, for as long as it takes: "ummm"
    f"{sound}{sound[-1] * longer}" for sound in "um uh uhm er erm hm mm mhm".split() for longer in range(6)
)
ON_A_CLOCK = {"00": "oclock", **{f"0{ones}": f"oh {SMALL[ones]}" for ones in range(1, 10)}}  # 7:00, 7:05
FILLERS = frozenset("so well just like hey oh okay please".split())  # may be said with anything, and mean nothing

# ---- words -----------------------------------------------------------------------------------------
_NUMBERS = {word: number for number, word in enumerate(SMALL)} | TENS
_SPOKEN_TENS = {number: word for word, number in TENS.items()}
_WORD = re.compile(r"\d+/\d+|[½¼¾⅓⅔]|(?<!\w)\.\d+|\d+(?:[.,]\d+)*|[^\W\d_½¼¾⅓⅔]+(?:['’][^\W\d_]+)*")
_DECIMAL_COMMA = re.compile(r"(\d+),(\d{1,2})")
_LETTERS_ONLY = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)*(?: [A-Za-z]+(?:'[A-Za-z]+)*)*")
_ENDING = re.compile(r"(?<=..)(?:s|ies|ing|ed|es|y|e)$")
_DIGITS = re.compile(r"\d+(\.\d+)?")
_BETWEEN_CLAUSES = re.compile(
    r"[,;:.!?]+|\b(?:and|but|or|because|so|then|when|while|since|although|though|that)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text."""

    plain: str
    """In lower case, without apostrophe."""
    start: int
    """Index of its first character in the text."""
    end: int
    """Index after its last character."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, or a duration, in a row of words."""

    value: float
    """The number, or the seconds."""
    start: int
    """Index of its first word."""
    end: int
    """Index after its last word."""
    more: bool = False
    """It was said as "five more minutes"."""


def words(text: str) -> tuple[Word, ...]:
    """The words of a text in plain letters: "That's 20-second" -> thats, 20, second."""
    return tuple(Word(_plain_word(found[0]), *found.span()) for found in _WORD.finditer(text))


def plain(text: str) -> str:
    """A text in plain words, so that letters compare fairly: lower case, without punctuation, numbers spelled."""
    if _LETTERS_ONLY.fullmatch(text):  # most of what is heard, and most wordings
        return text.lower().replace("'", "")
    return " ".join(spelled(word.plain for word in words(text)))


def stems(text: str) -> frozenset[str]:
    """The words of a text without their endings, so that "babies" is "baby" and "smoke" is "smoking"."""
    return frozenset(_ENDING.sub("", word) for word in plain(text).split())


def clauses(text: str) -> list[str]:
    """The parts between stops and conjunctions: "i know it, but i am tired" -> "i know it", "i am tired"."""
    return [part.strip() for part in _BETWEEN_CLAUSES.split(text) if part.strip()]


def spelled(plain_words: Iterable[str]) -> list[str]:
    """Plain words with every whole number below 1000 in words: 20 -> twenty."""
    return [part for word in plain_words for part in (_spell(word) if _is_small(word) else [word])]


def _plain_word(word: str) -> str:
    if decimal := _DECIMAL_COMMA.fullmatch(word):
        return f"{decimal[1]}.{decimal[2]}"
    return word.lower().replace("'", "").replace("’", "").replace(",", "")


def _spell(number: str) -> list[str]:
    return (ON_A_CLOCK.get(number) or speak_number(int(number)).replace("-", " ")).split()


def _is_small(word: str) -> bool:
    return word.isdecimal() and len(word) <= 3


# ---- what was said -> numbers ------------------------------------------------------------------------
def numbers(plain_words: Sequence[str]) -> tuple[Quantity, ...]:
    """Every number among plain words, from left to right."""
    found, place = list[Quantity](), 0
    plain_words = list(plain_words)
    while place < len(plain_words):
        quantity = _number_at(plain_words, place)
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
    is_bare = words[0] == HUNDRED  # "hundred and five"
    value, used = (1.0, int(article)) if article or is_bare else _below_hundred(words)
    if not (used or is_bare):
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


def before_noun(duration: str) -> str:
    """A spoken duration as it stands before what lasts so long: "ten minutes" -> "ten minute"."""
    return " ".join(next((unit for _, unit in SPOKEN_UNITS if word == f"{unit}s"), word) for word in duration.split())


def speak_rounded(seconds: float, unit: float) -> str:
    """A duration for the ear, rounded to units of so many seconds, of which it is one at least."""
    return speak_duration(max(unit, round(seconds / unit) * unit))


def speak_list(things: Sequence[str], joined: str = "and") -> str:
    """Several things as one says them: "day, dreams and memories". joined: the word before the last."""
    return f" {joined} ".join(filter(None, (", ".join(things[:-1]), *things[-1:])))


_ONES = "|".join(SMALL[1:10])
_BELOW_HUNDRED = f"({'|'.join(SMALL)}|({'|'.join(TENS)})[ ({_ONES})])"
_FROM_ONE = f"({'|'.join(SMALL[1:])}|({'|'.join(TENS)})[ ({_ONES})])"
_FROM_TEN = f"({'|'.join(SMALL[10:])}|({'|'.join(list(TENS)[:4])})[ ({_ONES})])"  # to 59
_FRACTION = f"({'|'.join(FRACTIONS)})"
_AMOUNT = (
    "(a|an|half an|half a|a quarter of an|three quarters of an|a couple of"
    f"|{_FROM_ONE} [point ({_ONES})|{_FRACTION}] [more])"
)


def _of(unit: str, *smaller: str) -> str:
    """An amount of a unit, with what may follow: an hour and a half, two minutes thirty, an hour and ten minutes."""
    rest = f"|{_FROM_TEN}|[{AND}] {_BELOW_HUNDRED} ({'|'.join(smaller)})[s]" if smaller else ""
    return f"{_AMOUNT} {unit}[s] [{_FRACTION}{rest}]"


NUMBER_TEMPLATE = f"({_BELOW_HUNDRED}|(a|{_ONES}) {HUNDRED} [[{AND}] {_BELOW_HUNDRED}])"  # 0 to 999
_BY_SIZE = [unit for _, unit in SPOKEN_UNITS]
DURATION_TEMPLATE = f"({'|'.join(_of(*_BY_SIZE[place:]) for place in range(len(_BY_SIZE)))})"


def fill(text: str, words: Mapping[str, str]) -> str:
    """The text with each {placeholder} replaced; a fixed replacement, whatever the words contain."""
    return re.sub(r"\{(\w+)\}", lambda found: words.get(found[1], found[0]), text)
