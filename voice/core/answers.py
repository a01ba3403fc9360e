"""An answer that Hearthside awaits: a yes, a no or a line; what it settles, and what silence settles."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from voice.core import always, keeping, lines, partner_notes, preferences, questions, session
from voice.core.decision import Decision
from voice.core.state import Awaited
from voice.messages import Match, Mode

ANSWER_WITHIN = 8.0  # seconds for a yes or a no; then once more, then the safe choice
LINE_WITHIN = 30.0  # seconds for the first word of a dictated line; the same
REPROMPTS = 2  # short, kind ones, for what was not understood
PLAINLY = ("everything",)  # purposes that nothing but a plain "yes" settles
PLAIN_YES = "yes"


def _nothing(decision: Decision, awaited: Awaited, yes: bool) -> None:
    """A line that nobody wants to say any more."""
    decision.change(awaited=None)
    if not decision.state.walk:
        decision.say("let_go")


YES_OR_NO: Mapping[str, Callable[[Decision, Awaited, bool], None]] = {
    "deeper": questions.answered_deeper,
    "warmer": questions.answered_warmer,
    "opt in": questions.answered_opt_in,
    "other deck": questions.answered_other_deck,
    "own keep": preferences.answered_own,
    **keeping.YES_OR_NO,
}
"""What a yes, or a no, means to a question of ours; where none is named, a no lets go of it."""

DICTATED: Mapping[str, Callable[[Decision, Awaited, str], None]] = {
    "line": lines.dictated,
    "own line": preferences.own_dictated,
}
"""What becomes of a line."""

CHANGED: Mapping[str, Callable[[Decision, Awaited], None]] = {
    "keep": lines.change,
    "own keep": preferences.change_own,
}
"""What "change it" does where something was read back."""

THANKED: Mapping[str, Callable[[Decision, Awaited], None]] = {"note": partner_notes.thanked}
"""What a thank you means, where it is an answer."""


def answered(decision: Decision, awaited: Awaited, match: Match) -> bool:
    """Whether this settled, or asked once more for, what was awaited."""
    if match.intent in ("help", "what_heard"):
        return False
    if match.intent == "again":
        always.again(decision)
        decision.change(awaited=replace(awaited, since=None))
    elif match.intent == "words":
        DICTATED[awaited.purpose](decision, awaited, str(match.slots["text"]))
    elif match.intent == "change" and awaited.purpose in CHANGED:
        CHANGED[awaited.purpose](decision, awaited)
    elif match.intent == "thank_you" and awaited.purpose in THANKED:
        THANKED[awaited.purpose](decision, awaited)
    elif match.intent == "yes" and awaited.purpose in PLAINLY and not _is_plain(match):
        unclear(decision, awaited)
    elif match.intent in ("yes", "no", "pass", "cancel"):
        _settle(decision, awaited, yes=match.intent == "yes")
    else:
        return False
    return True


def _is_plain(match: Match) -> bool:
    """Whether it is a yes in so many words, and was heard as just that."""
    return match.distance == 0 and match.sentence.split()[0] == PLAIN_YES


def _settle(decision: Decision, awaited: Awaited, *, yes: bool) -> None:
    YES_OR_NO.get(awaited.purpose, _nothing)(decision, awaited, yes)
    _go_on_in_session(decision)


def _go_on_in_session(decision: Decision) -> None:
    """A question inside a session is over, and nothing is being said or stored: the session goes on."""
    if decision.state.walk and not (decision.state.awaited or decision.state.speaking or decision.actions):
        session.advance(decision)


def unclear(decision: Decision, awaited: Awaited) -> None:
    """Something else was said: ask again, at most twice."""
    awaited = replace(awaited, since=decision.at, reprompts=awaited.reprompts + 1)
    decision.change(awaited=awaited)
    if awaited.reprompts <= REPROMPTS:
        decision.say(f"reprompt_{awaited.reprompts}")


def asked(decision: Decision, awaited: Awaited) -> None:
    """The question has been said aloud: now the waiting begins."""
    if awaited.mode is Mode.WORDS and awaited.since is None:
        decision.chime("recording on")
    decision.change(awaited=replace(awaited, since=decision.at))


def wait(decision: Decision, awaited: Awaited) -> None:
    """Time passes without an answer: ask once more, then settle for the safe choice."""
    if awaited.since is None or decision.state.speaking:
        return
    patience = LINE_WITHIN if awaited.mode is Mode.WORDS else ANSWER_WITHIN
    if decision.at - max(awaited.since, decision.state.voices_at) < patience:
        return
    if awaited.reprompts == 0:
        decision.change(awaited=replace(awaited, since=None, reprompts=1))
        decision.say("reprompt_line" if awaited.mode is Mode.WORDS else "reprompt_silence")
    else:
        _settle(decision, awaited, yes=False)
