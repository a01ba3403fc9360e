"""The checks of `hearthside doctor`, one by one."""

import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from tests.support.doctor import COUPLE, Doctor
from voice.commands import doctor_checks
from voice.commands.doctor import CHECKS, examine
from voice.commands.doctor_checks import CheckResult, Visit, clock_finding
from voice.config import ROOMS, Config, Home, load_config, save_config
from voice.edges.journal import Journal
from voice.engines.moonshine.engine import model_folder
from voice.runtime.mute_switch import MuteSwitch


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
    for rooms in ROOMS:
        visit.config = replace(COUPLE, rooms=rooms)
        assert examine(doctor_checks.rooms, visit).text.startswith(f"{rooms}: ")
    visit.config = COUPLE
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
