"""Commands that count at any time: stop, again, help, what did you hear, mute."""

from voice.dialogue.decision import Decision
from voice.dialogue.skill import Skill
from voice.language.slots import slots_to_text
from voice.messages.actions import Mute
from voice.messages.meaning import Match, Rejection
from voice.skills.questions import skill as questions
from voice.skills.reminders import skill as reminders
from voice.skills.sessions import skill as sessions
from voice.skills.timers import skill as timers

NEARLY = 0.3  # distance up to which people could have meant a sentence: 0 equal, 1 nothing in common
ENDINGS = " .,!?"  # a quotation in the middle of our sentence needs none


def stop_command(decision: Decision, match: Match) -> None:
    """ "Stop"."""
    stop(decision, was_speaking=decision.interrupted)


def stop(decision: Decision, *, was_speaking: bool) -> None:
    """What is loudest stops first: a ringing timer, a question of ours, a session, our voice, the open prompt."""
    decision.change(then=None)
    if timers.SKILL.stop(decision) or sessions.SKILL.stop(decision):
        return
    if decision.state.awaited:
        decision.change(awaited=None)
        decision.say("let_go")
    elif not (reminders.SKILL.stop(decision) or was_speaking):
        questions.SKILL.stop(decision)


def again_command(decision: Decision, match: Match) -> None:
    """ "Again": after a short word about something else the open question too, which may be the one they mean."""
    said, question = decision.state.again, decision.state.questions
    again(decision)
    if question.prompt and len(said) == 1 and question.said not in said:
        decision.say_text(question.said)


def again(decision: Decision) -> None:
    """What was said last, once more."""
    for text in decision.state.again or decision.content.replies["nothing_said"][:1]:
        decision.say_text(text, quotes=True)


def help(decision: Decision, match: Match) -> None:
    """What can be said at this moment."""
    decision.say(f"help_{decision.state.listening.mode}")


def tell_what_was_heard(decision: Decision, match: Match) -> None:
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


def mute(decision: Decision, match: Match) -> None:
    """Close the microphone."""
    decision.say("muted")
    decision.act(Mute())


SKILL = Skill(
    "global commands",
    commands={
        "stop": stop_command,
        "again": again_command,
        "asked_what": again_command,
        "help": help,
        "answer_how": help,
        "what_heard": tell_what_was_heard,
        "mute": mute,
    },
)
