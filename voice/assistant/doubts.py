"""Answers to what was said to Hearthside and not understood: a question back, or one honest line with a way on."""

from dataclasses import dataclass, replace
from typing import ClassVar

from voice.dialogue.decision import Decision
from voice.dialogue.skill import Answers, Skill, let_go
from voice.dialogue.state import PendingQuestion, State
from voice.language.slots import DURATION, NUMBER, Filler, filler_of, key_of, slots_to_text
from voice.messages.delivery import ChimeName
from voice.messages.meaning import Match, NoMatch, Rejection
from voice.messages.recognition import Mode

ANSWERED_IN = (Mode.IDLE, Mode.QUESTION, Mode.RINGING)
"""Elsewhere a session or a question of ours goes on, and has its own words for what was not understood."""
NEEDS_NO_WORD = frozenset({"stop", "cancel", "enough", "no_more"})
"""Intents that ask for quiet: where nothing goes on, that is what they get, if asked for in their words."""
_SILENT = frozenset((Rejection.NO_WORDS, Rejection.OWN_VOICE, Rejection.NO_PAUSE, Rejection.CALLED, Rejection.UNCALLED))
_LINES = {Rejection.REFUSED: "refused", Rejection.NOT_ASKED: "not_asked", Rejection.ELSEWHERE: "elsewhere"}


@dataclass(frozen=True, slots=True)
class WasItMeant(PendingQuestion):
    """Whether something was said, or meant, at all. Silence is a no."""

    match: Match
    """What is done after a yes."""

    lets_go: ClassVar[bool] = True
    """Whoever says something else did not mean it."""

    def takes_session_on(self, yes: bool) -> bool:
        """After a yes it is for the command to say what comes next."""
        return yes


@dataclass(frozen=True, slots=True)
class SlotMissing(PendingQuestion):
    """What a command left unsaid, such as the length of a timer. Silence lets the command go."""

    match: Match
    """The command."""
    slot: str
    """The slot of its templates that is missing."""


def ask_whether_heard(decision: Decision, match: Match) -> None:
    """Ask whether that was said at all."""
    decision.change(awaited=WasItMeant(match))
    decision.say("whether_heard", heard=slots_to_text(match.sentence, match.slots))


def _answer_meant(decision: Decision, awaited: WasItMeant, yes: bool) -> None:
    if yes:
        decision.change(awaited=None)
        decision.addressed = True  # they were asked, and so they are answered
        decision.run(awaited.match)
    else:
        let_go(decision, awaited, yes)


def _ask_for_slot(decision: Decision, match: Match, slot: str) -> None:
    """Ask for what was left unsaid; the answer completes the command."""
    mode = Mode.WORDS if filler_of(slot) is Filler.LINE else Mode.ANSWER
    decision.change(awaited=SlotMissing(match, slot, mode=mode))
    keys = (f"missing_{match.intent}", f"missing_{slot}", "missing")
    decision.say(next(key for key in keys if key in decision.content.replies))


def _complete(decision: Decision, awaited: SlotMissing, value: str | float) -> None:
    match = replace(awaited.match, slots={**awaited.match.slots, key_of(awaited.slot): value})
    decision.change(awaited=None)
    decision.run(match)


def _take_line(decision: Decision, awaited: SlotMissing, text: str) -> None:
    decision.chime(ChimeName.RECORDING_OFF)
    _complete(decision, awaited, text)


def _take_value(decision: Decision, awaited: SlotMissing, match: Match) -> bool:
    value = match.slots.get(key_of(awaited.slot))
    if awaited.slot == DURATION.name and value is None and (minutes := match.slots.get(NUMBER.name)) is not None:
        value = 60.0 * float(minutes)
    if value is not None:
        _complete(decision, awaited, value)
    return value is not None


def answer(decision: Decision, no_match: NoMatch) -> None:
    """Ask whether the likeliest was meant, which of two, or say why nothing is done."""
    before = decision.state.again
    names = [decision.content.guesses.get(guess.intent, "") for guess in no_match.guesses]
    if no_match.why in _SILENT:
        return
    if no_match.why is Rejection.STRANGER:
        first, second = decision.manners.partners
        decision.say("stranger", name=first, other=second, heard=no_match.stranger or no_match.text)
    elif no_match.why is Rejection.INCOMPLETE:
        _ask_for_slot(decision, no_match.guesses[0], no_match.missing)
    elif no_match.why in _LINES:
        decision.say(_LINES[no_match.why])
    elif not names or not names[0]:
        decision.say("not_understood")
    else:
        decision.change(awaited=WasItMeant(no_match.guesses[0]))
        two = len(names) > 1 and names[1] not in ("", names[0])
        decision.say("guess_two" if two else "guess", made=names[0], text=names[-1])
    if before and decision.state.awaited is None:
        decision.change(again=before)  # "again" asks for what they missed, not for this


def answer_where_nothing_came_of_it(decision: Decision, match: Match, before: State) -> None:
    """A wish that was said to Hearthside and has nothing to be about, such as a break that nobody takes."""
    is_table = before.listening.mode in ANSWERED_IN and not (before.walk or before.awaited)
    asks_for_quiet = match.intent in NEEDS_NO_WORD
    wants_word = decision.addressed and is_table and not (asks_for_quiet and match.is_in_its_words)
    after = replace(decision.state, timers=before.timers)  # that they spoke of timers is no answer
    if wants_word and not decision.actions and after == before:
        decision.say("not_understood" if asks_for_quiet and not match.is_meant_for_sure else "nothing_to_do")


SKILL = Skill(
    "doubts",
    answers=(Answers(WasItMeant, _answer_meant), Answers(SlotMissing, dictated=_take_line, chosen=_take_value)),
)
