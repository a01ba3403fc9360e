"""A private sound card for tests and measurements: a room, a microphone in it and a loudspeaker, without hardware.

One PulseAudio server of its own (it works as root and in containers) with

    speaker   null sink   what the program plays  -> heard by `record`
    room      null sink   what people say         <- filled by `say` and by a faint room tone
    mic       source      what is heard in the room; can be unplugged

PortAudio sees them as its default input and output through ALSA's "pulse" plugin. It reads its environment when it is
initialised: give `environment` to the program under test, or call `take_over` before it is used in this process.
Needs the packages pulseaudio, pulseaudio-utils, libasound2-plugins, libportaudio2 and util-linux.
"""

import importlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

import numpy as np

from voice.messages.sound import RATE, Sound

CARD_RATE = 48_000  # what a real card runs at
ROOM_TONE = 6  # of 32767, root mean square: -75 dBFS, a quiet room; a null sink alone gives exact zeros
PATIENCE = 30.0  # seconds that a server may take to start, to answer or to end; a busy machine is slow

# norewinds: otherwise an idle sink sleeps for up to 2 s, and a recording begins with that much delay.
SERVER = """\
.fail
load-module module-native-protocol-unix socket={socket} auth-anonymous=1
load-module module-null-sink sink_name=speaker rate={rate} channels=2 norewinds=1
load-module module-null-sink sink_name=room rate={rate} channels=1 norewinds=1
load-module module-remap-source source_name=mic master=room.monitor
set-default-sink speaker
set-default-source mic
"""
ALSA = """\
pcm.!default {{ type pulse server "unix:{socket}" hint {{ show on description "virtual card" }} }}
pcm.pinned {{ type pulse server "unix:{socket}" device "mic" hint {{ show on description "virtual mic" }} }}
ctl.!default {{ type pulse server "unix:{socket}" }}
"""


def wait_until(true: Callable[[], object], seconds: float, what: str) -> None:
    """Look again and again until it is true; raises TimeoutError, which says what was waited for."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {seconds} s in vain: {what}")
        time.sleep(0.01)


class Recording:
    """Records the loudspeaker; RATE samples a second."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def samples(self) -> np.ndarray:
        """All that was played until now, silence included, as 16-bit samples."""
        pcm = self._file.read_bytes()
        return np.frombuffer(pcm[: len(pcm) // 2 * 2], dtype="<i2")


class VirtualCard:
    """The card. Use it as a context manager, or call `start` and `stop`."""

    def __init__(self) -> None:
        self._directory = Path(tempfile.mkdtemp(prefix="hearthside-card-"))  # short: a socket's path has a limit
        self._socket = self._directory / "native"
        self._server: subprocess.Popen[bytes] | None = None
        self._room_tone: subprocess.Popen[bytes] | None = None
        self._modules: dict[str, str] = {}
        self._recordings = 0
        self._speaker = "speaker"  # the sink that is the loudspeaker now

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables with which a program uses this card."""
        return {
            "PULSE_SERVER": f"unix:{self._socket}",
            "PULSE_COOKIE": str(self._directory / "cookie"),
            "ALSA_CONFIG_PATH": f"/usr/share/alsa/alsa.conf:{self._directory / 'asound.conf'}",
        }

    def __enter__(self) -> "VirtualCard":
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()
        shutil.rmtree(self._directory, ignore_errors=True)

    def start(self, rate: int = CARD_RATE) -> None:
        """Start the server, or start it again after `kill` or `stop`. rate: samples a second of its devices."""
        values = {"socket": self._socket, "rate": rate}
        script, home = self._directory / "server.pa", self._directory / "home"
        script.write_text(SERVER.format(**values))
        (self._directory / "asound.conf").write_text(ALSA.format(**values))
        home.mkdir(exist_ok=True)
        self._socket.unlink(missing_ok=True)
        private = {"HOME": home, "XDG_RUNTIME_DIR": home, "PULSE_RUNTIME_PATH": home, "PULSE_STATE_PATH": home}
        foreign = ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "PULSE_SERVER", "PULSE_SINK", "PULSE_SOURCE")
        environment = {name: value for name, value in os.environ.items() if name not in foreign}
        arguments = "-n --daemonize=no --use-pid-file=no --exit-idle-time=-1 --realtime=no --high-priority=yes".split()
        with (self._directory / "log").open("ab") as log:
            self._server = subprocess.Popen(
                # It dies with the thread that started it, so that an interrupted test run leaves no server behind.
                ["setpriv", "--pdeathsig", "KILL", "pulseaudio", *arguments, "--log-target=stderr", "-F", str(script)],
                env=environment | {name: str(path) for name, path in private.items()},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_until(self._answers, PATIENCE, f"PulseAudio: {self._directory / 'log'}")
        self._modules, self._speaker = {}, "speaker"
        self._start_room_tone()

    def _answers(self) -> bool:
        return self._run("pactl", "get-default-source", check=False).strip() == "mic"

    def _start_room_tone(self) -> None:
        tone = self._directory / "tone"
        noise = np.random.default_rng(0).normal(0, ROOM_TONE, 20 * RATE).round().astype("<i2")
        tone.write_bytes(noise.tobytes())
        player = f"pacat --playback --device=room --rate={RATE} --channels=1 --format=s16le"
        self._room_tone = subprocess.Popen(
            ["sh", "-c", f"while cat '{tone}'; do :; done 2>&- | {player} 2>&-"],
            env=os.environ | self.environment,
            start_new_session=True,
        )
        wait_until(lambda: self._run("pactl", "list", "short", "sink-inputs"), PATIENCE, "the room tone")

    def stop(self) -> None:
        """End the server and everything that was started with it."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """The server dies without a word, as in a crash."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        for process in (self._server, self._room_tone):
            if process and process.poll() is None:
                os.killpg(process.pid, how)
                process.wait(timeout=PATIENCE)
        self._server = self._room_tone = None

    def freeze(self) -> None:
        """The server stands still and answers nobody, until `thaw`."""
        self._signal_server(signal.SIGSTOP)

    def thaw(self) -> None:
        """The server goes on."""
        self._signal_server(signal.SIGCONT)

    def _signal_server(self, what: signal.Signals) -> None:
        assert self._server
        self._server.send_signal(what)

    def suspend(self, on: bool) -> None:
        """Suspend loudspeaker and microphone, as a desktop does with a card that another program takes; or resume."""
        for kind, name in (("sink", self._speaker), ("source", "mic")):
            self._run("pactl", f"suspend-{kind}", name, str(int(on)))

    def _run(self, *command: str, check: bool = True, given: bytes | None = None) -> str:
        done = subprocess.run(
            command, env=os.environ | self.environment, input=given, capture_output=True, check=check, timeout=120
        )
        return done.stdout.decode()

    def say(self, sound: Sound) -> None:
        """Play this into the room, in real time; returns when it has been heard."""
        arguments = f"--playback --raw --device=room --rate={sound.rate} --channels=1 --format=s16le --latency-msec=500"
        self._run("pacat", *arguments.split(), given=sound.pcm)

    @contextmanager
    def record(self) -> Iterator[Recording]:
        """Record what the loudspeaker plays while this context lasts."""
        self._recordings += 1
        file = self._directory / f"recording-{self._recordings}"
        arguments = f"--record --raw --device={self._speaker}.monitor --rate={RATE} --channels=1 --format=s16le"
        with (
            file.open("wb") as output,
            subprocess.Popen(
                ["pacat", *arguments.split(), "--latency-msec=20"],
                env=os.environ | self.environment,
                stdout=output,
                stderr=subprocess.DEVNULL,  # it complains when the server dies
            ) as recorder,
        ):
            try:
                wait_until(lambda: file.stat().st_size, PATIENCE, "the recording")
                yield Recording(file)
            finally:
                recorder.terminate()

    def unplug(self) -> None:
        """Pull the microphone's plug."""
        self._unload("module-remap-source")

    def replug(self, name: str = "mic", rate: int = CARD_RATE) -> None:
        """Put it, or another microphone, in again."""
        module = ("module-remap-source", f"source_name={name}", "master=room.monitor", f"rate={rate}")
        self._run("pactl", "load-module", *module)
        self._run("pactl", "set-default-source", name)

    def unplug_loudspeaker(self) -> None:
        """Pull the loudspeaker's plug: what was played there goes nowhere, as on a desktop without a loudspeaker."""
        self._run("pactl", "load-module", "module-null-sink", "sink_name=nowhere")
        self._run("pactl", "set-default-sink", "nowhere")
        self._unload("module-null-sink", f"sink_name={self._speaker}")

    def replug_loudspeaker(self, name: str = "speaker", rate: int = CARD_RATE) -> None:
        """Put it, or another loudspeaker, in again."""
        module = ("module-null-sink", f"sink_name={name}", f"rate={rate}", "channels=2", "norewinds=1")
        self._run("pactl", "load-module", *module)
        self._run("pactl", "set-default-sink", name)
        self._speaker = name

    def _unload(self, *words: str) -> None:
        for line in self._run("pactl", "list", "short", "modules").splitlines():
            if all(word in line.split() for word in words):
                self._run("pactl", "unload-module", line.split()[0])

    def echo(self, on: bool, delay: float = 0.06) -> None:
        """Let the room hear the loudspeaker, so many seconds later, or not."""
        if on and "echo" not in self._modules:
            path = ("source=speaker.monitor", "sink=room", f"latency_msec={round(1000 * delay)}")
            self._modules["echo"] = self._run("pactl", "load-module", "module-loopback", *path).strip()
        elif not on and "echo" in self._modules:
            self._run("pactl", "unload-module", self._modules.pop("echo"))

    def volume(self, share: float) -> None:
        """Turn the loudspeaker down, to this share of its scale."""
        self._run("pactl", "set-sink-volume", self._speaker, f"{round(100 * share)}%")

    @contextmanager
    def take_over(self) -> Iterator[None]:
        """Let sounddevice in this very process use the card; it need not be imported yet."""
        before = {name: os.environ.get(name) for name in self.environment}
        os.environ.update(self.environment)
        try:
            _initialize_again()
            yield
        finally:
            for name, value in before.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})
            _initialize_again()


def _initialize_again() -> None:
    if "sounddevice" in sys.modules:
        sounddevice = importlib.import_module("sounddevice")
        sounddevice._terminate()
        sounddevice._initialize()
