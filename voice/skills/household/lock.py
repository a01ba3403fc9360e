"""The word without which kept lines are neither read nor deleted aloud; three wrong ones close it until the morning."""

from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from voice.dialogue.decision import Decision
from voice.dialogue.private import CLOSED_UNTIL, closed_until, needs_word, next_morning
from voice.dialogue.skill import Answers
from voice.dialogue.state import PendingQuestion
from voice.language.text import plain
from voice.messages.actions import SetSetting
from voice.messages.delivery import ChimeName
from voice.messages.meaning import Match
from voice.messages.recognition import Mode

TRIES = 3  # wrong words; then it stays closed until the morning
MISHEARD = 0.2  # how far what is heard may be from the word, letter by letter, 0 to 1


@dataclass(frozen=True, slots=True)
class WordWanted(PendingQuestion):
    """The word of the couple."""

    match: Match
    """What is done after it."""
    mode: Mode = field(default=Mode.WORDS, kw_only=True)
    """It listens for any words."""


def ask_word(decision: Decision, match: Match) -> bool:
    """Whether the word comes first; then it is asked for, unless too many were wrong."""
    if not needs_word(decision, match.intent):
        return False
    if closed_until(decision):
        decision.say("lock_closed")
    else:
        decision.change(awaited=WordWanted(match))
        decision.say("lock_word")
    return True


def take_word(decision: Decision, awaited: WordWanted, text: str) -> None:
    """The right word opens kept lines for some minutes; wrong ones are counted over all wishes of the evening."""
    decision.chime(ChimeName.RECORDING_OFF)
    if is_word(text, decision.manners.lock.word):
        decision.change(awaited=None, opened_at=decision.at, wrong_words=0)
        decision.run(awaited.match)
        return
    wrong = decision.state.wrong_words + 1
    if wrong < TRIES:
        decision.change(awaited=WordWanted(awaited.match), wrong_words=wrong)
        decision.say("lock_wrong")
    else:
        decision.change(awaited=None, wrong_words=0)
        decision.act(SetSetting(CLOSED_UNTIL, next_morning(decision.now).isoformat()))
        decision.say("lock_closed")


def is_word(heard: str, word: str) -> bool:
    """Whether the word was said, alone or within a few others, a little misheard at most."""
    said, wanted = plain(heard).split(), plain(word).split()
    joined = "".join(wanted)
    spans = (said[at : at + size] for size in range(1, len(wanted) + 2) for at in range(len(said) - size + 1))
    return any(Levenshtein.normalized_distance("".join(span), joined) <= MISHEARD for span in spans)


ANSWERS = (Answers(WordWanted, dictated=take_word),)
