"""What every engine keeps to, with its real model and real speech."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import cast

import pytest

from tests.support.speech import KOREAN, korean_model, silence, spoken, spoken_korean
from voice.child import Child
from voice.engines.protocol import Constraints, Engine, EngineDescription, Hypotheses
from voice.engines.registry import engines_for
from voice.messages.recognition import Need
from voice.messages.word_graph import Shortlist, WordGraph
from voice.nlu.grammar.word_graph import word_graph

ENGINES = engines_for("auto", korean_model())  # every engine that there is


class InChild:
    """An engine in a child process, as the program runs it."""

    def __init__(self, child: Child) -> None:
        self._child = child

    def learn(self, name: str, graph: WordGraph) -> None:
        self._child.tell("learn", name, graph)

    def begin(self, constraints: Constraints) -> None:
        self._child.tell("begin", constraints)

    def accept(self, pcm: bytes) -> None:
        self._child.tell("accept", pcm)

    def discard(self) -> None:
        self._child.tell("discard")

    def partial(self) -> Hypotheses:
        return cast(Hypotheses, self._child.call("partial"))

    def finish(self) -> Hypotheses:
        return cast(Hypotheses, self._child.call("finish"))

    def rescore(self, pcm: bytes, constraints: Constraints, shortlist: Shortlist) -> Hypotheses:
        return cast(Hypotheses, self._child.call("rescore", pcm, constraints, shortlist))

    def unknown_words(self, sentences: tuple[str, ...]) -> tuple[str, ...]:
        return cast(tuple[str, ...], self._child.call("unknown_words", sentences))


@dataclass(frozen=True)
class Subject:
    """An engine with something that it understands."""

    description: EngineDescription
    engine: Engine
    say: Callable[[str], bytes]
    """Text to sound in the language of its model."""
    sentences: tuple[str, ...]
    """What can be said; it hears the first one right."""
    talk: str
    """What is no sentence of these."""

    @property
    def constraints(self) -> Constraints:
        return Constraints("some", self.sentences if Need.GRAMMAR in self.description.needs else ())

    @property
    def shortlist(self) -> Shortlist:
        return Shortlist(word_graph([("it", sentence) for sentence in self.sentences], {}, {}), distance=0.0)

    def hear(self, pcm: bytes) -> Hypotheses:
        self.engine.begin(self.constraints)
        self.engine.accept(pcm)
        return self.engine.finish()


def subject_of(description: EngineDescription, child: Child) -> Subject:
    if Need.GRAPH in description.needs:
        say: Callable[[str], bytes] = spoken
        sentences, talk = ("ask us a question", "stop", "log an appreciation"), "the train was late again in the rain"
    else:
        say = spoken_korean
        sentences, talk = ("아니요", *KOREAN), "오늘은 정말 길고 힘든 하루였어요"
    return Subject(description, InChild(child), say, sentences, talk)


@pytest.fixture(scope="module", params=ENGINES, ids=lambda description: description.name)
def subject(request: pytest.FixtureRequest) -> Iterator[Subject]:
    description: EngineDescription = request.param
    with Child(description.factory, *description.arguments, name=description.name, patience=20.0) as child:
        subject = subject_of(description, child)
        if Need.GRAPH in description.needs:
            subject.engine.learn("some", subject.shortlist.graph)
        yield subject


def words(text: str) -> str:
    return text.lower().strip(" .!?")


def test_a_sentence_is_heard(subject: Subject) -> None:
    said = subject.sentences[0]
    assert words(subject.hear(subject.say(said))[0].text) == said


def test_sound_that_comes_in_frames_is_heard_like_sound_at_once(subject: Subject) -> None:
    pcm = subject.say(subject.sentences[0])
    at_once = [each.text for each in subject.hear(pcm)]
    subject.engine.begin(subject.constraints)
    for begin in range(0, len(pcm), 1024):
        subject.engine.accept(pcm[begin : begin + 1024])
    assert words(subject.engine.partial()[0].text) == subject.sentences[0]
    assert [each.text for each in subject.engine.finish()] == at_once


def test_nothing_is_heard_in_silence(subject: Subject) -> None:
    assert not any(each.text for each in subject.hear(silence(1.0)))


def test_nothing_is_left_of_what_is_discarded(subject: Subject) -> None:
    subject.engine.begin(subject.constraints)
    subject.engine.accept(subject.say(subject.sentences[0]))
    subject.engine.discard()
    assert not any(each.text for each in subject.engine.finish())


def test_a_new_utterance_forgets_the_one_before(subject: Subject) -> None:
    subject.engine.begin(subject.constraints)
    subject.engine.accept(subject.say(subject.talk))
    assert words(subject.hear(subject.say(subject.sentences[0]))[0].text) == subject.sentences[0]


def test_rescoring_gives_the_free_hypothesis_and_constrained_ones_on_one_scale(subject: Subject) -> None:
    pcm = subject.say(subject.sentences[0])
    found = subject.engine.rescore(pcm, subject.constraints, subject.shortlist)
    free = [each for each in found if not each.constrained]
    constrained = [each for each in found if each.constrained]
    assert free
    assert all(each.score is not None for each in found)
    assert words(constrained[0].text) == subject.sentences[0]
    ratio = (constrained[0].score or 0.0) - max(each.score or 0.0 for each in free)
    assert ratio > subject.description.calibration.short_threshold


def test_talk_is_far_from_every_sentence(subject: Subject) -> None:
    found = subject.engine.rescore(subject.say(subject.talk), subject.constraints, subject.shortlist)
    free = max(each.score or 0.0 for each in found if not each.constrained)
    ratios = [(each.score or 0.0) - free for each in found if each.constrained]
    assert all(ratio < subject.description.calibration.exact_threshold for ratio in ratios)


def test_a_short_sentence_is_not_unsure_and_reach_shrinks_with_distance(subject: Subject) -> None:
    calibration = subject.description.calibration
    read = subject.hear(subject.say(subject.sentences[0]))[0]
    assert read.score is not None
    assert read.score > calibration.unsure
    assert calibration.sure > calibration.unsure
    assert calibration.reach(0.0) > calibration.reach(0.5)


def test_unknown_words_are_a_sorted_tuple(subject: Subject) -> None:
    assert subject.engine.unknown_words((f"{subject.sentences[0]} zzzq", "aaaq")) in ((), ("aaaq", "zzzq"))
