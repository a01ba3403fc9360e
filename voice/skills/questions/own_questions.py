"""Questions that the couple add by voice: dictated, read back, kept, deleted."""

import re
from dataclasses import dataclass, field
from typing import ClassVar

from voice.dialogue import consent
from voice.dialogue.decision import Decision
from voice.dialogue.skill import Answers
from voice.dialogue.state import PendingQuestion
from voice.messages.actions import ForgetPrompt, KeepPrompt
from voice.messages.delivery import ChimeName
from voice.messages.meaning import Match
from voice.messages.recognition import Mode
from voice.messages.records import OwnPrompt
from voice.skills.questions.asking import drop_prompt

_SENTENCE_END = (".", "?", "!", "…")


@dataclass(frozen=True, slots=True)
class OwnLine(PendingQuestion):
    """The question that they want to add."""

    mode: Mode = field(default=Mode.WORDS, kw_only=True)
    """It listens for any words."""


@dataclass(frozen=True, slots=True)
class KeepOwn(PendingQuestion):
    """Whether a question that was read back is to be kept."""

    question: str
    """Its text."""

    is_asked_until_answered: ClassVar[bool] = True
    """The question would be lost."""


# ---- questions of their own ---------------------------------------------------------------------------


def add_own(decision: Decision, match: Match) -> None:
    """ "Add our own question": let them say it."""
    decision.change(awaited=OwnLine())
    decision.say("own_line")


def read_back(decision: Decision, awaited: OwnLine, text: str) -> None:
    """The question has been said: read it back, keep it only on a yes."""
    decision.chime(ChimeName.RECORDING_OFF)
    question = as_question(text)
    decision.change(awaited=KeepOwn(question))
    decision.say("own_keep", text=question)


def as_question(text: str) -> str:
    """A dictated line as a question: a capital in front, a mark at the end."""
    line = re.sub(r"\s+", " ", text).strip(" ,;:-")
    line = line[:1].upper() + line[1:]
    return line if line.endswith(_SENTENCE_END) else f"{line}?"


def change_own(decision: Decision, awaited: KeepOwn) -> None:
    """ "Change it": let them say it again."""
    decision.change(awaited=OwnLine())
    decision.say("own_line_again")


def answer_keep(decision: Decision, awaited: KeepOwn, yes: bool) -> None:
    """Keep it, or let it go."""
    decision.change(awaited=None)
    if yes:
        consent.store(decision, KeepPrompt(OwnPrompt(awaited.question)))
    else:
        decision.say("let_go")


def confirm_kept(decision: Decision) -> None:
    """Say that the question is kept; it is on the disk."""
    decision.chime(ChimeName.GOT_IT)
    decision.say("own_kept")


def delete_own(decision: Decision, match: Match) -> None:
    """ "Delete our last question": it goes for good."""
    if decision.records.own_prompts:
        decision.act(ForgetPrompt(decision.records.own_prompts[-1]))
    else:
        decision.say("own_none")


def confirm_forgotten(decision: Decision, prompt: OwnPrompt) -> None:
    """Say that the question is deleted, and close it if it is the open one."""
    open_now = decision.state.questions.prompt
    if open_now and open_now.id == f"own {prompt.id}":
        drop_prompt(decision)
    decision.say("own_forgotten")
    decision.change(again=())


ANSWERS = (
    Answers(OwnLine, dictated=read_back),
    Answers(KeepOwn, answer_keep, changed=change_own),
)
