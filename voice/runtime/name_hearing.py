"""How the couple's names come out when Hearthside's own voice says them and its ears listen."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from voice.adaptation.name_spellings import heard_name, spellings, with_names
from voice.composition import STAND_INS
from voice.config import Config, Home
from voice.content import Content
from voice.edges.phonemes import Phonemizer
from voice.edges.recognizer import UNHURRIED, open_recognizer
from voice.edges.synthesizer import PARTNERS, Synthesizer, open_synthesizer
from voice.engines.models import find_model
from voice.errors import RecognizerError, SynthesizerError
from voice.language.text import plain
from voice.messages.delivery import Register
from voice.messages.recognition import Listening, Mode
from voice.messages.sound import RATE

SENTENCES = 4  # in which a name is tried
TIMES = 2  # how often a spelling must come: our voice may say a name as nobody else does
REGISTERS = (Register.DINNER, *PARTNERS)  # three voices


@dataclass(frozen=True, slots=True)
class Tried:
    """The outcome of a trial of names."""

    found: Mapping[str, tuple[str, ...]]
    """Name -> what was heard in its place, "" where the whole sentence was lost."""

    def spellings(self, ordinary: frozenset[str]) -> dict[str, tuple[str, ...]]:
        """name -> the other spellings that are worth keeping."""
        each = ((name, spellings(name, heard, ordinary, times=TIMES)) for name, heard in self.found.items())
        return {name: forms for name, forms in each if forms}


def unknown_names(names: Iterable[str], language: str) -> tuple[str, ...]:
    """The names that no dictionary has; those that it has are known by their sound."""
    if language != "en":
        return ()
    phonemizer = Phonemizer()
    return tuple(name for name in names if not all(phonemizer.knows(word) for word in name.split()))


def try_names(home: Home, config: Config, names: Sequence[str], content: Content) -> Tried:
    """Say each name in a few sentences of the packs, and listen. Raises RecognizerError or SynthesizerError."""
    with ExitStack() as opened:
        synthesizer = open_synthesizer(config.voice, config.language)
        opened.callback(synthesizer.close)
        model = find_model(None, config.model, home.models)
        recognizer = open_recognizer(config.ears, model, UNHURRIED, rooms=config.rooms)
        opened.callback(recognizer.close)

        def hear(text: str, register: Register) -> str:
            recognizer.listen(Listening(Mode.WORDS))
            recognizer.accept(_at_our_rate(synthesizer, text, register))
            return recognizer.finish().text

        return Tried(
            {
                name: tuple(
                    heard_name(plain(line).split(), name, hear(f"{line}.", register))
                    for line in lines_with(content, name)
                    for register in REGISTERS
                )
                for name in names
            }
        )


def lines_with(content: Content, name: str) -> tuple[str, ...]:
    """Sentences of the packs with this name in them, none like another."""
    lines = (line for intent in content.intents.intents for line in intent.say)
    named = (with_names(line, STAND_INS, (name, name)) for line in lines if set(line.split()) & STAND_IN_WORDS)
    intents = dict[str, str]()
    for line in named:
        intents.setdefault(line.split()[0], line)  # another opening is another sentence
    return tuple(intents.values())[:SENTENCES]


STAND_IN_WORDS = frozenset(map(plain, STAND_INS))


def ordinary_words(content: Content) -> frozenset[str]:
    """Every word that the packs know of: what people say, to us and to each other, and what is asked."""
    return frozenset(word for text in _texts(content) for word in plain(text).split())


def _texts(content: Content) -> Iterator[str]:
    yield from content.intents.talk
    for intent in content.intents.intents:
        yield from (*intent.say, *intent.avoid)
    for deck in content.decks:
        yield from (prompt.text for prompt in deck.prompts)


def _at_our_rate(synthesizer: Synthesizer, text: str, register: Register) -> bytes:
    import numpy as np

    from voice.sound.resampling import from_pcm, resample, to_pcm

    sound = synthesizer.render(text, register)
    return to_pcm(np.pad(resample(from_pcm(sound.pcm), sound.rate, RATE), RATE // 4))


def told(name: str, heard: Sequence[str], kept: Sequence[str]) -> str:
    """A line for the couple."""
    if kept:
        forms = " or ".join(f"“{form}”" for form in kept)
        return f"{name} comes out as {forms} in my voice; that counts as the name now."
    if any(form == plain(name) for form in heard):
        return f"{name} is heard as it is written."
    return f"{name} comes out differently each time; say it to me in hearthside rehearse, or take a nickname."


def find_spellings(
    home: Home, config: Config, content: Content
) -> tuple[Mapping[str, tuple[str, ...]], tuple[str, ...]]:
    """For the names that no dictionary has: their other spellings, and a line about each for the couple."""
    names = unknown_names(config.partners or (), config.language)
    if not names:
        return {}, ()
    try:
        tried = try_names(home, config, names, content)
    except (RecognizerError, SynthesizerError) as error:
        return {}, (error.line(),)
    kept = tried.spellings(ordinary_words(content))
    return kept, tuple(told(name, heard, kept.get(name, ())) for name, heard in tried.found.items())
