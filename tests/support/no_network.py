"""Sees every socket of a network's family that is opened in this process, whoever opens it, by Python's audit hook."""

import socket
import sys

_opened = list[str]()
_families = {socket.AF_UNIX}


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.__new__" and arguments[1] not in _families:
        _opened.append(f"a socket of the family {arguments[1]!s}")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.connect"):
        address = arguments[0] if event.startswith("socket.get") else arguments[1]
        if not isinstance(address, str) or event.startswith("socket.get"):  # a text is the path of a Unix socket
            _opened.append(f"{event} to {address}")


sys.addaudithook(_watch)  # for good: Python takes no hook back


def network_uses() -> list[str]:
    """What has used the network since this was last asked."""
    found = list(_opened)
    _opened.clear()
    return found
