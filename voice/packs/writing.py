"""Reads prompts/*/writing.yaml: what no line should say or sound like, and the topics of prompts."""

import re
from collections.abc import Iterable
from pathlib import Path

from voice.errors import PackError
from voice.files.fields import Entry, Fields
from voice.files.strict_yaml import Mistakes, Scalar, read_yaml
from voice.lint.prompts import NeverList, Seldom, WritingRules
from voice.nlu.grammar.grammar import Grammar, GrammarError

_PLAIN = Grammar({}, {})


def load_writing(prompts: Path) -> WritingRules:
    """The rules in the prompts of one language. Raises PackError with every mistake."""
    mistakes = Mistakes()
    fields = Fields(read_yaml(prompts / "writing.yaml", mistakes), mistakes)
    rules = WritingRules(
        topics=frozenset(fields.texts("topics", required=True)),
        yes_no=frozenset(_expanded(fields.scalars("yes_no", required=True), mistakes)),
        never=(
            *(_never(entry, mistakes) for entry in fields.entries("never")),
            *(_stiff(entry, mistakes) for entry in fields.entries("stiff")),
        ),
        seldom=tuple(_seldom(entry, mistakes) for entry in fields.entries("seldom")),
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


def _stiff(entry: Entry, mistakes: Mistakes) -> NeverList:
    """How a line must not sound; a couple's own decks may."""
    fields = Fields(entry.node, mistakes)
    exceptions = _regular(fields.scalars("but"), mistakes)
    stiff = NeverList(
        entry.name.text,
        words=_any(_phrases(fields.scalars("words"), mistakes) + _regular(fields.scalars("patterns"), mistakes)),
        but=_any(exceptions) if exceptions else None,
        fix=f"{fields.text('why')} {fields.text('fix')}",
        assumes=True,
    )
    fields.finish()
    return stiff


def _seldom(entry: Entry, mistakes: Mistakes) -> Seldom:
    fields = Fields(entry.node, mistakes)
    begins = [f"^{phrase}" for phrase in _phrases(fields.scalars("begins"), mistakes)]
    seldom = Seldom(
        entry.name.text,
        words=_any(begins + _phrases(fields.scalars("words"), mistakes)),
        most=fields.count("most", least=0, most=100) / 100,
        fix=fields.text("fix"),
    )
    fields.finish()
    return seldom


def _phrases(templates: Iterable[Scalar], mistakes: Mistakes) -> list[str]:
    """The sentences of templates, as regular expressions for whole words."""
    return [rf"\b{re.escape(phrase)}\b" for phrase in _expanded(templates, mistakes)]


def _regular(patterns: Iterable[Scalar], mistakes: Mistakes) -> list[str]:
    """Regular expressions that can be used; the others are mistakes."""
    found = list[str]()
    for pattern in patterns:
        try:
            re.compile(pattern.text)
        except re.error as error:
            mistakes.add(pattern.place, f"no regular expression: {error}")
        else:
            found.append(pattern.text)
    return found


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)")


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
