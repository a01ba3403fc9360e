"""What is read back: the right evenings, and every line turned towards the one who is appreciated."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from voice.content.steps import Period
from voice.dialogue.kept_lines import spoken
from voice.messages.records import Note
from voice.skills.notes.periods import in_period

HERE = timezone(timedelta(hours=2))


def note(text: str, *, for_whom: str = "Sam", carrier: str = "that", said_at: datetime | None = None) -> Note:
    who = "Sam" if for_whom == "Alex" else "Alex"
    return Note(who, for_whom, text, carrier, said_at or datetime(2026, 11, 23, 21, tzinfo=HERE))


def addressed(note: Note) -> str:
    """The words as they are said to the one appreciated."""
    return spoken(note).text


TO_SAM = [
    # the name, and the verb right after it
    ("Sam picked up the kids", "you picked up the kids"),
    ("sam picked up the kids", "you picked up the kids"),
    ("Sam picked up the kids.", "you picked up the kids"),
    ("SAM picked up the kids", "you picked up the kids"),
    ("Sam is so patient with my mother", "you are so patient with my mother"),
    ("Sam was there when I called", "you were there when I called"),
    ("Sam has a way with words", "you have a way with words"),
    ("Sam has made soup", "you have made soup"),
    ("Sam does the dishes every night", "you do the dishes every night"),
    ("Sam makes the best soup", "you make the best soup"),
    ("Sam always makes coffee", "you always make coffee"),
    ("Sam really truly listens to me", "you really truly listen to me"),
    ("Sam quietly washes up", "you quietly wash up"),
    ("Sam never goes to bed angry", "you never go to bed angry"),
    ("Sam tries again", "you try again"),
    ("Sam lies next to me", "you lie next to me"),
    ("Sam watches the rain with me", "you watch the rain with me"),
    ("Sam fixes things", "you fix things"),
    ("Sam kisses me good night", "you kiss me good night"),
    ("Sam notices when I am low", "you notice when I am low"),
    ("Sam closes the windows", "you close the windows"),
    ("Sam says what is true", "you say what is true"),
    ("Sam isn't in a hurry", "you aren't in a hurry"),
    ("Sam wasn't cross with me", "you weren't cross with me"),
    ("Sam doesn't give up", "you don't give up"),
    ("Sam can laugh about it", "you can laugh about it"),
    ("Sam would do anything for us", "you would do anything for us"),
    ("Sam'll come with me", "you'll come with me"),
    ("Sam let me sleep", "you let me sleep"),
    ("Sam and I laughed all evening", "you and I laughed all evening"),
    ("Sam and Alex made dinner", "you and Alex made dinner"),
    ("me and Sam went dancing", "me and you went dancing"),
    # more than one verb
    ("Sam makes coffee and brings it to me", "you make coffee and bring it to me"),
    ("Sam cooks and never complains", "you cook and never complain"),
    ("Sam came home late and was still kind", "you came home late and were still kind"),
    ("Sam likes dogs and cats", "you like dogs and cats"),
    ("Sam makes soups and the rest is lovely", "you make soups and the rest is lovely"),
    # what is Sam's
    ("Sam's soup was lovely", "your soup was lovely"),
    ("sams soup was lovely", "your soup was lovely"),
    ("Sam’s soup was lovely", "your soup was lovely"),
    ("I love Sam's laugh", "I love your laugh"),
    ("the idea was Sam's", "the idea was yours"),
    ("Sam's kind words helped", "your kind words helped"),
    ("Sam's so patient", "you are so patient"),
    ("Sam's always there", "you are always there"),
    ("Sam's been kind all week", "you have been kind all week"),
    ("Sam's good with my parents", "you are good with my parents"),
    # the name later on
    ("I love how Sam sings in the shower", "I love how you sing in the shower"),
    ("the way Sam laughs makes me happy", "the way you laugh makes me happy"),
    ("the whole day with Sam was perfect", "the whole day with you was perfect"),
    ("talking to Sam always helps", "talking to you always helps"),
    ("having Sam is a gift", "having you is a gift"),
    ("I can count on Sam", "I can count on you"),
    ("the kids adore Sam", "the kids adore you"),
    ("when I was ill Sam was gentle", "when I was ill you were gentle"),
    # "that" which only joins
    ("that Sam picked up the kids", "you picked up the kids"),
    ("that the kitchen was clean", "the kitchen was clean"),
    ("that she made soup", "you made soup"),
    ("that soup was lovely", "that soup was lovely"),
    # a pronoun for the one appreciated
    ("she made soup", "you made soup"),
    ("He picked up the kids", "you picked up the kids"),
    ("they picked up the kids", "you picked up the kids"),
    ("they were patient", "you were patient"),
    ("they're so patient", "you're so patient"),
    ("she's so patient", "you are so patient"),
    ("he's been patient", "you have been patient"),
    ("she's helped me all week", "you have helped me all week"),
    ("she's always tired and still kind", "you are always tired and still kind"),
    ("her soup was lovely", "your soup was lovely"),
    ("their soup was lovely", "your soup was lovely"),
    ("Sam made dinner even though he was tired", "you made dinner even though you were tired"),
    ("Sam made dinner even though they were tired", "you made dinner even though you were tired"),
    ("Sam finished her shift and still cooked", "you finished your shift and still cooked"),
    ("Sam was himself", "you were yourself"),
    ("Sam called her yesterday", "you called her yesterday"),
    ("Sam made her laugh", "you made her laugh"),
    ("Sam called my mother and asked how she was", "you called my mother and asked how she was"),
    ("Sam washed the dishes and put them away", "you washed the dishes and put them away"),
    ("Sam bought flowers because they smell good", "you bought flowers because they smell good"),
    # what already is as it should be
    ("you picked up the kids", "you picked up the kids"),
    ("You picked up the kids.", "you picked up the kids"),
    ("you're so patient", "you're so patient"),
    ("your soup was lovely", "your soup was lovely"),
    ("Sam, you made my day", "you made my day"),
    ("your laugh saved my day Sam", "your laugh saved my day Sam"),
    ("let me sleep", "let me sleep"),
    ("I could sleep", "I could sleep"),
    ("dinner was ready", "dinner was ready"),
    ("The kitchen was clean", "the kitchen was clean"),
    ("samples came from the shop", "samples came from the shop"),
]


@pytest.mark.parametrize(("text", "said"), TO_SAM)
def test_a_line_is_turned_towards_the_one_appreciated(text: str, said: str) -> None:
    assert addressed(note(text)) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("making coffee", "making coffee"),
        ("picking up the kids.", "picking up the kids"),
        ("letting me sleep", "letting me sleep"),
        ("Sam's patience", "your patience"),
        ("being Sam", "being you"),
        ("the soup", "the soup"),
        ("all the little things Sam does", "all the little things you do"),
    ],
)
def test_thanks_for_something_go_on_from_for(text: str, said: str) -> None:
    assert addressed(note(text, carrier="for")) == said


@pytest.mark.parametrize(
    ("for_whom", "text", "said"),
    [
        ("Alex", "Alex's soup was lovely", "your soup was lovely"),
        ("Alex", "alex walks the dog and feeds the cat", "you walk the dog and feed the cat"),
        ("James", "James' soup was lovely", "your soup was lovely"),
        ("James", "James's soup was lovely", "your soup was lovely"),
        ("James", "James was kind", "you were kind"),
        ("D'Arcy", "d'arcy was kind", "you were kind"),
        ("O'Neil", "O’Neil's hug came just right", "your hug came just right"),
        ("Mary Ann", "mary ann sings", "you sing"),
        ("Will", "Will will always listen", "you will always listen"),
        ("José", "josé makes me laugh", "you make me laugh"),
    ],
)
def test_names_of_all_kinds(for_whom: str, text: str, said: str) -> None:
    assert addressed(note(text, for_whom=for_whom)) == said


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=HERE)


@pytest.mark.parametrize(
    ("now", "said_at", "tonight"),
    [
        (at(23, 22), at(23, 21), True),
        (at(23, 22), at(23, 5), True),
        (at(23, 22), at(23, 4, 59), False),
        (at(23, 22), at(22, 23), False),
        (at(24, 0, 30), at(23, 21), True),
        (at(24, 4, 59), at(23, 5), True),
        (at(24, 5), at(23, 21), False),
        (at(24, 0, 30), at(23, 4), False),
        (at(23, 22), at(23, 22, 1), False),
    ],
)
def test_tonight_lasts_until_five_in_the_morning(now: datetime, said_at: datetime, tonight: bool) -> None:
    kept = note("Sam made soup", said_at=said_at)
    assert in_period([kept], Period.TONIGHT, now) == ((kept,) if tonight else ())


def test_the_week_is_the_last_seven_days() -> None:
    inside, outside = note("a", said_at=at(16, 22)), note("b", said_at=at(16, 21, 59))
    assert in_period([outside, inside], Period.WEEK, at(23, 22)) == (inside,)


def test_the_newest_comes_last_whatever_the_order_and_the_time_zone() -> None:
    early, late = note("a", said_at=at(23, 8)), note("b", said_at=datetime(2026, 11, 23, 18, tzinfo=UTC))
    middle = note("c", said_at=at(23, 19))
    assert in_period([late, early, middle], Period.TONIGHT, at(23, 22)) == (early, middle, late)


def test_no_other_period_is_known() -> None:
    with pytest.raises(ValueError, match="fortnight"):
        Period("fortnight")
