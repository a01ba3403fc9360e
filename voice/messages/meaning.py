"""What an utterance means: a match or none, its slots, and the explanation of either."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from voice.messages.recognition import WAIT_COMPLETE, WAIT_DEFAULT, Hypothesis


class Acceptance(StrEnum):
    """Why an utterance was acted on."""

    NEAR = "near enough"
    LIKELY = "the likeliest in the sound"
    REWORDED = "the same in other words"
    MEANT = "the likeliest meaning"
    WORD_BY_WORD = "the likeliest word by word"


class Rejection(StrEnum):
    """Why an utterance was not acted on."""

    NOTHING_NEAR = "nothing near"
    ANOTHER_WORD = "another word"
    NO_COMMAND = "nearer to what is no command"
    AMBIGUOUS = "between two intents"
    UNSURE = "no sure reading"
    DIFFERING = "the readings differ"
    NO_WORDS = "no words"
    OWN_VOICE = "its own voice"
    SPOKEN_OVER = "not while it speaks"
    NO_PAUSE = "no pause before it"
    SAME_BREATH = "the same breath as the words before it"
    CALLED = "the wake phrase alone"
    UNCALLED = "no wake phrase"
    REFUSED = "it was refused, not asked for"
    NOT_ASKED = "it was told or asked about, not asked for"
    STRANGER = "it names somebody who is no partner"
    INCOMPLETE = "something was left unsaid"
    ELSEWHERE = "only another assistant can do it"
    UNCERTAIN = "no sure meaning"


Slots = Mapping[str, str | float]
EXPLAINS = ("asked_what", "answer_how")  # intents of which one answers a question that is asked back
SURELY = 0.1
"""The distance up to which a meaning is sure: at least 0.9 probable."""


class Addressing(StrEnum):
    """How an utterance comes: whether somebody speaks to Hearthside, and whether it waits for an answer."""

    OVERHEARD = "overheard"
    """Nothing is expected and nobody named Hearthside: act only on what is surely a command."""
    ADDRESSED = "addressed"
    """Its name was said, a line was typed, a key pressed, or it has just spoken: understand any wording."""
    EXPECTED = "expected"
    """It asked something, or waits in a turn or for a line: answers and control words come first."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an utterance was or was not acted on."""

    hypotheses: tuple[Hypothesis, ...] = ()
    """Everything that was heard."""
    nearest: str = ""
    """The sentence nearest to one of the hypotheses; "" where none is near."""
    intent: str = ""
    """What the nearest sentence means; "" for a line that is no command."""
    distance: float = 1.0
    """How far the nearest sentence is: 0 (the same) to 1."""
    gate: float = 0.0
    """How far the nearest sentence might be: 0 to 1."""
    rival: str = ""
    """The nearest sentence of another intent; "" where none is near."""
    margin: float | None = None
    """How much farther the rival is; None where there is none."""
    likelier: float | None = None
    """How much likelier the sentence is in the sound than the likeliest words of all (natural logarithm, mostly
    negative); None where the sound did not decide."""
    reason: Acceptance | Rejection | None = None
    """Why it was acted on, or why not; None where nothing has decided yet."""


@dataclass(frozen=True, slots=True)
class Match:
    """An utterance that means something now."""

    intent: str
    """The name of what somebody wants."""
    slots: Slots
    """Slot -> its value: a text, or a number in the unit of the slot's type."""
    text: str
    """The hypothesis that was taken."""
    sentence: str
    """The sayable sentence that it was nearest to."""
    distance: float = 0.0
    """How far that sentence is: 0 (the same) to 1."""
    wait: float = WAIT_COMPLETE
    """Seconds of quiet after which nobody is going on with this sentence."""
    explanation: Explanation | None = field(default=None, compare=False, repr=False)
    """Why it was taken; None where nothing was weighed."""
    care: bool = False
    """Somebody is not okay: it ends everything, and nothing of it is shown or kept."""
    unsure: bool = False
    """Only the very words count, and the sound alone says that they were these: it wants a yes first."""
    then: "Match | None" = None
    """A second wish of the same breath, for when this one is done."""

    @property
    def is_in_its_words(self) -> bool:
        """Whether what was heard is nearly a sentence of it, and not only like it in meaning or in other words."""
        by_words = self.explanation is None or self.explanation.reason in (Acceptance.NEAR, Acceptance.LIKELY)
        return by_words and self.distance <= SURELY

    @property
    def is_meant_for_sure(self) -> bool:
        """Whether it has the words of a template, or so sure a meaning that it need not be told from what is told."""
        by_meaning = self.explanation is not None and self.explanation.reason is Acceptance.MEANT
        return not by_meaning or self.distance <= SURELY


@dataclass(frozen=True, slots=True)
class NoMatch:
    """An utterance that is not for us."""

    text: str
    """The hypothesis that was looked at; "" where nothing was heard, or nothing of it may be told."""
    why: Rejection
    """Why it was not acted on."""
    nearest: str = ""
    """The sayable sentence nearest to it; "" where none is near."""
    distance: float = 1.0
    """How far that sentence is: 0 (the same) to 1."""
    wait: float = WAIT_DEFAULT
    """Seconds of quiet after which nobody is going on; it may be the beginning of something."""
    explanation: Explanation | None = field(default=None, compare=False, repr=False)
    """More of why; None where nothing was weighed."""
    guesses: tuple[Match, ...] = ()
    """What may have been meant, the likeliest first, at most two: worth a question where somebody addressed us."""
    stranger: str = ""
    """The name that stands where only a partner's could."""
    missing: str = ""
    """The slot of the first guess that was left unsaid."""
