"""Strict YAML: what is read, and what is said about each mistake; files that only their owner can read."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from voice.files import private_directory, private_file, write_new, write_private
from voice.files.fields import Fields
from voice.files.strict_yaml import DEEPEST, LARGEST, Mistakes, Scalar, Section, parse_yaml, quoted, read_yaml

FILE = Path("pack.yaml")


def mistakes_in(text: str) -> list[str]:
    """The lines, without the name of the file."""
    mistakes = Mistakes()
    parse_yaml(text, FILE, mistakes)
    return [line.removeprefix("pack.yaml:") for line in mistakes.lines()]


def value_of(text: str) -> Scalar:
    """What a text has as `key`."""
    node = parse_yaml(text, FILE, Mistakes())
    assert isinstance(node, Section)
    value = node.entries["key"]
    assert isinstance(value, Scalar)
    return value


@pytest.mark.parametrize("text", ["21:00", "no", "on", "2026-11-23", "2026-99-99", "1_000", "0x1f", "~", "null"])
def test_what_stands_there_is_what_is_read(text: str) -> None:
    assert value_of(f"key: {text}").text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3", ['3:1: "a" stands here twice, first in line 1']),
        ("a: &x 1\nb: *x", ["1:4: anchors (&...)", "2:4: aliases (*x)"]),
        ("a: !!python/object:os.system 1", ["1:4: tags (!...)"]),
        ("a: 1\n---\nb: 2", ["2:1: expected one document"]),
        ("a: [1, 2\nb: 3", ["2:2: this is not YAML"]),
        ("a:\n\t- b", ["2:1: this is not YAML"]),
        ('a: "open', ["1:9: this is not YAML"]),
        ("a: b: c", ["1:5: this is not YAML"]),
        ("a: b\n bell: \a", ["2:8: the character '\\x07' is not allowed"]),
        ("[a]: 1", ["1:1: expected a word before the colon"]),
        ("[" * (DEEPEST + 1), [f"1:{DEEPEST + 1}: expected at most {DEEPEST} levels"]),
        ("{a: " * 100_000, [f"1:{4 * DEEPEST - 2}: expected at most {DEEPEST} levels"]),
        ("%YAML 9.9\n---\na: 1", ["1:1: this is not YAML"]),
        ("# nothing", []),
    ],
)
def test_every_mistake_is_told_with_its_place(text: str, expected: list[str]) -> None:
    found = mistakes_in(text)
    assert len(found) == len(expected), found
    for line, beginning in zip(found, expected, strict=True):
        assert line.startswith(beginning)


def test_what_is_far_too_deep_is_told_whichever_parser_sees_it_first() -> None:
    (line,) = mistakes_in("[" * 500_000)
    assert line.endswith(f"expected at most {DEEPEST} levels inside each other")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a: caf\xe9", ":1:7: expected UTF-8"),
        (b"a: 1\nb: \xff\xfe", ":2:4: expected UTF-8"),
        (b"\xef\xbb\xbfa: \xff", ":1:4: expected UTF-8"),
        (b"a" * (LARGEST + 1), ":1:1: expected at most 1,000,000 bytes"),
        (b"a: b\x00c", ":1:5: the character '\\x00' is not allowed"),
    ],
)
def test_a_file_that_is_no_text(tmp_path: Path, content: bytes, expected: str) -> None:
    file, mistakes = tmp_path / "pack.yaml", Mistakes()
    file.write_bytes(content)
    assert read_yaml(file, mistakes) is None
    assert mistakes.lines()[0].startswith(f"{file}{expected}")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    mistakes = Mistakes()
    assert read_yaml(tmp_path / "missing.yaml", mistakes) is None
    assert read_yaml(tmp_path, mistakes) is None
    assert sorted(line.rpartition(": ")[2] for line in mistakes.lines()) == [
        "Is a directory",
        "No such file or directory",
    ]


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    file, mistakes = tmp_path / "pack.yaml", Mistakes()
    file.write_bytes(b"\xef\xbb\xbfa: 1")
    node = read_yaml(file, mistakes)
    assert isinstance(node, Section)
    assert list(node.entries) == ["a"]
    assert not mistakes.found


@pytest.mark.parametrize(
    ("text", "number", "place"),
    [
        ("key: ask us", 5, "1:10"),
        ("key: 'ask us'", 5, "1:11"),
        ('key: "ask us"', 5, "1:11"),
        ('key: "a\\u0073k us"', 5, "1:6"),  # with an escape the column cannot be told: the beginning
        ("key: |\n  ask us\n", 5, "1:6"),
        ("key: ask\n  us", 5, "1:6"),
    ],
)
def test_the_place_of_a_character(text: str, number: int, place: str) -> None:
    assert str(value_of(text).place_of(number)) == f"pack.yaml:{place}"


@pytest.mark.parametrize(
    "text", ["", "plain", 'say "hi"', "back\\slash", "line\nline", "\x85\u2028\ufeff\x7f", "Zoë 👩‍👩‍👧", "#: -"]
)
def test_quoted_text_is_read_back_the_same(text: str) -> None:
    assert value_of(f"key: {quoted(text)}").text == text


def test_fields_note_all_mistakes_and_go_on() -> None:
    mistakes = Mistakes()
    text = """
name: ""
depth: 4
minutes: five
each: maybe
register: bedtme
tags: [a, [b], ""]
practice: [1, 2.5, x]
dept: 3
intro: words
"""
    fields = Fields(parse_yaml(text, FILE, mistakes), mistakes)
    assert fields.text("name") == ""
    assert fields.text("title") == ""
    fields.count("depth", most=3)
    assert fields.number("minutes", 5.0) == 5.0
    assert fields.boolean("each", True) is True
    fields.choice("register", ("dinner", "bedtime"))
    assert fields.texts("tags") == ("a",)
    assert fields.counts("practice") == (1,)
    assert fields.section("intro").names == ()
    fields.finish()
    assert [line.removeprefix("pack.yaml:") for line in mistakes.lines()] == [
        '2:1: expected "title" here',
        '2:7: expected a text for "name", found nothing',
        '3:8: expected a whole number from 0 to 3, found "4"',
        '4:10: expected a number from 0 to 100000, found "five"',
        '5:7: expected true or false for "each"',
        '6:11: expected one of dinner, bedtime; found "bedtme" (did you mean "bedtime"?)',
        '7:11: expected a text for "tags", found a list',
        '7:16: expected a text for "tags", found nothing',
        '8:15: expected a whole number from 1 to 100000, found "2.5"',
        '8:20: expected a whole number from 1 to 100000, found "x"',
        '9:1: unknown word "dept" (did you mean "depth"?)',
        '10:8: expected a mapping (`word: ...`), found the text "words"',
    ]


@pytest.fixture
def careless_umask() -> object:
    """Everything would be readable and writable by everybody."""
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> str:
    return oct(stat.S_IMODE(path.stat().st_mode))


@pytest.mark.usefixtures("careless_umask")
def test_private_files_are_private_under_any_umask(tmp_path: Path) -> None:
    directory = private_directory(tmp_path / "a" / "b")
    write_private(directory / "one", "old")
    write_private(directory / "one", "new ünd")
    private_file(directory / "two")
    assert [mode(tmp_path / "a"), mode(directory)] == ["0o700", "0o700"]
    assert [mode(directory / "one"), mode(directory / "two")] == ["0o600", "0o600"]
    assert (directory / "one").read_text(encoding="utf-8") == "new ünd"
    assert sorted(os.listdir(directory)) == ["one", "two"]


@pytest.mark.usefixtures("careless_umask")
def test_an_empty_directory_becomes_private_and_a_used_one_is_left_alone(tmp_path: Path) -> None:
    empty, used = tmp_path / "empty", tmp_path / "used"
    empty.mkdir(mode=0o755)
    used.mkdir(mode=0o755)
    (used / "photo").touch()
    assert (mode(private_directory(empty)), mode(private_directory(used))) == ("0o700", "0o755")


def test_a_file_that_cannot_be_written_keeps_its_old_text(tmp_path: Path) -> None:
    file = tmp_path / "one"
    write_private(file, "old")
    with pytest.raises(UnicodeEncodeError):
        write_private(file, "half \ud800")
    assert file.read_text() == "old"
    assert os.listdir(tmp_path) == ["one"]


def no_file_without_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "O_TMPFILE")


def a_disk_without_nameless_files(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open

    def refusing(path: str | Path, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_TMPFILE == os.O_TMPFILE:
            raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP), str(path))
        return opened(path, flags, mode)

    monkeypatch.setattr(os, "open", refusing)


@pytest.mark.usefixtures("careless_umask")
@pytest.mark.parametrize("where", [None, no_file_without_a_name, a_disk_without_nameless_files])
def test_a_new_file_is_private_and_replaces_only_what_it_is_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: Callable[[pytest.MonkeyPatch], None] | None
) -> None:
    if where:
        where(monkeypatch)
    file = tmp_path / "one"
    write_new(file, b"old")
    with pytest.raises(FileExistsError):
        write_new(file, b"new")
    assert (file.read_bytes(), mode(file)) == (b"old", "0o600")
    write_new(file, b"new", replace=True)
    assert (file.read_bytes(), mode(file), os.listdir(tmp_path)) == (b"new", "0o600", ["one"])


@pytest.mark.parametrize("where", [None, no_file_without_a_name, a_disk_without_nameless_files])
def test_no_part_of_a_new_file_is_left_on_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: Callable[[pytest.MonkeyPatch], None] | None
) -> None:
    if where:
        where(monkeypatch)

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_new(tmp_path / "one", b"words")
    assert os.listdir(tmp_path) == []
