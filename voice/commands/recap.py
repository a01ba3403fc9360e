"""`hearthside recap`: reads what was appreciated, on the screen and aloud."""

from contextlib import closing
from pathlib import Path

from voice.captions import PlainCaptions
from voice.composition import finish_speaking, open_house, open_mouth
from voice.config import find_home
from voice.content.steps import Period
from voice.edges.clock import Clock
from voice.edges.home import settled
from voice.messages.meaning import Match


def read_recap(home: Path | None, *, week: bool, quiet: bool) -> int:
    """Read tonight's notes, or the week's; returns the exit code."""
    captions = PlainCaptions(private=True)
    with closing(open_house(settled(find_home(home)), mend_journal=False)) as house:
        if house.journal.told:
            captions.note(house.journal.told)
        mouth = open_mouth(house.config, captions.note, captions.note, aloud=not quiet)
        loop = house.loop(mouth, Clock(), captions, shuffle=0)
        loop.want(Match("recap", {"period": Period.WEEK if week else Period.TONIGHT}, "", ""))
        finish_speaking(loop, mouth)
    return 0
