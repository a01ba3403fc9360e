"""A value with nothing around it but hedges: "I don't know, an hour?", "Sundays, maybe", "I'd say a seven"."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from voice.language.moments.quantities import durations
from voice.language.moments.reading import Moment, moment_in
from voice.language.text import HESITATIONS, plain

_HEDGES = HESITATIONS | frozenset(
    "a about ages around around at be best better but by could do dont enough fine for from give guess i id idea ill"
    " im in is it its just know lets like likely make maybe me more most not of off oh ok okay on once or out perhaps"
    " please possibly probably reckon roughly say should so something sometime suppose sure take takes tell that thats"
    " the then there think thinking to um us usually want we wed well will would yeah yes you".split()
)


def duration_alone(text: str, besides: frozenset[str] = _HEDGES) -> float | None:
    """The seconds of the one duration that a text names; None where it says anything else, but for these words."""
    said = plain(text).split()
    found = durations(said)
    if len(found) != 1:
        return None
    value = found[0]
    return value.value if besides.issuperset([*said[: value.start], *said[value.end :]]) else None


def moment_alone(text: str, now: datetime) -> Moment | None:
    """When a text says that something is to happen; None where it says anything else."""
    found = moment_in(text, now)
    return found if found.words and _HEDGES.issuperset(plain(found.rest).split()) else None


def option_alone(text: str, options: Iterable[Sequence[str]]) -> int | None:
    """The number of the one option, from 0, of which a text has a form in its words; None for none and several."""
    said = f" {plain(text)} "
    found = [number for number, forms in enumerate(options) if any(f" {plain(form)} " in said for form in forms)]
    return found[0] if len(found) == 1 else None
