"""Decides: a state and an event in, a new state and actions out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from voice.content import Content
from voice.core import (
    always,
    answers,
    appreciations,
    care,
    chosen,
    forgetting,
    ideas,
    keeping,
    preferences,
    questions,
    reminder_lists,
    reminders,
    reminding,
    session,
    session_words,
    timers,
)
from voice.core.decision import Decision
from voice.core.state import Manners, State
from voice.messages import (
    Action,
    EndReminder,
    EndTimer,
    Event,
    Failed,
    ForgetPrompt,
    KeepPrompt,
    Match,
    Mode,
    NoMatch,
    Pressed,
    Quit,
    Records,
    SetReminder,
    SetSetting,
    SetTimer,
    Spoken,
    Started,
    Stored,
    Tick,
    Unclear,
    Understood,
    Voices,
)


@dataclass(frozen=True, slots=True)
class Decided:
    """The state after an event, and what is to be done, in order."""

    state: State
    actions: tuple[Action, ...]


class Assistant:
    """What Hearthside answers; the same events at the same times give the same actions.

    shuffle: the evening's seed, for the order of prompts and wordings.
    """

    def __init__(self, content: Content, manners: Manners, shuffle: int) -> None:
        self.content, self.manners, self.shuffle = content, manners, shuffle

    def decide(self, state: State, event: Event, records: Records, now: datetime) -> Decided:
        """What to do about one event. now: the local wall clock at that moment."""
        decision = Decision(state, self.content, self.manners, records, event.at, now, self.shuffle)
        match event:
            case Started():
                session.started(decision)
                reminding.started(decision)
            case Understood():
                _understood(decision, event.match)
            case Unclear():
                _unclear(decision, event.no_match)
            case Voices():
                decision.change(voices_at=event.at)
            case Spoken():
                _spoken(decision)
            case Tick():
                _tick(decision)
            case Pressed():
                _pressed(decision, event.key)
            case Stored():
                _stored(decision, event.action)
            case Failed():
                _failed(decision, event.action)
        decision.listen()
        return Decided(decision.state, tuple(decision.actions))


# ---- somebody said something ---------------------------------------------------------------------------


def _understood(decision: Decision, match: Match) -> None:
    state = decision.state
    decision.change(voices_at=decision.at)
    decision.hush()
    if match.care:
        care.end_everything(decision, match.intent)
        return
    if match.intent not in ("what_heard", "words"):
        decision.change(last_heard=match)
    if care.is_help(decision, match.intent):
        care.help(decision)
    elif match.intent == "stop":
        always.stop(decision, was_speaking=state.speaking)
    elif state.awaited and state.awaited.match and match.intent == "yes":
        decision.change(awaited=None)
        _command(decision, state.awaited.match)
    elif not (
        (state.awaited and answers.answered(decision, state.awaited, match))
        or (state.walk and session_words.understood(decision, match))
    ):
        if match.unsure:
            forgetting.ask_whether_heard(decision, match)
        else:
            _command(decision, match)


_COMMANDS: dict[str, Callable[[Decision, Match], None]] = {
    "ask": questions.ask,
    "another": lambda decision, match: questions.another(decision),
    "skip": lambda decision, match: questions.skip(decision),
    "lighter": lambda decision, match: questions.lighter(decision),
    "deeper": lambda decision, match: questions.deeper(decision),
    "enough": lambda decision, match: questions.enough(decision),
    "follow_up": lambda decision, match: questions.follow_up(decision),
    "decks": lambda decision, match: chosen.name_decks(decision),
    "more_decks": lambda decision, match: chosen.name_more_decks(decision),
    "pick_deck": questions.pick_deck,
    "love_maps": lambda decision, match: questions.love_maps(decision),
    "tonight": lambda decision, match: chosen.tonight(decision),
    "leave_out": preferences.leave_out,
    "let_in": preferences.let_in,
    "left_out": lambda decision, match: preferences.name_left_out(decision),
    "remember": lambda decision, match: preferences.remember(decision),
    "favourite": lambda decision, match: chosen.favourite(decision),
    "forget_favourite": lambda decision, match: preferences.forget_favourite(decision),
    "add_own": lambda decision, match: preferences.add_own(decision),
    "delete_own": lambda decision, match: preferences.delete_own(decision),
    "start_timer": lambda decision, match: timers.start(decision, "timer", match),
    "hug": lambda decision, match: timers.start(decision, "hug", match),
    "promise": lambda decision, match: timers.start(decision, "promise", match),
    "phones_away": lambda decision, match: timers.start(decision, timers.PHONES, match),
    "quiet_minute": lambda decision, match: timers.start(decision, timers.SILENT, match),
    "remind": reminders.wanted,
    "remind_practice": reminders.practice,
    "reminders": lambda decision, match: reminder_lists.name(decision, ""),
    "rituals": lambda decision, match: reminder_lists.name(decision, reminders.RITUAL),
    "change_rituals": lambda decision, match: reminder_lists.change_rituals(decision),
    "cancel_reminder": reminders.cancel,
    "move_reminder": reminders.move,
    "snooze": reminding.snooze,
    "snooze_now": reminding.snooze,
    "noticed": reminding.done,
    "thanks_for_it": reminding.done,
    "time_left": timers.ask_left,
    "pause_timer": timers.alter,
    "resume_timer": timers.alter,
    "add_time": timers.alter,
    "cancel_timer": timers.alter,
    "again": lambda decision, match: always.again(decision),
    "help": lambda decision, match: always.help(decision),
    "what_heard": lambda decision, match: always.what_heard(decision),
    "mute": lambda decision, match: always.mute(decision),
    "cancel": timers.never_mind,
    "professional_help": lambda decision, match: care.point_on(decision, "professional_help"),
    "betrayal": lambda decision, match: care.point_on(decision, "betrayal"),
    "resume_session": lambda decision, match: session.resume(decision),
    **keeping.COMMANDS,
}


def _command(decision: Decision, match: Match) -> None:
    """What the intent asks for; one that has the name of a session begins it, of a list of ideas says one."""
    if ours := ideas.wanted(decision, match.intent):
        ideas.say_one(decision, ours)
    elif command := _COMMANDS.get(match.intent):
        command(decision, match)
    elif any(script.id == match.intent for script in decision.content.scripts):
        session.begin(decision, match.intent, match)


def _unclear(decision: Decision, no_match: NoMatch) -> None:
    state = decision.state
    decision.change(voices_at=decision.at)
    if state.listening.mode is Mode.TURN:
        return  # what a partner tells is nobody's business
    decision.change(last_heard=no_match)
    if state.awaited and state.awaited.mode in (Mode.YES_NO, Mode.ANSWER) and not state.speaking:
        answers.unclear(decision, state.awaited)


# ---- time passes ---------------------------------------------------------------------------------------


def _spoken(decision: Decision) -> None:
    decision.change(speaking=False)
    if decision.state.awaited:
        answers.asked(decision, decision.state.awaited)
    elif decision.state.walk:
        session.spoken(decision)


def _tick(decision: Decision) -> None:
    timers.ring(decision)
    forgetting.tidy(decision)
    if decision.state.awaited:
        answers.wait(decision, decision.state.awaited)
    elif decision.state.walk:
        session.tick(decision)
    else:
        questions.tick(decision)
        if not decision.state.care:
            appreciations.offer(decision)
        if not (decision.state.care or decision.state.awaited):
            reminding.tick(decision)


def _pressed(decision: Decision, key: str) -> None:
    decision.hush()
    if key == "stop":
        always.stop(decision, was_speaking=True)
    elif key == "quit":
        decision.act(Quit())


# ---- what was to be stored is stored, or not -----------------------------------------------------------


def _stored(decision: Decision, action: Action) -> None:
    match action:
        case KeepPrompt():
            preferences.own_kept(decision)
        case ForgetPrompt(prompt):
            preferences.own_forgotten(decision, prompt)
        case SetSetting(preferences.LEFT_OUT):
            questions.topics_stored(decision)
        case SetSetting(preferences.FAVOURITES):
            preferences.favourite_stored(decision)
        case SetReminder(reminder, state):
            reminders.stored(decision, reminder, state)
            session.reminded(decision)
        case EndReminder(reminder, state):
            reminders.ended(decision, reminder, state)
        case SetTimer(timer, "started"):
            timers.started(decision, timer)
        case SetTimer(timer, state) | EndTimer(timer, "cancelled" as state):
            timers.altered(decision, timer, state)
        case _:
            keeping.stored(decision, action)


def _failed(decision: Decision, action: Action) -> None:
    match action:
        case ForgetPrompt():
            decision.say("could_not_forget")
        case KeepPrompt() | SetSetting(preferences.LEFT_OUT | preferences.FAVOURITES):
            decision.say("could_not_keep")
        case SetReminder(_, "set" | "begun" | "changed" | "snoozed") | EndReminder(_, "cancelled"):
            decision.say("could_not_remind")
        case SetTimer() | EndTimer():
            decision.say("could_not_set_timer")
        case _:
            keeping.failed(decision, action)
