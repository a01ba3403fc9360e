"""What the couple leave out: topics of the prompts, and anything else by the words that they name it with."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from voice.content import Content, Prompt
from voice.dialogue.decision import Decision
from voice.language.second_person import in_second_person
from voice.language.slots import ABOUT, NO_TOPIC, TOPIC
from voice.language.text import speak_list, stems
from voice.messages.actions import SetSetting
from voice.messages.meaning import Match
from voice.messages.records import Records

SETTING = "left out"
NEAREST = 2  # topics that are named where there is none
REMEMBERED = 4096  # prompts and phrases: each prompt is compared with each phrase whenever a question is chosen
_BETWEEN = ", "
_LITTLE = stems(
    "a all an and any anything about at everything for had have her his i in it its lost my of on our please question "
    "questions stuff that the their thing things this to us was we with you your"
)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is left out, as it is said."""

    topics: frozenset[str] = frozenset()
    """Topics that prompts are tagged with."""
    phrases: frozenset[str] = frozenset()
    """What no tag stands for, such as "your ex"; a prompt that mentions a word of it is left out."""

    @property
    def named(self) -> list[str]:
        """All of it, in alphabetical order."""
        return sorted(self.topics | self.phrases)

    def covers(self, prompt: Prompt) -> bool:
        """Whether a prompt is about any of it."""
        if not prompt.tags.isdisjoint(self.topics):
            return True
        return bool(self.phrases) and not _stems(" ".join((prompt.text, *prompt.follow_ups))).isdisjoint(
            stem for phrase in self.phrases for stem in _stems(phrase)
        )


def left_out(content: Content, records: Records) -> LeftOut:
    """What this couple leaves out."""
    named = frozenset(filter(None, records.settings.get(SETTING, "").split(_BETWEEN)))
    tags = frozenset(tag for deck in content.decks for prompt in deck.prompts for tag in prompt.tags)
    return LeftOut(named & tags, named - tags)


def _of(decision: Decision) -> LeftOut:
    return left_out(decision.content, decision.records)


def leave_out(decision: Decision, match: Match) -> None:
    """ "No questions about work"; of what is no topic, the nearest ones are named."""
    if NO_TOPIC in match.slots:
        nearest = str(match.slots[NO_TOPIC]).split("\n")
        decision.say("no_topic", list=speak_list(nearest[:NEAREST], "or"))
        phrase = in_second_person(str(match.slots[ABOUT])).replace(_BETWEEN, " ")
    else:
        phrase = str(match.slots[TOPIC])
    _keep(decision, {*_of(decision).named, phrase})


def let_in(decision: Decision, match: Match) -> None:
    """ "We can talk about work again"."""
    words = str(match.slots[ABOUT] if NO_TOPIC in match.slots else match.slots[TOPIC])
    _keep(decision, [each for each in _of(decision).named if _stems(words).isdisjoint(_stems(each))])


def name_left_out(decision: Decision, match: Match) -> None:
    """ "What do we leave out"."""
    say_left_out(decision)


def say_left_out(decision: Decision) -> None:
    """Name what is left out."""
    if named := _of(decision).named:
        decision.say("left_out", list=speak_list(named))
    else:
        decision.say("nothing_left_out")


def _keep(decision: Decision, named: Collection[str]) -> None:
    decision.act(SetSetting(SETTING, _BETWEEN.join(sorted(named))))


@lru_cache(REMEMBERED)
def _stems(text: str) -> frozenset[str]:
    return stems(text) - _LITTLE
