"""`hearthside check`: looks at the writing of every deck, ours and the couple's; a line for what is to be mended."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from voice.commands.heard_file import HeardFile
from voice.config import Home, find_home, load_config
from voice.content import Content, Deck
from voice.lint.decks import check
from voice.lint.idea_lists import check_ideas
from voice.lint.prompts import Finding
from voice.lint.scripts import reply_findings, script_findings
from voice.packs import load_content, pack_root
from voice.packs.writing import load_writing

WORST = 20  # lines that are printed of those that were heard back wrong


def check_packs(
    home: Path | None, *, aloud: str, heard: Path | None, read: int | None, seed: int, as_json: bool
) -> int:
    """Print every finding; returns the exit code: 1 when there is one.

    aloud: also read the questions of "decks", the "replies" or "all" that is ever said with the voice, hear it back
    with the recognizer, and print the worst lines; "": nothing. heard: a file with what was heard before, which is not
    read again; it takes what is heard now. read: print so many questions and half as many other lines for a reader to
    grade, and nothing else. seed: chooses them. as_json: an object {where, about, rule, fix} a line. Raises PackError
    when a pack cannot be read at all, HearthsideError when the file of what was heard cannot be read or written.
    """
    place = find_home(home)
    config = load_config(place)
    content = load_content(config.language, place.directory)
    if read is not None:
        from voice.commands.check_by_reader import reading_sheet
        from voice.encoder import SentenceEncoder

        topics = load_writing(pack_root() / "prompts" / config.language).topics
        for line in reading_sheet(content, read, seed, topics, SentenceEncoder.open().encode):
            print(line)
        return 0
    decks = content.decks
    found = written_findings(content, config.language, place) + session_findings(content, config.language)
    if aloud:
        known = HeardFile(heard, config.voice) if heard else None
        found += _aloud(content, aloud, config.voice, config.language, known)
    for finding in found:
        print(_as_json(finding) if as_json else _as_line(finding), flush=True)
    if not found and not as_json:
        sizes = (_counted(decks, "decks", "prompts"), _counted(content.ideas, "lists", "ideas"))
        print(f"{', '.join(sizes)}, {len(content.scripts)} sessions: nothing to mend.")
    return 1 if found else 0


def _aloud(content: Content, what: str, voice: str, language: str, known: HeardFile | None) -> list[Finding]:
    """What is to be mended in what was heard; prints how much of it was heard, and the worst lines."""
    from voice.commands.check_aloud import read_aloud
    from voice.commands.spoken import every_line, reply_lines
    from voice.lint.prompts import reading_findings, words, worst_heard

    if what == "all":
        lines = every_line(content)
    elif what == "replies":
        lines = reply_lines(content)
    else:
        lines = [prompt for deck in content.decks for prompt in deck.prompts]
    readings = list(read_aloud(lines, voice, language, _progress, known))
    lost, spoken = sum(each.lost for each in readings), sum(len(words(each.prompt.text)) for each in readings)
    print(
        f"heard back: {1 - lost / spoken:.1%} of {spoken} words in {len(readings)} lines. The worst:", file=sys.stderr
    )
    for reading in worst_heard(readings, WORST):
        print(f'  {reading.prompt.id}: "{reading.prompt.text}" heard as "{reading.heard}"', file=sys.stderr)
    decks = {deck.name for deck in content.decks}
    return reading_findings(content.decks, [each for each in readings if each.prompt.deck in decks])


def _counted(decks: Sequence[Deck], kind: str, lines: str) -> str:
    return f"{len(decks)} {kind} with {sum(len(deck.prompts) for deck in decks)} {lines}"


def written_findings(content: Content, language: str, home: Home) -> list[Finding]:
    """What the rules of writing find, without a sound. Raises PackError when the rules cannot be read."""
    from voice.edges.phonemes import Phonemizer
    from voice.encoder import SentenceEncoder

    rules = load_writing(pack_root() / "prompts" / language)
    theirs = {deck.name for deck in content.decks if deck.where.startswith(str(home.directory))}
    pronounced = Phonemizer(language).knows
    found = check(content.decks, rules, theirs=theirs, pronounced=pronounced, encode=SentenceEncoder.open().encode)
    return found + check_ideas(content.ideas, content.decks, rules, pronounced=pronounced)


def session_findings(content: Content, language: str) -> list[Finding]:
    """What is to be mended in the guided sessions and in the replies. Raises PackError for unreadable rules."""
    rules = load_writing(pack_root() / "prompts" / language)
    found = [finding for script in content.scripts for finding in script_findings(script, rules)]
    registers = content.reply_registers.items()
    return found + [finding for where, replies in registers for finding in reply_findings(replies, rules, where)]


def _as_line(finding: Finding) -> str:
    return f"{finding.where}: {finding.about}: {finding.rule}. {finding.fix}"


def _as_json(finding: Finding) -> str:
    fields = {"where": finding.where, "about": finding.about, "rule": finding.rule, "fix": finding.fix}
    return json.dumps(fields, ensure_ascii=False)


def _progress(done: int, of: int) -> None:
    """Show how far the reading is: in one place on a terminal, now and then elsewhere."""
    if sys.stderr.isatty():
        print(f"\r\x1b[Kread aloud: {done} of {of}", end="\n" if done == of else "", file=sys.stderr, flush=True)
    elif done % 100 == 0 or done == of:
        print(f"read aloud: {done} of {of}", file=sys.stderr, flush=True)
