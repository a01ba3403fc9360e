"""When the sound itself says that something was meant, though other words were read."""

from dataclasses import replace

import pytest

from voice.engines.moonshine.calibration import MOONSHINE
from voice.messages.meaning import Match, NoMatch, Rejection
from voice.messages.recognition import Hypothesis, Mode
from voice.messages.word_graph import WordGraph
from voice.nlu.rescoring.likelihood import Evidence, is_meant
from voice.nlu.understanding import Understanding


def read(text: str, score: float) -> Hypothesis:
    return Hypothesis(text, "moonshine", score, calibration=MOONSHINE)


def sayable(text: str, score: float) -> Hypothesis:
    return Hypothesis(text, "moonshine", score, constrained=True, calibration=MOONSHINE)


@pytest.mark.parametrize(
    ("evidence", "threshold", "meant"),
    [
        (Evidence(log_likelihood_ratio=-1.0, margin=5.0, distance=0.1), MOONSHINE.threshold, True),
        (Evidence(log_likelihood_ratio=-17.0, margin=5.0, distance=0.0), MOONSHINE.threshold, True),
        (Evidence(log_likelihood_ratio=-17.0, margin=5.0, distance=0.0), MOONSHINE.short_threshold, False),
        (Evidence(log_likelihood_ratio=-17.0, margin=5.0, distance=0.5), MOONSHINE.threshold, False),
        (Evidence(log_likelihood_ratio=-1.0, margin=5.0, distance=0.05), MOONSHINE.exact_threshold, True),
        (Evidence(log_likelihood_ratio=-1.0, margin=5.0, distance=0.25), MOONSHINE.exact_threshold, False),
        (Evidence(log_likelihood_ratio=-1.0, margin=0.1, distance=0.1), MOONSHINE.threshold, False),
        (Evidence(log_likelihood_ratio=-8.0, margin=5.0, distance=0.6), MOONSHINE.threshold, False),
        (
            Evidence(log_likelihood_ratio=-8.0, margin=5.0, distance=0.6, best_speed_distance=0.2),
            MOONSHINE.threshold,
            True,
        ),
        (
            Evidence(log_likelihood_ratio=-8.0, margin=5.0, distance=0.6, best_speed_distance=0.9),
            MOONSHINE.threshold,
            False,
        ),
    ],
)
def test_how_likely_and_how_like_the_free_reading(evidence: Evidence, threshold: float, meant: bool) -> None:
    assert is_meant(evidence, threshold, MOONSHINE) is meant


def test_what_was_misread_is_found_by_its_sound(understanding: Understanding) -> None:
    hypotheses = [read("Law on a preciation now.", -4.0), sayable("Log an appreciation.", -5.0)]
    match = understanding.understand(hypotheses, Mode.IDLE)
    assert isinstance(match, Match)
    assert match.intent == "appreciate_open"
    assert match.explanation is not None
    assert match.explanation.likelier == -1.0


def test_what_was_read_at_other_speeds_tells_how_it_sounded_too(understanding: Understanding) -> None:
    asked = sayable("Give me a validating line.", -14.0)
    free = read("It will be validating war in Russia.", -4.0)
    assert isinstance(understanding.understand([free, asked], Mode.IDLE), NoMatch)
    far = replace(free, at_other_speeds=("It will be a valley.", "War in Russia."))
    assert isinstance(understanding.understand([far, asked], Mode.IDLE), NoMatch)
    near = replace(free, at_other_speeds=("Give me validating lion.", "War in Russia."))
    match = understanding.understand([near, asked], Mode.IDLE)
    assert isinstance(match, Match)
    assert match.sentence == "give me a validating line"


@pytest.mark.parametrize(
    ("heard", "said", "intent"),
    [
        ("What is talking isn't enough.", "What if talking isn't enough?", "professional_help"),
        ("Our side were new parents.", "Hearthside were new parents.", "set_stage"),  # as the recognizer spells "we're"
    ],
)
def test_a_sentence_of_the_pack_that_is_likely_is_asked_for_in_whatever_frame(
    understanding: Understanding, heard: str, said: str, intent: str
) -> None:
    match = understanding.understand([read(heard, -4.0), sayable(said, -7.0)], Mode.IDLE)
    assert isinstance(match, Match)
    assert match.intent == intent
    told = understanding.understand([read(f"He said that {said.lower()}", -4.0)], Mode.IDLE)
    assert isinstance(told, NoMatch)


def test_what_was_read_at_other_speeds_means_nothing_by_itself(understanding: Understanding) -> None:
    free = replace(read("The train was late again.", -4.0), at_other_speeds=("Ask us a question.",))
    assert isinstance(understanding.understand([free], Mode.IDLE), NoMatch)


@pytest.mark.parametrize(
    ("heard", "score", "mode", "meant", "unsure"),
    [
        ("Delete the last won.", -5.2, Mode.SESSION, True, False),
        ("Delete the last won.", -5.2, Mode.IDLE, True, False),
        ("Delhi the last one.", -6.0, Mode.SESSION, False, False),
        ("Delhi the last one.", -6.0, Mode.IDLE, True, True),
        ("Delhi the last one.", -25.0, Mode.IDLE, False, False),
    ],
)
def test_where_only_the_very_words_count_the_sound_must_hold_them_or_it_is_unsure(
    understanding: Understanding, heard: str, score: float, mode: Mode, meant: bool, unsure: bool
) -> None:
    match = understanding.understand([read(heard, -5.0), sayable("Delete the last one.", score)], mode)
    assert (isinstance(match, Match), isinstance(match, Match) and match.unsure) == (meant, unsure)


def test_a_short_sentence_read_unsurely_amid_talk_is_looked_at_again(understanding: Understanding) -> None:
    assert understanding.in_doubt([read("That's enough.", -2.5)], Mode.QUESTION)
    assert not understanding.in_doubt([read("That's enough.", -0.5)], Mode.QUESTION)
    again = understanding.understand([read("That's enough.", -4.0), sayable("That's enough.", -4.0)], Mode.QUESTION)
    assert isinstance(again, NoMatch)
    assert again.why is Rejection.UNSURE


def sentences(graph: WordGraph, node: int = 0) -> set[str]:
    """Everything that a small graph says."""
    here = {""} if node in graph.finals else set[str]()
    onward = (f"{arc.word} {rest}".strip() for arc in graph.leaving[node] for rest in sentences(graph, arc.target))
    return here | set(onward)


@pytest.mark.parametrize(
    ("heard", "said"),
    [
        ("I'll postmate the ritual.", "help us make a ritual"),
        ("Time before another end has.", "timer for {duration}"),
        ("What did the dead tell their?", "what other decks are there"),
        ("Daily checking some thirst for two minutes", "daily check in sam first"),
    ],
)
def test_a_closer_look_is_for_what_the_words_sound_like(understanding: Understanding, heard: str, said: str) -> None:
    near = understanding.in_doubt([read(heard, -4.0)], Mode.IDLE)
    assert near is not None
    assert said in sentences(near().graph)


def test_the_farther_the_nearest_is_the_likelier_it_must_be(understanding: Understanding) -> None:
    reaches = []
    for heard in ("Help us make a virtual.", "Helpers make a virtue.", "The virtues of my friends"):
        near = understanding.in_doubt([read(heard, -4.0)], Mode.IDLE)
        assert near is not None
        reaches.append(MOONSHINE.reach(near().distance))
    assert reaches == sorted(reaches, reverse=True)
    assert reaches[0] - reaches[2] > 5


def test_what_is_likely_in_any_talk_is_no_rival_of_what_sounds_like_the_words(understanding: Understanding) -> None:
    heard = [read("Billy checked in some thirst.", -4.0)]
    likely = [sayable("Thank you.", -8.0), sayable("Daily check in.", -8.9), sayable("Daily check in Sam first.", -9.0)]
    match = understanding.understand([*heard, *likely], Mode.IDLE)
    assert isinstance(match, Match)
    assert (match.intent, match.slots) == ("daily", {"name": "Sam"})


@pytest.mark.parametrize(("score", "intent"), [(-2.7, "ground_rules"), (-12.0, "remind")])
def test_a_sentence_that_free_words_may_have_swallowed_is_looked_for(
    understanding: Understanding, score: float, intent: str
) -> None:
    heard = read("Remind us of the drought rules.", -2.0)
    assert understanding.in_doubt([heard], Mode.IDLE)
    of_free_words = sayable("Remind us of the drought rules.", -2.0)
    match = understanding.understand(
        [heard, of_free_words, sayable("Remind us of the ground rules.", score)], Mode.IDLE
    )
    assert isinstance(match, Match)
    assert match.intent == intent


def test_free_words_that_are_like_no_sentence_are_no_doubt(understanding: Understanding) -> None:
    assert not understanding.in_doubt([read("Remind us to call the plumber.", -2.0)], Mode.IDLE)


def test_readings_that_differ_leave_it_to_the_sound(understanding: Understanding) -> None:
    readings = [read("Another one.", -2.0), read("I heard nothing.", -3.0)]
    assert isinstance(understanding.understand(readings, Mode.QUESTION), NoMatch)
    assert isinstance(understanding.understand([*readings, sayable("Another one.", -2.0)], Mode.QUESTION), Match)
