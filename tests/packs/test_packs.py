"""Packs: what is read from them, the couple's own beside ours, and every mistake in every file at once."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from voice.content import Deck, Intent, Prompt, Script, choices
from voice.content.steps import (
    Breathe,
    Choose,
    Go,
    ListenFor,
    Quiet,
    Recap,
    Repetition,
    SayLine,
    Turn,
    Who,
)
from voice.errors import PackError
from voice.messages.recognition import Mode
from voice.packs import load_content, load_packs, pack_root
from voice.packs.prompts import REPLY_PLACEHOLDERS
from voice.packs.steps import FORMS

INTENTS = """
rules:
  please: "[please]"
lists:
  depth:
    light: [light, something lighter]
    deep: deep
intents:
  ask:
    when: [idle, question]
    sentences:
      - "<please> ask us (a|another) [{depth}] question"
    say: ask us a question
    not: ["she asked a question"]
  stop:
    when: [turn]
    exact: true
    say: [stop]
"""
DECK = """
name: day
title: "the day deck"
practice: [3]
opt_in: yes
family: love maps
prompts:
  - {id: day-1, depth: 1, text: "What made you laugh?", tags: [fun], follow_up: "Who else laughed?"}
  - {id: day-2, depth: 3, text: "What would you rather not say?", practice: [4, 5]}
"""
SCRIPT = """
name: bedtime check-in
register: bedtime
minutes: 5
intro: {first: ["Phones away."], later: ["Here we are."]}
left: Goodnight.
steps:
  - say: Hello.
  - breathe: {breaths: 2}
    lines: [Breathe.]
  - turn: {seconds: 40, who: each, swap: true}
    lines: ["{name}, how are you? {other} listens."]
  - quiet: 10
  - recap:
"""
REPLIES = """
kept: "It's kept."
keep_that: ["For {name}, from {other}: {text}. Keep it?"]
paused: {dinner: Paused., bedtime: [Shh.]}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small set of packs in order."""
    write(tmp_path / "intents/en/all.yaml", INTENTS)
    write(tmp_path / "prompts/en/decks/day.yaml", DECK)
    write(tmp_path / "prompts/en/sessions/bedtime.yaml", SCRIPT)
    write(tmp_path / "prompts/en/replies/all.yaml", REPLIES)
    return tmp_path


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def mistakes_in(root: Path, extra: Path | None = None) -> list[str]:
    """Every mistake, with the places relative to the root."""
    with pytest.raises(PackError) as caught:
        load_packs(root, extra=extra)
    return [line.replace(f"{root}/", "") for line in caught.value.mistakes]


# ---- what is read ---------------------------------------------------------------------------------


def test_intents(root: Path) -> None:
    pack = load_packs(root).intents
    file = root / "intents/en/all.yaml"
    assert pack.language == "en"
    assert pack.rules == {"please": "[please]"}
    assert pack.lists == {"depth": {"light": "light", "something lighter": "light", "deep": "deep"}}
    assert pack.intents == (
        Intent(
            name="ask",
            when=frozenset({Mode.IDLE, Mode.QUESTION}),
            sentences=("<please> ask us (a|another) [{depth}] question",),
            say=("ask us a question",),
            avoid=("she asked a question",),
            where=f"{file}:9:3",
        ),
        Intent("stop", frozenset({Mode.TURN}), (), say=("stop",), exact=True, where=f"{file}:15:3"),
    )


def test_decks_scripts_and_replies(root: Path) -> None:
    content = load_packs(root)
    first = Prompt("day-1", "What made you laugh?", "day", 1, frozenset({"fun"}), follow_up="Who else laughed?")
    second = Prompt("day-2", "What would you rather not say?", "day", 3, practice=(4, 5))
    assert content.decks == (Deck("day", "the day deck", (first, second), (3,), opt_in=True, family="love maps"),)
    assert [prompt.where for prompt in content.decks[0].prompts] == [
        f"{root}/prompts/en/decks/day.yaml:{line}:33" for line in (8, 9)
    ]
    assert content.scripts == (
        Script(
            id="bedtime",
            name="bedtime check-in",
            register="bedtime",
            minutes=5.0,
            first=("Phones away.",),
            later=("Here we are.",),
            left=("Goodnight.",),
            steps=(
                SayLine(lines=("Hello.",)),
                Breathe(lines=("Breathe.",), breaths=2),
                Turn(lines=("{name}, how are you? {other} listens.",), seconds=40.0, who=Who.EACH, swap=True),
                Quiet(seconds=10.0),
                Recap(),
            ),
            least=5.0,
            most=5.0,
        ),
    )
    assert content.softer_replies == {"paused": ("Shh.",)}
    assert content.replies == {
        "paused": ("Paused.",),
        "kept": ("It's kept.",),
        "keep_that": ("For {name}, from {other}: {text}. Keep it?",),
    }


def test_several_files_of_intents_are_one_pack(root: Path) -> None:
    write(
        root / "intents/en/more.yaml",
        'rules: {now: "[now]"}\nlists: {depth: {deep: [deeper]}}\n'
        'intents: {skip: {when: [question], sentences: ["<please> skip <now>"]}}',
    )
    pack = load_packs(root).intents
    assert [intent.name for intent in pack.intents] == ["ask", "stop", "skip"]
    assert pack.lists["depth"]["deeper"] == "deep"


def test_the_couples_own_lines_and_decks_are_added(root: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    write(home / "intents/ours.yaml", 'intents: {ask: {sentences: ["hit us [<please>]"], say: [hit us]}}')
    write(home / "prompts/decks/ours.yaml", DECK.replace("day", "our"))
    content = load_packs(root, extra=home)
    ask = content.intents.intents[0]
    assert ask.sentences == ("<please> ask us (a|another) [{depth}] question", "hit us [<please>]")
    assert ask.say == ("ask us a question", "hit us")
    assert ask.when == {Mode.IDLE, Mode.QUESTION}
    assert [deck.name for deck in content.decks] == ["day", "our"]


def test_the_other_ending_of_a_file_is_read_too(root: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    write(home / "intents/ours.yml", "intents: {ask: {say: [fire away]}}")
    write(home / "prompts/decks/ours.yml", DECK.replace("day", "night"))
    write(home / "prompts/care.yml", "unsafe: Call Mo.")
    write(root / "prompts/en/replies/care.yaml", "unsafe: [Call somebody.]")
    content = load_packs(root, extra=home)
    assert "fire away" in content.intents.intents[0].say
    assert [deck.name for deck in content.decks] == ["day", "night"]
    assert content.replies["unsafe"] == ("Call Mo.",)


def test_a_home_without_packs_adds_nothing(root: Path, tmp_path: Path) -> None:
    assert load_packs(root, extra=tmp_path / "home") == load_packs(root)


def test_branches_repetitions_and_other_scripts_lie_in_a_row(root: Path) -> None:
    write(
        root / "prompts/en/sessions/tea.yaml",
        """
name: tea for two
register: dinner
minutes: 5
intro: {first: Tea., later: Tea.}
left: Enjoy it.
steps:
  - listen: {answer: choice, into: taste, options: {sweet: [sugar, with sugar], plain: plain}}
    lines: ["Sweet, or plain?"]
  - choose: taste
    cases:
      sweet:
        - say: "So {taste}."
    otherwise:
      - repeat: {times: 2}
        steps:
          - turn: {seconds: 10}
            lines: ["Cup {count}."]
  - include: bedtime
""",
    )
    tea = load_packs(root).scripts[1]
    kinds = [type(step) for step in tea.steps]
    assert kinds == [ListenFor, Choose, SayLine, Go, Turn, Turn, SayLine, Breathe, Turn, Quiet, Recap]
    assert (tea.steps[1], tea.steps[3]) == (Choose(variable="taste", cases={"sweet": 2}, otherwise=4), Go(target=6))
    assert [step.repetition for step in tea.steps[4:7]] == [Repetition(1, 6), Repetition(2, 6), None]
    assert choices((tea,)) == ("sweet", "sugar", "with sugar", "plain")


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


# ---- the packs that ship --------------------------------------------------------------------------


def test_the_packs_that_ship_are_in_order(tmp_path: Path) -> None:
    content = load_content(extra=tmp_path)
    assert content.intents.intents
    assert content.decks
    assert content.scripts
    assert content.replies


def test_every_reply_is_there_and_is_used() -> None:
    """The dialogue names replies by text, and by patterns such as f"help_{mode}"."""
    content = load_content()
    replies = set(content.replies)
    assert {intent.name for intent in content.intents.intents if intent.care} <= replies
    said, mentioned = set[str](), set[str]()
    for file in (
        file for room in ("assistant", "dialogue", "skills") for file in (ROOT / "voice" / room).rglob("*.py")
    ):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        said |= set(replies_said(tree))
        mentioned |= {pattern for node in ast.walk(tree) if (pattern := as_pattern(node))}
    assert said <= replies
    mentioned |= {intent.name for intent in content.intents.intents}  # of care: its words have its name
    unused = {reply for reply in replies if not any(re.fullmatch(pattern, reply) for pattern in mentioned)}
    assert unused == set()


def replies_said(tree: ast.AST) -> Iterator[str]:
    """The texts in `....say("text", ...)`."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="say"), args=[ast.Constant(value=str(text)), *_]):
                yield text


def as_pattern(node: ast.AST) -> str:
    """A regular expression for what a text or an f-string in the code can be; "" for anything else."""
    match node:
        case ast.Constant(value=str(text)) if re.fullmatch(r"[a-z_0-9]+", text):
            return text
        case ast.JoinedStr(values=[ast.Constant(value=str(text)), ast.FormattedValue()]):
            return re.escape(text) + "[a-z_0-9]+"
    return ""


def test_packs_are_found_in_an_installed_package(tmp_path: Path) -> None:
    """A wheel carries them inside the package."""
    package = tmp_path / "site" / "voice"
    shutil.copytree(pack_root() / "voice", package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(pack_root() / "intents", package / "intents")
    shutil.copytree(pack_root() / "prompts", package / "prompts")
    code = "from voice.packs import load_content, pack_root; print(pack_root(), len(load_content().replies))"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path / "site", capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == [str(package), str(len(load_content().replies))]
