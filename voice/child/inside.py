"""The inside of a child process: builds the object that is asked for and answers for it over two pipes."""

import os
import pickle
import signal
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import NamedTuple, NoReturn

from voice.errors import HearthsideError
from voice.memory import give_back_memory

_LENGTH = struct.Struct(">I")  # before every message: its length in bytes


@dataclass(frozen=True, slots=True)
class Birth:
    """The first message to a child: what to build."""

    factory: Callable[..., object]
    """What builds the object; it must be importable in the child."""
    arguments: tuple[object, ...]
    """What it is called with."""


class Request(NamedTuple):
    """A method to call. Some are sent with every frame, and a tuple is pickled in half the time of a dataclass."""

    method: str
    """The name of a method of the object."""
    arguments: tuple[object, ...]
    """What it is called with."""
    wanted: bool
    """True if somebody waits for the answer."""


class Answer(NamedTuple):
    """The result of a request, or of building the object."""

    value: object = None
    """The method's return value."""
    error: HearthsideError | None = None
    """Raised by the method; the child goes on."""
    last_words: str = ""
    """The text of any other exception; the child ends."""


def serve() -> None:
    """Build the object that the parent asks for and answer requests until the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, answers = _private_pipes()
    inbox: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_fill, args=(inbox, requests), daemon=True).start()

    def answer(content: Answer) -> None:
        write_message(answers, pickle.dumps(content))

    def say_last_words(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
        answer(Answer(last_words=f"{kind.__name__}: {error}"))

    sys.excepthook = say_last_words
    birth: Birth = pickle.loads(inbox.get())
    try:
        server = birth.factory(*birth.arguments)
    except HearthsideError as error:
        answer(Answer(error=error))
        return
    give_back_memory()
    answer(Answer())
    while True:
        request: Request = pickle.loads(inbox.get())
        method = getattr(server, request.method)
        if not request.wanted:
            method(*request.arguments)
            continue
        try:
            answer(Answer(method(*request.arguments)))
        except HearthsideError as error:
            answer(Answer(error=error))


def _private_pipes() -> tuple[int, int]:
    """Take the pipes to the parent away from standard input and output, which libraries print to."""
    requests, answers = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    os.close(null)
    return requests, answers


def _fill(inbox: SimpleQueue[bytes], requests: int) -> NoReturn:
    """Carry requests to the inbox; when the parent is gone, end at once, even in the middle of a request."""
    while (message := read_message(requests)) is not None:
        inbox.put(message)
    os._exit(0)


# ---- the pipes -----------------------------------------------------------------------------------


def write_message(descriptor: int, message: bytes) -> None:
    """Send one message through a pipe; raises OSError when nobody is at its other end."""
    rest = memoryview(_LENGTH.pack(len(message)) + message)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def read_message(descriptor: int) -> bytes | None:
    """One message, or None when the other side has closed."""
    header = _read_exactly(descriptor, _LENGTH.size)
    return _read_exactly(descriptor, _LENGTH.unpack(header)[0]) if header else None


def _read_exactly(descriptor: int, size: int) -> bytes | None:
    """Exactly this many bytes; None if the other side closes first."""
    chunks = bytearray()
    while len(chunks) < size:
        chunk = os.read(descriptor, size - len(chunks))
        if not chunk:
            return None
        chunks += chunk
    return bytes(chunks)
