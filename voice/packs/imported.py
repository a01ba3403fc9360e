"""A pack that was written for another program, as a pack of ours: its YAML, and what of it could not be had."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from voice.files.strict_yaml import Location, Mistakes, Scalar, quoted
from voice.nlu.grammar.grammar import Grammar

MOST_FORMS = 1000  # words of one slot: more than anybody could say
ANYTHING = "text"  # our slot that takes any words


@dataclass(slots=True)
class Imported:
    """What has been read so far."""

    intents: dict[str, list[Scalar]] = field(default_factory=dict)
    """Intent -> its templates, in our syntax, where they stood in the other file."""
    rules: dict[str, Scalar] = field(default_factory=dict)
    """Name -> template, in our syntax."""
    lists: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    """Slot -> value -> ways to say it."""
    left_out: Mistakes = field(default_factory=Mistakes)
    """What could not be had, and why."""

    def add_form(self, slot: str, value: str, spoken: str, place: Location) -> None:
        """One way to say a value of a slot; the first value of a way counts."""
        forms = self.lists.setdefault(slot, {})
        taken = next((other for other, ways in forms.items() if spoken in ways), value)
        if taken != value:
            self.left_out.add(place, f'"{spoken}" means {taken} already in the slot {slot}')
        elif spoken not in forms.setdefault(value, []):
            forms[value].append(spoken)

    def check(self) -> None:
        """Leave out the rules and sentences that would not load, and tell why."""
        lists = {
            slot: {way: value for value, ways in forms.items() for way in ways} for slot, forms in self.lists.items()
        }
        while faulty := self._faulty(Grammar({name: rule.text for name, rule in self.rules.items()}, lists)):
            for name, why in faulty.items():
                self.left_out.add(self.rules.pop(name).place, f"the rule <{name}>: {why}")
        grammar = Grammar({name: rule.text for name, rule in self.rules.items()}, lists)
        for sentences in self.intents.values():
            for sentence in tuple(sentences):
                if why := _fault(grammar, sentence, whole=True):
                    self.left_out.add(sentence.place, f"“{sentence.text}”: {why}")
                    sentences.remove(sentence)
        self.intents = {name: sentences for name, sentences in self.intents.items() if sentences}

    def _faulty(self, grammar: Grammar) -> Mapping[str, str]:
        faults = ((name, _fault(grammar, rule, whole=False)) for name, rule in self.rules.items())
        return {name: why for name, why in faults if why}

    def as_yaml(self) -> Iterator[str]:
        """The lines of a pack of ours."""
        if self.rules:
            yield "rules:"
            yield from (f"  {name}: {quoted(rule.text)}" for name, rule in self.rules.items())
        if self.lists:
            yield "lists:"
        for slot, forms in self.lists.items():
            yield f"  {slot}:"
            yield from (f"    {quoted(value)}: [{', '.join(map(quoted, ways))}]" for value, ways in forms.items())
        yield "intents:"
        for name, sentences in self.intents.items():
            yield f"  {quoted(name)}:"
            yield "    sentences:"
            yield from (f"      - {quoted(sentence.text)}" for sentence in sentences)


def _fault(grammar: Grammar, template: Scalar, *, whole: bool) -> str:
    """Why a template would not load; "" where it would. whole: it is a sentence, not a part of one."""
    if mistakes := grammar.mistakes(template.text):
        return mistakes[0].what
    return "whatever is said would be this" if whole and grammar.takes_anything(template.text) else ""
