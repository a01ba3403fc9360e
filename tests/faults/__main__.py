"""Makes every fault in every moment and prints a line for each, then a summary; `make faults` runs it."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rig.virtual_card import VirtualCard
from tests.faults.sound import FAULTS, MOMENTS, Fault, Outcome, Trial, warm_up
from tests.support.room import Room


def outcomes(fault: Fault, moments: Sequence[str]) -> list[Outcome]:
    """One evening on a card of its own, in which the fault comes in one moment after the other."""
    done: list[Outcome] = []
    while len(done) < len(moments):  # an evening that has died is begun anew
        with VirtualCard() as card, tempfile.TemporaryDirectory() as directory, Room(card, Path(directory)) as room:
            warm_up(room)
            while len(done) < len(moments) and room.process.poll() is None:
                done.append(Trial(card, room, fault, moments[len(done)]).run())
                print(done[-1].line(), flush=True)
                if done[-1].wrong:
                    break
    return done


def main() -> int:
    """Returns the exit code: 0 when all was well."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--fault", choices=[fault.name for fault in FAULTS], action="append")
    parser.add_argument("--moment", choices=MOMENTS, action="append")
    options = parser.parse_args()
    faults = [fault for fault in FAULTS if fault.name in (options.fault or [fault.name])]
    done = [each for fault in faults for each in outcomes(fault, options.moment or MOMENTS)]
    good = sum(not each.wrong for each in done)
    slowest = {
        what: max((value for each in done if (value := getattr(each, what)) is not None), default=0.0)
        for what in ("noticed", "spoke", "heard")
    }
    print(
        f"faults: {good} of {len(done)} survived; at the latest the loss was told after {slowest['noticed']:.1f} s, "
        f"it spoke {slowest['spoke']:.1f} s and heard {slowest['heard']:.1f} s after the sound was back"
    )
    return 0 if good == len(done) else 1


if __name__ == "__main__":
    sys.exit(main())
