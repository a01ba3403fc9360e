"""Stages of life by voice: "we're new parents" mixes in the deck of that stage, until they say that it is over."""

from dataclasses import dataclass

from voice.dialogue.decision import Decision
from voice.dialogue.skill import Answers
from voice.dialogue.state import PendingQuestion
from voice.messages.actions import SetSetting
from voice.messages.meaning import Match
from voice.skills.questions.available import STAGE, stage_deck
from voice.skills.questions.questions import decks_called

SLOT = "stage"  # its values are names of decks


@dataclass(frozen=True, slots=True)
class StageFirst(PendingQuestion):
    """Whether both want the questions of a stage, where its deck is one to opt in to."""

    called: str
    """Name of the deck."""

    @property
    def is_gate(self) -> bool:
        """The deck is mixed in only after a yes of both."""
        return True


def set_stage(decision: Decision, match: Match) -> None:
    """ "Hearthside, we're new parents"."""
    called = str(match.slots[SLOT])
    if not decks_called(decision, called):
        decision.say("deck_left_out")
    elif any(deck.opt_in for deck in decision.content.decks if deck.name == called):
        decision.change(awaited=StageFirst(called))
        decision.say("stage_first", deck=called)
    else:
        decision.act(SetSetting(STAGE, called))


def answer_stage(decision: Decision, awaited: StageFirst, yes: bool) -> None:
    """Mix the deck in, where both want it."""
    decision.change(awaited=None)
    if yes:
        decision.act(SetSetting(STAGE, awaited.called))
    else:
        decision.say("let_go")


def end_stage(decision: Decision, match: Match) -> None:
    """ "We're not new parents any more"."""
    if decision.records.settings.get(STAGE):
        decision.act(SetSetting(STAGE, ""))
    else:
        decision.say("stage_none")


def name_stages(decision: Decision, match: Match) -> None:
    """ "What stages of life are there": the one they are at, else those there are."""
    deck = stage_deck(decision.content, decision.records)
    if deck:
        decision.say("stage_now", deck=deck.title)
    else:
        decision.say("stages")


def confirm_stage(decision: Decision) -> None:
    """Say which stage of life is set, or that it is over; the setting is on the disk."""
    deck = stage_deck(decision.content, decision.records)
    if deck:
        decision.say("stage_set", deck=deck.title)
    else:
        decision.say("stage_over")


ANSWERS = (Answers(StageFirst, answer_stage),)
