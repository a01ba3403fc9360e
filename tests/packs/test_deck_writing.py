"""Every line can be read aloud, our own decks are good to hear, and mistakes in the rules of writing are told."""

from pathlib import Path

import pytest

from tests.support.english import english_content
from voice.commands.check_aloud import WORDS_FOR, read_aloud
from voice.commands.heard_file import HeardFile
from voice.commands.spoken import every_line, reply_lines
from voice.errors import HearthsideError, PackError
from voice.language.text import fill
from voice.lint.prompts import READ_BACK, reading_findings
from voice.packs.writing import load_writing

CONTENT = english_content()
DECKS = CONTENT.decks
EVERY = 20  # of the prompts of each deck, one in so many is read aloud here; `hearthside check --aloud` reads them all
READ_BACK_OF_A_FEW = 0.8  # of a deck's tenth: one word more or less is two percent


def test_every_line_that_is_ever_said_can_be_read_aloud() -> None:
    replies, lines = reply_lines(CONTENT), every_line(CONTENT)
    assert len(replies) > 900
    assert len({(each.deck, each.id) for each in replies}) == len(replies)
    said = [fill(each.text, WORDS_FOR) for each in lines]
    assert len({each.text for each in lines}) == len(lines)
    assert not [line for line in said if "{" in line]
    for part in (
        CONTENT.decks[0].prompts[1].text,
        next(prompt.follow_up for prompt in CONTENT.decks[0].prompts if prompt.follow_up),
        CONTENT.scripts[0].first[0],
        CONTENT.ideas[0].prompts[0].text,
        CONTENT.moods[0].opening[0],
        CONTENT.guesses["cool_off"],
        CONTENT.decks[0].title,
        "Is that one for your partner?",
    ):
        assert any(fill(part, WORDS_FOR) in line for line in said), part


def test_what_was_heard_once_is_not_read_again_by_the_same_voice(tmp_path: Path) -> None:
    path = tmp_path / "heard"
    heard = HeardFile(path, "natural")
    heard.add("Who sang?", 1.5, "who sank")
    with path.open("a", encoding="utf-8") as stream:
        stream.write('{"voice": "natural", "text": "Half a l')
    again = HeardFile(path, "natural")
    assert again.get("Who sang?") == (1.5, "who sank")
    again.add("Half a loaf?", 1.0, "half a loaf")
    assert HeardFile(path, "natural").get("Half a loaf?") == (1.0, "half a loaf")
    assert HeardFile(path, "system").get("Who sang?") is None
    with pytest.raises(HearthsideError, match="cannot be written"):
        HeardFile(tmp_path / "no" / "file", "natural").add("Who sang?", 1.5, "who sank")


def test_mistakes_in_the_rules_are_told_with_their_places(tmp_path: Path) -> None:
    (tmp_path / "writing.yaml").write_text(
        "topics: [work]\nyes_no: (is|are\nnever:\n  blame: {words: [x], fix: y, but: '[a', no: x}\n"
        "stiff:\n  x: {patterns: ['('], why: w, fix: f}\nseldom:\n  y: {words: [z], most: 101, fix: f}\n",
        "utf-8",
    )
    with pytest.raises(PackError) as caught:
        load_writing(tmp_path)
    places = [line.removeprefix(f"{tmp_path}/writing.yaml:").split(": ")[0] for line in caught.value.mistakes]
    assert places == ["2:9", "4:37", "4:42", "6:18", "8:25"]


def test_our_decks_are_short_and_clear_when_our_voice_reads_them() -> None:
    few = [deck.prompts[number % EVERY :: EVERY] for number, deck in enumerate(DECKS)]
    readings = list(read_aloud([each for prompts in few for each in prompts], "natural", "en"))
    assert reading_findings(DECKS, readings, READ_BACK_OF_A_FEW) == []
    spoken = sum(len(reading.prompt.text.split()) for reading in readings)
    assert sum(reading.lost for reading in readings) <= (1 - READ_BACK) * spoken
