"""Durations as people say, write and misspell them."""

import pytest

from voice.language.moments.lengths import duration_in
from voice.language.moments.quantities import durations, seconds_in
from voice.language.moments.unclear import Unclear
from voice.language.text import words

SPOKEN = """
seven minutes | 420
a timer of forty five minutes please | 2700
half a minute | 30
a half hour | 1800
3½ minutes | 210
3 1/2 minutes | 210
1/4 of an hour | 900
½ hour | 1800
0.5 hours | 1800
.25 hours | 900
2,5 minutes | 150
two point five minutes | 150
an hour and five | 3900
an hour and forty five | 6300
two hours fifteen | 8100
4 minutes 30 | 270
1h 15m | 4500
2h30 | 9000
75s | 75
12 mins | 720
30 secs | 30
2 hrs | 7200
half a dozen minutes | 360
a dozen minutes | 720
two dozen minutes | 1440
a couple of hours | 7200
three quarters of an hour | 2700
two thirds of an hour | 2400
a third of an hour | 1200
a quarter hour | 900
one and three quarter hours | 6300
one and a quarter hours | 4500
an hour less ten minutes | 3000
two hours minus a quarter of an hour | 6300
six, no, eight minutes | 480
six minutes, sorry, eight minutes | 480
six minutes, I mean eight | 480
six, no wait, make that eight minutes | 480
another six minutes | 360
six more minutes | 360
six full minutes | 360
a solid hour | 3600
six minutes or so | 360
at least six minutes | 360
five minutes and then another five so make it ten | 600
hour and a half | 5400
a hundred seconds | 100
a minute and fifteen seconds | 75
two days | 172800
five quarters of an hour | 4500
hundred minutes | 6000
an hour minus five minutes | 3300
five minutes less than an hour | 3300
five minutes short of an hour | 3300
one h fifteen | 4500
1m30s | 90
ten minutes and another five so fifteen in all | 900
twenty minutes plus ten so thirty | 1800
a fortnight | 1209600
"""

UNCLEAR = """
six to eight minutes | RANGE | 360 | 480
6-8 minutes | RANGE | 360 | 480
between six and eight minutes | RANGE | 360 | 480
six or eight minutes | RANGE | 360 | 480
a minute or two | RANGE | 60 | 120
an hour to two hours | RANGE | 3600 | 7200
a few minutes | VAGUE | 0 | 0
some minutes | VAGUE | 0 | 0
several hours | VAGUE | 0 | 0
a while | VAGUE | 0 | 0
a bit | VAGUE | 0 | 0
zero minutes | IMPOSSIBLE | 0 | 0
0 seconds | IMPOSSIBLE | 0 | 0
minus six minutes | IMPOSSIBLE | 360 | 360
five minutes less ten minutes | IMPOSSIBLE | -300 | -300
"""


def rows(table: str) -> list[list[str]]:
    return [line.split(" | ") for line in table.strip().splitlines()]


@pytest.mark.parametrize(("text", "seconds"), rows(SPOKEN))
def test_a_duration_has_its_seconds(text: str, seconds: str) -> None:
    found = duration_in(text)
    assert found is not None
    assert (found.seconds, found.unclear) == (float(seconds), None)


@pytest.mark.parametrize(("text", "unclear", "shortest", "longest"), rows(UNCLEAR))
def test_a_duration_without_one_value_says_so(text: str, unclear: str, shortest: str, longest: str) -> None:
    found = duration_in(text)
    assert found is not None
    assert (found.unclear, found.seconds, found.longest) == (Unclear[unclear], float(shortest), float(longest))


@pytest.mark.parametrize("text", ["", "as long as rice takes", "seven", "seven people", "a minutely change", "at ten"])
def test_what_is_no_duration(text: str) -> None:
    assert duration_in(text) is None


def test_commands_take_durations_with_one_value_that_are_shorter_than_days() -> None:
    heard = [word.plain for word in words("six minutes, two days, then 1/2 hour, five to ten minutes, 1,5 hours")]
    assert [found.value for found in durations(heard)] == [360, 1800, 5400]
    assert seconds_in("half an hour") == 1800
    assert seconds_in("twice a day") is None
