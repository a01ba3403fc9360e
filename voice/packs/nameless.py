"""What is said while nobody has given a name: every line that names somebody, in its form without names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from voice.content import Content, Script
from voice.content.steps import HandedOver, Spoken, Step
from voice.errors import PackError
from voice.files.fields import Fields
from voice.files.strict_yaml import Mistakes, Scalar, read_yaml

_FILE = "without_names.yaml"
_BEGINNING = re.compile(r"(^|[.?!] )([a-z])")


@dataclass(frozen=True, slots=True)
class Rules:
    """How a line loses its names."""

    lines: Mapping[str, str]
    """Whole lines -> what is said for them."""
    patterns: tuple[tuple[re.Pattern[str], str], ...]
    """Regular expressions with what stands for them, in the order in which they are tried; all that fit count."""

    def __call__(self, text: str) -> str:
        """The line without {name} and {other}."""
        if "{name}" not in text and "{other}" not in text:
            return text
        if text in self.lines:
            return self.lines[text]
        for pattern, instead in self.patterns:
            text = pattern.sub(instead, text)
        return _BEGINNING.sub(lambda found: found[1] + found[2].upper(), text)


@lru_cache
def load_rules(prompts: Path) -> Rules:
    """The rules in the prompts of one language. Raises PackError with every mistake."""
    mistakes = Mistakes()
    fields = Fields(read_yaml(prompts / _FILE, mistakes), mistakes)
    lines, patterns = (
        {entry.name.text: entry.node.text for entry in fields.entries(key) if isinstance(entry.node, Scalar)}
        for key in ("lines", "patterns")
    )
    fields.finish()
    mistakes.raise_any(PackError, fix="Correct these lines and start again.")
    return Rules(lines, tuple((re.compile(said), instead) for said, instead in patterns.items()))


def without_names(content: Content) -> Content:
    """The content, with every line that names a partner in its form without names."""
    from voice.packs import pack_root

    rules = load_rules(pack_root() / "prompts" / content.intents.language)
    return replace(
        content,
        replies=_all(content.replies, rules),
        softer_replies=_all(content.softer_replies, rules),
        scripts=tuple(_script(script, rules) for script in content.scripts),
    )


def _all(replies: Mapping[str, tuple[str, ...]], rules: Rules) -> dict[str, tuple[str, ...]]:
    return {key: tuple(map(rules, wordings)) for key, wordings in replies.items()}


def _script(script: Script, rules: Rules) -> Script:
    first, later, left = (tuple(map(rules, lines)) for lines in (script.first, script.later, script.left))
    return replace(
        script, first=first, later=later, left=left, steps=tuple(_step(step, rules) for step in script.steps)
    )


def _step(step: Step, rules: Rules) -> Step:
    if isinstance(step, HandedOver):
        step = replace(step, then=tuple(map(rules, step.then)))
    return replace(step, lines=tuple(map(rules, step.lines))) if isinstance(step, Spoken) else step
