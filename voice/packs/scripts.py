"""Reads prompts/*/sessions/: the scripts of guided sessions, their branches and repetitions laid out in a row."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from voice.content import BOTH, EACH, ONE, Script, Step
from voice.files.fields import Fields
from voice.files.strict_yaml import Mistakes, Node, Scalar, Section, YamlList, did_you_mean, read_yaml
from voice.language.moments.quantities import seconds_in
from voice.language.slots import CHOICE, DURATION, NAME, NUMBER, TIME
from voice.packs.prompts import DEEPEST_PROMPT, REGISTERS, PromptReader

PARTNERS = ("name", "other")  # who has the turn, who listens
PLACEHOLDERS = (*PARTNERS, "count")  # and which time of a repetition it is
OF_THE_OTHER = "_other"  # {need_other}: what the other one answered
ANSWERS = ("words", "yes_no", *(slot.name for slot in (CHOICE, NUMBER, NAME, DURATION, TIME)))
PERIODS = ("tonight", "week", "month", "this day", "last", "all")
EVERY = ("", "day", "week", "month")
MOST_TIMES = 20
LONGEST_STEP = 4 * 3600.0  # seconds


def _spoken(fields: Fields, key: str, otherwise: float) -> float:
    """A duration as people say it, in seconds; `otherwise` when none is given."""
    text = fields.text(key, "")
    seconds = seconds_in(text) if text else otherwise
    if seconds is None:
        fields.mistake(key, f'expected a duration such as "twenty minutes"; found "{text}"')
    return otherwise if seconds is None else seconds


STEP_FIELDS: Mapping[str, Callable[[Fields, str], Any]] = {
    "seconds": lambda fields, key: fields.number(key, 0.0, most=LONGEST_STEP),
    "who": lambda fields, key: fields.choice(key, (ONE, EACH, BOTH), ONE),
    "swap": lambda fields, key: fields.boolean(key, False),
    "fixed": lambda fields, key: fields.boolean(key, False),
    "bell": lambda fields, key: fields.boolean(key, False),
    "nudge": lambda fields, key: fields.boolean(key, False),
    "breaths": lambda fields, key: fields.count(key, 0, most=100),
    "deck": lambda fields, key: fields.text(key, ""),
    "depth": lambda fields, key: fields.count(key, 2, least=1, most=DEEPEST_PROMPT),
    "answer": lambda fields, key: fields.choice(key, ANSWERS, ""),
    "into": lambda fields, key: fields.text(key, ""),
    "otherwise": lambda fields, key: fields.text(key, ""),
    "least": lambda fields, key: _spoken(fields, key, 0.0),
    "most": lambda fields, key: _spoken(fields, key, float("inf")),
    "stems": lambda fields, key: fields.texts(key),
    "note": lambda fields, key: fields.text(key, "appreciation"),
    "period": lambda fields, key: fields.choice(key, PERIODS, "tonight"),
    "name": lambda fields, key: fields.text(key, ""),
    "at": lambda fields, key: fields.text(key, ""),
    "every": lambda fields, key: fields.text(key, ""),
    "offers": lambda fields, key: fields.text(key, ""),
}
"""What a step has besides its lines: the field of content.Step -> how it is read."""

STEP_MAY: Mapping[str, tuple[str, ...]] = {
    "say": ("lines", "swap"),
    "ask": ("deck", "depth", "lines"),
    "turn": ("lines", "seconds", "then", "who", "swap", "fixed"),
    "quiet": ("seconds", "lines", "bell", "fixed"),
    "breathe": ("breaths", "lines"),
    "timer": ("seconds", "name"),
    "listen": (
        *("answer", "into", "lines", "then", "who", "swap", "options", "otherwise"),
        *("least", "most", "stems"),
    ),
    "keep": ("lines", "note", "nudge", "then", "who", "swap"),
    "recap": ("period", "note"),
    "remind": ("name", "note", "at", "seconds", "every", "offers"),
    "choose": ("into", "cases", "otherwise"),
    "repeat": ("times", "steps"),
    "include": ("script",),
}
"""The kinds of steps -> the fields that they may have; `- say: text` gives the first of them."""

STEP_NEEDS: Mapping[str, tuple[str, ...]] = {
    "say": ("lines",),
    "turn": ("lines", "seconds"),
    "quiet": ("seconds",),
    "breathe": ("breaths",),
    "timer": ("seconds", "name"),
    "listen": ("answer", "into", "lines"),
    "keep": ("lines",),
    "remind": ("note",),
    "choose": ("into", "cases"),
    "repeat": ("times", "steps"),
    "include": ("script",),
}
"""The fields that a step of a kind must have."""


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
            register=fields.choice("register", REGISTERS),
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
        self.steps: list[Step] = []

    def add(self, nodes: Collection[Node], count: int = 0) -> None:
        """Lay out some steps. count: which time of a repetition this is."""
        for node in nodes:
            self._add(node, count)

    def _add(self, node: Node, count: int) -> None:
        kinds = [key for key in node.entries if key in STEP_MAY] if isinstance(node, Section) else []
        if not isinstance(node, Section) or len(kinds) != 1:
            hint = did_you_mean(next(iter(node.entries), ""), STEP_MAY) if isinstance(node, Section) else ""
            self._mistakes.add(node.place, f"expected a step, one of {', '.join(STEP_MAY)}{hint}")
            return
        kind = kinds[0]
        fields = Fields(self._flattened(node, kind), self._mistakes)
        for needed in STEP_NEEDS.get(kind, ()):
            fields.node(needed, required=True)
        match kind:
            case "choose":
                self._choose(fields, count)
            case "repeat":
                self._repeat(fields, count)
            case "include":
                self._include(fields, count)
            case _:
                self.steps.append(self._step(kind, fields, count))
        fields.finish()

    def _flattened(self, step: Section, kind: str) -> Section:
        """The fields of `- kind: {fields}`, with those that stand beside the kind, as one mapping."""
        inner, place = step.entries[kind], step.keys[kind]
        flat = Section({}, {}, place)
        if isinstance(inner, Section):
            flat.entries.update(inner.entries)
            flat.keys.update(inner.keys)
        elif not (isinstance(inner, Scalar) and not inner.text):
            flat.entries[STEP_MAY[kind][0]] = inner
            flat.keys[STEP_MAY[kind][0]] = place
        for key in step.entries:
            if key in flat.entries:
                self._mistakes.add(step.keys[key], f'"{key}" stands here twice')
            elif key != kind:
                flat.entries[key] = step.entries[key]
                flat.keys[key] = step.keys[key]
        return flat

    def _step(self, kind: str, fields: Fields, count: int) -> Step:
        may = STEP_MAY[kind]
        lines, then = (self._reader.lines(fields, key, self._placeholders) for key in ("lines", "then"))
        options = fields.section("options")
        found = {key: read(fields, key) for key, read in STEP_FIELDS.items() if key in may}
        for unwanted in ("lines", "then", "options"):
            if unwanted not in may and fields.node(unwanted) is not None:
                fields.mistake(unwanted, f'a step "{kind}" has no "{unwanted}"')
        step = Step(kind, lines, then, options={name: options.texts(name) for name in options.names}, **found)
        if step.answer == CHOICE.name and not step.options:
            fields.mistake("answer", 'expected "options" for a choice')
        if step.answer == DURATION.name and step.otherwise:
            _spoken(fields, "otherwise", 0.0)
        return replace(step, count=count)

    def _choose(self, fields: Fields, count: int) -> None:
        at = len(self.steps)
        self.steps.append(Step("choose", into=fields.text("into"), count=count))
        cases, ends = dict[str, int](), list[int]()
        branches = fields.section("cases")
        for value in branches.names:
            cases[value] = len(self.steps)
            self.add(branches.items(value), count)
            ends.append(len(self.steps))
            self.steps.append(Step("go"))
        branches.finish()
        target = len(self.steps)
        if fields.node("otherwise") is not None:
            self.add(fields.items("otherwise"), count)
        self.steps[at] = replace(self.steps[at], cases=cases, target=target)
        for end in ends:
            self.steps[end] = Step("go", target=len(self.steps))

    def _repeat(self, fields: Fields, count: int) -> None:
        times, nodes = fields.count("times", least=1, most=MOST_TIMES), fields.items("steps")
        if count:
            fields.mistake("times", "a repetition cannot stand inside another one")
            return
        begin = len(self.steps)
        for number in range(1, times + 1):
            self.add(nodes, number)
        end = len(self.steps)
        self.steps[begin:] = [replace(step, leave=end) for step in self.steps[begin:]]

    def _include(self, fields: Fields, count: int) -> None:
        name = fields.scalar("script", required=True)
        if name:
            above = self._above
            nodes = self._reader.included(name, above)
            self._above = (*above, name.text)
            self.add(nodes, count)
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
