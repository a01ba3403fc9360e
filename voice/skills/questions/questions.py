"""Questions by voice: one prompt is read, then silence for as long as they talk."""

from collections.abc import Collection, Sequence

from voice.content import Deck
from voice.dialogue.decision import Decision
from voice.dialogue.state import PendingQuestion
from voice.messages.actions import MarkAsked
from voice.messages.meaning import Match
from voice.messages.records import Asked
from voice.skills.questions import available
from voice.skills.questions.deck_choice import (
    DEEPEST,
    LIGHTEST,
    Choice,
    DeckRequest,
    choose,
    is_after_deep,
    needs_consent,
    present_round,
    remaining,
    settle,
)

DEPTHS = {"light": 1, "warm": 2, "deep": 3}  # the values of the slot {depth}
FORGOTTEN_AFTER = 30 * 60.0  # seconds of silence after which a question is no longer the talk of the table
PLAYFUL_AFTER = 2  # skips in a row
PLAY, LOVE_MAPS = "play", "love maps"  # a deck or a family of decks


def ask(decision: Decision, match: Match) -> None:
    """ "Ask us a question", of a depth or a deck when one was named."""
    depth = DEPTHS.get(str(match.slots.get("depth", "")), decision.state.depth)
    if "deck" in match.slots:
        open_deck(decision, str(match.slots["deck"]), depth)
    else:
        ask_at(decision, depth)


def another(decision: Decision) -> None:
    """ "Another one"."""
    ask_at(decision, settle(decision.state.depth, DeckRequest.NEXT))


def skip(decision: Decision) -> None:
    """ "Skip": the next one is lighter, and nobody asks why; after two in a row it is a playful one."""
    skips = decision.state.skips + 1
    playful = skips >= PLAYFUL_AFTER and not decision.state.decks
    ask_at(decision, settle(decision.state.depth, DeckRequest.SKIP), _unused(decision, PLAY) if playful else None)
    decision.change(skips=skips)


def lighter(decision: Decision) -> None:
    """ "Something lighter"."""
    decision.change(deep_agreed=False)
    ask_at(decision, settle(decision.state.depth, DeckRequest.LIGHTER))


def deeper(decision: Decision) -> None:
    """ "Go deeper"."""
    ask_at(decision, settle(decision.state.depth, DeckRequest.DEEPER))


def enough(decision: Decision) -> None:
    """ "That's enough"."""
    _close(decision)
    decision.say("questions_over")


def _close(decision: Decision) -> None:
    decision.change(question=None, decks=(), depth=LIGHTEST, deep_agreed=False, skips=0, anew=False)


def follow_up(decision: Decision) -> None:
    """ "Tell us more": the sentence that digs on, where the prompt has one."""
    question = decision.state.question
    if question and question.follow_up:
        decision.change(asked_at=decision.at)
        decision.say_text(question.follow_up)
    else:
        decision.say("no_follow_up")


# ---- decks --------------------------------------------------------------------------------------------


def pick_deck(decision: Decision, match: Match) -> None:
    """ "Start the dreams deck"."""
    open_deck(decision, str(match.slots["deck"]), LIGHTEST, announced=True)


def love_maps(decision: Decision) -> None:
    """ "How well do we know each other": nobody counts."""
    open_deck(decision, LOVE_MAPS, LIGHTEST)


def open_deck(decision: Decision, called: str, depth: int, *, announced: bool = False) -> None:
    """Ask from the deck or family of this name from now on; from an opt-in one only after a yes of both."""
    decks = available.all_decks(decision.content, decision.records)
    names = _called(decision, called)
    if not names:
        decision.say("own_none" if called == available.OWN_DECK else "deck_left_out")
    elif any(deck.opt_in for deck in decks if deck.name in names):
        decision.change(awaited=PendingQuestion("opt in", about=called))
        decision.say("opt_in_first", deck=called)
    else:
        if announced:
            title = next((deck.title for deck in decks if deck.name == called), called)
            decision.say("deck_picked", deck=title)
        _use(decision, names, depth)


def _called(decision: Decision, name: str) -> tuple[str, ...]:
    """The decks of this name or family from which something may be asked."""
    decks = available.all_decks(decision.content, decision.records)
    named = [deck for deck in decks if name in (deck.name, deck.family)]
    return tuple(deck.name for deck in available.without(named, available.left_out(decision.records)))


def _unused(decision: Decision, name: str) -> tuple[str, ...]:
    """The decks of this name or family with something left to ask."""
    decks = [deck for deck in available.available_decks(decision) if name in (deck.name, deck.family)]
    return tuple(deck.name for deck in decks if remaining(deck, decision.records.asked))


def _use(decision: Decision, names: tuple[str, ...], depth: int) -> None:
    decision.change(decks=names, anew=False)
    ask_at(decision, depth)


def answered_opt_in(decision: Decision, awaited: PendingQuestion, yes: bool) -> None:
    """Whether both want the deck that was picked."""
    decision.change(awaited=None)
    names = _called(decision, awaited.about)
    if yes and names:
        decision.change(deep_agreed=False)
        _use(decision, names, LIGHTEST)
    else:
        decision.say("let_go")


def answered_other_deck(decision: Decision, awaited: PendingQuestion, yes: bool) -> None:
    """Whether to go on with another deck; else the one that is used up starts over when they ask again."""
    decision.change(awaited=None)
    if yes:
        _use(decision, _called(decision, awaited.about), decision.state.depth)
    else:
        decision.change(anew=True)
        decision.say("deck_starts_over")


# ---- one question -------------------------------------------------------------------------------------


def ask_at(decision: Decision, depth: int, named: Collection[str] | None = None) -> None:
    """Read a prompt of this depth; before the deepest, ask once whether both want that.

    named: decks, instead of those in use.
    """
    decision.change(skips=0)
    if available.is_light(decision):
        depth = LIGHTEST
    choice = _choose(decision, depth, named)
    if choice is None:
        decision.say("all_left_out")
    elif choice.fresh_round and decision.state.decks and not decision.state.anew and _offer_other(decision):
        decision.change(depth=depth)
    elif needs_consent(max(depth, choice.prompt.depth)) and not decision.state.deep_agreed:
        decision.change(awaited=PendingQuestion("deeper"))
        decision.say("deeper_first")
    elif choice.prompt.depth > depth:
        decision.change(awaited=PendingQuestion("warmer"))
        decision.say("warmer_first")
    else:
        _read(decision, choice, depth)


def _choose(decision: Decision, depth: int, named: Collection[str] | None = None) -> Choice | None:
    """The next prompt; None when all there is has been left out."""
    named = decision.state.decks if named is None else named
    decks = available.available_decks(decision, decision.state.decks)
    return draw(decision, decks, depth, named) if decks else None


def draw(decision: Decision, decks: Sequence[Deck], depth: int, named: Collection[str] = ()) -> Choice:
    """The next prompt of these decks, of which there is at least one, after all that was asked before."""
    asked = decision.records.asked
    after_deep = is_after_deep(available.all_decks(decision.content, decision.records), asked)
    return choose(decks, asked, named=named, depth=depth, after_deep=after_deep, shuffle=decision.random)


def mark_asked(decision: Decision, choice: Choice) -> None:
    """Remember that this prompt is read now."""
    prompt = choice.prompt
    decision.act(MarkAsked(Asked(prompt.id, prompt.deck, decision.now, choice.round)))


def _offer_other(decision: Decision) -> bool:
    """Say that the decks in use are used up and offer another one; False when there is none with anything left."""
    used = decision.state.decks
    decks = tuple(deck for deck in available.available_decks(decision) if deck.name not in used)
    if not decks:
        return False
    other = choose(decks, decision.records.asked, depth=LIGHTEST, shuffle=decision.random)
    if other.fresh_round:
        return False
    title = next(deck.title for deck in decks if deck.name == other.prompt.deck)
    decision.change(awaited=PendingQuestion("other deck", about=other.prompt.deck))
    decision.say("deck_used_up", deck=title)
    return True


def _read(decision: Decision, choice: Choice, depth: int) -> None:
    prompt = choice.prompt
    if choice.fresh_round and not decision.state.anew:
        decision.say("all_used_up")
    mark_asked(decision, choice)
    decision.change(question=prompt, asked_at=decision.at, depth=depth, anew=False)
    decision.say_text(prompt.text, pause=1.0 if decision.state.speaking else 0.0)
    decision.change(again=(prompt.text,))


def read_prompt(decision: Decision, key: str) -> None:
    """Read the very prompt with this id, if it may be asked from the decks that are open to all."""
    prompt = available.prompt_with(available.available_decks(decision, decision.state.decks), key)
    if prompt:
        choice = Choice(prompt, present_round(prompt.deck, decision.records.asked), fresh_round=False)
        _read(decision, choice, min(prompt.depth, DEEPEST - 1))


def answered_deeper(decision: Decision, awaited: PendingQuestion, yes: bool) -> None:
    """Whether both want the deepest prompts; a no is taken without a word about it."""
    decision.change(awaited=None, deep_agreed=yes)
    if yes and awaited.about:
        read_prompt(decision, awaited.about)
    elif yes:
        ask_at(decision, DEEPEST)
    else:
        _stay_lighter(decision)


def _stay_lighter(decision: Decision) -> None:
    depth = min(decision.state.depth, DEEPEST - 1)
    choice = _choose(decision, depth)
    if choice and needs_consent(choice.prompt.depth) and decision.state.decks:
        decision.change(decks=())  # the deck they chose has nothing lighter left
        choice = _choose(decision, depth)
    if choice is None or needs_consent(choice.prompt.depth):
        decision.change(question=None)
        decision.say("only_deep_left")
    else:
        _read(decision, choice, depth)


def answered_warmer(decision: Decision, awaited: PendingQuestion, yes: bool) -> None:
    """Whether they want a warm one, since nothing light is left there."""
    decision.change(awaited=None)
    if yes:
        ask_at(decision, DEEPEST - 1)
    else:
        decision.change(question=None)
        decision.say("let_go")


def topics_stored(decision: Decision) -> None:
    """What is left out has changed: say so; a question that is about it now makes room for the next one."""
    available.name_left_out(decision)
    question = decision.state.question
    if question and not question.tags.isdisjoint(available.left_out(decision.records)):
        decision.change(question=None)
        skip(decision)


def tick(decision: Decision) -> None:
    """A question that nobody talks about any more is closed without a word."""
    state = decision.state
    if state.question and decision.at - max(state.voices_at, state.asked_at) > FORGOTTEN_AFTER:
        _close(decision)
