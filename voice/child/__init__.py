"""Runs an object in a child process: a library that crashes or hangs in there cannot stop the program."""

import pickle
import subprocess
import sys
import time
from collections.abc import Callable
from math import inf
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Self

from voice.child.inside import Answer, Birth, Request, read_message, write_message

START_PATIENCE = 20.0  # seconds; the largest model in use loads in 5 on a slow machine
_PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from voice.child.inside import serve; serve()"


class ChildLost(Exception):
    """The child process is gone; the next call starts another.

    reason: "died", "hung" or "would not start". text: its last words, or "".
    """

    def __init__(self, name: str, reason: str, text: str = "") -> None:
        self.name, self.reason, self.text = name, reason, text
        super().__init__(f"{name} {reason}" + (f": {text}" if text else ""))


class Child:
    """An object that lives in a child process. Safe to use from several threads; they take turns."""

    def __init__(
        self,
        factory: Callable[..., object],
        *arguments: object,
        name: str,
        patience: float = 5.0,
        start_patience: float = START_PATIENCE,
    ) -> None:
        """factory: a function or class of an importable module, called with the arguments in the child.

        patience, start_patience: seconds that a call, or the building of the object, may take.
        """
        self.name = name
        self._birth = pickle.dumps(Birth(factory, arguments))
        self._patience, self._start_patience = patience, start_patience
        self._process: _Process | None = None
        self._lock = Lock()

    @property
    def pid(self) -> int | None:
        """The process that runs now, or None."""
        process = self._process
        return process.pid if process else None

    def start(self) -> None:
        """Begin to build the object without waiting for it."""
        with self._lock:
            self._running()

    def call(self, method: str, *arguments: object, timeout: float | None = None) -> object:
        """The result of `object.method(*arguments)` in the child. timeout: seconds, in place of the patience.

        Raises the HearthsideError that it raised, or ChildLost when the process died, hung or did not start;
        any other exception in there ends the child, and its text comes with ChildLost.
        """
        request = pickle.dumps(Request(method, arguments, wanted=True))
        with self._lock:
            process = self._running()
            self._built(process, inf)
            process.send(request)
            return self._take(process, "hung", self._patience if timeout is None else timeout)

    def wait(self, seconds: float = inf) -> bool:
        """Wait for the object to be built; True if it is. seconds: to wait; the start patience is the limit for good.

        Raises ChildLost or the HearthsideError of an object that cannot be built.
        """
        with self._lock:
            return self._built(self._running(), seconds)

    def tell(self, method: str, *arguments: object) -> None:
        """Have `object.method(*arguments)` called, in order with the calls, without waiting for it."""
        request = pickle.dumps(Request(method, arguments, wanted=False))
        with self._lock:
            self._running().send(request)

    def close(self) -> None:
        """End the process. A later call would start another."""
        with self._lock:
            self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _running(self) -> "_Process":
        if self._process is None:
            self._process = _Process(self._birth)
        return self._process

    def _built(self, process: "_Process", seconds: float) -> bool:
        if not process.ready:
            left = process.born + self._start_patience - time.monotonic()
            if seconds < left and not process.answers_within(seconds):
                return False
            self._take(process, "would not start", left)
            process.ready = True
        return True

    def _take(self, process: "_Process", late: str, seconds: float) -> object:
        """The next answer. late: the reason to give when there is none within so many seconds."""
        if not process.answers_within(seconds):
            self._end()
            raise ChildLost(self.name, late, "it did not answer in time")
        answer = process.receive()
        if answer is None or answer.last_words:
            self._end()
            reason = "died" if process.ready else "would not start"
            raise ChildLost(self.name, reason, answer.last_words if answer else "")
        if answer.error:
            if not process.ready:
                self._end()
            answer.error.args = (answer.error.line(),)  # pickle rebuilds an exception from its line alone
            raise answer.error
        return answer.value

    def _end(self) -> None:
        if self._process is not None:
            self._process.end()
            self._process = None


class _Process:
    """One process of a child. Two threads carry the messages, so no caller blocks on a pipe."""

    def __init__(self, birth: bytes) -> None:
        self._popen = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # users see one line; what speech libraries log is not for them
            bufsize=0,
            start_new_session=True,  # a Ctrl-C in the terminal is for the parent
        )
        self.pid = self._popen.pid
        self.born = time.monotonic()
        self.ready = False
        self._outgoing: SimpleQueue[bytes | None] = SimpleQueue()
        self._incoming: SimpleQueue[bytes | None] = SimpleQueue()
        self._received: list[bytes | None] = []
        self._threads = [Thread(target=self._write, daemon=True), Thread(target=self._read, daemon=True)]
        for thread in self._threads:
            thread.start()
        self.send(birth)

    def send(self, message: bytes) -> None:
        self._outgoing.put(message)

    def answers_within(self, seconds: float) -> bool:
        """True if an answer, or the news that the child has died, arrives in time."""
        if not self._received:
            try:
                self._received.append(self._incoming.get(timeout=max(seconds, 0.0)))
            except Empty:
                return False
        return True

    def receive(self) -> Answer | None:
        """The answer that arrived; None: the child has died. Call it after `answers_within`."""
        message = self._received.pop()
        if message is None:
            return None
        answer = pickle.loads(message)
        assert isinstance(answer, Answer)
        return answer

    def end(self) -> None:
        """Kill and bury: no process, thread or descriptor is left."""
        self._popen.kill()
        self._popen.wait()
        self._outgoing.put(None)
        for thread in self._threads:
            thread.join()
        for pipe in (self._popen.stdin, self._popen.stdout):
            assert pipe is not None
            pipe.close()

    def _write(self) -> None:
        assert self._popen.stdin is not None
        try:
            while (message := self._outgoing.get()) is not None:
                write_message(self._popen.stdin.fileno(), message)
        except OSError:
            pass  # it died: whoever waits for an answer is told so by the reading thread

    def _read(self) -> None:
        assert self._popen.stdout is not None
        while (message := read_message(self._popen.stdout.fileno())) is not None:
            self._incoming.put(message)
        self._incoming.put(None)
