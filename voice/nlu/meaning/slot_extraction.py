"""The slots of an intent from a sentence that no template has: by frames, keywords, quantities and names."""

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from voice.content import Intent, IntentPack
from voice.language.slots import (
    ABOUT,
    DECK,
    NAME,
    NO_DECK,
    NO_TOPIC,
    OWN_DECK,
    SLOT_TYPES,
    TEXT,
    TOPIC,
    Filler,
    Value,
    filler_of,
    key_of,
    parts_of,
)
from voice.language.text import plain
from voice.messages.meaning import Slots
from voice.nlu.grammar.grammar import Grammar
from voice.nlu.matching.utterance import Utterance
from voice.nlu.meaning.topics import NEAR, Topics

_BY_MEANING = {DECK.name: NO_DECK, TOPIC: NO_TOPIC}
"""Slots that take a topic in people's own words, and the slot that says that nothing is near to it."""
_COMMON = 12  # wordings that must have a word that is nobody's name
_NOBODY = frozenset(  # words that stand where a name could and name nobody else
    "me us you him her them myself ourselves yourself both everyone my our your the a an it this that partner husband "
    "wife love darling babe honey later now tomorrow tonight today when if about to for in on at with "
    "and then please".split()
)


@dataclass(frozen=True, slots=True)
class Filled:
    """What a sentence says about the slots of an intent."""

    slots: Slots
    """Slot -> value."""
    missing: frozenset[str] = frozenset()
    """Slots that every template of the intent has, and of which nothing was said."""
    stranger: str = ""
    """Somebody who is no partner, named where only a partner can be meant; "" for nobody."""


class SlotExtractor:
    """Fills the slots of one pack for one couple; pure.

    names: every spelling of a partner's name in lower case -> the name. lists: slot -> spoken form -> value.
    nearest: (text, slot) -> the value whose forms mean the nearest thing, "" for none. vectors: what topics are
    compared by.
    """

    def __init__(
        self,
        pack: IntentPack,
        names: Mapping[str, str],
        lists: Mapping[str, Mapping[str, str]],
        nearest: Callable[[str, str], str],
        vectors: Callable[[Sequence[str]], NDArray[np.float32]],
    ) -> None:
        self._names = {tuple(plain(spelling).split()): name for spelling, name in names.items()}
        self._lists = {
            slot: _longest_first({**lists.get(slot, {}), **pack.keywords.get(slot, {})})
            for slot in {*lists, *pack.keywords}
        }
        self._nearest = nearest
        self._topics = {slot: Topics(self._forms_of(slot), vectors) for slot in _BY_MEANING}
        self._pack = pack
        grammar = Grammar(pack.rules, lists)
        self._required, self._known = dict[str, frozenset[str]](), dict[str, frozenset[str]]()
        for intent in pack.intents:
            required = [_parts_of_all(grammar.required_slots(template)) for template in intent.sentences]
            self._required[intent.name] = frozenset.intersection(*required or [frozenset[str]()])
            self._known[intent.name] = frozenset[str]().union(*map(grammar.slots, intent.sentences))
        self._frames = {
            intent.name: [re.compile(rf"(?:^|.*?\b)(?:{frame})$") for frame in intent.frames] for intent in pack.intents
        }

    def takes_any(self, intent: Intent) -> bool:
        """Whether any sentence of an intent has a slot."""
        return bool(self._known[intent.name] or self._frames[intent.name])

    def takes_words(self, intent: Intent) -> bool:
        """Whether an intent has a slot for words that its sentences cannot list."""
        lines = any(filler_of(slot) is Filler.LINE for slot in self._known[intent.name])
        return bool(lines or self._frames[intent.name])

    def fill(self, intent: Intent, heard: Utterance) -> Filled:
        """The slots that a sentence fills, and what is missing."""
        known = self._known[intent.name]
        slots = _in_own_words(known, heard)
        framed, stranger = self._framed(intent, heard)
        if NAME.name in known and (name := framed.pop(NAME.name, "") or self._name(heard)):
            slots[NAME.name] = name
        slots |= {slot: value for slot, value in framed.items() if slot in known or slot == TEXT.name}
        for slot in _listed(known - slots.keys()):
            if value := self._form(slot, heard):
                slots[slot] = value
        for slot in _BY_MEANING.keys() & known - slots.keys():
            if topic := framed.get(ABOUT):
                slots |= self._by_topic(str(topic), slot)
        required = self._required[intent.name] - {slot for slot, none in _BY_MEANING.items() if none in slots}
        for slot in _listed(required - slots.keys()):
            if value := self._nearest(heard.hypothesis.text, slot):
                slots[slot] = value
        missing = (slot for slot in required if key_of(slot) not in slots)
        return Filled(slots, frozenset(missing), stranger)

    def _forms_of(self, slot: str) -> dict[str, str]:
        return {" ".join(form): value for form, value in self._lists.get(slot, ()) if value != OWN_DECK}

    def _by_topic(self, topic: str, slot: str) -> dict[str, Value]:
        """The value of a slot that is about a topic, or that there is none; nothing where they leave it open."""
        if Topics.is_none(topic):
            return {}
        likeness, values = self._topics[slot].nearest(topic)
        return {slot: values[0]} if likeness >= NEAR else {_BY_MEANING[slot]: "\n".join(values), ABOUT: topic}

    def with_topic(self, intent: Intent, slots: Slots, heard: Utterance) -> Slots:
        """The slots of a template that was near, without the deck or topic that it named when another one is said."""
        topic = self._framed(intent, heard)[0].get(ABOUT)
        for slot in _BY_MEANING.keys() & slots.keys() if topic else ():
            named = str(slots[slot])
            if self._form(slot, heard) or self._topics[slot].is_misheard(str(topic), named):
                continue
            kept = {each: value for each, value in slots.items() if each != slot}
            slots = {**kept, **self._by_topic(str(topic), slot)}
        return slots

    def names_another(self, slots: Mapping[str, object], heard: Utterance) -> bool:
        """Whether the words name another value of a list than the one taken ("kids" taken for the deck of needs)."""
        listed = ((self._form(slot, heard), value) for slot, value in slots.items() if slot in self._lists)
        return any(said and said != value for said, value in listed)

    @cached_property
    def _ordinary(self) -> frozenset[str]:
        """Words that name nobody. Counted at the first name in doubt: all wordings take half a second."""
        return _NOBODY | _common_words(self._pack)

    def _framed(self, intent: Intent, heard: Utterance) -> tuple[dict[str, str | float], str]:
        """What the first fitting frame says: the words of its groups as they were heard, and a stranger's name."""
        said = " ".join(heard.plain)
        for frame in self._frames[intent.name]:
            found = frame.match(said)
            if found is None:
                continue
            slots, stranger = dict[str, str | float](), ""
            for slot, value in found.groupdict().items():
                if not value:
                    continue
                start = said[: found.start(slot)].count(" ")
                end = start + value.count(" ") + 1
                filler = filler_of(slot)
                if filler is not Filler.PARTNER:
                    slots[slot] = heard.as_heard(start, end) if filler is Filler.LINE else value
                elif name := self._is_name(heard.plain[start:end]):
                    slots[slot] = name
                elif not set(value.split()) & self._ordinary:
                    stranger = heard.as_heard(start, end)
            return slots, stranger
        return {}, ""

    def _form(self, slot: str, heard: Utterance) -> str:
        """The value of the longest spoken form that stands in the sentence; "thursday, not wednesday" is thursday."""
        said, refused = heard.plain, ""
        for form, value in self._lists.get(slot, ()):
            places = [at for at in range(len(said) - len(form) + 1) if form and said[at : at + len(form)] == form]
            if any(said[at - 1 : at] != ("not",) for at in places):
                return value
            refused = refused or (value if places else "")
        return refused

    def _name(self, heard: Utterance) -> str:
        """The last partner that is named."""
        said = heard.plain
        found: list[tuple[int, str]] = [
            (at, name)
            for form, name in self._names.items()
            for at in range(len(said) - len(form) + 1)
            if self._is_name(said[at : at + len(form)]) == name
        ]
        return max(found)[1] if found else ""

    def _is_name(self, some_words: Sequence[str]) -> str:
        """The partner with exactly this name, with or without the s of "Sam's"; "" for nobody."""
        said = tuple(some_words)
        shorter = (*said[:-1], said[-1].removesuffix("s")) if said else said
        return self._names.get(said) or self._names.get(shorter, "")


def _in_own_words(known: Container[str], heard: Utterance) -> dict[str, Value]:
    """Those of some slots whose values are found wherever they stand."""
    values = {name: slot.in_own_words(heard.plain) for name, slot in SLOT_TYPES.items() if name in known}
    return {name: value for name, value in values.items() if value is not None}


def _parts_of_all(slots: Iterable[str]) -> frozenset[str]:
    return frozenset(part for slot in slots for part in parts_of(slot))


def _listed(slots: Iterable[str]) -> list[str]:
    return sorted(slot for slot in slots if filler_of(slot) is Filler.LISTED)


def _longest_first(forms: Mapping[str, str]) -> list[tuple[tuple[str, ...], str]]:
    """Spoken forms in plain words with their values."""
    spoken = ((tuple(plain(form).split()), value) for form, value in forms.items())
    return sorted(spoken, key=lambda each: -len(each[0]))


def _common_words(pack: IntentPack) -> frozenset[str]:
    """Words that many wordings have: none of them is somebody's name."""
    counted = Counter(word for intent in pack.intents for line in intent.wordings for word in set(plain(line).split()))
    return frozenset(word for word, times in counted.items() if times >= _COMMON)
