"""The sound server dies and comes back in a running evening; `make faults` makes all the other faults."""

from pathlib import Path

import psutil  # type: ignore[import-untyped]

from rig.virtual_card import VirtualCard, wait_until
from tests.faults.sound import FAULTS, Trial, warm_up
from tests.support.room import Room


def test_an_evening_goes_on_where_it_was_when_the_sound_server_dies(tmp_path: Path) -> None:
    (killed,) = (fault for fault in FAULTS if fault.name == "server killed")
    with VirtualCard() as card, Room(card, tmp_path) as room:
        warm_up(room)
        assert Trial(card, room, killed, "idle").run().wrong == ""
        assert Trial(card, room, killed, "sentence").run().wrong == ""
        children = psutil.Process(room.process.pid).children()
        room.type("/quit")
        room.process.wait(timeout=30)
        wait_until(lambda: not any(child.is_running() for child in children), 10, "the end of all its processes")
