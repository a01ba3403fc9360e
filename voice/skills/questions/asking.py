"""Asking one question: which prompt, whether consent comes first, and reading it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache

from voice.content import DEEPEST, LIGHTEST, Deck
from voice.dialogue.decision import Decision
from voice.dialogue.skill import Answers
from voice.dialogue.state import Household, PendingQuestion
from voice.language.text import fill
from voice.messages.actions import MarkAsked
from voice.messages.records import Asked
from voice.skills.questions import available
from voice.skills.questions.deck_choice import Choice, Why, choose, is_after_deep, needs_consent, present_round
from voice.skills.questions.taste import taste_of


@dataclass(frozen=True, slots=True)
class DeeperFirst(PendingQuestion):
    """Whether both want the deepest prompts."""

    prompt: str = ""
    """Id of the prompt that is read after a yes; "": any."""

    @property
    def is_gate(self) -> bool:
        """The deepest prompts are read only after a yes of both."""
        return True


@dataclass(frozen=True, slots=True)
class WarmerFirst(PendingQuestion):
    """Whether they want a warm prompt, since nothing light is left."""


@dataclass(frozen=True, slots=True)
class OtherDeck(PendingQuestion):
    """Whether to go on with another deck, since the one in use is used up."""

    deck: str
    """Name of the other deck."""


HAND_OVER = 0.4  # seconds between who begins and the question
SETTLE = 1.0  # seconds before a question that follows something else


def ask_at(
    decision: Decision,
    depth: int,
    named: Collection[str] | None = None,
    *,
    instead: bool = False,
    lighter: bool = False,
) -> None:
    """Read a prompt of this depth; before the deepest, ask once whether both want that.

    named: decks, instead of those in use. instead: it comes in place of the open one, so the same partner begins.
    lighter: it touches no topic that one may leave out, where there is such a one.
    """
    decision.change(questions=replace(decision.state.questions, skips=0))
    state = decision.state.questions
    if available.is_light(decision):
        depth = LIGHTEST
    choice = _choose(decision, depth, named, lighter=lighter)
    if choice is None:
        decision.say("all_left_out")
    elif choice.fresh_round and state.decks and not named and not state.anew and _offer_other(decision):
        decision.change(questions=replace(decision.state.questions, depth=depth))
    elif needs_consent(max(depth, choice.prompt.depth)) and not state.deep_agreed:
        decision.change(awaited=DeeperFirst())
        decision.say("deeper_first")
    elif choice.prompt.depth > depth:
        decision.change(awaited=WarmerFirst())
        decision.say("warmer_first")
    else:
        _read(decision, choice, depth, instead=instead)


def _choose(
    decision: Decision, depth: int, named: Collection[str] | None = None, *, lighter: bool = False
) -> Choice | None:
    """The next prompt; None when all there is has been left out."""
    in_use = decision.state.questions.decks
    named = in_use if named is None else named
    decks = available.available_decks(decision, {*in_use, *named})
    return draw(decision, decks, depth, named, lighter=lighter) if decks else None


def draw(
    decision: Decision, decks: Sequence[Deck], depth: int, named: Collection[str] = (), *, lighter: bool = False
) -> Choice:
    """The next prompt of these decks, of which there is at least one, after all that was asked before."""
    asked = decision.records.asked
    every = available.all_decks(decision.content, decision.records)
    return choose(
        decks,
        asked,
        named=named,
        depth=depth,
        after_deep=is_after_deep(every, asked),
        lighter=lighter,
        weight=cache(taste_of(every, decision.records).weight),  # asked of every prompt, the same for many
        shuffle=decision.random,
    )


def mark_asked(decision: Decision, choice: Choice) -> None:
    """Remember that this prompt is read now."""
    prompt = choice.prompt
    decision.act(MarkAsked(Asked(prompt.id, prompt.deck, decision.now, choice.round)))


def _offer_other(decision: Decision) -> bool:
    """Say that the decks in use are used up and offer another one; False when there is none with anything left."""
    used = decision.state.questions.decks
    decks = tuple(deck for deck in available.available_decks(decision) if deck.name not in used)
    if not decks:
        return False
    other = choose(decks, decision.records.asked, depth=LIGHTEST, shuffle=decision.random)
    if other.fresh_round:
        return False
    title = next(deck.title for deck in decks if deck.name == other.prompt.deck)
    decision.change(awaited=OtherDeck(other.prompt.deck))
    decision.say("deck_used_up", deck=title)
    return True


def _read(decision: Decision, choice: Choice, depth: int, *, instead: bool = False) -> None:
    prompt = choice.prompt
    same = instead and decision.state.questions.prompt is not None
    if choice.fresh_round and not decision.state.questions.anew:
        decision.say("all_used_up")
    mark_asked(decision, choice)
    state = decision.state.questions
    first = state.first if same else _next_to_begin(decision)
    text = addressed(decision.manners, prompt.text, first)
    left = state.left - 1 if state.left and not same else state.left
    decision.change(
        questions=replace(
            state,
            prompt=prompt,
            said=text,
            asked_at=decision.at,
            depth=depth,
            anew=False,
            first=first,
            dug=0,
            left=left,
            why=choice.why,
        )
    )
    hand_over = decision.manners.named and not same
    if hand_over:
        decision.say("you_first", name=first)
    decision.say_text(text, pause=HAND_OVER if hand_over else SETTLE if decision.state.speaking else 0.0)
    decision.change(again=(text,))


def _next_to_begin(decision: Decision) -> str:
    """The partner who did not begin last; on another evening, by how many questions there were."""
    last, partners = decision.state.questions.first, decision.manners.partners
    return decision.manners.other(last) if last else partners[len(decision.records.asked) % 2]


def spoken(decision: Decision, text: str) -> str:
    """A prompt or follow-up as it is said now, to the one who begins."""
    return addressed(decision.manners, text, decision.state.questions.first or _next_to_begin(decision))


def addressed(manners: Household, text: str, first: str) -> str:
    """A prompt or follow-up as it is said to this partner."""
    return fill(text, {"other": manners.other(first) if manners.named and first else "your partner"})


def read_prompt(decision: Decision, key: str, why: Why) -> None:
    """Read the very prompt with this id, if it may be asked from the decks that are open to all."""
    prompt = available.prompt_with(available.available_decks(decision, decision.state.questions.decks), key)
    if prompt:
        choice = Choice(prompt, present_round(prompt.deck, decision.records.asked), fresh_round=False, why=why)
        _read(decision, choice, min(prompt.depth, DEEPEST - 1))


def answer_deeper(decision: Decision, awaited: DeeperFirst, yes: bool) -> None:
    """Go deeper, where both want that; a no is taken without a word about it."""
    decision.change(awaited=None, questions=replace(decision.state.questions, deep_agreed=yes))
    if yes and awaited.prompt:
        read_prompt(decision, awaited.prompt, Why.FAVOURITE)
    elif yes:
        ask_at(decision, DEEPEST)
    else:
        _stay_lighter(decision)


def _stay_lighter(decision: Decision) -> None:
    state = decision.state.questions
    depth = min(state.depth, DEEPEST - 1)
    choice = _choose(decision, depth)
    if choice and needs_consent(choice.prompt.depth) and state.decks:
        decision.change(questions=replace(state, decks=()))  # the deck they chose has nothing lighter left
        choice = _choose(decision, depth)
    if choice is None or needs_consent(choice.prompt.depth):
        drop_prompt(decision)
        decision.say("only_deep_left")
    else:
        _read(decision, choice, depth)


def answer_warmer(decision: Decision, awaited: WarmerFirst, yes: bool) -> None:
    """Ask a warm one, where they want that."""
    decision.change(awaited=None)
    if yes:
        ask_at(decision, DEEPEST - 1)
    else:
        drop_prompt(decision)
        decision.say("let_go")


def drop_prompt(decision: Decision) -> None:
    """No question is open any more; depth and decks stay."""
    decision.change(questions=replace(decision.state.questions, prompt=None))


ANSWERS = (
    Answers(DeeperFirst, answer_deeper),
    Answers(WarmerFirst, answer_warmer),
)
