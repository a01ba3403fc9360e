"""Which evenings are walked: who lives there, which session they go through, what they wish for."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from voice.composition import House, open_house
from voice.config import Config, Home, save_config
from voice.messages.recognition import Mode

COUPLES = (
    Config(partners=("Maya", "Tomás")),
    Config(partners=("Bo", "Ana Sofía")),
    Config(partners=("Alex", "Sam")),
    Config(partners=None),
)
WISHES = 7  # an evening
LEFT_UNASKED = ("names", "mute")
"""Wishes that would change who lives here, or close the microphone for the rest of the evening."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an evening is to be."""

    number: int
    """Of the evening; everything else follows from it."""
    script: str
    """The session that is walked."""
    wishes: tuple[str, ...]
    """What is wished for besides."""
    couple: Config
    """Who lives there."""

    @property
    def title(self) -> str:
        """How to see this evening again."""
        names = " and ".join(self.couple.partners or ("two without names",))
        return f"evening {self.number}: {names}, {self.script}, {', '.join(self.wishes)}"


def plan(number: int) -> Plan:
    """The evening of this number: over all numbers every session and every wish has its turn."""
    content = house_of(COUPLES[number // 2 % len(COUPLES)]).content
    scripts = [script.id for script in content.scripts]
    wishes = [
        intent.name
        for intent in content.intents.intents
        if Mode.IDLE in intent.when and intent.name not in (*LEFT_UNASKED, *scripts)
    ]
    some = tuple(wishes[(WISHES * number + offset) % len(wishes)] for offset in range(WISHES))
    return Plan(number, scripts[number % len(scripts)], some, COUPLES[number // 2 % len(COUPLES)])


def house_of(couple: Config) -> House:
    """Content and understanding of a couple; loading them takes seconds, and evenings do not change them."""
    return _house(COUPLES.index(couple))


@cache
def _house(couple: int) -> House:
    with TemporaryDirectory() as directory:
        home = Home(Path(directory))
        save_config(home, COUPLES[couple])
        house = open_house(home)
        house.close()
    return house
