"""`hearthside run` in a room with a virtual sound card: two people speak, and what is answered is listened to."""

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import TracebackType

import numpy as np

from rig.virtual_card import Recording, VirtualCard, wait_until
from tests.support.evening import agree
from tests.support.paths import ROOT
from voice.config import Config, Home, save_config
from voice.edges.journal import Journal
from voice.edges.recognizer import UNHURRIED, Recognizer, open_recognizer
from voice.edges.synthesizer import PARTNERS, Synthesizer, open_synthesizer
from voice.language.text import plain
from voice.messages.recognition import Listening, Mode
from voice.messages.records import Records
from voice.messages.sound import RATE, Sound

STARTED_WITHIN = 180.0  # seconds; a busy machine loads the models slowly
ANSWERED_WITHIN = 30.0  # seconds
HEARD_WITHIN, TRIES = 15.0, 3  # seconds after which somebody who is not heard says it again; how often in all
LOUD = 300  # of 32767: louder than silence
BLOCK, AROUND = RATE // 100, 50  # samples; blocks of a pause that are read before and after a sound


@cache
def _synthesizer() -> Synthesizer:
    synthesizer = open_synthesizer("auto", "en")
    atexit.register(synthesizer.close)
    return synthesizer


@cache
def _recognizer() -> Recognizer:
    """The one with which tests listen to what was played; it has all the time that a busy machine needs."""
    recognizer = open_recognizer("moonshine", None, UNHURRIED)
    atexit.register(recognizer.close)
    return recognizer


@cache
def line(words: str, who: str) -> Sound:
    """How one of the two says it, and the pause after it. who: "Alex" or "Sam"."""
    sound = _synthesizer().render(words, PARTNERS[who == "Sam"])
    return Sound(sound.pcm + bytes(2 * sound.rate), sound.rate)


class Room:
    """A running evening; a context manager. `events` grows while it runs."""

    def __init__(self, card: VirtualCard, directory: Path, *, config: Config | None = None) -> None:
        self._card, self._home = card, Home(directory)
        config = config or Config(partners=("Alex", "Sam"))
        save_config(self._home, config)
        agree(self._home, config)
        self.events: list[dict[str, object]] = []
        self._recorder = card.record()

    def __enter__(self) -> "Room":
        self._recording: Recording = self._recorder.__enter__()
        command = [sys.executable, "-m", "voice", "run", "--json", "--seed", "1", "--home", str(self._home.directory)]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | self._card.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        try:
            wait_until(lambda: any("Listening" in note for note in self.texts("note")), STARTED_WITHIN, "the greeting")
        except TimeoutError:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)
        self._reader.join()
        for stream in (self.process.stdin, self.process.stdout):
            assert stream
            stream.close()
        self._recorder.__exit__(None, None, None)

    def _read(self) -> None:
        assert self.process.stdout
        for text in self.process.stdout:
            self.events.append(json.loads(text))

    def texts(self, event: str) -> list[str]:
        """The text of every event of this name so far."""
        return [str(each["text"]) for each in list(self.events) if each["event"] == event]

    def type(self, words: str) -> None:
        """Type a line into the running evening."""
        assert self.process.stdin
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()

    def say(self, who: str, words: str) -> None:
        """Say it aloud in the room."""
        self._card.say(line(words, who))

    def command(self, who: str, words: str) -> None:
        """Say it until it is heard as a command; people say it again too. How much is heard, the bench measures."""
        before = len(self.events)
        for _ in range(TRIES):
            self.say(who, words)
            with suppress(TimeoutError):
                wait_until(
                    lambda: any(each["event"] == "matched" for each in self.events[before:]), HEARD_WITHIN, words
                )
                return

    def wait_for(self, true: Callable[[], object], what: str, seconds: float = ANSWERED_WITHIN) -> None:
        """Wait until it is true; the events so far are told when it never is."""
        try:
            wait_until(true, seconds, what)
        except TimeoutError as error:
            raise TimeoutError(f"{error}\n" + "\n".join(map(str, self.events))) from None

    def ask(self, who: str, words: str, intent: str) -> None:
        """Say it, and wait until it is taken for this intent and answered aloud to the end."""
        before = len(self.events)
        self.command(who, words)
        self.wait_until_answered(before, lambda each: each.get("intent") == intent, words)

    def wait_until_answered(self, since: int, true: Callable[[dict[str, object]], bool], what: str) -> None:
        """Wait until this is true of an event after the first `since`, and Hearthside has spoken and listens again."""
        self.wait_for(lambda: any(map(true, self.events[since:])), what)
        self.wait_for(lambda: "speaking" in self.modes(since), f"the answer to {what}")
        self.wait_for(lambda: self.modes(since)[-1] != "speaking", f"the end of the answer to {what}")

    def modes(self, since: int = 0) -> list[str]:
        """How it has listened, after the first `since` events."""
        return [str(each["mode"]) for each in self.events[since:] if each["event"] == "listening"]

    def samples(self) -> np.ndarray:
        """What the loudspeaker has played so far."""
        return self._recording.samples()

    def record_anew(self, recording: Recording) -> None:
        """Take this recording from now on: that of before ended with its sound server."""
        self._recording = recording

    def spoken_since(self, sample: int) -> str:
        """What our own recognizer makes of what was played since then, as plain words."""
        return self.words_in(self.samples()[sample:])

    @staticmethod
    def words_in(samples: np.ndarray) -> str:
        """What our own recognizer makes of these samples, as plain words; they may hold 49 seconds of speech."""
        recognizer = _recognizer()
        recognizer.listen(Listening(Mode.IDLE))
        recognizer.accept(without_long_pauses(samples).tobytes())
        return plain(recognizer.finish().text)

    def records(self) -> Records:
        """What is kept now."""
        journal = Journal(self._home.database)
        try:
            return journal.records()
        finally:
            journal.close()


def without_long_pauses(samples: np.ndarray) -> np.ndarray:
    """The same with at most a second of each pause: on a busy machine they become longer than can be read at once."""
    if len(samples) < BLOCK:
        return samples
    blocks = samples[: len(samples) // BLOCK * BLOCK].reshape(-1, BLOCK)
    is_loud = np.abs(blocks.astype(int)).max(axis=1) > LOUD
    is_near = np.convolve(is_loud, np.ones(2 * AROUND + 1))[AROUND:-AROUND] > 0
    return blocks[is_near].ravel()


def share_heard(said: str, heard: str) -> float:
    """The share of the words said that were heard again."""
    words = plain(said).split()
    return sum(word in heard.split() for word in words) / len(words)
