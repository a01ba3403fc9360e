"""The file of `check --aloud --heard`: what was heard of each sentence, so that a later run reads only what is new."""

import json
from pathlib import Path

from voice.errors import HearthsideError

_FIX = "Name another file with --heard."


class HeardFile:
    """Sentences with what was heard of them, a line of JSON each."""

    def __init__(self, path: Path, voice: str) -> None:
        """Read the file, if there is one; it is made with the first sentence.

        voice: that reads, as in the config; what another one has read does not count. Raises HearthsideError when the
        file cannot be read.
        """
        self._path, self._voice = path, voice
        self._heard: dict[str, tuple[float, str]] = {}
        try:
            text = path.read_text("utf-8") if path.exists() else ""
        except (OSError, UnicodeDecodeError) as error:
            raise HearthsideError("this cannot be read", str(path), _FIX) from error
        self._break = "" if not text or text.endswith("\n") else "\n"
        """What parts the next line from one that an interrupted run left half written."""
        for line in text.splitlines():
            self._take(line)

    def get(self, text: str) -> tuple[float, str] | None:
        """Seconds and transcript of a sentence; None if it has not been read."""
        return self._heard.get(text)

    def add(self, text: str, seconds: float, heard: str) -> None:
        """Write what was heard of a sentence. Raises HearthsideError when the file cannot be written."""
        entry = {"voice": self._voice, "text": text, "seconds": round(seconds, 3), "heard": heard}
        try:
            with self._path.open("a", encoding="utf-8") as stream:
                stream.write(self._break + json.dumps(entry, ensure_ascii=False) + "\n")
        except OSError as error:
            raise HearthsideError("this cannot be written", str(self._path), _FIX) from error
        self._break = ""
        self._heard[text] = (seconds, heard)

    def _take(self, line: str) -> None:
        """Read one line; a half written one is skipped, and its sentence read aloud again."""
        try:
            entry = json.loads(line)
            if entry["voice"] == self._voice:
                self._heard[str(entry["text"])] = (float(entry["seconds"]), str(entry["heard"]))
        except (KeyError, TypeError, ValueError):  # a JSONDecodeError is a ValueError
            return
