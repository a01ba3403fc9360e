"""Long sentences: the part that asks is a wish, whatever was told before it; what is refused or told stays undone."""

import pytest

from voice.messages.meaning import Addressing, Match
from voice.messages.recognition import Hypothesis, Mode
from voice.nlu.understanding import Understanding


def intent_of(understanding: Understanding, text: str, mode: Mode, addressing: Addressing) -> str | None:
    meant = understanding.understand((Hypothesis(text, "keyboard"),), mode, addressing=addressing)
    return meant.intent if isinstance(meant, Match) else None


@pytest.mark.parametrize(
    ("text", "mode", "intent"),
    [
        ("the day was rotten but let's each find three good things", Mode.IDLE, "three_good_things"),
        ("my boss yelled at me and then the train broke down so set a timer for ten minutes", Mode.IDLE, "start_timer"),
        ("we haven't looked at each other all week do the eye gazing", Mode.IDLE, "eye_gazing"),
        ("i got a letter from my aunt so can you read us the jar", Mode.IDLE, "open_jar"),
        ("that was only the postman at the door so let's keep going", Mode.TURN, "go_on"),
    ],
)
def test_the_part_that_asks_is_the_wish(understanding: Understanding, text: str, mode: Mode, intent: str) -> None:
    assert intent_of(understanding, text, mode, Addressing.ADDRESSED) == intent


@pytest.mark.parametrize("addressing", [Addressing.ADDRESSED, Addressing.OVERHEARD])
@pytest.mark.parametrize(
    "text",
    [
        "don't start the check-in let's just eat",
        "i don't think we need a break let's talk",
        "i'd rather we didn't do the repair talk",
        "it's too late to start the weekly so let's go to bed",
        "the counsellor had us do a listening exercise",
        "at the retreat we had to look into each other's eyes",
        "i hate it when people say can i ask you a question",
        "he said can you read the jar and she read it",
        "there's this podcast where they ask each other deep questions",
        "alex was reading the kids a story till nine",
    ],
)
def test_what_is_refused_or_told_asks_for_nothing(
    understanding: Understanding, text: str, addressing: Addressing
) -> None:
    assert intent_of(understanding, text, Mode.IDLE, addressing) is None
