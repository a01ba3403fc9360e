"""Open wording: how often unseen sentences are taken for their intent, on a data set that the reader has.

The form of the data is the one in which CLINC150 is published (data_full.json): lists of [text, intent] under "train"
and "test". The protocol: the 40 intents that come first in the alphabet, the first 10 training sentences of each, all
their test sentences; sentences out of scope are left aside.
"""

import json
import time
import tracemalloc
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.table import Part, Row, percent, percentile
from voice.nlu.classifier.ridge_classifier import RidgeClassifier
from voice.packs import load_content

INTENTS, EXAMPLES = 40, 10
CONFUSED = 20  # pairs of intents that are listed
MEGABYTE = 1_000_000
NOT_MEASURED = Row("open wording", "not measured", "needs a data set in the form of CLINC150's: --clinc FILE.json")

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """A sentence, the intent it has, and the one it was taken for, how surely (0 to 1) and in how many seconds."""

    text: str
    intent: str
    guessed: str
    probability: float
    seconds: float


def measure(file: Path | None) -> Part:
    """The share of right answers, with what learning and answering cost; nothing without data."""
    if file is None:
        return Part((NOT_MEASURED,))
    train, test = chosen(json.loads(file.read_text(encoding="utf-8")))
    began = time.process_time()
    RidgeClassifier(train)
    learned = time.process_time() - began
    tracemalloc.start()
    wording = RidgeClassifier(train)
    held, most = (amount / MEGABYTE for amount in tracemalloc.get_traced_memory())
    tracemalloc.stop()
    answers = [answered(wording, text, intent) for text, intent in test]
    right = percent(sum(answer.guessed == answer.intent for answer in answers), len(answers))
    slowest = 1000 * percentile([answer.seconds for answer in answers], 0.99)
    note = (
        f"{len({intent for _, intent in train})} intents, {len(train)} sentences learned in {learned:.1f} s, "
        f"{len(test)} asked; holds {held:.0f} MB, {most:.0f} MB while learning; p99 {slowest:.1f} ms of processor time"
    )
    return Part((Row("open wording", right, note), _talk_row(train, answers)), _details(answers))


def chosen(data: dict[str, list[list[str]]]) -> tuple[Pairs, Pairs]:
    """What is learned and what is asked, by the protocol above."""
    examples = defaultdict[str, list[str]](list)
    for text, intent in data["train"]:
        if intent != "oos":
            examples[intent].append(text)
    intents = sorted(examples)[:INTENTS]
    train = [(text, intent) for intent in intents for text in examples[intent][:EXAMPLES]]
    return train, [(text, intent) for text, intent in data["test"] if intent in intents]


def answered(wording: RidgeClassifier, text: str, intent: str) -> Answer:
    """What becomes of one sentence."""
    began = time.process_time()
    guess = wording.guess(text)
    return Answer(text, intent, guess.intent, guess.probability, time.process_time() - began)


def _talk_row(train: Pairs, answers: Sequence[Answer]) -> Row:
    """The same with ordinary talk as one more intent, as the program has it: what is let pass, and what is not."""
    talk = load_content("en").intents.talk
    learned, held_out = talk[::2], talk[1::2]
    wording = RidgeClassifier(train, learned)
    again = [answered(wording, answer.text, answer.intent) for answer in answers]
    right = percent(sum(answer.guessed == answer.intent for answer in again), len(again))
    taken = percent(sum(wording.guess(line).intent != "" for line in held_out), len(held_out))
    note = f"{len(learned)} lines of talk learned too; of {len(held_out)} others {taken} are taken for an intent"
    return Row("open wording, with talk to reject", right, note)


def _details(answers: Sequence[Answer]) -> str:
    confused = defaultdict[tuple[str, str], list[str]](list)
    for answer in answers:
        if answer.guessed != answer.intent:
            confused[answer.intent, answer.guessed].append(answer.text)
    lines = [
        "### Open wording: intents confused most often",
        "",
        "| is | taken for | times | such as |",
        "|---|---|---|---|",
    ]
    for (intent, guessed), texts in sorted(confused.items(), key=lambda item: -len(item[1]))[:CONFUSED]:
        lines.append(f"| {intent} | {guessed} | {len(texts)} | {texts[0]} |")
    return "\n".join(lines)
