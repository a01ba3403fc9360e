"""Reads prompts/*/sessions/: the scripts of guided sessions, their branches and repetitions laid out in a row."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from voice.content import Script
from voice.content.steps import Choose, Go, Repetition, Step
from voice.files.fields import Fields
from voice.files.strict_yaml import Mistakes, Node, Scalar, Section, YamlList, did_you_mean, read_yaml
from voice.messages.delivery import Register
from voice.packs.prompts import REGISTERS, PromptReader
from voice.packs.steps import FORMS, finish_step, read_step

PARTNERS = ("name", "other")  # who has the turn, who listens
PLACEHOLDERS = (*PARTNERS, "count")  # and which time of a repetition it is
OF_THE_OTHER = "_other"  # {need_other}: what the other one answered
MOST_TIMES = 20


class ScriptReader:
    """Reads every script of a language, so that one can include another. files: all of them."""

    def __init__(self, files: Collection[Path], prompts: PromptReader, mistakes: Mistakes) -> None:
        self._prompts, self._mistakes = prompts, mistakes
        self._nodes = {file.stem: read_yaml(file, mistakes) for file in files}

    def scripts(self) -> tuple[Script, ...]:
        """All of them, in the order of their files."""
        return tuple(self._script(name, node) for name, node in self._nodes.items())

    def _script(self, name: str, node: Node | None) -> Script:
        fields = Fields(node, self._mistakes)
        intro = fields.section("intro", required=True)
        lengths = fields.section("lengths")
        minutes = fields.number("minutes", least=0.3, most=240.0)
        title = fields.scalar("name", required=True)
        instead = fields.section("instead")
        script = Script(
            id=name,
            name=self._prompts.once("session", title),
            register=Register(fields.choice("register", REGISTERS) or Register.DINNER),
            minutes=minutes,
            first=self._prompts.lines(intro, "first", PARTNERS),
            later=self._prompts.lines(intro, "later", PARTNERS),
            left=self._prompts.lines(fields, "left", ()),
            steps=(),
            practice=fields.counts("practice"),
            least=lengths.number("least", minutes, least=0.3, most=240.0),
            most=lengths.number("most", minutes, least=0.3, most=240.0),
            calm=fields.boolean("calm", False),
            days=fields.count("days", 1, least=1, most=31),
            light_days=fields.count("light_days", 0, most=31),
            instead={said: instead.text(said) for said in instead.names},
            where=str(title.place) if title else "",
        )
        row = _Row(self, self._mistakes, self._placeholders(node, (name,)), (name,))
        row.add(fields.items("steps"))
        for part in (intro, lengths, instead, fields):
            part.finish()
        return replace(script, steps=tuple(row.steps))

    def _placeholders(self, node: Node | None, above: tuple[str, ...]) -> tuple[str, ...]:
        """What may stand in braces: the variables of a script and of those that it includes."""
        variables = dict.fromkeys(_texts_at("into", node))
        for name in _texts_at("script", node) | _texts_at("include", node):
            if name in self._nodes and name not in above:
                variables |= dict.fromkeys(self._placeholders(self._nodes[name], (*above, name)))
        own = [name for name in variables if name not in PLACEHOLDERS and not name.endswith(OF_THE_OTHER)]
        return tuple(dict.fromkeys((*PLACEHOLDERS, *own, *(name + OF_THE_OTHER for name in own))))

    def included(self, name: Scalar, above: tuple[str, ...]) -> tuple[Node, ...]:
        """The steps of another script, as they stand there."""
        if name.text not in self._nodes:
            hint = did_you_mean(name.text, self._nodes)
            self._mistakes.add(name.place, f'there is no session "{name.text}" to include{hint}')
        elif name.text in above:
            self._mistakes.add(name.place, f"it includes itself ({' -> '.join((*above, name.text))})")
        else:
            node = self._nodes[name.text]
            steps = node.entries.get("steps") if isinstance(node, Section) else None
            return tuple(steps.items) if isinstance(steps, YamlList) else ()
        return ()

    def lines(self, fields: Fields, key: str, placeholders: Collection[str]) -> tuple[str, ...]:
        """Wordings, where there are any."""
        return self._prompts.lines(fields, key, placeholders, required=False)


class _Row:
    """Steps as they are laid out one after the other. above: the scripts that led here, by their ids."""

    def __init__(
        self, reader: ScriptReader, mistakes: Mistakes, placeholders: tuple[str, ...], above: tuple[str, ...]
    ) -> None:
        self._reader, self._mistakes = reader, mistakes
        self._placeholders, self._above = placeholders, above
        self._is_repeated = False
        self.steps: list[Step] = []

    def add(self, nodes: Collection[Node]) -> None:
        """Lay out some steps."""
        for node in nodes:
            self._add(node)

    def _add(self, node: Node) -> None:
        words = [key for key in node.entries if key in FORMS] if isinstance(node, Section) else []
        if not isinstance(node, Section) or len(words) != 1:
            hint = did_you_mean(next(iter(node.entries), ""), FORMS) if isinstance(node, Section) else ""
            self._mistakes.add(node.place, f"expected a step, one of {', '.join(FORMS)}{hint}")
            return
        word = words[0]
        fields = Fields(self._flattened(node, word), self._mistakes)
        for needed in FORMS[word].needs:
            fields.node(needed, required=True)
        match word:
            case "choose":
                self._choose(fields)
            case "repeat":
                self._repeat(fields)
            case "include":
                self._include(fields)
            case _:
                self.steps.append(read_step(word, fields, self._lines))
        finish_step(word, fields)

    def _lines(self, fields: Fields, key: str) -> tuple[str, ...]:
        return self._reader.lines(fields, key, self._placeholders)

    def _flattened(self, step: Section, word: str) -> Section:
        """The fields of `- word: {fields}`, with those that stand beside the word, as one mapping."""
        inner, place = step.entries[word], step.keys[word]
        flat = Section({}, {}, place)
        if isinstance(inner, Section):
            flat.entries.update(inner.entries)
            flat.keys.update(inner.keys)
        elif not (isinstance(inner, Scalar) and not inner.text):
            first = FORMS[word].keys[0]
            flat.entries[first], flat.keys[first] = inner, place
        for key in step.entries:
            if key in flat.entries:
                self._mistakes.add(step.keys[key], f'"{key}" stands here twice')
            elif key != word:
                flat.entries[key] = step.entries[key]
                flat.keys[key] = step.keys[key]
        return flat

    def _choose(self, fields: Fields) -> None:
        """Lay out a jump, its branches, and after each of them a jump to what comes after all."""
        at = len(self.steps)
        jump = Choose(variable=fields.text("into"))
        self.steps.append(jump)
        cases, ends = dict[str, int](), list[int]()
        branches = fields.section("cases")
        for value in branches.names:
            cases[value] = len(self.steps)
            self.add(branches.items(value))
            ends.append(len(self.steps))
            self.steps.append(Go(target=0))
        branches.finish()
        self.steps[at] = replace(jump, cases=cases, otherwise=len(self.steps))
        if fields.node("otherwise") is not None:
            self.add(fields.items("otherwise"))
        for end in ends:
            self.steps[end] = Go(target=len(self.steps))

    def _repeat(self, fields: Fields) -> None:
        times, nodes = fields.count("times", least=1, most=MOST_TIMES), fields.items("steps")
        if self._is_repeated:
            fields.mistake("times", "a repetition cannot stand inside another one")
            return
        self._is_repeated = True
        begin, numbers = len(self.steps), list[int]()
        for number in range(1, times + 1):
            self.add(nodes)
            numbers += [number] * (len(self.steps) - begin - len(numbers))
        end = len(self.steps)
        repeated = zip(self.steps[begin:], numbers, strict=True)
        self.steps[begin:] = [replace(step, repetition=Repetition(number, end)) for step, number in repeated]
        self._is_repeated = False

    def _include(self, fields: Fields) -> None:
        name = fields.scalar("script", required=True)
        if name:
            above = self._above
            nodes = self._reader.included(name, above)
            self._above = (*above, name.text)
            self.add(nodes)
            self._above = above


def _texts_at(key: str, node: Node | None) -> dict[str, None]:
    """Every text that stands at this key, however deep."""
    found = dict[str, None]()
    if isinstance(node, YamlList):
        for item in node.items:
            found |= _texts_at(key, item)
    elif isinstance(node, Section):
        for name, value in node.entries.items():
            if name == key and isinstance(value, Scalar):
                found[value.text] = None
            found |= _texts_at(key, value)
    return found
