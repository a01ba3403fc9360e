"""What happened, a line each: for people to read along, or as JSON for programs."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO


@dataclass(frozen=True, slots=True)
class Caption:
    """One thing that happened.

    event: "heard", "matched", "ignored", "said", "kept", "forgotten", "timer", "chime", "listening", "error" or "note"
    (a line of our own); "spoken": what the made-up people of the demo say.
    at: seconds of audio, or of the session. fields: as the README lists them for `--json`.
    """

    event: str
    at: float
    fields: Mapping[str, object]


class JsonCaptions:
    """One JSON object a line, each with `event` and `at`."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self._at = 0.0

    def note(self, text: str) -> None:
        """A line of our own, for whoever reads along; it has the time of what was told last."""
        self(Caption("note", self._at, {"text": text}))

    def __call__(self, caption: Caption) -> None:
        """Print it."""
        self._at = caption.at
        line = {"event": caption.event, "at": round(caption.at, 3), **caption.fields}
        print(json.dumps(line, ensure_ascii=False), file=self._stream, flush=True)


class PlainCaptions:
    """The conversation as a couple would read it; what was none of its business is left out unless asked for."""

    def __init__(self, stream: TextIO | None = None, *, ignored: bool = False) -> None:
        self._stream, self._ignored = stream or sys.stdout, ignored
        self._heard = ""

    def __call__(self, caption: Caption) -> None:
        """Print it, where it is worth a line."""
        line = self._line(caption)
        if line:
            minutes, seconds = divmod(int(caption.at), 60)
            print(f"{minutes:3d}:{seconds:02d}  {line}", file=self._stream, flush=True)

    def note(self, text: str) -> None:
        """Print a line of our own."""
        print(text, file=self._stream, flush=True)

    def _line(self, caption: Caption) -> str:
        fields = caption.fields
        match caption.event:
            case "spoken":
                return f"{fields['who']:<11} {fields['text']}"
            case "heard":
                self._heard = str(fields["text"])
                return ""
            case "matched":
                return f"you         “{self._heard}”  [{fields['intent']}]"
            case "ignored" if self._ignored and fields["text"]:
                return f"(ignored)   “{fields['text']}”: {fields['why']}"
            case "said":
                return f"Hearthside  {fields['text']}"
            case "timer":
                return f"(timer)     {fields['name']}: {fields['state']}"
            case "chime":
                return f"(chime)     {fields['name']}"
            case "error":
                return f"Trouble:    {fields['text']}"
        return ""


Captions = JsonCaptions | PlainCaptions


def captions(*, as_json: bool, show_ignored: bool = False) -> Captions:
    """For standard output, as the options say."""
    return JsonCaptions() if as_json else PlainCaptions(ignored=show_ignored)
