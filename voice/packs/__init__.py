"""Loads the packs of a language, ours and the couple's own, with every mistake in every file at once."""

from pathlib import Path

from voice.content import Content, IntentPack
from voice.errors import PackError
from voice.files.strict_yaml import Location, Mistakes, yaml_file
from voice.messages.delivery import Register
from voice.messages.recognition import Mode
from voice.nlu.grammar.foreign import IMPORT
from voice.packs.help_lines import help_lines
from voice.packs.intents import read_intents
from voice.packs.moods import read_moods
from voice.packs.prompts import PromptReader
from voice.packs.scripts import ScriptReader
from voice.packs.wordings import with_wordings


def pack_root() -> Path:
    """The directory of intents/ and prompts/: inside the installed package, or beside it in the source tree."""
    package = Path(__file__).resolve().parent.parent
    return package if (package / "intents").is_dir() else package.parent


def load_content(language: str = "en", extra: Path | None = None) -> Content:
    """Everything the packs of a language hold.

    extra: the couple's own directory: its intents/*.yaml add lines to our intents, its prompts/decks/*.yaml are
    more decks, its prompts/care.yaml has other words for when somebody is not okay. Raises PackError with every
    mistake.
    """
    return load_packs(pack_root(), language, extra)


def load_packs(root: Path, language: str = "en", extra: Path | None = None) -> Content:
    """As `load_content`, for the packs under another root."""
    intents, prompts = root / "intents" / language, root / "prompts" / language
    if not intents.is_dir() or not prompts.is_dir():
        raise PackError((f'{root}: there are no packs for the language "{language}"',), fix=_languages(root))
    mistakes = Mistakes()
    reader = PromptReader(mistakes)
    own_intents, own_decks = (extra / "intents", extra / "prompts" / "decks") if extra else (None, None)
    replies = reader.replies(_packs(prompts / "replies"))
    care = yaml_file(extra / "prompts" / "care.yaml") if extra else None
    own_care = reader.own_words(care, prompts / "replies" / "care.yaml") if care and care.exists() else {}
    _refuse_rhasspys(own_intents, mistakes)
    decks = tuple(reader.deck(file) for file in (*_packs(prompts / "decks"), *_packs(own_decks)))
    content = Content(
        intents=with_wordings(
            read_intents(language, _packs(intents), _packs(own_intents), mistakes), intents, mistakes
        ),
        decks=decks,
        scripts=ScriptReader(_packs(prompts / "sessions"), reader, mistakes).scripts(),
        replies=replies[Register.DINNER] | own_care,
        softer_replies=replies[Register.BEDTIME],
        ideas=tuple(reader.ideas(file) for file in _packs(prompts / "ideas")),
        moods=read_moods(prompts / "moods.yaml", {deck.name for deck in decks}, reader, mistakes),
        guesses=reader.guesses(prompts / "guesses.yaml"),
        help_lines=help_lines(prompts / "help_lines.yaml", mistakes),
        labels=reader.guesses(prompts / "labels.yaml"),
    )
    mistakes.raise_any(PackError, fix="Correct these lines and start again.")
    return content


def load_intents(directory: Path, language: str = "en") -> IntentPack:
    """A pack of intents of any kind: all *.yaml in a directory, which need no prompts and may leave out `when` (idle).

    Raises PackError with every mistake.
    """
    files, mistakes = _packs(directory), Mistakes()
    _refuse_rhasspys(directory, mistakes)
    if not files and not mistakes.found:
        raise PackError((f"{directory}: there are no intents here",), fix="Give a directory with files *.yaml.")
    pack = read_intents(language, files, (), mistakes, standard=frozenset({Mode.IDLE}))
    pack = with_wordings(pack, directory, mistakes)
    mistakes.raise_any(PackError, fix="Correct these lines and start again.")
    return pack


def _packs(directory: Path | None) -> tuple[Path, ...]:
    """The files of a directory, whichever way people write the ending."""
    return tuple(sorted((*directory.glob("*.yaml"), *directory.glob("*.yml")))) if directory else ()


def _refuse_rhasspys(directory: Path | None, mistakes: Mistakes) -> None:
    for file in directory.glob("*.ini") if directory else ():
        mistakes.add(Location(file), f"this is written for Rhasspy; {IMPORT}")


def _languages(root: Path) -> str:
    return f"There are: {', '.join(sorted(folder.name for folder in (root / 'intents').glob('*')))}."
