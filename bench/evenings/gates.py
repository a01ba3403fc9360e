"""The invariants about a yes: nothing begins, is kept or is deleted but on the yes that it asks for."""

from collections.abc import Iterator

from bench.evenings.trace import Moment, Trace
from voice.dialogue.consent import CONSENT, ConsentOfFirst, ConsentOfSecond, setting_of
from voice.dialogue.note_kinds import is_over
from voice.dialogue.state import PendingQuestion
from voice.messages.actions import Forget, ForgetEverything, Keep, KeepPrompt, MarkAsked, SetSetting
from voice.messages.events import Understood
from voice.skills.notes.deletion import DeleteEverything, DeleteNote
from voice.skills.notes.keep_note import KeepLine
from voice.skills.questions.asking import DeeperFirst
from voice.skills.questions.moods import MoodFirst
from voice.skills.questions.own_questions import KeepOwn
from voice.skills.questions.questions import OptIn
from voice.skills.questions.stages import StageFirst
from voice.skills.sessions.bends import DeepestInSession
from voice.skills.sessions.session import CalmMoment
from voice.skills.sessions.steps import StepQuestion

DEEPEST = 3
YES = ("yes",)
Found = Iterator[tuple[str, Moment | None]]


def says_yes_to(moment: Moment, *questions: type[PendingQuestion]) -> bool:
    """Whether one of them meant a yes here, to a question of these kinds."""
    return isinstance(moment.before.awaited, questions) and moment.line is not None and moment.line.meant in YES


def no_gate_passed_without_its_yes(trace: Trace) -> Found:
    """Calm moments, consent, opt-in decks, the deepest questions, deletion: each begins with a meant yes."""
    yeses = list[Moment]()
    for moment in trace.moments:
        if moment.before.awaited is not None and moment.line is not None and moment.line.meant in YES:
            yeses.append(moment)
        yield from _calm(moment, yeses)
        for action in moment.actions:
            match action:
                case MarkAsked(asked):
                    yield from _asked(trace, moment, asked.prompt, asked.deck, yeses)
                case SetSetting(key, value) if key == CONSENT and value == setting_of(trace.partners).value:
                    first = [each for each in yeses if says_yes_to(each, ConsentOfFirst)]
                    if not (first and says_yes_to(moment, ConsentOfSecond)):
                        yield "kept from now on without both yeses", moment
                case Forget(note) if not is_over(note, moment.now):
                    if not (says_yes_to(moment, DeleteNote) and getattr(moment.before.awaited, "note", None) == note):
                        yield f"deleted without a yes: {note.text!r}", moment
                case ForgetEverything() if not says_yes_to(moment, DeleteEverything):
                    yield "everything deleted without a yes", moment


def _calm(moment: Moment, yeses: list[Moment]) -> Found:
    """A session that asks for a calm moment opens on a yes to that."""
    before, after = moment.before.walk, moment.after.walk
    if not (after and after.opened and after.script.calm) or (
        before and before.opened and before.script == after.script
    ):
        return
    if not any(
        says_yes_to(each, CalmMoment) and each.before.walk and each.before.walk.script == after.script for each in yeses
    ):
        yield f"{after.script.id} began without a calm moment", moment


def _asked(trace: Trace, moment: Moment, prompt: str, deck: str, yeses: list[Moment]) -> Found:
    """The deepest prompts, and those of decks to opt in to, are read after a yes of this evening."""
    walk = moment.after.walk
    in_session = walk is not None and any(
        says_yes_to(each, CalmMoment, StepQuestion, DeepestInSession)
        and each.before.walk is not None
        and each.before.walk.script == walk.script
        for each in yeses
    )
    found = next((each for each in trace.content.decks if each.name == deck), None)
    if found is None or in_session:
        return
    depth = next((each.depth for each in found.prompts if each.id == prompt), 1)
    if depth >= DEEPEST and not any(says_yes_to(each, DeeperFirst, DeepestInSession, MoodFirst) for each in yeses):
        yield f"a deepest question of {deck} without a yes", moment
    if found.opt_in and not any(says_yes_to(each, OptIn, MoodFirst, StageFirst) for each in yeses):
        yield f"{deck} opened without a yes", moment


def no_line_kept_without_its_own_yes(trace: Trace) -> Found:
    """Every new line was read back and got a meant yes, or was brought back after it had been deleted."""
    agreed = set[str]()
    for moment in trace.moments:
        awaited = moment.before.awaited
        if isinstance(awaited, KeepLine) and says_yes_to(moment, KeepLine):
            agreed.add(awaited.note.text)
        brought_back = isinstance(moment.event, Understood) and moment.event.match.intent == "bring_back"
        for action in moment.actions:
            is_new = isinstance(action, Keep) and not action.note.id and action.note.text not in agreed
            if isinstance(action, Keep) and is_new and not brought_back:
                yield f"kept without a yes: {action.note.text!r}", moment
            if isinstance(action, KeepPrompt) and not any(says_yes_to(each, KeepOwn) for each in trace.moments):
                yield f"a question kept without a yes: {action.prompt.text!r}", moment
