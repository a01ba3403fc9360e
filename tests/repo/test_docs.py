"""The examples of docs/packs.md: each is loaded, and does what the page says."""

import re
import shutil
from datetime import time
from pathlib import Path

import pytest

from tests.support.evening import Evening
from tests.support.paths import ROOT
from voice.config import Config, Home, load_config
from voice.content.steps import WORDS, HandedOver, KeepNote, Turn, Who
from voice.lint.scripts import script_findings
from voice.packs import load_packs, pack_root
from voice.packs.intents import MODES
from voice.packs.prompts import REPLY_PLACEHOLDERS
from voice.packs.steps import FORMS
from voice.packs.writing import load_writing

PAGE = (ROOT / "docs" / "packs.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"^```yaml\n# (\S+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))


def write_examples(directory: Path, *names: str) -> None:
    for name in names:
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_text(EXAMPLES[name], encoding="utf-8")


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A copy of the program's own packs."""
    for packs in ("intents", "prompts"):
        shutil.copytree(pack_root() / packs, tmp_path / packs)
    return tmp_path


def test_every_example_is_tried_here() -> None:
    assert len(EXAMPLES) == PAGE.count("```yaml")
    assert set(EXAMPLES) == {
        *("config.yaml", "prompts/decks/kitchen.yaml", "prompts/en/moods.yaml", "intents/ours.yaml"),
        *("prompts/en/sessions/tea.yaml", "prompts/en/replies/appreciations.yaml", "prompts/en/ideas/kind_idea.yaml"),
    }


@pytest.mark.slow
def test_own_decks_and_ways_to_say_things(tmp_path: Path) -> None:
    write_examples(tmp_path, "prompts/decks/kitchen.yaml", "intents/ours.yaml")
    evening = Evening(tmp_path)
    try:
        assert evening.type("pick the kitchen deck")[-1] == "Which dish could you cook with your eyes closed?"
        intents = [
            ("pick the kitchen deck", "pick_deck"),
            ("that's enough", "enough"),
            ("fire away", "ask"),
            ("if you would fire away hearthside", "ask"),
            ("hit us with a soul searching one", "ask"),
            ("no", "no"),
            ("spark up the table", "ask"),
            ("wake us in half an hour", "start_timer"),
        ]
        for line, _ in intents[1:]:
            evening.type(line)
        assert [each["intent"] for each in evening.events("matched")] == [intent for _, intent in intents]
        assert evening.type("who fired the cook") == []
    finally:
        evening.close()


def test_a_session(program: Path) -> None:
    write_examples(program, "prompts/en/sessions/tea.yaml")
    script = next(script for script in load_packs(program).scripts if script.id == "tea")
    words = ["say", "breathe", "turn", "listen", "choose", "quiet", "go", "keep", "recap", "say"]
    assert [WORDS.get(type(step), "go") for step in script.steps] == words
    assert script.steps[0].lines[0] == "Take your cups."
    shared = [step for step in script.steps if isinstance(step, HandedOver) and step.who is Who.EACH]
    assert [type(step) for step in shared] == [Turn, KeepNote]
    assert list(script_findings(script, load_writing(program / "prompts" / "en"))) == []


def test_ideas(program: Path) -> None:
    write_examples(program, "prompts/en/ideas/kind_idea.yaml")
    kind = next(ideas for ideas in load_packs(program).ideas if ideas.name == "kind_idea")
    assert [line.text for line in kind.prompts][1] == "Leave the last piece."


def test_a_mood(program: Path) -> None:
    write_examples(program, "prompts/en/moods.yaml")
    [mood] = load_packs(program).moods
    assert (mood.intent, mood.depth, mood.questions) == ("mood_tired", 1, 2)
    assert mood.decks == ("evenings", "music", "little things")


def test_replies(program: Path) -> None:
    whole = load_packs(program).replies
    write_examples(program, "prompts/en/replies/appreciations.yaml")
    changed = load_packs(program).replies
    assert changed.keys() <= whole.keys()
    assert load_packs(program).softer_replies["kept"] == ("It stays.", "Kept.", "Safe.")
    for key, wordings in changed.items():
        shipped = set(re.findall(r"\{\w+\}", " ".join(whole[key])))
        assert set(re.findall(r"\{\w+\}", " ".join(wordings))) <= shipped


def test_settings(tmp_path: Path) -> None:
    write_examples(tmp_path, "config.yaml")
    config = load_config(Home(tmp_path))
    assert config.partners == ("Alex", "Sam")
    assert config.recap_at == time(21, 30)
    assert config.quiet_hours == (time(23), time(7))
    assert set(re.findall(r"^(\w+):", EXAMPLES["config.yaml"], re.MULTILINE)) == set(Config.__dataclass_fields__)


def test_every_file_and_folder_that_the_house_page_names_is_there() -> None:
    named = set(re.findall(r"`([\w./*-]+(?:\.py|/|\.md))`", (ROOT / "docs" / "house.md").read_text(encoding="utf-8")))
    missing = [
        name for name in named if not any(any(root.glob(name)) for root in (ROOT, ROOT / "voice", ROOT / "docs"))
    ]
    assert missing == []


def test_nothing_is_left_out() -> None:
    words = set(re.findall(r"\w+", PAGE))
    assert {*MODES, *FORMS, *(key for form in FORMS.values() for key in form.keys), *REPLY_PLACEHOLDERS} <= words
