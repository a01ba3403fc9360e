"""Runs the measurements and prints their table as markdown; progress goes to standard error."""

import argparse
from pathlib import Path

from platformdirs import user_cache_path

from bench import (
    cost,
    evenings,
    false_actions,
    heard,
    hushed,
    latency,
    match,
    meaning,
    orders,
    over_own_voice,
    own_words,
    pauses,
    typed,
    who,
)
from bench.listener import Listener
from bench.table import Part, Row, machine, table

LAST = ("latency", "cost")  # of the machine itself
NAMES = ("heard", "own-words", "false-actions", "orders", "typed", "meaning", "pauses", "match", "over", "hush", *LAST)
ON_REQUEST = ("evenings", "who")  # take half an hour and a quarter of one, and measure no machine
NEEDS_SPEECH = "needs recorded people: --speech DIR"


def main() -> None:
    """Measure what is asked for, one thing after the other."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--speech", type=Path, metavar="DIR", help="people's talk, noise and room responses")
    parser.add_argument("--clinc", type=Path, metavar="FILE", help="sentences with intents, for the open wording")
    parser.add_argument(
        "--only", choices=(*NAMES, *ON_REQUEST), action="append", help="this measurement (may be given again)"
    )
    cache = user_cache_path("hearthside-bench", appauthor=False)
    parser.add_argument("--cache", type=Path, default=cache, metavar="DIR", help="where rendered commands are kept")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="processes that listen at the same time")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every N-th command and recording")
    options = parser.parse_args()
    where = machine()
    parts = [_measure(name, options) for name in options.only or NAMES]
    with Listener() as listener:
        engines = " and ".join(listener.engines)
    sample = "" if options.every == 1 else f" Only one in {options.every} commands and recordings."
    print(f"Measured on {where}; ears: {engines}.{sample}\n")
    print(table([row for part in parts for row in part.rows]))
    for part in parts:
        if part.details:
            print(f"\n{part.details}")


def _measure(name: str, options: argparse.Namespace) -> Part:
    match name:
        case "heard":
            return heard.measure(options.speech, options.cache, workers=options.workers, every=options.every)
        case "own-words":
            return own_words.measure(options.speech, options.cache, workers=options.workers, every=options.every)
        case "false-actions":
            if options.speech is None:
                return Part((Row("false actions", "not measured", NEEDS_SPEECH),))
            return false_actions.measure(options.speech, workers=options.workers, every=options.every)
        case "orders":
            if options.speech is None:
                return Part((Row("coffee orders", "not measured", NEEDS_SPEECH),))
            return orders.measure(options.speech, workers=options.workers, every=options.every)
        case "evenings":
            return evenings.measure(every=options.every)
        case "who":
            if options.speech is None:
                return Part((Row("who speaks", "not measured", NEEDS_SPEECH),))
            return who.measure(options.speech, every=options.every)
        case "match":
            return match.measure(every=options.every)
        case "typed":
            return typed.measure(every=options.every)
        case "meaning":
            return meaning.measure(options.clinc, options.cache / "home", options.every)
        case "pauses":
            return pauses.measure(options.cache / "home", options.every)
        case "latency":
            return latency.measure(options.cache, every=options.every)
        case "hush":
            return hushed.measure(options.speech, options.cache, workers=options.workers, every=options.every)
        case "over":
            return over_own_voice.measure(options.speech, options.cache, workers=options.workers, every=options.every)
        case _:
            return cost.measure(options.speech, options.cache)


if __name__ == "__main__":
    main()
