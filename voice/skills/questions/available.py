"""The decks that may be asked from: ours and theirs, without the topics that are left out."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from voice.content import LIGHTEST, Content, Deck, Prompt
from voice.dialogue.decision import Decision
from voice.dialogue.private import has_guests
from voice.language.slots import NO_TOPIC, OWN_DECK, TOPIC
from voice.language.text import speak_list
from voice.messages.actions import SetSetting
from voice.messages.meaning import Match
from voice.messages.records import Records

LEFT_OUT, FAVOURITES, SKIPPED = "left out", "favourites", "skipped"  # settings: topics; ids of prompts, one a line
STAGE = "stage"  # a setting: name of the deck of their stage of life; "" for none
NEAREST = 2  # topics that are named where there is none
_BETWEEN_TOPICS = ", "


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


def available_decks(decision: Decision, named: Collection[str] = ()) -> tuple[Deck, ...]:
    """The decks that may be asked from now, without topics left out. Opt-in and on-request decks must be named."""
    decks = without(all_decks(decision.content, decision.records), left_out(decision.records))
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


# ---- topics -------------------------------------------------------------------------------------------


def leave_out(decision: Decision, match: Match) -> None:
    """ "No questions about work"; of what is no topic, the nearest ones are named."""
    if NO_TOPIC in match.slots:
        nearest = str(match.slots[NO_TOPIC]).split("\n")
        decision.say("no_topic", list=speak_list(nearest[:NEAREST], "or"))
    else:
        _set_topics(decision, left_out(decision.records) | {str(match.slots[TOPIC])})


def let_in(decision: Decision, match: Match) -> None:
    """ "We can talk about work again"."""
    _set_topics(decision, left_out(decision.records) - {str(match.slots[TOPIC])})


def _set_topics(decision: Decision, topics: Collection[str]) -> None:
    decision.act(SetSetting(LEFT_OUT, _BETWEEN_TOPICS.join(sorted(topics))))


def name_left_out(decision: Decision, match: Match) -> None:
    """ "What do we leave out"."""
    say_left_out(decision)


def say_left_out(decision: Decision) -> None:
    """Name the topics that are left out."""
    topics = sorted(left_out(decision.records))
    if topics:
        decision.say("left_out", list=speak_list(topics))
    else:
        decision.say("nothing_left_out")
