"""`hearthside decks`: lists the decks as they are for this couple, or prints a sample of their prompts for review."""

import random
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from voice.config import find_home, load_config
from voice.content import Deck, Prompt
from voice.edges.home import settled
from voice.edges.journal.rescue import journal_to_read
from voice.messages.records import Records
from voice.packs import load_content
from voice.skills.questions.available import all_decks, allowed
from voice.skills.questions.deck_choice import remaining
from voice.skills.questions.left_out import LeftOut, left_out

DEPTHS = {1: "light", 2: "warm", 3: "deep"}


def show_decks(home: Path | None, *, sample: int | None, seed: int) -> int:
    """Print a line for every deck, or `sample` prompts of all decks and depths; returns the exit code.

    seed: the sample's. Raises PackError, ConfigError or JournalError.
    """
    place = settled(find_home(home))
    content = load_content(load_config(place).language, place.directory)
    if sample is not None:
        for prompt in sampled(content.decks, sample, random.Random(seed)):
            print(as_line(prompt))
        return 0
    with closing(journal_to_read(place)) as journal:
        records = journal.records()
    decks, known = all_decks(content, records), left_out(content, records)
    for deck in decks:
        print(deck_line(deck, records, known))
    print(f"{len(decks)} decks with {sum(len(deck.prompts) for deck in decks)} prompts.")
    if known.named:
        print(f"Left out: {', '.join(known.named)}.")
    return 0


def deck_line(deck: Deck, records: Records, known: LeftOut) -> str:
    """The title, how many prompts of each depth, how many are left for this couple, and what is special about it."""
    depths = Counter(prompt.depth for prompt in deck.prompts)
    counts = ", ".join(f"{depths[depth]} {name}" for depth, name in DEPTHS.items() if depths[depth])
    open_now = allowed([deck], known)
    kept = len(open_now[0].prompts) if open_now else 0
    left = remaining(open_now[0], records.asked) if open_now else 0
    notes = [f"{left} left"]
    if kept < len(deck.prompts):
        notes.append(f"{len(deck.prompts) - kept} left out")
    notes += ["opt-in"] * deck.opt_in + ["on request"] * deck.on_request + [deck.family] * bool(deck.family)
    return f"{deck.name:20} {len(deck.prompts):4} prompts ({counts}), {', '.join(notes)}: {deck.title}"


def sampled(decks: Sequence[Deck], count: int, shuffle: random.Random) -> list[Prompt]:
    """So many prompts (or all there are), from every deck and depth in turn, by deck and id."""
    piles = [
        shuffle.sample(prompts, len(prompts))
        for depth in DEPTHS
        for deck in decks
        if (prompts := [prompt for prompt in deck.prompts if prompt.depth == depth])
    ]
    shuffle.shuffle(piles)
    chosen = list[Prompt]()
    while len(chosen) < count and any(piles):
        chosen += [pile.pop() for pile in piles if pile][: count - len(chosen)]
    return sorted(chosen, key=lambda prompt: (prompt.deck, prompt.id))


def as_line(prompt: Prompt) -> str:
    """The prompt with its id, depth and follow-up."""
    return f"{prompt.id:22} {DEPTHS[prompt.depth]:5}  {' / '.join((prompt.text, *prompt.follow_ups))}"
