"""`hearthside doctor` as a whole: what it says of a house that is well, and of one in which everything is wrong."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from rig.virtual_card import VirtualCard
from tests.support.doctor import COUPLE, Doctor
from tests.support.speech import korean_model
from voice.commands.doctor import CHECKS
from voice.commands.doctor_checks import CheckResult
from voice.config import Home, save_config
from voice.edges.journal import Journal


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


# ---- the whole ------------------------------------------------------------------------------------


def test_a_house_without_sound_devices(doctor: Doctor) -> None:
    Journal(doctor.home.database).close()
    found = doctor.findings(expected_code=1)
    assert [name for name, finding in found.items() if not finding.ok] == ["loudspeaker", "microphone"]
    listens = "it listens to all that is said (listen: table)"
    assert found["settings"].text == f"Alex and Sam, in {doctor.home.directory}; {listens}"
    assert found["database"].text.startswith("opens, undamaged")
    assert found["vosk model"] == CheckResult("none", True, "To get it: hearthside setup")
    assert found["rooms"] == CheckResult(
        "auto: it hears again, through rooms and noise, what it cannot make out (rooms: auto)"
    )
    assert found["recognizers"].text == "moonshine (ears: auto, and there is no Vosk model)"
    assert found["voice"].text == "natural (voice: auto)"
    assert found["microphone"].fix.startswith("Plug one in")


def test_a_house_with_a_card(doctor: Doctor, card: VirtualCard) -> None:
    done = doctor(**card.environment)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert len(lines) == len(CHECKS)
    assert all(line.startswith("ok  ") for line in lines)
    *_, loudspeaker, microphone, echo = lines
    assert loudspeaker.split() == ["ok", "loudspeaker", '"default"']
    assert microphone.split()[:4] == ["ok", "microphone", '"default",', "level"]
    assert -90 < int(microphone.split()[4]) < -60  # the faint room tone of the card
    assert echo.endswith("the microphone does not hear the loudspeaker")


def test_a_loudspeaker_that_is_too_loud_to_be_spoken_over(doctor: Doctor, card: VirtualCard) -> None:
    card.echo(True)
    try:
        found = doctor.findings(1, **card.environment)
        card.volume(0.6)
        softer = doctor.findings(0, **card.environment)
        save_config(doctor.home, replace(COUPLE, barge_in="off"))
        off = doctor.findings(0, **card.environment)
    finally:
        card.volume(1.0)
        card.echo(False)
    assert "too loud for people to be understood over it" in found["echo"].text
    assert found["echo"].fix.startswith("Turn the loudspeaker down")
    assert "hears its voice at -3" in softer["echo"].text
    assert off["echo"].text.startswith("not looked at")


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
