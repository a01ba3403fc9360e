"""What makes a deck good to hear: every rule for its writing, and a reading aloud by our own voice."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from statistics import median

import numpy as np
import pytest
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import token_set_ratio

from voice.content import Deck, Prompt
from voice.errors import PackError
from voice.files.strict_yaml import Mistakes
from voice.packs import pack_root
from voice.packs.prompts import PromptReader

DIRECTORY = pack_root() / "prompts" / "en" / "decks"
TOPICS = "ageing, body, childhood, faith, family, hardship, health, loss, money, parenting, sex, work, worry"
MOST_WORDS = {1: 16, 2: 16, 3: 20}
OPENING_SHARE, OPENINGS, FIRST_WORD_SHARE = 0.12, 8, 1 / 3
NEAR_DUPLICATE = 88  # rapidfuzz token_set_ratio
MEDIAN_SECONDS, MOST_SECONDS = 4.5, 8.0
LEAST_PROMPTS, DEPTH_SHARES, DEPTH_SLACK = 30, {1: 0.4, 2: 0.4, 3: 0.2}, 0.03
READ_BACK = 0.90  # of the words of a deck
RATE_OF_THE_VOICE, RATE_OF_THE_EARS = 24_000, 16_000  # samples a second

YES_NO = (
    "am are is was were do does did has have had can could will would shall should may might must "
    "isn't aren't wasn't don't doesn't didn't haven't can't couldn't won't wouldn't"
)
NEVER = {
    "blame": r"(?<!have )you (always|never)|why (don't|didn't|do you|are you)|should have|your fault|blame|wrong with",
    "scoring": r"rate|scores?|grades?|rank|compare|better than your partner|who is (better|more)",
    "gender": r"he|she|him|her|his|hers|husband|wife|boyfriend|girlfriend|wom[ae]n|m[ae]n|girls?|boys?|ladies",
    "jargon": (
        r"trauma\w*|trigger\w*|attachment|boundar\w+|validat\w+|process(ing)?|inner child|love languages?|toxic|"
        r"codependen\w+|vulnerab\w+|hold(ing)? space|self-care|intimacy|communicat\w+|partnership"
    ),
    "medicine": r"anxi\w+|depress\w+|therap\w+|heal(ing)?|cures?|disorder|hormones?|oxytocin|diagnos\w+",
    "children": r"(your|our|the) (kids?|child(ren)?|bab(y|ies)|sons?|daughters?)|bedtime story|school run",
    "faith": r"god|pray\w*|church|bless\w*|soul ?mates?|heaven|christmas|sins?",
    "drinking": r"wine|beer|drinks?|drunk|drank|cocktails?|pub|bar|toast",
    "money": r"salary|rent|mortgage|afford|savings?|rich|bank|million",
    "living together": r"(your|our) (home|house|flat|bed|bedroom|sofa|couch)|flatmates?|(got|came|come) home",
    "two parents": r"parents|mother|father|mom|mum|dad|mummy|daddy",
    "marriage": r"married|marriage|wedding|engaged|honeymoon|proposal|anniversary",
    "one spelling, two sounds": (
        r"bow|close|lead|live|minute|object|present|read|record|row|tears?|wind|wound|content|desert|dove|"
        r"invalid|polish|produce|project|refuse|sow|bass"
    ),
}
OPT_IN_MAY = {"money", "living together"}  # what decks that both agree to are about
SPOKEN = re.compile(r"[A-Z][A-Za-z' ,.?-]*[.?]")

Samples = NDArray[np.float32]


def prompt(text: str, depth: int = 1, tags: frozenset[str] = frozenset()) -> Prompt:
    return Prompt(text, text, "x", depth, tags)


def words(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower().replace("-", ""))


def faults(one: Prompt, opt_in: bool = False) -> Iterator[str]:
    """What is wrong with one prompt and its follow-up, a few words each."""
    for text in filter(None, (one.text, one.follow_up)):
        if len(words(text)) > MOST_WORDS[one.depth]:
            yield "too long"
        if not SPOKEN.fullmatch(text):
            yield "not plain to say"
        sentences = re.split(r"(?<=[.?]) ", text)
        if any(words(sentence)[:1] and words(sentence)[0] in YES_NO.split() for sentence in sentences):
            yield "yes or no"
        for name, pattern in NEVER.items():
            if re.search(rf"\b({pattern})\b", text, re.IGNORECASE) and not (opt_in and name in OPT_IN_MAY):
                yield name
    if not one.tags <= set(TOPICS.split(", ")):
        yield "unknown topic"


def crowded_openings(prompts: Sequence[Prompt]) -> list[str]:
    """The opening pairs of words, and the first words, that come too often."""
    pairs = Counter(" ".join(words(each.text)[:2]) for each in prompts)
    firsts = Counter(words(each.text)[0] for each in prompts)
    crowded = [pair for pair, times in pairs.items() if times > OPENING_SHARE * len(prompts)]
    return crowded + [word for word, times in firsts.items() if times > FIRST_WORD_SHARE * len(prompts)]


def near_duplicates(prompts: Sequence[Prompt]) -> list[tuple[str, str]]:
    return [
        (one.id, other.id)
        for one, other in combinations(prompts, 2)
        if token_set_ratio(" ".join(words(one.text)), " ".join(words(other.text))) > NEAR_DUPLICATE
    ]


def load() -> tuple[Deck, ...]:
    mistakes = Mistakes()
    reader = PromptReader(mistakes)
    decks = tuple(reader.deck(file) for file in sorted(DIRECTORY.glob("*.yaml")))
    mistakes.raise_any(PackError)
    return decks


DECKS = load()
PROMPTS = [each for deck in DECKS for each in deck.prompts]
OPT_IN = {deck.name for deck in DECKS if deck.opt_in}
each_deck = pytest.mark.parametrize("deck", DECKS, ids=lambda deck: deck.name)


# ---- the rules themselves -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("What " + "very " * 15 + "long?", "too long"),
        ("Which dream did you have at 7?", "not plain to say"),
        ("What do you hope for (honestly)?", "not plain to say"),
        ("What do you hope for", "not plain to say"),
        ("Did you laugh today?", "yes or no"),
        ("Think of today. Would you have it again?", "yes or no"),
        ("When did you feel that you never listen?", "blame"),
        ("Who is better at saying sorry?", "scoring"),
        ("What did your husband say?", "gender"),
        ("Which boundary do you need?", "jargon"),
        ("How does a hug change your hormones?", "medicine"),
        ("What did the kids do today?", "children"),
        ("Who do you pray for?", "faith"),
        ("Which wine would you choose?", "drinking"),
        ("What would you do with a million?", "money"),
        ("What happened when you came home?", "living together"),
        ("What did your mother teach you?", "two parents"),
        ("What do you remember of your wedding?", "marriage"),
        ("Where would you like to live?", "one spelling, two sounds"),
    ],
)
def test_each_rule_finds_what_it_is_for(text: str, fault: str) -> None:
    assert fault in faults(prompt(text))


def test_deep_prompts_may_be_longer_and_no_topic_is_unknown() -> None:
    text = "What " + "very " * 15 + "long?"
    assert list(faults(prompt(text, depth=3))) == []
    assert list(faults(prompt("What now?", tags=frozenset({"football"})))) == ["unknown topic"]


def test_a_follow_up_is_written_by_the_same_rules_and_opt_in_decks_may_name_money() -> None:
    assert list(faults(replace(prompt("What now?"), follow_up="Did it rain?"))) == ["yes or no"]
    rent = prompt("What does rent mean to you?")
    assert (list(faults(rent)), list(faults(rent, opt_in=True))) == (["money"], [])


def test_crowded_openings_and_near_duplicates_are_found() -> None:
    same = [prompt("What did you eat today?"), prompt("What did you eat today, then?"), prompt("How is it?")]
    assert crowded_openings(same) == ["what did", "how is", "what"]
    assert near_duplicates(same) == [(same[0].id, same[1].id)]


# ---- our decks ------------------------------------------------------------------------------------


@pytest.mark.parametrize("one", PROMPTS, ids=lambda one: one.id)
def test_a_prompt_has_no_fault(one: Prompt) -> None:
    assert list(faults(one, one.deck in OPT_IN)) == []


@each_deck
def test_a_deck_is_light_for_two_fifths_and_deep_for_one_fifth(deck: Deck) -> None:
    count = len(deck.prompts)
    assert count >= LEAST_PROMPTS
    for depth, share in DEPTH_SHARES.items():
        here = sum(each.depth == depth for each in deck.prompts)
        assert abs(here - share * count) <= max(1, DEPTH_SLACK * count), f"{here} of depth {depth}"


@each_deck
def test_the_ids_of_a_deck_are_its_name_and_ascending_numbers(deck: Deck) -> None:
    names, numbers = zip(*(each.id.rsplit("-", 1) for each in deck.prompts), strict=True)
    assert {re.sub("[-_ ]+", " ", name) for name in names} == {deck.name}
    assert list(map(int, numbers)) == sorted({int(number) for number in numbers})


@each_deck
def test_a_deck_and_its_prompts_name_the_practices_they_serve(deck: Deck) -> None:
    assert deck.practice
    assert all(each.practice and set(each.practice) <= set(range(1, 93)) for each in deck.prompts)


@each_deck
def test_a_deck_opens_in_many_ways(deck: Deck) -> None:
    assert crowded_openings(deck.prompts) == []
    assert len({words(each.text)[0] for each in deck.prompts}) >= OPENINGS


def test_no_prompt_is_nearly_another_in_any_deck() -> None:
    assert near_duplicates(PROMPTS) == []


# ---- read aloud -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def voice() -> Callable[[str], Samples]:
    """Our natural voice: text -> samples in [-1, 1], RATE_OF_THE_VOICE a second."""
    from hibari import Hibari

    speak = Hibari(threads=1)
    return lambda text: np.asarray(speak(text, seed=1), dtype=np.float32).ravel()


@pytest.fixture(scope="module")
def ears() -> Callable[[Samples], str]:
    """Our open recognizer: samples at RATE_OF_THE_VOICE -> the words heard."""
    import moonshine_voice

    model = Path(moonshine_voice.__file__).parent / "assets" / "tiny-en"
    transcriber = moonshine_voice.Transcriber(model_path=str(model), model_arch=moonshine_voice.ModelArch.TINY)

    def hear(samples: Samples) -> str:
        places = np.arange(0, len(samples), RATE_OF_THE_VOICE / RATE_OF_THE_EARS)
        slower = np.interp(places, np.arange(len(samples)), samples)
        heard = transcriber.transcribe_without_streaming(slower.tolist(), RATE_OF_THE_EARS)
        return " ".join(line.text for line in heard.lines)

    return hear


@each_deck
def test_a_deck_is_short_and_clear_when_our_voice_reads_it(
    deck: Deck, voice: Callable[[str], Samples], ears: Callable[[Samples], str]
) -> None:
    spoken = [voice(each.text) for each in deck.prompts]
    seconds = [len(samples) / RATE_OF_THE_VOICE for samples in spoken]
    assert median(seconds) <= MEDIAN_SECONDS
    assert max(seconds) <= MOST_SECONDS
    written = [words(each.text) for each in deck.prompts]
    heard = [words(ears(samples)) for samples in spoken]
    lost = sum(Levenshtein.distance(one, other) for one, other in zip(written, heard, strict=True))
    assert lost <= (1 - READ_BACK) * sum(map(len, written))
