"""Questions that the couple add by voice: dictated, read back, kept, deleted."""

import re

from voice.dialogue import consent
from voice.dialogue.decision import Decision
from voice.dialogue.state import PendingQuestion
from voice.messages.actions import ForgetPrompt, KeepPrompt
from voice.messages.recognition import Mode
from voice.messages.records import OwnPrompt

_SENTENCE_END = (".", "?", "!", "…")


# ---- questions of their own ---------------------------------------------------------------------------


def add_own(decision: Decision) -> None:
    """ "Add our own question": let them say it."""
    decision.change(awaited=PendingQuestion("own line", mode=Mode.WORDS))
    decision.say("own_line")


def own_dictated(decision: Decision, awaited: PendingQuestion, text: str) -> None:
    """The question has been said: read it back, keep it only on a yes."""
    decision.chime("recording off")
    question = as_question(text)
    decision.change(awaited=PendingQuestion("own keep", about=question))
    decision.say("own_keep", text=question)


def as_question(text: str) -> str:
    """A dictated line as a question: a capital in front, a mark at the end."""
    line = re.sub(r"\s+", " ", text).strip(" ,;:-")
    line = line[:1].upper() + line[1:]
    return line if line.endswith(_SENTENCE_END) else f"{line}?"


def change_own(decision: Decision, awaited: PendingQuestion) -> None:
    """ "Change it": let them say it again."""
    decision.change(awaited=PendingQuestion("own line", mode=Mode.WORDS))
    decision.say("own_line_again")


def answered_own(decision: Decision, awaited: PendingQuestion, yes: bool) -> None:
    """Keep it, or let it go."""
    decision.change(awaited=None)
    if yes:
        consent.store(decision, KeepPrompt(OwnPrompt(awaited.about)))
    else:
        decision.say("let_go")


def own_kept(decision: Decision) -> None:
    """It is on the disk."""
    decision.chime("got it")
    decision.say("own_kept")


def delete_own(decision: Decision) -> None:
    """ "Delete our last question": it goes for good."""
    if decision.records.own_prompts:
        decision.act(ForgetPrompt(decision.records.own_prompts[-1]))
    else:
        decision.say("own_none")


def own_forgotten(decision: Decision, prompt: OwnPrompt) -> None:
    """It is in no file any more; nor is it the question that is open."""
    open_now = decision.state.question
    if open_now and open_now.id == f"own {prompt.id}":
        decision.change(question=None)
    decision.say("own_forgotten")
    decision.change(again=())
