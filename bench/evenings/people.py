"""Two people who are not there: what they say, in wordings that nothing was learned from, and what they answer."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from random import Random

from bench.evenings.trace import OWN, Line
from voice.content import Content, Intent
from voice.content.steps import Answer, ChoiceAnswer, DurationAnswer, ListenFor, NameAnswer, NumberAnswer, TimeAnswer
from voice.dialogue.note_kinds import KINDS, Whose
from voice.dialogue.state import PendingQuestion, State
from voice.nlu.meaning.examples import Example, only_measures
from voice.skills.notes.keep_note import IsItTheirs

HESITATIONS = ("um", "uh let me think", "hmm", "well", "I mean", "so I", "er, you know", "wait, was that")
LINES = (
    "{other} made tea for me",
    "um, that {other} listened when I came home",
    "the walk",
    "you waited for me in the rain and I never said how much that meant to me because the day was so full",
    "well, I guess, how you laughed at the burnt rice",
    "you cooking all week",
    "I need an hour alone on Sunday",
    "more sleep I think",
    "we both put the phones away",
    "that you didn't say anything about the dent",
)
"""Lines to keep, short and long; {other} is the partner."""
HARD = (
    "I just feel like I do everything",
    "we got through it",
    "I felt so alone when you left the room",
    "you hurt me last night",
    "I can't do this every single morning",
    "I was scared about the money",
    "it's been a lot",
    "I snapped at the kids again",
    "I miss how we were",
    "I don't feel heard",
)
"""What a turn is for: short enough to be read, and no wish."""
ANSWERS: Mapping[type[Answer], tuple[str, ...]] = {
    NumberAnswer: ("seven", "um, maybe a six", "I'd say eight"),
    DurationAnswer: ("ten minutes", "half an hour", "I don't know, an hour?"),
    TimeAnswer: ("tomorrow at seven", "on Sunday at ten", "at nine tonight"),
}
_NOT_GENERAL = re.compile(r"\b(?:keep|calm|moment|now|did|do|does|let's|good|can|take|it|is)\b")
_STAND_IN = re.compile(r"\b(alex|sam)\b", re.IGNORECASE)


@cache
def _held_out(intent: Intent) -> tuple[str, ...]:
    return tuple(line for line in intent.wordings if only_measures(Example(line, intent.name)))


class People:
    """Both partners of one evening, as far as chance decides what they say."""

    def __init__(self, content: Content, partners: tuple[str, str], named: bool, chance: Random) -> None:
        self.partners, self.chance = partners, chance
        self._named = named
        self._intents = {intent.name: intent for intent in content.intents.intents}
        self._talk = content.intents.no_commands
        self.speaker = chance.choice(partners)
        """Who speaks while nobody is asked by name."""

    def other(self, name: str) -> str:
        """The partner who is not `name`."""
        return self.partners[1] if name == self.partners[0] else self.partners[0]

    def wish(self, intent: str, *, plainly: bool = False) -> Line:
        """A wish in a wording that nothing was learned from; plainly: as the pack has it. Said to Hearthside."""
        known = self._intents[intent]
        wordings = known.say if plainly else _held_out(known) or known.say
        text = self._here(self.chance.choice(self._sayable(wordings) or [*known.say]))
        return Line(self._who_says(intent, text), text, intent, addressed=True)

    def answer(self, intent: str) -> str:
        """Words for "yes", "no", "pass" and their like that fit any question."""
        known = self._intents[intent]
        general = [line for line in (*known.say, *_held_out(known)) if not _NOT_GENERAL.search(line.lower())]
        return self._here(self.chance.choice(self._sayable(general) or [*known.say]))

    def hesitation(self) -> str:
        """Half a sentence."""
        return self.chance.choice(HESITATIONS)

    def talk(self) -> str:
        """What the two say to each other."""
        lines = [line for line in self._talk["told"] if only_measures(Example(line, "told"))]
        return self._here(self.chance.choice(self._sayable(lines)))

    def hard_sentence(self) -> str:
        """A short sentence that one tells the other in a turn."""
        return self.chance.choice(HARD)

    def line_to_keep(self, who: str) -> str:
        """What somebody answers who is asked for a line."""
        wordings = self._sayable(line for line in self._talk.get("words", ()) if only_measures(Example(line, "words")))
        line = self.chance.choice(LINES if self.chance.random() < 0.6 or not wordings else wordings)
        if "{other}" in line and not self._named:
            line = line.replace("{other}", "you")
        return self._here(line.replace("{other}", self.other(who)))

    def settles(self, awaited: PendingQuestion) -> bool | None:
        """The true answer to "is it from you?"; None where no truth is at stake."""
        if not isinstance(awaited, IsItTheirs):
            return None
        is_from = KINDS[awaited.kind].whose != Whose.PARTNER
        return (awaited.named == self.speaker) is is_from

    def value(self, state: State) -> str:
        """An answer of the kind that the step asks for."""
        step = state.walk.current if state.walk else None
        if not isinstance(step, ListenFor):
            return self.chance.choice(("ten minutes", "tomorrow at seven", "the first", "tea"))
        match step.answer:
            case ChoiceAnswer(options=options):
                name = self.chance.choice(list(options))
                return self.chance.choice((name, *options[name]))
            case NameAnswer():
                return self.chance.choice(self.partners)
            case answer:
                return self.chance.choice(ANSWERS.get(type(answer), ("yes",)))

    def _who_says(self, intent: str, text: str) -> str:
        """Who can have said this: whoever names the partner is the other one."""
        named = [name for name in self.partners if re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)]
        if intent == "this_is" and named:
            self.speaker = named[0]
        elif len(named) == 1:
            self.speaker = self.other(named[0])
        return self.speaker

    def _sayable(self, lines: Iterable[str]) -> list[str]:
        return [line for line in lines if self._named or not _STAND_IN.search(line)]

    def _here(self, text: str) -> str:
        """The same with the names of those who live here."""
        names = dict(zip(("alex", "sam"), self.partners, strict=True))
        return _STAND_IN.sub(lambda found: names[found[0].lower()], text)


def asked_by_name(partners: Sequence[str], said: Sequence[str]) -> str:
    """The partner whom Hearthside spoke to last by name; "" for none."""
    either = "|".join(map(re.escape, partners))
    for text in reversed(said):
        if found := re.findall(rf"(?:^|[.!?:] )(?:(?:And|Now|So) )?({either})[,:]", text):
            return str(found[-1])
        if found := re.findall(rf", ({either})[?.!,:]", text):
            return str(found[-1])
    return ""


def own(who: str, text: str, meant: str = OWN) -> Line:
    """Something said that is not meant for Hearthside by name."""
    return Line(who, text, meant)
