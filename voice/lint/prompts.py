"""The rules of writing for prompts, and the search for prompts that break them."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from rapidfuzz.distance import Levenshtein

from voice.content import Deck, Prompt
from voice.language.text import fill

MOST_WORDS = {1: 16, 2: 16, 3: 20}  # of a prompt or a follow-up, by depth
MOST_FOLLOW_UP_SENTENCES = 1
NEEDS_FOLLOW_UP = 2  # the depth from which a prompt has one
PRACTICES = range(1, 93)  # the practices that a prompt can serve
YES_OR_NO = "yes or no"  # the tag of a prompt that is meant to be one
SOMEBODY = {"other": "Sam"}  # the partner in a prompt, while it is judged

MEDIAN_SECONDS, MOST_SECONDS = 4.5, 8.0  # of the prompts of a deck, read in the register of the table
READ_BACK = 0.90  # of the words of a deck that our own recognizer hears from our own voice

_SPOKEN = re.compile(r"[A-Z][A-Za-z' ,.?-]*[.?]")


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule."""

    where: str
    """FILE:LINE:COL."""
    about: str
    """The id of the prompt, or the name of the deck, session or reply."""
    rule: str
    """The broken rule in a few words."""
    fix: str
    """The remedy, a plain sentence."""


@dataclass(frozen=True, slots=True)
class NeverList:
    """Words that no prompt may have."""

    name: str
    """As it stands in a finding."""
    words: re.Pattern[str]
    """Matches the forbidden words in lower-case text."""
    but: re.Pattern[str] | None
    """Matches exceptions, which are removed from the text first."""
    fix: str
    """The remedy, a plain sentence or two, with the reason before it where it has one."""
    assumes: bool = False
    """True if only decks for everybody must obey, not a couple's own."""
    opt_in: bool = False
    """True if decks that are asked from only by their name need not obey."""
    tags: frozenset[str] = frozenset()
    """Topics: a prompt that is tagged with one of them need not obey."""
    sessions: bool = True
    """True if guided sessions and replies must obey too."""


@dataclass(frozen=True, slots=True)
class Seldom:
    """Something that is good once in a deck and tiresome often."""

    name: str
    """As it stands in a finding."""
    words: re.Pattern[str]
    """Matches it in lower-case text."""
    most: float
    """The share of a deck's prompts that may have it."""
    fix: str
    """The remedy, a plain sentence."""


@dataclass(frozen=True, slots=True)
class WritingRules:
    """The words that the rules of one language look for."""

    topics: frozenset[str]
    """The topics that a prompt may be tagged with."""
    yes_no: frozenset[str]
    """Words that begin a yes-or-no question."""
    never: tuple[NeverList, ...]
    """Forbidden words, and how a line must not sound."""
    seldom: tuple[Seldom, ...] = ()
    """What may not come often in a deck."""


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A prompt as our voice read it and our recognizer transcribed it."""

    prompt: Prompt
    """What was read."""
    seconds: float
    """Length of the sound."""
    heard: str
    """The transcript."""

    @property
    def lost(self) -> int:
        """How many words were heard wrong, left out or made up."""
        return Levenshtein.distance(words(self.prompt.text), words(self.heard))


def words(text: str) -> list[str]:
    """The words of a text, in small letters; a word with a hyphen is one."""
    return re.findall(r"[a-z']+", text.lower().replace("-", ""))


# ---- one prompt -----------------------------------------------------------------------------------


def prompt_findings(
    prompt: Prompt, rules: WritingRules, *, own: bool = False, opt_in: bool = False
) -> Iterator[Finding]:
    """The rules that a prompt and its follow-ups break. own: it is the couple's. opt_in: its deck is never mixed in."""

    def finding(rule: str, fix: str) -> Finding:
        return Finding(prompt.where, prompt.id, rule, fix)

    for text in (fill(each, SOMEBODY) for each in (prompt.text, *prompt.follow_ups)):
        if len(words(text)) > MOST_WORDS[prompt.depth]:
            yield finding("too long", f"Say it in {MOST_WORDS[prompt.depth]} words or fewer.")
        if YES_OR_NO not in prompt.tags and any(map(_asks_yes_or_no(rules), sentences(text))):
            yield finding("yes or no", f"Open with what, who, where, how, tell; or tag it {YES_OR_NO!r}.")
        for rule, fix in unfit_words(text, rules, own=own, opt_in=opt_in, tags=prompt.tags):
            yield finding(rule, fix)
    if not own and prompt.depth >= NEEDS_FOLLOW_UP and not prompt.follow_ups:
        yield finding("no follow-up", "Write one that follows from any answer, a short one too.")
    if any(len(sentences(each)) > MOST_FOLLOW_UP_SENTENCES for each in prompt.follow_ups):
        yield finding("long follow-up", "A follow-up is one sentence.")
    if not own:
        for tag in sorted(prompt.tags - rules.topics - {YES_OR_NO}):
            yield finding(f'unknown topic "{tag}"', f"Use one of {', '.join(sorted(rules.topics))}.")
        if not serves_practices(prompt.practice):
            yield finding("no practice", "Name the practice that it serves, such as [3].")


def unfit_words(
    text: str, rules: WritingRules, *, own: bool = False, opt_in: bool = False, tags: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """The rules for every line that is read aloud: pairs of a broken rule and its fix. own, opt_in: as above.

    tags: those of the prompt.
    """
    if not _SPOKEN.fullmatch(text):
        yield "not plain to say", "Use plain words, commas, and one full stop or question mark at the end."
    for never in rules.never:
        exempt = (own and never.assumes) or (opt_in and never.opt_in) or not never.tags.isdisjoint(tags)
        if not exempt and (found := first_never(never, text)):
            yield f'{never.name}: "{found}"', never.fix


def serves_practices(practice: Collection[int]) -> bool:
    """True if at least one practice is named and all of them exist."""
    return bool(practice) and set(practice) <= set(PRACTICES)


def _asks_yes_or_no(rules: WritingRules) -> Callable[[str], bool]:
    return lambda sentence: words(sentence)[:1] != [] and words(sentence)[0] in rules.yes_no


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return re.split(r"(?<=[.?]) ", text)


def first_never(never: NeverList, text: str) -> str:
    """The first of the words in the text, or ""."""
    text = text.lower()
    if never.but:
        text = never.but.sub("", text)
    found = never.words.search(text)
    return found[0] if found else ""


def unpronounced(prompt: Prompt, pronounced: Callable[[str], bool]) -> Iterator[Finding]:
    """The words of a prompt that the voice does not know how to say."""
    spoken = re.findall(r"[a-z']+", " ".join((prompt.text, *prompt.follow_ups)).lower())
    for word in dict.fromkeys(word.strip("'") for word in spoken):
        if not pronounced(word):
            yield Finding(prompt.where, prompt.id, f'the voice has to guess "{word}"', "Take a commoner word.")


# ---- read aloud -----------------------------------------------------------------------------------


def reading_findings(
    decks: Sequence[Deck], readings: Sequence[ReadBack], read_back: float = READ_BACK
) -> list[Finding]:
    """Prompts that take too long or are transcribed wrong. read_back: the share of a deck's words to be heard right."""
    by_deck: Mapping[str, list[ReadBack]] = {deck.name: [] for deck in decks}
    for reading in readings:
        by_deck[reading.prompt.deck].append(reading)
    return [finding for deck in decks for finding in _deck_readings(deck, by_deck[deck.name], read_back)]


def worst_heard(readings: Sequence[ReadBack], most: int) -> list[ReadBack]:
    """The readings of which the most words were lost, that one first; none of which all were heard."""
    lossy = [reading for reading in readings if reading.lost]
    return sorted(lossy, key=lambda reading: -reading.lost / len(words(reading.prompt.text)))[:most]


def _deck_readings(deck: Deck, readings: Sequence[ReadBack], read_back: float) -> Iterator[Finding]:
    if not readings:
        return
    for reading in readings:
        if reading.seconds > MOST_SECONDS:
            rule = f"takes {reading.seconds:.1f} s to say"
            yield Finding(reading.prompt.where, reading.prompt.id, rule, f"Shorten it to {MOST_SECONDS:g} s.")
    middle = median(reading.seconds for reading in readings)
    if middle > MEDIAN_SECONDS:
        rule = f"half of it takes more than {middle:.1f} s a prompt"
        yield Finding(deck.where, deck.name, rule, f"Shorten some; the middle one should take {MEDIAN_SECONDS:g} s.")
    spoken = sum(len(words(reading.prompt.text)) for reading in readings)
    heard = 1 - sum(reading.lost for reading in readings) / spoken
    if heard < read_back:
        worst = max(readings, key=lambda reading: reading.lost)
        rule = f"{heard:.0%} of its words are heard right"
        yield Finding(deck.where, deck.name, rule, f'Begin with {worst.prompt.id}, heard as: "{worst.heard}"')
