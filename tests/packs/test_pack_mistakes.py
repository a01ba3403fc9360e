"""Every mistake in every file of the packs is told at once, each with its place."""

from pathlib import Path

import pytest

from tests.support.small_pack import DECK, INTENTS, REPLIES, SCRIPT, write
from voice.errors import PackError
from voice.messages.recognition import Mode
from voice.packs import load_packs
from voice.packs.prompts import REPLY_PLACEHOLDERS
from voice.packs.steps import FORMS


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small set of packs in order."""
    write(tmp_path / "intents/en/all.yaml", INTENTS)
    write(tmp_path / "prompts/en/decks/day.yaml", DECK)
    write(tmp_path / "prompts/en/sessions/bedtime.yaml", SCRIPT)
    write(tmp_path / "prompts/en/replies/all.yaml", REPLIES)
    return tmp_path


def mistakes_in(root: Path, extra: Path | None = None) -> list[str]:
    """Every mistake, with the places relative to the root."""
    with pytest.raises(PackError) as caught:
        load_packs(root, extra=extra)
    return [line.replace(f"{root}/", "") for line in caught.value.mistakes]


# ---- what is read ---------------------------------------------------------------------------------


def test_mistakes_in_branches(root: Path) -> None:
    write(
        root / "prompts/en/sessions/bedtime.yaml",
        SCRIPT.replace(
            "  - recap:",
            """  - include: bedtime
  - include: bedtim
  - listen: {answer: choice, into: what}
    lines: ["{whta}?"]
  - choose: what
  - repeat: {times: 2}
    steps: [{repeat: {times: 2}, steps: [{say: Hello.}]}]
  - say: Hello.
    seconds: 10""",
        ),
    )
    braces = "{name}, {other}, {count}, {what}, {what_other}"
    assert mistakes_in(root) == [
        "prompts/en/sessions/bedtime.yaml:14:14: it includes itself (bedtime -> bedtime)",
        'prompts/en/sessions/bedtime.yaml:15:14: there is no session "bedtim" to include (did you mean "bedtime"?)',
        'prompts/en/sessions/bedtime.yaml:16:14: expected "options" for a choice',
        f'prompts/en/sessions/bedtime.yaml:17:14: expected {braces}; found "{{whta}}" (did you mean "what"?)',
        'prompts/en/sessions/bedtime.yaml:18:5: expected "cases" here',
        "prompts/en/sessions/bedtime.yaml:20:23: a repetition cannot stand inside another one",
        'prompts/en/sessions/bedtime.yaml:22:5: a step "say" has no "seconds"',
    ]


FOREIGN_KEYS = [
    ("say: Hello.", "then"),
    ("ask: day", "lines"),
    ("turn: {lines: [Talk.], seconds: 9}", "answer"),
    ("quiet: 9", "who"),
    ("breathe: 2", "seconds"),
    ("timer: {seconds: 9, name: tea}", "lines"),
    ("keep: [A line?]", "period"),
    ("recap: {}", "into"),
    ("remind: {name: tea, note: ritual}", "who"),
    ("include: tea", "steps"),
    ("listen: {answer: yes_no, into: it, lines: [Now?]}", "nudge"),
]


@pytest.mark.parametrize(("step", "key"), FOREIGN_KEYS, ids=[f"{step[:6]} {key}" for step, key in FOREIGN_KEYS])
def test_a_key_of_another_kind_of_step_is_a_mistake(root: Path, step: str, key: str) -> None:
    write(root / "prompts/en/sessions/bedtime.yaml", SCRIPT.replace("  - recap:", f"  - {step}\n    {key}: it"))
    write(root / "prompts/en/sessions/tea.yaml", SCRIPT.replace("bedtime check-in", "tea"))
    place, word = "prompts/en/sessions/bedtime.yaml:15:5", step.partition(":")[0]
    assert mistakes_in(root) == [f'{place}: a step "{word}" has no "{key}"']


def test_a_key_of_another_answer_is_a_mistake(root: Path) -> None:
    step = "listen: {answer: yes_no, into: it, lines: [Now?], least: ten minutes, stems: [I]}"
    write(root / "prompts/en/sessions/bedtime.yaml", SCRIPT.replace("recap:", step))
    place = "prompts/en/sessions/bedtime.yaml:14"
    assert mistakes_in(root) == [
        f'{place}:55: an answer "yes_no" has no "least"',
        f'{place}:75: an answer "yes_no" has no "stems"',
    ]


# ---- mistakes -------------------------------------------------------------------------------------


def test_mistakes_in_intents(root: Path) -> None:
    write(
        root / "intents/en/all.yaml",
        """
rules:
  please: "[please"
  circle: <circle>
lists:
  depth: {light: [deep], deep: [deep]}
intents:
  ask:
    when: [idel]
    sentences:
      - "<please> ask us a {dept} question"
      - 'ask <pleas> (a|'
    say: ["ask [us]"]
  empty: {when: [idle]}
  again:
    whn: [idle]
    say: again
""",
    )
    assert mistakes_in(root) == [
        "intents/en/all.yaml:3:12: “[” is never closed: expected “]”",
        "intents/en/all.yaml:4:11: rule <circle> cannot be used: it goes in a circle (circle -> circle)",
        'intents/en/all.yaml:6:33: "deep" means light already',
        f'intents/en/all.yaml:9:12: expected one of {", ".join(Mode)}; found "idel" (did you mean "idle"?)',
        'intents/en/all.yaml:11:28: there is no slot {dept} (did you mean "depth"?)',
        "intents/en/all.yaml:12:22: “(” is never closed: expected “)”",
        'intents/en/all.yaml:13:16: expected a plain sentence without "["; templates go to "sentences"',
        'intents/en/all.yaml:14:3: expected "sentences" or "say" for the intent "empty"',
        'intents/en/all.yaml:16:5: expected "when" here',
        'intents/en/all.yaml:16:5: unknown word "whn" (did you mean "when"?)',
    ]


def test_mistakes_between_files(root: Path) -> None:
    write(root / "intents/en/more.yaml", "rules: {please: x}\nintents: {ask: {when: [idle], say: [x]}}")
    write(root / "prompts/en/decks/more.yaml", DECK)
    write(root / "prompts/en/sessions/more.yaml", SCRIPT)
    assert mistakes_in(root) == [
        "intents/en/more.yaml:1:17: there is a rule <please> already, in intents/en/all.yaml:3:11",
        'intents/en/more.yaml:2:11: there is an intent "ask" already, in intents/en/all.yaml:9:3',
        'prompts/en/decks/more.yaml:2:7: there is a deck "day" already, in prompts/en/decks/day.yaml:2:7',
        'prompts/en/decks/more.yaml:8:10: there is a prompt "day-1" already, in prompts/en/decks/day.yaml:8:10',
        'prompts/en/decks/more.yaml:9:10: there is a prompt "day-2" already, in prompts/en/decks/day.yaml:9:10',
        'prompts/en/sessions/more.yaml:2:7: there is a session "bedtime check-in" already, '
        "in prompts/en/sessions/bedtime.yaml:2:7",
    ]


def test_mistakes_of_the_couple(root: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    write(home / "intents/ours.yaml", "intents: {aks: {say: [x]}, ask: {when: [turn]}}")
    write(home / "prompts/decks/ours.yaml", DECK.replace("name: day", "name: our"))
    assert mistakes_in(root, extra=home) == [
        'home/intents/ours.yaml:1:11: there is no intent "aks" to add lines to (did you mean "ask"?)',
        'home/intents/ours.yaml:1:34: unknown word "when"',
        'home/prompts/decks/ours.yaml:8:10: there is a prompt "day-1" already, in prompts/en/decks/day.yaml:8:10',
        'home/prompts/decks/ours.yaml:9:10: there is a prompt "day-2" already, in prompts/en/decks/day.yaml:9:10',
    ]


def test_mistakes_in_prompts(root: Path) -> None:
    write(
        root / "prompts/en/decks/day.yaml", "name: day\nprompts:\n- {id: a, depth: 4, text: 'Hi {name}', tag: x}\n- b"
    )
    write(root / "prompts/en/replies/all.yaml", "kept: []\nkeep: ['{nam}, so', 'on }']\n")
    braces = ", ".join(f"{{{name}}}" for name in REPLY_PLACEHOLDERS)
    assert mistakes_in(root) == [
        'prompts/en/decks/day.yaml:1:1: expected "title" here',
        'prompts/en/decks/day.yaml:3:18: expected a whole number from 1 to 3, found "4"',
        'prompts/en/decks/day.yaml:3:31: expected {other}; found "{name}"',
        'prompts/en/decks/day.yaml:3:40: unknown word "tag" (did you mean "tags"?)',
        'prompts/en/decks/day.yaml:4:3: expected a mapping (`word: ...`), found the text "b"',
        'prompts/en/replies/all.yaml:1:7: expected a text for "kept", found an empty list',
        f'prompts/en/replies/all.yaml:2:9: expected {braces}; found "{{nam}}" (did you mean "name"?)',
        f'prompts/en/replies/all.yaml:2:25: expected {braces}; found "}}"',
    ]


def test_mistakes_in_registers(root: Path) -> None:
    write(root / "prompts/en/replies/all.yaml", "kept: {dinner: Kept., bedtme: Hush.}\n")
    assert mistakes_in(root) == [
        'prompts/en/replies/all.yaml:1:7: expected "bedtime" here',
        'prompts/en/replies/all.yaml:1:23: unknown word "bedtme" (did you mean "bedtime"?)',
    ]


def test_a_deck_without_prompts(root: Path) -> None:
    write(root / "prompts/en/decks/day.yaml", "{name: day, title: day, prompts: []}")
    assert mistakes_in(root) == [
        'prompts/en/decks/day.yaml:1:34: expected a list (`- ...`) for "prompts", found an empty list'
    ]


def test_mistakes_in_a_script(root: Path) -> None:
    write(
        root / "prompts/en/sessions/bedtime.yaml",
        """
name: check-in
register: dinner
minutes: 0
intro: {first: "Hello, {nam}."}
left: Goodnight.
steps:
  - tun: {seconds: 40}
  - turn: {secnds: 40}
    lines: ["{name}"]
  - say: Hello.
    lines: [Hello.]
  - quiet: long
  - Hello.
""",
    )
    assert mistakes_in(root) == [
        'prompts/en/sessions/bedtime.yaml:4:10: expected a number from 0.3 to 240, found "0"',
        'prompts/en/sessions/bedtime.yaml:5:8: expected "later" here',
        'prompts/en/sessions/bedtime.yaml:5:24: expected {name}, {other}; found "{nam}" (did you mean "name"?)',
        f'prompts/en/sessions/bedtime.yaml:8:5: expected a step, one of {", ".join(FORMS)} (did you mean "turn"?)',
        'prompts/en/sessions/bedtime.yaml:9:5: expected "seconds" here',
        'prompts/en/sessions/bedtime.yaml:9:12: unknown word "secnds" (did you mean "seconds"?)',
        'prompts/en/sessions/bedtime.yaml:12:5: "lines" stands here twice',
        'prompts/en/sessions/bedtime.yaml:13:12: expected a number from 0 to 14400, found "long"',
        f"prompts/en/sessions/bedtime.yaml:14:5: expected a step, one of {', '.join(FORMS)}",
    ]


def test_a_file_that_is_no_yaml_does_not_hide_the_others(root: Path) -> None:
    write(root / "intents/en/all.yaml", "intents: [")
    write(root / "prompts/en/replies/all.yaml", "kept: ''")
    files = [line.split(":")[0] for line in mistakes_in(root)]
    assert files == ["intents/en/all.yaml", "prompts/en/replies/all.yaml"]


def test_a_missing_language(root: Path) -> None:
    with pytest.raises(PackError, match="no packs for the language") as caught:
        load_packs(root, "de")
    assert caught.value.fix == "There are: en."
