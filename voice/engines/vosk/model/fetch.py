"""Brings a Vosk model into the house: from the site of the Vosk project, or from a file or folder at hand."""

import http.client
import os
import shutil
import stat
import tempfile
import urllib.error
import urllib.request
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from voice.engines.vosk.model import NAME, URL, check_model
from voice.errors import ModelError

Progress = Callable[[int, int], None]
"""Called with the bytes that are there and the bytes of the whole file."""

REACH_SECONDS = 10.0
_ATTEMPTS = 5  # a connection that breaks off is taken up again where it stopped
_CHUNK = 1 << 16
_LARGEST_ZIP = 200 << 20  # bytes; the English model has 40 MB
_LARGEST_MODEL = 1 << 30  # bytes unpacked
_OFFLINE = f"Bring {NAME}.zip from another machine and run `hearthside setup --from FILE.zip`."
_AGAIN = "Run `hearthside setup` again; it goes on where it stopped."


def download(models: Path, progress: Progress, url: str = URL, reach_seconds: float = REACH_SECONDS) -> Path:
    """Fetch the model and install it among the models; the folder it is in now.

    An unfinished download stays beside them as `.part` and is continued the next time.
    Raises ModelError when the site cannot be reached within reach_seconds, or what came is not the model.
    """
    models.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = models / f"{NAME}.zip.part"
    try:
        for _ in range(_ATTEMPTS):
            if _fetch(url, part, progress, reach_seconds):
                break
        else:
            raise ModelError("the connection broke off again and again", url, _AGAIN)
        try:
            return install(part, models)
        finally:
            part.unlink()  # whole and installed, or whole and wrong: there is nothing to continue
    except OSError as error:
        raise ModelError(f"the model cannot be written ({error.strerror or error})", str(models), _AGAIN) from error


def _fetch(url: str, part: Path, progress: Progress, reach_seconds: float) -> bool:
    """Add to the part what is missing of it; whether it is whole now."""
    there = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(url, headers={"Range": f"bytes={there}-"} if there else {})
    try:
        response = _reach(request, reach_seconds)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code != http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            raise ModelError(f"the site answered {error.code} {error.reason}", url, _OFFLINE) from error
        part.unlink()  # longer than the file: of another version
        return False
    with response:
        if response.status != http.HTTPStatus.PARTIAL_CONTENT:
            there = 0
        total = there + int(response.headers.get("Content-Length", 0))
        if not there < total <= _LARGEST_ZIP:
            raise ModelError(f"the site offers {total} bytes, which cannot be the model", url, _OFFLINE)
        with part.open("ab" if there else "wb") as file:
            while there < total and (chunk := _next_chunk(response)):
                file.write(chunk)
                there += len(chunk)
                progress(there, total)
    return there == total


def _next_chunk(response: http.client.HTTPResponse) -> bytes:
    """More of the file, or nothing when the connection broke off."""
    try:
        return response.read(_CHUNK)
    except (OSError, http.client.HTTPException):
        return b""


def _reach(request: urllib.request.Request, seconds: float) -> http.client.HTTPResponse:
    """Open the connection, or say in time that it cannot be done.

    In a thread of its own, because no time-out of the library covers the look-up of a name; and an address gets half
    of the time, for there may be two.
    """
    outcome: SimpleQueue[http.client.HTTPResponse | OSError] = SimpleQueue()

    def reach() -> None:
        try:
            outcome.put(urllib.request.urlopen(request, timeout=seconds / 2))
        except OSError as error:
            outcome.put(error)

    Thread(target=reach, daemon=True).start()
    try:
        reached = outcome.get(timeout=seconds)
    except Empty:
        raise ModelError(f"no answer within {seconds:g} s", request.full_url, _OFFLINE) from None
    if isinstance(reached, urllib.error.HTTPError):
        raise reached
    if isinstance(reached, OSError):
        reason = getattr(reached, "reason", reached)
        raise ModelError(f"the site cannot be reached ({reason})", request.full_url, _OFFLINE) from reached
    return reached


def install(source: Path, models: Path) -> Path:
    """Install a model from a zip file or an unpacked folder; the folder it is in now.

    It is brought together beside the others, checked, and only then put in place. Raises ModelError.
    """
    models.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".setup-", dir=models) as workplace:
        fresh = Path(workplace) / "new"
        try:
            if source.is_dir():
                if models.resolve().is_relative_to(source.resolve()):
                    raise ModelError("the models of Hearthside lie in it", str(source), "Name the folder of the model.")
                shutil.copytree(source, fresh / source.resolve().name)
            else:
                _unpack(source, fresh)
        except OSError as error:
            why = error.strerror or "some of its files cannot be read"
            raise ModelError(f"it cannot be installed ({why})", str(source), _OFFLINE) from error
        found = _model_inside(fresh, source)
        place = models / found.name
        if place.exists():
            os.rename(place, Path(workplace) / "old")
        os.rename(found, place)
    return place


def _model_inside(folder: Path, source: Path) -> Path:
    """The one folder in it, when that is a whole model."""
    entries = [entry for entry in folder.iterdir() if entry.is_dir()]
    if len(entries) != 1:
        raise ModelError("it does not hold one folder with a model", str(source), _OFFLINE)
    problems = check_model(entries[0]).problems
    if problems:
        raise ModelError(f"the model is damaged, {problems[0]}", str(source), _OFFLINE)
    return entries[0]


def _unpack(source: Path, folder: Path) -> None:
    """Unpack a zip file that stays inside its folder and within reason."""
    try:
        with zipfile.ZipFile(source) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > _LARGEST_MODEL:
                raise ModelError("it is too large for a model", str(source), _OFFLINE)
            for entry in entries:
                outside = entry.filename.startswith("/") or ".." in Path(entry.filename).parts
                if outside or stat.S_ISLNK(entry.external_attr >> 16):
                    raise ModelError(f"it holds a file that leads outside ({entry.filename})", str(source), _OFFLINE)
            archive.extractall(folder)
    except RuntimeError as error:  # NotImplementedError too
        why = "it has a password" if "password" in str(error) else "it is packed in a way that is not known here"
        raise ModelError(f"it cannot be unpacked, {why}", str(source), _OFFLINE) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
        raise ModelError(f"it is not a whole zip file ({error})", str(source), _OFFLINE) from error
