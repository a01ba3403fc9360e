"""The bucket list: things to do together one day, added, checked off and taken off by what they are called."""

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from voice.dialogue.decision import Decision
from voice.dialogue.kept_lines import line_by
from voice.language.slots import TEXT
from voice.language.text import plain
from voice.messages.actions import Keep
from voice.messages.meaning import Match
from voice.messages.records import Note, NoteKind
from voice.skills.notes import deletion, keep_note

NEAR = 0.3  # how far what is said may be from what is written, 0 to 1: it was misheard a little
LITTLE = frozenset("a an the our my that".split())  # English: said or left out, it is the same thing
NAMED = "list"  # the word by which one knows that a list was meant


def add(decision: Decision, match: Match) -> None:
    """ "Add skydiving to our bucket list": read back first, as every line is."""
    text = str(match.slots[TEXT.name])
    line = line_by(NoteKind.BUCKET, text, by="", partners=decision.manners.partners, now=decision.now)
    keep_note.read_back(decision, line)


def check_off(decision: Decision, match: Match) -> None:
    """ "Check off skydiving": it is done, and stays written down with its date."""
    item = _item(decision, match, [note for note in _items(decision) if note.done_at is None])
    if item:
        decision.act(Keep(replace(item, done_at=decision.now)))


def uncheck(decision: Decision, match: Match) -> None:
    """ "Skydiving isn't done after all": it is on the list as before; without a name, the one checked off last."""
    done = sorted((note for note in _items(decision) if note.done_at), key=lambda note: note.done_at or note.said_at)
    item = _item(decision, match, done) if TEXT.name in match.slots else next(reversed(done), None)
    if item:
        decision.act(Keep(replace(item, done_at=None)))
        decision.say("unchecked")
    elif TEXT.name not in match.slots:
        decision.say("not_on_list")


def take_off(decision: Decision, match: Match) -> None:
    """ "Take skydiving off the list": deleted, after a yes."""
    item = _item(decision, match, _items(decision))
    if item:
        deletion.ask(decision, [item])


def _items(decision: Decision) -> Sequence[Note]:
    return [note for note in decision.records.notes if note.kind == NoteKind.BUCKET]


def _item(decision: Decision, match: Match, items: Sequence[Note]) -> Note | None:
    """The one that is called so. Where no list was named and none is, it was talk, unless it was said to Hearthside."""
    item = called(str(match.slots[TEXT.name]), items)
    if item is None and (NAMED in match.sentence or decision.addressed):
        decision.say("not_on_list")
    return item


def called(said: str, items: Sequence[Note]) -> Note | None:
    """The item that has all the words said, else the one nearest in letters."""
    wanted = plain(said)
    words = set(wanted.split()) - LITTLE
    for item in items:
        if words and words <= set(plain(item.text).split()):
            return item
    near = [(Levenshtein.normalized_distance(wanted, plain(item.text)), place) for place, item in enumerate(items)]
    distance, place = min(near, default=(1.0, 0))
    return items[place] if distance <= NEAR else None
