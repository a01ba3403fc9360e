"""Turn taking: whether an utterance is meant for Hearthside, and whether its speaker is done."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from voice.language.text import plain
from voice.language.unfinished import is_unfinished
from voice.listening.echo import OwnVoice, without_own_voice
from voice.listening.hush import Hush
from voice.listening.wake_phrase import Attention, OwnName, without_names
from voice.messages.meaning import Addressing, Match, NoMatch, Rejection
from voice.messages.recognition import UNHESITATING, WAIT_MEANT, WAIT_PREFIX, Heard, Hypothesis, Mode, Voice

PAUSE_BEFORE_A_HAND_OVER = 0.3  # seconds of quiet before a word counts in a partner's turn
MOSTLY_OWN = 0.4  # of the energy of an utterance that may be our own voice, where nobody else spoke
SAME_BREATH = 1.0  # seconds of quiet after words that were acted on, in which more may come that is no wish of its own
BREATH_LASTS = 4.0  # seconds from the beginning of those words on
ANSWERING = 4.0  # seconds after its last word in which what is said is said to it
STOP = "stop"  # the intent, and the setting with which nothing else counts while Hearthside speaks
_NAMED = re.compile(r"\bhearth ?side\b")

Understand = Callable[[Sequence[Hypothesis], Mode, Addressing], Match | NoMatch]


@dataclass(frozen=True, slots=True)
class Settled:
    """The utterance is over: it was acted on or left alone, and whatever is heard next is another one."""


@dataclass(frozen=True, slots=True)
class WaitFor:
    """The utterance may go on."""

    seconds: float
    """Seconds of quiet after its last word that it is worth waiting for."""


SETTLED = Settled()


def patience_with(verdict: Match | NoMatch, mode: Mode) -> float:
    """Seconds of quiet after which nobody goes on: more than the meaning asks for where the words stop midway."""
    is_known = verdict.wait < WAIT_MEANT or mode in UNHESITATING
    return verdict.wait if is_known or not is_unfinished(verdict.text) else max(verdict.wait, WAIT_PREFIX)


def is_settled(heard: Heard, verdict: Match | NoMatch, patience: float) -> bool:
    """Whether an utterance can be acted on: it is over, or it is a sentence that nobody is going on with."""
    return heard.transcript.final or (isinstance(verdict, Match) and heard.quiet >= patience)


def is_own(heard: Heard) -> bool:
    """Whether the sound tells that nobody spoke but Hearthside."""
    return heard.own is not None and heard.own > MOSTLY_OWN


def is_in_flow(heard: Heard, mode: Mode) -> bool:
    """Whether it came without a pause in what a partner tells, where it cannot be a hand-over word."""
    return mode is Mode.TURN and heard.quiet_before < PAUSE_BEFORE_A_HAND_OVER


class TurnTaking:
    """Follows who has the word in one evening. Every method is called from the thread of the loop.

    attention: knows who means us; None: everybody does. name: knows how our name sounds; None: how it is spelled.
    barge_in: what counts while Hearthside speaks, one of BARGE_IN.
    """

    def __init__(self, attention: Attention | None, name: OwnName | None = None, barge_in: str = "words") -> None:
        self._attention, self._name, self._barge_in = attention, name or OwnName(None), barge_in
        self._own_voice = OwnVoice()
        self.hush = Hush(barge_in)
        """Whether Hearthside is silent because somebody speaks over it."""
        self._settled = 0  # the number of the utterance that was settled last
        self._breath = 0, 0.0  # the number of the latest of the breath in which words were acted on; its beginning
        self._prepared: tuple[int, Match, Voice | None] | None = None  # the utterance whose answer was prepared last

    # ---- Hearthside's own voice

    @property
    def own_words(self) -> str:
        """The words of Hearthside that the ears may hear too."""
        return self._own_voice.words

    def say(self, words: str, at: float, *, is_silent: bool) -> None:
        """Hearthside begins to say this. is_silent: nothing else is being said."""
        self._own_voice = self._own_voice.then(words, at, is_silent=is_silent)

    def has_said(self, words: str) -> bool:
        """Whether Hearthside has just used all these words itself, as where it tells what can be said."""
        return set(plain(words).split()) <= set(plain(self._own_voice.words).split())

    def fall_silent(self, at: float) -> None:
        """Hearthside has said everything, or was cut short."""
        self._own_voice = replace(self._own_voice, until=at)
        self.hush.end()

    def overlaps(self, heard: Heard, mode: Mode) -> bool:
        """Whether an utterance is its own voice, or began while Hearthside was speaking, so that this may be in it."""
        is_speaking = mode is Mode.SPEAKING or self.hush.is_on
        return is_own(heard) or self._own_voice.overlaps(heard.began, is_speaking=is_speaking)

    # ---- an utterance

    def _addressing(self, hypotheses: Sequence[Hypothesis], mode: Mode, began: float) -> Addressing:
        """Whether somebody speaks to Hearthside: by its name, or just after it spoke. began: seconds.

        After a question of a deck the two speak to each other.
        """
        just_spoken = mode is not Mode.QUESTION and 0 <= began - self._own_voice.until < ANSWERING
        named = any(_NAMED.search(each.text.lower()) for each in hypotheses)
        return Addressing.ADDRESSED if named or just_spoken else Addressing.OVERHEARD

    def is_past(self, number: int) -> bool:
        """Whether the utterance of this number was settled before."""
        return number <= self._settled

    def verdict(self, heard: Heard, mode: Mode, understand: Understand) -> tuple[Match | NoMatch, Addressing]:
        """The meaning of an utterance, if it is meant for Hearthside, and whether somebody spoke to it.

        An utterance that is mostly the own voice means nothing; where the sound does not tell, or the rest of it is
        faint, the own words are taken out. The wake phrase is taken out next, and `understand` is asked about the rest.
        """
        hypotheses = tuple(map(self._name.spelled, heard.transcript.hypotheses))
        if self.overlaps(heard, mode):
            if heard.own is None or heard.is_faint:
                hypotheses = without_own_voice(hypotheses, self._own_voice.words)
            if is_own(heard) or not hypotheses:
                return NoMatch(heard.transcript.text, Rejection.OWN_VOICE), Addressing.OVERHEARD
        addressing = self._addressing(hypotheses, mode, heard.began)
        verdict = self.verdict_on(hypotheses, mode, heard.began, addressing, understand)
        if isinstance(verdict, Match) and self.overlaps(heard, mode) and not self._may_interrupt(verdict, heard):
            verdict = NoMatch(verdict.text, Rejection.SPOKEN_OVER)
        if is_in_flow(heard, mode) and not (isinstance(verdict, Match) and verdict.care):
            verdict = NoMatch("", Rejection.NO_PAUSE)
        is_own_wish = isinstance(verdict, Match) and (verdict.care or verdict.is_in_its_words)
        if self._is_same_breath(heard, mode) and not is_own_wish:
            verdict = NoMatch(verdict.text, Rejection.SAME_BREATH)
        return verdict, addressing

    def _is_same_breath(self, heard: Heard, mode: Mode) -> bool:
        """Whether it may be the rest of what was acted on early, as "please" after "stop"; no line or answer is."""
        number, began = self._breath
        follows = number == heard.number - 1 and heard.quiet_before < SAME_BREATH
        return follows and heard.began - began < BREATH_LASTS and mode not in (Mode.WORDS, Mode.ANSWER)

    def _may_interrupt(self, match: Match, heard: Heard) -> bool:
        """Whether it counts although it was said while Hearthside spoke; what is left of its own voice has no sense."""
        is_allowed = self._barge_in == "words" or self._barge_in == match.intent == STOP
        return match.care or (is_allowed and (match.is_in_its_words or not heard.is_faint))

    def verdict_on(
        self,
        hypotheses: Sequence[Hypothesis],
        mode: Mode,
        began: float,
        addressing: Addressing,
        understand: Understand,
    ) -> Match | NoMatch:
        """The meaning of words without any of the own voice, such as a typed line. began: seconds."""

        def meant(readings: Sequence[Hypothesis]) -> Match | NoMatch:
            rest = without_names(readings, mode)
            verdict = understand(rest, mode, addressing)
            if isinstance(verdict, Match) or rest == tuple(readings):
                return verdict
            named = understand(readings, mode, addressing)  # some words are a wish only with our name before them
            return named if isinstance(named, Match) else verdict

        return self._attention.verdict(hypotheses, mode, began, meant) if self._attention else meant(hypotheses)

    def settle(self, heard: Heard, verdict: Match | NoMatch, mode: Mode) -> Settled | WaitFor:
        """Decide whether an utterance is acted on now; once settled, it is past."""
        patience = patience_with(verdict, mode)
        if not is_settled(heard, verdict, patience):
            return WaitFor(patience)
        self._settled = heard.number
        if isinstance(verdict, Match):
            self._breath = heard.number, heard.began
        elif verdict.why is Rejection.SAME_BREATH:
            self._breath = heard.number, self._breath[1]
        return SETTLED

    def is_to_prepare(self, heard: Heard, match: Match) -> bool:
        """Whether the answer to an utterance that may still go on is to be prepared: once for each match and voice."""
        prepared = heard.number, match, heard.transcript.voice
        if self._prepared == prepared:
            return False
        self._prepared = prepared
        return True

    def conclude(self, verdict: Match | NoMatch, at: float) -> None:
        """Take note of what is done about an utterance: a call makes the next one count."""
        if self._attention:
            self._attention.settled(verdict, at)
        if isinstance(verdict, NoMatch) and verdict.why is not Rejection.CALLED:
            self.hush.ended(at)
