"""Starts the command line; the one place that turns an error into a line."""

import sys

from voice.cli import run_command


def main() -> None:
    """Run `hearthside ...` and leave with its exit code: 0 done, 1 an error that was told, 2 wrong usage."""
    sys.exit(run_command(sys.argv[1:]))


if __name__ == "__main__":
    main()
