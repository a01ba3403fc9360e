"""What a rehearsal hears: the room through the microphone, or recordings."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from voice.adaptation.rehearsal import Phrase
from voice.composition import House, ears_for, open_mouth
from voice.edges.microphone import Microphone
from voice.edges.sound_files import read_sound_file
from voice.messages.actions import Say
from voice.messages.recognition import NOBODY, Hypothesis, Listening
from voice.messages.sound import Frame
from voice.runtime.driving import utterances

WAIT = 10.0  # seconds for somebody to begin
POLL = 0.05  # seconds


class FileEars:
    """A recording for each phrase, in their order; where they end, so does the rehearsal."""

    how = "Each comes from a recording."

    def __init__(self, house: House, files: Sequence[Path]) -> None:
        self._files = iter(files)
        self._ears, self._recognizer = ears_for(house.config, house.home, house.understanding, hurried=False)

    def hear(self, phrase: Phrase) -> tuple[Hypothesis, ...] | None:
        """The readings of the next recording. Raises MicrophoneError when it cannot be read."""
        path = next(self._files, None)
        if path is None:
            return None
        self._ears.listen(Listening(phrase.mode))
        heard = self._ears.read(b"".join(frame.pcm for frame in read_sound_file(path)))
        return heard.hypotheses or (Hypothesis("", NOBODY),)

    def close(self) -> None:
        """End the recognizers."""
        self._recognizer.close()


class RoomEars:
    """Says each phrase, then listens for it. Raises MicrophoneError where there is no microphone."""

    how = "Ten seconds of quiet leave one out, Ctrl-C ends it."

    def __init__(self, house: House) -> None:
        self._microphone = Microphone(house.config.microphone, print, print)
        self._microphone.open()
        self._microphone.pause()
        self._mouth = open_mouth(house.config, print, print)
        self._ears, self._recognizer = ears_for(house.config, house.home, house.understanding)

    def hear(self, phrase: Phrase) -> tuple[Hypothesis, ...] | None:
        """The readings of what was said after it; empty when nobody spoke."""
        self._mouth.say(Say(phrase.text))
        pause = threading.Event()
        while not self._mouth.finished(0.0):
            pause.wait(POLL)
        self._ears.reset()
        self._ears.listen(Listening(phrase.mode))
        self._microphone.open()
        try:
            heard = next(utterances(self._ears, self._frames(), WAIT), None)
            return heard.transcript.hypotheses if heard else ()
        finally:
            self._microphone.pause()

    def _frames(self) -> Iterator[Frame]:
        while True:
            frame = self._microphone.read(timeout=POLL)
            if frame is not None:
                yield frame

    def close(self) -> None:
        """End ears, mouth and microphone."""
        self._recognizer.close()
        self._mouth.close()
        self._microphone.close()
