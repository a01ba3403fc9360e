"""The sentences of a whole pack for one couple, by mode: indexed, as grammars and as graphs, each built once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from voice.content import Intent, IntentPack
from voice.language.slots import CHOICE, DECK, NAME
from voice.messages.recognition import Mode
from voice.messages.word_graph import WordGraph
from voice.nlu.grammar.grammar import Expansion, Grammar
from voice.nlu.grammar.word_graph import pack_graph, pack_spelling
from voice.nlu.index.engine_grammar import as_grammar
from voice.nlu.index.pronunciation import Pronouncer
from voice.nlu.index.sentence import Sentence, decoy, sentence_of
from voice.nlu.index.sentence_index import SentenceIndex, graph_indexes, sentences_of
from voice.nlu.index.sentence_table import Tables, tables_of


class PackIndex:
    """What can be said in each mode. May be asked from several threads: each value is built once and never changed.

    partners: the names of the couple. names: every spelling of a name -> the name. decks: names of decks, as people
    say them. choices: what sessions let people choose from. pronouncer: how sentences sound.
    """

    def __init__(
        self,
        pack: IntentPack,
        partners: tuple[str, str],
        names: Mapping[str, str],
        decks: Sequence[str],
        choices: Sequence[str],
        pronouncer: Pronouncer,
    ) -> None:
        self.pack, self._partners, self._pronouncer = pack, partners, pronouncer
        called = {**pack.lists.get(DECK.name, {}), **{name.lower(): name for name in decks}}
        lists = {**pack.lists, DECK.name: called, CHOICE.name: {form: form for form in choices}}
        self.lists = {NAME.name: names, **lists}
        """Slot -> spoken form -> value, names and decks of this couple included."""
        self.grammar = Grammar(pack.rules, self.lists)
        free = Grammar(pack.rules, lists)
        self.by_intent = {intent.name: sentences_of(intent, self.grammar, free) for intent in pack.intents}
        """Intent -> every sentence of it that is written out."""
        self._graph_indexes = {
            mode: graph_indexes([each for each in pack.intents if mode in each.when], self.grammar, free, pronouncer)
            for mode in Mode
        }
        self._decoys = {intent.name: tuple(map(decoy, intent.avoid)) for intent in pack.intents}
        self._tables: Tables | None = None
        self._indexes = dict[Mode, SentenceIndex]()
        self._grammars = dict[Mode, tuple[str, ...]]()
        self._graphs = dict[Mode, WordGraph]()
        self._spellings = dict[Mode, WordGraph]()

    def slots(self, intent: Intent) -> frozenset[str]:
        """The slots of its templates."""
        return frozenset(slot for template in intent.sentences for slot in self.grammar.slots(template))

    def is_made(self, intent: Intent, some_tokens: tuple[str, ...]) -> bool:
        """Whether a template that is not written out says just these words for an intent."""
        closed, _ = self._graph_indexes[min(intent.when)]
        return closed is not None and closed.says(intent.name, some_tokens)

    def add(self, intent: Intent, lines: Sequence[str]) -> None:
        """More sentences of an intent, before anything was asked for."""
        if lines:
            self.by_intent[intent.name] += tuple(sentence_of(Expansion(line), intent) for line in lines)

    def sentences(self, mode: Mode) -> tuple[Sentence, ...]:
        """Every sentence that can be said in a mode, with its slots."""
        return tuple(
            sentence for intent in self.pack.intents if mode in intent.when for sentence in self.by_intent[intent.name]
        )

    def index(self, mode: Mode) -> SentenceIndex:
        """The sentences of a mode and the lines that are no commands in it."""
        if mode not in self._indexes:
            decoys = self._decoys_of(intent for intent in self.pack.intents if mode in intent.when)
            graphs = self._graph_indexes[mode]
            index = SentenceIndex(self.sentences(mode), decoys, self._shared_tables(), self._pronouncer, *graphs)
            self._indexes.setdefault(mode, index)
        return self._indexes[mode]

    def _shared_tables(self) -> Tables:
        """Of what all modes have: what can be said at the table can mostly be said after a question too."""
        if self._tables is None:
            sentences = chain.from_iterable(self.by_intent[intent.name] for intent in self.pack.intents)
            self._tables = tables_of((*sentences, *self._decoys_of(self.pack.intents)), self._pronouncer)
        return self._tables

    def _decoys_of(self, intents: Iterable[Intent]) -> Iterator[Sentence]:
        return chain.from_iterable(self._decoys[intent.name] for intent in intents)

    def engine_grammar(self, mode: Mode) -> tuple[str, ...]:
        """What can be said in a mode, as plain phrases for an engine that takes a grammar."""
        if mode not in self._grammars:
            lines = (line for intent in self.pack.intents if mode in intent.when for line in intent.say)
            self._grammars.setdefault(mode, as_grammar(self.sentences(mode), lines, self._partners))
        return self._grammars[mode]

    def graph(self, mode: Mode) -> WordGraph:
        """What can be said in a mode, and what is no command, for an engine that searches for the likeliest of it."""
        if mode not in self._graphs:
            self._graphs.setdefault(mode, pack_graph(self.pack, mode, self.lists))
        return self._graphs[mode]

    def spelling(self, mode: Mode) -> WordGraph:
        """The graph of a mode without its sentences: the written forms, digits and parts of its words."""
        if mode not in self._spellings:
            self._spellings.setdefault(mode, pack_spelling(self.pack, mode, self.lists))
        return self._spellings[mode]
