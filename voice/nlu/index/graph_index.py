"""The sentences of templates that stand for too many of them to be written out, found in a word graph."""

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from voice.nlu.grammar.word_graph import Arc, WordGraph
from voice.nlu.index.graph_distance import GraphMatcher, Path
from voice.nlu.index.phonetic_distance import fold
from voice.nlu.index.pronunciation import Pronouncer
from voice.nlu.index.sentence import Sentence, mark
from voice.nlu.index.sentence_table import FAR, Near

CANDIDATES = 3  # sentences of a graph that are looked at closely, and one of another intent
REMEMBERED = 8  # what was just looked for, and may be once more: the forms of an utterance


class GraphIndex:
    """The sentences of a graph in which durations and numbers are one word each. exact: intents of no near miss."""

    def __init__(self, graph: WordGraph, sounding: Pronouncer, exact: Collection[str]) -> None:
        self._graph = graph
        self._sounding = sounding
        self._exact = exact
        self._quantities = {arc.word for arc in graph.arcs if mark(arc.word)}
        self._lattice = GraphMatcher(graph, self._spelling, fold if sounding(()) else str)
        self._beyond = _beyond(graph)
        self._found = lru_cache(maxsize=REMEMBERED)(self._look_for)

    @property
    def longest(self) -> int:
        """How many words the longest of them has."""
        words = [0] * self._graph.size
        for arc in self._graph.arcs:
            words[arc.target] = max(words[arc.target], words[arc.source] + bool(arc.word))
        return max(words)

    def says(self, intent: str, some_tokens: Sequence[str]) -> bool:
        """Whether these very words are a sentence of an intent."""
        return any(self._graph.finals.get(_end(way)) == intent for way in self._ways_that_say(some_tokens))

    def near(self, some_tokens: Sequence[str], far: float = FAR) -> list[Near]:
        """The closed sentences nearest to what was heard, and no farther from it than this."""
        if any(mark(token) and token not in self._quantities for token in some_tokens):
            return []
        found = (sentence for sentence in self._nearest(some_tokens, far) if not sentence.is_free)
        near = (Near(sentence, self._sounding.apart(some_tokens, sentence.tokens)) for sentence in found)
        return [each for each in near if each.distance <= far]

    def free(self, some_tokens: Sequence[str]) -> Iterator[Sentence]:
        """The sentences with free words nearest to what was heard."""
        return (sentence for sentence in self._nearest(some_tokens, FAR) if sentence.is_free)

    def is_begun(self, some_tokens: Sequence[str]) -> bool:
        """Whether a sentence begins with all of this and goes on."""
        return any(self._graph.leaving[_end(way)] for way in self._ways_that_say(some_tokens))

    def could_mean_more(self, sentence: Sentence) -> bool:
        """Whether going on after this sentence could mean something else."""
        return any(
            self._beyond[_end(way)] - {sentence.intent} or (self._beyond[_end(way)] and _slots(way) != sentence.slots)
            for way in self._ways_that_say(sentence.tokens)
        )

    def _ways_that_say(self, some_tokens: Sequence[str]) -> list[tuple[Arc, ...]]:
        """The ways from the start that say just these words."""
        ways: list[tuple[Arc, ...]] = [()]
        for token in some_tokens:
            ways = [(*way, arc) for way in ways for arc in self._graph.leaving[_end(way)] if arc.word == token]
        return ways

    def _nearest(self, some_tokens: Sequence[str], far: float) -> Sequence[Sentence]:
        return self._found("".join(self._spelling(token) or "" for token in some_tokens), far)

    def _look_for(self, heard: str, far: float) -> Sequence[Sentence]:
        return tuple(map(self._sentence, self._lattice.nearest(heard, CANDIDATES, far)))

    def _spelling(self, word: str) -> str | None:
        """How it sounds, or its letters; None for a slot that is filled with words that nobody could list."""
        if word.startswith("{") and not mark(word):
            return None
        sounds = self._sounding((word,))
        return f" {mark(word) or word}" if sounds is None else sounds.exact

    def _sentence(self, way: Path) -> Sentence:
        words = tuple(arc.word for arc in way.arcs if arc.word)
        return Sentence(way.intent, " ".join(words), words, _slots(way.arcs), way.intent in self._exact)


def _end(way: Sequence[Arc]) -> int:
    return way[-1].target if way else 0


def _slots(way: Sequence[Arc]) -> dict[str, str]:
    return {arc.slot: arc.value for arc in way if arc.slot}


def _beyond(graph: WordGraph) -> list[frozenset[str]]:
    """The intents of what goes on after each node; where it fills a slot, that is one more of them."""
    beyond = [frozenset[str]()] * graph.size
    for arc in reversed(graph.arcs):
        ends = {graph.finals[arc.target]} if arc.target in graph.finals else set()
        fills = {arc.slot or arc.word} if arc.slot or arc.word.startswith("{") else set()
        beyond[arc.source] |= beyond[arc.target] | ends | fills
    return beyond
