"""Questions by voice: one prompt is read, then silence for as long as they talk."""

from voice.core.decision import Decision
from voice.core.decks import DEEPEST, Choice, Wish, choose, needs_consent, settle
from voice.core.state import Awaited
from voice.messages import Asked, MarkAsked, Match

DEPTHS = {"light": 1, "warm": 2, "deep": 3}  # the values of the slot {depth}
FORGOTTEN_AFTER = 30 * 60.0  # seconds of silence after which a question is no longer the talk of the table
NAMED_AT_ONCE = 3  # decks named in one breath; practices row 4


def ask(decision: Decision, match: Match) -> None:
    """ "Ask us a question", of a depth or a deck when one was named."""
    deck = str(match.slots.get("deck", "")) or decision.state.deck
    depth = DEPTHS.get(str(match.slots.get("depth", "")), decision.state.depth)
    decision.change(deck=deck)
    _ask_at(decision, depth)


def another(decision: Decision) -> None:
    """ "Another one"."""
    _ask_at(decision, settle(decision.state.depth, Wish.NEXT))


def skip(decision: Decision) -> None:
    """ "Skip": the next one is lighter, and nobody asks why."""
    _ask_at(decision, settle(decision.state.depth, Wish.SKIP))


def lighter(decision: Decision) -> None:
    """ "Something lighter"."""
    decision.change(deep_agreed=False)
    _ask_at(decision, settle(decision.state.depth, Wish.LIGHTER))


def deeper(decision: Decision) -> None:
    """ "Go deeper"."""
    _ask_at(decision, settle(decision.state.depth, Wish.DEEPER))


def enough(decision: Decision) -> None:
    """ "That's enough"."""
    _close(decision)
    decision.say("questions_over")


def _close(decision: Decision) -> None:
    decision.change(question=None, deck=None, depth=1, deep_agreed=False)


def name_decks(decision: Decision) -> None:
    """ "What decks do you have": never more than three at once."""
    names = [deck.title for deck in decision.content.decks[:NAMED_AT_ONCE]]
    decision.say("decks", list=", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else names[0])


def pick_deck(decision: Decision, match: Match) -> None:
    """ "Start the dreams deck"."""
    name = str(match.slots["deck"])
    title = next((deck.title for deck in decision.content.decks if deck.name == name), name)
    decision.change(deck=name, depth=1)
    decision.say("deck_picked", deck=title)
    _ask_at(decision, 1)


def _choose(decision: Decision, depth: int) -> Choice:
    state, records = decision.state, decision.records
    return choose(decision.content.decks, records.asked, deck=state.deck, depth=depth, shuffle=decision.random)


def _ask_at(decision: Decision, depth: int) -> None:
    """Read a prompt of this depth; before the deepest, ask once whether both want that."""
    choice = _choose(decision, depth)
    if needs_consent(max(depth, choice.prompt.depth)) and not decision.state.deep_agreed:
        decision.change(awaited=Awaited("deeper"))
        decision.say("deeper_first")
    else:
        _read(decision, choice, depth)


def _read(decision: Decision, choice: Choice, depth: int) -> None:
    prompt = choice.prompt
    if choice.fresh_round:
        decision.say("deck_used_up")
    decision.act(MarkAsked(Asked(prompt.id, prompt.deck, decision.now, choice.round)))
    decision.change(question=prompt, asked_at=decision.at, depth=depth)
    decision.say_text(prompt.text, pause=1.0 if decision.state.speaking else 0.0)
    decision.change(again=(prompt.text,))


def answered_deeper(decision: Decision, yes: bool) -> None:
    """Whether both want the deepest prompts; a no is taken without a word about it."""
    decision.change(awaited=None, deep_agreed=yes)
    if yes:
        _ask_at(decision, DEEPEST)
        return
    depth = min(decision.state.depth, DEEPEST - 1)
    choice = _choose(decision, depth)
    if needs_consent(choice.prompt.depth) and decision.state.deck:
        decision.change(deck=None)  # the deck they chose has nothing lighter left
        choice = _choose(decision, depth)
    if needs_consent(choice.prompt.depth):
        decision.change(question=None)
        decision.say("only_deep_left")
    else:
        _read(decision, choice, depth)


def tick(decision: Decision) -> None:
    """A question that nobody talks about any more is closed without a word."""
    state = decision.state
    if state.question and decision.at - max(state.voices_at, state.asked_at) > FORGOTTEN_AFTER:
        _close(decision)
