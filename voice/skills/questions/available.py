"""The decks that may be asked from: ours and theirs, without the topics that are left out."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from voice.content import LIGHTEST, Content, Deck, Prompt
from voice.dialogue.decision import Decision
from voice.dialogue.private import has_guests
from voice.language.slots import OWN_DECK
from voice.messages.records import Records
from voice.skills.questions.left_out import LeftOut, left_out

FAVOURITES, SKIPPED = "favourites", "skipped"  # settings: ids of prompts, one a line
STAGE = "stage"  # a setting: name of the deck of their stage of life; "" for none


# ---- the decks as they are for this couple ------------------------------------------------------------


def all_decks(content: Content, records: Records) -> tuple[Deck, ...]:
    """The decks of the packs, and the couple's questions that were added by voice."""
    prompts = tuple(Prompt(f"own {own.id}", own.text, OWN_DECK, LIGHTEST) for own in records.own_prompts)
    own = Deck(OWN_DECK, content.replies["own_deck"][0], prompts) if prompts else None
    return (*content.decks, own) if own else content.decks


def allowed(decks: Sequence[Deck], known: LeftOut) -> tuple[Deck, ...]:
    """The decks without the prompts about what is left out, and without those that are empty then."""
    return only(decks, lambda prompt: not known.covers(prompt))


def only(decks: Sequence[Deck], wanted: Callable[[Prompt], bool]) -> tuple[Deck, ...]:
    """The decks with nothing but the prompts that are wanted, and without those that are empty then."""
    fewer = (replace(deck, prompts=tuple(filter(wanted, deck.prompts))) for deck in decks)
    return tuple(deck for deck in fewer if deck.prompts)


def available_decks(decision: Decision, named: Collection[str] = ()) -> tuple[Deck, ...]:
    """The decks that may be asked from now, without topics left out. Opt-in and on-request decks must be named."""
    decks = allowed(all_decks(decision.content, decision.records), left_out(decision.content, decision.records))
    opened = () if has_guests(decision) else (*named, decision.records.settings.get(STAGE, ""))
    return tuple(deck for deck in decks if deck.name in opened or not (deck.opt_in or deck.on_request))


def stage_deck(content: Content, records: Records) -> Deck | None:
    """The deck of the stage of life that they told of."""
    called = records.settings.get(STAGE, "")
    return next((deck for deck in content.decks if deck.name == called), None)


def is_light(decision: Decision) -> bool:
    """Whether only light questions are asked: these days, as after a rough patch, or while guests are there."""
    days_left = decision.now.date().isoformat() < decision.records.settings.get("light until", "")
    return days_left or has_guests(decision)


def ids_in(records: Records, setting: str) -> tuple[str, ...]:
    """The ids of prompts that a setting holds, oldest first."""
    return tuple(filter(None, records.settings.get(setting, "").split("\n")))


def prompt_with(decks: Sequence[Deck], key: str) -> Prompt | None:
    """The prompt with this id."""
    return next((prompt for deck in decks for prompt in deck.prompts if prompt.id == key), None)
