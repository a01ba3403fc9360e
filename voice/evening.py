"""What every spoken evening needs: a mouth where there is a loudspeaker, ears for these recognizers, a seed."""

import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from voice.config import Config, Home
from voice.core.understand import Understanding
from voice.errors import HearthsideError
from voice.house import House, attention
from voice.loop import Loop
from voice.messages import Hypothesis, Listening, Mode, Nearby
from voice.mouth import RoomMouth, SilentMouth

if TYPE_CHECKING:
    from voice.ears import Ears
    from voice.edges.recognizer import Recognizer

AnyMouth = RoomMouth | SilentMouth


def new_seed() -> int:
    """A seed that no evening had before."""
    return secrets.randbits(32)


def starting_at(now: str | None) -> datetime:
    """The wall clock at which the evening begins; raises HearthsideError for what is no time."""
    if now is None:
        return datetime.now().astimezone()
    try:
        return datetime.fromisoformat(now).astimezone()
    except ValueError:
        raise HearthsideError(f'"{now}" is no local time', "--now", "Write it as 2026-11-23T21:29.") from None


def open_mouth(config: Config, trouble: Callable[[str], None], *, aloud: bool = True) -> AnyMouth:
    """A mouth that speaks in the room; one that is silent when that is not wanted or not possible."""
    if not aloud:
        return SilentMouth()
    from voice.edges.loudspeaker import Loudspeaker
    from voice.edges.synthesizer import open_synthesizer

    try:
        loudspeaker = Loudspeaker(config.loudspeaker)
        return RoomMouth(open_synthesizer(config.voice, config.language), loudspeaker, trouble)
    except HearthsideError as error:
        trouble(error.line())
        return SilentMouth()


def open_ears(house: House, *, hurried: bool = True) -> "tuple[Ears, Recognizer]":
    """The recognizers that the config asks for. Raises RecognizerError or ModelError.

    hurried: whether people wait for an answer; where they do not, a slow machine does not change what is heard.
    """
    return ears_for(house.config, house.home, house.understanding, hurried=hurried)


def ears_for(
    config: Config, home: Home, understanding: Understanding, *, hurried: bool = True
) -> "tuple[Ears, Recognizer]":
    """As `open_ears`, without a whole house."""
    from voice.ears import Ears
    from voice.edges.recognizer import BUDGET, UNHURRIED, open_recognizer
    from voice.edges.voice_activity import VoiceActivity
    from voice.model import find_model

    model = find_model(None, config.model, home.models)
    recognizer = open_recognizer(config.ears, model, BUDGET if hurried else UNHURRIED)
    called = attention(config)

    def in_doubt(hypotheses: Sequence[Hypothesis], mode: Mode) -> Callable[[], Nearby] | None:
        return understanding.in_doubt(called.addressed(hypotheses, mode) if called else hypotheses, mode)

    return Ears(recognizer, VoiceActivity(), in_doubt), recognizer


def with_sentences(listening: Listening, understanding: Understanding) -> Listening:
    """The same, with what can be said: as a grammar and as a graph, for recognizers that take one."""
    mode = listening.mode
    return replace(listening, sentences=understanding.sentences(mode), graph=understanding.graph(mode))


def finish_speaking(loop: Loop, mouth: AnyMouth) -> None:
    """Wait until everything has been said aloud."""
    pause = threading.Event()
    while loop.state.speaking:
        pause.wait(0.05)
        loop.tick()
    mouth.close()
