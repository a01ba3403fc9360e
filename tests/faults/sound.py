"""Faults of the sound, made in a running evening on the virtual card: what it says and hears once sound is back."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from rig.virtual_card import Recording, VirtualCard, wait_until
from tests.faults.once import is_repeated
from tests.support.room import STARTED_WITHIN, Room, share_heard

BACK_WITHIN = 10.0  # seconds after the return of the sound in which it must speak and hear
NOTICED_WITHIN = 3.0  # seconds after the loss of a microphone in which it must be told
WARM = 5.0  # seconds after the first answer
AWAY = 5.0  # seconds that the sound is gone
LOUD = 300  # of 32767
ENOUGH = 0.6  # of the words of a sentence, by our own recognizer
INTO_IT = 0.5  # seconds of a sentence that are heard before its fault
OTHER_RATE = 44_100


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong with the sound, and how it is put right."""

    name: str
    break_it: Callable[[VirtualCard], None]
    mend_it: Callable[[VirtualCard], None]
    away: float = AWAY
    """Seconds between the two."""
    deafens: bool = True
    """Whether the microphone is lost."""
    mutes: bool = True
    """Whether the loudspeaker is lost."""
    changes: bool = False
    """Whether another device takes the place of the one that is lost."""


def _other_card(card: VirtualCard) -> None:
    card.start(OTHER_RATE)


def _unplug(card: VirtualCard) -> None:
    """The whole card, while the sound server lives on without devices."""
    card.unplug()
    card.unplug_loudspeaker()


def _replug(card: VirtualCard) -> None:
    card.replug()
    card.replug_loudspeaker()


def _other_microphone(card: VirtualCard) -> None:
    card.replug("other_mic", OTHER_RATE)


def _other_loudspeaker(card: VirtualCard) -> None:
    card.replug_loudspeaker("other_speaker", OTHER_RATE)


FAULTS = (
    Fault("server killed", VirtualCard.kill, VirtualCard.start),
    Fault("server restarted", VirtualCard.stop, VirtualCard.start, away=0.0),
    Fault("server frozen", VirtualCard.freeze, VirtualCard.thaw),
    Fault("devices suspended", lambda card: card.suspend(True), lambda card: card.suspend(False)),
    Fault("card replaced at another rate", VirtualCard.kill, _other_card, changes=True),
    Fault("card unplugged", _unplug, _replug),
    Fault("microphone unplugged", VirtualCard.unplug, VirtualCard.replug, mutes=False),
    Fault("microphone replaced", VirtualCard.unplug, _other_microphone, mutes=False, changes=True),
    Fault("loudspeaker replaced", VirtualCard.unplug_loudspeaker, _other_loudspeaker, 1.0, deafens=False, changes=True),
)
MOMENTS = ("idle", "sentence", "turn", "ring")


@dataclass
class Outcome:
    """What came of one fault in one moment."""

    fault: str
    moment: str
    noticed: float | None = None
    """Seconds from the loss of the microphone to the line that tells it."""
    spoke: float | None = None
    """Seconds from the return of the sound to the first sound of Hearthside."""
    heard: float | None = None
    """Seconds from the return of the sound until it told that it hears; 0 where it never told a loss."""
    wrong: str = ""
    """What was not as it should be; "" when all was well."""

    def line(self) -> str:
        """For people."""
        times = (("noticed", self.noticed), ("spoke", self.spoke), ("heard", self.heard))
        known = ", ".join(f"{what} {value:.1f} s" for what, value in times if value is not None)
        return f"{'FAILED' if self.wrong else 'ok'}: {self.fault}, {self.moment}: {known}; {self.wrong}".rstrip("; ")


def warm_up(room: Room) -> None:
    """Let the evening have all made ready that it makes ready in its first seconds, and have spoken."""
    room.type("what can you do")
    room.wait_for(
        lambda: "speaking" in room.modes() and room.modes()[-1] != "speaking", "the first answer", STARTED_WITHIN
    )
    time.sleep(WARM)


class Trial:
    """One fault in one moment of an evening that runs."""

    def __init__(self, card: VirtualCard, room: Room, fault: Fault, moment: str) -> None:
        self._card, self._room, self._fault = card, room, fault
        self.outcome = Outcome(fault.name, moment)
        self._began = len(room.events)
        self._returned = 0.0
        self._told_back: float | None = None
        self._over = threading.Event()

    def run(self) -> Outcome:
        """Everything about it; what goes wrong is in the outcome."""
        try:
            getattr(self, f"_{self.outcome.moment}")()
        except (AssertionError, TimeoutError) as error:
            self.outcome.wrong = " ".join(str(error).split("\n")[0].split()) or "not as it should be"
            if self._room.process.poll() is not None:
                self.outcome.wrong = f"the program ended with {self._room.process.returncode}"
        finally:
            self._over.set()
        return self.outcome

    # ---- the moments

    def _idle(self) -> None:
        with self._fault_and_return() as recording:
            self._room.type("what can you do")
            self._speaks(recording)
        self._quiet()
        self._hears("What can I say?", lambda each: each.get("intent") == "help")
        self._quiet()

    def _sentence(self) -> None:
        with self._card.record() as recording:
            self._room.type("what can you do")
            self._speaks(recording, measured=False)
            time.sleep(INTO_IT)
            before = recording.samples()
        with self._fault_and_return() as recording:
            self._speaks(recording)
            self._quiet()
            after = recording.samples()
            heard = self._room.words_in(after) if self._fault.mutes else ""
        said = [each["text"] for each in self._room.events[self._began :] if each["event"] == "said"]
        assert len(said) == len(set(map(str, said))), f"said twice: {said}"
        whole = after if self._fault.mutes else np.concatenate([before, after])  # what was cut is said again
        assert not is_repeated(whole), "the same sound is played twice"
        if self._fault.mutes:
            assert share_heard(str(said[-1]), heard) >= ENOUGH, f"of {said[-1]!r} was heard {heard!r}"
        self._hears("What can I say?", lambda each: each.get("intent") == "help")
        self._quiet()

    def _turn(self) -> None:
        self._room.type("start our check-in")
        self._wait(lambda: self._mode() == "turn", "a turn", 120.0)
        with self._fault_and_return() as recording:
            assert self._mode() == "turn", "the turn is over"
            self._hears("I'm done", lambda each: each.get("intent") == "done", until_back=True)
            self._speaks(recording, measured=False)
        self._wait(lambda: self._mode() == "turn", "the next turn", 60.0)
        self._room.type("stop")
        self._room.type("stop")
        self._quiet()

    def _ring(self) -> None:
        self._room.type("set a tea timer for 5 seconds")
        self._wait(lambda: self._timer() == "ringing", "the ring")
        with self._fault_and_return() as recording:
            self._speaks(recording)
            self._hears("Stop", lambda each: self._timer() in ("stopped", "ended", "cancelled"))
        self._quiet()

    # ---- their parts

    @contextmanager
    def _fault_and_return(self) -> Iterator[Recording]:
        """Break it, mend it, and record what is played from then on."""
        before, broken = len(self._room.events), time.monotonic()
        threading.Thread(target=self._watch, args=(before, broken), daemon=True).start()
        self._fault.break_it(self._card)
        time.sleep(self._fault.away)
        self._fault.mend_it(self._card)
        self._returned = time.monotonic()
        with self._card.record() as recording:
            self._room.record_anew(recording)
            yield recording

    def _watch(self, since: int, broken: float) -> None:
        """Note when the loss of the microphone and its return were told."""
        while not self._over.wait(0.02):
            for each in list(self._room.events[since:]):
                text, now = str(each.get("text")), time.monotonic()
                if self.outcome.noticed is None and each["event"] == "error" and "microphone" in text:
                    self.outcome.noticed = now - broken
                if self._told_back is None and text == "The microphone is back.":
                    self._told_back = now

    def _speaks(self, recording: Recording, *, measured: bool = True) -> None:
        """Wait for a sound of Hearthside after the return."""
        self._wait(lambda: np.abs(recording.samples()).max(initial=0) > LOUD, "a sound")
        if measured:
            self.outcome.spoke = time.monotonic() - self._returned
            assert self.outcome.spoke <= BACK_WITHIN, "it spoke too late"

    def _hears(self, words: str, true: Callable[[dict[str, object]], bool], *, until_back: bool = False) -> None:
        """It tells that the microphone is back, if it was lost, and understands what is said then."""
        if self.outcome.noticed is not None:
            self._wait(lambda: self._told_back, "the microphone")
        self.outcome.heard = max(0.0, (self._told_back or self._returned) - self._returned)
        assert self.outcome.heard <= BACK_WITHIN, "it heard too late"
        # While Hearthside speaks or rings, the microphone that PulseAudio puts in its place hears the loudspeaker.
        if self._fault.deafens and self._fault.away > NOTICED_WITHIN and self.outcome.moment in ("idle", "turn"):
            assert (self.outcome.noticed or 99) <= NOTICED_WITHIN, "the loss of the microphone was not told in time"
        before = len(self._room.events)
        for _ in range(3):
            self._room.command("Alex", words)
            if any(map(true, self._room.events[before:])):
                return
        self._wait(lambda: any(map(true, self._room.events[before:])), f"{words!r} to be understood", 2.0)

    def _mode(self) -> str:
        return (self._room.modes() or ["idle"])[-1]

    def _timer(self) -> object:
        states = [each["state"] for each in self._room.events[self._began :] if each["event"] == "timer"]
        return states[-1] if states else ""

    def _quiet(self) -> None:
        self._wait(lambda: self._mode() != "speaking", "silence", 60.0)

    def _wait(self, true: Callable[[], object], what: str, seconds: float = 30.0) -> None:
        def true_or_dead() -> object:
            assert self._room.process.poll() is None, "dead"
            return true()

        wait_until(true_or_dead, seconds, what)
