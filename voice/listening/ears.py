"""Turns frames into utterances and utterances into words."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from voice.edges.recognizer import Recognizer
from voice.edges.voice_activity import VoiceActivity
from voice.listening.endpoint import Began, Cut, Ended, Endpoint, Paused, TooLong
from voice.messages.recognition import WAIT_DEFAULT, Heard, Hypothesis, Listening, Mode, Transcript
from voice.messages.sound import FRAME_SECONDS, Frame
from voice.messages.word_graph import Shortlist, WordGraph

REMEMBERED = 32  # frames kept back, of which an utterance takes its lead-in: about a second
SIGN_OF_LIFE = 1.0  # seconds between two reports that somebody is still speaking


@dataclass(frozen=True, slots=True)
class Onset:
    """Somebody began to speak, or speaks on. at: seconds of audio."""

    at: float


@dataclass(slots=True)
class _Utterance:
    """The utterance under way.

    private: it is too long for a hand-over word, so nobody is to read it. shown: what was read at this pause has been
    reported. patience: seconds of quiet that this pause is given, when that is more than usual.
    """

    number: int
    began: float
    quiet_before: float
    reported: float
    private: bool = False
    shown: bool = False
    patience: float = 0.0


class Ears:
    """Voice activity, endpoint and recognizers, frame by frame; used from one thread but for `listen`, `learn`, `wait`.

    in_doubt: finds what a hearing may have meant that is near something that can be said now but not clear: then the
    sound is worth a closer look. None when it is not.
    """

    def __init__(
        self,
        recognizer: Recognizer,
        activity: VoiceActivity,
        in_doubt: Callable[[Sequence[Hypothesis], Mode], Callable[[], Shortlist] | None] = lambda *_: None,
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

    def learn(self, mode: Mode, graph: WordGraph) -> None:
        """Make the recognizers ready for what can be said in a mode; may be called from another thread."""
        self._recognizer.learn(mode, graph)

    def wait(self, number: int, seconds: float) -> None:
        """Give that utterance so much quiet to go on, when that is more than the patience.

        0: it was acted on before it was over, and what is heard from now on is another one.
        """
        utterance = self._utterance
        if not seconds:
            self._settled = number
        elif utterance and utterance.number == number:
            utterance.patience = seconds

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
        return self._with_sayable(self._recognizer.finish())

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
        patience = max(listening.patience, self._utterance.patience if self._utterance else 0.0)
        cut = self._endpoint.push(self._activity.probability(frame), patience, longest)
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
        if isinstance(cut, Ended | TooLong):
            self._utterance = None
            if not utterance.private:
                yield self._heard(utterance, self._with_sayable(self._recognizer.finish()), at)
        elif not utterance.private:
            yield from self._look(utterance, cut, at)

    def _look(self, utterance: _Utterance, cut: Cut | None, at: float) -> Iterator[Heard]:
        """Begin to read at the first look of a pause, and report what was read when it is there and at each later look.

        A report between two looks tells no quiet: nothing is acted on but at moments that the audio alone decides.
        What is read at the end was begun at the last look.
        """
        if not self._endpoint.quiet:
            utterance.shown, utterance.patience = False, 0.0
            self._recognizer.went_on()
        elif isinstance(cut, Paused):
            if cut.look:
                utterance.shown = True
                yield self._heard(utterance, self._with_sayable(self._recognizer.early()), at, self._endpoint.quiet)
            if cut.look in (0, len(self._endpoint.settings.looks) - 1):
                self._recognizer.glance()
        elif self._recognizer.glanced and not utterance.shown:
            utterance.shown = True
            yield self._heard(utterance, self._recognizer.early(), at, 0.0)

    def _with_sayable(self, transcript: Transcript) -> Transcript:
        """The same, in doubt with what can be said that is likeliest, all scores on one scale."""
        near = self._in_doubt(transcript.hypotheses, self._listening.mode)
        if near is None:
            return transcript
        likely = self._recognizer.sayable(near)
        read = {(each.engine, each.text): each for each in likely.hypotheses if not each.sayable}
        heard = (read.get((each.engine, each.text), each) for each in transcript.hypotheses)
        sayable = (each for each in likely.hypotheses if each.sayable)
        trouble = f"{transcript.trouble} {likely.trouble}".strip()
        return replace(transcript, hypotheses=(*heard, *sayable), trouble=trouble)

    def _trail(self) -> float:
        """Seconds that the quiet after a word, and the lead-in before it, add to its utterance."""
        return self._listening.patience + self._endpoint.settings.pre_roll

    @staticmethod
    def _heard(utterance: _Utterance, transcript: Transcript, at: float, quiet: float = WAIT_DEFAULT) -> Heard:
        return Heard(transcript, utterance.number, utterance.began, at, utterance.quiet_before, quiet)
