"""Guided sessions by real audio: each is begun by voice, and one goes the same way spoken as typed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.english import english_content
from tests.support.program import Done, hearthside, home_of_two, record
from voice.commands.match_files import FileMatcher
from voice.content import Intent
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


def test_spoken_and_typed_it_is_the_same_session(tmp_path: Path) -> None:
    files = [record(tmp_path / f"{number}.wav", words) for number, words in enumerate(AN_EVENING)]
    shared = ("--json", "--seed", "3", "--now", "2026-11-23T21:00")
    spoken = hearthside("hear", *files, *shared, "--home", home_of_two(tmp_path / "spoken"))
    typed = hearthside("type", *shared, "--home", home_of_two(tmp_path / "typed"), lines=AN_EVENING)
    assert (spoken.code, typed.code) == (0, 0)
    assert spoken.said() == typed.said()
    assert spoken.intents() == typed.intents()
    assert [each["name"] for each in spoken.of("chime")] == [each["name"] for each in typed.of("chime")]
    assert [each["who"] for each in spoken.of("kept")] == ["Alex", "Sam"]
    assert spoken.of("done")[-1:] == typed.of("done")[-1:]
