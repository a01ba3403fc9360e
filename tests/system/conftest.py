"""Fixtures of tests of the set-up: a home, a model, and a server of our own that gives it."""

import http.server
import os
import shutil
import socket
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.support.setup import Place, QuietHandler, make_model
from voice.config import Home
from voice.engines.vosk.model import NAME


@pytest.fixture
def place(tmp_path: Path) -> Place:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        refused = f"http://127.0.0.1:{nobody.getsockname()[1]}/{NAME}.zip"
    environment = {
        key: value for key, value in os.environ.items() if key not in ("HEARTHSIDE_MODEL", "VOSK_MODEL_PATH")
    }
    environment |= {"HOME": str(tmp_path / "user"), "HEARTHSIDE_MODEL_URL": refused}
    return Place(Home(tmp_path / "home"), environment)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return make_model(tmp_path / "elsewhere" / "vosk-model-en-of-ours")


@pytest.fixture
def archive(model: Path) -> Path:
    return Path(shutil.make_archive(str(model), "zip", model.parent, model.name))


@pytest.fixture
def site(archive: Path) -> Iterator[str]:
    """The address of the archive on a server of our own."""
    handler = partial(QuietHandler, directory=str(archive.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/{archive.name}"
        server.shutdown()
        thread.join()
