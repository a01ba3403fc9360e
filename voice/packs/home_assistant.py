"""Reads `custom_sentences` of Home Assistant as a pack of ours."""

import re
from collections.abc import Iterator
from itertools import islice, permutations
from pathlib import Path

from voice.files.fields import Entry, Fields
from voice.files.strict_yaml import Location, Node, Scalar, Section, YamlList, read_yaml
from voice.language.text import speak_number
from voice.nlu.grammar.grammar import Grammar, GrammarError
from voice.packs.imported import ANYTHING, MOST_FORMS, Imported

LARGEST_NUMBER = 999  # that we say in words
ONLY_THERE = ("expansion_rules", "skip_words")  # keys of a file that ours does not have
LIST_KEYS = frozenset({"values", "range", "wildcard", "metadata"})  # of one of its lists; ours has values as keys
_REFERENCE = re.compile(r"\{([^{}:]*)(?::([^{}]*))?\}")
_RULE = re.compile(r"<([^<>]*)>")
_OPENING, _CLOSING = "([{<", ")]}>"
_PLAIN = Grammar({}, {})


def sign_of_home_assistant(root: Node | None) -> Location | None:
    """Where a file of intents shows that it was written for Home Assistant; None where it does not."""
    if not isinstance(root, Section):
        return None
    signs = [root.keys[key] for key in ONLY_THERE if key in root.entries]
    intents, lists = (_sections(root.entries.get(part)) for part in ("intents", "lists"))
    signs += [intent.keys["data"] for intent in intents if "data" in intent.entries]
    signs += [each.place for each in lists if each.entries and LIST_KEYS.issuperset(each.entries)]
    return min(signs, default=None)


def _sections(node: Node | None) -> list[Section]:
    entries = node.entries.values() if isinstance(node, Section) else ()
    return [entry for entry in entries if isinstance(entry, Section)]


def read_home_assistant(file: Path) -> Imported:
    """Its intents, rules and lists; what is no sentence, such as responses and conditions, is left out."""
    found = Imported()
    reader = _Reader(found)
    fields = Fields(read_yaml(file, found.left_out), found.left_out)
    fields.node("language")
    for each in fields.entries("lists"):
        reader.take_list(each)
    for each in fields.entries("expansion_rules"):
        if isinstance(each.node, Scalar) and (rule := reader.template(each.node)):
            found.rules[_name(each.name.text)] = rule
    for each in fields.entries("intents"):
        reader.take_intent(each)
    for word in fields.scalars("skip_words"):
        found.left_out.add(
            word.place, f'the word to skip "{word.text}": sentences that come near are understood anyway'
        )
    fields.finish()
    found.check()
    return found


class _Reader:
    """What is known of the file while it is read."""

    def __init__(self, found: Imported) -> None:
        self._found = found
        self._wild = set[str]()  # lists that take any words

    def take_list(self, entry: Entry) -> None:
        fields = Fields(entry.node, self._found.left_out)
        name = _name(entry.name.text)
        if fields.node("wildcard") is not None and fields.boolean("wildcard"):
            self._wild.add(name)
        if fields.node("range") is not None:
            self._take_range(name, fields.section("range"), entry.name.place)
        values = fields.node("values")
        for value in values.items if isinstance(values, YamlList) else ():
            self._take_value(name, value)
        fields.finish()

    def _take_range(self, name: str, fields: Fields, place: Location) -> None:
        first, last = fields.count("from"), fields.count("to")
        numbers = range(first, last + 1, max(1, fields.count("step", 1)))
        for number in islice(numbers, MOST_FORMS):
            if number > LARGEST_NUMBER:
                self._found.left_out.add(place, f"the numbers of {name} above {LARGEST_NUMBER}")
                break
            self._found.add_form(name, str(number), speak_number(number), place)
        fields.node("type")
        fields.finish()

    def _take_value(self, name: str, value: Node) -> None:
        if isinstance(value, Scalar):
            self._take_forms(name, value, None)
            return
        fields = Fields(value, self._found.left_out)
        if spoken := fields.scalar("in", required=True):
            self._take_forms(name, spoken, fields.text("out", spoken.text))
        fields.finish()

    def _take_forms(self, name: str, spoken: Scalar, value: str | None) -> None:
        try:
            forms = _PLAIN.expand(_ordered(spoken.text))[:MOST_FORMS]
        except GrammarError as error:
            self._found.left_out.add(spoken.place, f"“{spoken.text}”: {error.what}")
            return
        for form in forms:
            self._found.add_form(name, value or forms[0].text, form.text, spoken.place)

    def take_intent(self, entry: Entry) -> None:
        fields = Fields(entry.node, self._found.left_out)
        sentences = self._found.intents.setdefault(entry.name.text, [])
        for block in fields.items("data"):
            inner = Fields(block, self._found.left_out)
            sentences += filter(None, map(self.template, inner.scalars("sentences", required=True)))
            inner.finish()
        fields.finish()

    def template(self, template: Scalar) -> Scalar | None:
        """A template in our syntax, at its old place; None where it names a slot that Home Assistant fills itself."""
        for source, target in _REFERENCE.findall(template.text):
            if _name(source) not in self._wild | self._found.lists.keys():
                why = f"“{template.text}”: {{{source}}} has no words in this file; only Home Assistant knows them"
                self._found.left_out.add(template.place, why)
                return None
            if target and _name(source) not in self._wild:
                self._copy_list(_name(source), _name(target), template.place)
        text = _RULE.sub(lambda found: f"<{_name(found[1])}>", _ordered(template.text))
        return Scalar(_REFERENCE.sub(self._slot, text), template.place)

    def _slot(self, reference: re.Match[str]) -> str:
        return f"{{{ANYTHING if _name(reference[1]) in self._wild else _name(reference[2] or reference[1])}}}"

    def _copy_list(self, source: str, target: str, place: Location) -> None:
        """The words of one slot are those of another too: `{volume:level}`."""
        for value, ways in tuple(self._found.lists[source].items()):
            for way in tuple(ways):
                self._found.add_form(target, value, way, place)


def _name(word: str) -> str:
    """A name of a slot or rule that our templates can have."""
    plain = re.sub(r"\W", "_", word.strip())
    return plain[:1].lower() + plain[1:]


def _ordered(template: str) -> str:
    """A template in which every `(a;b)` is written out as `(a b|b a)`."""
    pieces, rest = list[str](), template
    while rest:
        before, group, rest = _first_group(rest)
        pieces.append(before)
        if group:
            parts = [_ordered(part) for part in _split(group[1:-1])]
            inner = parts[0] if len(parts) == 1 else "|".join(" ".join(order) for order in permutations(parts))
            pieces.append(f"{group[0]}{inner}{group[-1]}")
    return "".join(pieces)


def _first_group(text: str) -> tuple[str, str, str]:
    """What is before the first bracket, all up to the one that closes it, and the rest."""
    begin = next((index for index, sign in enumerate(text) if sign in "(["), len(text))
    depth = 0
    for index in range(begin, len(text)):
        depth += (text[index] in "([") - (text[index] in ")]")
        if depth == 0:
            return text[:begin], text[begin : index + 1], text[index + 1 :]
    return text, "", ""


def _split(text: str) -> list[str]:
    """The parts between semicolons that stand in no bracket."""
    return list(_parts(text))


def _parts(text: str) -> Iterator[str]:
    depth, begin = 0, 0
    for index, sign in enumerate(text):
        depth += (sign in _OPENING) - (sign in _CLOSING)
        if sign == ";" and depth == 0:
            yield text[begin:index]
            begin = index + 1
    yield text[begin:]
