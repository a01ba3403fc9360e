"""One decision being made: the state as it changes, and the actions as they are collected."""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from voice.content import Content
from voice.dialogue.state import Household, State
from voice.language.calendar import here
from voice.language.text import fill
from voice.messages.actions import Action, Chime, Listen, Say, StopSpeaking
from voice.messages.recognition import Mode
from voice.messages.records import Records

LONGEST_HAND_OVER = 2.0  # seconds; what is longer in a partner's turn is thrown away unread
LINE_PATIENCE = 2.0  # seconds of quiet that end a dictated line
LONGEST_LINE = 30.0  # seconds
REACTION = 20.0  # seconds after a reminder in which a mere "thanks" or "later" is about it


class Decision:
    """Lives for one event. at: seconds of the session. now: local wall clock. shuffle: the evening's seed."""

    def __init__(
        self,
        state: State,
        content: Content,
        manners: Household,
        records: Records,
        at: float,
        now: datetime,
        shuffle: int,
    ) -> None:
        self.content, self.manners, self.records = content, manners, records
        self.at, self.now = at, now
        self.state = state
        self.actions: list[Action] = []
        self._shuffle = shuffle
        self._random: random.Random | None = None
        self._softly = False

    @property
    def random(self) -> random.Random:
        """The chance of this decision; those that need none, such as most ticks, do not count."""
        if self._random is None:
            self.change(decisions=self.state.decisions + 1)
            self._random = random.Random(f"{self._shuffle} {self.state.decisions}")
        return self._random

    def change(self, **fields: object) -> None:
        """Replace fields of the state."""
        self.state = replace(self.state, **fields)  # type: ignore[arg-type]

    def act(self, action: Action) -> None:
        """Collect an action."""
        self.actions.append(action)

    @property
    def register(self) -> str:
        """ "bedtime" inside a script of that register and for what is said softly, else "dinner"."""
        if self._softly:
            return "bedtime"
        return self.state.walk.script.register if self.state.walk else "dinner"

    def soften(self) -> None:
        """From now on say and chime as at bedtime."""
        self._softly = True

    @property
    def here(self) -> datetime:
        """Now, by the clock on the wall with all its rules: for what is to come on another day."""
        return here(self.now, self.manners.zone)

    def wording(self, key: str, wordings: tuple[str, ...]) -> str:
        """One of the wordings, never the same twice in a row."""
        last = self.state.used.get(key)
        choices = [number for number in range(len(wordings)) if number != last] or [0]
        chosen = self.random.choice(choices)
        self.change(used={**self.state.used, key: chosen})
        return wordings[chosen]

    def say(self, key: str, **words: str) -> None:
        """Say one of the wordings of a reply, its placeholders filled in."""
        self.say_text(self._reply(key, words))

    def say_softly(self, key: str, **words: str) -> None:
        """The same in the voice of bedtime."""
        self.say_text(self._reply(key, words), softly=True)

    def _reply(self, key: str, words: Mapping[str, str]) -> str:
        softer = self.content.softer_replies.get(key) if self.register == "bedtime" else None
        wording = self.wording(f"{key} at bedtime", softer) if softer else self.wording(key, self.content.replies[key])
        return fill(wording, words)

    def say_text(self, text: str, *, pause: float = 0.0, softly: bool = False) -> None:
        """Say this very text; "again" repeats all that is said in one decision.

        pause: seconds of silence before it.
        """
        spoken = [action.text for action in self.actions if isinstance(action, Say)]
        self.act(Say(text, "bedtime" if softly else self.register, pause))
        self.change(speaking=True, again=(*spoken, text))

    def chime(self, name: str) -> None:
        """Play a short sound."""
        self.act(Chime(name, self.register))

    def hush(self) -> None:
        """Stop what is being said."""
        if self.state.speaking:
            self.act(StopSpeaking())
            self.change(speaking=False)

    def listen(self) -> None:
        """Tell the ears what is expected now, when that has changed."""
        wanted = self._wanted()
        if wanted != self.state.listening:
            self.act(wanted)
            self.change(listening=wanted)

    def _wanted(self) -> Listen:
        state = self.state
        if state.awaited:
            dictation = state.awaited.mode is Mode.WORDS
            return Listen(Mode.WORDS, LINE_PATIENCE, LONGEST_LINE) if dictation else Listen(state.awaited.mode)
        if state.ringing or (state.reminded and self.at - state.reminded.since < REACTION and not state.walk):
            return Listen(Mode.RINGING)
        if state.walk:
            step = state.walk.current
            turn = step is not None and step.kind == "turn" and state.walk.stopped_at is None
            return Listen(Mode.TURN, longest=LONGEST_HAND_OVER) if turn else Listen(Mode.SESSION)
        return Listen(Mode.QUESTION if state.question else Mode.IDLE)
