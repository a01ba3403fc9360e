"""Reads prompts/*/writing.yaml: the words that no prompt should have, and the topics that it may be tagged with."""

import re
from collections.abc import Iterable
from pathlib import Path

from voice.errors import PackError
from voice.files.fields import Entry, Fields
from voice.files.strict_yaml import Mistakes, Scalar, read_yaml
from voice.lint.prompts import NeverList, WritingRules
from voice.nlu.grammar.grammar import Grammar, GrammarError

_PLAIN = Grammar({}, {})


def load_writing(prompts: Path) -> WritingRules:
    """The rules in the prompts of one language. Raises PackError with every mistake."""
    mistakes = Mistakes()
    fields = Fields(read_yaml(prompts / "writing.yaml", mistakes), mistakes)
    rules = WritingRules(
        topics=frozenset(fields.texts("topics", required=True)),
        yes_no=frozenset(_expanded(fields.scalars("yes_no", required=True), mistakes)),
        never=tuple(_never(entry, mistakes) for entry in fields.entries("never")),
    )
    fields.finish()
    mistakes.raise_any(PackError, fix="Correct these lines and start again.")
    return rules


def _never(entry: Entry, mistakes: Mistakes) -> NeverList:
    fields = Fields(entry.node, mistakes)
    exceptions = _expanded(fields.scalars("but"), mistakes)
    never = NeverList(
        entry.name.text,
        words=_pattern(_expanded(fields.scalars("words", required=True), mistakes)),
        but=_pattern(exceptions) if exceptions else None,
        fix=fields.text("fix"),
        assumes=fields.boolean("assumes", False),
        opt_in=fields.boolean("opt_in", False),
        tags=frozenset(fields.texts("tags")),
        sessions=fields.boolean("sessions", True),
    )
    fields.finish()
    return never


def _expanded(templates: Iterable[Scalar], mistakes: Mistakes) -> list[str]:
    found = list[str]()
    for template in templates:
        try:
            found += [each.text for each in _PLAIN.expand(template.text)]
        except GrammarError as error:
            mistakes.add(template.place_of(error.column), error.what)
    return found


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(phrase).replace(r"\*", r"\w*") for phrase in phrases)
    return re.compile(rf"\b(?:{alternatives})\b")
