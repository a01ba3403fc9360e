"""Guards of meaning: whether a sentence asks for what an intent would do, or refuses, tells or asks about it."""

import re
from collections.abc import Iterable, Mapping

from voice.content import Intent
from voice.language.speech_acts import Act, stance
from voice.language.text import plain
from voice.messages.meaning import Rejection

_USUAL = 0.04  # share of an intent's own wordings with a stance from which on the stance belongs to the intent
_FEW = 2  # wordings that must have it

# Verbs of opposite intents: where a sentence has a verb of one of them and none of its own, it does not mean the other.
_CANCEL = frozenset(
    "cancel stop kill delete remove clear end scrap ditch bin drop lose abort shut silence forget".split()
)
_PAUSE = frozenset("pause hold freeze suspend halt".split())
_RESUME = frozenset("resume continue unpause restart unfreeze".split())
_ADD = frozenset("add extend lengthen increase prolong extra".split())
_SHORTEN = frozenset("shorten decrease reduce knock shave subtract less".split())
_ASK = frozenset("left remaining longer long check status".split())
_OPPOSITES: Mapping[str, frozenset[str]] = {
    "start_timer": _CANCEL | _PAUSE | _RESUME | _ADD | _SHORTEN,
    "hug": _CANCEL | _PAUSE,
    "promise": _CANCEL,
    "pause_timer": _CANCEL | _RESUME | _SHORTEN,
    "resume_timer": _CANCEL | (_PAUSE - {"hold"}) | _SHORTEN,
    "add_time": _CANCEL | _PAUSE | _SHORTEN,
    "cancel_timer": _PAUSE | _RESUME | _ADD | _SHORTEN,
    "remind": frozenset("cancel delete remove".split()),
}
_OWN: Mapping[str, frozenset[str]] = {
    "start_timer": frozenset("set start begin put make new create timer".split()) - {"timer"},
    "hug": frozenset({"hug"}),
    "promise": frozenset({"give", "hold"}),
    "pause_timer": _PAUSE,
    "resume_timer": _RESUME,
    "add_time": _ADD | frozenset({"more", "another", "longer"}),
    "cancel_timer": _CANCEL,
    "remind": frozenset("remind reminder forget".split()),
}


_UNDOES = frozenset(
    ("cancel_timer", "cancel_reminder", "bucket_take_off", "delete_kind", "forget", "cancel", "stop_keeping")
)
"""Intents that a refusal may ask for ("we don't need the timer any more"), unless it refuses to make something."""
_MAKES = frozenset(
    "set setting start starting make making put putting add adding create remind reminding read reading ask".split()
)
_INDEFINITE = re.compile(r"\b(?:a|an|any|another) (?:\w+ )?(?:timer|reminder|question|note|alarm)s?\b")  # not made yet
_UNDOING_REFUSED = re.compile(
    r"\b(?:dont|do not|never|shouldnt|should not|not|no need to|mustnt|dont (?:think|want|reckon)(?: \w+){0,3})"
    r" (?:to )?(?:ever )?(?:cancel|delete|remove|stop|forget|drop|take|erase|scrap|touch|change)\b|\bleave .+ alone\b"
)
_UNMAKES = _CANCEL | frozenset("off away out anymore longer more keep keeping save saving write writing".split())


class Guards:
    """Knows from an intent's own sentences which stances belong to it: "no questions about work" is no refusal."""

    def __init__(self, intents: Iterable[Intent]) -> None:
        self._negative, self._acts = set[str](), dict[str, frozenset[Act]]()
        for intent in intents:
            stances = [stance(line) for line in (*intent.say, *intent.wordings)]
            enough = max(_FEW, _USUAL * len(stances))
            if intent.care or sum(each.negated for each in stances) >= enough:
                self._negative.add(intent.name)
            acts = {act for act in Act if sum(each.act is act for each in stances) >= enough}
            self._acts[intent.name] = frozenset(acts | {Act.REQUEST}) if not intent.care else frozenset(Act)

    def rejection(self, intent: str, text: str) -> Rejection | None:
        """Why a sentence that is near an intent does not ask for it; None when it does."""
        frame = stance(text)
        if frame.negated and intent in _UNDOES:
            said = set(plain(text).split())
            if (said & _MAKES and not said & _UNMAKES) or _INDEFINITE.search(plain(text)):
                return Rejection.REFUSED
            if _UNDOING_REFUSED.search(plain(text)):
                return Rejection.REFUSED
        if frame.negated and intent not in self._negative:
            return Rejection.REFUSED
        if frame.act not in self._acts.get(intent, frozenset(Act)):
            return Rejection.NOT_ASKED
        return None

    @staticmethod
    def is_opposite(intent: str, some_words: Iterable[str]) -> bool:
        """Whether the words hold the verb of an opposite intent, and none of this one."""
        said = frozenset(some_words)
        others = _OPPOSITES.get(intent)
        return others is not None and bool(said & others) and not said & _OWN[intent]
