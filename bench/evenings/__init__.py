"""Evenings of two simulated people over all sessions and wishes, with what must hold in every one of them."""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable

from bench.evenings.invariants import INVARIANTS
from bench.evenings.plans import plan
from bench.evenings.trace import Trace
from bench.evenings.walking import walk
from bench.table import Part, Row
from voice.messages.actions import Keep
from voice.messages.events import NotUnderstood, Understood

EVENINGS = 500
SHOWN = 3  # transcripts of each broken invariant


def measure(*, every: int = 1) -> Part:
    """Walk every N-th of the evenings; a row for each invariant, one for what was walked."""
    numbers = range(0, EVENINGS, every)
    broken, counts = defaultdict[str, list[str]](list), Counter[str]()
    for done, number in enumerate(numbers, 1):
        trace = walk(plan(number))
        counts.update(walked(trace))
        for name, why in broken_in(trace):
            broken[name].append(why)
        print(
            f"evenings: {done} of {len(numbers)}, {sum(map(len, broken.values()))} broken", file=sys.stderr, flush=True
        )
    rows = [_row(name, broken[name], len(numbers)) for name in INVARIANTS]
    details = [f"### Broken: {name}\n\n```\n{why}\n```" for name in INVARIANTS for why in broken[name][:SHOWN]]
    return Part((*rows, _walked_row(counts, len(numbers))), "\n\n".join(details))


def broken_in(trace: Trace) -> Iterable[tuple[str, str]]:
    """Every place where an invariant does not hold: its name, and the transcript up to there."""
    for name, holds in INVARIANTS.items():
        for why, moment in holds(trace):
            yield name, f"{why}\n{trace.transcript(moment)}"


def walked(trace: Trace) -> Counter[str]:
    """What happened in an evening, in numbers."""
    counts = Counter[str](lines=len(trace.lines), decisions=len(trace.moments))
    for moment in trace.moments:
        counts["sayings"] += len(moment.said)
        counts["kept"] += sum(isinstance(action, Keep) and not action.note.id for action in moment.actions)
        counts["gates"] += bool(moment.after.awaited and moment.after.awaited.is_gate and not moment.before.awaited)
        counts["between"] += bool(moment.after.awaited and moment.after.awaited.put_again)
        before, after = moment.before.walk, moment.after.walk
        if after and after.opened and not (before and before.opened):
            counts["sessions begun"] += 1
            counts[f"session {after.script.id}"] += 1
        if before and before.opened and not after:
            counts["sessions ended"] += 1
        match moment.event:
            case Understood(match=match):
                counts["understood"] += 1
                counts[f"wish {match.intent}"] += 1
            case NotUnderstood():
                counts["left alone"] += 1
    return counts


def _row(name: str, broken: list[str], evenings: int) -> Row:
    return Row(name, f"{len(broken)} broken", f"{evenings} evenings")


def _walked_row(counts: Counter[str], evenings: int) -> Row:
    kinds = {word: sum(name.startswith(f"{word} ") for name in counts) for word in ("session", "wish")}
    note = (
        f"{counts['lines']} lines said, {counts['understood']} understood, {counts['left alone']} left alone; "
        f"{counts['sayings']} answers; {counts['sessions begun']} sessions begun ({kinds['session']} different), "
        f"{counts['sessions ended']} ended; {kinds['wish']} intents; {counts['gates']} gates, {counts['kept']} lines "
        f"kept, {counts['between']} wishes while a question was open"
    )
    return Row("evenings walked", str(evenings), note)
