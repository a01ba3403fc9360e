"""Reads prompts/: the decks, the scripts of guided sessions, and everything else that is said."""

import re
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from voice.content import Deck, Prompt, Script, Step
from voice.files.fields import Fields
from voice.files.strict_yaml import Mistakes, Node, Place, Scalar, Section, did_you_mean, read_yaml

REGISTERS = ("dinner", "bedtime")
DEEPEST_PROMPT = 3  # light, warm, deep

REPLY_PLACEHOLDERS = ("name", "other", "text", "time", "deck", "timer", "list", "heard", "made")
SCRIPT_PLACEHOLDERS = ("name", "other")  # who has the turn, who listens
BRACES = re.compile(r"\{([^{}]*)\}|[{}]")

STEP_FIELDS: Mapping[str, Callable[[Fields, str], Any]] = {
    "seconds": lambda fields, key: fields.number(key, 0.0, most=3600.0),
    "each": lambda fields, key: fields.boolean(key, False),
    "swap": lambda fields, key: fields.boolean(key, False),
    "breaths": lambda fields, key: fields.count(key, 0, most=100),
}
"""What a step has besides its lines: the field of content.Step -> how it is read."""

STEP_NEEDS: Mapping[str, tuple[str, ...]] = {
    "say": ("lines",),
    "turn": ("lines", "seconds"),
    "quiet": ("seconds",),
    "breathe": ("breaths",),
    "keep": ("lines",),
    "recap": (),
}
"""The kinds of steps -> the fields they must have; `- say: text` gives the first of them."""


class PromptReader:
    """Reads files one by one; what must be there only once is checked over all of them."""

    def __init__(self, mistakes: Mistakes) -> None:
        self._mistakes = mistakes
        self._taken: dict[tuple[str, str], Place] = {}

    def deck(self, file: Path) -> Deck:
        """A file of prompts/*/decks/."""
        fields = Fields(read_yaml(file, self._mistakes), self._mistakes)
        name = self._once("deck", fields.scalar("name", required=True))
        deck = Deck(
            name,
            title=fields.text("title"),
            prompts=tuple(self._prompt(node, name) for node in fields.items("prompts")),
            practice=fields.counts("practice"),
            opt_in=fields.boolean("opt_in", False),
            family=fields.text("family", ""),
            where=str(fields.place("name") or file),
        )
        fields.finish()
        return deck

    def _prompt(self, node: Node, deck: str) -> Prompt:
        fields = Fields(node, self._mistakes)
        text = fields.scalar("text", required=True)
        prompt = Prompt(
            id=self._once("prompt", fields.scalar("id", required=True)),
            text=self._wording(text, ()),
            deck=deck,
            depth=fields.count("depth", least=1, most=DEEPEST_PROMPT),
            tags=frozenset(fields.texts("tags")),
            practice=fields.counts("practice"),
            follow_up=self._wording(fields.scalar("follow_up"), ()),
            where=str(text.place) if text else "",
        )
        fields.finish()
        return prompt

    def script(self, file: Path) -> Script:
        """A file of prompts/*/sessions/."""
        fields = Fields(read_yaml(file, self._mistakes), self._mistakes)
        intro = fields.section("intro", required=True)
        script = Script(
            id=file.stem,
            name=self._once("session", fields.scalar("name", required=True)),
            register=fields.choice("register", REGISTERS),
            minutes=fields.number("minutes", least=0.5, most=240.0),
            first=self._lines(intro, "first", ()),
            later=self._lines(intro, "later", ()),
            left=self._lines(fields, "left", ()),
            steps=tuple(self._step(node) for node in fields.items("steps")),
            practice=fields.counts("practice"),
        )
        intro.finish()
        fields.finish()
        return script

    def _step(self, node: Node) -> Step:
        kinds = [key for key in node.entries if key in STEP_NEEDS] if isinstance(node, Section) else []
        if not isinstance(node, Section) or len(kinds) != 1:
            hint = did_you_mean(next(iter(node.entries), ""), STEP_NEEDS) if isinstance(node, Section) else ""
            self._mistakes.add(node.place, f"expected a step, one of {', '.join(STEP_NEEDS)}{hint}")
            return Step("say")
        kind = kinds[0]
        fields = Fields(self._flattened(node, kind), self._mistakes)
        for needed in STEP_NEEDS[kind]:
            fields.node(needed, required=True)
        lines = self._lines(fields, "lines", SCRIPT_PLACEHOLDERS, required=False)
        rest = {key: read(fields, key) for key, read in STEP_FIELDS.items()}
        fields.finish()
        return Step(kind, lines, **rest)

    def _flattened(self, step: Section, kind: str) -> Section:
        """The fields of `- kind: {fields}`, with those that stand beside the kind, as one mapping."""
        inner, place = step.entries[kind], step.keys[kind]
        flat = Section({}, {}, place)
        if isinstance(inner, Section):
            flat.entries.update(inner.entries)
            flat.keys.update(inner.keys)
        elif STEP_NEEDS[kind] and not (isinstance(inner, Scalar) and not inner.text):
            flat.entries[STEP_NEEDS[kind][0]] = inner
            flat.keys[STEP_NEEDS[kind][0]] = place
        for key in step.entries:
            if key in flat.entries:
                self._mistakes.add(step.keys[key], f'"{key}" stands here twice')
            elif key != kind:
                flat.entries[key] = step.entries[key]
                flat.keys[key] = step.keys[key]
        return flat

    def replies(self, file: Path) -> dict[str, dict[str, tuple[str, ...]]]:
        """prompts/*/replies.yaml: register -> key -> wordings; "dinner" has every key, "bedtime" those of its own."""
        fields = Fields(read_yaml(file, self._mistakes), self._mistakes)
        dinner, bedtime = REGISTERS
        wordings = dict[str, dict[str, tuple[str, ...]]]({dinner: {}, bedtime: {}})
        for key in fields.names:
            if isinstance(fields.node(key), Section):
                registers = fields.section(key)
                for register in REGISTERS:
                    wordings[register][key] = self._lines(registers, register, REPLY_PLACEHOLDERS)
                registers.finish()
            else:
                wordings[dinner][key] = self._lines(fields, key, REPLY_PLACEHOLDERS)
        return wordings

    def _lines(self, fields: Fields, key: str, placeholders: Collection[str], required: bool = True) -> tuple[str, ...]:
        return tuple(self._wording(scalar, placeholders) for scalar in fields.scalars(key, required))

    def _wording(self, scalar: Scalar | None, placeholders: Collection[str]) -> str:
        """The text, its placeholders checked; "" for None."""
        if scalar is None:
            return ""
        allowed = ", ".join(f"{{{name}}}" for name in placeholders) or "no braces"
        for found in BRACES.finditer(scalar.text):
            if found[1] not in placeholders:
                hint = did_you_mean(found[1] or "", placeholders)
                place = scalar.place_of(found.start() + 1)
                self._mistakes.add(place, f'expected {allowed}; found "{found[0]}"{hint}')
        return scalar.text

    def _once(self, kind: str, name: Scalar | None) -> str:
        """The name, which no other thing of its kind may have; "" for None."""
        if name is None:
            return ""
        first = self._taken.setdefault((kind, name.text), name.place)
        if first is not name.place:
            self._mistakes.add(name.place, f'there is a {kind} "{name.text}" already, in {first}')
        return name.text
