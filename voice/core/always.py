"""What can be said at any time: stop, again, help, what did you hear, mute, and what ends everything."""

from voice.core import questions, session, timers
from voice.core.decision import Decision
from voice.messages import Mute

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
    elif not was_speaking and state.question:
        questions.enough(decision)


def not_okay(decision: Decision) -> None:
    """Everything ends, nothing is kept and nothing is named; the words are in replies.yaml."""
    decision.change(awaited=None, walk=None, question=None, last_heard=None)
    decision.say("not_okay")


def again(decision: Decision) -> None:
    """What was said last, once more."""
    for text in decision.state.again or decision.content.replies["nothing_said"][:1]:
        decision.say_text(text)


def help(decision: Decision) -> None:
    """What can be said at this moment."""
    decision.say(f"help_{decision.state.listening.mode}")


def what_heard(decision: Decision) -> None:
    """The last words heard, and what they were taken for."""
    heard = decision.state.last_heard
    if heard is None:
        decision.say("heard_nothing")
    elif heard.sentence:
        decision.say("heard_as", heard=heard.text.rstrip(ENDINGS), made=heard.sentence)
    else:
        decision.say("heard_unknown", heard=heard.text.rstrip(ENDINGS))


def mute(decision: Decision) -> None:
    """Close the microphone."""
    decision.say("muted")
    decision.act(Mute())
