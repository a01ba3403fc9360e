"""By voice alone: names, who can hear it, louder and slower, a help line, goodnight; and no made-up names."""

import re
from datetime import datetime
from pathlib import Path

import pytest

from tests.support.english import english_content
from tests.support.evening import Evening, is_reply
from voice.commands.spoken import other_lines
from voice.config import Config, load_config
from voice.dialogue.consent import CONSENT, setting_of
from voice.dialogue.voice_settings import FASTEST, LOUDEST, QUIETEST, SLOWEST, VOICE, delivery_in
from voice.language.naming import nearest
from voice.messages.actions import Say
from voice.packs import pack_root
from voice.packs.nameless import load_rules, without_names
from voice.speaking.mouth import SilentMouth

NOBODY = Config()
MAYA = Config(partners=("Maya", "Tomás"))


# ---- names ----------------------------------------------------------------------------------------------


def test_a_short_name_is_of_the_one_whose_name_it_looks_like() -> None:
    assert nearest("Sofi", ("Bo", "Ana Sofía")) == "Ana Sofía"
    assert nearest("Tom", ("Maya", "Tomás")) == "Tomás"
    assert nearest("Ma", ("Maya", "Maxim")) == ""  # it may be of either
    assert nearest("Pip", ("Maya", "Tomás")) == ""


def test_names_given_by_voice_are_used_at_once_and_kept(tmp_path: Path) -> None:
    evening = Evening(tmp_path, config=NOBODY, consent=False, fresh=True)
    (asked,) = evening.type("our names are Maya and Tomás")
    assert "Maya and Tomás" in asked
    (welcome,) = evening.type("yes")
    assert "Maya" in welcome
    assert load_config(evening.house.home).partners == ("Maya", "Tomás")
    read_back = evening.type("I appreciate that Tomás cooked for us")
    assert read_back[-1].startswith(("Tomás", "For Tomás", "From Maya", "I appreciate"))
    evening.type("yes")
    assert evening.said[-1].count("Maya") == 1  # consent is asked by name
    evening.close()


def test_talk_of_being_called_gives_no_names(tmp_path: Path) -> None:
    evening = Evening(tmp_path, config=NOBODY)
    assert evening.type("we are called for a name") == []
    assert is_reply(evening, evening.address("we are called for a name")[0], "names_how")
    evening.close()


def test_names_that_were_misheard_are_said_again(tmp_path: Path) -> None:
    evening = Evening(tmp_path, config=NOBODY, fresh=True)
    evening.type("our names are Myra and Thomas")
    (again,) = evening.type("no")
    assert is_reply(evening, again, "names_again")
    assert load_config(evening.house.home).partners is None


def test_a_name_alone_asks_for_the_other_one(tmp_path: Path) -> None:
    evening = Evening(tmp_path, config=NOBODY, fresh=True)
    (asked,) = evening.type("call me Maya")
    assert is_reply(evening, asked, "name_other")
    (asked,) = evening.type("that's Tomás")
    assert is_reply(evening, asked, "names_right")
    evening.type("yes")
    assert load_config(evening.house.home).partners == ("Maya", "Tomás")


def test_a_short_name_takes_everything_kept_with_it(tmp_path: Path) -> None:
    evening = Evening(tmp_path, config=Config(partners=("Bo", "Ana Sofía")), fresh=True)
    evening.type("I appreciate that Ana Sofía drove us home", "yes")
    (asked,) = evening.type("call me Sofi")
    assert "Ana Sofía" in asked
    evening.type("yes")
    config, records = load_config(evening.house.home), evening.loop.records
    assert config.partners == ("Bo", "Sofi")
    assert [note.for_whom for note in records.notes] == ["Sofi"]
    assert records.settings[CONSENT] == setting_of(("Bo", "Sofi")).value
    assert evening.type("I appreciate that Ana Sofía laughed")[-1].count("Sofi") == 1  # the long name still means her


def test_it_asks_whose_short_name_it_is(tmp_path: Path) -> None:
    evening = Evening(tmp_path, config=MAYA, fresh=True)
    assert "Maya" in evening.type("call me Pip")[-1]
    assert "Tomás" in evening.type("no")[-1]
    evening.type("yes")
    assert load_config(evening.house.home).partners == ("Maya", "Pip")


def test_what_was_kept_without_names_is_nobodys_in_particular(tmp_path: Path) -> None:
    evening = Evening(tmp_path, config=NOBODY, fresh=True)
    evening.type("I appreciate that Sam made soup", "yes", "our names are Maya and Tomás", "yes")
    assert [(note.who, note.for_whom) for note in evening.loop.records.notes] == [("", "")]


def test_other_people_are_asked_for_their_consent_anew(tmp_path: Path) -> None:
    evening = Evening(tmp_path, config=MAYA, fresh=True)
    evening.type("our names are Priya and Dev", "yes", "I appreciate that Dev cooked", "yes")
    assert "Priya" in evening.said[-1]
    assert not evening.loop.records.notes


def test_who_speaks_is_remembered_for_the_evening(tmp_path: Path) -> None:
    evening = Evening(tmp_path, config=MAYA, fresh=True)
    evening.type("this is Tomás speaking")
    (asked,) = evening.type("call me Zip")
    assert "Tomás" in asked


# ---- without names --------------------------------------------------------------------------------------


def test_no_line_without_names_names_anybody() -> None:
    content = without_names(english_content())
    lines = [line for texts in (content.replies, content.softer_replies) for lines in texts.values() for line in lines]
    lines += [line for script in content.scripts for line in (*script.first, *script.later, *script.left)]
    lines += [line for script in content.scripts for step in script.steps for line in step.wordings]
    assert [line for line in lines if re.search(r"\{(name|other)\}|\bAlex\b|\bSam\b", line)] == []
    assert [line for line in lines if re.search(r"one of your?'|one of you one of|of one of you first", line)] == []


def test_what_belongs_to_somebody_belongs_to_one_of_you_without_names() -> None:
    rules = load_rules(pack_root() / "prompts" / "en")
    owned = [line.text for line in other_lines(english_content()) if "{name}'s" in line.text]
    assert owned
    assert [line for line in map(rules, owned) if "one of your" in line] == []


def test_every_whole_line_without_names_is_said_somewhere() -> None:
    content = english_content()
    said = {line.text for line in other_lines(content)}
    assert load_rules(pack_root() / "prompts" / "en").lines.keys() - said == set()


def test_without_names_the_one_who_listens_is_not_told_to_speak() -> None:
    """Two orders in a row are for two people: with the names gone, something else has to say so."""
    rules = load_rules(pack_root() / "prompts" / "en")
    for line in (line.text for line in other_lines(english_content())):
        if re.match(r"\{other\},? [^.]*(listen|fix)[^.]*\. \{name\}, ", line):
            assert rules(line).startswith("One of you just listens. "), line


def test_a_bedtime_without_names(tmp_path: Path) -> None:
    evening = Evening(tmp_path, config=NOBODY)
    evening.type("start our check-in")
    evening.wait(25)
    for _ in range(12):
        evening.type("you picked up the kids" if str(evening.loop.listening.mode) == "words" else "done", "yes")
        evening.wait(2)
    assert evening.said
    assert not [line for line in evening.said if "Alex" in line or "Sam" in line]


def test_a_line_without_names_is_not_asked_whose_it_is(tmp_path: Path) -> None:
    evening = Evening(tmp_path, config=NOBODY)
    (asked,) = evening.type("log an appreciation")
    assert "Alex" not in asked
    assert "Sam" not in asked
    (read_back,) = evening.type("you made soup for us")
    assert "soup" in read_back
    assert "one of you" in read_back.lower()


# ---- asked about it -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "reply", "begins"),
    [
        ("are you listening?", "privacy_listening", "Yes"),
        ("are you recording us?", "privacy_recording", "No"),
        ("who can hear this?", "privacy", ""),
    ],
)
def test_who_can_hear_it_is_answered_plainly(tmp_path: Path, asked: str, reply: str, begins: str) -> None:
    evening = Evening(tmp_path)
    (answer,) = evening.type(asked)
    assert is_reply(evening, answer, reply)
    assert answer.startswith(begins)


def test_what_is_known_is_told_by_kind_and_never_counted(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    evening.type("I appreciate that Sam made soup", "yes", "I appreciate that Sam sang", "yes")
    (answer,) = evening.type("what do you know about us?")
    assert "your names and appreciations" in answer
    assert "soup" not in answer
    assert "two" not in answer


def test_without_names_and_lines_nothing_is_known(tmp_path: Path) -> None:
    evening = Evening(tmp_path, config=NOBODY, consent=False)
    assert is_reply(evening, evening.type("what do you know about us")[-1], "known_nothing")


# ---- the voice ------------------------------------------------------------------------------------------


class Mouth(SilentMouth):
    """Remembers what it was told to say."""

    def __init__(self) -> None:
        self.told: list[Say] = []

    def say(self, say: Say) -> None:
        self.told.append(say)


def test_louder_and_slower_are_heard_at_once_and_the_next_evening(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    mouth = Mouth()
    evening.loop.mouth = mouth
    evening.type("a bit louder", "speak more slowly")
    louder, slower = mouth.told
    assert louder.delivery.volume > 1.0
    assert slower.delivery.pace < 1.0
    evening.close()
    tomorrow = Evening(tmp_path)
    tomorrow.loop.mouth = mouth
    tomorrow.type("are you listening")
    assert mouth.told[-1].delivery == slower.delivery


@pytest.mark.parametrize(
    ("line", "bound"),
    [("louder", LOUDEST), ("a bit quieter please", QUIETEST), ("faster", FASTEST), ("slower", SLOWEST)],
)
def test_the_voice_has_bounds(tmp_path: Path, line: str, bound: float) -> None:
    evening = Evening(tmp_path)
    for _ in range(9):
        evening.address(line)
    delivery = delivery_in(evening.loop.records.settings)
    assert bound in (pytest.approx(delivery.volume, abs=0.01), pytest.approx(delivery.pace, abs=0.01))
    assert is_reply(evening, evening.said[-1], "voice_at_its_end")


def test_in_a_turn_the_voice_can_be_changed_and_the_turn_goes_on(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    evening.type("start our check-in")
    evening.wait(25)
    turn = evening.loop.state.walk
    evening.type("speak louder please")
    assert VOICE in evening.loop.records.settings
    assert evening.loop.state.walk == turn


# ---- whom to call ---------------------------------------------------------------------------------------


def test_a_help_line_by_country_is_said_where_somebody_is_not_okay(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    assert is_reply(evening, evening.type("who can we call")[-1], "help_line_none")
    (answer,) = evening.type("our help line is for the uk")
    assert "1 1 6, 1 2 3" in answer
    assert load_config(evening.house.home).help_line == evening.house.content.help_lines["gb"].text
    assert "1 1 6, 1 2 3" in evening.type("what's our help line")[-1]
    assert "1 1 6, 1 2 3" in evening.type("I'm not okay")[-1]


def test_every_country_that_can_be_said_has_a_line_that_fits_the_settings(tmp_path: Path) -> None:
    content = english_content()
    assert set(content.intents.lists["country"].values()) == set(content.help_lines)
    assert all(line.source.startswith("https://") for line in content.help_lines.values())
    assert max(len(line.text) for line in content.help_lines.values()) <= 120


# ---- goodnight ------------------------------------------------------------------------------------------


def test_after_goodnight_nothing_is_offered(tmp_path: Path) -> None:
    evening = Evening(tmp_path, now=datetime(2026, 11, 23, 21, 0).astimezone())
    evening.type("I appreciate that Sam made soup", "yes")
    (answer,) = evening.type("goodnight hearthside")
    assert is_reply(evening, answer, "goodnight")
    assert evening.wait(3600, step=5) == []
