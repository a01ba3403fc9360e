"""A Vosk model is installed from a file, a folder or a bad connection, and never unless it is whole."""

import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from socket import create_server

import pytest

from tests.support.vosk_model import make_model
from voice.engines.vosk import model
from voice.engines.vosk.model import NAME, ModelCheck, blob_id, check_model, find_model
from voice.engines.vosk.model.fetch import download, install
from voice.errors import ModelError

pytestmark = pytest.mark.network  # servers of their own, on this machine


@pytest.fixture
def pinned(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The pinned model."""
    folder = make_model(tmp_path / "pinned" / NAME)
    for name in model.PINNED:
        monkeypatch.setitem(model.PINNED, name, blob_id(folder / name))
    return folder


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A home directory without models."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def zipped(folder: Path, *extra: zipfile.ZipInfo) -> bytes:
    """The folder as the site offers it."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for file in sorted(folder.rglob("*")):
            archive.write(file, file.relative_to(folder.parent))
        for entry in extra:
            archive.writestr(entry, "outside")
    return buffer.getvalue()


# ---- installing ---------------------------------------------------------------------------------------


def test_from_a_file_and_from_a_folder(pinned: Path, tmp_path: Path) -> None:
    file = tmp_path / "model.zip"
    file.write_bytes(zipped(pinned))
    for source in (file, pinned):
        assert install(source, tmp_path / "own") == tmp_path / "own" / NAME
        assert check_model(tmp_path / "own" / NAME) == ModelCheck("checksum ok")
        assert [entry.name for entry in (tmp_path / "own").iterdir()] == [NAME]


def link() -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(f"{NAME}/link")
    entry.external_attr = 0o120777 << 16
    return entry


@pytest.mark.parametrize(
    "entry",
    [zipfile.ZipInfo("../outside"), zipfile.ZipInfo("/outside"), zipfile.ZipInfo(f"{NAME}/../../outside"), link()],
)
def test_a_file_that_leads_outside(pinned: Path, tmp_path: Path, entry: zipfile.ZipInfo) -> None:
    file = tmp_path / "model.zip"
    file.write_bytes(zipped(pinned, entry))
    with pytest.raises(ModelError, match="leads outside"):
        install(file, tmp_path / "own")
    assert list((tmp_path / "own").iterdir()) == []


@pytest.mark.parametrize(("flags", "kind", "told"), [(1, 0, "it has a password"), (0, 99, "not known here")])
def test_a_zip_that_cannot_be_unpacked(pinned: Path, tmp_path: Path, flags: int, kind: int, told: str) -> None:
    """Encrypted, or compressed in a way that Python does not know: as the headers of every entry say."""
    content = bytearray(zipped(pinned))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + offset] |= flags
            content[at + offset + 2] |= kind
            at = content.find(mark, at + 4)
    file = tmp_path / "model.zip"
    file.write_bytes(content)
    with pytest.raises(ModelError, match=told):
        install(file, tmp_path / "own")


def test_a_folder_around_the_home_is_no_source(pinned: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="the models of Hearthside lie in it"):
        install(tmp_path, tmp_path / "home" / "models")


def test_what_is_no_model_is_refused_and_the_old_one_stays(pinned: Path, tmp_path: Path) -> None:
    own, file = tmp_path / "own", tmp_path / "model.zip"
    install(pinned, own)
    whole = zipped(pinned)
    (pinned / "am/final.mdl").write_text("half")
    for content, complaint in (
        (whole[: len(whole) // 2], "not a whole zip file"),
        (b"<html>Please log in</html>", "not a whole zip file"),
        (zipped(pinned), "damaged, am/final.mdl is not the file"),
        (zipped(pinned / "am"), "damaged, am/final.mdl is missing"),
    ):
        file.write_bytes(content)
        with pytest.raises(ModelError, match=complaint):
            install(file, own)
    with pytest.raises(ModelError, match="No such file"):
        install(tmp_path / "nowhere.zip", own)
    assert [entry.name for entry in own.iterdir()] == [NAME]
    assert check_model(own / NAME) == ModelCheck("checksum ok")


@dataclass
class Site:
    """What the site offers and how it was asked. cuts: how many answers break off after half of what is left."""

    content: bytes
    cuts: int = 0
    status: int = 200
    asked: list[str] = field(default_factory=list)
    url: str = ""


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    """The site, on the loopback interface."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range", "")
            site.asked.append(wanted)
            begin = int(wanted.removeprefix("bytes=").removesuffix("-") or 0)
            rest = site.content[begin:]
            status = 416 if begin and not rest else site.status if site.status != 200 else 206 if begin else 200
            self.send_response(status)
            self.send_header("Content-Length", str(len(rest)))
            self.end_headers()
            if site.cuts:
                site.cuts -= 1
                rest = rest[: len(rest) // 2]
            self.wfile.write(rest)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        site.url = f"http://127.0.0.1:{server.server_port}/{NAME}.zip"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()


def nothing(_: int, __: int) -> None:
    """Progress that nobody looks at."""


# ---- downloading --------------------------------------------------------------------------------------


def test_a_download_goes_on_where_it_broke_off(pinned: Path, tmp_path: Path) -> None:
    progress: list[tuple[int, int]] = []
    with serving(Site(zipped(pinned), cuts=2)) as site:
        folder = download(tmp_path / "own", lambda there, whole: progress.append((there, whole)), site.url)
    assert check_model(folder) == ModelCheck("checksum ok")
    size = len(site.content)
    half = size // 2
    assert site.asked == ["", f"bytes={half}-", f"bytes={half + (size - half) // 2}-"]
    assert progress[-1] == (size, size)
    assert progress == sorted(progress)
    assert [entry.name for entry in (tmp_path / "own").iterdir()] == [NAME]


def test_a_download_goes_on_the_next_time(pinned: Path, home: Path, tmp_path: Path) -> None:
    with serving(Site(zipped(pinned), cuts=99)) as site:
        with pytest.raises(ModelError, match="broke off again and again"):
            download(tmp_path, nothing, site.url)
        assert find_model(None, None, tmp_path, {}) is None
        site.cuts, site.asked = 0, []
        download(tmp_path, nothing, site.url)
    assert len(site.asked) == 1
    assert site.asked[0].startswith("bytes=")


def test_a_part_of_another_file_is_thrown_away(pinned: Path, tmp_path: Path) -> None:
    content = zipped(pinned)
    (tmp_path / f"{NAME}.zip.part").write_bytes(bytes(len(content)))
    with serving(Site(content)) as site:
        assert check_model(download(tmp_path, nothing, site.url)) == ModelCheck("checksum ok")
    assert site.asked == [f"bytes={len(content)}-", ""]


def test_a_page_instead_of_the_model_is_refused(tmp_path: Path) -> None:
    with serving(Site(b"<html>Please log in</html>")) as site, pytest.raises(ModelError, match="not a whole zip file"):
        download(tmp_path, nothing, site.url)
    with serving(Site(b"gone", status=404)) as site, pytest.raises(ModelError, match="the site answered 404"):
        download(tmp_path, nothing, site.url)
    assert list(tmp_path.iterdir()) == []


def test_a_site_that_cannot_be_reached_is_told_in_time(tmp_path: Path) -> None:
    with create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/model.zip"
        with pytest.raises(ModelError, match=r"(no answer within 0.2 s|cannot be reached).*setup --from FILE.zip"):
            download(tmp_path, nothing, url, reach_seconds=0.2)
    with pytest.raises(ModelError, match=r"the site cannot be reached .*setup --from FILE.zip"):
        download(tmp_path, nothing, url)
