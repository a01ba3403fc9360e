"""`hearthside doctor`: what it says of a house that is well, and of everything that can be wrong with one."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from rig.virtual_card import VirtualCard
from tests.support.paths import ROOT
from tests.support.speech import korean_model
from voice.commands import doctor_checks
from voice.commands.doctor import CHECKS, examine
from voice.commands.doctor_checks import CheckResult, Visit, clock_finding
from voice.config import Config, Home, load_config, save_config
from voice.edges.journal import Journal
from voice.engines.moonshine.engine import model_folder
from voice.runtime.mute_switch import MuteSwitch

COUPLE = Config(partners=("Alex", "Sam"))


@dataclass(frozen=True)
class Doctor:
    """Called to a home on a machine without sound devices and without a Vosk model."""

    home: Home
    environment: Mapping[str, str]

    def __call__(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            (sys.executable, "-m", "voice", "doctor", "--home", str(self.home.directory), *arguments),
            env={**self.environment, **environment},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def findings(self, expected_code: int, **environment: str) -> dict[str, CheckResult]:
        """What it found, by --json."""
        done = self("--json", **environment)
        assert (done.returncode, done.stderr) == (expected_code, "")
        found = [json.loads(line) for line in done.stdout.splitlines()]
        assert [each["name"] for each in found] == list(CHECKS)
        return {each["name"]: CheckResult(each["text"], each["ok"], each["fix"]) for each in found}


@pytest.fixture
def doctor(tmp_path: Path) -> Doctor:
    no_sound = tmp_path / "asound.conf"
    no_sound.write_text("pcm.default { type hw card 99 }\n")
    environment = {**os.environ, "HOME": str(tmp_path), "TZ": "UTC", "ALSA_CONFIG_PATH": str(no_sound)}
    for variable in ("HEARTHSIDE_MODEL", "VOSK_MODEL_PATH"):
        environment.pop(variable, None)
    home = Home(tmp_path / "home")
    save_config(home, COUPLE)
    return Doctor(home, environment)


@pytest.fixture
def visit(doctor: Doctor) -> Visit:
    """For looking at one thing without starting everything."""
    return Visit(doctor.home, COUPLE)


# ---- the whole ------------------------------------------------------------------------------------


def test_a_house_without_sound_devices(doctor: Doctor) -> None:
    Journal(doctor.home.database).close()
    found = doctor.findings(expected_code=1)
    assert [name for name, finding in found.items() if not finding.ok] == ["loudspeaker", "microphone"]
    listens = "it listens to all that is said (listen: table)"
    assert found["settings"].text == f"Alex and Sam, in {doctor.home.directory}; {listens}"
    assert found["database"].text.startswith("opens, undamaged")
    assert found["vosk model"] == CheckResult("none", True, "To get it: hearthside setup")
    assert found["rooms"] == CheckResult("off: it hears as Moonshine's package has it (rooms: off)")
    assert found["recognizers"].text == "moonshine (ears: auto, and there is no Vosk model)"
    assert found["voice"].text == "natural (voice: auto)"
    assert found["microphone"].fix.startswith("Plug one in")


def test_a_house_with_a_card(doctor: Doctor, card: VirtualCard) -> None:
    done = doctor(**card.environment)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert len(lines) == len(CHECKS)
    assert all(line.startswith("ok  ") for line in lines)
    *_, loudspeaker, microphone = lines
    assert loudspeaker.split() == ["ok", "loudspeaker", '"default"']
    assert microphone.split()[:4] == ["ok", "microphone", '"default",', "level"]
    assert -90 < int(microphone.split()[4]) < -60  # the faint room tone of the card


def test_a_microphone_that_is_not_there(doctor: Doctor, card: VirtualCard) -> None:
    save_config(doctor.home, replace(COUPLE, microphone="Blue Yeti", voice="system"))
    found = doctor.findings(1, **card.environment)
    assert found["microphone"].text == "Blue Yeti: there is no such microphone, or there are several"
    assert found["microphone"].fix.startswith("There are: ")
    assert '"default"' in found["microphone"].fix
    assert found["voice"].text == "system (voice: system)"


def test_a_dead_microphone(doctor: Doctor, card: VirtualCard) -> None:
    card.unplug()
    try:
        found = doctor.findings(1, **card.environment)
    finally:
        card.replug()
    assert found["microphone"].text == '"default" gives exact zeros'


def test_everything_is_wrong_at_once(doctor: Doctor) -> None:
    home = doctor.home
    home.config_file.write_text('partnrs: ["Alex", "Sam"]\nears: both\n')
    home.database.write_bytes(b"no database" * 100)
    deck = home.directory / "prompts" / "decks" / "ours.yaml"
    deck.parent.mkdir(parents=True)
    deck.write_text("name: [unfinished\n")
    (home.models / "vosk-model-en-half" / "am").mkdir(parents=True)
    for file in (home.config_file, home.database):
        file.chmod(0o644)
    done = doctor()
    assert (done.returncode, done.stderr) == (1, "")
    for line in (
        f"--  settings         {home.config_file}:1:1: ",
        f"                     {home.config_file}:2:7: ",
        "                     Correct these lines, or run: hearthside setup",
        f"--  permissions      others can get at {home.config_file} (mode 644), {home.database} (mode 644). chmod go= ",
        f"--  database         {home.database}: this is no journal. Start `hearthside run`",
        f"--  packs            {deck}:",
        f"--  vosk model       {home.models}/vosk-model-en-half is damaged: am/final.mdl is missing",
        "--  words            not looked at. ",
        "ok  recognizers      moonshine",
    ):
        assert f"\n{line}" in f"\n{done.stdout}"


def test_a_vosk_model_that_speaks_another_language(doctor: Doctor) -> None:
    save_config(doctor.home, replace(COUPLE, model=korean_model()))
    found = doctor.findings(expected_code=1)
    assert found["vosk model"] == CheckResult(f"{korean_model()}, unknown model")
    assert found["recognizers"].text == "vosk and moonshine (ears: auto, and there is a Vosk model)"
    assert found["words"].ok
    assert found["words"].text.startswith("the Vosk model does not know: ")
    assert found["words"].text.endswith(" more")


# ---- one by one -----------------------------------------------------------------------------------


def test_no_home_yet_and_none_is_made(tmp_path: Path) -> None:
    visit = Visit(Home(tmp_path / "nothing"))
    assert examine(doctor_checks.settings, visit).fix == "Give them: hearthside setup --names NAME NAME"
    assert examine(doctor_checks.permissions, visit).ok
    assert examine(doctor_checks.database, visit).ok
    assert examine(doctor_checks.packs, visit).ok
    assert not visit.home.directory.exists()


@pytest.mark.parametrize(
    ("listen", "told"),
    [("table", "to all that is said"), ("wake", "after “good evening house”"), ("key", "after a key")],
)
def test_how_it_listens(tmp_path: Path, listen: str, told: str) -> None:
    save_config(Home(tmp_path), Config(partners=("Alex", "Sam"), listen=listen, wake="good evening house"))
    assert examine(doctor_checks.settings, Visit(Home(tmp_path))).text.endswith(f"it listens {told} (listen: {listen})")


def test_a_file_where_the_home_should_be(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    finding = examine(doctor_checks.permissions, Visit(Home(tmp_path / "home")))
    assert finding == CheckResult(
        f"{tmp_path / 'home'} is no directory", False, "Choose another place with --home DIR."
    )


def test_the_fix_for_permissions_fixes_them(visit: Visit) -> None:
    visit.home.directory.chmod(0o755)
    finding = examine(doctor_checks.permissions, visit)
    assert not finding.ok
    subprocess.run(finding.fix, shell=True, check=True)
    assert examine(doctor_checks.permissions, visit) == CheckResult("only you can read what is kept")


def test_a_database_from_the_future(visit: Visit) -> None:
    Journal(visit.home.database).close()
    with sqlite3.connect(visit.home.database) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = visit.home.database.read_bytes()
    finding = examine(doctor_checks.database, visit)
    assert "later Hearthside (version 99" in finding.text
    assert finding.fix == "Install the newest Hearthside."
    assert visit.home.database.read_bytes() == before


NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "config", "zone_known", "text"),
    [
        (NOON, Config(), True, "2026-11-23 12:00 UTC, nightly recap at 21:30"),
        (NOON, Config(recap_at=None), True, "2026-11-23 12:00 UTC, no nightly recap"),
        (NOON, Config(recap_at=time(23, 30), quiet_hours=None), True, "2026-11-23 12:00 UTC, nightly recap at 23:30"),
        (NOON, Config(recap_at=time(7)), True, "2026-11-23 12:00 UTC, nightly recap at 07:00"),
    ],
)
def test_a_good_clock(now: datetime, config: Config, zone_known: bool, text: str) -> None:
    assert clock_finding(now, config, zone_known=zone_known) == CheckResult(text)


@pytest.mark.parametrize(
    ("now", "config", "zone_known", "text"),
    [
        (NOON.replace(year=1970), Config(), True, "it shows 1970-11-23 12:00 UTC"),
        (NOON, Config(), False, "2026-11-23 12:00 UTC, no time zone is set"),
        (NOON, Config(recap_at=time(23, 0)), True, "recap_at 23:00 lies inside quiet_hours: "),
        (NOON, Config(recap_at=time(6, 59)), True, "recap_at 06:59 lies inside quiet_hours: "),
        (
            NOON,
            Config(recap_at=time(14), quiet_hours=(time(13), time(15))),
            True,
            "recap_at 14:00 lies inside quiet_hours: ",
        ),
    ],
)
def test_a_clock_that_needs_care(now: datetime, config: Config, zone_known: bool, text: str) -> None:
    finding = clock_finding(now, config, zone_known=zone_known)
    assert not finding.ok
    assert finding.text.startswith(text)
    assert finding.fix


def test_a_muted_microphone_stays_closed(visit: Visit) -> None:
    MuteSwitch(visit.home).close()
    finding = examine(CHECKS["microphone"], visit)
    assert finding == CheckResult("closed, because you muted it", fix="To open it: hearthside unmute")


def test_a_changed_moonshine_model(visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "moonshine_voice"
    shutil.copytree(model_folder(), package / "assets" / "tiny-en")
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "moonshine_voice", raising=False)  # another test may have imported the real one
    assert examine(CHECKS["moonshine model"], visit) == CheckResult("inside its package, checksum ok")
    changed = package / "assets" / "tiny-en" / "tokenizer.bin"
    changed.write_bytes(changed.read_bytes()[:-1])
    finding = examine(CHECKS["moonshine model"], visit)
    assert finding.text == f"{changed} is not the file of moonshine-voice 0.0.73"
    changed.unlink()
    assert "tokenizer.bin is missing" in examine(CHECKS["moonshine model"], visit).text


def test_rooms_are_on_where_the_model_is_the_one_that_was_learned_for(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit.config = replace(COUPLE, rooms=True)
    assert examine(doctor_checks.rooms, visit).text.startswith("on: ")
    package = tmp_path / "moonshine_voice"
    shutil.copytree(model_folder(), package / "assets" / "tiny-en")
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "moonshine_voice", raising=False)
    with (package / "assets" / "tiny-en" / "encoder_model.ort").open("ab") as file:
        file.write(b"!")
    finding = examine(doctor_checks.rooms, visit)
    assert finding.text.startswith("not used, the model in the package is not the one that it was learned for")
    assert "pip install" in finding.fix


def test_vosk_is_asked_for_and_there_is_none(visit: Visit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    visit.config = replace(COUPLE, ears="vosk")
    assert "there is no Vosk model" in examine(doctor_checks.recognizers, visit).text
    visit.config = replace(COUPLE, model=tmp_path / "gone")
    finding = examine(doctor_checks.recognizers, visit)
    assert finding.text == f"{tmp_path / 'gone'}: the model named by config.yaml cannot be used, it is not a folder"


def test_what_cannot_be_read_is_a_finding(visit: Visit) -> None:
    def refuse(visit: Visit) -> CheckResult:
        visit.home.directory.read_bytes()
        return CheckResult("never")

    finding = examine(refuse, visit)
    assert (finding.ok, finding.text) == (False, f"{visit.home.directory}: Is a directory")


def test_looking_changes_nothing(doctor: Doctor) -> None:
    doctor()
    assert [path.name for path in doctor.home.directory.iterdir()] == ["config.yaml"]
    assert load_config(doctor.home) == COUPLE
