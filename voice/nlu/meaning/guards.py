"""Guards of meaning: whether a sentence asks for what an intent would do, or refuses, tells or asks about it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from voice.content import Intent
from voice.language.speech_acts import Act, is_to_a_person, stance
from voice.language.text import plain, stems
from voice.messages.meaning import Rejection
from voice.messages.recognition import Mode
from voice.nlu.matching.utterance import Utterance
from voice.nlu.meaning.bars import TABLE_MODES

_USUAL = 0.04  # share of an intent's own wordings with a stance from which on the stance belongs to the intent
_RULE = 0.3  # share from which on it is asked for in this stance as a rule
_SELDOM = 0.08  # share of wordings that refuse something, up to which a refusal is hardly ever meant so
_TELLS = (Act.TOLD, Act.PAST, Act.OTHERS)
_FEW = 2  # wordings that must have it
_OF_THE_OTHER = re.compile(
    r"^(?:(?:and|but|so|well|because) )*(?:you|youre|youve|youd|he|she|they) (?!can|could|may\b)"
)
SURE_WHEN_TOLD = 0.5  # how probable the intent must be of a sentence that tells, asks about or refuses something

_BEGINNINGS = frozenset("i im am we were are you youre its it is the a an to and but so that this there he she".split())
_ONE_WORD_MODES = (Mode.YES_NO, Mode.WORDS, Mode.RINGING)  # where one word of their own is enough
_MAKES = frozenset(
    "set setting start starting make making put putting add adding create remind reminding read reading ask".split()
)
_INDEFINITE = re.compile(r"\b(?:a|an|any|another) (?:\w+ )?(?:timer|reminder|question|note|alarm)s?\b")  # not made yet
_UNDOING_REFUSED = re.compile(
    r"\b(?:dont|do not|never|shouldnt|should not|not|no need to|mustnt|dont (?:think|want|reckon)(?: \w+){0,3})"
    r" (?:to )?(?:ever )?(?:cancel|delete|remove|stop|forget|drop|take|erase|scrap|touch|change)\b|\bleave .+ alone\b"
)
_UNMAKES = frozenset(
    "cancel stop kill delete remove clear end scrap ditch bin drop lose abort shut silence forget off away out anymore "
    "longer more keep keeping save saving write writing".split()
)


def is_no_wish(heard: Utterance, mode: Mode) -> bool:
    """Whether it is one word where that is not enough, only the beginning of a sentence, or said to a person."""
    if mode in TABLE_MODES and is_to_a_person(heard.hypothesis.text):
        return True
    return (len(heard.plain) == 1 and mode not in _ONE_WORD_MODES) or set(heard.plain) <= _BEGINNINGS


@dataclass(frozen=True, slots=True)
class UsualStances:
    """The stances in which people ask for an intent."""

    negated: float
    """The share of sentences that refuse something: "no questions about work"."""
    acts: frozenset[Act]
    """What people do by saying them, a few lines of the intent or more."""
    as_a_rule: frozenset[Act]
    """Those of them in which it is asked for as a rule: "we're new parents" sets a stage of life."""


class Guards:
    """Knows from an intent's own sentences which stances belong to it: "no questions about work" is no refusal.

    usual: intent -> its stances, as far as they were learned before; those of the others are looked at when asked for.
    """

    def __init__(self, intents: Iterable[Intent], usual: Mapping[str, UsualStances]) -> None:
        self._intents = {intent.name: intent for intent in intents}
        self._usual = lru_cache(None)(lambda name: usual.get(name) or usual_stances(self._intents[name]))
        self._stems = lru_cache(None)(self._stems_of)

    def rejection(self, intent: str, text: str, probability: float = 1.0) -> Rejection | None:
        """Why a sentence that is near an intent does not ask for it; None when it does.

        probability: of the intent; a stance that is usual for it, but seldom a request, wants a surer one.
        """
        frame = stance(text)
        if frame.negated and self._intents[intent].undoes and _is_undoing_refused(plain(text)):
            return Rejection.REFUSED
        usual = self._usual(intent)
        is_doubtful = frame.outright or probability < SURE_WHEN_TOLD
        if frame.negated and (not usual.negated or (usual.negated < _SELDOM and is_doubtful)):
            return Rejection.REFUSED
        if self._intents[intent].is_answer:
            return None
        told = frame.act not in usual.acts or (frame.act not in usual.as_a_rule and probability < SURE_WHEN_TOLD)
        return Rejection.NOT_ASKED if told else None

    def is_told(self, label: str, text: str) -> bool:
        """Whether one tells the other in a turn what only sounds like a wish: "you don't listen", "we had guests"."""
        is_telling = stance(text).act in _TELLS or _OF_THE_OTHER.search(plain(text)) is not None
        intent = self._intents.get(label)
        return is_telling and not (intent and intent.told)

    def has_other_words(self, label: str, text: str) -> bool:
        """Whether a sentence has a word that nobody who asked for an intent has used."""
        return not stems(text) <= self._stems(label)

    def _stems_of(self, label: str) -> frozenset[str]:
        known = self._intents[label]
        return stems(" ".join((*known.say, *known.wordings)))

    def is_opposite(self, label: str, some_words: Iterable[str]) -> bool:
        """Whether the words hold the verb of an opposite intent, and none of this one; a label of talk has neither."""
        intent, said = self._intents.get(label), frozenset(some_words)
        return intent is not None and bool(said & intent.opposites) and not said & intent.verbs


def usual_stances(intent: Intent) -> UsualStances:
    """The stances of an intent's own sentences; those of a large one take more than a tenth of a second."""
    if intent.care:
        return UsualStances(1.0, frozenset(Act), frozenset(Act))
    stances = [stance(line) for line in (*intent.say, *intent.wordings)]
    enough = max(_FEW, _USUAL * len(stances))
    counts = {act: sum(each.act is act for each in stances) for act in Act}
    acts = {act for act, count in counts.items() if count >= enough}
    as_a_rule = {act for act, count in counts.items() if count >= _RULE * len(stances)}
    negated = sum(each.negated for each in stances)
    share = negated / len(stances) if negated >= enough else 0.0
    return UsualStances(share, frozenset(acts | {Act.REQUEST}), frozenset(as_a_rule | {Act.REQUEST}))


def _is_undoing_refused(said: str) -> bool:
    """Whether a negated sentence refuses to make something, or to undo it: "don't cancel it", "we need no timer"."""
    some = set(said.split())
    makes = bool(some & _MAKES) and not some & _UNMAKES
    return makes or bool(_INDEFINITE.search(said) or _UNDOING_REFUSED.search(said))
