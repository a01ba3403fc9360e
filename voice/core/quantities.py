"""How numbers and durations are said, as templates: what voice/core/text.py understands, spelled out."""

from voice.core.text import AND, FRACTIONS, HUNDRED, SMALL, SPOKEN_UNITS, TENS

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
