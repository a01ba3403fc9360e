"""Moods by voice: "we're tired", "we have ten minutes" choose the decks, the depth and the number of questions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from voice.content import Content, Mood
from voice.dialogue.decision import Decision
from voice.dialogue.skill import Answers, Command
from voice.dialogue.state import PendingQuestion
from voice.messages.meaning import Match
from voice.skills.questions.deck_choice import needs_consent
from voice.skills.questions.questions import decks_called, use


@dataclass(frozen=True, slots=True)
class MoodFirst(PendingQuestion):
    """Whether both want the opt-in decks of this mood."""

    mood: Mood
    """The mood that they told of."""

    @property
    def is_gate(self) -> bool:
        """Opt-in decks open only after a yes of both."""
        return True


def commands(content: Content) -> Mapping[str, Command]:
    """The intents that tell of a mood."""
    return {mood.intent: _command(mood) for mood in content.moods}


def _command(mood: Mood) -> Command:
    def begin(decision: Decision, match: Match) -> None:
        _begin(decision, mood)

    return begin


def _begin(decision: Decision, mood: Mood) -> None:
    """Say a word about the mood and ask the first question; with an opt-in deck that word is a question to both."""
    names = _names(decision, mood)
    if not names:
        decision.say("deck_left_out")
        return
    decision.say_text(decision.wording(f"mood {mood.intent}", mood.opening))
    if any(deck.opt_in for deck in decision.content.decks if deck.name in names):
        decision.change(awaited=MoodFirst(mood))
    else:
        _start(decision, mood, names, deep_agreed=False)


def _names(decision: Decision, mood: Mood) -> tuple[str, ...]:
    """The decks of the mood from which something may be asked."""
    return tuple(name for deck in mood.decks for name in decks_called(decision, deck))


def _start(decision: Decision, mood: Mood, names: tuple[str, ...], *, deep_agreed: bool) -> None:
    state = decision.state.questions
    decision.change(questions=replace(state, left=mood.questions, deep_agreed=deep_agreed))
    use(decision, names, mood.depth)


def answer_mood(decision: Decision, awaited: MoodFirst, yes: bool) -> None:
    """Begin, where both want it; they were told how far it goes, so nobody asks again."""
    decision.change(awaited=None)
    names = _names(decision, awaited.mood)
    if yes and names:
        _start(decision, awaited.mood, names, deep_agreed=needs_consent(awaited.mood.depth))
    else:
        decision.say("let_go")


ANSWERS = (Answers(MoodFirst, answer_mood),)
