"""Reads prompts/: the decks, the lists of ideas, and everything that is said outside of sessions."""

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from voice.content import DEEPEST, LIGHTEST, Deck, Prompt
from voice.files.fields import Fields
from voice.files.strict_yaml import Location, Mistakes, Node, Scalar, Section, did_you_mean, read_yaml
from voice.messages.delivery import ChimeName, Register

REGISTERS = (Register.DINNER, Register.BEDTIME)

REPLY_PLACEHOLDERS = (
    *("name", "other", "text", "time", "deck", "timer", "list", "heard", "made", "session", "when", "numbers"),
    "emergency",
)
PROMPT_PLACEHOLDERS = ("other",)
FIXED_PLACEHOLDERS = ("numbers", "emergency")  # of the words of care
BRACES = re.compile(r"\{([^{}]*)\}|[{}]")


class PromptReader:
    """Reads files one by one; what must be there only once is checked over all of them."""

    def __init__(self, mistakes: Mistakes) -> None:
        self._mistakes = mistakes
        self._taken: dict[tuple[str, str], Location] = {}

    def deck(self, file: Path) -> Deck:
        """A file of prompts/*/decks/."""
        fields = Fields(read_yaml(file, self._mistakes), self._mistakes)
        name = self.once("deck", fields.scalar("name", required=True))
        deck = Deck(
            name,
            title=fields.text("title"),
            prompts=tuple(self._prompt(node, name) for node in fields.items("prompts")),
            practice=fields.counts("practice"),
            opt_in=fields.boolean("opt_in", False),
            on_request=fields.boolean("on_request", False),
            family=fields.text("family", ""),
            where=str(fields.place("name") or file),
        )
        fields.finish()
        return deck

    def _prompt(self, node: Node, deck: str) -> Prompt:
        fields = Fields(node, self._mistakes)
        text = fields.scalar("text", required=True)
        follow_up, *further = self.lines(fields, "follow_up", PROMPT_PLACEHOLDERS, required=False) or ("",)
        prompt = Prompt(
            id=self.once("prompt", fields.scalar("id", required=True)),
            text=self._wording(text, PROMPT_PLACEHOLDERS),
            deck=deck,
            depth=fields.count("depth", least=LIGHTEST, most=DEEPEST),
            tags=frozenset(fields.texts("tags")),
            practice=fields.counts("practice"),
            follow_up=follow_up,
            further=tuple(further),
            where=str(text.place) if text else "",
        )
        fields.finish()
        return prompt

    def ideas(self, file: Path) -> Deck:
        """A file of prompts/*/ideas/: single lines; the file's name is the intent that asks for one."""
        fields = Fields(read_yaml(file, self._mistakes), self._mistakes)
        practice = fields.counts("practice")
        prompts = tuple(
            Prompt(
                id=self.once("idea", scalar),
                text=self._wording(scalar, ()),
                deck=file.stem,
                depth=1,
                practice=practice,
                where=str(scalar.place),
            )
            for scalar in fields.scalars("lines", required=True)
        )
        name, chime = fields.scalar("name", required=True), fields.choice("chime", tuple(ChimeName), "")
        fields.finish()
        title, where = (name.text, str(name.place)) if name else ("", "")
        return Deck(file.stem, title, prompts, practice, chime=ChimeName(chime) if chime else None, where=where)

    def replies(self, files: Iterable[Path]) -> dict[Register, dict[str, tuple[str, ...]]]:
        """prompts/*/replies/: register -> key -> wordings; DINNER has every key, BEDTIME those of its own."""
        wordings = {register: dict[str, tuple[str, ...]]() for register in REGISTERS}
        for file in files:
            self._replies(file, wordings)
        return wordings

    def _replies(self, file: Path, wordings: Mapping[Register, dict[str, tuple[str, ...]]]) -> None:
        fields = Fields(read_yaml(file, self._mistakes), self._mistakes)
        for key in fields.names:
            place = fields.place(key)
            if place:
                self.once("reply", Scalar(key, place))
            if isinstance(fields.node(key), Section):
                registers = fields.section(key)
                for register in REGISTERS:
                    wordings[register][key] = self.lines(registers, register, REPLY_PLACEHOLDERS)
                registers.finish()
            else:
                wordings[Register.DINNER][key] = self.lines(fields, key, REPLY_PLACEHOLDERS)

    def guesses(self, file: Path) -> dict[str, str]:
        """prompts/*/guesses.yaml: intent -> what it is called in a question."""
        if not file.is_file():
            return {}
        fields = Fields(read_yaml(file, self._mistakes), self._mistakes)
        found = {name: fields.text(name, "") for name in fields.names}
        fields.finish()
        return found

    def own_words(self, file: Path, ours: Path) -> dict[str, tuple[str, ...]]:
        """The couple's own wording of some of the fixed replies in a file of ours: one each."""
        fields, known = (
            Fields(read_yaml(file, self._mistakes), self._mistakes),
            Fields(read_yaml(ours, Mistakes()), Mistakes()),
        )
        found = {key: fields.scalar(key) for key in known.names}
        fields.finish()
        return {key: (self._wording(scalar, FIXED_PLACEHOLDERS),) for key, scalar in found.items() if scalar}

    def lines(self, fields: Fields, key: str, placeholders: Collection[str], required: bool = True) -> tuple[str, ...]:
        """Wordings, their placeholders checked."""
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

    def once(self, kind: str, name: Scalar | None) -> str:
        """The name, which no other thing of its kind may have; "" for None."""
        if name is None:
            return ""
        first = self._taken.setdefault((kind, name.text), name.place)
        if first is not name.place:
            self._mistakes.add(name.place, f'there is a {kind} "{name.text}" already, in {first}')
        return name.text
