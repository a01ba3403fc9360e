"""`hearthside hear --match-only`: what each sound file means, in any pack of intents, without an evening around it."""

import json
import os
import queue
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from voice.captions import explanation_fields, explanation_text
from voice.child import Child, ChildLost
from voice.composition import ears_for, open_understanding
from voice.config import find_home, load_config
from voice.edges.sound_files import read_sound_file
from voice.errors import HearthsideError, MicrophoneError
from voice.messages.meaning import Match, NoMatch, Slots
from voice.messages.recognition import Heard, Listening, Mode, Transcript
from voice.messages.sound import FRAME_SAMPLES, FRAME_SECONDS, Frame
from voice.runtime.driving import utterances

LONGEST_ORDER = 20.0  # seconds: what lasts longer, pauses and all, is talk and not one utterance
SILENCE_AFTER = 3.0  # seconds of silence after a file: more than any patience
LONGEST_FILE = 600.0  # seconds that a worker may take for one file, or to load its pack
MOST_WORKERS = 8


@dataclass(frozen=True, slots=True)
class FileResult:
    """What a file means."""

    file: str
    """Its path."""
    intent: str | None = None
    """None for nothing."""
    slots: Slots = field(default_factory=dict)
    """Slot -> its value."""
    text: str = ""
    """What was heard."""
    error: str = ""
    """Why the file could not be read; "" where it could."""
    why: tuple[Mapping[str, object], ...] = ()
    """Of each utterance, and of the file as one where it was tried, why it was or was not taken."""

    def as_json(self, *, explain: bool = False) -> str:
        """One line for programs."""
        why = {"why": list(self.why)} if explain else {}
        line = {"file": self.file, "intent": self.intent, "slots": dict(self.slots), "text": self.text}
        return json.dumps(line | ({"error": self.error} if self.error else {}) | why, ensure_ascii=False)

    def as_text(self, *, explain: bool = False) -> str:
        """One line for people, and one for each reason."""
        return "\n    ".join([self._line(), *map(explanation_text, self.why if explain else ())])

    def _line(self) -> str:
        if self.error:
            return f"{self.file}: {self.error}"
        slots = "".join(f" {name}={value}" for name, value in self.slots.items())
        return f"{self.file}: {f'{self.intent}{slots}' if self.intent else 'nothing'}  “{self.text}”"


class FileMatcher:
    """Hears files one by one, each as if nothing had been heard before; lives in a child process."""

    def __init__(self, home: Path | None, intents: Path | None, mode: Mode) -> None:
        """Raises PackError, ConfigError, RecognizerError or ModelError."""
        found = find_home(home)
        config = load_config(found)
        self._understanding = open_understanding(found, config, intents)
        self._mode = mode
        self._ears, self._recognizer = ears_for(config, found, self._understanding, hurried=False)
        self._ears.listen(Listening(mode))

    def match(self, path: Path) -> FileResult:
        """What the file means: its best utterance, or all of them as one with long pauses. Raises RecognizerError."""
        try:
            frames = list(read_sound_file(path))
        except MicrophoneError as error:
            return FileResult(str(path), error=error.what)
        self._ears.reset()
        all_heard = list(utterances(self._ears, (*frames, *_silence_after(frames))))
        results = [self._understand(heard.transcript) for heard in all_heard]
        whole = self._whole(frames, all_heard)
        candidates = [*([whole] if whole else []), *results]
        matches = [result for result in candidates if isinstance(result, Match)]
        why = tuple(explanation_fields(result) for result in (*results, *([whole] if whole else [])))
        if not matches:
            text = " ".join(result.text for result in results or candidates if result.text)
            return FileResult(str(path), text=text, why=why)
        # Where several utterances together are one sentence, none of them alone is all of it.
        best = whole if isinstance(whole, Match) else min(matches, key=lambda match: match.distance)
        assert isinstance(best, Match)
        return FileResult(str(path), best.intent, best.slots, best.text, why=why)

    def close(self) -> None:
        """End the recognizers."""
        self._recognizer.close()

    def _whole(self, frames: Sequence[Frame], all_heard: Sequence[Heard]) -> Match | NoMatch | None:
        """Several utterances as one with long pauses, or a file in which none began; None for what is talk."""
        began = all_heard[0].began if all_heard else 0.0
        ended = all_heard[-1].at if all_heard else len(frames) * FRAME_SECONDS
        if len(all_heard) == 1 or ended - began > LONGEST_ORDER:
            return None
        pcm = b"".join(frame.pcm for frame in frames if began <= frame.at <= ended)
        return self._understand(self._ears.read(pcm))

    def _understand(self, transcript: Transcript) -> Match | NoMatch:
        return self._understanding.understand(transcript.hypotheses, self._mode)


def _silence_after(frames: Sequence[Frame]) -> Iterator[Frame]:
    for number in range(round(SILENCE_AFTER / FRAME_SECONDS)):
        yield Frame(bytes(2 * FRAME_SAMPLES), (len(frames) + number) * FRAME_SECONDS)


class Workers:
    """Child processes that share the files among them; a context manager."""

    def __init__(self, count: int, *arguments: object) -> None:
        """count: how many. arguments: of FileMatcher."""
        patience = {"patience": LONGEST_FILE, "start_patience": LONGEST_FILE}
        self._children = [Child(FileMatcher, *arguments, name="hear", **patience) for _ in range(count)]
        self._free = queue.SimpleQueue[Child]()
        for child in self._children:
            child.start()
            self._free.put(child)
        self._pool = ThreadPoolExecutor(count)

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *exception: object) -> None:
        self._pool.shutdown(cancel_futures=True)
        for child in self._children:
            child.close()

    def results(self, paths: Sequence[Path]) -> Iterator[FileResult]:
        """What each file means, in their order. Raises HearthsideError when no worker can begin its work."""
        self._children[0].wait()
        return self._pool.map(self._match, paths)

    def _match(self, path: Path) -> FileResult:
        child = self._free.get()
        try:
            result = child.call("match", path)
            assert isinstance(result, FileResult)
            return result
        except (ChildLost, HearthsideError) as error:
            child.close()  # the next file gets a new one
            return FileResult(str(path), error=error.what if isinstance(error, HearthsideError) else str(error))
        finally:
            self._free.put(child)


def match_files(
    home: Path | None,
    intents: Path | None,
    paths: Sequence[Path],
    *,
    mode: Mode,
    as_json: bool,
    explain: bool,
    workers: int | None,
) -> int:
    """Print a line a file, in their order; returns 1 when one of them could not be read."""
    count = min(workers or os.cpu_count() or 1, MOST_WORKERS if workers is None else len(paths), len(paths))
    failed = False
    with Workers(max(1, count), home, intents, mode) as at_work:
        for done, result in enumerate(at_work.results(paths), start=1):
            failed = failed or bool(result.error)
            print(result.as_json(explain=explain) if as_json else result.as_text(explain=explain), flush=True)
            if sys.stderr.isatty() and not sys.stdout.isatty():
                print(f"\r{done} of {len(paths)}", end="", file=sys.stderr, flush=True)
    if sys.stderr.isatty() and not sys.stdout.isatty():
        print(file=sys.stderr)
    return int(failed)
