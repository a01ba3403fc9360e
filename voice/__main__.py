"""Starts the command line; the one place that turns an error into a line."""

import signal
import sys
from types import FrameType

from voice.cli import run_command


def main() -> None:
    """Run `hearthside ...` and leave with its exit code: 0 done, 1 an error that was told, 2 wrong usage."""
    for name in ("SIGTERM", "SIGHUP"):  # Windows has no SIGHUP
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:  # `nohup` ignores it
            signal.signal(number, _interrupt)
    sys.exit(run_command(sys.argv[1:]))


def _interrupt(number: int, frame: FrameType | None) -> None:
    """End as Ctrl-C does, with everything closed; once, for whoever asks again would hinder that."""
    signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
