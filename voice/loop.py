"""Listen, decide, act: the only place where a decision becomes sound or a kept word."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from voice.assistant import in_between
from voice.assistant.assistant import Assistant
from voice.assistant.whom import Said
from voice.captions import Caption, of_stored, told
from voice.content import Content
from voice.content.steps import Turn
from voice.dialogue.state import Household, State
from voice.dialogue.voice_settings import delivery_in
from voice.edges.clock import AudioClock, Clock
from voice.edges.journal import Journal
from voice.errors import ConfigError, JournalError
from voice.language.visible import visible_lines
from voice.listening.turn_taking import Settled, TurnTaking, WaitFor
from voice.messages.actions import Action, Chime, Configure, Listen, Mute, Quit, Ring, Say, StopSpeaking, Storing
from voice.messages.delivery import ChimeName
from voice.messages.events import (
    ClockSet,
    Event,
    Key,
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
from voice.messages.meaning import Addressing, Match, NoMatch, Rejection
from voice.messages.recognition import KEYBOARD, Heard, Hypothesis, Listening, Mode, Voice
from voice.messages.records import TimerKind
from voice.nlu.understanding import Understanding
from voice.speaking.mouth import Mouth

NOT_FOR_US = (Rejection.UNCALLED, Rejection.SAME_BREATH)
WHILE_SPEAKING = Listening(Mode.SPEAKING, patience=0.4, longest=2.5)


class Settings(Protocol):
    """Who keeps the settings of the couple; see voice/composition.py. The loop calls it from its own thread alone."""

    def configure(self, wanted: Configure) -> tuple[Configure, Content, Household]:
        """Write settings down; returns what is known of them then, what can be said, and who lives here.

        Raises ConfigError or JournalError, with everything as it was.
        """


class Loop:
    """One evening. Every method is called from one thread, which is also the one that opened the journal.

    tell: takes captions. listen: takes how to listen, whenever that changes. Both are called from that thread.
    turns: decides which utterances are meant for Hearthside; None: all are.
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
        turns: TurnTaking | None = None,
        settings: Settings | None = None,
    ) -> None:
        self.assistant, self.understanding, self.journal = assistant, understanding, journal
        self.mouth, self.clock, self.tell, self._listen = mouth, clock, tell, listen
        self._turns, self._settings = turns or TurnTaking(None), settings
        self.state = State()
        self.records = journal.records()
        self.muted = self.over = False
        self._heard_private = False  # whether the last utterance was one of a session, or a line to be kept
        self._events: deque[Event] = deque()
        self._listening: Listening | None = None
        self._asked: tuple[object, Match | NoMatch] | None = None  # words in their moment, and what they meant

    # ---- what comes in

    def start(self) -> None:
        """The evening begins."""
        if self.journal.told:
            self.trouble(self.journal.told)
        self._handle(Started(self.clock.at()))

    def tick(self) -> None:
        """Time passes; call it at least once a second."""
        try:
            self.journal.copy(self.clock.now())
        except JournalError as error:
            self.trouble(error.line())
        if self._turns.hush.goes_on(self.clock.at()):
            self.mouth.go_on()
        self._handle(Tick(self.clock.at()))

    def voices(self, *, over: bool = False) -> None:
        """Somebody began to speak. over: surely, while Hearthside speaks; in a crisis it speaks on."""
        at = self.clock.at()
        self._turns.hush.voices(at)
        may_hush = over and self.state.speaking and not self.state.care
        if may_hush and self._turns.hush.begin(at, self.state.listening.mode):
            self.mouth.pause()
        self._handle(SpeechStarted(at))

    def press(self, key: Key) -> None:
        """A key was pressed."""
        self._handle(KeyPressed(key, self.clock.at()))

    def trouble(self, line: str) -> None:
        """Something went wrong outside; the evening goes on."""
        self.tell(Caption("error", self.clock.at(), {"text": line}))

    def want(self, match: Match) -> None:
        """A wish that needs no words, from the command line."""
        self._handle(Understood(match, self.clock.at(), typed=True))

    def typed(self, text: str, addressing: Addressing = Addressing.ADDRESSED) -> None:
        """Somebody typed a line: it is meant for Hearthside, unless it stands for something overheard."""
        typed = (Hypothesis(text, KEYBOARD),)
        mode, at = self.state.listening.mode, self.clock.at()
        verdict = self._turns.verdict_on(typed, mode, at, addressing, self._understand)
        self._take(verdict, addressing)

    def hear(self, heard: Heard) -> Settled | WaitFor:
        """An utterance, acted on once: early when it is a sentence that nobody is going on with."""
        if heard.transcript.trouble:
            self.trouble(heard.transcript.trouble)
        if self._turns.is_past(heard.number):
            return Settled()
        mode = self.listening.mode
        verdict, addressing = self._turns.verdict(heard, mode, self._understand)
        if isinstance(verdict, NoMatch) and self._turns.hush.allows(self.state.listening.mode):
            wish = self._turns.verdict(heard, self.state.listening.mode, self._understand)
            if isinstance(wish[0], Match) and not self._turns.has_said(wish[0].text):
                verdict, addressing = wish
        answer = self._turns.settle(heard, verdict, mode)
        if isinstance(answer, WaitFor):
            if isinstance(verdict, Match) and self._turns.is_to_prepare(heard, verdict):
                self._prepare(verdict, heard.transcript.voice)
        elif heard.transcript.hypotheses:
            self._take(verdict, addressing, heard)
        return answer

    def _prepare(self, match: Match, voice: Voice | None) -> None:
        """Have the mouth render what would be answered first; nothing is decided, nothing is heard or kept."""
        state, at = self.state, self.clock.at()
        events: deque[Event] = deque([Understood(match, at, voice=voice)])
        while events:
            decided = self.assistant.decide(state, events.popleft(), self.records, self.clock.now())
            state = decided.state
            for action in decided.actions:
                if isinstance(action, Say):
                    self.mouth.prepare(action)
                    return
                if isinstance(action, Storing):
                    events.append(StoreSucceeded(action, at))

    def _understand(self, readings: Sequence[Hypothesis], mode: Mode, addressing: Addressing) -> Match | NoMatch:
        timers = tuple(timer.name for timer in self.records.timers)
        asked = tuple(readings), mode, addressing, timers, self.state
        if self._asked and self._asked[0] == asked:
            return self._asked[1]  # the same words again, after more quiet

        def understand(readings: Sequence[Hypothesis], mode: Mode, addressing: Addressing) -> Match | NoMatch:
            return self.understanding.understand(readings, mode, timers=timers, addressing=addressing)

        said = Said(readings, mode, addressing)
        meant = in_between.understood(said, self.state, self.assistant.manners, understand)
        if isinstance(meant, Match) and not self.assistant.has_use_for(meant, addressing, self.records):
            meant = NoMatch(meant.text, Rejection.NO_COMMAND)
        self._asked = asked, meant
        return meant

    def _take(self, verdict: Match | NoMatch, addressing: Addressing, heard: Heard | None = None) -> None:
        """Act on what was meant. heard: the utterance; None where it was typed."""
        at, self._asked = self.clock.at(), None
        self._turns.conclude(verdict, at)
        mode = self.listening.mode
        self._heard_private = self.state.walk is not None or mode in (Mode.TURN, Mode.WORDS)
        for caption in told(verdict, at, mode):
            self.tell(replace(caption, private=self._heard_private))
        if isinstance(verdict, Match):
            is_addressed = addressing is Addressing.ADDRESSED
            voice = heard.transcript.voice if heard else None
            self._handle(Understood(verdict, at, is_addressed and heard is None, is_addressed, voice))
        elif mode is Mode.TURN:
            wish = verdict.guesses if verdict.missing else ()  # such as a timer without its length
            self._handle(NotUnderstood(NoMatch("", verdict.why, missing=verdict.missing, guesses=wish), at))
        elif verdict.why is Rejection.CALLED:
            self._act(Chime(ChimeName.HELLO))
        elif verdict.why not in NOT_FOR_US and not (heard and self._turns.overlaps(heard, mode)):
            self._handle(NotUnderstood(verdict, at, addressing))

    # ---- how it listens

    @property
    def listening(self) -> Listening:
        """What the ears expect now."""
        wanted = self.state.listening
        if self.state.speaking:
            longest = wanted.longest if self._turns.hush.is_on else WHILE_SPEAKING.longest
            return replace(WHILE_SPEAKING, own_words=self._turns.own_words, longest=longest)
        return Listening(wanted.mode, (), wanted.patience, wanted.longest, voice_seconds=wanted.voice_seconds)

    @property
    def waits_for_people(self) -> bool:
        """False while it speaks, breathes with them or is quiet by itself: time alone brings it on."""
        walk = self.state.walk
        if self.state.speaking:
            return False
        if walk is None or self.state.awaited or walk.stopped_at is not None:
            return True
        return isinstance(walk.current, Turn)

    # ---- decide and act

    def _handle(self, event: Event) -> None:
        if seconds := self.clock.set_by():
            self.tell(Caption("clock", self.clock.at(), {"set_by": round(seconds, 1)}))
            self._events.append(ClockSet(seconds, self.clock.at()))
        self._events.append(event)
        while self._events:
            decided = self.assistant.decide(self.state, self._events.popleft(), self.records, self.clock.now())
            self.state = decided.state
            for action in decided.actions:
                self._act(action)
            if not self._events and self.state.speaking and self.mouth.finished(self.clock.at()):
                self.mouth.go_on()  # there was nothing left when it was kept from it
                self._turns.fall_silent(self.clock.at())
                self._events.append(PlaybackFinished(self.clock.at()))
        self._listen_as_decided()

    def _listen_as_decided(self) -> None:
        """Let the ears know how to listen now, and the captions unless only the words of Hearthside changed."""
        before, self._listening = self._listening, self.listening
        if self._listening == before:
            return
        if before is None or replace(before, own_words=self._listening.own_words) != self._listening:
            self.tell(Caption("listening", self.clock.at(), {"mode": str(self._listening.mode)}))
        self._listen(self._listening)

    def _act(self, action: Action) -> None:
        at = self.clock.at()
        match action:
            case Say():
                action = replace(action, text=visible_lines(action.text))
                self._turns.say(action.text, at, is_silent=self.mouth.finished(at))
                is_private = action.quotes and (self._heard_private or self.state.walk is not None)
                self.tell(Caption("said", at, {"text": action.text}, is_private))
                self.mouth.say(action)
            case Chime():
                self.tell(Caption("chime", at, {"name": action.name}))
                self.mouth.chime(action)
            case StopSpeaking():
                self._turns.fall_silent(at)
                self.mouth.hush()
            case Ring():
                name = ChimeName.RING if action.timer.kind in (TimerKind.TIMER, TimerKind.ALARM) else ChimeName.TIME
                self.tell(Caption("timer", at, {"name": action.timer.name, "state": "ringing"}))
                self.mouth.chime(Chime(name, volume=delivery_in(self.records.settings).volume))
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
            stored = self._configure(action) if isinstance(action, Configure) else self.journal.store(action)
            self.records = self.journal.records()
        except (ConfigError, JournalError) as error:
            self.trouble(error.line())
            self._events.append(StoreFailed(action, error.line(), at))
            return
        if caption := of_stored(stored, at, is_new=stored != action):
            self.tell(caption)
        self._events.append(StoreSucceeded(stored, at))

    def _configure(self, wanted: Configure) -> Configure:
        assert self._settings, "a loop without settings has nobody who asks for others"
        known, content, manners = self._settings.configure(wanted)
        self.assistant = self.assistant.living_with(content, manners)
        return known
