"""What was heard -> what was meant: the sentence that can be said now and is nearest, in letters or in sounds.

Whole utterances only. It stays silent when nothing is near enough, when two intents are as near, and when what
was heard is nearer to a line that the pack says is no command.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from voice.content import Intent, IntentPack
from voice.language.slots import NAME, TEXT, TIMER
from voice.language.text import plain
from voice.messages.meaning import Addressing, Match, NoMatch, Rejection
from voice.messages.recognition import PACK, UNHESITATING, WAIT_DEFAULT, WAIT_PREFIX, Hypothesis, Mode, Need
from voice.messages.word_graph import Shortlist
from voice.nlu.index.pack_index import PackIndex
from voice.nlu.index.pronunciation import Pronouncer
from voice.nlu.index.sentence import Phonemize, Sentence
from voice.nlu.matching.crisis_phrases import Crisis
from voice.nlu.matching.explanation import explain, with_explanation
from voice.nlu.matching.rejection import rejection, threshold, wait_after
from voice.nlu.matching.slot_filling import EXACT, Fit, SlotFiller
from voice.nlu.matching.utterance import Utterance, tokenized
from voice.nlu.meaning.bars import TABLE_MODES
from voice.nlu.meaning.intent_head import LINE
from voice.nlu.meaning.interpreter import Interpreter
from voice.nlu.meaning.learned import Learned
from voice.nlu.meaning.two_wishes import two_wishes
from voice.nlu.rescoring.confidence import disagreement, is_doubtful, swallows
from voice.nlu.rescoring.confidence import threshold as needed_evidence
from voice.nlu.rescoring.likelihood import most_likely
from voice.nlu.rescoring.shortlist import shortlist

LONGEST_COMMAND = 16  # words; longer talk is not searched for a command, unless a template of many is as long
SECONDED = 0.25  # how far a sentence may be where the wording of the whole utterance says the same
REMEMBERED = 16  # readings whose meaning is cached: as many as one utterance has
UNDECIDED = (Rejection.UNSURE, Rejection.DIFFERING)  # the recognizer itself was not sure
NOT_NEAR = (Rejection.NOTHING_NEAR, Rejection.ANOTHER_WORD)


class Understanding:
    """Understands one couple. partners: their names. decks: names of decks, as people say them.

    `understand`, `in_doubt`, `warm_up` and `index` may be called from several threads: what they share is built once.
    pack: what it understands. phonemize: text -> phonemes, for comparing sounds; None compares letters only.
    heard_as: name -> other spellings that a recognizer writes for it. choices: what sessions let people choose from.
    """

    def __init__(
        self,
        pack: IntentPack,
        partners: tuple[str, str],
        decks: Sequence[str],
        phonemize: Phonemize | None,
        heard_as: Mapping[str, Sequence[str]] | None = None,
        choices: Sequence[str] = (),
        learned: Learned | None = None,
    ) -> None:
        self.pack = pack
        self._pronouncer = Pronouncer(phonemize)
        names = {form.lower(): name for name in partners for form in (name, *(heard_as or {}).get(name, ()))}
        self._slot_filler, self._crisis = SlotFiller(names, self._pronouncer), Crisis(pack, names)
        self.index = PackIndex(pack, partners, names, decks, choices, self._pronouncer)
        self._interpreter = Interpreter(pack, names, self.index.lists, learned) if learned else None
        # The second pass asks whether the very readings are in doubt that are understood a moment later.
        self._alone = lru_cache(maxsize=REMEMBERED)(self._understand)
        for intent in pack.intents:
            self.index.add(intent, self._lines_without_template(intent))

    def become(self, other: "Understanding") -> None:
        """Know another couple, or other names, from now on; `index` stays the same object, with other sentences."""
        index = self.index
        vars(index).update(vars(other.index))
        vars(self).update({**vars(other), "index": index})

    def warm_up(self, needs: Collection[Need] = frozenset(Need)) -> None:
        """Build now what takes about a second, not at its first use. needs: the forms that the recognizers take."""
        for mode in Mode:
            if Need.GRAPH in needs:
                self.index.graph(mode)
            if Need.GRAMMAR in needs:
                self.index.engine_grammar(mode)
            self.index.index(mode)

    def understand(
        self,
        hypotheses: Sequence[Hypothesis],
        mode: Mode,
        *,
        timers: Sequence[str] = (),
        addressing: Addressing = Addressing.OVERHEARD,
    ) -> Match | NoMatch:
        """What somebody meant, of everything that can be said in this mode.

        hypotheses: readings of one utterance, the likeliest first; the one nearest to something sayable is taken.
        timers: the names of those that are running. addressing: whether somebody speaks to us.
        """
        said = self._interpreter.repaired(hypotheses, mode) if self._interpreter else hypotheses
        if self._interpreter and (both := self._both(said, mode, timers, addressing)):
            return with_explanation(both, hypotheses)
        result = self._meant(said, mode)
        if self._is_open(result):
            result = self._likeliest(said, mode, timers) or result
        if self._interpreter:
            result = self._interpreted(self._interpreter, result, said, mode, addressing)
        return with_explanation(self._with_timer(result, timers), hypotheses)

    def _both(
        self, said: Sequence[Hypothesis], mode: Mode, timers: Sequence[str], addressing: Addressing
    ) -> Match | None:
        """Two wishes in one breath, where each of them alone would be understood."""
        parts = two_wishes(said[0].text) if said and mode in TABLE_MODES else None
        if parts is None:
            return None
        first, then = (
            self.understand((said[0].reworded(part),), mode, timers=timers, addressing=addressing) for part in parts
        )
        if not (isinstance(first, Match) and isinstance(then, Match)) or first.care or then.care:
            return None
        return replace(first, then=then)

    def _with_timer(self, result: Match | NoMatch, timers: Sequence[str]) -> Match | NoMatch:
        """The match, with the timer that was meant by its own name."""
        if isinstance(result, NoMatch) or TIMER.name not in result.slots:
            return result
        name = self._slot_filler.timer(TIMER.said_in(result.slots), timers)
        return replace(result, slots={**result.slots, TIMER.name: name})

    def _interpreted(
        self,
        interpreter: Interpreter,
        result: Match | NoMatch,
        hypotheses: Sequence[Hypothesis],
        mode: Mode,
        addressing: Addressing,
    ) -> Match | NoMatch:
        """The result with its meaning looked at: cries for help, refusals and statements, words of people's own."""
        if not hypotheses or (isinstance(result, NoMatch) and result.why in UNDECIDED):
            return result
        heard = tokenized(next((each for each in hypotheses if each.text == result.text), hypotheses[0]))
        if not heard.words or (isinstance(result, Match) and result.care):
            return result
        is_talk = isinstance(result, NoMatch) and result.why is Rejection.NO_COMMAND
        if is_talk and result.distance == 0 and not (addressing is Addressing.ADDRESSED and mode in TABLE_MODES):
            return result  # said to us, what is none of one command may be another
        if care := interpreter.care(heard, mode, addressing):
            return care
        if isinstance(result, NoMatch):
            overheard = addressing is Addressing.OVERHEARD and mode in (*TABLE_MODES, Mode.SESSION)
            return result if is_talk and overheard else interpreter.meant(heard, mode, addressing, result)
        if result.intent == LINE:
            meant = interpreter.meant(heard, mode, addressing, NoMatch(result.text, Rejection.NOTHING_NEAR))
            return meant if isinstance(meant, Match) else result
        stranger = Rejection.STRANGER if self._names_a_stranger(result, heard) else None
        why = stranger or interpreter.doubt(result, heard, mode, addressing)
        if why is None:
            return interpreter.with_topic(result, heard)
        rejected = NoMatch(result.text, why, result.sentence, result.distance, explanation=result.explanation)
        return interpreter.meant(heard, mode, addressing, rejected)

    def _names_a_stranger(self, match: Match, heard: Utterance) -> bool:
        """Whether a sentence with a partner's name is near though no word that was heard is one."""
        named = match.distance > 0 and NAME.name in match.slots
        return named and not any(self._slot_filler.is_name(heard.plain[at : at + 1]) for at in range(len(heard.plain)))

    @staticmethod
    def _is_open(result: Match | NoMatch) -> bool:
        """Whether the sound may still say something else than the words."""
        if isinstance(result, Match):
            return not result.care and (result.distance > 0 or swallows(result))
        return result.distance > 0 or result.why is Rejection.DIFFERING

    def _meant(self, hypotheses: Sequence[Hypothesis], mode: Mode) -> Match | NoMatch:
        """What the words that were heard mean, whatever else would be likely."""
        heard = (hypothesis for hypothesis in hypotheses if not hypothesis.constrained)
        readings = [reading for hypothesis in heard if (reading := tokenized(hypothesis)).words]
        if not readings:
            return NoMatch("", Rejection.NO_WORDS)
        results = [self._alone(reading, mode) for reading in readings]
        matches = [result for result in results if isinstance(result, Match)]
        care = next((result for result in matches if result.care), None) or self._crisis.said(readings, matches, mode)
        if care:
            return care
        if mode is Mode.WORDS and not matches:
            text = readings[0].hypothesis.text.strip()
            return Match("words", {TEXT.name: text}, text, "", wait=WAIT_DEFAULT)
        best = min(matches or results, key=lambda result: result.distance)
        if isinstance(best, Match) and (why := disagreement(best, readings, mode, self._pronouncer.distance)):
            return NoMatch(best.text, why, best.sentence, best.distance, explanation=best.explanation)
        if isinstance(best, NoMatch) and self._is_begun(readings, mode):
            return replace(best, wait=WAIT_PREFIX)
        return best

    def in_doubt(self, hypotheses: Sequence[Hypothesis], mode: Mode) -> Callable[[], Shortlist] | None:
        """Finds what may have been meant, when that is worth a closer look at the sound; None when it is not."""
        if not self._is_in_doubt(hypotheses, mode):
            return None
        return lambda: shortlist(
            map(tokenized, hypotheses), self.index.index(mode), self.index.spelling(mode), self._pronouncer
        )

    def _is_in_doubt(self, hypotheses: Sequence[Hypothesis], mode: Mode) -> bool:
        """Whether it is worth a closer look: few words, and others than can be said, or read unsurely."""
        result = self._meant(hypotheses, mode)
        words = len(result.text.split())
        longest = max(LONGEST_COMMAND, self.index.index(mode).longest)
        if mode is Mode.WORDS or not 0 < words <= longest:
            return False
        if isinstance(result, NoMatch):
            return result.why is Rejection.UNSURE or self._is_open(result)
        unsure = not result.care and is_doubtful(result, [tokenized(each) for each in hypotheses], mode)
        return unsure or self._is_open(result)

    def _likeliest(self, hypotheses: Sequence[Hypothesis], mode: Mode, timers: Sequence[str]) -> Match | None:
        """The likeliest of what can be said, when it was meant though other words were heard."""
        return most_likely(
            hypotheses,
            lambda hypothesis: self._with_timer(self._meant([hypothesis], mode), timers),
            lambda one, other: self._pronouncer.apart(plain(one).split(), plain(other).split()),
            lambda match, calibration: needed_evidence(match, mode, calibration, exact=self._is_exact(match)),
            self._is_exact,
        )

    def _is_exact(self, match: Match) -> bool:
        return any(intent.exact for intent in self.pack.intents if intent.name == match.intent)

    def _is_begun(self, readings: Sequence[Utterance], mode: Mode) -> bool:
        """Whether one of them is the beginning of something that can be said."""
        return mode not in UNHESITATING and any(
            self.index.index(mode).is_begun(form.tokens) for reading in readings for form in reading.forms()
        )

    # ---- one reading -----------------------------------------------------------------------------------
    def _understand(self, reading: Utterance, mode: Mode) -> Match | NoMatch:
        if mode is Mode.TURN and self._is_told(reading):
            return NoMatch(reading.hypothesis.text, Rejection.NO_COMMAND, distance=0.0)
        index = self.index.index(mode)
        near = [
            Fit(found.sentence, found.distance, {**found.sentence.slots, **form.slots}, form.tokens)
            for form in reading.forms()
            for found in index.near(form.tokens)
            if not found.sentence.exact or (form.whole and found.sentence.tokens == form.tokens)
        ]
        fits = [*near, *self._slot_filler.fits(index.free(reading.plain), reading)]
        if not fits:
            return NoMatch(reading.hypothesis.text, Rejection.NOTHING_NEAR)
        fits.sort(key=lambda fit: fit.order)
        care = next((fit for fit in fits if fit.sentence.care), None)
        best = care if care and not self._doubt(care, fits, mode) else fits[0]
        explanation = explain(best, fits, threshold(best.sentence, mode))
        why = self._doubt(best, fits, mode)
        if not why or self._is_seconded(why, best, reading):
            said, text, wait = best.sentence, reading.hypothesis.text, wait_after(best, index)
            return Match(said.intent, best.slots, text, said.spoken, best.distance, wait, explanation, said.care)
        nearest = "" if best.sentence.care else best.sentence.spoken
        return NoMatch(reading.hypothesis.text, why, nearest, best.distance, explanation=explanation)

    def _is_told(self, reading: Utterance) -> bool:
        """Whether a turn may hold just these words, which elsewhere are a cry for help: "you hurt me last night"."""
        elsewhere = self._alone(reading, Mode.SESSION)
        if not (isinstance(elsewhere, Match) and elsewhere.care and elsewhere.distance == 0):
            return False
        return all(Mode.TURN not in each.when for each in self.pack.intents if each.name == elsewhere.intent)

    def _doubt(self, best: Fit, fits: Sequence[Fit], mode: Mode) -> Rejection | None:
        return rejection(best, fits, mode, self._slot_filler.is_word_by_word)

    def _is_seconded(self, why: Rejection, best: Fit, reading: Utterance) -> bool:
        """Whether the wording says the same as a sentence that is near, but not near enough on its own."""
        if why not in NOT_NEAR or best.distance > SECONDED or len(best.sentence.tokens) == 1:
            return False
        return self._interpreter is not None and self._interpreter.agrees(reading, best.sentence.intent)

    # ---- say: lines that no template makes ---------------------------------------------------------------
    def _lines_without_template(self, intent: Intent) -> list[str]:
        """The say: lines that no template makes: they are sentences of their own."""
        made, free = set[tuple[str, ...]](), dict[str, list[Sentence]]()
        for sentence in self.index.by_intent[intent.name]:
            made.add(sentence.tokens)
            if sentence.is_free:
                free.setdefault(sentence.key, []).append(sentence)
        return [line for line in intent.say if not self._is_made(intent, line, made, free)]

    def _is_made(
        self, intent: Intent, line: str, made: Collection[tuple[str, ...]], free: Mapping[str, Sequence[Sentence]]
    ) -> bool:
        """Whether a template stands for this line. made: the sentences of the intent; free: those with free words."""
        reading = tokenized(Hypothesis(line, PACK))
        if any(form.tokens in made for form in reading.forms()):
            return True
        if self._slot_filler.fits(free, reading, EXACT):
            return True
        # what fills a slot is no sentence of its own: the words in its place would be lost
        if any(re.fullmatch(frame, " ".join(reading.plain)) for frame in intent.frames):
            return True
        slots = self.index.slots(intent)
        return any(slots & form.slots.keys() or self.index.is_made(intent, form.tokens) for form in reading.forms())
