"""Going on with a session after a restart, or after a pause so long that it was put aside."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar

from voice.dialogue.decision import Decision
from voice.dialogue.private import has_guests
from voice.dialogue.skill import Answers
from voice.dialogue.state import PendingQuestion
from voice.dialogue.walk import StepPosition, Walk
from voice.messages.actions import SetSetting
from voice.messages.meaning import Match
from voice.skills.sessions import session, steps

RESUMED_WITHIN = timedelta(hours=3)  # later nobody is in the middle of it any more


@dataclass(frozen=True, slots=True)
class ResumeSession(PendingQuestion):
    """Whether to go on where a session was."""

    lets_go: ClassVar[bool] = True
    """Whoever says something else has gone on to it."""

    def takes_session_on(self, yes: bool) -> bool:
        """A yes goes on in the middle of it."""
        return True


def offer_unfinished(decision: Decision) -> None:
    """The program begins: where a session was in the middle, ask whether to go on."""
    if not has_guests(decision) and (walk := _unfinished(decision)):
        decision.change(awaited=ResumeSession())
        decision.say("session_resume", session=walk.script.name)


def answer_resume(decision: Decision, awaited: ResumeSession, yes: bool) -> None:
    """Go on where they were, or forget where that was."""
    decision.change(awaited=None)
    if yes:
        _resume(decision)
    else:
        decision.act(SetSetting(session.PLACE, ""))
        decision.say("let_go")


def resume(decision: Decision, match: Match) -> None:
    """ "Go on with the check-in"; "where were we?" while a question is open."""
    question = decision.state.questions
    if question.prompt and not (decision.state.aside or _unfinished(decision)):
        decision.say_text(question.said)
    else:
        _resume(decision)


def go_on(decision: Decision, match: Match) -> None:
    """ "Go on", after something else: with the session that was put aside for it."""
    if decision.state.aside:
        decision.run(Match("resume_session", {}, match.text, match.sentence))


def _resume(decision: Decision) -> None:
    """Go on where the unfinished session was, if there is one."""
    walk = decision.state.aside or _unfinished(decision)
    if walk is None or not walk.trail:
        decision.say("nothing_to_resume")
        return
    questions = replace(decision.state.questions, prompt=None)
    decision.change(walk=walk, aside=None, questions=questions)
    place = walk.trail[-1]
    if steps.can_be_said(walk.script.steps[place.step], walk.at(place, 0.0), decision.manners):
        session.enter(decision, place)
    else:
        session.go_to(decision, place.step + 1)  # it was about an answer, and answers are never written down


def _unfinished(decision: Decision) -> Walk | None:
    """The session that was written down, while it is still the same evening."""
    parts = decision.records.settings.get(session.PLACE, "").split("\n")
    if len(parts) != 7:
        return None
    name, step, part, *order, longer, moment = parts
    script = next((script for script in decision.content.scripts if script.id == name), None)
    fresh = decision.now - datetime.fromisoformat(moment) < RESUMED_WITHIN
    if script is None or not fresh or int(step) >= len(script.steps) or {*order} != {*decision.manners.partners}:
        return None
    place = StepPosition(int(step), int(part), (order[0], order[1]))
    return Walk(
        script, place.order, opened=True, stretch=float(longer), trail=(place,), without=decision.manners.without
    )


ANSWERS = (Answers(ResumeSession, answer_resume),)
