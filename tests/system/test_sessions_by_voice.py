"""Guided sessions by real audio: each is begun by voice, and one goes the same way spoken as typed."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.english import english_content
from tests.support.program import Done, hearthside, home_of_two, record
from voice.commands.match_files import FileMatcher
from voice.config import Home
from voice.content import Intent
from voice.edges.journal import Journal
from voice.messages.recognition import Mode

CONTENT = english_content()
SESSIONS = {script.id for script in CONTENT.scripts}
BEGINNINGS = [pytest.param(intent, id=intent.name) for intent in CONTENT.intents.intents if intent.name in SESSIONS]

# Who begins, what was noticed, and "no more" for fewer than three; the words are ones that come out as they were said.
AN_EVENING = (
    "Three good things.",
    "Sam picked up the kids.",
    "Yes.",
    "No more.",
    "Thank you.",
    "Alex washed the dishes.",
    "Yes.",
    "No more.",
    "Done.",
)


A_WEEK = (
    "Start the weekly check-in.",
    "Yes.",  # it is a calm moment
    "We had a lovely walk by the river, and I forgot the umbrella again.",
    *("I'm done.",) * 5,
    "That's all from me.",
    "An evening without plans.",
    "Yes.",
    "A walk on Saturday morning.",
    "Yes.",
)
A_ROUND = (
    "Start a listening round.",
    "I was nervous before the exam, and nobody asked how it went.",
    "I'm done.",
    "Your turn.",
    "Yes.",  # Sam got it
    "Thank you for listening.",  # as it was asked to
    "I'm done.",
    "I'm done.",
    "Not quite.",
    "I'm done.",
    "Yes.",
    "Thank you.",
)
SHARED = ("--json", "--seed", "3", "--now", "2026-11-23T21:00")


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FileMatcher]:
    """One set of ears for all of them, listening for what can be said when nothing is going on."""
    ears = FileMatcher(home_of_two(tmp_path_factory.mktemp("home")), None, Mode.IDLE)
    yield ears
    ears.close()


@pytest.mark.parametrize("intent", BEGINNINGS)
def test_a_session_is_begun_by_voice(intent: Intent, matcher: FileMatcher, tmp_path: Path) -> None:
    heard = matcher.match(record(tmp_path / "beginning.wav", intent.say[0]))
    assert heard.intent == intent.name, heard.text


def test_every_session_can_be_begun_by_voice() -> None:
    assert {intent.name for intent in CONTENT.intents.intents if Mode.IDLE in intent.when} >= SESSIONS


def without_its_times(done: Done) -> list[dict[str, object]]:
    """The transcript of an evening: what was understood and said, kept and played."""
    told = ("matched", "said", "kept", "chime")
    return [
        {key: each[key] for key in ("event", "text", "name", "intent", "who") if key in each}
        for each in done.events
        if each["event"] in told
    ]


def in_a_voice(directory: Path, said: Sequence[str]) -> Done:
    """What came of an evening of recordings of these words, one after the other."""
    files = [record(directory / f"{number}.wav", words) for number, words in enumerate(said)]
    return hearthside("hear", *files, *SHARED, "--home", home_of_two(directory / "spoken"))


def test_spoken_and_typed_it_is_the_same_session(tmp_path: Path) -> None:
    spoken = in_a_voice(tmp_path, AN_EVENING)
    typed = hearthside("type", *SHARED, "--home", home_of_two(tmp_path / "typed"), lines=AN_EVENING)
    assert (spoken.code, typed.code) == (0, 0)
    assert spoken.said() == typed.said()
    assert spoken.intents() == typed.intents()
    assert [each["name"] for each in spoken.of("chime")] == [each["name"] for each in typed.of("chime")]
    assert [each["who"] for each in spoken.of("kept")] == ["Alex", "Sam"]
    assert spoken.of("done")[-1:] == typed.of("done")[-1:]


def test_a_weekly_check_in(tmp_path: Path) -> None:
    week = in_a_voice(tmp_path, A_WEEK)
    with closing(Journal(Home(tmp_path / "spoken").database)) as journal:
        records = journal.records()
    needs = {note.who: note.text for note in records.notes if note.kind == "need"}
    assert needs.keys() == {"Alex", "Sam"}
    assert any("without plans" in text for text in needs.values())
    assert "umbrella" not in week.out.lower()
    assert "weekly" in {what for what, _ in records.done}


def test_a_listening_round(tmp_path: Path) -> None:
    listened = in_a_voice(tmp_path, A_ROUND)
    with closing(Journal(Home(tmp_path / "spoken").database)) as journal:
        records = journal.records()
    assert listened.intents()[4:9] == ["done", "done", "change", "done", "yes"]
    told = [each for each in listened.events if each["event"] in ("matched", "said")]
    change = next(place for place, each in enumerate(told) if each.get("intent") == "change")
    assert "Alex" in str(told[change + 1]["text"])  # once more, by name
    assert "exam" not in listened.out.lower()
    assert records.notes == ()
    assert "listening_round" in {what for what, _ in records.done}
