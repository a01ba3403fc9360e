"""Words of somebody who is not okay inside a line that is to be kept: there alone free speech is looked through."""

from collections.abc import Mapping, Sequence

from voice.content import IntentPack
from voice.language.slots import NAME, Filler, filler_of
from voice.messages.meaning import Match
from voice.messages.recognition import WAIT_EXTENDABLE, Mode
from voice.nlu.grammar.grammar import Grammar
from voice.nlu.index.sentence import tokens
from voice.nlu.matching.utterance import Utterance

Words = tuple[str, ...]


class Crisis:
    """Finds the very words of a pack; what the pack says is none of it ("to die for") may stand around them.

    names: every spelling of a name -> the name.
    """

    def __init__(self, pack: IntentPack, names: Mapping[str, str]) -> None:
        grammar = Grammar(pack.rules, {**pack.lists, NAME.name: names})
        grave = [intent for intent in pack.intents if intent.care]
        self._phrases = [
            (tokens(expansion.text), intent.name)
            for intent in grave
            for template in intent.within
            for expansion in grammar.expand(template)
        ]
        self._harmless = [tokens(line) for intent in grave for line in intent.avoid]

    def said(self, readings: Sequence[Utterance], matches: Sequence[Match], mode: Mode) -> Match | None:
        """What ends everything, when a reading has such words in it and would be kept."""
        lines = (slot for match in matches for slot in match.slots if filler_of(slot) is Filler.LINE)
        if mode is not Mode.WORDS and not any(lines):
            return None
        found = (self._in(reading.plain) for reading in readings)
        intent = next(filter(None, found), "")
        text = readings[0].hypothesis.text
        return Match(intent, {}, text, "", wait=WAIT_EXTENDABLE, care=True) if intent else None

    def _in(self, words: Words) -> str:
        for phrase, intent in self._phrases:
            harmless = (line for line in self._harmless if _is_in(phrase, line))
            if _is_in(phrase, words) and not any(_is_in(line, words) for line in harmless):
                return intent
        return ""


def _is_in(phrase: Words, words: Words) -> bool:
    """Whether these words stand in a row among the others."""
    return any(words[start : start + len(phrase)] == phrase for start in range(len(words) - len(phrase) + 1))
