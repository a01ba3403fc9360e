"""What a couple makes of the decks: topics they leave out, questions they love, questions of their own."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from voice.content import Content, Deck, Prompt
from voice.core import consent, ideas
from voice.core.decision import Decision
from voice.core.decks import LIGHTEST
from voice.core.state import Awaited
from voice.core.text import speak_list
from voice.messages import ForgetPrompt, KeepPrompt, Match, Mode, OwnPrompt, Records, SetSetting

LEFT_OUT, FAVOURITES = "left out", "favourites"  # settings: topics; ids of prompts, one a line
OWN_DECK = "our own"  # the value of {deck} for the questions that were added by voice
_BETWEEN_TOPICS = ", "
_SENTENCE_END = (".", "?", "!", "…")


# ---- the decks as they are for this couple ------------------------------------------------------------


def all_decks(content: Content, records: Records) -> tuple[Deck, ...]:
    """The decks of the packs, and the couple's questions that were added by voice."""
    prompts = tuple(Prompt(f"own {own.id}", own.text, OWN_DECK, LIGHTEST) for own in records.own_prompts)
    own = Deck(OWN_DECK, content.replies["own_deck"][0], prompts) if prompts else None
    return (*content.decks, own) if own else content.decks


def left_out(records: Records) -> frozenset[str]:
    """The topics that the couple leaves out."""
    return frozenset(filter(None, records.settings.get(LEFT_OUT, "").split(_BETWEEN_TOPICS)))


def without(decks: Sequence[Deck], topics: Collection[str]) -> tuple[Deck, ...]:
    """The decks without the prompts about these topics, and without those that are empty then."""
    return only(decks, lambda prompt: prompt.tags.isdisjoint(topics))


def only(decks: Sequence[Deck], wanted: Callable[[Prompt], bool]) -> tuple[Deck, ...]:
    """The decks with nothing but the prompts that are wanted, and without those that are empty then."""
    fewer = (replace(deck, prompts=tuple(filter(wanted, deck.prompts))) for deck in decks)
    return tuple(deck for deck in fewer if deck.prompts)


def shelf(decision: Decision, named: Collection[str] = ()) -> tuple[Deck, ...]:
    """What may be asked from now: nothing that is left out, and opt-in decks only when they are named."""
    decks = without(all_decks(decision.content, decision.records), left_out(decision.records))
    return tuple(deck for deck in decks if not deck.opt_in or deck.name in named)


def is_light(decision: Decision) -> bool:
    """Whether only light questions are asked these days, as after a rough patch."""
    return decision.now.date().isoformat() < decision.records.settings.get("light until", "")


def prompt_with(decks: Sequence[Deck], key: str) -> Prompt | None:
    """The prompt with this id."""
    return next((prompt for deck in decks for prompt in deck.prompts if prompt.id == key), None)


# ---- topics -------------------------------------------------------------------------------------------


def leave_out(decision: Decision, match: Match) -> None:
    """ "No questions about work"."""
    _set_topics(decision, left_out(decision.records) | {str(match.slots["topic"])})


def let_in(decision: Decision, match: Match) -> None:
    """ "We can talk about work again"."""
    _set_topics(decision, left_out(decision.records) - {str(match.slots["topic"])})


def _set_topics(decision: Decision, topics: Collection[str]) -> None:
    decision.act(SetSetting(LEFT_OUT, _BETWEEN_TOPICS.join(sorted(topics))))


def name_left_out(decision: Decision) -> None:
    """ "What do we leave out", and what is said when that has changed."""
    topics = sorted(left_out(decision.records))
    if topics:
        decision.say("left_out", list=speak_list(topics))
    else:
        decision.say("nothing_left_out")


# ---- favourites ---------------------------------------------------------------------------------------


def favourites(records: Records) -> tuple[str, ...]:
    """The ids of the questions they love, oldest first."""
    return tuple(filter(None, records.settings.get(FAVOURITES, "").split("\n")))


def remember(decision: Decision) -> None:
    """ "Remember this one": the question that is open."""
    _set_favourites(decision, add=True)


def forget_favourite(decision: Decision) -> None:
    """ "Forget this favourite"."""
    _set_favourites(decision, add=False)


def _set_favourites(decision: Decision, *, add: bool) -> None:
    question = decision.state.question
    if question and not ideas.open_list(decision):
        others = [key for key in favourites(decision.records) if key != question.id]
        decision.act(SetSetting(FAVOURITES, "\n".join([*others, question.id] if add else others)))


def favourite_stored(decision: Decision) -> None:
    """The list is on the disk."""
    question = decision.state.question
    kept = question is not None and question.id in favourites(decision.records)
    decision.say("favourite_kept" if kept else "favourite_forgotten")


# ---- questions of their own ---------------------------------------------------------------------------


def add_own(decision: Decision) -> None:
    """ "Add our own question": let them say it."""
    decision.change(awaited=Awaited("own line", mode=Mode.WORDS))
    decision.say("own_line")


def own_dictated(decision: Decision, awaited: Awaited, text: str) -> None:
    """The question has been said: read it back, keep it only on a yes."""
    decision.chime("recording off")
    question = as_question(text)
    decision.change(awaited=Awaited("own keep", about=question))
    decision.say("own_keep", text=question)


def as_question(text: str) -> str:
    """A dictated line as a question: a capital in front, a mark at the end."""
    line = re.sub(r"\s+", " ", text).strip(" ,;:-")
    line = line[:1].upper() + line[1:]
    return line if line.endswith(_SENTENCE_END) else f"{line}?"


def change_own(decision: Decision, awaited: Awaited) -> None:
    """ "Change it": let them say it again."""
    decision.change(awaited=Awaited("own line", mode=Mode.WORDS))
    decision.say("own_line_again")


def answered_own(decision: Decision, awaited: Awaited, yes: bool) -> None:
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
