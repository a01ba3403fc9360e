"""Decides: a state and an event in, a new state and actions out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from voice.assistant import care, doubts, global_commands, household, pending_answers
from voice.content import Content
from voice.dialogue.decision import Decision
from voice.dialogue.state import Household, State
from voice.messages.actions import (
    Action,
    EndReminder,
    EndTimer,
    ForgetPrompt,
    KeepPrompt,
    Quit,
    SetReminder,
    SetSetting,
    SetTimer,
)
from voice.messages.events import (
    Event,
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
from voice.skills.notes import appreciations, deletion, skill
from voice.skills.questions import available, deck_list, favourites, ideas, own_questions, questions, tonight
from voice.skills.reminders import delivery, lists, reminders
from voice.skills.sessions import commands, session
from voice.skills.timers import timers


@dataclass(frozen=True, slots=True)
class Decided:
    """The state after an event, and what is to be done, in order."""

    state: State
    actions: tuple[Action, ...]


class Assistant:
    """What Hearthside answers; the same events at the same times give the same actions.

    shuffle: the evening's seed, for the order of prompts and wordings.
    """

    def __init__(self, content: Content, manners: Household, shuffle: int) -> None:
        self.content, self.manners, self.shuffle = content, manners, shuffle

    def decide(self, state: State, event: Event, records: Records, now: datetime) -> Decided:
        """What to do about one event. now: the local wall clock at that moment."""
        decision = Decision(state, self.content, self.manners, records, event.at, now, self.shuffle)
        match event:
            case Started():
                session.started(decision)
                delivery.started(decision)
            case Understood():
                _understood(decision, event.match)
            case NotUnderstood():
                _unclear(decision, event.no_match, event.addressing)
            case SpeechStarted():
                decision.change(voices_at=event.at)
            case PlaybackFinished():
                _spoken(decision)
            case Tick():
                _tick(decision)
            case KeyPressed():
                _pressed(decision, event.key)
            case StoreSucceeded():
                _stored(decision, event.action)
            case StoreFailed():
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
        global_commands.stop(decision, was_speaking=state.speaking)
    elif state.awaited and state.awaited.match and match.intent == "yes":
        decision.change(awaited=None)
        _command(decision, state.awaited.match)
    elif not (
        (state.awaited and pending_answers.answered(decision, state.awaited, match))
        or (state.walk and commands.understood(decision, match))
    ):
        if match.unsure:
            pending_answers.ask_whether_heard(decision, match)
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
    "decks": lambda decision, match: deck_list.name_decks(decision),
    "more_decks": lambda decision, match: deck_list.name_more_decks(decision),
    "pick_deck": questions.pick_deck,
    "love_maps": lambda decision, match: questions.love_maps(decision),
    "tonight": lambda decision, match: tonight.tonight(decision),
    "leave_out": available.leave_out,
    "let_in": available.let_in,
    "left_out": lambda decision, match: available.name_left_out(decision),
    "remember": lambda decision, match: favourites.remember(decision),
    "favourite": lambda decision, match: favourites.favourite(decision),
    "forget_favourite": lambda decision, match: favourites.forget_favourite(decision),
    "add_own": lambda decision, match: own_questions.add_own(decision),
    "delete_own": lambda decision, match: own_questions.delete_own(decision),
    "start_timer": lambda decision, match: timers.start(decision, "timer", match),
    "hug": lambda decision, match: timers.start(decision, "hug", match),
    "promise": lambda decision, match: timers.start(decision, "promise", match),
    "phones_away": lambda decision, match: timers.start(decision, timers.PHONES, match),
    "quiet_minute": lambda decision, match: timers.start(decision, timers.SILENT, match),
    "remind": reminders.set_reminder,
    "remind_practice": reminders.practice,
    "reminders": lambda decision, match: lists.name(decision, ""),
    "rituals": lambda decision, match: lists.name(decision, reminders.RITUAL),
    "change_rituals": lambda decision, match: lists.change_rituals(decision),
    "cancel_reminder": reminders.cancel,
    "move_reminder": reminders.move,
    "snooze": delivery.snooze,
    "snooze_now": delivery.snooze,
    "noticed": delivery.done,
    "thanks_for_it": delivery.done,
    "time_left": timers.ask_left,
    "pause_timer": timers.alter,
    "resume_timer": timers.alter,
    "add_time": timers.alter,
    "cancel_timer": timers.alter,
    "again": lambda decision, match: global_commands.again(decision),
    "help": lambda decision, match: global_commands.help(decision),
    "what_heard": lambda decision, match: global_commands.what_heard(decision),
    "mute": lambda decision, match: global_commands.mute(decision),
    "cancel": timers.never_mind,
    "professional_help": lambda decision, match: care.point_on(decision, "professional_help"),
    "betrayal": lambda decision, match: care.point_on(decision, "betrayal"),
    "resume_session": lambda decision, match: session.resume(decision),
    **household.COMMANDS,
    **skill.COMMANDS,
}


def _command(decision: Decision, match: Match) -> None:
    """What the intent asks for; one that has the name of a session begins it, of a list of ideas says one."""
    if ours := ideas.wanted(decision, match.intent):
        ideas.say_one(decision, ours)
    elif command := _COMMANDS.get(match.intent):
        command(decision, match)
    elif any(script.id == match.intent for script in decision.content.scripts):
        session.begin(decision, match.intent, match)


def _unclear(decision: Decision, no_match: NoMatch, addressing: Addressing) -> None:
    state = decision.state
    decision.change(voices_at=decision.at)
    if state.listening.mode is Mode.TURN:
        return  # what a partner tells is nobody's business
    decision.change(last_heard=no_match)
    if state.awaited and state.awaited.mode in (Mode.YES_NO, Mode.ANSWER) and not state.speaking:
        pending_answers.answered_in_words(decision, state.awaited, no_match.text)
    elif addressing is Addressing.ADDRESSED and not state.awaited and state.listening.mode in doubts.ANSWERED_IN:
        doubts.answer(decision, no_match)


# ---- time passes ---------------------------------------------------------------------------------------


def _spoken(decision: Decision) -> None:
    decision.change(speaking=False)
    if decision.state.awaited:
        pending_answers.asked(decision, decision.state.awaited)
    elif decision.state.walk:
        session.after_speech(decision)


def _tick(decision: Decision) -> None:
    timers.ring(decision)
    deletion.tidy(decision)
    if decision.state.awaited:
        pending_answers.wait(decision, decision.state.awaited)
    elif decision.state.walk:
        session.tick(decision)
    else:
        questions.tick(decision)
        if not decision.state.care:
            appreciations.offer_recap(decision)
        if not (decision.state.care or decision.state.awaited):
            delivery.tick(decision)


def _pressed(decision: Decision, key: str) -> None:
    decision.hush()
    if key == "stop":
        global_commands.stop(decision, was_speaking=True)
    elif key == "quit":
        decision.act(Quit())


# ---- what was to be stored is stored, or not -----------------------------------------------------------


def _stored(decision: Decision, action: Action) -> None:
    match action:
        case KeepPrompt():
            own_questions.own_kept(decision)
        case ForgetPrompt(prompt):
            own_questions.own_forgotten(decision, prompt)
        case SetSetting(available.LEFT_OUT):
            questions.topics_stored(decision)
        case SetSetting(available.FAVOURITES):
            favourites.favourite_stored(decision)
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
            skill.stored(decision, action)


def _failed(decision: Decision, action: Action) -> None:
    match action:
        case ForgetPrompt():
            decision.say("could_not_forget")
        case KeepPrompt() | SetSetting(available.LEFT_OUT | available.FAVOURITES):
            decision.say("could_not_keep")
        case SetReminder(_, "set" | "begun" | "changed" | "snoozed") | EndReminder(_, "cancelled"):
            decision.say("could_not_remind")
        case SetTimer() | EndTimer():
            decision.say("could_not_set_timer")
        case _:
            skill.failed(decision, action)
