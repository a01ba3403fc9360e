"""The unit by which systemd runs an evening for a user: what it starts, and what that may not do."""

import os
import sys
from pathlib import Path

UNIT_NAME = "hearthside.service"
QUOTED = frozenset(" \t\"'\\;")  # signs that part or end a word there
STARTS_WITHIN = 180.0  # seconds; a start that waits for something asks for more
UNIT = """\
# Written by `hearthside service install`; `hearthside service uninstall` takes it away.
[Unit]
Description=Hearthside, an offline voice companion for couples
After=pipewire.service pipewire-pulse.service pulseaudio.service
# At most ten starts in ten minutes; then it stays off until somebody starts it.
StartLimitIntervalSec=600
StartLimitBurst=10

[Service]
Type=notify
NotifyAccess=main
ExecStart=:{command}
WorkingDirectory={home}
Environment={environment}
Restart=on-failure
RestartSec=10
TimeoutStartSec={starts_within}
# It says that it is alive four times in this time.
WatchdogSec=60
TimeoutStopSec=20
KillMode=mixed
# No word of yours goes to the log of the machine: it prints troubles alone.
StandardInput=null
StandardOutput=journal
StandardError=journal

# No network, not even that of this machine.
PrivateUsers=yes
PrivateNetwork=yes
RestrictAddressFamilies=AF_UNIX

# Nothing can be written but its own home; nobody else can read what it writes.
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths={writable}
PrivateTmp=yes
UMask=0077
{devices}
# Nothing of the machine can be changed.
NoNewPrivileges=yes
ProtectClock=yes
ProtectHostname=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
ProtectProc=invisible
LockPersonality=yes
RestrictNamespaces=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged
SystemCallErrorNumber=EPERM

[Install]
WantedBy=default.target
"""
NO_DEVICES = """
# It hears and speaks through the sockets of your sound server, and sees no device.
PrivateDevices=yes
"""


def unit_file() -> Path:
    """Where the user's unit lies, or would."""
    configured = os.environ.get("XDG_CONFIG_HOME")
    directory = Path(configured) if configured else Path.home() / ".config"
    return directory / "systemd" / "user" / UNIT_NAME


def has_sound_server() -> bool:
    """Whether the user's sound goes through a socket of PipeWire or PulseAudio."""
    directory = os.environ.get("XDG_RUNTIME_DIR")
    return bool(directory) and any((Path(str(directory)) / name).exists() for name in ("pulse/native", "pipewire-0"))


def unit_text(home: Path, *, sound_server: bool) -> str:
    """The unit for this installation and home. sound_server: no device needs to be reached."""
    cache = f"XDG_CACHE_HOME={home / 'cache'}"  # what can be made again lies in the home too: nothing else is writable
    environment = [cache, "PYTHONDONTWRITEBYTECODE=1", *_where_the_program_is()]
    return UNIT.format(
        starts_within=round(STARTS_WITHIN),
        command=" ".join(map(_quoted, (sys.executable, "-m", "voice", "run", "--troubles", "--home", str(home)))),
        home=_escaped(str(home)),
        writable=_quoted(str(home)),
        environment=" ".join(map(_quoted, environment)),
        devices=NO_DEVICES if sound_server else "",
    )


def _where_the_program_is() -> list[str]:
    """What Python needs to find the program where it runs from its source."""
    package = Path(__file__).resolve().parents[2]
    return [] if package.name == "site-packages" else [f"PYTHONPATH={package}"]


def _escaped(text: str) -> str:
    """With no % that systemd would fill in."""
    return text.replace("%", "%%")


def _quoted(text: str) -> str:
    """A word of a command line or an assignment, as systemd reads it."""
    inner = _escaped(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inner}"' if set(text) & QUOTED else inner
