"""Walks evenings: two simulated people at the real program, by typed lines; nothing is heard or said aloud."""

import traceback
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench.evenings.people import People, asked_by_name, own
from bench.evenings.plans import Plan, house_of
from bench.evenings.trace import Line, Trace, Watched
from voice.composition import STAND_INS, House
from voice.config import Home, load_config, save_config
from voice.content.steps import Turn
from voice.dialogue.consent import setting_of
from voice.dialogue.state import PendingQuestion
from voice.edges.clock import AudioClock
from voice.edges.journal import Journal
from voice.loop import Loop
from voice.messages.actions import Keep
from voice.messages.meaning import Addressing
from voice.messages.recognition import Mode
from voice.messages.records import CarrierPhrase, Note, NoteKind
from voice.skills.notes.keep_note import KeepLine
from voice.skills.sessions.session import CalmMoment
from voice.speaking.mouth import SilentMouth

EVENING = datetime(2026, 11, 23, 18, 30).astimezone()
TICK, LONGEST_QUIET = 0.5, 1300.0  # seconds
CRASHES = (LookupError, ValueError, TypeError, AssertionError, AttributeError)
LINES_IN_SESSION, LINES_AFTER_WISH = 70, 6
IN_TURNS = ("start_timer", "again", "time_left", "another", "lighter", "deeper", "skip", "pass", "help", "pause")
RARELY_IN_TURNS = ("end_session", "not_tonight", "guests", "goodnight", "stop", "back", "more_time", "hurt")
BETWEEN = ("start_timer", "louder", "privacy", "time_left")
"""What is wished for while a yes is awaited."""
AT_QUESTIONS = (
    "again",
    "help",
    "not_now",
    "pass",
    "pause",
    "unsure",
    "not_yet",
    "start_timer",
    "skip",
    "done",
    "go_on",
)


def walk(plan: Plan) -> Trace:
    """Walk an evening in a home of its own."""
    with TemporaryDirectory(prefix="hearthside-evening-") as directory:
        home, known = Home(Path(directory)), house_of(plan.couple)
        save_config(home, plan.couple)
        with closing(
            House(home, load_config(home), known.content, Journal(home.database), known.understanding)
        ) as house:
            walker = Walker(plan, house)
            try:
                walker.walk()
            except CRASHES:
                walker.trace.crash = traceback.format_exc(limit=-3)
            return walker.trace


class Walker:
    """One evening being walked."""

    def __init__(self, plan: Plan, house: House) -> None:
        self.plan, self.chance = plan, Random(f"evening {plan.number}")
        named = plan.couple.partners is not None
        partners = plan.couple.partners or STAND_INS
        self.clock = AudioClock(EVENING + timedelta(minutes=self.chance.randrange(0, 300)))
        self._prepare(house.journal, partners)
        self.people = People(house.content, partners, named, self.chance)
        self.trace = Trace(plan.title, house.spoken, partners, named)
        self.loop: Loop = house.loop(SilentMouth(), self.clock, lambda caption: None, plan.number)
        self.loop.assistant = Watched.watching(self.loop.assistant, self.trace)

    def _prepare(self, journal: Journal, partners: tuple[str, str]) -> None:
        """What they kept on other days; three of four couples have agreed to that."""
        first, second = partners
        if self.chance.random() < 0.25:
            return
        journal.store(setting_of(partners))
        before = self.clock.now() - timedelta(days=2, hours=1)
        for note in (
            Note(first, second, "you carried the heavy suitcase upstairs", CarrierPhrase.THAT, before),
            Note(second, "", "more daylight on weekdays", CarrierPhrase.LINE, before, kind=NoteKind.NEED),
            Note(first, "", "the heron by the frozen canal", CarrierPhrase.LINE, before, kind=NoteKind.JOURNAL),
            Note(
                second, first, "the spare key hangs behind the lantern", CarrierPhrase.LINE, before, kind=NoteKind.NOTE
            ),
        ):
            journal.store(Keep(note))

    # ---- the evening ---------------------------------------------------------------------------------

    def walk(self) -> None:
        """From the first word to an hour after the last one."""
        self.loop.start()
        self._settle()
        wishes = list(self.plan.wishes)
        has_guests = self.chance.random() < 0.12
        if has_guests:
            self._wish("guests")
        for intent in wishes[:3]:
            self._wish(intent)
        if has_guests and self.chance.random() < 0.7:
            self._wish("guests_gone")
        self._session(self.plan.script)
        for intent in wishes[3:]:
            self._wish(intent)
        if self.chance.random() < 0.5:
            self._wish("goodnight")
        self._wait(3600.0, step=5.0)

    def _wish(self, intent: str) -> None:
        """Wish for something, and answer what it asks."""
        line = self.people.wish(intent)
        is_open = self.loop.state.listening.mode not in (Mode.IDLE, Mode.QUESTION, Mode.RINGING)
        if is_open and (self.loop.state.walk or self.chance.random() < 0.5):
            self._say(self.people.wish("stop", plainly=True))
        self._say(line)
        for _ in range(LINES_AFTER_WISH):
            if not (self.loop.state.awaited or self.loop.state.walk):
                break
            self._react()
        self._leave()
        if self.chance.random() < 0.3:
            self._wait(self.chance.choice((10.0, 40.0, 150.0)))

    def _session(self, script: str) -> None:
        """Begin a session and go through it, as far as chance lets them."""
        self._say(self.people.wish(script))
        if not self._is_in(script):
            self._leave()
            self._say(self.people.wish(script, plainly=True))
        for _ in range(LINES_IN_SESSION):
            if not (self.loop.state.walk or self.loop.state.awaited):
                return
            self._react()
        self._leave()

    def _is_in(self, script: str) -> bool:
        return self.loop.state.walk is not None and self.loop.state.walk.script.id == script

    def _leave(self) -> None:
        """Out of whatever still goes on: first by silence, then by a word."""
        if self.loop.state.awaited and not self.loop.state.walk and self.chance.random() < 0.5:
            self._wait(70.0)
        if self.loop.state.awaited or self.loop.state.walk:
            self._say(self.people.wish("stop", plainly=True))

    # ---- a line --------------------------------------------------------------------------------------

    def _react(self) -> None:
        """Whatever one of the two does next."""
        state = self.loop.state
        walk, awaited = state.walk, state.awaited
        if awaited:
            self._answer(awaited)
        elif walk and walk.stopped_at is not None:
            self._wait(self.chance.choice((20.0, 200.0)))
            if self.chance.random() < 0.3:
                self._say(self.people.wish("ask", plainly=True))
            self._say(self._own("ready_early" if self.chance.random() < 0.5 else "go_on"))
        elif walk and isinstance(walk.current, Turn):
            self._take_turn(walk.length)
        else:
            self._wait(5.0)

    def _answer(self, awaited: PendingQuestion) -> None:
        """An answer, or what people do instead of answering."""
        roll = self.chance.random()
        if roll < 0.06:
            self._wait(75.0 if awaited.mode is Mode.WORDS else 20.0)
        elif roll < 0.12:
            self._say(own(self._asked(), self.people.hesitation()))
        elif roll < 0.16:
            self._say(own(self._asked(), self.people.talk()))
        elif roll < 0.24:
            line = self._own(self.chance.choice(AT_QUESTIONS))
            self._say(own(self._asked(), line.text, line.meant))
        elif roll < 0.28 and awaited.mode is Mode.YES_NO:
            self._say(self.people.wish(self.chance.choice(BETWEEN), plainly=True))
        elif awaited.mode is Mode.WORDS:
            who = self._asked()
            self.people.speaker = who
            self._say(own(who, self.people.line_to_keep(who), "words"))
        elif awaited.mode is Mode.YES_NO:
            self._say_yes_or_no(awaited)
        else:
            self._say(own(self._asked(), self.people.value(self.loop.state), "answer"))

    def _say_yes_or_no(self, awaited: PendingQuestion) -> None:
        truth = self.people.settles(awaited)
        likely = 0.9 if isinstance(awaited, CalmMoment) else 0.75
        is_yes = self.chance.random() < likely if truth is None else truth
        if self._is_read_back_wrongly(awaited):
            is_yes = False
        plainly = awaited.needs_plain_yes and self.chance.random() < 0.7
        meant = "yes" if is_yes else "no"
        self._say(own(self._asked(), "yes" if plainly and is_yes else self.people.answer(meant), meant))

    def _is_read_back_wrongly(self, awaited: PendingQuestion) -> bool:
        """Whether a wish of the table was taken for somebody else's: whoever hears that says no."""
        said_by = (self.people.speaker, "")
        return isinstance(awaited, KeepLine) and not self.loop.state.walk and awaited.note.who not in said_by

    def _take_turn(self, length: float) -> None:
        """Talk for a while; then hand over, or say something else."""
        self._wait(length * self.chance.choice((0.05, 0.4, 0.9, 1.3)), step=2.0)
        if not isinstance(getattr(self.loop.state.walk, "current", None), Turn) or self.loop.state.awaited:
            return
        roll = self.chance.random()
        if roll < 0.12:
            self._say(self._own(self.chance.choice(IN_TURNS)))
        elif roll < 0.14:
            self._say(self._own(self.chance.choice(RARELY_IN_TURNS)))
        elif roll < 0.22:  # both talk
            for who in self.people.partners:
                self._say(own(who, self.people.talk()))
        elif roll < 0.3:
            self._say(own(self._asked(), self.people.hard_sentence()))
        else:
            self._say(self._own("done", plainly=roll > 0.5))

    def _own(self, intent: str, *, plainly: bool = False) -> Line:
        """A word of theirs in a session, said into the room."""
        line = self.people.wish(intent, plainly=plainly)
        return Line(line.who, line.text, line.meant)

    def _asked(self) -> str:
        """Who is to answer: whoever was asked by name, else the one who spoke last."""
        said = [text for moment in self.trace.moments[-80:] for text in moment.said]
        return asked_by_name(self.people.partners, said[-2:]) or self.people.speaker

    def _say(self, line: Line) -> None:
        """Say a line; now and then into what Hearthside is still saying."""
        self.trace.lines.append((len(self.trace.moments), line))
        self.trace.current = line
        addressed = Addressing.ADDRESSED if line.addressed else Addressing.OVERHEARD
        self.loop.typed(line.text, addressed)
        self.trace.current = None
        if self.chance.random() < 0.03:
            self._wait(1.0)
        else:
            self._settle()

    # ---- time ----------------------------------------------------------------------------------------

    def _settle(self) -> None:
        """Let time pass until it waits for people."""
        waited = 0.0
        self._wait(TICK)
        while not self.loop.waits_for_people and waited < LONGEST_QUIET:
            self._wait(TICK)
            waited += TICK

    def _wait(self, seconds: float, *, step: float = TICK) -> None:
        for _ in range(max(1, round(seconds / step))):
            self.clock.advance(step)
            self.loop.tick()
