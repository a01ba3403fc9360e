"""What the packs in intents/ and prompts/ say, as values; loaded by packs.py, walked by the core.

Words in braces are filled in by a fixed replacement, never by str.format.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from voice.messages import Mode


@dataclass(frozen=True, slots=True)
class Intent:
    """One thing that people may want.

    when: the modes in which it can be said. sentences: templates. say: whole sentences that must be understood
    (each is a sayable sentence and a test case). avoid: the `not:` lines, which must not be. exact: only the very
    words count (what destroys or tells). where: FILE:LINE:COL of its definition.
    """

    name: str
    when: frozenset[Mode]
    sentences: tuple[str, ...]
    say: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    exact: bool = False
    where: str = ""


@dataclass(frozen=True, slots=True)
class IntentPack:
    """Every intent of a language. rules: `<name>` -> template. lists: `{name}` -> spoken form -> value,

    for slots that take one of a few words ({depth}, {period}); the slots name, duration, number, timer, deck,
    text and clause (a name and what they did) are built in. talk: lines of ordinary talk, which mean nothing.
    """

    language: str
    intents: tuple[Intent, ...]
    rules: Mapping[str, str]
    lists: Mapping[str, Mapping[str, str]]
    talk: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question. depth: 1 light, 2 warm, 3 deep. tags: what it touches, for those who exclude a topic.

    follow_up: a sentence to dig with afterwards, "" for none. where: FILE:LINE:COL of its text.
    """

    id: str
    text: str
    deck: str
    depth: int
    tags: frozenset[str] = frozenset()
    practice: tuple[int, ...] = ()
    follow_up: str = ""
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Deck:
    """A deck of prompts. name: as people say it. title: as it is announced.

    opt_in: asked from only when it is picked by name and both have said yes. family: decks of one family can be
    asked from together ("love maps"), "" for none. where: FILE:LINE:COL of its name.
    """

    name: str
    title: str
    prompts: tuple[Prompt, ...]
    practice: tuple[int, ...] = ()
    opt_in: bool = False
    family: str = ""
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a guided session.

    kind: "say" a line; "turn": a partner speaks, for about `seconds`; "quiet" for `seconds`; "breathe" `breaths`
    times; "keep": a partner says a line to keep; "recap": tonight's notes are read.
    lines: wordings, one of which is said first; {name} has the turn, {other} listens.
    each: both partners, one after the other. swap: from this step on the other one begins.
    """

    kind: str
    lines: tuple[str, ...] = ()
    seconds: float = 0.0
    each: bool = False
    swap: bool = False
    breaths: int = 0


@dataclass(frozen=True, slots=True)
class Script:
    """A guided session. id: its file's name. name: as people say it.

    first: introductions of the first two runs; later: of those afterwards. left: said when it is stopped half way.
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


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that the packs hold.

    replies: key -> wordings of everything said outside scripts. softer_replies: key -> wordings at bedtime, where
    they are others.
    """

    intents: IntentPack
    decks: tuple[Deck, ...]
    scripts: tuple[Script, ...]
    replies: Mapping[str, tuple[str, ...]]
    softer_replies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
