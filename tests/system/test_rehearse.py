"""A rehearsal: which phrases it asks for, what it tells, and that it learns only what is no talk, and forgets it."""

import io
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.program import hearthside, home_of_two, record
from voice.adaptation.rehearsal import NEEDED, Phrase, Teacher, Trial, phrases, try_phrase
from voice.cli import run_command
from voice.composition import STAND_INS, House, open_house
from voice.config import Config, Home, load_config, save_config
from voice.edges.phonemes import Phonemizer
from voice.messages.meaning import Match
from voice.messages.recognition import Hypothesis, Mode
from voice.packs.learned import forget_learned, learn, learned_file, learned_lines

SEED = 5


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = open_house(Home(home_of_two(tmp_path_factory.mktemp("home"))))
    yield house
    house.close()


def chosen(house: House, names: tuple[str, str] = ("Alex", "Sam"), seed: int = SEED) -> tuple[Phrase, ...]:
    return phrases(house.content.intents, house.understanding, STAND_INS, names, random.Random(seed))


def test_twenty_phrases_each_in_its_moment(house: House) -> None:
    found = chosen(house)
    assert len(found) == 20
    assert [(phrase.expected.intent, phrase.mode) for phrase in found] == [
        (intent, mode) for intent, mode, count in NEEDED for _ in range(count)
    ]
    assert found == chosen(house)
    assert found != chosen(house, seed=SEED + 1)


def trial(house: House, intent: str, heard: str) -> Trial:
    """Somebody said a phrase of this intent that has no slots, and it came out like this."""
    mode = next(mode for name, mode, _ in NEEDED if name == intent)
    line = next(each.say[0] for each in house.content.intents.intents if each.name == intent)
    meant = house.understanding.understand((Hypothesis(line, "keyboard"),), mode)
    assert isinstance(meant, Match)
    return try_phrase(Phrase(line, mode, meant), (Hypothesis(heard, "moonshine"),), house.understanding)


@pytest.mark.parametrize(
    ("intent", "heard", "well"),
    [
        ("ask", "Ask us a question.", True),
        ("ask", "Ask us a deep question.", False),  # other slots
        ("bedtime", "Ask us a question.", False),
        ("done", "Done.", True),
        ("done", "Down.", False),
        ("done", "", False),
    ],
)
def test_heard_well_is_understood_as_meant(house: House, intent: str, heard: str, well: bool) -> None:
    assert trial(house, intent, heard).well == well


@pytest.mark.parametrize(
    ("intent", "heard", "lesson"),
    [
        ("ask", "Bring out those curious cards!", "bring out those curious cards"),
        ("bedtime", "Stand our chicken tonight", "stand our chicken tonight"),
        ("ask", "Ask us a question.", ""),  # it is heard well
        ("ask", "Spark", ""),  # one word
        ("ask", "Go on", ""),  # too short
        ("ask", "Start our check-in.", ""),  # another wish
        ("ask", "May I ask you a question", ""),  # a not: line
        ("ask", "How was work today, love?", ""),  # talk
        ("ask", "Spark up the table, Sam", ""),  # a name
        ("stop", "Bust up the whole lot", "bust up the whole lot"),
    ],
)
def test_what_is_learned_is_no_talk_and_no_other_wish(house: House, intent: str, heard: str, lesson: str) -> None:
    teacher = Teacher(house.content.intents, house.understanding, Phonemizer())
    assert teacher.lesson(trial(house, intent, heard), ("Alex", "Sam")) == lesson


def test_what_deletes_is_never_learned(house: House) -> None:
    meant = house.understanding.understand((Hypothesis("forget the last one", "keyboard"),), Mode.IDLE)
    assert isinstance(meant, Match)
    assert meant.intent == "forget"
    said = try_phrase(
        Phrase("forget the last one", Mode.IDLE, meant),
        (Hypothesis("four get the lost sun", "x"),),
        house.understanding,
    )
    assert Teacher(house.content.intents, house.understanding, Phonemizer()).lesson(said, ("Alex", "Sam")) == ""


def test_lines_are_added_and_taken_back(tmp_path: Path) -> None:
    home = Home(tmp_path)
    learn(home, {"ask": ["spark up the table"]})
    learn(home, {"ask": ["spark up the table", 'say "yes": no'], "no": ["off with it"]})
    assert learned_lines(home) == {"ask": ("spark up the table", 'say "yes": no'), "no": ("off with it",)}
    assert learned_file(home).stat().st_mode & 0o077 == 0
    assert forget_learned(home)
    assert learned_lines(home) == {}
    assert not forget_learned(home)


def test_by_keyboard(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    save_config(Home(tmp_path), Config(partners=("Oluwaseun", "Sam")))
    own = open_house(Home(tmp_path))
    wanted = chosen(own, ("Oluwaseun", "Sam"))
    own.close()
    odd = next(phrase for phrase in wanted if phrase.expected.intent == "bedtime")
    named = next(phrase for phrase in wanted if "Oluwaseun" in phrase.text)
    said = {odd.text: "purple monkeys dance at noon", named.text: named.text.replace("Oluwaseun", "all the way soon")}
    lines = [*(said.get(phrase.text, phrase.text) for phrase in wanted), "/quit", "y"]
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(lines)))
    arguments = ["rehearse", "--type", "--seed", str(SEED), "--home", str(tmp_path)]
    assert run_command(arguments) == 0
    out = capsys.readouterr().out
    assert "heard “purple monkeys dance at noon”: left alone" in out
    not_always = out.split("Not always: ")[1].splitlines()[0]
    assert not_always in (f"{odd.text}.", f"{odd.text}, {named.text}.")
    assert "Oluwaseun comes out as “all the way soon”; that counts as the name now." in out
    summary = out.split("Heard well")[1]
    assert "Sam, your turn" not in summary
    assert not any(f"{name}:" in summary for name in ("Oluwaseun", "Sam"))  # about phrases, not about people

    assert learned_lines(Home(tmp_path)) == {"bedtime": ("purple monkeys dance at noon",)}
    own = open_house(Home(tmp_path))
    for text, intent in (("Purple monkeys dance at noon!", "bedtime"), (said[named.text], named.expected.intent)):
        meant = own.understanding.understand((Hypothesis(text, "moonshine"),), Mode.IDLE)
        assert isinstance(meant, Match)
        assert meant.intent == intent
    own.close()

    assert run_command(["rehearse", "--forget", "--home", str(tmp_path)]) == 0
    assert learned_lines(Home(tmp_path)) == {}
    assert load_config(Home(tmp_path)).heard_as == {}
    assert "is forgotten" in capsys.readouterr().out


def test_from_recordings(house: House, tmp_path: Path) -> None:
    wanted = chosen(house)[:3]
    home = home_of_two(tmp_path / "home")
    said = (wanted[0].text, "Purple monkeys dance on the roof.", wanted[2].text)
    files = [record(tmp_path / f"{number}.wav", f"{words}.") for number, words in enumerate(said)]
    done = hearthside("rehearse", "--files", *files, "--yes", "--seed", SEED, "--home", home)
    assert (done.code, done.err) == (0, "")
    assert done.out.count("heard well") == 2
    assert f"Not always: {wanted[1].text}." in done.out
    learned = learned_lines(Home(home))
    assert bool(learned) == ("Learned." in done.out)
