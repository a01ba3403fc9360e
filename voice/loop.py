"""Listen, decide, act: the only place where a decision becomes sound or a kept word."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Protocol

from voice.assistant.assistant import Assistant
from voice.captions import Caption, of_stored, told
from voice.dialogue.state import State
from voice.edges.clock import AudioClock, Clock
from voice.edges.journal import Journal
from voice.errors import JournalError
from voice.listening.echo import without_own_words
from voice.listening.wake_phrase import Attention
from voice.messages.actions import Action, Chime, Listen, Mute, Quit, Ring, Say, StopSpeaking, Storing
from voice.messages.events import (
    Event,
    KeyPressed,
    NotUnderstood,
    PlaybackFinished,
    SpeechStarted,
    Started,
    StoreFailed,
    StoreSucceeded,
    Tick,
    Understood,
)
from voice.messages.meaning import Match, NoMatch, Rejection
from voice.messages.recognition import Heard, Hypothesis, Listening, Mode
from voice.nlu.understanding import Understanding

PAUSE_BEFORE_A_HAND_OVER = 0.3  # seconds of quiet before a word counts in a partner's turn
OVERLAP = 0.2  # seconds before the end of our sentence in which an answer to it may begin; people are that quick
ECHO = 3.0  # seconds for which the room and the ears may still be busy with what was said, or cut short
WHILE_SPEAKING = Listening(Mode.SPEAKING, patience=0.4, longest=2.5)


class Mouth(Protocol):
    """What makes the sounds; see voice/speaking/mouth.py."""

    def say(self, say: Say) -> None:
        """Say this after what is already to be said."""

    def prepare(self, say: Say) -> None:
        """This may soon have to be said: be ready to begin at once."""

    def chime(self, chime: Chime) -> None:
        """Play this after what is already to be said."""

    def hush(self) -> None:
        """Be silent at once."""

    def finished(self, at: float) -> bool:
        """Whether all has been said."""


class Loop:
    """One evening. Every method is called from one thread.

    tell: takes what happened, for captions. listen: takes how to listen, whenever that changes.
    attention: knows who means us; None: everybody does.
    """

    def __init__(
        self,
        assistant: Assistant,
        understanding: Understanding,
        journal: Journal,
        mouth: Mouth,
        clock: Clock | AudioClock,
        tell: Callable[[Caption], None],
        listen: Callable[[Listening], None] = lambda listening: None,
        attention: Attention | None = None,
    ) -> None:
        self.assistant, self.understanding, self.journal = assistant, understanding, journal
        self.mouth, self.clock, self.tell, self._listen = mouth, clock, tell, listen
        self._attention = attention
        self.state = State()
        self.records = journal.records()
        self.muted = self.over = False
        self._events: deque[Event] = deque()
        self._settled = 0  # the number of the utterance that was acted on
        self._spoken = ""  # what was said last, to know its echo
        self._spoken_until = float("-inf")
        self._listening: Listening | None = None
        self._prepared: tuple[int, Match] | None = None  # the utterance whose answer was rendered last

    # ---- what comes in

    def start(self) -> None:
        """The evening begins."""
        self._handle(Started(self.clock.at()))

    def tick(self) -> None:
        """Time passes; call it at least once a second."""
        self._handle(Tick(self.clock.at()))

    def voices(self) -> None:
        """Somebody began to speak."""
        self._handle(SpeechStarted(self.clock.at()))

    def press(self, key: str) -> None:
        """A key was pressed."""
        self._handle(KeyPressed(key, self.clock.at()))

    def trouble(self, line: str) -> None:
        """Something went wrong outside; the evening goes on."""
        self.tell(Caption("error", self.clock.at(), {"text": line}))

    def want(self, match: Match) -> None:
        """A wish that needs no words, from the command line."""
        self._handle(Understood(match, self.clock.at()))

    def typed(self, text: str) -> None:
        """Somebody typed a line; it means what it would mean when spoken."""
        typed = (Hypothesis(text, "keyboard"),)
        self._take(self._understand(typed, self.state.listening.mode, self.clock.at()))

    def hear(self, heard: Heard) -> float:
        """An utterance, acted on once: early when it is a sentence that nobody is going on with.

        Returns how many seconds of quiet it is worth waiting for; 0: it is settled.
        """
        if heard.transcript.trouble:
            self.trouble(heard.transcript.trouble)
        if heard.number <= self._settled:
            return 0.0
        verdict = self._verdict(heard)
        matched = isinstance(verdict, Match)
        if not heard.transcript.final and not (matched and heard.quiet >= verdict.wait):
            if isinstance(verdict, Match):
                self._prepare(heard.number, verdict)
            return verdict.wait
        self._settled = heard.number
        if heard.transcript.hypotheses:
            self._take(verdict, overlapping=self._overlaps(heard))
        return 0.0

    def _prepare(self, number: int, match: Match) -> None:
        """Have the mouth render what would be answered first; nothing is decided, nothing is heard or kept."""
        if self._prepared == (number, match):
            return
        self._prepared = number, match
        state, at = self.state, self.clock.at()
        events: deque[Event] = deque([Understood(match, at)])
        while events:
            decided = self.assistant.decide(state, events.popleft(), self.records, self.clock.now())
            state = decided.state
            for action in decided.actions:
                if isinstance(action, Say):
                    self.mouth.prepare(action)
                    return
                if isinstance(action, Storing):
                    events.append(StoreSucceeded(action, at))

    def _overlaps(self, heard: Heard) -> bool:
        """Whether it began while Hearthside was speaking, so that its own voice may be in it."""
        return self.state.speaking or heard.began < self._spoken_until - OVERLAP

    def _verdict(self, heard: Heard) -> Match | NoMatch:
        mode = self.listening.mode
        hypotheses = heard.transcript.hypotheses
        if self._overlaps(heard):
            own = tuple(without_own_words(each, self._spoken) for each in hypotheses)
            hypotheses = tuple(each for each in own if each.text)
            if not hypotheses:
                return NoMatch(heard.transcript.text, Rejection.OWN_VOICE)
        verdict = self._understand(hypotheses, mode, heard.began)
        in_flow = mode is Mode.TURN and heard.quiet_before < PAUSE_BEFORE_A_HAND_OVER
        if in_flow and not (isinstance(verdict, Match) and verdict.care):
            return NoMatch("", Rejection.NO_PAUSE)
        return verdict

    def _understand(self, hypotheses: tuple[Hypothesis, ...], mode: Mode, began: float) -> Match | NoMatch:
        timers = tuple(timer.name for timer in self.records.timers)

        def understand(readings: Sequence[Hypothesis]) -> Match | NoMatch:
            return self.understanding.understand(readings, mode, timers=timers)

        if self._attention:
            return self._attention.verdict(hypotheses, mode, began, understand)
        return understand(hypotheses)

    def _take(self, verdict: Match | NoMatch, *, overlapping: bool = False) -> None:
        at = self.clock.at()
        if self._attention:
            self._attention.settled(verdict, at)
        mode = self.listening.mode
        for caption in told(verdict, at, mode):
            self.tell(caption)
        if isinstance(verdict, Match):
            self._handle(Understood(verdict, at))
        elif mode is Mode.TURN:
            self._handle(NotUnderstood(NoMatch("", verdict.why), at))  # not remembered either
        elif verdict.why is Rejection.CALLED:
            self._act(Chime("hello"))
        elif not overlapping and verdict.why is not Rejection.UNCALLED:
            self._handle(NotUnderstood(verdict, at))

    # ---- how it listens

    @property
    def listening(self) -> Listening:
        """What the ears expect now."""
        if self.state.speaking:
            return WHILE_SPEAKING
        wanted = self.state.listening
        return Listening(wanted.mode, (), wanted.patience, wanted.longest)

    @property
    def waits_for_people(self) -> bool:
        """False while it speaks, breathes with them or is quiet by itself: time alone brings it on."""
        walk = self.state.walk
        if self.state.speaking:
            return False
        if walk is None or self.state.awaited or walk.stopped_at is not None:
            return True
        return walk.current is not None and walk.current.kind == "turn"

    # ---- decide and act

    def _handle(self, event: Event) -> None:
        self._events.append(event)
        while self._events:
            decided = self.assistant.decide(self.state, self._events.popleft(), self.records, self.clock.now())
            self.state = decided.state
            for action in decided.actions:
                self._act(action)
            if not self._events and self.state.speaking and self.mouth.finished(self.clock.at()):
                self._spoken_until = self.clock.at()
                self._events.append(PlaybackFinished(self.clock.at()))
        if self.listening != self._listening:
            self._listening = self.listening
            self.tell(Caption("listening", self.clock.at(), {"mode": str(self.listening.mode)}))
            self._listen(self.listening)

    def _act(self, action: Action) -> None:
        at = self.clock.at()
        match action:
            case Say():
                fresh = self.mouth.finished(at) and at > self._spoken_until + ECHO
                self._spoken = action.text if fresh else f"{self._spoken} {action.text}"
                self.tell(Caption("said", at, {"text": action.text}))
                self.mouth.say(action)
            case Chime():
                self.tell(Caption("chime", at, {"name": action.name}))
                self.mouth.chime(action)
            case StopSpeaking():
                self._spoken_until = at
                self.mouth.hush()
            case Ring():
                name = "ring" if action.timer.kind == "timer" else "time"
                self.tell(Caption("timer", at, {"name": action.timer.name, "state": "ringing"}))
                self.mouth.chime(Chime(name))
            case Mute():
                self.muted = True
            case Quit():
                self.over = True
            case Listen():
                pass  # the state says it too; the ears are told when all is done
            case _:
                self._store(action)

    def _store(self, action: Storing) -> None:
        at = self.clock.at()
        try:
            stored = self.journal.store(action)
            self.records = self.journal.records()
        except JournalError as error:
            self.trouble(error.line())
            self._events.append(StoreFailed(action, error.line(), at))
            return
        if caption := of_stored(stored, at, is_new=stored != action):
            self.tell(caption)
        self._events.append(StoreSucceeded(stored, at))
