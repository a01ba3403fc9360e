"""Puts the parts together for one evening: the couple's settings, the packs, what is kept, and what it understands."""

from collections.abc import Callable
from dataclasses import dataclass

from voice.captions import Caption
from voice.config import Config, Home, load_config
from voice.content import Content
from voice.core.assistant import Assistant
from voice.core.state import Manners
from voice.core.understand import Understanding
from voice.edges.clock import AudioClock, Clock
from voice.edges.journal import Journal
from voice.edges.phonemes import Phonemizer
from voice.loop import Loop, Mouth
from voice.messages import Listening
from voice.packs import load_content

STAND_INS = ("Alex", "Sam")  # until the couple have given their names


@dataclass(frozen=True)
class House:
    """Everything that does not depend on how people speak with it."""

    home: Home
    config: Config
    content: Content
    journal: Journal
    understanding: Understanding

    @property
    def partners(self) -> tuple[str, str]:
        """The couple's names, or the stand-ins."""
        return self.config.partners or STAND_INS

    def loop(
        self,
        mouth: Mouth,
        clock: Clock | AudioClock,
        tell: Callable[[Caption], None],
        shuffle: int,
        listen: Callable[[Listening], None] = lambda listening: None,
    ) -> Loop:
        """An evening in this house. shuffle: the seed of its choices."""
        manners = Manners(self.partners, self.config.recap_at, self.config.quiet_hours)
        assistant = Assistant(self.content, manners, shuffle)
        return Loop(assistant, self.understanding, self.journal, mouth, clock, tell, listen)

    def close(self) -> None:
        """Close what is kept."""
        self.journal.close()


def open_house(home: Home) -> House:
    """Load everything; raises PackError, ConfigError or JournalError, each with every mistake found."""
    config = load_config(home)
    content = load_content(config.language, home.directory)
    decks = [deck.name for deck in content.decks]
    phonemize = Phonemizer() if config.language == "en" else None
    understanding = Understanding(content.intents, config.partners or STAND_INS, decks, phonemize)
    return House(home, config, content, Journal(home.database), understanding)
