"""A wish while a question is open or a session is paused: done at once, kept for after the answer, or in its place."""

from dataclasses import replace

from voice.assistant import gates, whom
from voice.assistant.pending_answers import PendingAnswers
from voice.assistant.whom import Said, Understand
from voice.dialogue.decision import Decision
from voice.dialogue.state import Household, PendingQuestion, State
from voice.language.bare_values import duration_alone
from voice.messages.meaning import EXPLAINS, Addressing, Match, NoMatch
from voice.messages.recognition import Mode

ANSWERED = (Mode.YES_NO, Mode.ANSWER)
SURELY = 0.08  # distance up to which "what ...?" is a wish, not asked about the question: "what's on our bucket list"
GO_ON = "go_on"


def understood(said: Said, state: State, manners: Household, understand: Understand) -> Match | NoMatch:
    """The meaning of an utterance: an answer to what is asked, or else a wish that counts without the question."""
    awaited = state.awaited
    result = understand(*said) if awaited else whom.understood(said, state, manners, understand)
    beneath = None if said.mode is Mode.SPEAKING else _beneath(state)
    if beneath is None:
        return result
    if awaited and awaited.mode is Mode.ANSWER and duration_alone(said.readings[0].text) is not None:
        return result  # "an hour?" answers "how long?", and sets no timer
    is_asked = said.addressing is Addressing.ADDRESSED and awaited is not None and not awaited.lets_go
    addressing = Addressing.EXPECTED if is_asked else said.addressing
    return _taken(state, result, understand(said.readings, beneath, addressing))


def _beneath(state: State) -> Mode | None:
    """The mode whose wishes may be meant besides what is expected now; None: there is none."""
    walk, awaited = state.walk, state.awaited
    if awaited:
        if awaited.mode not in ANSWERED:
            return None
        return Mode.SESSION if walk else Mode.QUESTION if state.questions.prompt else Mode.IDLE
    if walk:
        return None if walk.stopped_at is None else Mode.IDLE
    return Mode.SESSION if state.aside else None


def _taken(state: State, result: Match | NoMatch, other: Match | NoMatch) -> Match | NoMatch:
    """One of two meanings of an utterance: in the mode that is expected (result), or in the mode beneath (other)."""
    if not isinstance(other, Match):
        return result
    if isinstance(result, Match) and result.intent in EXPLAINS and not result.is_in_its_words:
        return other if other.distance <= SURELY and other.intent not in EXPLAINS else result
    is_nearer = isinstance(result, NoMatch) or other.distance < result.distance
    if state.awaited and state.awaited.lets_go:
        return other if is_nearer else result
    if state.aside and not (state.walk or state.awaited):
        return other if is_nearer and other.intent == GO_ON else result
    stays = gates.stays(other.intent)
    is_surer = is_nearer and (other.distance == 0 or isinstance(result, NoMatch) or not result.is_meant_for_sure)
    if isinstance(result, Match) and not (stays and is_surer):
        return result
    return result if state.awaited and state.walk and not stays else other


def may_be_done(decision: Decision, pending: PendingAnswers, match: Match) -> bool:
    """Whether a wish that answers nothing is done now; it may have to wait for the answer to an open question."""
    awaited, walk = decision.state.awaited, decision.state.walk
    if awaited and not gates.stays(match.intent) and not walk:
        if awaited.is_asked_until_answered:
            decision.change(then=match)
            pending.unclear(decision, awaited)
            return False
        decision.change(awaited=None)
    elif walk and walk.stopped_at is not None and not _can_be_said_in_sessions(decision, match):
        decision.change(walk=None, aside=walk)
    return True


def put_again(decision: Decision, awaited: PendingQuestion | None, match: Match, question: tuple[str, ...]) -> None:
    """Have an open question put once more when the wish in between is done."""
    if awaited and decision.state.awaited is awaited and match.intent in gates.IN_BETWEEN:
        decision.change(awaited=replace(awaited, put_again=question[-1:]))


def _can_be_said_in_sessions(decision: Decision, match: Match) -> bool:
    return any(Mode.SESSION in each.when for each in decision.content.intents.intents if each.name == match.intent)
