"""`hearthside service`: the unit as systemd reads and grades it, what the command asks of systemctl, and what the
program does as a service.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from voice.cli import run_command
from voice.commands import service
from voice.commands.service_unit import UNIT_NAME, unit_text
from voice.config import Config, Home, save_config

SAFE_ENOUGH = 35  # of systemd-analyze security, in tenths: 100 is a service without any protection
needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze here")

SYSTEMCTL = """\
#!/bin/sh
echo "$(basename "$0") $*" >> "$CALLS"
case "$*" in
*show-user*) echo "Linger=$LINGER" ;;
*show*)
    printf 'ActiveState=%s\\nSubState=running\\nNRestarts=2\\n' "$STATE"
    printf 'Result=watchdog\\nActiveEnterTimestamp=Mon\\n' ;;
*--lines*) echo "the microphone was lost." ;;
esac
"""


def protections(text: str) -> dict[str, str]:
    """Setting -> value; of those that stand twice the last one."""
    return dict(re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE))


@pytest.mark.parametrize("sound_server", [True, False])
def test_the_unit_lets_it_reach_nothing_but_its_home_and_the_sound(sound_server: bool) -> None:
    found = protections(unit_text(Path("/home/us/our home"), sound_server=sound_server))
    assert found["ReadWritePaths"] == '"/home/us/our home"'
    wanted = {
        "Type": "notify", "PrivateNetwork": "yes", "PrivateUsers": "yes", "RestrictAddressFamilies": "AF_UNIX",
        "ProtectSystem": "strict", "ProtectHome": "read-only", "PrivateTmp": "yes", "NoNewPrivileges": "yes",
        "Restart": "on-failure", "StartLimitBurst": "10", "UMask": "0077",
    }  # fmt: skip
    assert wanted.items() <= found.items()
    assert int(found["WatchdogSec"]) >= 30
    assert ("PrivateDevices" in found) is sound_server
    assert "--troubles" in found["ExecStart"]  # the log of the machine is no place for what they say


def test_odd_signs_in_the_home_do_not_change_the_unit() -> None:
    found = protections(unit_text(Path('/home/us/100% "ours" $HOME'), sound_server=True))
    assert found["ReadWritePaths"] == r'"/home/us/100%% \"ours\" $HOME"'
    assert found["ExecStart"].startswith(":")  # $HOME stays as it is


def written(tmp_path: Path) -> Path:
    unit = tmp_path / "hearthside.service"
    home = tmp_path / "our home"
    home.mkdir()
    unit.write_text(unit_text(home, sound_server=True), encoding="utf-8")
    return unit


@needs_systemd
def test_systemd_finds_no_fault_in_the_unit(tmp_path: Path) -> None:
    command = ["systemd-analyze", "--user", "--man=no", "--recursive-errors=no", "verify", str(written(tmp_path))]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | user(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")


@needs_systemd
def test_systemd_grades_the_unit_as_safe(tmp_path: Path) -> None:
    command = ["systemd-analyze", "security", "--offline=yes", f"--threshold={SAFE_ENOUGH}", str(written(tmp_path))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-500:]


def user(tmp_path: Path) -> dict[str, str]:
    """Where a user's units and sockets are."""
    (tmp_path / "run").mkdir(exist_ok=True, mode=0o700)
    return {"XDG_CONFIG_HOME": str(tmp_path / "config"), "XDG_RUNTIME_DIR": str(tmp_path / "run")}


class User:
    """A user of systemd, whose systemctl writes down what it is asked."""

    def __init__(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._calls, self._monkeypatch, self._capsys = tmp_path / "calls", monkeypatch, capsys
        self.unit, self.home = tmp_path / "config" / "systemd" / "user" / UNIT_NAME, tmp_path / "home"
        (tmp_path / "bin").mkdir()
        for name in ("systemctl", "loginctl", "journalctl"):
            (tmp_path / "bin" / name).write_text(SYSTEMCTL)
            (tmp_path / "bin" / name).chmod(0o755)
        monkeypatch.setattr(service, "SHARED", ())  # the tests' own homes lie in /tmp
        monkeypatch.setenv("CALLS", str(self._calls))
        monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=os.pathsep)
        for name, value in user(tmp_path).items():
            monkeypatch.setenv(name, value)

    def service(self, what: str, *, state: str = "active", linger: str = "no") -> tuple[int, str]:
        """Exit code and what was printed."""
        self._calls.write_text("")
        self._monkeypatch.setenv("STATE", state)
        self._monkeypatch.setenv("LINGER", linger)
        code = run_command(["service", what, "--home", str(self.home)])
        printed = self._capsys.readouterr()
        return code, printed.out + printed.err

    @property
    def asked(self) -> list[str]:
        return self._calls.read_text().splitlines()


@pytest.fixture
def couple(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> User:
    return User(tmp_path, monkeypatch, capsys)


def test_it_is_installed_and_started_and_taken_away(couple: User) -> None:
    code, told = couple.service("install")
    assert code == 0
    assert couple.unit.read_text() == unit_text(couple.home, sound_server=False)
    assert couple.asked[:3] == [
        "systemctl --user daemon-reload",
        "systemctl --user enable hearthside.service",
        "systemctl --user restart hearthside.service",
    ]
    assert "loginctl enable-linger" in told
    assert "No sound server was found" in told
    code, told = couple.service("uninstall", linger="yes")
    assert (code, couple.unit.exists()) == (0, False)
    assert "systemctl --user disable --now hearthside.service" in couple.asked
    assert "loginctl disable-linger" in told


def test_a_passphrase_that_nobody_types_is_told_of(couple: User) -> None:
    save_config(Home(couple.home), Config(encryption="passphrase"))
    code, told = couple.service("install")
    assert (code, couple.unit.exists()) == (0, True)
    assert told.index("LoadCredentialEncrypted=hearthside-passphrase:FILE") < told.index("Hearthside runs now")
    assert "hearthside encrypt file" in told


def test_a_keyring_that_opens_with_the_login_is_told_of(couple: User) -> None:
    save_config(Home(couple.home), Config(encryption="keyring"))
    code, told = couple.service("install")
    assert code == 0
    assert told.startswith("The journal opens with a key in your keyring: the service waits")


def test_the_sound_server_is_found(couple: User, tmp_path: Path) -> None:
    (tmp_path / "run" / "pulse").mkdir()
    (tmp_path / "run" / "pulse" / "native").touch()
    couple.service("install")
    assert "PrivateDevices=yes" in couple.unit.read_text()


@pytest.mark.parametrize(("state", "code"), [("active", 0), ("failed", 1)])
def test_how_it_is(couple: User, state: str, code: int) -> None:
    couple.service("install")
    assert couple.service("status", state=state, linger="yes") == (code, STATUS[state])
    assert couple.service("logs") == (0, "the microphone was lost.\n")


STATUS = {
    "active": "active (running) since Mon, started again 2 times\nIt also runs without a login.\n",
    "failed": "failed (running), started again 2 times\nThe last end: watchdog. See: hearthside service logs\n"
    "It also runs without a login.\n",
}


@pytest.mark.parametrize("what", ["status", "uninstall"])
def test_what_is_not_installed_is_told(couple: User, what: str) -> None:
    code, told = couple.service(what)
    assert code == 1
    assert told.startswith("the service is not installed.")


def test_a_home_that_a_service_cannot_see_is_refused(couple: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "SHARED", (Path("/tmp"),))
    couple.home = Path("/tmp/ours")
    code, told = couple.service("install")
    assert (code, couple.unit.exists()) == (1, False)
    assert told == "/tmp/ours: a service has a /tmp of its own. Choose another home.\n"


def test_a_home_with_mistakes_is_told_before_anything_is_installed(couple: User) -> None:
    couple.home.mkdir()
    (couple.home / "config.yaml").write_text("partner: [A, B]")
    assert couple.service("install")[0] == 1
    assert not couple.unit.exists()


def test_without_systemd_it_says_so(couple: User, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    code, told = couple.service("install")
    assert code == 1
    assert told.startswith("there is no systemctl on this machine.")


def test_doctor_knows_it(couple: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINGER", "no")
    monkeypatch.setenv("STATE", "active")
    assert service.finding(couple.home) == (
        "not installed",
        True,
        "To run it from the login on: hearthside service install",
    )
    couple.service("install")
    assert service.finding(couple.home) == ("runs, from login to logout, without network", True, "")
    monkeypatch.setenv("STATE", "failed")
    assert service.finding(couple.home) == ("failed (watchdog)", False, "See: hearthside service logs")
    assert service.finding(couple.home / "other")[1:] == (False, "Write it anew: hearthside service install")
