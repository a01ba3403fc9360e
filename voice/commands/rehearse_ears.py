"""What a rehearsal hears: the room through the microphone, or recordings."""

import threading
from collections.abc import Sequence
from pathlib import Path

from voice.adaptation.rehearsal import Phrase
from voice.composition import House, ears_for, open_mouth, with_sentences
from voice.edges.microphone import Microphone
from voice.edges.sound_files import read_sound_file
from voice.listening.ears import Onset
from voice.messages.actions import Say
from voice.messages.recognition import Hypothesis, Listening
from voice.messages.sound import FRAME_SECONDS

WAIT = 10.0  # seconds for somebody to begin
POLL = 0.05  # seconds


class FileEars:
    """A recording for each phrase, in their order; where they end, so does the rehearsal."""

    how = "Each comes from a recording."

    def __init__(self, house: House, files: Sequence[Path]) -> None:
        self._house, self._files = house, iter(files)
        self._ears, self._recognizer = ears_for(house.config, house.home, house.understanding, hurried=False)

    def hear(self, phrase: Phrase) -> tuple[Hypothesis, ...] | None:
        """The readings of the next recording. Raises MicrophoneError when it cannot be read."""
        path = next(self._files, None)
        if path is None:
            return None
        self._ears.listen(with_sentences(Listening(phrase.mode), self._house.understanding))
        heard = self._ears.read(b"".join(frame.pcm for frame in read_sound_file(path)))
        return heard.hypotheses or (Hypothesis("", "nobody"),)

    def close(self) -> None:
        """End the recognizers."""
        self._recognizer.close()


class RoomEars:
    """Says each phrase, then listens for it. Raises MicrophoneError where there is no microphone."""

    how = "Ten seconds of quiet leave one out, Ctrl-C ends it."

    def __init__(self, house: House) -> None:
        self._house = house
        self._microphone = Microphone(house.config.microphone, print, print)
        self._microphone.open()
        self._microphone.close()
        self._mouth = open_mouth(house.config, print)
        self._ears, self._recognizer = ears_for(house.config, house.home, house.understanding)

    def hear(self, phrase: Phrase) -> tuple[Hypothesis, ...] | None:
        """The readings of what was said after it; empty when nobody spoke."""
        self._mouth.say(Say(phrase.text))
        pause = threading.Event()
        while not self._mouth.finished(0.0):
            pause.wait(POLL)
        self._ears.reset()
        self._ears.listen(with_sentences(Listening(phrase.mode), self._house.understanding))
        self._microphone.open()
        try:
            return self._listen()
        finally:
            self._microphone.close()

    def _listen(self) -> tuple[Hypothesis, ...]:
        left = WAIT
        while left > 0:
            frame = self._microphone.read(timeout=POLL)
            if frame is None:
                continue
            left -= FRAME_SECONDS
            for what in self._ears.hear(frame):
                if isinstance(what, Onset):
                    left = WAIT
                elif what.transcript.final:
                    return what.transcript.hypotheses
        return ()

    def close(self) -> None:
        """End ears, mouth and microphone."""
        self._recognizer.close()
        self._mouth.close()
        self._microphone.close()
