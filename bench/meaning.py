"""Meaning: how often unseen wordings are taken for their intent; and CLINC150, where it is given.

The wordings are the fixed fifth of intents/en/wordings that only measures. The form of the data given with --clinc is
that of CLINC150 (data_full.json): lists of [text, intent] under "train" and "test" (or "val"); the 40 intents that come
first in the alphabet and the first 10 training sentences of each are learned, and all their test sentences measured.
"""

import json
import math
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

from bench.table import Part, Row, percent, percentile
from bench.wordings import modes, unseen
from voice.composition import open_understanding
from voice.config import Config, Home
from voice.encoder.encoder import SentenceEncoder
from voice.encoder.training import train
from voice.messages.meaning import Addressing, Match
from voice.messages.recognition import Hypothesis, Mode
from voice.nlu.meaning import bars
from voice.packs import load_content

INTENTS, EXAMPLES = 40, 10
CONFUSED = 20  # pairs that are listed
CURVE = (0.95, 0.98, 0.99, 0.996)  # how sure a meaning must be, overheard, however long it is
_TALK_MODE = {
    "talk": Mode.IDLE,
    "look-alike": Mode.IDLE,
    "elsewhere": Mode.IDLE,
    "told": Mode.TURN,
    "not care": Mode.IDLE,
    "words": Mode.WORDS,
}
_NOT_MEASURED = Row("CLINC150", "not measured", "needs a data set in the form of CLINC150's: --clinc FILE.json")


def measure(clinc: Path | None, home: Path, every: int = 1) -> Part:
    """What is understood of unseen wordings, addressed and overheard, and what of unseen talk is acted on."""
    pack = load_content().intents
    understanding = open_understanding(Home(home), Config(), None)
    mode_of, sample = modes(pack), unseen(pack, every)
    rows, confused, seconds = list[Row](), Counter[tuple[str, str]](), list[float]()

    def understood(addressing: Addressing) -> tuple[list[int], list[int]]:
        """Wordings taken for their intent, and talk left alone: so many of so many."""
        right, talk = [0, 0], [0, 0]
        for example in sample:
            mode = mode_of.get(example.label) or _TALK_MODE[example.label]
            began = time.perf_counter()
            heard = (Hypothesis(example.text, "keyboard"),)
            result = understanding.understand(heard, mode, addressing=addressing)
            seconds.append(time.perf_counter() - began)
            intent = result.intent if isinstance(result, Match) else ""
            counted = right if example.label in mode_of else talk
            good = intent == example.label if example.label in mode_of else intent in ("", "words")
            counted[0], counted[1] = counted[0] + good, counted[1] + 1
            if not good and addressing is Addressing.ADDRESSED:
                confused[example.label, intent or "nothing"] += 1
        return right, talk

    for addressing in (Addressing.ADDRESSED, Addressing.OVERHEARD):
        right, talk = understood(addressing)
        rows.append(Row(f"unseen wordings, {addressing}", percent(right[0], right[1]), f"{right[0]} of {right[1]}"))
        rows.append(Row(f"unseen talk left alone, {addressing}", percent(talk[0], talk[1]), f"{talk[0]} of {talk[1]}"))
    for sureness in CURVE:
        with patch.object(bars, "OVERHEARD", ((math.inf, bars.Bars(sureness)),)):
            right, talk = understood(Addressing.OVERHEARD)
        both = f"{percent(right[0], right[1])}; talk left alone {percent(talk[0], talk[1])}"
        rows.append(Row(f"overheard, from {sureness} against talk on", both, "wordings; talk"))
    times = f"{1000 * percentile(seconds, 0.5):.0f} / {1000 * percentile(seconds, 0.99):.0f} ms"
    rows.append(Row("an utterance understood, p50 / p99", times, "typed, encoder included"))
    rows.append(_clinc(clinc) if clinc else _NOT_MEASURED)
    lines = [f"| {count} | {meant} | {taken} |" for (meant, taken), count in confused.most_common(CONFUSED)]
    return Part(tuple(rows), "\n".join(("| times | meant | taken for |", "|---|---|---|", *lines)))


def _clinc(file: Path) -> Row:
    data = json.loads(file.read_text(encoding="utf-8"))
    by_intent = defaultdict[str, list[str]](list)
    for text, intent in data["train"]:
        by_intent[intent].append(text)
    chosen = sorted(by_intent)[:INTENTS]
    learned = [(text, intent) for intent in chosen for text in by_intent[intent][:EXAMPLES]]
    tests: Sequence[Sequence[str]] = [pair for pair in data.get("test") or data["val"] if pair[1] in chosen]
    encoder = SentenceEncoder.open()
    texts = [text for text, _ in learned]
    head = train(texts, encoder.encode(texts), [intent for _, intent in learned])
    asked = [text for text, _ in tests]
    found = head.probabilities(asked, encoder.encode(asked)).argmax(axis=1)
    right = sum(head.labels[column] == pair[1] for column, pair in zip(found, tests, strict=True))
    return Row("CLINC150, 40 intents of 10 sentences", percent(right, len(tests)), f"{right} of {len(tests)}")
