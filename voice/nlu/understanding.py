"""What was heard -> what was meant: the sentence that can be said now and is nearest, in letters or in sounds.

Whole utterances only. It stays silent when nothing is near enough, when two intents are as near, and when what
was heard is nearer to a line that the pack says is no command.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache

from voice.content import Intent, IntentPack
from voice.language.text import plain
from voice.messages.meaning import WORD_BY_WORD, Explanation, Match, NoMatch
from voice.messages.recognition import WAIT_DEFAULT, WAIT_PREFIX, Hypothesis, Mode
from voice.messages.word_graph import Shortlist, WordGraph
from voice.nlu.classifier.intent_classifier import IntentClassifier
from voice.nlu.grammar.grammar import Expansion, Grammar
from voice.nlu.grammar.word_graph import pack_graph
from voice.nlu.index.engine_grammar import as_grammar
from voice.nlu.index.pronunciation import Pronouncer
from voice.nlu.index.sentence import Phonemize, Sentence, sentence_of
from voice.nlu.index.sentence_index import SentenceIndex, graph_indexes, sentences_of
from voice.nlu.matching.crisis_phrases import Crisis
from voice.nlu.matching.explanation import explain, with_explanation
from voice.nlu.matching.rejection import rejection, threshold, wait_after
from voice.nlu.matching.slot_filling import Fit, SlotFiller
from voice.nlu.matching.utterance import Utterance, tokenized
from voice.nlu.repair.noisy_channel import NoisyChannel
from voice.nlu.rescoring.confidence import DIFFERING, SURE, UNSURELY, bar, disagreement, is_unsure, swallows
from voice.nlu.rescoring.likelihood import most_likely
from voice.nlu.rescoring.shortlist import shortlist

LONGEST_COMMAND = 16  # words; longer talk is not searched for a command, unless a template of many is as long
SECONDED = 0.25  # how far a sentence may be where the wording of the whole utterance says the same
REMEMBERED = 16  # readings whose meaning is kept for a moment: those of one utterance
KEYBOARD = "keyboard"  # the engine whose words nobody overheard
UNHESITATING = (Mode.TURN, Mode.SPEAKING)  # where all sound but a few words is let pass


class Understanding:
    """Understands one couple. partners: their names. decks: names of decks, as people say them.

    phonemize: text -> phonemes, for comparing sounds; None compares letters only.
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
    ) -> None:
        self._pack = pack
        self._partners = partners
        self._sounding = Pronouncer(phonemize)
        names = {form.lower(): name for name in partners for form in (name, *(heard_as or {}).get(name, ()))}
        self._free_words, self._crisis = SlotFiller(names, self._sounding), Crisis(pack, names)
        called = {**pack.lists.get("deck", {}), **{name.lower(): name for name in decks}}
        lists = {**pack.lists, "deck": called, "choice": {form: form for form in choices}}
        self._lists = {"name": names, **lists}
        closed = self._grammar = Grammar(pack.rules, self._lists)
        free = Grammar(pack.rules, lists)
        self._sentences = {intent.name: sentences_of(intent, closed, free) for intent in pack.intents}
        self._wide = {
            mode: graph_indexes([each for each in pack.intents if mode in each.when], closed, free, self._sounding)
            for mode in Mode
        }
        self._grammars: dict[Mode, tuple[str, ...]] = {}
        self._graphs: dict[Mode, WordGraph] = {}
        self._wording: IntentClassifier | None = None
        self._books = dict[Mode, SentenceIndex]()
        # The ears ask whether they are in doubt about the very readings that are understood a moment later.
        self._alone = lru_cache(maxsize=REMEMBERED)(self._understand_alone)
        if extra := self._lines_without_template():
            for intent, sentence in extra:
                self._sentences[intent] += (sentence,)
            self._books.clear()
            self._alone.cache_clear()
        self._wording = IntentClassifier(pack, self._sentences, partners[0])

    @cached_property
    def _garbled(self) -> NoisyChannel:
        known = frozenset(
            token for sentences in self._sentences.values() for each in sentences for token in each.tokens
        )
        avoided = (line for intent in self._pack.intents for line in intent.avoid)
        speaks_for = self._wording.speaks_for if self._wording else lambda words, intent: 0.0
        return NoisyChannel((*self._pack.talk, *avoided), known, self._sounding, self._free_words, speaks_for)

    def warm_up(self) -> None:
        """Make ready now what takes about a second, rather than when it is first needed; beside anything else."""
        for mode in Mode:
            self.graph(mode)
            self.sentences(mode)
            self._book(mode).warm_up()
        if self._wording:
            self._wording.warm_up()
        self._garbled.warm_up()

    def sentences(self, mode: Mode) -> tuple[str, ...]:
        """What can be said in a mode, as plain sentences for an engine that takes a grammar."""
        if mode not in self._grammars:
            lines = (line for intent in self._pack.intents if mode in intent.when for line in intent.say)
            self._grammars[mode] = as_grammar(self.sayable(mode), lines, self._partners)
        return self._grammars[mode]

    def graph(self, mode: Mode) -> WordGraph:
        """What can be said in a mode, and what is no command, for an engine that looks for the likeliest of it."""
        if mode not in self._graphs:
            self._graphs.setdefault(mode, pack_graph(self._pack, mode, self._lists))  # the same for every thread
        return self._graphs[mode]

    def sayable(self, mode: Mode) -> tuple[Sentence, ...]:
        """Every sentence that can be said in a mode, with its slots."""
        return tuple(
            sentence
            for intent in self._pack.intents
            if mode in intent.when
            for sentence in self._sentences[intent.name]
        )

    def understand(
        self, hypotheses: Sequence[Hypothesis], mode: Mode, *, timers: Sequence[str] = ()
    ) -> Match | NoMatch:
        """What somebody meant, of everything that can be said in this mode.

        hypotheses: readings of one utterance, the likeliest first; the one nearest to something sayable is taken.
        timers: the names of those that are running.
        """
        result = self._meant(hypotheses, mode)
        if self._is_open(result):
            result = self._likeliest(hypotheses, mode, timers) or result
        if isinstance(result, NoMatch):
            result = self._reworded(hypotheses, result, mode) or result
        return with_explanation(self._with_timer(result, timers), hypotheses)

    def _with_timer(self, result: Match | NoMatch, timers: Sequence[str]) -> Match | NoMatch:
        """The same, with the timer that was meant by its own name."""
        if isinstance(result, NoMatch) or "timer" not in result.slots:
            return result
        name = self._free_words.timer(str(result.slots["timer"]), timers)
        return replace(result, slots={**result.slots, "timer": name})

    @staticmethod
    def _is_open(result: Match | NoMatch) -> bool:
        """Whether the sound may still say something else than the words."""
        if isinstance(result, Match):
            return not result.care and (result.distance > 0 or swallows(result))
        return result.distance > 0 or result.why == DIFFERING

    def _meant(self, hypotheses: Sequence[Hypothesis], mode: Mode) -> Match | NoMatch:
        """What the words that were heard mean, whatever else would be likely."""
        heard = (hypothesis for hypothesis in hypotheses if not hypothesis.sayable)
        readings = [reading for hypothesis in heard if (reading := tokenized(hypothesis)).words]
        if not readings:
            return NoMatch("", "no words")
        results = [self._alone(reading, mode) for reading in readings]
        matches = [result for result in results if isinstance(result, Match)]
        care = next((result for result in matches if result.care), None) or self._crisis.said(readings, matches, mode)
        if care:
            return care
        if mode is Mode.WORDS and not matches:
            text = readings[0].hypothesis.text.strip()
            return Match("words", {"text": text}, text, "", wait=WAIT_DEFAULT)
        best = min(matches or results, key=lambda result: result.distance)
        if isinstance(best, Match) and (why := disagreement(best, readings, mode, self._sounding.distance)):
            return NoMatch(best.text, why, best.sentence, best.distance, explanation=best.explanation)
        if isinstance(best, NoMatch) and self._is_begun(readings, mode):
            return replace(best, wait=WAIT_PREFIX)
        return best

    def in_doubt(self, hypotheses: Sequence[Hypothesis], mode: Mode) -> Callable[[], Shortlist] | None:
        """Finds what may have been meant, when that is worth a closer look at the sound; None when it is not."""
        if not self._is_in_doubt(hypotheses, mode):
            return None
        return lambda: shortlist(map(tokenized, hypotheses), self._book(mode), self.graph(mode), self._sounding)

    def _is_in_doubt(self, hypotheses: Sequence[Hypothesis], mode: Mode) -> bool:
        """Whether it is worth a closer look: few words, and others than can be said, or read unsurely."""
        result = self._meant(hypotheses, mode)
        words = len(result.text.split())
        longest = max(LONGEST_COMMAND, self._book(mode).longest)
        if mode is Mode.WORDS or not 0 < words <= longest:
            return False
        if isinstance(result, NoMatch):
            return result.why == UNSURELY or self._is_open(result)
        unsure = not result.care and is_unsure(result, [tokenized(each) for each in hypotheses], mode, SURE)
        return unsure or self._is_open(result)

    def _likeliest(self, hypotheses: Sequence[Hypothesis], mode: Mode, timers: Sequence[str]) -> Match | None:
        """The likeliest of what can be said, when it was meant though other words were heard."""
        return most_likely(
            hypotheses,
            lambda hypothesis: self._with_timer(self._meant([hypothesis], mode), timers),
            lambda one, other: self._sounding.apart(plain(one).split(), plain(other).split()),
            lambda match: bar(match, mode, exact=self._is_exact(match)),
            self._is_exact,
        )

    def _reworded(self, hypotheses: Sequence[Hypothesis], heard: NoMatch, mode: Mode) -> Match | None:
        """What was meant in words that no sentence has, when every reading surely means it and nothing forbids it."""
        if self._wording is None or heard.why not in ("nothing near", "another word"):
            return None
        intent = self._wording.meant([tokenized(each).plain for each in hypotheses if not each.sayable], mode)
        return Match(intent, {}, heard.text, heard.text, heard.distance, WAIT_DEFAULT) if intent else None

    def _is_exact(self, match: Match) -> bool:
        return any(intent.exact for intent in self._pack.intents if intent.name == match.intent)

    def _is_begun(self, readings: Sequence[Utterance], mode: Mode) -> bool:
        """Whether one of them is the beginning of something that can be said."""
        return mode not in UNHESITATING and any(
            self._book(mode).is_begun(form.tokens) for reading in readings for form in reading.forms()
        )

    # ---- one reading -----------------------------------------------------------------------------------
    def _understand(self, reading: Utterance, mode: Mode) -> Match | NoMatch:
        book = self._book(mode)
        near = [
            Fit(found.sentence, found.distance, {**found.sentence.slots, **form.slots}, form.tokens)
            for form in reading.forms()
            for found in book.near(form.tokens)
            if not found.sentence.exact or (form.whole and found.sentence.tokens == form.tokens)
        ]
        fits = [*near, *self._free_words.fits(book.free(reading.plain), reading)]
        if not fits:
            return NoMatch(reading.hypothesis.text, "nothing near")
        fits.sort(key=lambda fit: fit.order)
        care = next((fit for fit in fits if fit.sentence.care), None)
        best = care if care and not self._doubt(care, fits, mode) else fits[0]
        explanation = explain(best, fits, threshold(best.sentence, mode))
        why = self._doubt(best, fits, mode)
        if not why or self._is_seconded(why, best, reading, mode):
            return self._match(best, reading, book, explanation)
        nearest = "" if best.sentence.care else best.sentence.spoken
        return NoMatch(reading.hypothesis.text, why, nearest, best.distance, explanation=explanation)

    def _doubt(self, best: Fit, fits: Sequence[Fit], mode: Mode) -> str:
        return rejection(best, fits, mode, self._free_words.is_word_by_word)

    @staticmethod
    def _match(fit: Fit, reading: Utterance, book: SentenceIndex, explanation: Explanation) -> Match:
        sentence, text = fit.sentence, reading.hypothesis.text
        wait = wait_after(fit, book)
        return Match(sentence.intent, fit.slots, text, sentence.spoken, fit.distance, wait, explanation, sentence.care)

    def _understand_alone(self, reading: Utterance, mode: Mode) -> Match | NoMatch:
        """What one reading means; a typed one is meant to be read, though words may have gone wrong."""
        meant = self._understand(reading, mode)
        if mode is Mode.WORDS or reading.hypothesis.engine != KEYBOARD:
            return meant
        if isinstance(meant, Match) and not self._garbled.is_odd(str(meant.slots.get("timer", ""))):
            return meant
        fit = self._garbled.meant(reading, self._book(mode))
        if fit is None:
            return meant
        known = meant.explanation or Explanation()
        explanation = replace(known, nearest=fit.sentence.spoken, intent=fit.sentence.intent, reason=WORD_BY_WORD)
        return self._match(fit, reading, self._book(mode), replace(explanation, distance=fit.distance))

    def _is_seconded(self, why: str, best: Fit, reading: Utterance, mode: Mode) -> bool:
        """Whether the wording says the same as a sentence that is near, but not near enough on its own."""
        if why not in ("nothing near", "another word") or best.distance > SECONDED or len(best.sentence.tokens) == 1:
            return False
        return self._wording is not None and self._wording.agrees(reading.plain, best.sentence.intent, mode)

    # ---- the books -------------------------------------------------------------------------------------
    def _book(self, mode: Mode) -> SentenceIndex:
        if mode not in self._books:
            lines = (line for intent in self._pack.intents if mode in intent.when for line in intent.avoid)
            self._books[mode] = SentenceIndex(self.sayable(mode), lines, self._sounding, *self._wide[mode])
        return self._books[mode]

    def _lines_without_template(self) -> list[tuple[str, Sentence]]:
        """The say: lines that no template makes: they are sentences of their own."""
        found = list[tuple[str, Sentence]]()
        for intent in self._pack.intents:
            made, free = set[tuple[str, ...]](), dict[str, list[Sentence]]()
            for sentence in self._sentences[intent.name]:
                made.add(sentence.tokens)
                if sentence.is_free:
                    free.setdefault(sentence.key, []).append(sentence)
            lines = (line for line in intent.say if not self._is_made(intent, line, made, free))
            found += [(intent.name, sentence_of(Expansion(line), intent)) for line in lines]
        return found

    def _is_made(
        self, intent: Intent, line: str, made: Collection[tuple[str, ...]], free: Mapping[str, Sequence[Sentence]]
    ) -> bool:
        """Whether a template stands for this line. made: the sentences of the intent; free: those with free words."""
        hypothesis = Hypothesis(line, "pack")
        reading = tokenized(hypothesis)
        if any(form.tokens in made for form in reading.forms()):
            return True
        if any(not fit.distance for fit in self._free_words.fits(free, reading)):
            return True
        if not any(map(self._grammar.slots, intent.sentences)):
            return False
        result = self.understand((hypothesis,), min(intent.when))
        return isinstance(result, Match) and result.intent == intent.name
