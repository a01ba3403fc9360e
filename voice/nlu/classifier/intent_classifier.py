"""Open wording for a pack: what its own sentences, and the talk beside them, teach about other ways to say things."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from voice.content import IntentPack
from voice.messages.recognition import Mode
from voice.nlu.classifier.ridge_classifier import TALK, Guess, RidgeClassifier
from voice.nlu.index.sentence import Sentence

NEVER_GUESSED = ("stop", "mute", "recap")  # too grave or too private for a guess, as are exact intents and care
ASKED_FOR = (Mode.IDLE, Mode.QUESTION, Mode.SESSION)  # the modes in which a guess may act
LISTED, AVOIDED = 2, 3  # sentences of its templates, and not: lines, that are learned besides an intent's say: lines
FEWEST, MOST = 5, 10  # words of an utterance that may be guessed: shorter ones say too little, longer ones are talk
SURE = 0.95  # how probable a guess must be to act alone
SECOND = 0.9  # how probable, where a sentence of the same intent was near already
SPOKEN = {
    "{duration}": "ten minutes",
    "{number}": "five",
    "{time}": "seven",
    "{clause}": "{name} did it",
    "{text}": "it",
    "{timer}": "tea",
}
AGREES, IS_TALK = 0.5, 1.0  # what speaks for a garbled sentence, whose wording is surely of its intent, or of talk


@lru_cache(maxsize=2)
def _learned(examples: tuple[tuple[str, str], ...], talk: tuple[str, ...]) -> RidgeClassifier:
    """The same sentences are learned once, however many houses are opened with them."""
    return RidgeClassifier(examples, talk)


# ---- for the sentences of a pack ------------------------------------------------------------------------


class IntentClassifier:
    """What the sentences of a pack, and the talk beside them, teach about other wordings; learned at the first guess.

    Of 650 lines of talk of FEWEST words and more that were not learned (half of the talk, and the talk at table that
    tests hold), one was guessed with more than 0.8 to be a command: "how much time do we need".
    """

    def __init__(self, pack: IntentPack, sentences: Mapping[str, Sequence[Sentence]], name: str) -> None:
        """sentences: of every intent. name: of a partner, for sentences with a name."""
        self._pack = pack
        self._sentences = sentences
        self._spoken = {**SPOKEN, "{name}": name.lower()}
        self._wording: RidgeClassifier | None = None

    def warm_up(self) -> None:
        """Learn now, so that the first guess does not wait for it."""
        if self._wording is None and self._pack.talk:
            avoided = (line for intent in self._pack.intents for line in intent.avoid[:AVOIDED])
            self._wording = _learned(tuple(self._examples()), (*self._pack.talk, *avoided))

    def guess(self, some_words: Sequence[str]) -> Guess:
        """The intent that plain words most likely mean; ordinary talk where the pack has none to learn it from."""
        self.warm_up()
        return self._wording.guess(" ".join(some_words)) if self._wording else Guess(TALK, 1.0, TALK)

    def speaks_for(self, some_words: Sequence[str], intent: str) -> float:
        """What the wording speaks for a sentence of this intent (natural logarithm), or against it as talk."""
        self.warm_up()
        if self._wording is None:
            return 0.0
        chances = self._wording.chances(" ".join(some_words))
        return AGREES * chances.get(intent, 0.0) - IS_TALK * chances.get(TALK, 0.0)

    def agrees(self, some_words: Sequence[str], intent: str, mode: Mode) -> bool:
        """Whether the words mean this intent, to which a sentence was near, but not near enough."""
        if mode not in ASKED_FOR or not self._may_guess(intent, mode):
            return False
        guess = self.guess(some_words)
        return guess.intent == intent and guess.probability >= SECOND

    def meant(self, readings: Sequence[Sequence[str]], mode: Mode) -> str:
        """The intent that every reading surely means in other words than the pack's, or ""."""
        if mode not in ASKED_FOR or not all(FEWEST <= len(reading) <= MOST for reading in readings):
            return ""
        guesses = [self.guess(reading) for reading in readings]
        intents = {guess.intent if guess.probability >= SURE else TALK for guess in guesses}
        intent = intents.pop() if len(intents) == 1 else TALK
        return intent if intent and self._may_guess(intent, mode) and not self._is_open(intent) else ""

    def _may_guess(self, name: str, mode: Mode) -> bool:
        intent = next(intent for intent in self._pack.intents if intent.name == name)
        return mode in intent.when and not (intent.exact or intent.care or name in NEVER_GUESSED)

    def _is_open(self, intent: str) -> bool:
        """Whether a sentence of it has an open slot, or every one a listed one: what would fill it, nobody knows."""
        sentences = self._sentences[intent]
        return any("{" in sentence.spoken for sentence in sentences) or all(sentence.slots for sentence in sentences)

    def _examples(self) -> Iterator[tuple[str, str]]:
        for intent in self._pack.intents:
            listed = sorted({self._as_spoken(each.spoken) for each in self._sentences[intent.name]} - set(intent.say))
            step = max(1, len(listed) // LISTED)
            yield from ((line, intent.name) for line in (*intent.say, *listed[::step]))

    def _as_spoken(self, sentence: str) -> str:
        for slot, words in self._spoken.items():
            sentence = sentence.replace(slot, words)
        return sentence
