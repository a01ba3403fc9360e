"""Puts the parts together for one evening: the couple's settings, the packs, what is kept, and what it understands."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from voice.captions import Caption
from voice.config import Config, Home, load_config
from voice.content import Content, IntentPack, choices
from voice.core.assistant import Assistant
from voice.core.state import Manners
from voice.core.text import plain
from voice.core.understand import Understanding
from voice.core.wake import Attention, WakePhrase
from voice.edges.clock import AudioClock, Clock, LocalZone
from voice.edges.journal import Journal
from voice.edges.phonemes import Phonemizer
from voice.errors import ConfigError
from voice.loop import Loop, Mouth
from voice.messages import Listening, Mode
from voice.packs import load_content, load_intents

HEARD_NOT_FIXED = "heard_not_fixed"  # the intent that the couple's code word is one more sentence of
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
            self.partners,
            config.recap_at,
            config.quiet_hours,
            config.lengths,
            config.leave_out,
            LocalZone(),
            config.help_line,
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
    intents = with_code_word(content.intents, config.code_word)
    understanding = Understanding(intents, names, decks, _phonemizer(config), config.heard_as, choices(content.scripts))
    if config.code_word:
        _check_code_word(config.code_word, understanding)
    return understanding


def with_code_word(pack: IntentPack, code_word: str | None) -> IntentPack:
    """The same pack, in which the couple's own word too asks for being heard without advice."""
    if code_word is None:
        return pack
    more = (
        replace(intent, say=(*intent.say, code_word)) if intent.name == HEARD_NOT_FIXED else intent
        for intent in pack.intents
    )
    return replace(pack, intents=tuple(more))


def _check_code_word(code_word: str, understanding: Understanding) -> None:
    """Raises ConfigError for a word that means something else when nothing is going on, such as "stop"."""
    said = tuple(plain(code_word).split())
    for sentence in understanding.sayable(Mode.IDLE):
        if sentence.tokens == said and sentence.intent != HEARD_NOT_FIXED:
            why = f'code_word: "{code_word}" means something else already ({sentence.intent})'
            raise ConfigError((why,), fix="Choose another word in config.yaml.")


def attention(config: Config) -> Attention | None:
    """What listens for the wake phrase, where one is needed."""
    return Attention(WakePhrase(config.wake, _phonemizer(config))) if config.listen == "wake" else None


def _phonemizer(config: Config) -> Phonemizer | None:
    return Phonemizer() if config.language == "en" else None
