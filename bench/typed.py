"""How many of the documented commands are understood when they are typed: as they stand, and with words gone wrong."""

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from bench.heard import Command, documented, same_slots
from bench.listener import TIMERS
from bench.slips import Slips
from bench.table import Part, Row, percent
from voice.composition import open_house
from voice.config import Home
from voice.content import Content
from voice.edges.phonemes import Phonemizer
from voice.language.text import plain, speak_number
from voice.messages.meaning import Addressing, Match, NoMatch
from voice.messages.recognition import Hypothesis, Mode
from voice.nlu.index.phonetic_distance import fold
from voice.nlu.index.sentence import Phonemize

RATES = (0.1, 0.2)  # the chance of every word to go wrong
SEEDS, SLIP_SEEDS = 10, 3  # noisy versions of every line, at each rate: with Noise, and with Slips
WORST = 30  # sentences that are listed

# What goes wrong with a word, and how often of ten. Where it cannot (few words are homophones), the word is exchanged
# for one that sounds like it; where there is none, a letter of it is lost, doubled, or takes the place of the next one.
KINDS = ("exchanged",) * 4 + ("lost", "lost", "inserted", "inserted", "joined or split", "spelled otherwise")
ALIKE = 8  # words from which the one that sounds alike is drawn: those that sound most like it, ...
AS_FAR = 0.5  # ... of those that share half of its sounds
LITTLE = frozenset("a an the and to for of in on us our me my i it is im we you do at with be that this".split())
INSERTED = ("um", "uh", "a", "the", "and", "so", "well", "then", "just", "like")
HOMOPHONES = (
    "to two too", "for four fore", "one won", "ate eight", "our hour are", "be bee", "by buy bye", "here hear",
    "know no", "right write", "read red", "your you're", "there their", "we'll wheel", "new knew", "some sum",
    "time thyme", "week weak", "pause paws", "sun son", "tea tee", "in inn", "i eye", "not knot", "its it's",
    "past passed", "piece peace", "would wood", "made maid", "great grate", "led lead", "wait weight",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trial:
    """A command as it was typed. intent_right: whatever its slots. right: with its slots."""

    command: Command
    typed: str
    intent_right: bool
    right: bool


class Keyboard:
    """Alex and Sam's house, with a tea and a pasta timer, and no ears."""

    def __init__(self, directory: Path) -> None:
        self.house = open_house(Home(directory))

    def typed(self, text: str, mode: Mode) -> Match | NoMatch:
        """The meaning of a typed line."""
        timers = tuple(timer.name for timer in TIMERS)
        heard = (Hypothesis(text, "keyboard"),)
        return self.house.understanding.understand(heard, mode, timers=timers, addressing=Addressing.ADDRESSED)


class Noise:
    """Makes word errors. vocabulary: the words for which others may be mistaken."""

    def __init__(self, vocabulary: Iterable[str], random: Random, phonemize: Phonemize) -> None:
        self._random = random
        self._sounds = {word: fold(phonemize(word)) for word in sorted(set(vocabulary))}
        self._alike = dict[str, list[str]]()
        self._phonemize = phonemize

    def __call__(self, line: str, rate: float) -> str:
        """The line, with every word gone wrong by this chance."""
        words, noisy, place = line.split(), list[str](), 0
        while place < len(words):
            used = 1
            if self._random.random() < rate:
                used, changed = self._changed(words, place)
                noisy += changed
            else:
                noisy.append(words[place])
            place += used
        return " ".join(noisy)

    def _changed(self, words: Sequence[str], place: int) -> tuple[int, list[str]]:
        """How many words are used up, and what stands there instead."""
        word, kind = words[place], self._random.choice(KINDS)
        if kind == "lost" and word in LITTLE:
            return 1, []
        if kind == "inserted":
            return 1, [word, self._random.choice(INSERTED)]
        if kind == "joined or split":
            halves = [(word[:cut], word[cut:]) for cut in range(2, len(word) - 1)]
            if known := [pair for pair in halves if set(pair) <= self._sounds.keys()]:
                return 1, list(self._random.choice(known))
            if place + 1 < len(words):
                return 2, [word + words[place + 1]]
        if kind == "spelled otherwise" and (others := _spellings(word)):
            return 1, [self._random.choice(others)]
        like = self._like(word)
        return 1, [self._random.choice(like) if like else self._slip(word)]

    def _slip(self, word: str) -> str:
        """A word as it is typed in haste."""
        at = self._random.randrange(max(1, len(word) - 1))
        lost, doubled = word[:at] + word[at + 1 :], word[: at + 1] + word[at:]
        swapped = word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]
        return self._random.choice([slip for slip in (lost, doubled, swapped) if slip])

    def _like(self, word: str) -> list[str]:
        """The words that sound most like this one."""
        if word not in self._alike:
            sounds = fold(self._phonemize(word))
            near = process.extract(
                sounds,
                self._sounds,
                scorer=Levenshtein.normalized_distance,
                score_cutoff=AS_FAR,
                limit=ALIKE + 1,
            )
            self._alike[word] = [other for _, _, other in near if other != word][:ALIKE]
        return self._alike[word]


def _spellings(word: str) -> list[str]:
    """Other spellings of what sounds the same, numbers in digits among them."""
    same = [other for group in HOMOPHONES if word in group.split() for other in group.split() if other != word]
    digits = [str(number) for number in range(100) if speak_number(number) == word]
    return same + digits


def measure(*, every: int = 1) -> Part:
    """Every `say:` line as it stands, then many times at each of the RATES, with two kinds of errors."""
    with tempfile.TemporaryDirectory(prefix="hearthside-bench-") as directory:
        keyboard = Keyboard(Path(directory))
        commands = documented(keyboard, every)
        parts = [("as they stand", [(command, command.line) for command in commands])]
        for rate in RATES:
            name = f"{100 * rate:.0f} % of the words wrong"
            parts.append((name, noisy_lines(keyboard.house.content, commands, rate)))
            parts.append((f"{name}, another way", slipped_lines(keyboard.house.content, commands, rate)))
        tried_parts = [(name, [tried(keyboard, *line) for line in lines]) for name, lines in parts]
        keyboard.house.close()
    details = "\n\n".join(_missed(name, trials) for name, trials in tried_parts)
    return Part(tuple(_row(name, trials) for name, trials in tried_parts), details)


def noisy_lines(content: Content, commands: Sequence[Command], rate: float) -> list[tuple[Command, str]]:
    """SEEDS noisy versions of every command; some stay as they are, as most words do."""
    noise = Noise(_vocabulary(content), Random(f"typed {rate}"), Phonemizer())
    return [(command, noise(command.line, rate)) for _ in range(SEEDS) for command in commands]


def slipped_lines(content: Content, commands: Sequence[Command], rate: float) -> list[tuple[Command, str]]:
    """SLIP_SEEDS versions of every command with errors that have nothing to do with sounds."""
    noise = Slips(_vocabulary(content), Random(f"slips {rate}"))
    return [(command, noise(command.line, rate)) for _ in range(SLIP_SEEDS) for command in commands]


def _vocabulary(content: Content) -> set[str]:
    return {word for line in _lines(content) for word in plain(line).split()}


def _lines(content: Content) -> list[str]:
    """Everything from which words are mixed up."""
    intents = [line for intent in content.intents.intents for line in (*intent.say, *intent.avoid)]
    return [*intents, *content.intents.talk, *(prompt.text for deck in content.decks for prompt in deck.prompts)]


def tried(keyboard: Keyboard, command: Command, line: str) -> Trial:
    """The trial of a command that was typed like this."""
    result = keyboard.typed(line, command.mode)
    intent_right = isinstance(result, Match) and result.intent == command.intent
    return Trial(command, line, intent_right, intent_right and same_slots(command.slots, result.slots))


# ---- telling -----------------------------------------------------------------------------------------


def _row(name: str, trials: Sequence[Trial]) -> Row:
    distinct = len({(trial.command.intent, trial.command.mode, trial.typed) for trial in trials})
    changed = [trial for trial in trials if trial.typed != trial.command.line]
    slotted = [trial for trial in trials if trial.command.slots]
    note = (
        f"{len(trials)} trials, {distinct} distinct; with every slot exact: {_share(trials)}, of those with slots: "
        f"{_share(slotted)}; the intent where a word was wrong: {_share(changed, intent=True)}"
    )
    return Row(f"typed, {name}", _share(trials, intent=True), note)


def _share(trials: Sequence[Trial], *, intent: bool = False) -> str:
    right = (trial.intent_right if intent else trial.right for trial in trials)
    return percent(sum(right), len(trials))


def _missed(name: str, trials: Sequence[Trial]) -> str:
    """The lines that were understood worst, each with a few of the ways in which it was typed."""
    missed = defaultdict[str, list[str]](list)
    for trial in trials:
        if not trial.right:
            missed[f"{trial.command.line} [{trial.command.intent}]"].append(trial.typed)
    lines = [f"### Typed, {name}: understood worst", "", "| sentence | wrong | typed as |", "|---|---|---|"]
    for line, typed in sorted(missed.items(), key=lambda item: -len(item[1]))[:WORST]:
        lines.append(f"| {line} | {len(typed)} | {'; '.join(typed[:4])} |")
    return "\n".join(lines)
