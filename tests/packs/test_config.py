"""Settings: what is written is read back the same, and every mistake in them is told at once."""

import random
import stat
from datetime import time
from pathlib import Path

import pytest

from voice.config import BARGE_IN, EARS, LISTEN, ROOMS, VOICES, WAKE, Config, Home, find_home, load_config, save_config
from voice.errors import ConfigError
from voice.language.visible import visible

LETTERS = "aZ ßüÉñŁ字אع'\"\\:#-{}[]&*!|>%@`,?~😀👩‍👩‍👧\u200f\ufeff\x07\x7f\x85"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def any_text(chance: random.Random) -> str:
    text = "".join(chance.choices(LETTERS, k=chance.randint(1, 15)))
    return " ".join(text.split()) or "no"


def any_name(chance: random.Random) -> str:
    """Names are read without the characters that nobody sees."""
    return " ".join(visible(any_text(chance)).split()) or "Zoë"


def any_config(chance: random.Random) -> Config:
    times = [time(chance.randrange(24), minute) for minute in chance.sample(range(60), 3)]
    return Config(
        partners=chance.choice([None, (any_name(chance), any_name(chance) + "x")]),
        ears=chance.choice(EARS),
        voice=chance.choice(VOICES),
        rooms=chance.choice(ROOMS),
        model=chance.choice([None, Path("/") / any_text(chance).replace("~", "-")]),
        listen=chance.choice(LISTEN),
        barge_in=chance.choice(BARGE_IN),
        wake=chance.choice([WAKE, "good evening, " + any_text(chance)]),
        heard_as=chance.choice([{}, {any_text(chance): (any_text(chance), "no")}]),
        microphone=chance.choice([None, any_text(chance)]),
        loudspeaker=chance.choice([None, any_text(chance)]),
        recap_at=chance.choice([None, times[0]]),
        quiet_hours=chance.choice([None, (times[1], times[2])]),
        code_word=chance.choice([None, "red umbrella", "Zoë's no"]),
    )


def test_the_other_ending_of_the_file_is_read_and_written(home: Home) -> None:
    home.directory.mkdir()
    other = home.directory / "config.yml"
    other.write_text("partners: [Maya, Tomás]", encoding="utf-8")
    assert load_config(home).partners == ("Maya", "Tomás")
    save_config(home, Config(partners=("Ana", "Bo")))
    assert load_config(home).partners == ("Ana", "Bo")
    assert list(home.directory.iterdir()) == [other]


def test_two_files_of_settings_are_one_too_many(home: Home) -> None:
    save_config(home, Config())
    (home.directory / "config.yml").write_text("partners: [Maya, Tomás]", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"config\.yml:1:1: these settings are not read beside config\.yaml"):
        load_config(home)


@pytest.mark.parametrize("seed", range(200))
def test_what_is_saved_is_loaded(home: Home, seed: int) -> None:
    config = any_config(random.Random(seed))
    save_config(home, config)
    assert load_config(home) == config


@pytest.mark.parametrize(
    "name", ["no", "21:00", "null", "~", "- a", "{a}", 'Jo "J" O\'Neil', "Zoë", "李", "👩‍👩‍👧", "1"]
)
def test_a_name_is_a_name(home: Home, name: str) -> None:
    save_config(home, Config(partners=(name, "Sam")))
    assert load_config(home).partners == (name, "Sam")


def test_without_a_file_everything_is_as_it_comes(home: Home) -> None:
    assert load_config(home) == Config()
    assert not home.directory.exists()


def test_an_edited_file(home: Home) -> None:
    home.directory.mkdir()
    home.config_file.write_text(
        "partners:\n  - Alex \n  - ' Sam'\nrecap_at: 8:05\nquiet_hours: off\nmodel: ~/model\nrooms: on\n"
    )
    expected = Config(
        partners=("Alex", "Sam"), recap_at=time(8, 5), quiet_hours=None, model=Path.home() / "model", rooms="on"
    )
    assert load_config(home) == expected


def test_every_mistake_is_told_at_once(home: Home) -> None:
    home.directory.mkdir()
    home.config_file.write_text(
        "partners: [Alex, alex]\nears: voks\nvoice: [auto]\nlanguage: de\nrecap_at: 25:00\nquiet_hours: 23-7\n"
        "mikrofone: USB\nlisten: tabel\nwake: yo\nheard_as: Sam\n"
        "code_word: 4 pm\n"
    )
    with pytest.raises(ConfigError) as caught:
        load_config(home)
    assert [line.removeprefix(f"{home.config_file}:") for line in caught.value.mistakes] == [
        '1:1: expected two different names, such as ["Alex", "Sam"]',
        '2:7: expected one of auto, vosk, moonshine; found "voks" (did you mean "vosk"?)',
        '3:8: expected a text for "voice", found a list',
        '4:11: expected one of en; found "de"',
        '5:1: expected a time such as "21:30", or off; found "25:00"',
        '6:1: expected times such as "23:00-07:00", or off; found "23-7"',
        '7:1: unknown word "mikrofone" (did you mean "microphone"?)',
        '8:9: expected one of table, wake, key; found "tabel" (did you mean "table"?)',
        '9:1: expected a few words, such as "hey hearthside"; found "yo"',
        '10:11: expected a mapping (`word: ...`), found the text "Sam"',
        '11:1: expected one to 4 words, such as "red umbrella"; found "4 pm"',
    ]


@pytest.mark.parametrize("partners", ["Alex", "[Alex]", "[Alex, Sam, Kim]", "[Alex, ALEX]", "[Alex, '']", "{a: b}"])
def test_partners_are_two_different_names(home: Home, partners: str) -> None:
    home.directory.mkdir()
    home.config_file.write_text(f"partners: {partners}")
    with pytest.raises(ConfigError, match="expected"):
        load_config(home)


def test_settings_that_could_not_be_read_back_are_not_written(home: Home) -> None:
    save_config(home, Config(partners=("Alex", "Sam")))
    with pytest.raises(ConfigError, match="two different names"):
        save_config(home, Config(partners=("Alex", "Alex")))
    assert load_config(home).partners == ("Alex", "Sam")


def test_a_home_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="the settings cannot be written"):
        save_config(Home(tmp_path / "file" / "home"), Config())


def test_settings_are_private(home: Home) -> None:
    save_config(home, Config())
    assert stat.S_IMODE(home.config_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(home.directory.stat().st_mode) == 0o700


def test_where_home_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEARTHSIDE_HOME", str(tmp_path / "of the environment"))
    assert find_home(tmp_path / "asked for") == Home(tmp_path / "asked for")
    assert find_home() == Home(tmp_path / "of the environment")
    monkeypatch.delenv("HEARTHSIDE_HOME")
    assert find_home().directory.name == "hearthside"
    assert find_home().directory.is_absolute()
