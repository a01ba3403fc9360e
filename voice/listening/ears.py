"""Turns frames into utterances and utterances into words."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

from voice.edges.recognizer import Recognizer
from voice.edges.voice_activity import VoiceActivity
from voice.listening.echo import ECHO, OwnVoice
from voice.listening.echo_canceller import Cancelled, EchoCanceller
from voice.listening.endpoint import Began, Cut, Ended, Endpoint, Paused, TooLong, frames_in
from voice.listening.second_pass import SecondPass
from voice.messages.recognition import BETWEEN_LOOKS, WAIT_DEFAULT, Heard, Listening, Mode, Need, Transcript
from voice.messages.sound import FRAME_SECONDS, Frame
from voice.messages.word_graph import WordGraph
from voice.nlu.index.pack_index import PackIndex

REMEMBERED = 32  # frames kept back, of which an utterance takes its lead-in: about a second
SIGN_OF_LIFE = 1.0  # seconds between two reports that somebody is still speaking
SURE = 0.7  # probability of speech in a frame from which on somebody else surely speaks
SURELY, OF = 6, 8  # how many of the latest frames those must be for Hearthside to be spoken over
FAINT = 0.1  # of the energy of an utterance, and less, may be what is left of our own voice when it is taken out
KNOWN = 10  # frames since our own voice is known in this playing, in which more of it may be left


@dataclass(frozen=True, slots=True)
class Onset:
    """Somebody began to speak, or speaks on."""

    at: float
    """Seconds of audio."""
    over: bool = False
    """Hearthside is surely spoken over: it is speaking, and this is not its own voice."""


@dataclass(slots=True)
class _Utterance:
    """The utterance under way."""

    number: int
    """Counts the utterances, from 1."""
    began: float
    """Seconds of audio, when its first word began or a little later."""
    quiet_before: float
    """Seconds without speech before it."""
    reported: float
    """Seconds of audio, when an Onset of it was reported last."""
    private: bool = False
    """It is too long for a hand-over word, so nobody is to read it."""
    shown: bool = False
    """What was read at this pause has been reported."""
    patience: float = 0.0
    """Seconds of quiet that this pause is given, when that is more than usual."""
    heard: float = 0.0
    """The energy of the frames in which our own voice can be."""
    energy: float = 0.0
    """Of the frames of which is known how much our own voice has to do with them."""
    theirs: float = 0.0
    """What of it is not our own voice."""
    jumped: bool = False
    """What was played and what was heard went out of step in it."""
    over: bool = False
    """An Onset has told that Hearthside is spoken over by it."""

    def take(self, cancelled: Cancelled) -> None:
        """One more frame of it."""
        self.jumped |= cancelled.jumped
        self.heard += cancelled.heard
        self.energy += cancelled.energy
        self.theirs += cancelled.theirs

    @property
    def own(self) -> float | None:
        """As Heard.own."""
        return 1 - min(1.0, self.theirs / self.energy) if self.energy else None

    @property
    def is_faint(self) -> bool:
        """As Heard.is_faint."""
        return self.jumped or (bool(self.energy) and self.theirs < FAINT * self.heard)


class Ears:
    """Voice activity, endpoint and recognizers, frame by frame.

    Used from one thread, that of the ears. `listen`, `learn`, `extend` and `settle` may be called from another one:
    each sets one value that the next frame is heard with.
    pack: what can be said in each mode, for recognizers that need to know; None: anything.
    second_pass: rescores what is in doubt, and knows where it matters who speaks; None: nothing is, and nowhere.
    """

    def __init__(
        self,
        recognizer: Recognizer,
        activity: VoiceActivity,
        pack: PackIndex | None = None,
        second_pass: SecondPass | None = None,
    ) -> None:
        self._recognizer, self._activity, self._pack, self._second_pass = recognizer, activity, pack, second_pass
        self._endpoint = Endpoint()
        self._latest: deque[Cancelled] = deque(maxlen=REMEMBERED)
        self._listening = Listening(Mode.IDLE)
        self._own_voice, self._is_speaking, self._speaks_since = OwnVoice(), False, 0.0
        self._known = 0  # frames in a row of which is known how much our own voice has to do with them
        self._theirs: deque[bool] = deque(maxlen=OF)  # whether somebody else spoke in each of the latest frames
        self.canceller = EchoCanceller()
        """Is to be told of all that is played."""
        self._utterance: _Utterance | None = None
        self._count = self._settled = 0

    def listen(self, listening: Listening) -> None:
        """Listen like this: its patience from now on, what can be said in its mode from the next utterance on."""
        self._listening = self._with_sentences(listening)

    @property
    def needs(self) -> frozenset[Need]:
        """The forms in which the recognizers take what can be said; may be asked from another thread."""
        return self._recognizer.needs

    def learn(self, mode: Mode, graph: WordGraph) -> None:
        """Make the recognizers ready for what can be said in a mode."""
        self._recognizer.learn(mode, graph)

    def extend(self, number: int, seconds: float) -> None:
        """Give that utterance so much quiet to go on, when that is more than the patience."""
        utterance = self._utterance
        if utterance and utterance.number == number:
            utterance.patience = seconds

    def settle(self, number: int) -> None:
        """Take note that this utterance is settled, maybe before its end: sound from now on belongs to another one."""
        self._settled = number

    def reset(self) -> None:
        """Forget the utterance that is being heard: the microphone was closed."""
        self._recognizer.discard()
        self._endpoint.reset()
        self._activity.reset()
        self.canceller.reset()
        self._utterance = None

    def read(self, pcm: bytes) -> Transcript:
        """The transcript of these sounds as one utterance, however long its pauses. pcm: 16-bit mono, RATE."""
        self._recognizer.listen(self._listening)
        self._recognizer.accept(pcm)
        return self._rescored(self._recognizer.finish())

    def hear(self, frame: Frame) -> Iterator[Onset | Heard]:
        """The reports that this frame brings; mostly none."""
        listening = self._listening
        self._follow_own_voice(listening, frame.at)
        cancelled = self._without_own_voice(frame)
        self._latest.append(cancelled)
        if self._utterance and self._utterance.number <= self._settled:
            self._recognizer.discard()
            self._endpoint.end()
            self._utterance = None
        # In a partner's turn a long utterance is not cut into pieces short enough to be read: it is thrown away whole.
        longest = float("inf") if listening.mode is Mode.TURN else listening.longest
        patience = max(listening.patience, self._utterance.patience if self._utterance else 0.0)
        probability = self._activity.probability(cancelled.frame)  # of each frame, also of one that is our own
        probability = 0.0 if cancelled.is_own else probability
        self._known = self._known + 1 if cancelled.energy else 0
        self._theirs.append(self._known > KNOWN and probability >= SURE)
        cut = self._endpoint.push(probability, patience, longest)
        at = frame.at + FRAME_SECONDS
        if isinstance(cut, Began):
            yield from self._begin(cut, at)
        elif self._utterance:
            yield from self._go_on(self._utterance, cancelled, cut, at)

    def _without_own_voice(self, frame: Frame) -> Cancelled:
        """The frame without what we say; bells stay in it, for nobody takes them for words."""
        cancelled = self.canceller.cancel(frame)  # also where it is not used: it learns
        says_something = self._is_speaking or frame.at < self._own_voice.until + ECHO
        return cancelled if says_something else Cancelled(frame)

    def _begin(self, began: Began, at: float) -> Iterator[Onset]:
        self._count += 1
        since = at - began.lead_in * FRAME_SECONDS + self._endpoint.settings.pre_roll
        utterance = self._utterance = _Utterance(self._count, since, began.quiet_before, reported=at)
        self._recognizer.listen(self._listening)
        pre_roll = frames_in(self._endpoint.settings.pre_roll)
        for number, cancelled in enumerate(list(self._latest)[-began.lead_in :]):
            self._recognizer.accept(cancelled.frame.pcm)
            if number >= pre_roll:
                utterance.take(cancelled)
        yield Onset(at)

    def _go_on(
        self, utterance: _Utterance, cancelled: Cancelled, cut: Cut | None, at: float
    ) -> Iterator[Onset | Heard]:
        if at - utterance.reported >= SIGN_OF_LIFE:
            utterance.reported = at
            yield Onset(at)
        if self._is_over_us(utterance):
            utterance.over = True
            yield Onset(at, over=True)
        utterance.take(cancelled)
        if not utterance.private:
            self._recognizer.accept(cancelled.frame.pcm)
            if self._listening.mode is Mode.TURN and at - utterance.began > self._listening.longest + self._trail():
                utterance.private = True
                self._recognizer.discard()
        if isinstance(cut, Ended | TooLong):
            self._utterance = None
            if not utterance.private:
                transcript = self._with_voice(self._rescored(self._recognizer.finish(), utterance), utterance)
                yield self._heard(utterance, transcript, at)
        elif not utterance.private:
            yield from self._look(utterance, cut, at)

    def _look(self, utterance: _Utterance, cut: Cut | None, at: float) -> Iterator[Heard]:
        """Begin to read at the first look of a pause, and report what was read when it is there and at each later look.

        Nothing is acted on but at moments that the audio alone decides, so a report between two looks settles nothing.
        What is read at the end was begun at the last look.
        """
        if not self._endpoint.quiet:
            utterance.shown, utterance.patience = False, 0.0
            self._recognizer.went_on()
        elif isinstance(cut, Paused):
            if cut.look:
                utterance.shown = True
                transcript = self._rescored(self._recognizer.early(), utterance, self._endpoint.quiet)
                is_line = self._listening.mode is Mode.WORDS  # where nothing is acted on before the end
                transcript = self._with_voice(transcript, utterance, is_awaited=not is_line)
                yield self._heard(utterance, transcript, at, self._endpoint.quiet)
            if cut.look in (0, len(self._endpoint.settings.looks) - 1):
                self._recognizer.glance()
        elif self._recognizer.glanced and not utterance.shown:
            utterance.shown = True
            transcript = self._with_voice(self._recognizer.early(), utterance, is_awaited=False)
            yield self._heard(utterance, transcript, at, BETWEEN_LOOKS)

    def _rescored(
        self, transcript: Transcript, utterance: _Utterance | None = None, quiet: float = WAIT_DEFAULT
    ) -> Transcript:
        if self._second_pass is None:
            return transcript
        return self._second_pass.rescore(transcript, self._listening.mode, self._own_words(utterance), quiet=quiet)

    def _with_voice(self, transcript: Transcript, utterance: _Utterance, *, is_awaited: bool = True) -> Transcript:
        """With the voice of its speaker, where it matters who said it and nothing else speaks in it.

        is_awaited: whether the voice is waited for; else only begin to find it out.
        """
        if self._second_pass is None or not self._listening.voice_seconds or self._overlaps(utterance):
            return transcript
        if not self._second_pass.wants_voice(transcript, self._listening.mode):
            return transcript
        self._recognizer.begin_voice()
        return replace(transcript, voice=self._recognizer.voice()) if is_awaited else transcript

    def _own_words(self, utterance: _Utterance | None) -> str:
        """What Hearthside said that may be in an utterance; "" where the sound tells whose words they are."""
        by_words = utterance and (utterance.own is None or utterance.is_faint) and self._overlaps(utterance)
        return self._own_voice.words if by_words else ""

    def _is_over_us(self, utterance: _Utterance) -> bool:
        """Whether it is now known that somebody began to speak while Hearthside speaks."""
        began_over_us = self._is_speaking and utterance.began > self._speaks_since
        return began_over_us and not utterance.over and sum(self._theirs) >= SURELY

    def _overlaps(self, utterance: _Utterance) -> bool:
        """Whether Hearthside spoke when an utterance began."""
        return self._own_voice.overlaps(utterance.began, is_speaking=self._is_speaking)

    def _follow_own_voice(self, listening: Listening, at: float) -> None:
        """Take note of what Hearthside says, and until when. at: seconds of audio."""
        was_speaking, self._is_speaking = self._is_speaking, listening.mode is Mode.SPEAKING
        if self._is_speaking:
            self._own_voice = replace(self._own_voice, words=listening.own_words)
            self._speaks_since = self._speaks_since if was_speaking else at
        elif was_speaking:
            self._own_voice = replace(self._own_voice, until=at)

    def _with_sentences(self, listening: Listening) -> Listening:
        """With what can be said, in the forms that the recognizers need."""
        if self._pack is None:
            return listening
        mode, needs = listening.mode, self._recognizer.needs
        sentences = self._pack.engine_grammar(mode) if Need.GRAMMAR in needs else ()
        return replace(listening, sentences=sentences, graph=self._pack.graph(mode) if Need.GRAPH in needs else None)

    def _trail(self) -> float:
        """Seconds that the quiet after a word, and the lead-in before it, add to its utterance."""
        return self._listening.patience + self._endpoint.settings.pre_roll

    @staticmethod
    def _heard(utterance: _Utterance, transcript: Transcript, at: float, quiet: float = WAIT_DEFAULT) -> Heard:
        began, before, own = utterance.began, utterance.quiet_before, utterance.own
        return Heard(transcript, utterance.number, began, at, before, quiet, own, utterance.is_faint)
