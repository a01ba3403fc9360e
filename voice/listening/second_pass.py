"""The second pass: an utterance whose words are in doubt is rescored with what can be said now."""

from dataclasses import replace

from voice.edges.recognizer import Recognizer
from voice.listening.echo import without_own_voice
from voice.listening.wake_phrase import WakePhrase, without_names
from voice.messages.meaning import Match, NoMatch
from voice.messages.recognition import UNHESITATING, WAIT_DEFAULT, WAIT_MEANT, Hypothesis, Mode, Transcript
from voice.nlu.rescoring.confidence import counts_when_heard_again, is_worth_hearing_again
from voice.nlu.understanding import Understanding

BY_VOICE = frozenset({"appreciate_you", "hello", "good_morning", "keep_line", "any_notes"})
"""Intents whose answer depends on who speaks."""


class SecondPass:
    """Decides whether a transcript is in doubt, and rescores it then. Used from the thread of the ears alone.

    The understanding is asked about the readings that the loop asks about a moment later: without Hearthside's own
    words and without the wake phrase. It remembers the meaning of each of the last 16 readings, so the loop's question
    about a transcript that was not rescored costs a look-up.
    wake: the phrase that some modes need; None where none is needed.
    """

    def __init__(self, recognizer: Recognizer, understanding: Understanding, wake: WakePhrase | None = None) -> None:
        self._recognizer, self._understanding, self._wake = recognizer, understanding, wake

    def rescore(
        self, transcript: Transcript, mode: Mode, own_words: str = "", *, quiet: float = WAIT_DEFAULT
    ) -> Transcript:
        """The transcript of the utterance that the recognizer read last; with constrained hypotheses if in doubt.

        What comes to nothing is heard again, in the second way of the engines that have one; what is meant then counts.
        All scores of one engine are on one scale. own_words: what Hearthside said that may be in it. quiet: seconds
        since its last word; what may well go on is not yet heard again. Raises RecognizerError when no engine can be
        kept running.
        """
        heard = self._rescored(transcript, mode, own_words, again=False)
        if heard is transcript or mode in UNHESITATING or isinstance(self._meant(heard, mode, own_words), Match):
            return heard
        is_over = transcript.final or quiet >= WAIT_MEANT
        if not (is_over and is_worth_hearing_again(heard.hypotheses, self._recognizer.seconds, mode)):
            return heard
        again = self._recognizer.read_again()
        troubles = f"{heard.trouble} {again.trouble}".strip()
        again = replace(again, final=transcript.final, trouble=troubles)
        other = self._rescored(again, mode, own_words, again=True)
        meant = self._meant(other, mode, own_words)
        counts = isinstance(meant, Match) and counts_when_heard_again(meant, mode)
        return other if counts else replace(heard, trouble=other.trouble)

    def _rescored(self, transcript: Transcript, mode: Mode, own_words: str, *, again: bool) -> Transcript:
        shortlist = self._understanding.in_doubt(self._readings(transcript, mode, own_words), mode)
        return merged(transcript, self._recognizer.rescore(shortlist, again=again)) if shortlist else transcript

    def _meant(self, transcript: Transcript, mode: Mode, own_words: str) -> Match | NoMatch:
        return self._understanding.understand(self._readings(transcript, mode, own_words), mode)

    def wants_voice(self, transcript: Transcript, mode: Mode) -> bool:
        """Whether who speaks matters to the answer: of a line that is dictated, and of a wish without a name."""
        if mode is Mode.WORDS:
            return True
        meant = self._meant(transcript, mode, "")
        return isinstance(meant, Match) and meant.intent in BY_VOICE

    def _readings(self, transcript: Transcript, mode: Mode, own_words: str) -> tuple[Hypothesis, ...]:
        readings = transcript.hypotheses
        if own_words:
            readings = without_own_voice(readings, own_words)
        return without_names(self._wake.without(readings, mode) if self._wake else readings, mode)


def merged(transcript: Transcript, rescored: Transcript) -> Transcript:
    """The transcript with the scores of the second pass, followed by the constrained hypotheses of it."""
    free = {(each.engine, each.text): each for each in rescored.hypotheses if not each.constrained}
    heard = (free.get((each.engine, each.text), each) for each in transcript.hypotheses)
    constrained = (each for each in rescored.hypotheses if each.constrained)
    trouble = f"{transcript.trouble} {rescored.trouble}".strip()
    return replace(transcript, hypotheses=(*heard, *constrained), trouble=trouble)
