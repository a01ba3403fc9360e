"""`hearthside service`: lets systemd run an evening for the user, from the login on, kept from network and files."""

import getpass
import shutil
from pathlib import Path

from voice.commands.service_unit import UNIT_NAME, has_sound_server, unit_file, unit_text
from voice.config import KEYRING, PASSPHRASE, find_home, load_config
from voice.edges.journal.keys import CREDENTIAL
from voice.edges.service_manager import ask, ask_kindly
from voice.errors import HearthsideError
from voice.files import private_directory

SHOWN = ("ActiveState", "SubState", "NRestarts", "Result", "ActiveEnterTimestamp")
SHARED = (Path("/tmp"), Path("/var/tmp"))
LOG_LINES = "100"
NOT_INSTALLED = "the service is not installed"
INSTALL = "To install it: hearthside service install"
LINGER = """\
It runs from your login to your logout. To have it run from the start of the machine, without a login:
    loginctl enable-linger
That lets all services of yours run on; `loginctl disable-linger` takes it back."""

NOBODY_TYPES = f"""\
The journal opens with a passphrase, which nobody types for a service. Take a key file: hearthside encrypt file
Or let systemd (256 or later) keep the passphrase, encrypted for this machine, and install the service again:
    systemd-ask-password -n | systemd-creds encrypt --user --name={CREDENTIAL} - FILE
    systemctl --user edit {UNIT_NAME}, with these lines:
        [Service]
        LoadCredentialEncrypted={CREDENTIAL}:FILE
"""
WAITS = "The journal opens with a key in your keyring: the service waits until you have logged in and unlocked it.\n"
BEFORE = {PASSPHRASE: NOBODY_TYPES, KEYRING: WAITS}
"""How the journal is encrypted -> what is told before the service is installed."""


def service(home: Path | None, *, what: str) -> int:
    """Do one of WHAT; returns the exit code. Raises HearthsideError, ConfigError or OSError."""
    return WHAT[what](home)


def _install(home: Path | None) -> int:
    place = find_home(home)
    config = load_config(place)  # what would end it at once is better told now
    if config.encryption in BEFORE:
        print(BEFORE[config.encryption], end="", flush=True)
    private_directory(place.directory)
    for shared in SHARED:
        if place.directory.is_relative_to(shared):
            raise HearthsideError(f"a service has a {shared} of its own", str(place.directory), "Choose another home.")
    file, is_there = unit_file(), has_sound_server()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(unit_text(place.directory, sound_server=is_there), encoding="utf-8")
    ask("systemctl", "--user", "daemon-reload")
    ask("systemctl", "--user", "enable", UNIT_NAME)
    ask("systemctl", "--user", "restart", UNIT_NAME)
    print(f"Hearthside runs now, and again after each login ({file}).")
    print("It has no network, and can write nowhere but in its home. See: hearthside service status")
    if not is_there:
        print("No sound server was found (PipeWire or PulseAudio): it may open sound devices by itself.")
    if not lingers():
        print(LINGER)
    return 0


def _status(home: Path | None) -> int:
    """0: it runs; 1: it does not."""
    state = state_of_unit()
    if state is None:
        raise HearthsideError(NOT_INSTALLED, fix=INSTALL)
    runs = state["ActiveState"] == "active"
    since = f" since {state['ActiveEnterTimestamp']}" if runs and state["ActiveEnterTimestamp"] else ""
    print(f"{state['ActiveState']} ({state['SubState']}){since}, started again {state['NRestarts']} times")
    if not runs and state["Result"] != "success":
        print(f"The last end: {state['Result']}. See: hearthside service logs")
    print("It also runs without a login." if lingers() else LINGER)
    return 0 if runs else 1


def _logs(home: Path | None) -> int:
    print(ask("journalctl", "--user", "--unit", UNIT_NAME, "--lines", LOG_LINES, "--no-pager"), end="")
    return 0


def _uninstall(home: Path | None) -> int:
    if not unit_file().exists():
        raise HearthsideError(NOT_INSTALLED)
    ask_kindly("systemctl", "--user", "disable", "--now", UNIT_NAME)
    unit_file().unlink()
    ask_kindly("systemctl", "--user", "daemon-reload")
    print("The service is gone. What is kept lies where it was.")
    if lingers():
        print("Services of yours still run without a login; to end that: loginctl disable-linger")
    return 0


WHAT = {"install": _install, "status": _status, "logs": _logs, "uninstall": _uninstall}


def state_of_unit() -> dict[str, str] | None:
    """The state of the unit, as systemd knows it; None where it is not installed. Raises HearthsideError."""
    if not unit_file().exists():
        return None
    told = ask("systemctl", "--user", "show", "--property", ",".join(SHOWN), UNIT_NAME)
    known = dict(line.split("=", 1) for line in told.splitlines() if "=" in line)
    return {name: known.get(name, "") for name in SHOWN}


def finding(home: Path) -> tuple[str, bool, str]:
    """What `hearthside doctor` tells of it: a line, whether it is fine, and what to do. Raises HearthsideError."""
    if shutil.which("systemctl") is None:
        return "no systemd on this machine, so no service", True, ""
    state = state_of_unit()
    if state is None:
        return "not installed", True, "To run it from the login on: hearthside service install"
    text = unit_file().read_text(encoding="utf-8", errors="replace")
    if text not in (unit_text(home, sound_server=True), unit_text(home, sound_server=False)):
        return f"{unit_file()} is not for this program and home", False, "Write it anew: hearthside service install"
    if state["ActiveState"] != "active":
        return f"{state['ActiveState']} ({state['Result']})", False, "See: hearthside service logs"
    when = "from the start of the machine" if lingers() else "from login to logout"
    return f"runs, {when}, without network", True, ""


def lingers() -> bool:
    """Whether services of this user run without a login."""
    return "Linger=yes" in ask_kindly("loginctl", "show-user", getpass.getuser(), "--property", "Linger")
