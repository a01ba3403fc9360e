"""Puts the parts together for one evening: the couple's settings, the packs, what is kept, and what it understands."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from voice.captions import Caption
from voice.config import Config, Home, load_config
from voice.content import Content, choices
from voice.core.assistant import Assistant
from voice.core.state import Manners
from voice.core.understand import Understanding
from voice.core.wake import Attention, WakePhrase
from voice.edges.clock import AudioClock, Clock, LocalZone
from voice.edges.journal import Journal
from voice.edges.phonemes import Phonemizer
from voice.loop import Loop, Mouth
from voice.messages import Listening
from voice.packs import load_content, load_intents

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
        config = self.config
        manners = Manners(
            self.partners, config.recap_at, config.quiet_hours, config.lengths, config.leave_out, LocalZone()
        )
        assistant = Assistant(self.content, manners, shuffle)
        return Loop(assistant, self.understanding, self.journal, mouth, clock, tell, listen, attention(self.config))

    def close(self) -> None:
        """Close what is kept."""
        self.journal.close()


def open_house(home: Home) -> House:
    """Load everything; raises PackError, ConfigError or JournalError, each with every mistake found."""
    config = load_config(home)
    content = load_content(config.language, home.directory)
    return House(home, config, content, Journal(home.database), _understanding(config, content))


def open_understanding(home: Home, config: Config, intents: Path | None) -> Understanding:
    """What can be said, without a whole house: the couple's, or any pack in a directory. Raises PackError."""
    if intents is None:
        content = load_content(config.language, home.directory)
        return _understanding(config, content)
    return _understanding(config, Content(load_intents(intents, config.language), (), (), {}))


def _understanding(config: Config, content: Content) -> Understanding:
    names = config.partners or STAND_INS
    decks = [deck.name for deck in content.decks]
    return Understanding(content.intents, names, decks, _phonemizer(config), config.heard_as, choices(content.scripts))


def attention(config: Config) -> Attention | None:
    """What listens for the wake phrase, where one is needed."""
    return Attention(WakePhrase(config.wake, _phonemizer(config))) if config.listen == "wake" else None


def _phonemizer(config: Config) -> Phonemizer | None:
    return Phonemizer() if config.language == "en" else None
