"""Drives the ears: what they report goes to the loop, and the loop's answer goes back to them."""

import math
from collections.abc import Iterable, Iterator

from voice.listening.ears import Ears, Onset
from voice.listening.turn_taking import Settled, WaitFor
from voice.loop import Loop
from voice.messages.recognition import Heard
from voice.messages.sound import FRAME_SECONDS, Frame


def deliver(report: Onset | Heard, loop: Loop, ears: Ears) -> Settled | WaitFor | None:
    """Let the loop hear a report of the ears; called from the thread of the loop.

    Returns what became of an utterance, which the ears know then; None for an onset.
    """
    if isinstance(report, Onset):
        loop.voices(over=report.over)
        return None
    answer = loop.hear(report)
    match answer:
        case Settled():
            ears.settle(report.number)
        case WaitFor(seconds):
            ears.extend(report.number, seconds)
    return answer


def utterances(ears: Ears, frames: Iterable[Frame], patience: float = math.inf) -> Iterator[Heard]:
    """The utterances in the frames, each when it is over, where nobody acts on them early.

    patience: seconds of audio without a sign of speech after which no more is heard.
    """
    left = patience
    for frame in frames:
        left -= FRAME_SECONDS
        for report in ears.hear(frame):
            if isinstance(report, Onset):
                left = patience
            elif report.transcript.final:
                yield report
        if left <= 0:
            return
