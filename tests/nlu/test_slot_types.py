"""The table of slot types: an entry is all that a template needs, and what an entry says is true."""

import re
from collections.abc import Sequence

import pytest

from tests.support.paths import ROOT
from voice.content import Intent, IntentPack
from voice.language.slots import SLOT_TYPES, Filler, Found, SlotType, found_in, quantities, slots_to_text
from voice.messages.meaning import Match
from voice.messages.recognition import Hypothesis, Mode
from voice.nlu.grammar.word_graph import graph_of_quantity
from voice.nlu.understanding import Understanding

PITCHES = {"sharp": 1.0, "flat": -1.0}


def pitches(plain_words: Sequence[str]) -> list[Found]:
    return [Found(PITCHES[word], at, at + 1) for at, word in enumerate(plain_words) if word in PITCHES]


PITCH = SlotType(
    "pitch",
    Filler.QUANTITY,
    "sharp",
    widest=1,
    unit="semitones",
    template="(sharp|flat)",
    find=pitches,
    samples=("sharp", "flat"),
    speak=lambda value: f"by {value:g} semitones",
)
PLACE = SlotType("place", Filler.WORDS, "old mill", widest=2)
WISH = SlotType("wish", Filler.LINE, "a long walk")


@pytest.fixture
def understanding(monkeypatch: pytest.MonkeyPatch) -> Understanding:
    """Of a pack whose templates name three types that were added to the table, and nowhere else."""
    for slot in (PITCH, PLACE, WISH):
        monkeypatch.setitem(SLOT_TYPES, slot.name, slot)
    templates = {
        "tune": ("tune it {pitch}", "tell {name} i wish for {wish} played {pitch}"),
        "meet": ("we will meet at the {place} tonight",),
        "wish": ("i have been wishing for {wish}",),
    }
    intents = tuple(Intent(name, frozenset({Mode.IDLE}), lines) for name, lines in templates.items())
    return Understanding(IntentPack("en", intents, {}, {}), ("Alex", "Sam"), (), None)


@pytest.mark.parametrize(
    ("text", "intent", "slots"),
    [
        ("Tune it flat.", "tune", {"pitch": -1.0}),
        ("tell Sam I wish for our Song played sharp", "tune", {"name": "Sam", "wish": "our Song", "pitch": 1.0}),
        ("we will meet at the old mill tonight", "meet", {"place": "old mill"}),
        ("I have been wishing for a walk in Rome", "wish", {"wish": "a walk in Rome"}),
    ],
)
def test_an_entry_in_the_table_is_all_that_a_template_needs(
    understanding: Understanding, text: str, intent: str, slots: dict[str, str | float]
) -> None:
    match = understanding.understand((Hypothesis(text, "keyboard"),), Mode.IDLE)
    assert isinstance(match, Match), match
    assert (match.intent, dict(match.slots)) == (intent, slots)


def test_engines_and_replies_know_it_too(understanding: Understanding) -> None:
    graph = understanding.index.graph(Mode.IDLE)
    assert {arc.word for arc in graph.parts["{pitch}"].arcs} == {"sharp", "flat"}
    assert "tune it sharp" in understanding.index.engine_grammar(Mode.IDLE)
    assert slots_to_text("tune it {pitch}", {"pitch": -1.0}) == "tune it by -1 semitones"


@pytest.mark.parametrize("slot", quantities(), ids=lambda slot: slot.name)
def test_what_the_table_says_of_a_quantity_is_true(slot: SlotType) -> None:
    longest = dict[int, int]()
    graph = graph_of_quantity(slot.token)
    for arc in graph.arcs:
        longest[arc.target] = max(longest.get(arc.target, 0), longest.get(arc.source, 0) + bool(arc.word))
    assert max(longest.values()) == slot.widest
    for text in (slot.example, *slot.samples):
        words = re.findall(r"[\w']+", text)
        assert len(words) <= slot.widest
        found = found_in(words)[slot.name]
        assert [(each.start, each.end) for each in found] == [(0, len(words))]


def test_the_page_on_packs_has_every_type() -> None:
    page = (ROOT / "docs" / "packs.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `\{(\w+)\}` \| (.*) \|$", page, re.MULTILINE))
    for slot in SLOT_TYPES.values():
        assert f"“{slot.example}”" in rows[slot.name]
        assert slot.unit in rows[slot.name]
        assert not slot.widest or f"at most {slot.widest} words" in rows[slot.name]
