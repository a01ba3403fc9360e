"""The table of commands: what `hearthside --help` shows, which function does each, and its options.

The function's module is imported when its command is run, so that `--help` answers at once.
"""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any

from voice.engines.models import FETCHED
from voice.messages.meaning import Addressing
from voice.messages.recognition import Mode


@dataclass(frozen=True, slots=True)
class Option:
    """An option or argument of a command."""

    names: tuple[str, ...]
    """As they are typed: "--json"; of an argument its name."""
    settings: Mapping[str, Any]
    """As argparse's `add_argument` takes them; `dest` is the parameter of the command's function."""

    def add_to(self, parser: argparse.ArgumentParser) -> None:
        """Let a parser know it."""
        parser.add_argument(*self.names, **self.settings)


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the command line."""

    name: str
    """As it is typed."""
    summary: str
    """One line for `--help`."""
    function: str
    """"module.function" in voice/commands; it takes home, then each option by name, and returns the exit code."""
    options: tuple[Option, ...] = ()
    """In the order in which help shows them."""

    def load(self) -> Callable[..., int]:
        """Import the function."""
        module, name = self.function.split(".")
        loaded: Callable[..., int] = getattr(import_module(f"voice.commands.{module}"), name)
        return loaded


def _option(*names: str, **settings: Any) -> Option:
    return Option(names, settings)


def _flag(name: str, dest: str, meaning: str) -> Option:
    return Option((name,), {"dest": dest, "action": "store_true", "help": meaning})


def _file(name: str, metavar: str, meaning: str, **settings: Any) -> Option:
    return Option((name,), {"type": Path, "metavar": metavar, "help": meaning, **settings})


def _number(name: str, meaning: str, kind: type = int, **settings: Any) -> Option:
    return Option((name,), {"type": kind, "metavar": "N", "help": meaning, **settings})


def _one_of(kind: type[StrEnum], default: StrEnum, name: str, dest: str, meaning: str) -> Option:
    """An option whose values are those of an enumeration; argparse refuses any other one."""
    values = [each.value for each in kind]

    def read(text: str) -> str:
        return kind(text) if text in values else text

    settings = {"dest": dest, "type": read, "choices": values, "default": default.value, "help": meaning}
    return Option((name,), settings)


AS_JSON_TOO = _flag("--json", "as_json", "the same, as JSON")
SHOW_IGNORED = _flag("--captions", "show_ignored", "also show what was heard and left alone")
SHOW_PRIVATE = _flag("--private", "show_private", "show the words of sessions in a pipe or file too")
NOW = _option("--now", metavar="TIME", help="begin at this local time, such as 2026-11-23T21:29")
CONVERSATION = (
    _flag("--json", "as_json", "one event a line, as JSON"),
    _number("--seed", "choose prompts and wordings by this number"),
)
ANY_PACK = (
    _file("--intents", "DIR", "the intents of this directory instead of ours"),
    _one_of(Mode, Mode.IDLE, "--mode", "mode", "what can be said: the moment it is said in"),
)

COMMANDS = (
    Command(
        "run",
        "Listen through the microphone: an evening by voice.",
        "run.run",
        (
            *(SHOW_IGNORED, SHOW_PRIVATE, *CONVERSATION),
            _flag("--troubles", "troubles", "print nothing but what goes wrong"),
        ),
    ),
    Command(
        "type",
        "The same evening by keyboard; reads lines from a pipe too.",
        "keyboard.type_evening",
        (SHOW_PRIVATE, *CONVERSATION, NOW, _flag("--aloud", "aloud", "speak as well as print")),
    ),
    Command(
        "hear",
        "Hear sound files as if they came through the microphone.",
        "hear.hear",
        (
            _file("files", "FILE", "WAV or FLAC, in the order they are heard", nargs="+"),
            _file("--speak", "OUT.wav", "write what is said, in time with the audio"),
            SHOW_IGNORED,
            SHOW_PRIVATE,
            *CONVERSATION,
            NOW,
            _flag("--explain", "explain", "say why each utterance was or was not acted on"),
            _flag("--match-only", "match_only", "no evening: tell what each file means, a line each"),
            *ANY_PACK,
            _number("--workers", "processes that share the files of --match-only"),
        ),
    ),
    Command(
        "understand",
        "What lines of text mean: standard input, a line for each.",
        "understand.understand_lines",
        (
            _flag("--json", "as_json", "as JSON: text, intent, slots"),
            _one_of(
                Addressing,
                Addressing.ADDRESSED,
                "--as",
                "addressing",
                "how the lines come: overheard, addressed (default) or expected",
            ),
            *ANY_PACK,
        ),
    ),
    Command(
        "learn",
        "Learn the intent head anew from the packs in the source tree.",
        "learn.learn_head",
        (_flag("--check", "only_check", "only say whether the one that ships is up to date"),),
    ),
    Command(
        "demo",
        "A spoken evening of two made-up people, through the whole loop.",
        "demo.demo",
        (
            _file("--speak", "OUT.wav", "write the whole evening to a file"),
            _flag("--quiet", "quiet", "do not play it aloud"),
            *CONVERSATION,
        ),
    ),
    Command(
        "recap",
        "Read what was appreciated today.",
        "recap.read_recap",
        (_flag("--week", "week", "of the last seven days"), _flag("--quiet", "quiet", "print it only")),
    ),
    Command(
        "export",
        "Write every line that is kept to a file, as YAML for people.",
        "export.export",
        (_file("--to", "FILE.yaml", "where (hearthside-lines.yaml)"),),
    ),
    Command(
        "backup",
        "Write everything that is kept to one file, for another machine; it asks for a passphrase.",
        "backup.backup",
        (
            _file("to", "FILE", "where, such as hearthside.tar.age"),
            _flag("--plain", "plain", "as a tar file that anybody can read, without a passphrase"),
        ),
    ),
    Command(
        "restore",
        "Put what is in such a file in the place of what is kept here.",
        "backup.restore",
        (
            _file("source", "FILE", "what hearthside backup wrote"),
            _flag("--yes", "yes", "also where lines are kept, which are lost then"),
        ),
    ),
    Command(
        "encrypt",
        "Encrypt what is kept, or give it another key.",
        "encrypt.encrypt",
        (
            _option("where", choices=("keyring", "file", "passphrase"), help="where the key is from now on"),
            _file("--key-file", "FILE", "which file; made, or one more key in it"),
        ),
    ),
    Command("decrypt", "Take the encryption of what is kept off again.", "encrypt.decrypt"),
    Command(
        "setup",
        f"Give your two names, and get the {FETCHED.title}.",
        "setup.setup",
        (
            _option("--names", nargs=2, metavar=("NAME", "NAME"), help="the two of you"),
            _option("--country", metavar="CODE", help="whose help line to name in need, such as us"),
            _file("--model", "DIR", f"use the {FETCHED.title} in this folder"),
            _file("--from", "FILE.zip|DIR", "install a model without network", dest="source"),
            _flag("--no-download", "no_download", "do not look for the model on the network"),
        ),
    ),
    Command(
        "doctor",
        "Check microphone, voice, recognizers, packs and files; 1 when one is amiss.",
        "doctor.doctor",
        (AS_JSON_TOO,),
    ),
    Command(
        "decks",
        "List the decks; with --sample, print some of their questions for review.",
        "decks.show_decks",
        (
            _number("--sample", "print N (100) of all their prompts", nargs="?", const=100),
            _number("--seed", "choose the sample by this number", default=0),
        ),
    ),
    Command(
        "check",
        "Look at the writing of every deck, yours too; 1 when there is something to mend.",
        "check.check_packs",
        (
            _option(
                "--aloud",
                nargs="?",
                const="decks",
                default="",
                choices=("decks", "replies", "all"),
                help="also read every question (or replies, or all that is said) aloud and hear it back; slow",
            ),
            _file("--heard", "FILE", "keep what --aloud hears, and read only what is not in there yet"),
            _number(
                "--read",
                "print N (100) questions, replies and lines of sessions for you to grade",
                nargs="?",
                const=100,
            ),
            _number("--seed", "choose what to read by this number", default=0),
            AS_JSON_TOO,
        ),
    ),
    Command(
        "rehearse",
        "Each of you says twenty phrases: which are heard well, and learn your way.",
        "rehearse.rehearse",
        (
            _file("--files", "FILE", "recordings, one a phrase", nargs="+", default=[]),
            _flag("--type", "by_keyboard", "by keyboard: type what you would say"),
            _flag("--yes", "accept", "learn everything that can be learned"),
            _flag("--forget", "forget", "take back everything that was learned"),
            _number("--seed", "choose the phrases by this number"),
        ),
    ),
    Command(
        "practices",
        "What couples are advised to do, and what to say for each.",
        "practices.show_practices",
        (_flag("--markdown", "markdown", "as the page docs/practices.md, with the tests that show it"),),
    ),
    Command(
        "rehearse-script",
        "Play a guided session fast with two stand-ins, and print it with its times.",
        "rehearse_script.rehearse_script",
        (
            _option("name", metavar="NAME", help="the session, such as bedtime"),
            _number("--minutes", "as if somebody had asked for so long", float),
            _number("--variant", "0: they say yes to everything; 1: no; ...", default=0),
            _number("--seed", "choose prompts and wordings by this number", default=0),
            _flag("--json", "as_json", "at, who and text of each line, as JSON"),
        ),
    ),
    Command(
        "import",
        "Print sentences of Home Assistant or Rhasspy as a pack of intents.",
        "import_pack.import_pack",
        (_file("file", "FILE", "a custom_sentences file (.yaml) or a sentences.ini"),),
    ),
    Command(
        "service",
        "Have systemd run it from the login on, without network: install, status, logs, uninstall.",
        "service.service",
        (_option("what", choices=("install", "status", "logs", "uninstall"), help="what to do"),),
    ),
    Command("unmute", "Open the microphone that was muted by voice.", "mute.unmute"),
)
"""In the order in which help shows them."""
