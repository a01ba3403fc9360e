"""What a misheard utterance sounds like: a few sentences, looked for in the sound more closely than spelling.

A search of everything follows the likeliest beginnings only, and loses a sentence whose first word was misheard; the
words that were read are mostly like the right sentence, although no single one of them may be right.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from voice.language.slots import DURATION
from voice.messages.word_graph import Shortlist, WordGraph
from voice.nlu.grammar.word_graph import word_graph
from voice.nlu.index.pronunciation import Pronouncer
from voice.nlu.index.sentence_index import SentenceIndex
from voice.nlu.matching.utterance import Utterance

# Of 46 commands in eight voices that were not understood near, in noise and in rooms, the right one was among the 20
# nearest in two of three, among the 50 nearest in four of five.
MANY, FARTHEST = 24, 0.7  # sentences of each kind that are looked for, and how far they may be: 0 to 1
MISHEARD, FEW = 5, 8  # words that may be a misheard length of time, and the sentences that are looked for then


def shortlist(
    readings: Iterable[Utterance], index: SentenceIndex, spelling: WordGraph, sounding: Pronouncer
) -> Shortlist:
    """The sentences of an index that sound most like one of some readings. spelling: of the words of its mode."""
    found = dict[tuple[str, str], None]()
    nearest = FARTHEST
    for reading in readings:
        for tokens, many in _forms(reading):
            alike = index.alike(tokens, FARTHEST, many)
            found |= dict.fromkeys((sentence.intent, sentence.spoken) for sentence in alike)
            nearest = min((nearest, *(sounding.apart(tokens, sentence.tokens) for sentence in alike)))
    graph = word_graph(found, {}, {}, spelled=False)
    said = {arc.word for arc in graph.arcs}
    parts = {word: part for word, part in spelling.parts.items() if word in said}
    graph = replace(graph, written=spelling.written, digits=spelling.digits, parts=parts)
    return Shortlist(graph, nearest)


def _forms(reading: Utterance) -> Iterator[tuple[tuple[str, ...], int]]:
    """What is looked for, and how many of each."""
    yield from ((form.tokens, MANY) for form in reading.forms())
    plain = reading.plain
    for begin in range(max(1, len(plain) - MISHEARD), len(plain)):
        yield (*plain[:begin], DURATION.token), FEW
