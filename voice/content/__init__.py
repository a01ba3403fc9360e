"""What the packs in intents/ and prompts/ say, as values; loaded by packs.py, walked by the core.

Words in braces are filled in by a fixed replacement, never by str.format.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from voice.content.steps import ChoiceAnswer, ListenFor, Step
from voice.messages.delivery import ChimeName, Register
from voice.messages.recognition import Mode

LIGHTEST, DEEPEST = 1, 3  # depths of prompts; 2 is warm


@dataclass(frozen=True, slots=True)
class Intent:
    """One thing that people may want."""

    name: str
    """As matches and settings call it ("set_timer")."""
    when: frozenset[Mode]
    """The modes in which it can be said."""
    sentences: tuple[str, ...]
    """Templates."""
    say: tuple[str, ...] = ()
    """Whole sentences that must be understood: each is a sayable sentence and a test case."""
    avoid: tuple[str, ...] = ()
    """The `not:` lines: sentences that must not be understood so."""
    exact: bool = False
    """Only its very words count, as for what destroys or tells."""
    care: bool = False
    """Somebody is not okay: it is understood first and ends everything."""
    within: tuple[str, ...] = ()
    """Templates of words that mean the same wherever they stand in a line that is to be kept."""
    where: str = ""
    """FILE:LINE:COL of its definition; "" where it has none."""
    frames: tuple[str, ...] = ()
    """Regular expressions over plain words, with groups named like slots, for sentences that no template has."""
    wordings: tuple[str, ...] = ()
    """Sentences by which people say it their own way: the intent head learns from them."""
    own: tuple[str, ...] = ()
    """Those of the `say` lines that the couple added."""
    verbs: frozenset[str] = frozenset()
    """Words that ask for it."""
    opposites: frozenset[str] = frozenset()
    """Words that ask for the opposite, unless one of `verbs` stands beside them."""
    undoes: bool = False
    """A refusal may ask for it: "we don't need the timer any more"."""
    told: bool = False
    """People tell it as often as they ask for it: "I'm finished", or in a turn "I just feel I do everything"."""
    alike: frozenset[str] = frozenset()
    """Intents that come to the same where both can be said: "not now" settles a question as "no" does."""
    part_of: str = ""
    """The intent of which this is one case ("end the session" of `stop`); "" for none."""

    @property
    def is_answer(self) -> bool:
        """Whether it can only be said where something is expected; one may tell it as much as ask for it."""
        return self.when.isdisjoint((Mode.IDLE, Mode.QUESTION, Mode.RINGING))


@dataclass(frozen=True, slots=True)
class IntentPack:
    """Every intent of a language."""

    language: str
    """Its code ("en")."""
    intents: tuple[Intent, ...]
    """All of them, ours and the couple's own."""
    rules: Mapping[str, str]
    """Name of a rule -> the template that `<name>` stands for."""
    lists: Mapping[str, Mapping[str, str]]
    """Slot -> spoken form -> value, for slots that take one of a few words ({depth}, {period}).
    Those of voice/language/slots.py are built in."""
    talk: tuple[str, ...] = ()
    """Lines of ordinary talk, which mean nothing."""
    keywords: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Slot -> word -> value: words that name a value in a sentence that no template has."""
    no_commands: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Kind ("talk", "look-alike", "told", "not care", "words") -> lines of that kind, for the intent head."""

    def general(self, name: str) -> str:
        """The intent that this one is a case of, or this one itself."""
        return next((intent.part_of for intent in self.intents if intent.name == name), "") or name


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question. {other} in its text and follow-ups is the partner who listens."""

    id: str
    """As the journal knows it."""
    text: str
    """The question."""
    deck: str
    """Name of its deck."""
    depth: int
    """LIGHTEST, 2 (warm) or DEEPEST."""
    tags: frozenset[str] = frozenset()
    """What it touches, for those who exclude a topic."""
    practice: tuple[int, ...] = ()
    """Numbers of the practices that it serves."""
    follow_up: str = ""
    """A sentence to dig with afterwards; "" for none."""
    further: tuple[str, ...] = ()
    """Follow-ups after that one."""
    where: str = field(default="", compare=False)
    """FILE:LINE:COL of its text."""

    @property
    def follow_ups(self) -> tuple[str, ...]:
        """Every sentence to dig with, in their order."""
        return (self.follow_up, *self.further) if self.follow_up else ()


@dataclass(frozen=True, slots=True)
class Deck:
    """A deck of prompts."""

    name: str
    """As people say it."""
    title: str
    """As it is announced."""
    prompts: tuple[Prompt, ...]
    """In the order of its file."""
    practice: tuple[int, ...] = ()
    """Numbers of the practices that it serves as a whole."""
    opt_in: bool = False
    """Asked from only when it is picked by name and both have said yes."""
    on_request: bool = False
    """Asked from only when it is picked by name."""
    family: str = ""
    """Decks of one family can be asked from together ("love maps"); "" for none."""
    chime: ChimeName | None = None
    """A short sound before each of its lines; None: there is none."""
    where: str = field(default="", compare=False)
    """FILE:LINE:COL of its name."""


@dataclass(frozen=True, slots=True)
class Mood:
    """How the two of them are, or how long they have: which questions are asked then."""

    intent: str
    """The intent that says so."""
    opening: tuple[str, ...]
    """Wordings of what is said first; with an opt-in deck it is the question whether both want that."""
    decks: tuple[str, ...]
    """Names of the decks to ask from."""
    depth: int
    """Depth of the first question: 1 light, 2 warm, 3 deep."""
    questions: int
    """Number of questions after which it asks whether that is enough."""


@dataclass(frozen=True, slots=True)
class Script:
    """A guided session."""

    id: str
    """Its file's name."""
    name: str
    """As people say it."""
    register: Register
    """How it is worded and voiced: DINNER or BEDTIME."""
    minutes: float
    """How long it is meant to take."""
    first: tuple[str, ...]
    """Introductions of the first two runs."""
    later: tuple[str, ...]
    """Introductions of the runs afterwards."""
    left: tuple[str, ...]
    """Wordings of what is said when it is stopped half way."""
    steps: tuple[Step, ...]
    """In their order; jumps lead to indices."""
    practice: tuple[int, ...] = ()
    """Numbers of the practices that it serves."""
    least: float = 0.0
    """The fewest minutes that people may ask for; as many as `most` where it has one length."""
    most: float = 0.0
    """The most minutes that people may ask for."""
    calm: bool = False
    """It is begun only after both have said that this is a calm moment."""
    days: int = 1
    """Of how many days it is one; its steps know which, as the variable "day" (1 to days)."""
    light_days: int = 0
    """For so many days only light questions are asked then."""
    instead: Mapping[str, str] = field(default_factory=dict)
    """Words in what people say -> those that are read back for them ("you always" -> "you")."""
    where: str = field(default="", compare=False)
    """FILE:LINE:COL of its name."""


@dataclass(frozen=True, slots=True)
class Practice:
    """Something that couples are advised to do."""

    number: int
    """From 1, as in docs/practices.md."""
    title: str
    """What it is, in a few words."""
    say: Mapping[str, str] = field(default_factory=dict)
    """Intent -> what to say, for what no session, list or deck is named after."""
    instead: str = ""
    """Why it is not built, and what there is in its place; "" where it is built."""


@dataclass(frozen=True, slots=True)
class HelpLine:
    """Whom to call in a country when somebody is not okay."""

    country: str
    """The country, as it is listed at set-up."""
    text: str
    """The numbers, as they are to be said."""
    emergency: str
    """The number for a fire, an accident or the police, as it is to be said."""
    source: str
    """Where they were read."""


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that the packs hold."""

    intents: IntentPack
    """What people may want."""
    decks: tuple[Deck, ...]
    """Questions to ask."""
    scripts: tuple[Script, ...]
    """Guided sessions."""
    replies: Mapping[str, tuple[str, ...]]
    """Key -> wordings of everything said outside scripts."""
    softer_replies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Key -> wordings at bedtime, where they are others."""
    ideas: tuple[Deck, ...] = ()
    """Lists of single lines, such as date ideas; the name of such a deck is the intent that asks for one."""
    moods: tuple[Mood, ...] = ()
    """What is asked in which mood."""
    help_lines: Mapping[str, HelpLine] = field(default_factory=dict)
    """Code of a country -> whom to call there."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Kind of what is kept -> what it is called when it is listed."""
    guesses: Mapping[str, str] = field(default_factory=dict)
    """Intent -> what it is called when Hearthside asks whether it was meant ("a break for you two")."""

    @property
    def reply_registers(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """The replies of each register, by what the register is called."""
        return {"replies": self.replies, "replies at bedtime": self.softer_replies}


def choices(scripts: Iterable[Script]) -> tuple[str, ...]:
    """Everything that people may choose from inside of sessions, in the ways that they may say it."""
    asked = (step.answer for script in scripts for step in script.steps if isinstance(step, ListenFor))
    options = (answer.options for answer in asked if isinstance(answer, ChoiceAnswer))
    forms = (form for each in options for name, said in each.items() for form in (name, *said))
    return tuple(dict.fromkeys(forms))
