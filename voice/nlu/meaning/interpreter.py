"""Decides what a sentence means that no template has, and whether a template's match was really asked for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from voice.content import IntentPack
from voice.language.short_answers import ShortAnswer, short_answer
from voice.language.text import clauses, plain
from voice.language.wishes import wishes
from voice.messages.meaning import EXPLAINS, Acceptance, Addressing, Explanation, Match, NoMatch, Rejection
from voice.messages.recognition import WAIT_DEFAULT, WAIT_MEANT, WAIT_PREFIX, Hypothesis, Mode
from voice.nlu.matching.utterance import Utterance
from voice.nlu.meaning.abstraction import Abstraction
from voice.nlu.meaning.bars import (
    AHEAD,
    ASKS,
    CARE_IN_A_CLAUSE,
    CLEARLY,
    DOUBTS,
    ELSEWHERE_FROM,
    FOREIGN,
    PLAIN,
    SURE,
    SURE_BY_ITSELF,
    SURE_IN_OTHER_WORDS,
    SURE_WHEN_LONGER,
    TABLE_MODES,
    bars,
    care_bar,
    is_long_when_told,
)
from voice.nlu.meaning.guards import Guards, is_no_wish
from voice.nlu.meaning.intent_head import ELSEWHERE, LINE, NOT_CARE, Guess, IntentHead
from voice.nlu.meaning.learned import Learned
from voice.nlu.meaning.readings import Weighed, weighed
from voice.nlu.meaning.repairs import repaired
from voice.nlu.meaning.slot_extraction import SlotExtractor
from voice.nlu.meaning.sureness import is_seconded, is_sure, least

ANSWERS = ("yes", "no")  # intents that a question asked back is never
REMEMBERED = 32  # sentences whose abstraction is kept: those of an utterance are asked about several times


class Interpreter:
    """Understands one couple's own wordings. names: every spelling of a partner's name -> the name; lists as grammars.

    May be used from several threads.
    """

    def __init__(
        self,
        pack: IntentPack,
        names: Mapping[str, str],
        lists: Mapping[str, Mapping[str, str]],
        learned: Learned,
    ) -> None:
        scorer = learned.scorer
        self._intents = {intent.name: intent for intent in pack.intents}
        self._care = frozenset(intent.name for intent in pack.intents if intent.care)
        self._avoided = {intent.name: frozenset(map(plain, intent.avoid)) for intent in pack.intents}
        self._frames_of_cries = [
            (intent.name, re.compile(frame)) for intent in pack.intents if intent.care for frame in intent.frames
        ]
        self._harmless = [f" {line} " for name in self._care for line in self._avoided[name]]
        self._abstraction = lru_cache(REMEMBERED)(Abstraction(names))
        self._head, self._scorer = IntentHead(scorer, pack.intents), scorer
        self._guards = Guards(pack.intents, learned.stances)
        self._forms = lists
        self._form_vectors = lru_cache(None)(self._vectors_of_forms)
        self._slots = SlotExtractor(pack, names, lists, self._nearest, scorer.vectors)

    def repaired(self, hypotheses: Sequence[Hypothesis], mode: Mode) -> tuple[Hypothesis, ...]:
        """The readings of an utterance, as its speaker corrected it; what is dictated is left as it was said."""
        if mode is Mode.WORDS:
            return tuple(hypotheses)
        heard = [each for each in hypotheses if not each.constrained]
        said = [repaired(each.text, lambda texts: self._certainties(texts, mode)) for each in heard]
        if said == [each.text for each in heard]:
            return tuple(hypotheses)
        return tuple(each.reworded(text) for each, text in zip(heard, said, strict=True))

    def _certainties(self, texts: Sequence[str], mode: Mode) -> NDArray[np.float32]:
        return self._head.certainties([self._abstraction(text) for text in texts], mode)

    # ---- cries for help ------------------------------------------------------------------------------
    def care(self, heard: Utterance, mode: Mode, addressing: Addressing) -> Match | None:
        """What ends everything, when the sentence is a cry for help in any words."""
        if len(heard.plain) < 2:
            return None
        said = f" {' '.join(heard.plain)} "
        harmless = [line for line in self._harmless if line in said]
        if said in harmless:
            return None
        text = self._abstraction(heard.hypothesis.text)
        cries_here = frozenset(name for name in self._care if mode in self._intents[name].when)
        cries = [guess for guess in self._head.ranked({text: 1.0}, mode) if guess.label in cries_here]
        if not cries:
            return None
        likeliest, words = self._intents[cries[0].label], len(heard.plain)
        plain_text = plain(text)
        framed = [name for name, frame in self._frames_of_cries if name in cries_here and frame.search(plain_text)]
        bar = care_bar(mode, addressing, likeliest, plain_text, is_framed=bool(framed), is_harmless=bool(harmless))
        if self._head.share(text, cries_here) < max(bar, CLEARLY * self._head.share(text, (NOT_CARE,))):
            return None
        if is_long_when_told(mode, words) and not self._has_a_cry(text, cries_here):
            return None
        meant = likeliest.name if likeliest.name in framed or not framed else framed[0]
        return self._match(meant, heard, {}, care=True)

    def _has_a_cry(self, text: str, cries: frozenset[str]) -> bool:
        """Whether one clause of a long sentence is a cry for help by itself: what is told only sounds like one."""
        return any(self._head.share(clause, cries) >= CARE_IN_A_CLAUSE for clause in clauses(text))

    # ---- a template was near -------------------------------------------------------------------------
    def doubt(self, match: Match, heard: Utterance, mode: Mode, addressing: Addressing) -> Rejection | None:
        """Why what is near a template was not asked for; None when it was.

        A sentence that the sound made likely has the template's own words, whatever was read: they are asked for.
        """
        is_own = match.distance == 0 or plain(match.text) == plain(match.sentence)
        if (is_own and "{" not in match.sentence) or mode is Mode.WORDS:
            return None
        if why := self._guards.rejection(match.intent, self._abstraction(heard.hypothesis.text)):
            return why
        if self._guards.is_opposite(match.intent, heard.plain):
            return Rejection.UNCERTAIN
        if match.distance == 0:
            return None
        if self._slots.names_another(match.slots, heard) or (_is_asked_back(heard, mode) and match.intent in ANSWERS):
            return Rejection.UNCERTAIN
        ranked = self._head.ranked({self._abstraction(heard.hypothesis.text): 1.0}, mode)
        own = next((guess.probability for guess in ranked if guess.label == match.intent), 0.0)
        other = ranked[0] if ranked else None
        if other and other.label != match.intent and other.probability >= DOUBTS and own < FOREIGN:
            return Rejection.UNCERTAIN
        overheard = addressing is Addressing.OVERHEARD and mode in TABLE_MODES
        return Rejection.UNCERTAIN if overheard and is_seconded(match) else None

    def with_topic(self, match: Match, heard: Utterance) -> Match:
        """A match near a template, without a deck that it named for a topic that is another one."""
        if match.distance == 0:
            return match
        return replace(match, slots=self._slots.with_topic(self._intents[match.intent], match.slots, heard))

    def agrees(self, heard: Utterance, intent: str) -> bool:
        """Whether the head is sure of an intent to which a template was near, but not near enough."""
        return self._head.share(self._abstraction(heard.hypothesis.text), (intent,)) >= SURE

    # ---- no template was near ------------------------------------------------------------------------
    def meant(self, heard: Utterance, mode: Mode, addressing: Addressing, why: NoMatch) -> Match | NoMatch:
        """What a sentence means in words that no template has."""
        text = heard.hypothesis.text
        if not heard.plain or not text.isprintable():
            return why
        if mode not in TABLE_MODES:
            addressing = Addressing.EXPECTED
        is_begun = addressing is not Addressing.ADDRESSED and why.wait >= WAIT_PREFIX
        if addressing is not Addressing.ADDRESSED and is_no_wish(heard, mode):
            return why
        if answer := self._answered(heard, self._abstraction(text), mode):
            return answer
        readings = weighed(heard, self._abstraction)
        ranked = self._ranked(readings, heard, mode, addressing)
        if ranked and ranked[0].label == ELSEWHERE and ranked[0].probability >= ELSEWHERE_FROM:
            return replace(why, why=Rejection.ELSEWHERE)
        if not ranked or ranked[0].is_silent or ranked[0].label == LINE:
            asked = self._asked_in_a_part(self._abstraction(text), mode) if addressing is Addressing.ADDRESSED else None
            return self._filled(asked, heard, why) if asked else self._guessed(ranked[1:2], heard, addressing, why)
        first, second = ranked[0], ranked[1].probability if len(ranked) > 1 else 0.0
        said = max(readings, key=lambda each: each.share * self._head.share(each.text, (first.label,)))
        heard = said.heard
        is_talk = why.why is Rejection.NO_COMMAND and why.distance == 0
        is_talk |= self._intents[first.label].told and is_long_when_told(mode, len(heard.plain))
        needed = max(SURE if is_talk else 0.0, least(heard, mode, is_begun=is_begun))
        if " ".join(heard.plain) in self._avoided[first.label]:
            return why
        if first.probability < needed and not self._asked_in_a_part(said.text, mode, first.label):
            return why
        for read in (said.text, self._abstraction(text)):  # no reading does what another one refuses
            rejected = self._guards.rejection(first.label, read, first.probability)
            if rejected is None and mode is Mode.TURN and self._is_told(first, read):
                rejected = Rejection.NOT_ASKED
            if rejected and not self._asked_in_a_part(read, mode, first.label):
                return replace(why, why=rejected)
        is_ahead = mode not in TABLE_MODES or first.probability >= AHEAD * second  # elsewhere nobody is asked which
        if is_ahead and is_sure(first, heard, mode, addressing):
            exact = self._intents[first.label].exact  # what deletes is guessed only where somebody speaks to us
            return why if exact and addressing is not Addressing.ADDRESSED else self._filled(first, heard, why)
        return self._guessed(ranked[:2], heard, addressing, why)

    def _ranked(self, readings: Sequence[Weighed], heard: Utterance, mode: Mode, addressing: Addressing) -> list[Guess]:
        """What an utterance may mean but for cries for help and what its words deny, the likeliest first."""
        texts = {reading.text: reading.share for reading in readings}
        ranked = self._head.ranked(texts, mode, bars(mode, addressing, len(heard.plain)).silence)
        ranked = [guess for guess in ranked if guess.label not in self._care]
        said = plain(self._abstraction(heard.hypothesis.text)).split()  # without the "less" of "an hour less a minute"
        return self._head.together([guess for guess in ranked if not self._guards.is_opposite(guess.label, said)])

    def _is_told(self, guess: Guess, text: str) -> bool:
        """Whether one tells the other in a turn what only sounds like a wish."""
        if self._guards.is_told(guess.label, text):
            return True
        is_free = self._slots.takes_words(self._intents[guess.label])
        return (
            guess.probability < SURE_IN_OTHER_WORDS and not is_free and self._guards.has_other_words(guess.label, text)
        )

    def _asked_in_a_part(self, text: str, mode: Mode, label: str = "") -> Guess | None:
        """What a part of a sentence asks for alone: "today was awful but let's find three good things".

        label: the intent that it may be; "" for any but a cry for help.
        """
        bar = SURE_BY_ITSELF if mode in TABLE_MODES else SURE_WHEN_LONGER
        for part in wishes(text) if mode in (*TABLE_MODES, Mode.TURN, Mode.SESSION) else ():
            ranked = self._head.together(self._head.ranked({part: 1.0}, mode))
            if not ranked or ranked[0].is_silent or ranked[0].probability < bar:
                continue
            is_meant = ranked[0].label == label if label else ranked[0].label not in self._care
            if is_meant and self._guards.rejection(ranked[0].label, part, ranked[0].probability) is None:
                return ranked[0]
        return None

    def _answered(self, heard: Utterance, abstract: str, mode: Mode) -> Match | None:
        """The answer to a yes/no question that the frame of a sentence gives without the words yes and no."""
        answer = short_answer(abstract) if mode is Mode.YES_NO else None
        if answer is None:
            return None
        if answer is not ShortAnswer.ASKED_BACK:
            return self._match(answer.value, heard, {})
        shares = {name: self._head.share(abstract, (name,)) for name in EXPLAINS if name in self._intents}
        return self._match(max(shares, key=shares.__getitem__), heard, {}) if shares else None

    def _filled(self, guess: Guess, heard: Utterance, why: NoMatch) -> Match | NoMatch:
        intent = self._intents[guess.label]
        filled = self._slots.fill(intent, heard)
        match = self._match(intent.name, heard, filled.slots, probability=guess.probability)
        if filled.stranger:
            return replace(why, why=Rejection.STRANGER, stranger=filled.stranger)
        if filled.missing:
            return replace(why, why=Rejection.INCOMPLETE, guesses=(match,), missing=min(filled.missing))
        is_plain = guess.probability >= PLAIN and not self._slots.takes_any(intent)
        wait = WAIT_MEANT if is_plain and why.wait <= WAIT_DEFAULT else max(match.wait, why.wait)
        return replace(match, unsure=intent.exact, wait=wait)

    def _guessed(self, guesses: list[Guess], heard: Utterance, addressing: Addressing, why: NoMatch) -> NoMatch:
        """No match, with what is worth a question."""
        if addressing is Addressing.OVERHEARD:
            return why
        found, abstract = list[Match](), self._abstraction(heard.hypothesis.text)
        for guess in guesses:
            if guess.is_silent or guess.label == LINE or guess.probability < ASKS:
                continue
            if self._guards.rejection(guess.label, abstract, guess.probability) is None:
                filled = self._slots.fill(self._intents[guess.label], heard)
                if not (filled.missing or filled.stranger):
                    found.append(self._match(guess.label, heard, filled.slots, probability=guess.probability))
        return replace(why, guesses=tuple(found)) if found else why

    @staticmethod
    def _match(
        intent: str,
        heard: Utterance,
        slots: Mapping[str, str | float],
        *,
        probability: float = 1.0,
        care: bool = False,
    ) -> Match:
        text = heard.hypothesis.text
        known = Explanation() if care else Explanation(nearest=text, intent=intent, reason=Acceptance.MEANT)
        distance = round(1 - probability, 4)
        return Match(intent, slots, text, text, distance, WAIT_DEFAULT, known, care=care)

    def _nearest(self, text: str, slot: str) -> str:
        """The value of a list whose spoken forms mean the nearest thing."""
        forms = self._forms.get(slot, {})
        if not forms:
            return ""
        nearest = int((self._form_vectors(slot) @ self._scorer.vectors([plain(text)])[0]).argmax())
        return list(forms.values())[nearest]

    def _vectors_of_forms(self, slot: str) -> NDArray[np.float32]:
        return self._scorer.vectors(list(self._forms[slot]))


def _is_asked_back(heard: Utterance, mode: Mode) -> bool:
    """Whether a yes/no question is answered by asking what it is about: "keep what exactly"."""
    return mode is Mode.YES_NO and short_answer(heard.hypothesis.text) is ShortAnswer.ASKED_BACK
