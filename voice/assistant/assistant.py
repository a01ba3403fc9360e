"""Decides: a state and an event in, a new state and actions out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from voice.assistant import care, doubts, gates, global_commands, in_between, pending_answers, whom
from voice.assistant.pending_answers import PendingAnswers
from voice.assistant.skills import SKILLS, Registry
from voice.content import Content
from voice.dialogue.decision import Decision
from voice.dialogue.skill import Skill
from voice.dialogue.state import Household, State
from voice.messages.actions import Action, Quit
from voice.messages.events import (
    ClockSet,
    Event,
    Key,
    KeyPressed,
    NotUnderstood,
    PlaybackFinished,
    SpeechStarted,
    Started,
    StoreFailed,
    StoreSucceeded,
    Tick,
    Understood,
)
from voice.messages.meaning import Addressing, Match, NoMatch
from voice.messages.recognition import Mode
from voice.messages.records import Records

NOT_REMEMBERED = ("what_heard", "words")
"""Intents that "what did you hear" does not tell of."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The outcome of an event."""

    state: State
    """The state after it."""
    actions: tuple[Action, ...]
    """What is to be done, in order."""


class Assistant:
    """Decides about events. The same events at the same times give the same actions.

    shuffle: the evening's seed, for the order of prompts and wordings. skills: what it can do.
    """

    def __init__(self, content: Content, manners: Household, shuffle: int, skills: Sequence[Skill] = SKILLS) -> None:
        self.content, self.manners, self.shuffle = content, manners, shuffle
        self._all_skills, self._skills = skills, Registry(skills, content)
        self._pending = PendingAnswers(self._skills)

    def living_with(self, content: Content, manners: Household) -> "Assistant":
        """An assistant for the rest of the evening, with other names or settings."""
        return Assistant(content, manners, self.shuffle, self._all_skills)

    def has_use_for(self, match: Match, addressing: Addressing, records: Records) -> bool:
        """Whether a wish was said to us, or there is something that it can act on; if neither, it is talk."""
        return addressing is not Addressing.OVERHEARD or self._skills.has_use_for(match, records)

    def decide(self, state: State, event: Event, records: Records, now: datetime) -> Decided:
        """Decide about one event. now: the local wall clock at that moment."""
        decision = Decision(state, self.content, self.manners, records, event.at, now, self.shuffle, self._run)
        if isinstance(event, Understood):
            decision.by_keyboard, decision.addressed, decision.voice = event.typed, event.addressed, event.voice
        match event:
            case Started():
                self._skills.started(decision)
            case Understood():
                self._understood(decision, event.match)
            case NotUnderstood():
                self._not_understood(decision, event.no_match, event.addressing)
            case SpeechStarted():
                decision.change(voices_at=event.at)
            case PlaybackFinished():
                self._spoken(decision)
            case Tick():
                self._tick(decision)
            case ClockSet(seconds):
                self._skills.clock_set(decision, seconds)
            case KeyPressed():
                _pressed(decision, event.key)
            case StoreSucceeded():
                self._skills.stored(decision, event.action)
            case StoreFailed():
                self._skills.failed(decision, event.action)
        decision.listen()
        return Decided(decision.state, tuple(decision.actions))

    def _run(self, decision: Decision, match: Match) -> None:
        """Do what an intent asks for, unless it waits for the guests to go, or for the word of the couple."""
        if not self._skills.hold_back(decision, match):
            self._skills.run(decision, match)

    def _understood(self, decision: Decision, match: Match) -> None:
        decision.change(voices_at=decision.at)
        decision.hush()
        if match.then or match.intent == "cancel":
            decision.change(then=match.then)
        if match.care:
            care.end_everything(decision, match)
            return
        match = self._pending.as_line(decision, match)
        if match.intent not in NOT_REMEMBERED:
            decision.change(last_heard=match)
        awaited, question = decision.state.awaited, decision.state.again
        if care.is_help(decision, match.intent):
            care.help(decision)
        elif match.intent == "stop":
            global_commands.stop_command(decision, match)
        elif awaited and awaited.is_gate and gates.hold(decision, self._skills, self._pending, awaited, match):
            pass
        elif not (
            (awaited and self._pending.take(decision, awaited, match)) or self._skills.run_on_floor(decision, match)
        ):
            self._wish(decision, match)
        in_between.put_again(decision, awaited, match, question)

    def _wish(self, decision: Decision, match: Match) -> None:
        """Do what is no answer, and nothing that a session waits for."""
        awaited = decision.state.awaited
        if awaited and awaited.lets_go:
            decision.change(awaited=None)
        if match.unsure:
            doubts.ask_whether_heard(decision, match)
        elif in_between.may_be_done(decision, self._pending, match) and not whom.ask(decision, match):
            before = decision.state
            decision.run(match)
            doubts.answer_where_nothing_came_of_it(decision, match, before)

    def _not_understood(self, decision: Decision, no_match: NoMatch, addressing: Addressing) -> None:
        state = decision.state
        decision.change(voices_at=decision.at)
        if state.listening.mode is Mode.TURN:
            if no_match.missing:  # a wish in between, such as a timer without its length
                doubts.answer(decision, no_match)
            return  # what a partner tells is nobody's business
        decision.change(last_heard=no_match)
        if state.awaited and state.awaited.lets_go:
            decision.change(awaited=None)
            state = decision.state
        if state.awaited and state.awaited.mode in (Mode.YES_NO, Mode.ANSWER) and not state.speaking:
            self._pending.take_words(decision, state.awaited, no_match.text)
        elif addressing is Addressing.ADDRESSED and not state.awaited and state.listening.mode in doubts.ANSWERED_IN:
            doubts.answer(decision, no_match)

    def _spoken(self, decision: Decision) -> None:
        decision.change(speaking=False)
        if decision.state.awaited:
            pending_answers.begin_waiting(decision, decision.state.awaited)
        else:
            self._skills.spoken(decision)
            self._second_wish(decision)

    def _second_wish(self, decision: Decision) -> None:
        """Do what was wished for in the same breath as something else, when that is over."""
        then = decision.state.then
        if then and not (decision.state.awaited or decision.state.walk or decision.state.speaking):
            decision.change(then=then.then)
            decision.run(then)

    def _tick(self, decision: Decision) -> None:
        awaited, is_idle = decision.state.awaited, not (decision.state.awaited or decision.state.walk)
        self._skills.tick(decision)
        if awaited:
            self._pending.wait(decision, awaited)
        elif is_idle:
            self._skills.idle(decision)
            self._second_wish(decision)


def _pressed(decision: Decision, key: Key) -> None:
    decision.hush()
    match key:
        case Key.STOP:
            global_commands.stop(decision, was_speaking=True)
        case Key.QUIT:
            decision.act(Quit())
