"""One decision being made: the state as it changes, and the actions as they are collected."""

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TypedDict, Unpack

from voice.content import Content
from voice.content.steps import Turn
from voice.dialogue.night import evening_of
from voice.dialogue.state import (
    Household,
    NamedSoFar,
    NoteState,
    PendingQuestion,
    QuestionState,
    ReminderState,
    Speaker,
    State,
    TimerState,
    Undoable,
)
from voice.dialogue.voice_settings import delivery_in
from voice.dialogue.walk import Walk
from voice.dialogue.who_speaks import LONGEST, partner_of
from voice.language.calendar import here
from voice.language.text import fill
from voice.messages.actions import Action, Chime, Listen, MarkDone, Say, StopSpeaking
from voice.messages.delivery import ChimeName, Register
from voice.messages.meaning import Match, NoMatch
from voice.messages.recognition import Mode, Voice
from voice.messages.records import Records

LONGEST_HAND_OVER = 2.0  # seconds; a longer utterance in a partner's turn is dropped unread
LINE_PATIENCE = 2.0  # seconds of silence that end a dictated line
GOODNIGHT = "goodnight"  # done: the evening was closed
QUOTED = frozenset({"text", "heard"})  # placeholders of replies for words that one of them said
REACTION = 20.0  # seconds after a reminder in which a mere "thanks" or "later" is about it


class StateChanges(TypedDict, total=False):
    """Fields of `State`, each of them optional: what `Decision.change` takes."""

    listening: Listen
    speaking: bool
    again: tuple[str, ...]
    awaited: PendingQuestion | None
    walk: Walk | None
    aside: Walk | None
    questions: QuestionState
    reminders: ReminderState
    timers: TimerState
    notes: NoteState
    undoable: Undoable | None
    named: NamedSoFar
    last_heard: Match | NoMatch | None
    then: Match | None
    speaker: Speaker | None
    opened_at: float | None
    wrong_words: int
    care: str
    used: Mapping[str, int]
    voices_at: float
    tidied: str
    decisions: int


def _run_nothing(decision: "Decision", match: Match) -> None:
    pass


class Decision:
    """Lives for one event.

    at: seconds of the session. now: local wall clock. shuffle: the evening's seed.
    run_command: does what an intent asks for, whichever skill it belongs to.
    """

    def __init__(
        self,
        state: State,
        content: Content,
        manners: Household,
        records: Records,
        at: float,
        now: datetime,
        shuffle: int,
        run_command: Callable[["Decision", Match], None] = _run_nothing,
    ) -> None:
        self.content, self.manners, self.records = content, manners, records
        self.at, self.now = at, now
        self.state = state
        self.interrupted = False  # whether something was being said when this event came
        self.by_keyboard = False  # whether somebody typed what this event is about
        self.addressed = False  # whether it was said to Hearthside
        self.voice: Voice | None = None  # whose voice said what this event is about
        self.actions: list[Action] = []
        self._shuffle, self._run_command = shuffle, run_command
        self._random: random.Random | None = None
        self._softly = False

    @property
    def random(self) -> random.Random:
        """The random numbers of this decision. Decisions that ask for none, such as most ticks, do not count."""
        if self._random is None:
            self.change(decisions=self.state.decisions + 1)
            self._random = random.Random(f"{self._shuffle} {self.state.decisions}")
        return self._random

    def change(self, **fields: Unpack[StateChanges]) -> None:
        """Replace fields of the state."""
        self.state = replace(self.state, **fields)

    def run(self, match: Match) -> None:
        """Do what this intent asks for, as if it had just been said and nothing else were going on."""
        self._run_command(self, match)

    def is_quiet_for(self, seconds: float) -> bool:
        """Whether Hearthside may begin to speak by itself: nothing goes on, and nobody spoke for so many seconds."""
        state = self.state
        busy = state.walk or state.awaited or state.speaking or state.timers.ringing or state.care
        return not busy and self.at - state.voices_at >= seconds

    @property
    def evening(self) -> date:
        """The date of this evening, which lasts until the night ends."""
        return evening_of(self.now).date()

    @property
    def who_speaks(self) -> str:
        """The partner who told this evening that it is they who speak; "" for nobody."""
        told = self.state.speaker
        return told.name if told and told.evening == self.evening else ""

    @property
    def partner_heard(self) -> str:
        """The partner whose voice said what this event is about; "" where that is not sure. It proves nothing."""
        return partner_of(self.voice, self.records.voices, self.manners.partners)

    @property
    def has_said_goodnight(self) -> bool:
        """Whether this evening was closed with a goodnight: nothing is offered any more until the morning."""
        return (GOODNIGHT, self.evening.isoformat()) in self.records.done

    def say_goodnight(self) -> None:
        """The evening is closed: remember that, whatever was said."""
        if not self.has_said_goodnight:
            self.act(MarkDone(GOODNIGHT, self.evening.isoformat()))

    def act(self, action: Action) -> None:
        """Collect an action."""
        self.actions.append(action)

    @property
    def register(self) -> Register:
        """BEDTIME for what is said softly; else that of the script they are in, or DINNER."""
        if self._softly:
            return Register.BEDTIME
        return self.state.walk.script.register if self.state.walk else Register.DINNER

    def soften(self) -> None:
        """From now on say and chime as at bedtime."""
        self._softly = True

    @property
    def here(self) -> datetime:
        """Now, in the time zone at home with its summer time: for what is to come on another day."""
        return here(self.now, self.manners.zone)

    def wording(self, key: str, wordings: tuple[str, ...]) -> str:
        """One of the wordings, never the one that came last. key: what the wordings are for."""
        last = self.state.used.get(key)
        choices = [number for number in range(len(wordings)) if number != last] or [0]
        chosen = self.random.choice(choices)
        self.change(used={**self.state.used, key: chosen})
        return wordings[chosen]

    def say(self, key: str, **words: str) -> None:
        """Say one of the wordings of a reply, its placeholders filled in."""
        self.say_text(self._reply(key, words), quotes=not QUOTED.isdisjoint(words))

    def say_softly(self, key: str, **words: str) -> None:
        """Say one of the wordings of a reply in the voice of bedtime."""
        self.say_text(self._reply(key, words), softly=True)

    def _reply(self, key: str, words: Mapping[str, str]) -> str:
        softer = self.content.softer_replies.get(key) if self.register is Register.BEDTIME else None
        wording = self.wording(f"{key} at bedtime", softer) if softer else self.wording(key, self.content.replies[key])
        return fill(wording, words)

    def say_text(self, text: str, *, pause: float = 0.0, softly: bool = False, quotes: bool = False) -> None:
        """Say this very text; "again" repeats all that is said in one decision.

        pause: seconds of silence before it. quotes: words that one of the couple said stand in it.
        """
        spoken = [action.text for action in self.actions if isinstance(action, Say)]
        delivery = delivery_in(self.records.settings)
        self.act(Say(text, Register.BEDTIME if softly else self.register, pause, delivery, quotes))
        self.change(speaking=True, again=(*spoken, text))

    def chime(self, name: ChimeName) -> None:
        """Play a short sound."""
        self.act(Chime(name, self.register, delivery_in(self.records.settings).volume))

    def hush(self) -> None:
        """Stop what is being said."""
        if self.state.speaking:
            self.interrupted = True
            self.act(StopSpeaking())
            self.change(speaking=False)

    def listen(self) -> None:
        """Tell the ears what is expected now, when that has changed."""
        wanted = self._wanted()
        if wanted != self.state.listening:
            self.act(wanted)
            self.change(listening=wanted)

    def _wanted(self) -> Listen:
        awaited, by_voice = self.state.awaited, LONGEST if self.records.voices else 0.0
        seconds = awaited.voice_seconds if awaited and awaited.voice_seconds else by_voice
        return replace(self._expected(), voice_seconds=seconds)

    def _expected(self) -> Listen:
        state = self.state
        if state.awaited:
            dictation = state.awaited.mode is Mode.WORDS
            longest = state.awaited.longest_line
            return Listen(Mode.WORDS, LINE_PATIENCE, longest) if dictation else Listen(state.awaited.mode)
        reminded = state.reminders.last
        if state.timers.ringing or (reminded and self.at - reminded.since < REACTION and not state.walk):
            return Listen(Mode.RINGING)
        if state.walk:
            turn = isinstance(state.walk.current, Turn) and state.walk.stopped_at is None
            return Listen(Mode.TURN, longest=LONGEST_HAND_OVER) if turn else Listen(Mode.SESSION)
        return Listen(Mode.QUESTION if state.questions.prompt else Mode.IDLE)
