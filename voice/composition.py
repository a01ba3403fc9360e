"""Puts the parts together for one evening: settings, packs, what is kept, ears, mouth and loop."""

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from voice.assistant.assistant import Assistant
from voice.captions import Caption
from voice.config import Config, Home, load_config, save_config
from voice.content import Content, IntentPack, choices
from voice.content.steps import STEP_TYPES
from voice.dialogue.consent import CONSENT, setting_of
from voice.dialogue.state import Household, Lock, LockTime
from voice.edges.clock import AudioClock, Clock, LocalZone
from voice.edges.journal import Journal
from voice.edges.journal.keys import keys_in
from voice.edges.journal.rescue import open_journal
from voice.edges.phonemes import Phonemizer
from voice.errors import ConfigError, HearthsideError, JournalError
from voice.files import cache_directory
from voice.language.text import plain
from voice.learning import learned_directory, open_learned
from voice.listening.turn_taking import TurnTaking
from voice.listening.wake_phrase import Attention, OwnName, WakePhrase
from voice.loop import Loop
from voice.memory import uncollected
from voice.messages.actions import Configure, Rename
from voice.messages.recognition import Listening, Mode
from voice.nlu.understanding import Understanding
from voice.packs import load_content, load_intents, pack_root
from voice.packs.nameless import without_names
from voice.speaking.mouth import Mouth, RoomMouth, SilentMouth

if TYPE_CHECKING:
    from voice.edges.recognizer import Recognizer
    from voice.listening.ears import Ears

AnyMouth = RoomMouth | SilentMouth
HEARD_NOT_FIXED = "heard_not_fixed"  # the intent that the couple's code word is one more sentence of
STAND_INS = ("Alex", "Sam")  # until the couple have given their names


@dataclass
class House:
    """Everything that does not depend on how people speak with it; the loop changes its settings by `configure`."""

    home: Home
    """Where everything that is kept lies."""
    config: Config
    """The couple's settings as they are now."""
    content: Content
    """What the packs hold."""
    journal: Journal
    """What is kept; owned by the thread of the loop."""
    understanding: Understanding
    """What can be said; shared by several threads."""
    changed: list[Callable[[], None]] = field(default_factory=list)
    """What is called, from the thread of the loop, when the names have changed."""

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
        assistant = Assistant(self.spoken, self.manners, shuffle)
        turns = turn_taking(self.config)
        return Loop(assistant, self.understanding, self.journal, mouth, clock, tell, listen, turns, self)

    @property
    def manners(self) -> Household:
        """What the couple set once."""
        config = self.config
        return Household(
            self.partners,
            config.recap_at,
            config.quiet_hours,
            config.lengths,
            frozenset(STEP_TYPES[word] for word in config.leave_out),
            LocalZone(),
            config.help_line,
            named=config.partners is not None,
            lock=Lock(LockTime(config.lock), config.lock_word or ""),
        )

    @property
    def spoken(self) -> Content:
        """What is said: as the packs have it, or in its form without names."""
        return self.content if self.config.partners else without_names(self.content)

    def configure(self, wanted: Configure) -> tuple[Configure, Content, Household]:
        """See `voice.loop.Settings`."""
        before, config = self.config, _with(self.config, wanted)
        save_config(self.home, config)
        try:
            if wanted.nameless or (wanted.partners and wanted.same_people):
                self._rename(wanted.partners or STAND_INS, nobody=before.partners is None and not wanted.returning)
        except JournalError:
            save_config(self.home, before)
            raise
        self.config = config
        alike = wanted.partners is not None and sound_alike(wanted.partners, config.language)
        if wanted.partners or wanted.nameless:
            self._understand_anew()
            for tell in self.changed:
                tell()
        return replace(wanted, alike=alike), self.spoken, self.manners

    def spell(self, heard_as: Mapping[str, tuple[str, ...]]) -> None:
        """Know other spellings of the names, from now on. Raises ConfigError."""
        known = self.config.heard_as
        more = {name: (*known.get(name, ()), *forms) for name, forms in heard_as.items()}
        self.config = replace(self.config, heard_as={**known, **more})
        save_config(self.home, self.config)
        self._understand_anew()

    def _understand_anew(self) -> None:
        self.understanding.become(_understanding(self.home, self.config, self.content, ours=True))

    def _rename(self, after: tuple[str, str], *, nobody: bool) -> None:
        """What is kept under the old names goes with their people, and so does what they agreed to; see `Rename`."""
        before, settings = self.partners, self.journal.records().settings
        self.journal.store(Rename(before, after, nobody=nobody))
        if settings.get(CONSENT) == setting_of(before).value:
            self.journal.store(setting_of(after))

    def close(self) -> None:
        """Close what is kept."""
        self.journal.close()


def _with(config: Config, wanted: Configure) -> Config:
    """The settings with those that are wanted; a name that was in use is still understood as the same person."""
    if wanted.help_line is not None:
        config = replace(config, help_line=wanted.help_line)
    if wanted.nameless:
        return replace(config, partners=None, heard_as={})
    if wanted.partners is None:
        return config
    heard_as = {name: forms for name, forms in config.heard_as.items() if name in wanted.partners}
    for old, new in zip(config.partners or (), wanted.partners, strict=False):
        if wanted.same_people and old != new:
            heard_as[new] = (*config.heard_as.get(old, ()), old.lower())
    return replace(config, partners=wanted.partners, heard_as=heard_as)


def sound_alike(partners: tuple[str, str], language: str) -> bool:
    """Whether one name, a little misheard, is the other."""
    from voice.nlu.index.phonetic_distance import as_phonemes, sound_distance
    from voice.nlu.matching.slot_filling import NAME_GATE

    first, second = map(as_phonemes, map(Phonemizer(language), partners))
    return sound_distance(first, second) <= NAME_GATE


@uncollected()
def open_house(home: Home, *, mend_journal: bool = True) -> House:
    """Load everything; raises PackError, ConfigError or JournalError, each with every mistake found."""
    config = load_config(home)
    content = load_content(config.language, home.directory)
    keys = keys_in(config.encryption)
    journal = open_journal(home.database, Clock().now(), keys, mend=mend_journal)
    return House(home, config, content, journal, _understanding(home, config, content, ours=True))


@uncollected()
def open_understanding(home: Home, config: Config, intents: Path | None) -> Understanding:
    """The understanding alone, without a whole house: the couple's, or any pack in a directory. Raises PackError."""
    if intents is None:
        return _understanding(home, config, load_content(config.language, home.directory), ours=True)
    return _understanding(home, config, Content(load_intents(intents, config.language), (), (), {}), ours=False)


def _understanding(home: Home, config: Config, content: Content, *, ours: bool) -> Understanding:
    """ours: the pack is the one that ships, with a head that was learned from it; any other is learned now."""
    names = config.partners or STAND_INS
    intents = with_code_word(content.intents, config.code_word)
    learned = None
    if config.language == "en":
        shipped = learned_directory(pack_root() / "intents" / config.language) if ours else None
        learned = open_learned(intents, shipped, cache_directory())
    decks, named = [deck.name for deck in content.decks], choices(content.scripts)
    understanding = Understanding(intents, names, decks, _phonemizer(config), config.heard_as, named, learned)
    if config.code_word:
        _check_code_word(config.code_word, understanding)
    return understanding


def with_code_word(pack: IntentPack, code_word: str | None) -> IntentPack:
    """The pack, in which the couple's own word too asks for being heard without advice."""
    if code_word is None:
        return pack
    more = (
        replace(intent, say=(*intent.say, code_word), own=(*intent.own, code_word))
        if intent.name == HEARD_NOT_FIXED
        else intent
        for intent in pack.intents
    )
    return replace(pack, intents=tuple(more))


def _check_code_word(code_word: str, understanding: Understanding) -> None:
    """Raises ConfigError for a word that means something else when nothing is going on, such as "stop"."""
    said = tuple(plain(code_word).split())
    for sentence in understanding.index.sentences(Mode.IDLE):
        if sentence.tokens == said and sentence.intent != HEARD_NOT_FIXED:
            why = f'code_word: "{code_word}" means something else already ({sentence.intent})'
            raise ConfigError((why,), fix="Choose another word in config.yaml.")


def turn_taking(config: Config) -> TurnTaking:
    """The turn taking of an evening: it decides whether an utterance is meant for Hearthside."""
    wake = _wake_phrase(config)
    return TurnTaking(Attention(wake) if wake else None, OwnName(_phonemizer(config)), config.barge_in)


def _wake_phrase(config: Config) -> WakePhrase | None:
    return WakePhrase(config.wake, _phonemizer(config)) if config.listen == "wake" else None


def _phonemizer(config: Config) -> Phonemizer | None:
    return Phonemizer() if config.language == "en" else None


def new_seed() -> int:
    """A seed that no evening had before."""
    return secrets.randbits(32)


def starting_at(now: str | None) -> datetime:
    """The wall clock at which the evening begins; raises HearthsideError for what is no time."""
    if now is None:
        return datetime.now().astimezone()
    try:
        return datetime.fromisoformat(now).astimezone()
    except ValueError:
        raise HearthsideError(f'"{now}" is no local time', "--now", "Write it as 2026-11-23T21:29.") from None


def open_mouth(
    config: Config, trouble: Callable[[str], None], back: Callable[[str], None], *, aloud: bool = True
) -> AnyMouth:
    """One that speaks in the room, or is silent when that is not wanted. back: told when the loudspeaker is back."""
    if not aloud:
        return SilentMouth()
    from voice.edges.loudspeaker import Loudspeaker
    from voice.edges.synthesizer import open_synthesizer

    try:
        synthesizer = open_synthesizer(config.voice, config.language)
    except HearthsideError as error:
        trouble(error.line())
        return SilentMouth()
    return RoomMouth(synthesizer, Loudspeaker(config.loudspeaker, trouble, back), trouble)


def open_ears(house: House, *, hurried: bool = True) -> "tuple[Ears, Recognizer]":
    """The recognizers that the config asks for. Raises RecognizerError or ModelError.

    hurried: whether people wait for an answer. Without hurry no time limit ends a second pass.
    """
    return ears_for(house.config, house.home, house.understanding, hurried=hurried)


def ears_for(
    config: Config, home: Home, understanding: Understanding, *, hurried: bool = True
) -> "tuple[Ears, Recognizer]":
    """As `open_ears`, without a whole house."""
    from voice.edges.recognizer import BUDGET, UNHURRIED, open_recognizer
    from voice.edges.voice_activity import VoiceActivity
    from voice.engines.models import find_model
    from voice.listening.ears import Ears
    from voice.listening.second_pass import SecondPass

    model = find_model(None, config.model, home.models)
    recognizer = open_recognizer(config.ears, model, BUDGET if hurried else UNHURRIED, rooms=config.rooms)
    second_pass = SecondPass(recognizer, understanding, _wake_phrase(config))
    return Ears(recognizer, VoiceActivity(), understanding.index, second_pass), recognizer


def finish_speaking(loop: Loop, mouth: AnyMouth) -> None:
    """Wait until everything has been said aloud."""
    mouth.hurry()
    while loop.state.speaking:
        time.sleep(0.05)
        loop.tick()
    mouth.close()
