"""The rules of writing for guided sessions and replies, and the search for lines that break them."""

import re
from collections.abc import Iterator, Mapping, Sequence

from voice.content import Script
from voice.content.steps import WORDS, ChoiceAnswer, HandedOver, KeepNote, ListenFor, SayLine, Spoken, Step, Turn, Who
from voice.lint.likeness import one_word_apart
from voice.lint.prompts import PRACTICES, Finding, WritingRules, first_never, words
from voice.lint.reading_level import HARDEST, reading_grade

MOST_IN_SENTENCE, MOST_IN_TURN, MOST_IN_INTRO = 14, 25, 40  # words
MOST_OPTIONS = 3
LEAST_TO_GRADE = 6  # words: the grade of a shorter sentence is that of its longest word
LEAST_WORDINGS, LEAST_FIRST = 3, 2  # of a line; of the introduction that is heard twice

_PLACEHOLDER = re.compile(r"\{\w+\}")
_SENTENCE_END = re.compile(r"(?<=[.?!]) ")


def script_findings(script: Script, rules: WritingRules) -> Iterator[Finding]:
    """The rules that a script breaks."""

    def finding(rule: str, fix: str) -> Finding:
        return Finding(script.where, script.id, rule, fix)

    if not script.practice or not set(script.practice) <= set(PRACTICES):
        yield finding("no practice", "Name the practices that it serves, such as [25].")
    if not script.steps or not isinstance(script.steps[-1], SayLine):
        yield finding("no closing", "End with a line that says it is over.")
    for name, lines, least in (
        ("intro first", script.first, LEAST_FIRST),
        ("intro later", script.later, LEAST_WORDINGS),
        ("left", script.left, LEAST_WORDINGS),
    ):
        yield from _wordings(script, name, lines, least, rules)
    for number, step in enumerate(script.steps):
        yield from _step_findings(script, number, step, rules)


def _step_findings(script: Script, number: int, step: Step, rules: WritingRules) -> Iterator[Finding]:
    if not isinstance(step, Spoken):
        return
    name = f"{WORDS[type(step)]} {number}"
    if isinstance(step, ListenFor) and isinstance(step.answer, ChoiceAnswer):
        options = len(step.answer.options)
        if options > MOST_OPTIONS:
            yield Finding(script.where, script.id, f"{name}: {options} options", f"Offer {MOST_OPTIONS} at most.")
    for lines in filter(None, (step.lines, step.then if isinstance(step, HandedOver) else ())):
        yield from _wordings(script, name, lines, LEAST_WORDINGS, rules)
        is_handed_over = isinstance(step, Turn | KeepNote) and step.who is Who.EACH
        if is_handed_over and not all("{name}" in line for line in lines):
            yield Finding(script.where, script.id, f"{name}: nobody is named", "Hand over by name: {name}.")


def _wordings(script: Script, name: str, lines: Sequence[str], least: int, rules: WritingRules) -> Iterator[Finding]:
    """The rules that the wordings of one line break."""
    if len(lines) < least:
        yield Finding(script.where, script.id, f"{name}: {len(lines)} wordings", f"Write {least} or more.")
    most = MOST_IN_INTRO if name == "intro first" else MOST_IN_TURN
    for line in lines:
        for rule, fix in line_faults(line, most, rules):
            yield Finding(script.where, script.id, f'{name}: {rule} in "{line}"', fix)
    for earlier, line in one_word_apart(lines):
        fix = f'Say it in another way than "{earlier}".'
        yield Finding(script.where, script.id, f'{name}: one word apart in "{line}"', fix)


def line_faults(line: str, most: int, rules: WritingRules) -> Iterator[tuple[str, str]]:
    """Pairs of a broken rule and its fix, for a line that is said. most: words that the line may have."""
    said = _PLACEHOLDER.sub("name", line)
    if len(words(said)) > most:
        yield f"{len(words(said))} words", f"Say it in {most} or fewer."
    for sentence in _SENTENCE_END.split(said):
        if len(words(sentence)) > MOST_IN_SENTENCE:
            yield "a long sentence", f"A sentence has at most {MOST_IN_SENTENCE} words."
        if len(words(sentence)) >= LEAST_TO_GRADE and (grade := reading_grade(sentence)) > HARDEST:
            yield f"hard to take in, grade {grade:.1f},", "Take shorter words."
    if "?" in said[:-1]:
        yield "a question that is not last, or a second one", "Ask one thing, at the end."
    for never in rules.never:
        if never.sessions and (found := first_never(never, said)):
            yield f'{never.name}: "{found}"', never.fix


def reply_findings(replies: Mapping[str, Sequence[str]], rules: WritingRules, where: str) -> Iterator[Finding]:
    """The rules that the replies of one register break. where: as it stands in a finding."""
    for key, lines in replies.items():
        for line in lines:
            for rule, fix in line_faults(line, MOST_IN_INTRO, rules):
                yield Finding(where, key, f'{rule} in "{line}"', fix)
        for earlier, line in one_word_apart(lines):
            yield Finding(where, key, f'one word apart in "{line}"', f'Say it in another way than "{earlier}".')
