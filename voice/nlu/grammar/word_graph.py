"""Templates as one graph of words: every sentence is a way through it, and none of them is written out.

Its size grows with the length of the templates, not with the number of sentences that they stand for.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from voice.content import IntentPack
from voice.language.slots import quantities
from voice.language.text import SMALL, TENS, plain
from voice.messages.recognition import Mode
from voice.messages.word_graph import Arc as Arc
from voice.messages.word_graph import WordGraph as WordGraph
from voice.nlu.grammar.graph_builder import GraphBuilder, in_order, minimized
from voice.nlu.grammar.graph_compiler import TemplateReader

_WITH_APOSTROPHE = re.compile(r"[^\W\d_]+'[^\W\d_]+")


def word_graph(
    sentences: Iterable[tuple[str, str]],
    rules: Mapping[str, str],
    lists: Mapping[str, Mapping[str, str]],
    *,
    spelled: bool = True,
) -> WordGraph:
    """The graph of pairs of an intent ("" for a line that is no command) and a template or plain line.

    rules, lists: as in Grammar; the templates have no mistakes. spelled: durations, numbers and times word by word;
    otherwise each is one arc, such as "{duration}". Where a sentence means two things, the first one counts.
    """
    draft = GraphBuilder()
    reader = TemplateReader(draft, rules, lists, spelled)
    for intent, template in sentences:
        reader.add(intent, template)
    return _numbered(minimized(draft.determinized() or draft))


def covering(graph: WordGraph) -> Iterator[tuple[Arc, ...]]:
    """Ways through a graph, few and long, so that each of its arcs is in one of them."""
    new = set(graph.arcs)
    while new:
        most: list[tuple[int, Arc | None]] = [(0, None)] * graph.size  # from each node: new arcs on the best way on
        for arc in reversed(graph.arcs):
            held = most[arc.target][0] + (arc in new)
            is_on_a_way = arc.target in graph.finals or most[arc.target][1] is not None
            if is_on_a_way and (most[arc.source][1] is None or held > most[arc.source][0]):
                most[arc.source] = held, arc
        way, node = list[Arc](), graph.start
        while (onward := most[node][1]) and (node not in graph.finals or most[node][0]):
            way.append(onward)
            node = onward.target
        yield tuple(way)
        new -= set(way)


def pack_graph(pack: IntentPack, mode: Mode, lists: Mapping[str, Mapping[str, str]]) -> WordGraph:
    """Everything that a pack says can be said in a mode, and its lines that are no command.

    Durations, numbers and times are parts of it: each would be there dozens of times, and most of them never said.
    lists: the pack's own, with those that only a running house knows.
    """
    here = [intent for intent in pack.intents if mode in intent.when]
    sentences = [(intent.name, line) for intent in here for line in (*intent.sentences, *intent.say)]
    avoided = (("", line) for intent in here for line in intent.avoid)
    graph = word_graph([*sentences, *avoided], pack.rules, lists, spelled=False)
    words = {arc.word for arc in graph.arcs}
    spelling = pack_spelling(pack, mode, lists)
    parts = {word: part for word, part in spelling.parts.items() if word in words}
    return replace(graph, written=spelling.written, digits=spelling.digits, parts=parts)


def pack_spelling(pack: IntentPack, mode: Mode, lists: Mapping[str, Mapping[str, str]]) -> WordGraph:
    """How the words of a pack may be written in a mode, as a graph without sentences."""
    here = [intent for intent in pack.intents if mode in intent.when]
    sentences = [line for intent in here for line in (*intent.sentences, *intent.say)]
    said = (slot.template for slot in quantities())
    written = _written((*said, *pack.rules.values(), *sentences, *(" ".join(each) for each in lists.values())))
    digits = {word: value for value, word in enumerate(SMALL)} | dict(TENS)
    parts = {slot.token: graph_of_quantity(slot.token) for slot in quantities()}
    return WordGraph((), 0, {}, written, digits, parts)


@cache
def graph_of_quantity(word: str) -> WordGraph:
    """Every way to say a quantity, such as "{duration}"."""
    return word_graph([("", word)], {}, {})


def _written(texts: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """How the words of some texts are written that plain words leave something out of: thats -> that's."""
    found = dict[str, dict[str, None]]()
    for text in texts:
        for word in _WITH_APOSTROPHE.findall(text.lower().replace("’", "'")):
            found.setdefault(plain(word), {})[word] = None
    return {plain_word: tuple(words) for plain_word, words in found.items()}


def _numbered(draft: GraphBuilder) -> WordGraph:
    numbers = {old: number for number, old in enumerate(in_order(draft))}
    arcs = tuple(Arc(numbers[old], numbers[target], *label) for old in numbers for label, target in draft.leaving[old])
    # saying nothing is no sentence, whatever a template leaves out
    finals = {numbers[node]: intent for node, intent in draft.finals.items() if node and node in numbers}
    return WordGraph(arcs, 0, finals)
