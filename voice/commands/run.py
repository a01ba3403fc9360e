"""`hearthside run`: an evening through the microphone, with the keyboard beside it."""

import queue
import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from voice.captions import Caption, Captions, captions
from voice.commands.keyboard import take_line, typed_lines
from voice.commands.mute import MuteSwitch
from voice.composition import (
    AnyMouth,
    House,
    finish_speaking,
    new_seed,
    open_ears,
    open_house,
    open_mouth,
    with_sentences,
)
from voice.config import find_home
from voice.edges.clock import Clock
from voice.edges.microphone import Microphone
from voice.errors import HearthsideError, MicrophoneError
from voice.listening.ears import Ears, Onset
from voice.memory import give_back_memory, uncollected
from voice.messages.recognition import Heard, Listening, Mode
from voice.messages.sound import FRAME_SECONDS

POLL = 0.05  # seconds between two looks at what is going on
DEAF_FOR = 1.0  # seconds after a recognizer's error until it is tried again
SWITCH_WHILE_LEARNING = 0.001  # seconds that ears and voice wait for their turn; usually 0.005, many times an answer
AFTER_A_KEY = 8.0  # seconds after a key in which somebody must begin to speak, where it listens after a key
ENDS_WITHIN = 6.0  # seconds that the ear thread may take to end: one utterance, whatever breaks

Inbox = queue.SimpleQueue[Onset | Heard | str]  # what the ears report; a text is trouble, in one line


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
            self._microphone.close()
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
        """End, with the microphone closed."""
        self._closed.set()
        self._thread.join(timeout=ENDS_WITHIN)
        self._microphone.close()


class Evening:
    """One evening in the room: the thread that decides, and what it takes from ears and keys."""

    def __init__(self, house: House, mouth: AnyMouth, ears: Ears, tell: Captions, seed: int, inbox: Inbox) -> None:
        self._house, self._ears, self._inbox = house, ears, inbox
        self._clock = Clock()
        self.loop = house.loop(mouth, self._clock, tell, seed, self._listen)
        self._lines = typed_lines()
        self._mute = MuteSwitch(house.home)
        self._by_key = house.config.listen == "key"

    def _listen(self, listening: Listening) -> None:
        self._ears.listen(with_sentences(listening, self._house.understanding))

    def go_on(self, microphone: Microphone) -> None:
        """Until /quit, or Ctrl-C."""
        thread = EarThread(self._ears, microphone, self._inbox, by_key=self._by_key)
        try:
            self.loop.start()  # it needs some of what is made ready then
            threading.Thread(target=self._make_ready, name="make ready", daemon=True).start()
            while not self.loop.over:
                self._take_one(thread)
                self._take_lines(thread)
                self.loop.tick()
                if self.loop.muted:
                    self._mute.close()
                    self.loop.muted = False
                thread.mute(self._mute.closed)
        finally:
            thread.close()

    def _make_ready(self) -> None:
        """What the first words would wait for else, the likeliest first, with others in between."""
        usual = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_WHILE_LEARNING)
        with uncollected():
            for mode in Mode:
                self._ears.learn(mode, self._house.understanding.index.graph(mode))
            self._house.understanding.warm_up()
        sys.setswitchinterval(usual)
        give_back_memory()

    def _take_one(self, thread: EarThread) -> None:
        try:
            what = self._inbox.get(timeout=POLL)
        except queue.Empty:
            return
        if isinstance(what, Onset):
            self.loop.voices()
        elif isinstance(what, Heard):
            # The microphone counts its own seconds; the loop wants them on its clock.
            began = self._clock.at() - (what.at - what.began)
            worth_waiting = self.loop.hear(replace(what, began=began))
            self._ears.wait(what.number, worth_waiting)
            if not worth_waiting:
                thread.settle()
        else:
            self.loop.trouble(what)

    def _take_lines(self, thread: EarThread) -> None:
        while not self._lines.empty():
            line = self._lines.get()
            if line is None:
                continue  # no keyboard; the room goes on
            if not line.strip():
                self._enter(thread)
            elif line.strip() == "m":
                self._mute.toggle()
            else:
                take_line(self.loop, self._clock, line)

    def _enter(self, thread: EarThread) -> None:
        state = self.loop.state
        if self._by_key and not state.speaking and not state.ringing:
            self.loop.tell(Caption("note", self._clock.at(), {"text": "Listening."}))
            thread.listen_once()
        else:
            self.loop.press("stop")


def run(directory: Path | None, *, as_json: bool, seed: int | None, show_ignored: bool) -> int:
    """Listen through the microphone; where there is none, play the demo and go on with the keyboard."""
    house = open_house(find_home(directory))
    tell = captions(as_json=as_json, show_ignored=show_ignored)
    inbox = Inbox()
    microphone = Microphone(house.config.microphone, inbox.put, tell.note)
    try:
        microphone.open()
    except MicrophoneError as error:
        house.close()
        return _without_microphone(directory, error)
    MuteSwitch(house.home).open()  # a new evening begins with open ears
    tell.note("Opening ears and voice ...")
    mouth = open_mouth(house.config, inbox.put)
    ears, recognizer = open_ears(house)
    tell.note(greeting(house, recognizer.engines))
    evening = Evening(house, mouth, ears, tell, new_seed() if seed is None else seed, inbox)
    try:
        evening.go_on(microphone)
        finish_speaking(evening.loop, mouth)
    except KeyboardInterrupt:
        tell.note("Goodnight.")
    finally:
        recognizer.close()
        house.close()
    return 0


def greeting(house: House, engines: tuple[str, ...]) -> str:
    """Who listens for whom, with which engines, and what the keys do."""
    first, second = house.partners
    names = f"{first} and {second}" + ("" if house.config.partners else " (made up: give yours with hearthside setup)")
    ears = " and ".join(engines)
    how = {
        "wake": f"Say “{house.config.wake}” first: “{house.config.wake}, ask us a question”.",
        "key": "Press Enter, then say “ask us a question” or “help”.",
    }.get(house.config.listen, "Say “ask us a question” or “help”.")
    return (
        f"Listening for {names}, with {ears}. {how}\n"
        "Keys: Enter stops it, m Enter closes or opens the microphone, /quit ends. Or type what you would say."
    )


def _without_microphone(home: Path | None, error: MicrophoneError) -> int:
    from voice.commands.demo import demo
    from voice.commands.keyboard import type_evening

    print(error.line())
    print("Here is an evening as it sounds, through the whole loop:")
    demo(home, as_json=False, seed=None, speak=None, quiet=False)
    if not sys.stdin.isatty():
        return 0
    print("Now you, by keyboard. Type “help”, or /quit.")
    return type_evening(home, as_json=False, seed=None, now=None, aloud=False)
