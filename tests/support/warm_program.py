"""Starts of the program without what every start loads anew: a process that has loaded it forks for each of them.

What is loaded is real: the program's modules, the packs that ship, and what is understood for Alex and Sam. A start
that needs other packs or names loads them as ever. The child that runs a command is the program in all else: its own
process, arguments, environment, standard streams and exit code.
"""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile

from tests.support.paths import ROOT
from voice import composition
from voice.composition import STAND_INS
from voice.config import Config, Home
from voice.content import Content
from voice.nlu.understanding import Understanding

LARGEST_REQUEST = 1 << 17  # bytes of arguments and environment


class WarmProgram:
    """The client: `run` is a start of the program. It ends with the process that asked for it."""

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._server = subprocess.Popen(
                [sys.executable, "-m", "tests.support.warm_program", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                cwd=ROOT,
                start_new_session=True,
            )

    def run(self, arguments: Sequence[str], text: bytes, timeout: float) -> tuple[int, bytes, bytes]:
        """The exit code (negative: the signal that ended it) and what was printed. text: the standard input."""
        request = json.dumps([arguments, dict(os.environ)]).encode()
        with TemporaryFile() as given, TemporaryFile() as out, TemporaryFile() as err:
            given.write(text)
            given.seek(0)
            streams = (given, out, err)
            socket.send_fds(self._socket, [request], [stream.fileno() for stream in streams])
            self._socket.settimeout(timeout)
            try:
                code = int(self._socket.recv(LARGEST_REQUEST))
            except TimeoutError:  # a program that hangs ends with its server, so that the next start has another one
                os.killpg(self._server.pid, signal.SIGKILL)
                warm_program.cache_clear()
                raise
            out.seek(0)
            err.seek(0)
            return code, out.read(), err.read()


@cache
def warm_program() -> WarmProgram:
    """The one of this process."""
    return WarmProgram()


def serve(requests: socket.socket) -> None:
    """Fork for each request and answer with the exit code; return in each child, ready to run, and at the end."""
    while True:
        request, streams, _, _ = socket.recv_fds(requests, LARGEST_REQUEST, 3)
        if not request:
            os._exit(0)
        child = os.fork()
        if child == 0:
            requests.close()
            _become(*json.loads(request), streams)
            return
        for stream in streams:
            os.close(stream)
        requests.send(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])).encode())


def _become(arguments: Sequence[str], environment: Mapping[str, str], streams: Sequence[int]) -> None:
    """Take over the arguments, the environment and the standard streams of a start."""
    sys.argv = ["hearthside", *arguments]
    os.environ.clear()
    os.environ.update(environment)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)


def load() -> None:
    """Load what a start for Alex and Sam with the packs that ship would load, and have the composition find it."""
    for module in (ROOT / "voice" / "commands").glob("[a-z]*.py"):
        import_module(f"voice.commands.{module.stem}")
    load_content, understand = composition.load_content, composition._understanding
    shipped = load_content()
    understood = understand(Home(Path(os.devnull)), Config(), shipped, ours=True)
    understood.warm_up(())

    def content_of(language: str = "en", extra: Path | None = None) -> Content:
        has_own = extra is not None and any((extra / name).exists() for name in ("intents", "prompts"))
        return load_content(language, extra) if has_own or language != "en" else shipped

    def understanding_of(home: Home, config: Config, content: Content, *, ours: bool) -> Understanding:
        asked = content is shipped, config.partners or STAND_INS, config.heard_as, config.code_word
        return understood if asked == (True, STAND_INS, {}, None) else understand(home, config, content, ours=ours)

    composition.load_content, composition._understanding = content_of, understanding_of


if __name__ == "__main__":
    load()
    serve(socket.socket(fileno=int(sys.argv[1])))
    from voice.__main__ import main

    main()
