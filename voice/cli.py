"""The commands: what `hearthside --help` shows, and which module does each; heavy things are imported by those."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from voice import __version__
from voice.messages.recognition import Mode

MODES = tuple(mode.value for mode in Mode)
STORY = """\
Two people at a table say "ask us a question". In bed one says "start our check-in".
"I appreciate that Sam picked up the kids" is written down, and read back at night.
Nothing leaves the house."""


def parser() -> argparse.ArgumentParser:
    """Every command and option."""
    top = argparse.ArgumentParser(
        prog="hearthside",
        description="An offline voice companion for couples.",
        epilog=STORY,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"hearthside {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def command(name: str, summary: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=summary, description=summary)
        one.add_argument("--home", type=Path, metavar="DIR", help="everything that is kept lies under it")
        one.add_argument("--debug", action="store_true", help="show where an error came from")
        return one

    def conversation(one: argparse.ArgumentParser) -> None:
        one.add_argument("--json", action="store_true", help="one event a line, as JSON")
        one.add_argument("--seed", type=int, metavar="N", help="choose prompts and wordings by this number")

    def at_any_time(one: argparse.ArgumentParser) -> None:
        one.add_argument("--now", metavar="TIME", help="begin at this local time, such as 2026-11-23T21:29")

    def any_pack(one: argparse.ArgumentParser) -> None:
        one.add_argument("--intents", type=Path, metavar="DIR", help="the intents of this directory instead of ours")
        one.add_argument("--mode", choices=MODES, default="idle", help="what can be said: the moment it is said in")

    run = command("run", "Listen through the microphone: an evening by voice.")
    run.add_argument("--captions", action="store_true", help="also show what was heard and left alone")
    conversation(run)

    by_keyboard = command("type", "The same evening by keyboard; reads lines from a pipe too.")
    conversation(by_keyboard)
    at_any_time(by_keyboard)
    by_keyboard.add_argument("--aloud", action="store_true", help="speak as well as print")

    hear = command("hear", "Hear sound files as if they came through the microphone.")
    hear.add_argument("files", nargs="+", type=Path, metavar="FILE", help="WAV or FLAC, in the order they are heard")
    hear.add_argument("--speak", type=Path, metavar="OUT.wav", help="write what is said, in time with the audio")
    hear.add_argument("--captions", action="store_true", help="also show what was heard and left alone")
    conversation(hear)
    at_any_time(hear)
    hear.add_argument("--explain", action="store_true", help="say why each utterance was or was not acted on")
    hear.add_argument("--match-only", action="store_true", help="no evening: tell what each file means, a line each")
    any_pack(hear)
    hear.add_argument("--workers", type=int, metavar="N", help="processes that share the files of --match-only")

    understand = command("understand", "What lines of text mean: standard input, a line for each.")
    understand.add_argument("--json", action="store_true", help="as JSON: text, intent, slots")
    any_pack(understand)

    demo = command("demo", "A spoken evening of two made-up people, through the whole loop.")
    demo.add_argument("--speak", type=Path, metavar="OUT.wav", help="write the whole evening to a file")
    demo.add_argument("--quiet", action="store_true", help="do not play it aloud")
    conversation(demo)

    recap = command("recap", "Read what was appreciated today.")
    recap.add_argument("--week", action="store_true", help="of the last seven days")
    recap.add_argument("--quiet", action="store_true", help="print it only")

    export = command("export", "Write every line that is kept to a file, as YAML for people.")
    export.add_argument("--to", type=Path, metavar="FILE.yaml", help="where (hearthside-lines.yaml)")

    setup = command("setup", "Give your two names, and get the Vosk model.")
    setup.add_argument("--names", nargs=2, metavar=("NAME", "NAME"), help="the two of you")
    setup.add_argument("--model", type=Path, metavar="DIR", help="use the Vosk model in this folder")
    setup.add_argument(
        "--from", dest="source", type=Path, metavar="FILE.zip|DIR", help="install a model without network"
    )
    setup.add_argument("--no-download", action="store_true", help="do not look for the model on the network")

    command("doctor", "Check microphone, voice, recognizers, packs and files; 1 when one is amiss.").add_argument(
        "--json", action="store_true", help="the same, as JSON"
    )
    decks = command("decks", "List the decks; with --sample, print some of their questions for review.")
    decks.add_argument(
        "--sample", type=int, nargs="?", const=100, metavar="N", help="print N (100) of all their prompts"
    )
    decks.add_argument("--seed", type=int, default=0, metavar="N", help="choose the sample by this number")

    check = command("check", "Look at the writing of every deck, yours too; 1 when there is something to mend.")
    check.add_argument("--aloud", action="store_true", help="also read every prompt aloud and hear it back; minutes")
    check.add_argument("--json", action="store_true", help="the same, as JSON")

    rehearse = command("rehearse", "Each of you says twenty phrases: which are heard well, and learn your way.")
    rehearse.add_argument("--files", nargs="+", type=Path, default=[], metavar="FILE", help="recordings, one a phrase")
    rehearse.add_argument("--type", action="store_true", help="by keyboard: type what you would say")
    rehearse.add_argument("--yes", action="store_true", help="learn everything that can be learned")
    rehearse.add_argument("--forget", action="store_true", help="take back everything that was learned")
    rehearse.add_argument("--seed", type=int, metavar="N", help="choose the phrases by this number")
    command("practices", "What couples are advised to do, and what to say for each.").add_argument(
        "--markdown", action="store_true", help="as the page docs/practices.md, with the tests that show it"
    )
    script = command("rehearse-script", "Play a guided session fast with two stand-ins, and print it with its times.")
    script.add_argument("name", metavar="NAME", help="the session, such as bedtime")
    script.add_argument("--minutes", type=float, metavar="N", help="as if somebody had asked for so long")
    script.add_argument("--variant", type=int, default=0, metavar="N", help="0: they say yes to everything; 1: no; ...")
    script.add_argument("--seed", type=int, default=0, metavar="N", help="choose prompts and wordings by this number")
    script.add_argument("--json", action="store_true", help="at, who and text of each line, as JSON")
    command("unmute", "Open the microphone that was muted by voice.")
    return top


def run_command(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit code."""
    _write_anything()
    options = parser().parse_args(arguments)
    from voice.errors import HearthsideError

    try:
        return _dispatch(options)
    except HearthsideError as error:
        if options.debug:
            raise
        print(error.line(), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _write_no_more()  # whoever read our lines has left
        return 0
    except OSError as error:  # the disk under our lines is full, for one
        if options.debug:
            raise
        _write_no_more()
        print(HearthsideError(error.strerror or str(error), error.filename or "").line(), file=sys.stderr)
        return 1


def _write_anything() -> None:
    """A letter that the terminal lacks becomes a mark instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _write_no_more() -> None:
    """What is still to be printed goes nowhere; Python would try once more when it ends, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _dispatch(options: argparse.Namespace) -> int:
    # Imported here and not above: `--help` must answer at once.
    from voice.errors import HearthsideError

    home = options.home
    match options.command:
        case "run":
            from voice.commands.run import run

            return run(home, as_json=options.json, seed=options.seed, show_ignored=options.captions)
        case "type":
            from voice.commands.keyboard import type_evening

            return type_evening(home, as_json=options.json, seed=options.seed, now=options.now, aloud=options.aloud)
        case "hear":
            if options.match_only:
                return _match_files(options)
            if options.intents or options.workers:
                raise HearthsideError("--intents and --workers go with --match-only", fix="Add it, or leave them out.")
            from voice.captions import captions
            from voice.commands.hear import hear_files

            tell = captions(as_json=options.json, show_ignored=options.captions, explain=options.explain)
            return hear_files(home, options.files, tell, seed=options.seed, now=options.now, speak=options.speak)
        case "understand":
            from voice.commands.understand import understand_lines

            return understand_lines(home, options.intents, mode=Mode(options.mode), as_json=options.json)
        case "demo":
            from voice.commands.demo import demo

            return demo(home, as_json=options.json, seed=options.seed, speak=options.speak, quiet=options.quiet)
        case "recap":
            from voice.commands.recap import read_recap

            return read_recap(home, week=options.week, quiet=options.quiet)
        case "export":
            from voice.commands.export import export

            return export(home, options.to)
        case "setup":
            from voice.commands.setup import setup

            return setup(options)
        case "rehearse":
            from voice.commands.rehearse import rehearse

            return rehearse(
                home,
                files=options.files,
                by_keyboard=options.type,
                accept=options.yes,
                forget=options.forget,
                seed=options.seed,
            )
        case "practices":
            from voice.commands.practices import show_practices

            return show_practices(home, markdown=options.markdown)
        case "rehearse-script":
            from voice.commands.rehearse_script import rehearse_script

            return rehearse_script(
                home,
                options.name,
                minutes=options.minutes,
                variant=options.variant,
                seed=options.seed,
                as_json=options.json,
            )
        case "doctor":
            from voice.commands.doctor import doctor

            return doctor(home, as_json=options.json)
        case "decks":
            from voice.commands.decks import show_decks

            return show_decks(home, sample=options.sample, seed=options.seed)
        case "check":
            from voice.commands.check import check_packs

            return check_packs(home, aloud=options.aloud, as_json=options.json)
        case _:
            from voice.commands.mute import unmute

            return unmute(home)


def _match_files(options: argparse.Namespace) -> int:
    from voice.commands.match_files import match_files

    return match_files(
        options.home,
        options.intents,
        options.files,
        mode=Mode(options.mode),
        as_json=options.json,
        explain=options.explain,
        workers=options.workers,
    )
