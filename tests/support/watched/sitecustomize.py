"""Python loads this at each start of a test's process: it writes down every use of a network, by the audit hook.

What it imports is loaded into the program that is tested, so that is little.
"""

import os
import sys

VARIABLE = "HEARTHSIDE_TESTS_NETWORK"
"""As in tests/support/no_network.py, which begins it all."""
UNIX, TAKEN_OVER = 1, -1  # families: sockets to programs of this machine; a descriptor that is open already
ASKED = ("socket.getaddrinfo", "socket.gethostbyname")  # what asks where a name is
SENT = ("socket.sendto", "socket.connect")


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """The hook."""
    if not event.startswith("socket."):
        return
    if event == "socket.__new__" and arguments[1] not in (UNIX, TAKEN_OVER):
        _write(f"a socket of the family {arguments[1]!s}")
    elif event in ASKED:
        _write(f"{event} to {arguments[0]}")
    elif event in SENT and not isinstance(arguments[1], str | bytes):  # a text is the path of a Unix socket
        _write(f"{event} to {arguments[1]}")


def _write(use: str) -> None:
    place = os.environ.get(VARIABLE) or _PLACE
    try:
        file = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError:  # where nothing can be written, nothing is seen
        return
    os.write(file, f"{use}, in {' '.join(sys.argv[:3])}\n".encode(errors="replace"))
    os.close(file)


_PLACE = os.environ.get(VARIABLE, "")
if _PLACE:
    sys.addaudithook(watch)  # for good: Python takes no hook back
