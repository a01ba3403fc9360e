"""`hearthside rehearse`: each of you says twenty phrases, and it tells which are heard well and learns your way."""

import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from voice.adaptation.name_spellings import heard_name, spellings
from voice.adaptation.rehearsal import Phrase, Teacher, Trial, phrases, try_phrase
from voice.commands.rehearse_ears import FileEars, RoomEars
from voice.composition import STAND_INS, House, open_house
from voice.config import Home, find_home, load_config, save_config
from voice.edges.home import sole_use
from voice.edges.phonemes import Phonemizer
from voice.edges.standard_input import standard_input
from voice.errors import MicrophoneError
from voice.language.text import plain
from voice.messages.meaning import Match
from voice.messages.recognition import KEYBOARD, Hypothesis
from voice.packs.learned import forget_learned, learn
from voice.runtime.name_hearing import ordinary_words

INTRODUCTION = """\
Say each phrase as you would at home; nothing is recorded. {how}
This is about the phrases and my ears, not about you."""


class Source(Protocol):
    """Where what is said comes from."""

    how: str  # one leaves a phrase out, and ends

    def hear(self, phrase: Phrase) -> tuple[Hypothesis, ...] | None:
        """The readings of what was said; empty: left out; None: they want to end."""


class KeyboardEars:
    """No microphone: people type what they would say."""

    how = "An empty line leaves one out, /quit ends it."

    def __init__(self) -> None:
        self._lines = iter(standard_input())

    def hear(self, phrase: Phrase) -> tuple[Hypothesis, ...] | None:
        """The next line."""
        print("> ", end="" if sys.stdin.isatty() else "\n", flush=True)
        line = next(self._lines, "/quit").strip()
        if line == "/quit":
            return None
        return (Hypothesis(line, KEYBOARD),) if line else ()


def rehearse(
    directory: Path | None,
    *,
    files: Sequence[Path],
    by_keyboard: bool,
    accept: bool,
    forget: bool,
    seed: int | None,
) -> int:
    """Rehearse with both partners, or take back what was learned; returns the exit code."""
    home = find_home(directory)
    if forget:
        return _forget(home)
    with ExitStack() as opened:
        opened.enter_context(sole_use(home))
        house = opened.enter_context(closing(open_house(home)))
        source = _source(house, files, by_keyboard, opened)
        print(INTRODUCTION.format(how=source.how))
        chance = random.Random(seed)
        trials: list[Trial] = []
        with suppress(KeyboardInterrupt):
            for name in house.partners:
                print(f"\n{name}, your turn.")
                for trial in _rehearse(house, source, chance):
                    trials.append(trial)
    _tell(trials)
    _learn(house, trials, accept=accept)
    _learn_names(house, trials)
    return 0


def _source(house: House, files: Sequence[Path], by_keyboard: bool, opened: ExitStack) -> Source:
    if by_keyboard:
        return KeyboardEars()
    if files:
        return opened.enter_context(closing(FileEars(house, files)))
    try:
        return opened.enter_context(closing(RoomEars(house)))
    except MicrophoneError as error:
        print(error.line())
        print("By keyboard, then: type what you would say.")
        return KeyboardEars()


def _rehearse(house: House, source: Source, chance: random.Random) -> Iterator[Trial]:
    pack = house.content.intents
    chosen = phrases(pack, house.understanding, STAND_INS, house.partners, chance)
    for number, phrase in enumerate(chosen, start=1):
        print(f"{number:2d}  “{phrase.text}”", flush=True)
        heard = source.hear(phrase)
        if heard is None:
            return
        if not heard:
            continue
        trial = try_phrase(phrase, heard, house.understanding)
        print(f"    {_verdict(trial)}", flush=True)
        yield trial


def _verdict(trial: Trial) -> str:
    if trial.well:
        return "heard well"
    taken = f"taken for {trial.meant.intent}" if isinstance(trial.meant, Match) else "left alone"
    return f"heard “{trial.text}”: {taken}"


def _tell(trials: Sequence[Trial]) -> None:
    """The phrases, and never who said them."""
    well = dict.fromkeys(trial.phrase.text for trial in trials if trial.well)
    badly = dict.fromkeys(trial.phrase.text for trial in trials if not trial.well)
    print()
    if trials and not badly:
        print("Every phrase is heard well.")
    elif badly:
        print(f"Heard well: {', '.join(well) or 'none yet'}.")
        print(f"Not always: {', '.join(badly)}.")


def _learn(house: House, trials: Sequence[Trial], *, accept: bool) -> None:
    phonemize = Phonemizer() if house.config.language == "en" else None
    teacher = Teacher(house.content.intents, house.understanding, phonemize)
    lessons: dict[str, list[str]] = {}
    for trial in trials:
        line = teacher.lesson(trial, house.partners)
        known = lessons.setdefault(trial.phrase.expected.intent, []) if line else []
        if line and line not in known and _agreed(trial, line, accept):
            known.append(line)
    kept = {intent: lines for intent, lines in lessons.items() if lines}
    if kept:
        learn(house.home, kept)
        print("Learned. To take it back: hearthside rehearse --forget")


def _agreed(trial: Trial, line: str, accept: bool) -> bool:
    print(f"“{trial.phrase.text}” comes out as “{line}”. Should that count too? [y/N] ", end="", flush=True)
    if accept:
        print("y")
        return True
    answer = standard_input().readline().strip().lower()
    if not sys.stdin.isatty():
        print(answer)
    return answer in ("y", "yes")


def _learn_names(house: House, trials: Sequence[Trial]) -> None:
    """Spellings of the names in the couple's own voice."""
    ordinary = ordinary_words(house.content)
    found: dict[str, tuple[str, ...]] = {}
    for name in house.partners:
        heard = [heard_name(plain(trial.phrase.text).split(), name, trial.text) for trial in trials]
        known = house.config.heard_as.get(name, ())
        new = tuple(form for form in spellings(name, heard, ordinary, times=1) if form not in known)
        if new:
            found[name] = (*known, *new)
            print(f"{name} comes out as {' or '.join(f'“{form}”' for form in new)}; that counts as the name now.")
    if found:
        _save_spellings(house.home, {**house.config.heard_as, **found})


def _save_spellings(home: Home, heard_as: Mapping[str, tuple[str, ...]]) -> None:
    save_config(home, replace(load_config(home), heard_as=heard_as))


def _forget(home: Home) -> int:
    learned, names = forget_learned(home), bool(load_config(home).heard_as)
    if names:
        _save_spellings(home, {})
    print("What was learned is forgotten." if learned or names else "Nothing was learned.")
    return 0
