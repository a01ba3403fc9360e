"""An evening in the room: the thread that decides, and what it takes from ears and keys."""

import gc
import queue
import sys
import threading
from dataclasses import replace

from voice.captions import Caption, Captions
from voice.composition import AnyMouth, House
from voice.edges.clock import Clock
from voice.edges.microphone import Microphone
from voice.edges.service_manager import ServiceManager
from voice.listening.ears import Ears, Onset
from voice.listening.turn_taking import Settled
from voice.memory import give_back_memory, uncollected
from voice.messages.events import Key
from voice.messages.recognition import Heard, Mode, Need
from voice.messages.sound import Played
from voice.runtime.driving import deliver
from voice.runtime.ear_thread import POLL, EarThread, Inbox, Spellings
from voice.runtime.mute_switch import MuteSwitch
from voice.runtime.name_hearing import find_spellings
from voice.runtime.typed_lines import take_line, typed_lines

AT_REST = 0.15  # seconds between two looks while nothing is said: nobody notices, and it is a third of the work
GIVES_BACK = 10.0  # seconds at least between two times that memory is given back, which takes 2 to 20 ms
SWITCH_WHILE_LEARNING = 0.001  # seconds that ears and voice wait for their turn; usually 0.005, many times an answer


class Evening:
    """One evening in the room. Every method is called from one thread, that of the loop."""

    def __init__(self, house: House, mouth: AnyMouth, ears: Ears, tell: Captions, seed: int, inbox: Inbox) -> None:
        self._house, self._mouth, self._ears, self._inbox = house, mouth, ears, inbox
        self._clock = Clock()
        self.loop = house.loop(mouth, self._clock, tell, seed, ears.listen)
        self._lines = typed_lines()
        self._mute = MuteSwitch(house.home)
        self._heard_something, self._gave_back_at = False, 0.0
        self._by_key = house.config.listen == "key"
        house.changed.append(self._begin_to_learn_names)

    def go_on(self, microphone: Microphone, manager: ServiceManager) -> None:
        """Until /quit, or Ctrl-C. manager: is told how it is."""
        self._mouth.tell(lambda played: self._hear_ourselves(played, microphone))
        thread = EarThread(self._ears, microphone, self._inbox, by_key=self._by_key)
        try:
            self.loop.start()  # it needs some of what is made ready then
            threading.Thread(target=self._make_ready, name="make ready", daemon=True).start()
            manager.ready()
            while not self.loop.over:
                manager.alive()
                self._take_one(thread)
                self._take_lines(thread)
                self.loop.tick()
                if self.loop.muted:
                    self._mute.close()
                    self.loop.muted = False
                thread.mute(self._mute.closed)
        finally:
            manager.stopping()
            thread.close()

    def _hear_ourselves(self, played: Played, microphone: Microphone) -> None:
        """Let the ears know what is played; called from the thread of the loudspeaker."""
        if (on_its_clock := microphone.on_its_clock(played)) is not None:
            self._ears.canceller.play(on_its_clock)

    def _make_ready(self) -> None:
        """Build what the first words would wait for else, the likeliest modes first. It runs in a thread of its own.

        Besides what every thread may ask of the understanding's index, it uses nothing but `Ears.learn`.
        """
        usual = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_WHILE_LEARNING)
        index = self._house.understanding.index
        with uncollected():
            for mode in Mode:
                index.index(mode)
                if Need.GRAPH in self._ears.needs:
                    self._ears.learn(mode, index.graph(mode))
            self._house.understanding.warm_up(self._ears.needs)
        sys.setswitchinterval(usual)
        give_back_memory()

    def _begin_to_learn_names(self) -> None:
        threading.Thread(target=self._learn_names, name="learn names", daemon=True).start()

    def _make_ready_anew(self) -> None:
        """Make ready for sentences with new names, in place of those with the old ones; a thread of its own."""
        gc.collect()  # what was known before: 100 MB that hold each other
        self._make_ready()

    def _learn_names(self) -> None:
        """Make ready for sentences with new names, and find how they are heard; a thread of its own."""
        self._make_ready_anew()
        found, _ = find_spellings(self._house.home, self._house.config, self._house.content)
        if found:
            self._inbox.put(Spellings(found))

    def _take_one(self, thread: EarThread) -> None:
        try:
            what = self._inbox.get(timeout=POLL if self.loop.state.speaking else AT_REST)
        except queue.Empty:
            self._give_back()
            return
        self._heard_something = True
        if isinstance(what, str):
            self.loop.trouble(what)
        elif isinstance(what, Spellings):
            self._house.spell(what.found)
            threading.Thread(target=self._make_ready_anew, name="make ready", daemon=True).start()
        elif isinstance(deliver(self._on_our_clock(what), self.loop, self._ears), Settled):
            thread.settle()

    def _give_back(self) -> None:
        """Nothing happens just now: give back the memory that understanding left free, up to 20 MB in a minute."""
        if self._heard_something and self._clock.at() - self._gave_back_at >= GIVES_BACK:
            self._heard_something, self._gave_back_at = False, self._clock.at()
            give_back_memory()

    def _on_our_clock(self, report: Onset | Heard) -> Onset | Heard:
        """The microphone counts its own seconds; the loop wants the beginning of an utterance on its clock."""
        if isinstance(report, Onset):
            return report
        return replace(report, began=self._clock.at() - (report.at - report.began))

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
        if self._by_key and not state.speaking and not state.timers.ringing:
            self.loop.tell(Caption("note", self._clock.at(), {"text": "Listening."}))
            thread.listen_once()
        else:
            self.loop.press(Key.STOP)
