"""The thread of the ears: frames from the microphone in, reports into the inbox of the loop."""

import queue
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voice.edges.microphone import Microphone
from voice.errors import HearthsideError
from voice.listening.ears import Ears, Onset
from voice.messages.recognition import Heard
from voice.messages.sound import FRAME_SECONDS

POLL = 0.05  # seconds between two looks at what is going on
DEAF_FOR = 1.0  # seconds after a recognizer's error until it is tried again
AFTER_A_KEY = 8.0  # seconds after a key in which somebody must begin to speak, where it listens after a key
ENDS_WITHIN = 6.0  # seconds that the ear thread may take to end: one utterance, whatever breaks


@dataclass(frozen=True, slots=True)
class Spellings:
    """How new names come out when they are heard."""

    found: Mapping[str, tuple[str, ...]]
    """Name -> other spellings."""


Inbox = queue.SimpleQueue[Onset | Heard | Spellings | str]  # what other threads report; a text is trouble, in one line


class OneUtterance:
    """Follows the frames after a key until somebody has said something, or nothing for too long."""

    def __init__(self) -> None:
        self.over = True
        self._frames_left = 0

    def begin(self) -> None:
        """A key was pressed."""
        self._frames_left = round(AFTER_A_KEY / FRAME_SECONDS)
        self.over = False

    def follow(self, heard: Sequence[Onset | Heard]) -> None:
        """Take what a frame brought."""
        spoken = any(isinstance(what, Onset) for what in heard)
        self._frames_left = sys.maxsize if spoken else self._frames_left - 1
        said = any(isinstance(what, Heard) and what.transcript.final for what in heard)
        self.over = self.over or said or self._frames_left <= 0


class EarThread:
    """Listens beside the loop, so that a slow decode never delays a key, a bell or a word.

    Its thread alone uses the microphone and the ears, but for what those allow to others. The methods are called from
    the thread of the loop; the inbox may be read and written from any.
    by_key: the microphone is open for one utterance after `listen_once`, and closed else.
    """

    def __init__(self, ears: Ears, microphone: Microphone, inbox: Inbox, *, by_key: bool = False) -> None:
        self._ears, self._microphone, self._inbox = ears, microphone, inbox
        self._closed = threading.Event()
        self._muted = threading.Event()
        self._asked = OneUtterance() if by_key else None
        self._thread = threading.Thread(target=self._work, name="ears", daemon=True)
        self._thread.start()

    def _work(self) -> None:
        while not self._closed.is_set():
            try:
                self._listen()
            except HearthsideError as error:
                self._inbox.put(error.line())
                self._closed.wait(DEAF_FOR)

    def _listen(self) -> None:
        if self._deaf:
            self._microphone.pause()
            self._ears.reset()
            while self._deaf and not self._closed.is_set():
                self._closed.wait(POLL)
            self._microphone.open()
        frame = self._microphone.read(timeout=POLL)
        if frame is not None:
            heard = tuple(self._ears.hear(frame))
            for what in heard:
                self._inbox.put(what)
            if self._asked:
                self._asked.follow(heard)

    @property
    def _deaf(self) -> bool:
        return self._muted.is_set() or (self._asked is not None and self._asked.over)

    def listen_once(self) -> None:
        """Open the microphone for one utterance, where it listens after a key."""
        if self._asked:
            self._asked.begin()

    def settle(self) -> None:
        """The utterance was acted on: close the microphone, where it listens after a key."""
        if self._asked:
            self._asked.over = True

    def mute(self, muted: bool) -> None:
        """Close the microphone stream, or open it again."""
        if muted:
            self._muted.set()
        else:
            self._muted.clear()

    def close(self) -> None:
        """End, with the microphone closed for good."""
        self._closed.set()
        self._thread.join(timeout=ENDS_WITHIN)
        self._microphone.close()
