"""Questions by voice: one prompt is read, then silence for as long as they talk."""

from dataclasses import dataclass, replace

from voice.content import DEEPEST, LIGHTEST
from voice.dialogue.decision import Decision
from voice.dialogue.private import has_guests
from voice.dialogue.skill import Answers
from voice.dialogue.state import PendingQuestion, QuestionState
from voice.language.slots import DECK, NO_DECK, OWN_DECK
from voice.language.text import speak_list
from voice.messages.meaning import Match
from voice.skills.questions import available, ideas, left_out
from voice.skills.questions.asking import OtherDeck, ask_at, drop_prompt, spoken
from voice.skills.questions.deck_choice import DeckRequest, Why, remaining, settle
from voice.skills.questions.taste import remember_skip

DEPTHS = {"light": 1, "warm": 2, "deep": 3}  # the values of the slot {depth}
FORGOTTEN_AFTER = 30 * 60.0  # seconds of silence after which a question is no longer the talk of the table
PLAYFUL_AFTER = 2  # skips in a row
NEIGHBOURS = 2  # decks that are named where none is about what they asked for
PLAY, LOVE_MAPS, CLOSING = "play", "love maps", "closing"  # a deck or a family of decks


@dataclass(frozen=True, slots=True)
class OptIn(PendingQuestion):
    """Whether both want a deck that is opened only after a yes."""

    called: str
    """Name of the deck or family."""

    @property
    def is_gate(self) -> bool:
        """The deck is opened only after a yes of both."""
        return True


@dataclass(frozen=True, slots=True)
class OneMore(PendingQuestion):
    """Whether they want more questions than their mood asked for."""


def ask(decision: Decision, match: Match) -> None:
    """ "Ask us a question", of a depth or a deck when one was named."""
    depth = DEPTHS.get(str(match.slots.get("depth", "")), decision.state.questions.depth)
    if NO_DECK in match.slots:
        say_no_deck(decision, match)
    elif DECK.name in match.slots:
        open_deck(decision, str(match.slots[DECK.name]), depth)
    else:
        decision.change(questions=replace(decision.state.questions, left=None))
        ask_at(decision, depth)


def ask_another(decision: Decision, match: Match) -> None:
    """ "Another one": of the list of ideas that is open, else a question."""
    if ours := ideas.open_list(decision):
        ideas.say_one(decision, ours)
    elif decision.state.questions.left == 0:
        decision.change(awaited=OneMore())
        decision.say("one_more")
    else:
        ask_at(decision, settle(decision.state.questions.depth, DeckRequest.NEXT))


def skip(decision: Decision, match: Match) -> None:
    """ "Skip": another line of the list of ideas that is open, else the next question."""
    if ours := ideas.open_list(decision):
        ideas.say_one(decision, ours)
    else:
        remember_skip(decision)
        _skip_question(decision)


def _skip_question(decision: Decision) -> None:
    """The next one is lighter, and nobody asks why; after two skips in a row it is a playful one."""
    state = decision.state.questions
    skips = state.skips + 1
    playful = skips >= PLAYFUL_AFTER and not state.decks
    named = _unused(decision, PLAY) if playful else None
    ask_at(decision, settle(state.depth, DeckRequest.SKIP), named, instead=True, lighter=True)
    decision.change(questions=replace(decision.state.questions, skips=skips))


def ask_lighter(decision: Decision, match: Match) -> None:
    """ "Something lighter": lighter than the open one by the author's depth, and about nothing heavy."""
    decision.change(questions=replace(decision.state.questions, deep_agreed=False))
    ask_at(decision, settle(_depth_now(decision), DeckRequest.LIGHTER), instead=True, lighter=True)


def ask_deeper(decision: Decision, match: Match) -> None:
    """ "Go deeper": deeper than the open one by the author's depth."""
    ask_at(decision, settle(_depth_now(decision), DeckRequest.DEEPER), instead=True)


def _depth_now(decision: Decision) -> int:
    """The depth of the open question, which may be less than was asked for."""
    state = decision.state.questions
    return state.prompt.depth if state.prompt else state.depth


def say_why(decision: Decision, match: Match) -> None:
    """ "Why this one?": in one sentence."""
    state = decision.state.questions
    if state.prompt is None or ideas.open_list(decision):
        decision.say("why_list")
        return
    decks = available.all_decks(decision.content, decision.records)
    title = next((deck.title for deck in decks if deck.name == state.prompt.deck), state.prompt.deck)
    why = state.why or Why.TURN
    is_of_stage = decision.records.settings.get(available.STAGE) == state.prompt.deck
    decision.say(Why.STAGE if is_of_stage and why in (Why.LIKED, Why.TURN) else why, deck=title)


def end_questions(decision: Decision, match: Match) -> None:
    """ "That's enough"."""
    close(decision)


def ask_last(decision: Decision, match: Match) -> None:
    """ "One last question": one that closes the evening."""
    depth = min(decision.state.questions.depth, DEEPEST - 1)
    decision.change(questions=replace(decision.state.questions, left=None))
    ask_at(decision, depth, decks_called(decision, CLOSING) or None)


def say_who_begins(decision: Decision, match: Match) -> None:
    """ "Who goes first"."""
    first = decision.state.questions.first
    if decision.manners.named and first:
        decision.say("begins", name=first)
    else:
        decision.say("either_begins")


def close(decision: Decision) -> None:
    """End the questions, with a word."""
    decision.change(questions=QuestionState(first=decision.state.questions.first))
    decision.say("questions_over")


def stop(decision: Decision) -> bool:
    """ "Stop": the questions end, where one is open."""
    is_open = decision.state.questions.prompt is not None
    if is_open:
        close(decision)
    return is_open


def follow_up(decision: Decision, match: Match) -> None:
    """ "Tell us more": the next sentence that digs on, where the prompt has one."""
    state = decision.state.questions
    further = state.prompt.follow_ups[state.dug :] if state.prompt else ()
    if further:
        text = spoken(decision, further[0])
        decision.change(questions=replace(state, said=text, asked_at=decision.at, dug=state.dug + 1))
        decision.say_text(text)
    else:
        decision.say("no_more_follow_ups" if state.dug else "no_follow_up")


# ---- decks --------------------------------------------------------------------------------------------


def pick_deck(decision: Decision, match: Match) -> None:
    """ "Start the dreams deck"."""
    if DECK.name in match.slots:
        open_deck(decision, str(match.slots[DECK.name]), LIGHTEST, announced=True)
    else:
        ask(decision, match)


def say_no_deck(decision: Decision, match: Match) -> None:
    """No deck is about what they asked for: name the two nearest that are open to all."""
    open_to_all = {deck.name: deck.title for deck in available.available_decks(decision)}
    nearest = [open_to_all[name] for name in str(match.slots[NO_DECK]).split("\n") if name in open_to_all]
    if nearest:
        decision.say("no_deck_near", list=speak_list(nearest[:NEIGHBOURS]))
    else:
        decision.say("no_deck")


def open_love_maps(decision: Decision, match: Match) -> None:
    """ "How well do we know each other": nobody counts."""
    open_deck(decision, LOVE_MAPS, LIGHTEST)


def open_deck(decision: Decision, called: str, depth: int, *, announced: bool = False) -> None:
    """Ask from the deck or family of this name from now on; an opt-in deck is opened only after a yes of both."""
    decks = available.all_decks(decision.content, decision.records)
    names = decks_called(decision, called)
    decision.change(questions=replace(decision.state.questions, left=None))
    if not names:
        decision.say("own_none" if called == OWN_DECK else "deck_left_out")
    elif (shut := any(deck.opt_in for deck in decks if deck.name in names)) and has_guests(decision):
        decision.say("guests_wait")
    elif shut:
        decision.change(awaited=OptIn(called))
        decision.say("opt_in_first", deck=called)
    else:
        if announced:
            title = next((deck.title for deck in decks if deck.name == called), called)
            decision.say("deck_picked", deck=title)
        use(decision, names, depth)


def decks_called(decision: Decision, name: str) -> tuple[str, ...]:
    """The decks of this name or family from which something may be asked."""
    decks = available.all_decks(decision.content, decision.records)
    named = [deck for deck in decks if name in (deck.name, deck.family)]
    return tuple(deck.name for deck in available.allowed(named, left_out.left_out(decision.content, decision.records)))


def _unused(decision: Decision, name: str) -> tuple[str, ...]:
    """The decks of this name or family with something left to ask."""
    decks = [deck for deck in available.available_decks(decision) if name in (deck.name, deck.family)]
    return tuple(deck.name for deck in decks if remaining(deck, decision.records.asked))


def use(decision: Decision, names: tuple[str, ...], depth: int) -> None:
    """Ask from these decks from now on."""
    decision.change(questions=replace(decision.state.questions, decks=names, anew=False))
    ask_at(decision, depth)


def answer_opt_in(decision: Decision, awaited: OptIn, yes: bool) -> None:
    """Open the deck that was picked, where both want it."""
    decision.change(awaited=None)
    names = decks_called(decision, awaited.called)
    if yes and names:
        decision.change(questions=replace(decision.state.questions, deep_agreed=False))
        use(decision, names, LIGHTEST)
    else:
        decision.say("let_go")


def answer_other_deck(decision: Decision, awaited: OtherDeck, yes: bool) -> None:
    """Go on with the other deck; after a no the one that is used up starts over when they ask again."""
    decision.change(awaited=None)
    if yes:
        use(decision, decks_called(decision, awaited.deck), decision.state.questions.depth)
    else:
        decision.change(questions=replace(decision.state.questions, anew=True))
        decision.say("deck_starts_over")


def answer_one_more(decision: Decision, awaited: OneMore, yes: bool) -> None:
    """Go on without counting, or end the questions."""
    decision.change(awaited=None, questions=replace(decision.state.questions, left=None))
    if yes:
        ask_at(decision, decision.state.questions.depth)
    else:
        close(decision)


def confirm_topics(decision: Decision) -> None:
    """The topics that are left out have changed: say so. An open question about one makes room for the next one."""
    left_out.say_left_out(decision)
    question = decision.state.questions.prompt
    if question and left_out.left_out(decision.content, decision.records).covers(question):
        drop_prompt(decision)
        _skip_question(decision)


def close_forgotten(decision: Decision) -> None:
    """Close a question that nobody talks about any more, without a word."""
    state = decision.state.questions
    if state.prompt and decision.at - max(decision.state.voices_at, state.asked_at) > FORGOTTEN_AFTER:
        decision.change(questions=QuestionState(first=state.first))


ANSWERS = (
    Answers(OptIn, answer_opt_in),
    Answers(OtherDeck, answer_other_deck),
    Answers(OneMore, answer_one_more),
)
