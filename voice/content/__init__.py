"""What the packs in intents/ and prompts/ say, as values; loaded by packs.py, walked by the core.

Words in braces are filled in by a fixed replacement, never by str.format.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from voice.content.steps import ChoiceAnswer, ListenFor, Step
from voice.messages.recognition import Mode


@dataclass(frozen=True, slots=True)
class Intent:
    """One thing that people may want.

    when: the modes in which it can be said. sentences: templates. say: whole sentences that must be understood
    (each is a sayable sentence and a test case). avoid: the `not:` lines, which must not be. exact: only the very
    words count (what destroys or tells). care: somebody is not okay; it is understood first and ends everything.
    within: templates of words that mean the same wherever they stand in a line that is to be kept.
    where: FILE:LINE:COL of its definition.
    """

    name: str
    when: frozenset[Mode]
    sentences: tuple[str, ...]
    say: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    exact: bool = False
    care: bool = False
    within: tuple[str, ...] = ()
    where: str = ""
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
    """Every intent of a language. rules: `<name>` -> template. lists: `{name}` -> spoken form -> value,

    for slots that take one of a few words ({depth}, {period}); those of voice/language/slots.py are built in.
    talk: lines of ordinary talk, which mean nothing.
    """

    language: str
    intents: tuple[Intent, ...]
    rules: Mapping[str, str]
    lists: Mapping[str, Mapping[str, str]]
    talk: tuple[str, ...] = ()
    keywords: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Slot -> word -> value: words that name a value in a sentence that no template has."""
    no_commands: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Kind ("talk", "look-alike", "told", "not care", "words") -> lines of that kind, for the intent head."""

    def general(self, name: str) -> str:
        """The intent that this one is a case of, or this one itself."""
        return next((intent.part_of for intent in self.intents if intent.name == name), "") or name


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question. depth: 1 light, 2 warm, 3 deep. tags: what it touches, for those who exclude a topic.

    {other} in text and follow-ups is the partner who listens. follow_up: a sentence to dig with afterwards, "" for
    none. further: follow-ups after that one. where: FILE:LINE:COL of its text.
    """

    id: str
    text: str
    deck: str
    depth: int
    tags: frozenset[str] = frozenset()
    practice: tuple[int, ...] = ()
    follow_up: str = ""
    further: tuple[str, ...] = ()
    where: str = field(default="", compare=False)

    @property
    def follow_ups(self) -> tuple[str, ...]:
        """Every sentence to dig with, in their order."""
        return (self.follow_up, *self.further) if self.follow_up else ()


@dataclass(frozen=True, slots=True)
class Deck:
    """A deck of prompts. name: as people say it. title: as it is announced.

    opt_in: asked from only when it is picked by name and both have said yes. on_request: asked from only when it is
    picked by name. family: decks of one family can be asked from together ("love maps"), "" for none. chime: a short
    sound before each of its lines, "" for none.
    where: FILE:LINE:COL of its name.
    """

    name: str
    title: str
    prompts: tuple[Prompt, ...]
    practice: tuple[int, ...] = ()
    opt_in: bool = False
    on_request: bool = False
    family: str = ""
    chime: str = ""
    where: str = field(default="", compare=False)


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
    """A guided session. id: its file's name. name: as people say it.

    minutes: how long it is meant to take; least, most: what people may ask for (the same: it has one length).
    first: introductions of the first two runs; later: of those afterwards. left: said when it is stopped half way.
    calm: it is begun only after both have said that this is a calm moment.
    days: of how many days it is one, told to its steps as the variable "day" (1 to days).
    light_days: for so many days only light questions are asked then.
    instead: words in what people say -> those that are read back for them ("you always": "you").
    where: FILE:LINE:COL of its name.
    """

    id: str
    name: str
    register: str
    minutes: float
    first: tuple[str, ...]
    later: tuple[str, ...]
    left: tuple[str, ...]
    steps: tuple[Step, ...]
    practice: tuple[int, ...] = ()
    least: float = 0.0
    most: float = 0.0
    calm: bool = False
    days: int = 1
    light_days: int = 0
    instead: Mapping[str, str] = field(default_factory=dict)
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Practice:
    """Something that couples are advised to do.

    say: intent -> what to say, for what no session, list or deck is named after. instead: why it is not built, and what
    there is in its place.
    """

    number: int
    title: str
    say: Mapping[str, str] = field(default_factory=dict)
    instead: str = ""


@dataclass(frozen=True, slots=True)
class HelpLine:
    """Whom to call in a country when somebody is not okay."""

    country: str
    """The country, as it is listed at set-up."""
    text: str
    """The numbers, as they are to be said."""
    source: str
    """Where they were read."""


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that the packs hold.

    ideas: lists of single lines, such as date ideas; the name of such a deck is the intent that asks for one.
    replies: key -> wordings of everything said outside scripts. softer_replies: key -> wordings at bedtime, where
    they are others.
    """

    intents: IntentPack
    decks: tuple[Deck, ...]
    scripts: tuple[Script, ...]
    replies: Mapping[str, tuple[str, ...]]
    softer_replies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ideas: tuple[Deck, ...] = ()
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
