"""Packs: what is read from them, the couple's own beside ours, and that those that ship are in order."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from tests.support.small_pack import DECK, INTENTS, REPLIES, SCRIPT, write
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
from voice.messages.recognition import Mode
from voice.packs import load_content, load_packs, pack_root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small set of packs in order."""
    write(tmp_path / "intents/en/all.yaml", INTENTS)
    write(tmp_path / "prompts/en/decks/day.yaml", DECK)
    write(tmp_path / "prompts/en/sessions/bedtime.yaml", SCRIPT)
    write(tmp_path / "prompts/en/replies/all.yaml", REPLIES)
    return tmp_path


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
