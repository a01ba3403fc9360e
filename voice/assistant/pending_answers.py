"""An answer that Hearthside awaits: a yes, a no or a line; what it settles, and what silence settles."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from voice.assistant import global_commands
from voice.dialogue.decision import Decision
from voice.dialogue.note_kinds import APPRECIATION
from voice.dialogue.state import PendingQuestion
from voice.language.text import slots_to_text
from voice.messages.meaning import Match
from voice.messages.recognition import Mode
from voice.skills.notes import keep_note, partner_notes, read_aloud, skill
from voice.skills.questions import own_questions, questions
from voice.skills.reminders import delivery, lists, reminders
from voice.skills.sessions import session, steps

ANSWER_WITHIN = 8.0  # seconds for a yes or a no; then once more, then the safe choice
LINE_WITHIN = 30.0  # seconds for the first word of a dictated line; the same
REPROMPTS = 2  # short, kind ones, for what was not understood
PLAINLY = ("everything",)  # purposes that nothing but a plain "yes" settles
PLAIN_YES = "yes"


def _nothing(decision: Decision, awaited: PendingQuestion, yes: bool) -> None:
    """A line that nobody wants to say any more."""
    decision.change(awaited=None)
    if not decision.state.walk:
        decision.say("let_go")


def _left(decision: Decision, awaited: PendingQuestion, yes: bool) -> None:
    """Nothing comes after a vague line: then that line stands."""
    if awaited.draft:
        DICTATED[awaited.purpose](decision, replace(awaited, draft=""), awaited.draft)
    else:
        _nothing(decision, awaited, yes)


def _listened(decision: Decision, awaited: PendingQuestion, yes: bool) -> None:
    """A yes or a no to a session; where something else was awaited, it was passed over."""
    steps.answered(decision, ("yes" if yes else "no") if awaited.mode is Mode.YES_NO else "")
    session.advance(decision)


def _listened_words(decision: Decision, awaited: PendingQuestion, text: str) -> None:
    decision.chime("recording off")
    steps.answered(decision, text)
    session.advance(decision)


def _listened_answer(decision: Decision, awaited: PendingQuestion, match: Match) -> bool:
    """One of a few things, to a session; False: it was no answer to what was asked."""
    walk = decision.state.walk
    value = steps.value_of(walk.current, match.slots) if walk and walk.current else None
    if value is None:
        return False
    steps.answered(decision, value)
    session.advance(decision)
    return True


def _offered(decision: Decision, awaited: PendingQuestion, yes: bool) -> None:
    """What a reminder offered to begin."""
    if not delivery.answered_offer(decision, awaited, yes):
        return
    if awaited.about == reminders.QUESTION:
        questions.ask_at(decision, decision.state.depth)
    elif awaited.about == reminders.RECAP:
        read_aloud.read(decision, APPRECIATION, "tonight")
    else:
        session.begin(decision, awaited.about)


YES_OR_NO: Mapping[str, Callable[[Decision, PendingQuestion, bool], None]] = {
    "deeper": questions.answered_deeper,
    "warmer": questions.answered_warmer,
    "opt in": questions.answered_opt_in,
    "other deck": questions.answered_other_deck,
    "own keep": own_questions.answered_own,
    "calm": session.answered_calm,
    "resume": session.answered_resume,
    "line": _left,
    "listen": _listened,
    **skill.YES_OR_NO,
    "offer": _offered,
    "ritual timer": delivery.answered_timer,
    "ritual fits": delivery.answered_fits,
    "more reminders": lists.answered_more,
}
"""What a yes, or a no, means to a question of ours; where none is named, a no lets go of it."""

DICTATED: Mapping[str, Callable[[Decision, PendingQuestion, str], None]] = {
    "line": keep_note.dictated,
    "own line": own_questions.own_dictated,
    "listen": _listened_words,
}
"""What becomes of a line."""

CHOSEN: Mapping[str, Callable[[Decision, PendingQuestion, Match], bool]] = {
    "when": reminders.answered_when,
    "listen": _listened_answer,
}
"""What becomes of a time of day, a number or another short answer; False: it was none to what was asked."""

CHANGED: Mapping[str, Callable[[Decision, PendingQuestion], None]] = {
    "keep": keep_note.change,
    "own keep": own_questions.change_own,
}
"""What "change it" does where something was read back."""

THANKED: Mapping[str, Callable[[Decision, PendingQuestion], None]] = {"note": partner_notes.thanked}
"""What a thank you means, where it is an answer."""


def answered(decision: Decision, awaited: PendingQuestion, match: Match) -> bool:
    """Whether this settled, or asked once more for, what was awaited."""
    if match.intent in ("help", "what_heard"):
        return False
    if match.intent == "again":
        global_commands.again(decision)
        decision.change(awaited=replace(awaited, since=None))
    elif match.intent == "words":
        text = str(match.slots["text"])
        if not steps.ask_closer(decision, awaited, text):
            DICTATED[awaited.purpose](decision, awaited, text)
    elif match.intent in ("answer", "answer_when"):
        if not CHOSEN[awaited.purpose](decision, awaited, match):
            unclear(decision, awaited)
    elif match.intent == "change" and awaited.purpose in CHANGED:
        CHANGED[awaited.purpose](decision, awaited)
    elif match.intent == "thank_you" and awaited.purpose in THANKED:
        THANKED[awaited.purpose](decision, awaited)
    elif match.intent == "unsure" or (match.intent == "yes" and awaited.purpose in PLAINLY and not _is_plain(match)):
        unclear(decision, awaited)
    elif match.intent in ("yes", "no", "not_now", "pass", "cancel") or _is_left(match, awaited):
        _settle(decision, awaited, yes=match.intent == "yes")
    else:
        return False
    return True


def _is_plain(match: Match) -> bool:
    """Whether it is a yes in so many words, and was heard as just that."""
    return match.distance == 0 and match.sentence.split()[0] == PLAIN_YES


def _is_left(match: Match, awaited: PendingQuestion) -> bool:
    """Whether nothing more comes: to what a session asked for, or to a vague line."""
    vague = match.intent == "no_more" and bool(awaited.draft)
    return vague or (match.intent, awaited.purpose) == ("change", "listen")


def _settle(decision: Decision, awaited: PendingQuestion, *, yes: bool) -> None:
    YES_OR_NO.get(awaited.purpose, _nothing)(decision, awaited, yes)
    _go_on_in_session(decision, awaited)


def _go_on_in_session(decision: Decision, awaited: PendingQuestion) -> None:
    """A question inside a session is over, and nothing is being said or stored: the session goes on."""
    if awaited.purpose in ("listen", "calm", "resume"):
        return  # these have gone on by themselves
    if decision.state.walk and not (decision.state.awaited or decision.state.speaking or decision.actions):
        session.advance(decision)


def answered_in_words(decision: Decision, awaited: PendingQuestion, text: str) -> None:
    """An answer that no sentence of the pack has: any wording of a time where one was asked for."""
    if awaited.purpose != "when" or not reminders.answered_in_words(decision, awaited, text, alone=True):
        unclear(decision, awaited)


def unclear(decision: Decision, awaited: PendingQuestion) -> None:
    """Something else was said: ask again, at most twice."""
    awaited = replace(awaited, since=decision.at, reprompts=awaited.reprompts + 1)
    decision.change(awaited=awaited)
    if awaited.mode is Mode.ANSWER and awaited.reprompts <= REPROMPTS:
        _ask_again(decision, "missed")
    elif awaited.reprompts <= REPROMPTS:
        decision.say(f"reprompt_{awaited.reprompts}")


def _ask_again(decision: Decision, opening: str) -> None:
    """The question once more, after a word about why."""
    question = decision.state.again[-1:]
    decision.say(opening)
    for text in question:
        decision.say_text(text)
    decision.change(again=question)


def asked(decision: Decision, awaited: PendingQuestion) -> None:
    """The question has been said aloud: now the waiting begins."""
    if awaited.mode is Mode.WORDS and awaited.since is None:
        decision.chime("recording on")
    decision.change(awaited=replace(awaited, since=decision.at))


def wait(decision: Decision, awaited: PendingQuestion) -> None:
    """Time passes without an answer: ask once more, then settle for the safe choice."""
    if awaited.since is None or decision.state.speaking:
        return
    patience = LINE_WITHIN if awaited.mode is Mode.WORDS else ANSWER_WITHIN
    if decision.at - max(awaited.since, decision.state.voices_at) < patience:
        return
    if awaited.reprompts == 0:
        decision.change(awaited=replace(awaited, since=None, reprompts=1))
        if awaited.mode is Mode.ANSWER:
            _ask_again(decision, "still_there")
        else:
            decision.say("reprompt_line" if awaited.mode is Mode.WORDS else "reprompt_silence")
    else:
        _settle(decision, awaited, yes=_silence_is_a_yes(decision, awaited))


def _silence_is_a_yes(decision: Decision, awaited: PendingQuestion) -> bool:
    """Only where a session says so: a yes without a word is nothing to keep by, nor to go deeper."""
    walk = decision.state.walk
    return awaited.purpose == "listen" and bool(walk and walk.current and walk.current.otherwise == "yes")


def ask_whether_heard(decision: Decision, match: Match) -> None:
    """Whether that was said at all; silence is a no."""
    decision.change(awaited=PendingQuestion("heard", match=match))
    decision.say("whether_heard", heard=slots_to_text(match.sentence, match.slots))
