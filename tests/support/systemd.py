"""What a service manager hears over its socket."""

import socket


def told(one: socket.socket) -> list[str]:
    """All that a socket that does not block was told and has not yet taken."""
    news = list[str]()
    while True:
        try:
            news.append(one.recv(100).decode())
        except BlockingIOError:
            return news
