"""What is shown, spoken and kept holds no character that nobody sees and that does something."""

import pytest

from voice.language.visible import visible, visible_lines


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Sam sang, 🎵 ünd 'laughed'", "Sam sang, 🎵 ünd 'laughed'"),
        ("a family: 👩‍👩‍👧 and a heart ❤️", "a family: 👩‍👩‍👧 and a heart ❤️"),
        ("\x1b[31mred\x1b[0m and \x1b]0;title\x07done", "red and done"),
        ("\x9b2Jgone\x07 \x00\x08", "gone "),
        ("Al\u202eex\u202c \u2066Sam\u2069\u200f", "Alex Sam"),
        ("zero\u200bwidth\ufeff so\u00adft", "zerowidth soft"),
        ("one\ttwo\r\nthree\u2028four\x85five", "one two three four five"),
        ("half \ud83d a letter", "half \ufffd a letter"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\x1b", ""),
    ],
)
def test_what_is_left(text: str, seen: str) -> None:
    assert visible(text) == seen


def test_lines_stay_lines() -> None:
    assert visible_lines("one\x07\ntwo\u202e") == "one\ntwo"
