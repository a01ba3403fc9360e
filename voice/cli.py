"""The command line: reads the arguments, calls the command's function, and turns errors into one line each."""

import argparse
import io
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from voice import __version__
from voice.commands.output import clean_output
from voice.commands.table import COMMANDS

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
    for command in COMMANDS:
        one = commands.add_parser(command.name, help=command.summary, description=command.summary)
        one.add_argument("--home", type=Path, metavar="DIR", help="everything that is kept lies under it")
        one.add_argument("--debug", action="store_true", help="show where an error came from")
        for option in command.options:
            option.add_to(one)
    return top


def run_command(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit code."""
    _open_what_is_closed()
    _write_anything()
    with clean_output():
        return _run(arguments)


def _run(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    from voice.errors import HearthsideError

    try:
        wanted = {name: value for name, value in vars(options).items() if name not in ("command", "home", "debug")}
        return _dispatch(options.command, options.home, wanted)
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


def _open_what_is_closed() -> None:
    """A standard stream that was closed before the start reads or writes nothing; no file of ours takes its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115


def _write_anything() -> None:
    """A letter that the terminal lacks becomes a mark instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _write_no_more() -> None:
    """Discard output that is still to be printed. Python would try once more when it ends, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _dispatch(command: str, home: Path | None, options: Mapping[str, object]) -> int:
    """Import the command's function, and call it. options: by the names of its parameters."""
    function = next(each for each in COMMANDS if each.name == command).load()
    return function(home, **options)
