"""Learning how the two sound, so that a line without a name is known to be theirs: only after both have said yes."""

from dataclasses import dataclass, field, replace
from typing import ClassVar

from voice.dialogue.decision import Decision
from voice.dialogue.skill import Answers
from voice.dialogue.state import PendingQuestion
from voice.dialogue.who_speaks import are_alike, learned_from
from voice.messages.actions import ForgetVoices, KeepVoices
from voice.messages.delivery import ChimeName
from voice.messages.meaning import Match
from voice.messages.recognition import Mode, Voice
from voice.messages.records import LearnedVoice

SECONDS = 15.0  # of speech that a voice is learned from: about twenty seconds of talk with its pauses
SILENCE = 8.0  # seconds in which nobody speaks, after which they are asked to go on
FEWEST_MISSES = 3  # lines in which no voice was found, after which it is given up


@dataclass(frozen=True, slots=True)
class MayLearnVoice(PendingQuestion):
    """Whether a partner agrees that their voice is learned."""

    name: str
    """The partner."""

    @property
    def is_gate(self) -> bool:
        """No voice is learned before both have said yes."""
        return True


@dataclass(frozen=True, slots=True)
class SpeechWanted(PendingQuestion):
    """Some speech of a partner, read or told; its words are passed over."""

    name: str
    """The partner."""
    samples: tuple[Voice, ...] = ()
    """What their voice was like so far."""
    learned: tuple[LearnedVoice, ...] = ()
    """The voice of the other one, where it is learned already."""
    misses: int = 0
    """Lines in which no voice was found."""
    mode: Mode = field(default=Mode.WORDS, kw_only=True)
    """It listens for any words."""

    longest_line: ClassVar[float] = 8.0
    """Who reads on without a pause is heard in pieces, so that what is looked at stays short."""
    voice_seconds: ClassVar[float] = 8.0
    """All of a piece is looked at."""
    is_asked_until_answered: ClassVar[bool] = True
    """What they have said so far would be lost."""


def begin(decision: Decision, match: Match) -> None:
    """ "Learn our voices": ask both, each by name."""
    if not decision.manners.named:
        decision.say("voices_need_names")
    elif decision.records.voices:
        decision.say("voices_known")
    else:
        _ask(decision, decision.manners.partners[0])


def _ask(decision: Decision, name: str) -> None:
    decision.change(awaited=MayLearnVoice(name))
    first, _ = decision.manners.partners
    decision.say("may_learn_voice" if name == first else "may_learn_voice_too", name=name)


def answer_may(decision: Decision, awaited: MayLearnVoice, yes: bool) -> None:
    """After a yes of both, the one who was asked first speaks."""
    first, second = decision.manners.partners
    if not yes:
        decision.change(awaited=None)
        decision.say("voices_not_learned")
    elif awaited.name == first:
        _ask(decision, second)
    else:
        _want_speech(decision, SpeechWanted(first))


def _want_speech(decision: Decision, wanted: SpeechWanted) -> None:
    decision.change(awaited=wanted)
    decision.say("speak_for_me_too" if wanted.learned else "speak_for_me", name=wanted.name)


def take_speech(decision: Decision, awaited: SpeechWanted, text: str) -> None:
    """A piece of what they say: only how it sounds counts, until there is enough of it."""
    if decision.voice is None:
        _miss(decision, awaited)
        return
    samples = (*awaited.samples, decision.voice)
    if sum(each.seconds for each in samples) < SECONDS:
        decision.change(awaited=replace(awaited, samples=samples, since=decision.at, held=SILENCE))
        return
    learned = (*awaited.learned, learned_from(awaited.name, samples))
    decision.chime(ChimeName.RECORDING_OFF)
    if len(learned) == 1:
        _want_speech(decision, SpeechWanted(decision.manners.other(awaited.name), learned=learned))
        return
    decision.change(awaited=None)
    if are_alike(*learned):
        decision.say("voices_alike")
    else:
        decision.act(KeepVoices(learned))


def _miss(decision: Decision, awaited: SpeechWanted) -> None:
    """No voice was found in it: let them go on, a few times."""
    if awaited.misses + 1 < FEWEST_MISSES:
        decision.change(awaited=replace(awaited, misses=awaited.misses + 1, since=decision.at, held=SILENCE))
    else:
        decision.change(awaited=None)
        decision.say("voices_unheard")


def stop_listening(decision: Decision, awaited: SpeechWanted, yes: bool) -> None:
    """Nobody speaks, or they do not want to any more: nothing is kept."""
    decision.change(awaited=None)
    decision.say("voices_not_learned")


def forget(decision: Decision, match: Match) -> None:
    """ "Forget our voices": at once, whoever says it."""
    if decision.records.voices:
        decision.act(ForgetVoices(decision.records.voices))
    else:
        decision.say("voices_none")


ANSWERS = (
    Answers(MayLearnVoice, answer_may),
    Answers(SpeechWanted, stop_listening, dictated=take_speech),
)
