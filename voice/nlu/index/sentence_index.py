"""The sentences that count in one mode: found by nearness, by their free slots, and as a grammar for an engine."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

import numpy as np

from voice.content import Intent
from voice.language.slots import FREE, filler_of
from voice.nlu.grammar.grammar import Grammar
from voice.nlu.index.graph_index import GraphIndex
from voice.nlu.index.pronunciation import Pronouncer
from voice.nlu.index.qgram_index import Places
from voice.nlu.index.sentence import Sentence, Shape, sentence_of, shape
from voice.nlu.index.sentence_table import Near, Tables


def sentences_of(intent: Intent, closed: Grammar, free: Grammar) -> tuple[Sentence, ...]:
    """Every sentence of an intent, each once.

    closed: the grammar for sentences that can be listed. free: for those with free words, where a name is heard
    rather than listed.
    """
    found = dict[tuple[str, ...], Sentence]()
    for template in intent.sentences:
        for sentence in _expanded(template, intent, closed):
            if not sentence.is_free:
                found.setdefault(sentence.tokens, sentence)
        if _is_free(template, free):
            for sentence in _expanded(template, intent, free):
                if sentence.is_free:
                    found.setdefault(sentence.tokens, sentence)
    return tuple(found.values())


def graph_indexes(
    intents: Sequence[Intent], closed: Grammar, free: Grammar, sounding: Pronouncer
) -> tuple[GraphIndex | None, GraphIndex | None]:
    """The templates of some intents that are not written out: closed sentences, and those with free words."""
    return _graph_index(intents, closed, sounding), _graph_index(intents, free, sounding, only_free=True)


def _graph_index(
    intents: Sequence[Intent], grammar: Grammar, sounding: Pronouncer, *, only_free: bool = False
) -> GraphIndex | None:
    """The large templates, or those of them with free words; None when there are none."""
    large = [
        (intent.name, template)
        for intent in intents
        for template in intent.sentences
        if grammar.is_large(template) and (not only_free or _is_free(template, grammar))
    ]
    exact = {intent.name for intent in intents if intent.exact}
    return GraphIndex(grammar.graph(large), sounding, exact) if large else None


def _is_free(template: str, grammar: Grammar) -> bool:
    return any(filler_of(slot) in FREE for slot in grammar.slots(template))


def _expanded(template: str, intent: Intent, grammar: Grammar) -> Iterator[Sentence]:
    return (sentence_of(expansion, intent) for expansion in grammar.expand(template))


class SentenceIndex:
    """The sentences of one mode, and the lines that are no commands in it.

    decoys: these lines. tables: of the sentences and decoys of all modes, which share them.
    closed_graph, free_graph: the templates that are not written out, as `sentences_of` takes its grammars.
    longest: how many words the longest sentence of those has.
    """

    def __init__(
        self,
        sentences: Iterable[Sentence],
        decoys: Iterable[Sentence],
        tables: Tables,
        sounding: Pronouncer,
        closed_graph: GraphIndex | None = None,
        free_graph: GraphIndex | None = None,
    ) -> None:
        sentences = tuple(sentences)
        ours = (*sentences, *decoys)
        self._in_order = sorted(sentences, key=_tokens)
        free = dict[str, list[Sentence]]()
        for sentence in ours:
            if sentence.is_free:
                free.setdefault(sentence.key, []).append(sentence)
        self._free: Mapping[str, Sequence[Sentence]] = free
        self._tables, self._places = tables, _places(tables, ours)
        self._sounding = sounding
        self._closed_graph, self._free_graph = closed_graph, free_graph
        self.longest = max((graph.longest for graph in self._graphs()), default=0)

    def near(self, some_tokens: tuple[str, ...]) -> list[Near]:
        """The closed sentences and lines near to what was heard, the nearest first."""
        found: list[Near] = []
        if (of := shape(some_tokens)) in self._places:
            found = self._tables[of].near(some_tokens, self._sounding(some_tokens), self._places[of])
        in_graph = self._closed_graph.near(some_tokens) if self._closed_graph else []
        return sorted((*found, *in_graph), key=lambda near: near.distance)

    def alike(self, some_tokens: tuple[str, ...], cutoff: float, many: int) -> list[Sentence]:
        """The closed sentences and lines most like what was heard, in sounds and in letters: so many of each."""
        found: list[Sentence] = []
        if (of := shape(some_tokens)) in self._places:
            places, sounds = self._places[of], self._sounding(some_tokens)
            found = self._tables[of].alike(some_tokens, sounds, cutoff, many, places)
        in_graph = self._closed_graph.near(some_tokens, cutoff) if self._closed_graph else []
        return [*found, *(near.sentence for near in in_graph)]

    def free(self, words: Sequence[str]) -> Mapping[str, Sequence[Sentence]]:
        """The sentences with free words that some plain words may be, by their key."""
        if self._free_graph is None:
            return self._free
        found = {key: list(sentences) for key, sentences in self._free.items()}
        for sentence in self._free_graph.free(words):
            found.setdefault(sentence.key, []).append(sentence)
        return found

    def is_complete(self, sentence: Sentence) -> bool:
        """Whether going on after this sentence could mean nothing else."""
        if sentence.ends_free or any(graph.could_mean_more(sentence) for graph in self._graphs()):
            return False
        meant = _meaning(sentence)
        return all(_meaning(longer) == meant for longer in self._longer(sentence.tokens))

    def is_begun(self, some_tokens: tuple[str, ...]) -> bool:
        """Whether a sentence begins with all of this, which is more than one word."""
        return len(some_tokens) > 1 and (
            any(True for _ in self._longer(some_tokens)) or any(graph.is_begun(some_tokens) for graph in self._graphs())
        )

    def _longer(self, some_tokens: tuple[str, ...]) -> Iterator[Sentence]:
        """The sentences that begin with these words and go on."""
        first = bisect_right(self._in_order, some_tokens, key=_tokens)
        return takewhile(
            lambda sentence: sentence.tokens[: len(some_tokens)] == some_tokens,
            (self._in_order[place] for place in range(first, len(self._in_order))),
        )

    def _graphs(self) -> Iterator[GraphIndex]:
        return (graph for graph in (self._closed_graph, self._free_graph) if graph)


def _places(tables: Tables, sentences: Iterable[Sentence]) -> Mapping[Shape, Places]:
    """Where some of the very sentences of the tables are in these; without the tables that have none of them."""
    ours = set(map(id, sentences))
    held = {shape: [id(each) in ours for each in table.sentences] for shape, table in tables.items()}
    return {shape: np.flatnonzero(which) for shape, which in held.items() if any(which)}


def _tokens(sentence: Sentence) -> tuple[str, ...]:
    return sentence.tokens


Meaning = tuple[str, frozenset[tuple[str, str]], frozenset[str]]


def _meaning(sentence: Sentence) -> Meaning:
    opens = frozenset(token for token in sentence.tokens if token.startswith("{"))
    return sentence.intent, frozenset(sentence.slots.items()), opens
