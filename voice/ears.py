"""Turns frames into utterances and utterances into words."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from voice.core.endpoint import FRAME_SECONDS, Began, Cut, Ended, Endpoint, Paused, TooLong
from voice.edges.recognizer import Recognizer
from voice.edges.voice_activity import VoiceActivity
from voice.messages import Frame, Heard, Hypothesis, Listening, Mode, Transcript

REMEMBERED = 32  # frames kept back, of which an utterance takes its lead-in: about a second
SIGN_OF_LIFE = 1.0  # seconds between two reports that somebody is still speaking


@dataclass(frozen=True, slots=True)
class Onset:
    """Somebody began to speak, or speaks on. at: seconds of audio."""

    at: float


@dataclass(slots=True)
class _Utterance:
    """The utterance under way. private: it is too long for a hand-over word, so nobody is to read it."""

    number: int
    began: float
    quiet_before: float
    reported: float
    private: bool = False


class Ears:
    """Voice activity, endpoint and recognizers, frame by frame; used from one thread but for `listen` and `settle`.

    in_doubt: whether a hearing is near something that can be said now but not clear: then it is worth reading again.
    """

    def __init__(
        self,
        recognizer: Recognizer,
        activity: VoiceActivity,
        in_doubt: Callable[[Sequence[Hypothesis], Mode], bool] = lambda hypotheses, mode: False,
    ) -> None:
        self._recognizer, self._activity, self._in_doubt = recognizer, activity, in_doubt
        self._endpoint = Endpoint()
        self._latest: deque[Frame] = deque(maxlen=REMEMBERED)
        self._listening = Listening(Mode.IDLE)
        self._utterance: _Utterance | None = None
        self._count = self._settled = 0

    def listen(self, listening: Listening) -> None:
        """Listen like this: its patience from now on, its grammar from the next utterance on."""
        self._listening = listening

    def settle(self, number: int) -> None:
        """That utterance was acted on before it was over: what is heard from now on is another one."""
        self._settled = number

    def reset(self) -> None:
        """What was being heard is over and forgotten: the microphone was closed."""
        self._recognizer.discard()
        self._endpoint.reset()
        self._activity.reset()
        self._utterance = None

    def read(self, pcm: bytes) -> Transcript:
        """What these sounds mean as one utterance, however long its pauses: 16-bit mono, RATE."""
        self._recognizer.listen(self._listening)
        self._recognizer.accept(pcm)
        return self._read()

    def hear(self, frame: Frame) -> Iterator[Onset | Heard]:
        """What this frame brought; nothing, most of the time."""
        self._latest.append(frame)
        if self._utterance and self._utterance.number <= self._settled:
            self._recognizer.discard()
            self._endpoint.end()
            self._utterance = None
        listening = self._listening
        # In a partner's turn a long utterance is not cut into pieces short enough to be read: it is thrown away whole.
        longest = float("inf") if listening.mode is Mode.TURN else listening.longest
        cut = self._endpoint.push(self._activity.probability(frame), listening.patience, longest)
        at = frame.at + FRAME_SECONDS
        if isinstance(cut, Began):
            yield from self._begin(cut, at)
        elif self._utterance:
            yield from self._go_on(self._utterance, frame, cut, at)

    def _begin(self, began: Began, at: float) -> Iterator[Onset]:
        self._count += 1
        since = at - began.lead_in * FRAME_SECONDS + self._endpoint.settings.pre_roll
        self._utterance = _Utterance(self._count, since, began.quiet_before, reported=at)
        self._recognizer.listen(self._listening)
        for frame in list(self._latest)[-began.lead_in :]:
            self._recognizer.accept(frame.pcm)
        yield Onset(at)

    def _go_on(self, utterance: _Utterance, frame: Frame, cut: Cut | None, at: float) -> Iterator[Onset | Heard]:
        if at - utterance.reported >= SIGN_OF_LIFE:
            utterance.reported = at
            yield Onset(at)
        if not utterance.private:
            self._recognizer.accept(frame.pcm)
            if self._listening.mode is Mode.TURN and at - utterance.began > self._listening.longest + self._trail():
                utterance.private = True
                self._recognizer.discard()
        match cut:
            case Paused() if not utterance.private:
                yield self._heard(utterance, self._recognizer.early(), at)
            case Ended() | TooLong():
                self._utterance = None
                if not utterance.private:
                    yield self._heard(utterance, self._read(), at)

    def _read(self) -> Transcript:
        transcript = self._recognizer.finish()
        if self._in_doubt(transcript.hypotheses, self._listening.mode):
            again = self._recognizer.read_again()
            hypotheses = dict.fromkeys((*transcript.hypotheses, *again.hypotheses))
            trouble = f"{transcript.trouble} {again.trouble}".strip()
            transcript = replace(transcript, hypotheses=tuple(hypotheses), trouble=trouble)
        return transcript

    def _trail(self) -> float:
        """Seconds that the quiet after a word, and the lead-in before it, add to its utterance."""
        return self._listening.patience + self._endpoint.settings.pre_roll

    @staticmethod
    def _heard(utterance: _Utterance, transcript: Transcript, at: float) -> Heard:
        return Heard(transcript, utterance.number, utterance.began, at, utterance.quiet_before)
