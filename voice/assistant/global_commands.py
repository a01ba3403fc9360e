"""What can be said at any time: stop, again, help, what did you hear, mute, and what ends everything."""

from voice.dialogue.decision import Decision
from voice.language.text import slots_to_text
from voice.messages.actions import Mute
from voice.messages.meaning import Match, Rejection
from voice.skills.questions import questions
from voice.skills.reminders import delivery
from voice.skills.sessions import session
from voice.skills.timers import timers

NEARLY = 0.3  # how far a sentence may be that people could have meant: 0 the same, 1 nothing alike
ENDINGS = " .,!?"  # a quotation in the middle of our sentence needs none


def stop(decision: Decision, *, was_speaking: bool) -> None:
    """What is loudest stops first: a ringing timer, a question of ours, a session, our voice, the open prompt."""
    state = decision.state
    if state.ringing:
        timers.quiet_all(decision)
    elif state.walk:
        session.leave(decision)
    elif state.awaited:
        decision.change(awaited=None)
        decision.say("let_go")
    elif delivery.stop(decision):
        pass
    elif not was_speaking and state.question:
        questions.enough(decision)


def again(decision: Decision) -> None:
    """What was said last, once more."""
    for text in decision.state.again or decision.content.replies["nothing_said"][:1]:
        decision.say_text(text)


def help(decision: Decision) -> None:
    """What can be said at this moment."""
    decision.say(f"help_{decision.state.listening.mode}")


def what_heard(decision: Decision) -> None:
    """The last words heard, and what was made of them, or why nothing was."""
    verdict = decision.state.last_heard
    if verdict is None:
        decision.say("heard_nothing")
        return
    heard = verdict.text.rstrip(ENDINGS)
    why = verdict.explanation
    if isinstance(verdict, Match):
        decision.say("heard_as", heard=heard, made=slots_to_text(verdict.sentence, verdict.slots))
    elif why is None or not why.intent or why.distance > NEARLY:
        decision.say("heard_unknown", heard=heard)
    else:
        two = verdict.why is Rejection.AMBIGUOUS
        decision.say("heard_between" if two else "heard_nearly", heard=heard, made=slots_to_text(why.nearest, {}))


def mute(decision: Decision) -> None:
    """Close the microphone."""
    decision.say("muted")
    decision.act(Mute())
