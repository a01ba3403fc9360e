"""Match latency among very many sentences, enumerated or as templates that are matched on the word graph."""

import random
import sys
import time
from collections.abc import Callable, Sequence
from functools import cache

from bench.table import Part, Row, percentile
from voice.content import Intent, IntentPack
from voice.edges.phonemes import Phonemizer
from voice.language.text import plain as plain_text
from voice.memory import uncollected
from voice.messages.recognition import Hypothesis, Mode
from voice.nlu.understanding import Understanding
from voice.packs import load_content

SIZES = {100: 1.0, 10_000: 5.0, 100_000: 20.0}  # sayable sentences -> milliseconds that 99 of 100 lines may take
LINES = 300
ERRORS = 0.1  # of the letters of every other line
_BEGINNINGS, _ENDINGS = (
    "b d f g k l m n p r s t v w sh ch br st tr pl".split(),
    "a e i o u an el in ot ut ee ar".split(),
)
Pack = Callable[[int, random.Random], IntentPack]


def measure(*, every: int) -> Part:
    """Both kinds of packs, in three sizes."""
    rows = list[Row]()
    for name, pack in (("plain sentences", plain), ("wide templates", wide)):
        for size, goal in SIZES.items():
            chance = random.Random(size)
            made = pack(size, chance)
            began = time.perf_counter()
            with uncollected():  # as it is made ready for an evening
                understanding = Understanding(made, ("Alex", "Sam"), (), Phonemizer())
                understanding.warm_up()
            loaded = time.perf_counter() - began
            heard = lines(made, understanding, chance, LINES // every)
            spent, right = timed(understanding, heard)
            half, most = (1000 * percentile(spent, share) for share in (0.5, 0.99))
            note = f"goal {goal:.0f} ms; {right} of {len(heard)} right; the pack loads in {loaded:.1f} s"
            rows.append(Row(f"a match among {size:,} {name}, p50 / p99", f"{half:.1f} / {most:.1f} ms", note))
            print(f"match: {rows[-1].what}: {rows[-1].value}", file=sys.stderr, flush=True)
    return Part(tuple(rows))


def timed(understanding: Understanding, heard: Sequence[tuple[str, str]]) -> tuple[list[float], int]:
    """The processor's seconds that each line took, and how many were rightly understood. heard: line, intent."""
    spent, right = list[float](), 0
    for line, intent in heard:
        began = time.process_time()
        found = understanding.understand((Hypothesis(line, "keyboard"),), Mode.IDLE)
        spent.append(time.process_time() - began)
        right += getattr(found, "intent", "") == intent
    return spent, right


def lines(pack: IntentPack, understanding: Understanding, chance: random.Random, count: int) -> list[tuple[str, str]]:
    """Lines and what they mean: sentences as they are, and the same with some letters wrong."""
    sentences = chance.choices(understanding.index.sentences(Mode.IDLE), k=count // 2)
    right = [(sentence.spoken, sentence.intent) for sentence in sentences]
    words = _words()
    return [*right, *((_misheard(line, words, chance), intent) for line, intent in right)]


def _misheard(line: str, words: Sequence[str], chance: random.Random) -> str:
    return " ".join(chance.choice(words) if chance.random() < ERRORS else word for word in line.split())


# ---- packs -------------------------------------------------------------------------------------------


def plain(size: int, chance: random.Random) -> IntentPack:
    """This many plain sentences of three to seven words, made of the words of our questions."""
    words = _words()
    made = {" ".join(chance.choices(words, k=chance.randint(3, 7))): None for _ in range(size)}
    return _pack({f"intent{place}": list(made)[place::20] for place in range(20)}, {})


def wide(size: int, chance: random.Random) -> IntentPack:
    """Templates that stand for as many sentences: 5 x 10 x ... words for each, with two lists."""
    words = iter(chance.sample(_words(), k=len(_words())))
    lists = {f"list{place}": {next(words): f"value{value}" for value in range(10)} for place in range(2)}
    templates = max(1, size // 10_000)
    inner = max(1, size // templates // 100)

    def one() -> str:
        a, b = (5, inner // 5) if inner >= 10 else (1, inner)
        either = [f"({'|'.join(next(words) for _ in range(many))})" for many in (a, b)]
        return f"{next(words)} {either[0]} {{list0}} {next(words)} {either[1]} {{list1}}"

    return _pack({f"intent{place}": [one()] for place in range(templates)}, lists)


@cache
def _words() -> list[str]:
    """The words of the questions that ship, each once."""
    content = load_content("en")
    found = {word for deck in content.decks for prompt in deck.prompts for word in plain_text(prompt.text).split()}
    return sorted(word for word in found if word.isalpha())


def _pack(sentences: dict[str, list[str]], lists: dict[str, dict[str, str]]) -> IntentPack:
    intents = tuple(Intent(name, frozenset({Mode.IDLE}), tuple(lines)) for name, lines in sentences.items())
    return IntentPack("en", intents, {}, lists)
