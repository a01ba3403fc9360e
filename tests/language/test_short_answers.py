"""Answers by their frame alone."""

import pytest

from voice.language.short_answers import ShortAnswer, short_answer


@pytest.mark.parametrize(
    "text",
    [
        "I really did, actually",
        "we are",
        "she did",
        "um, I think we are",
        "it is, honestly",
        "I do believe so",
        "we both would",
        "Sam and I do",
        "I think so",
        "he has",
    ],
)
def test_a_subject_and_an_auxiliary_are_a_yes(text: str) -> None:
    assert short_answer(text) is ShortAnswer.YES


@pytest.mark.parametrize("text", ["all right", "alright then", "mm hm", "Mmhm", "uh huh", "oh, why not", "let's"])
def test_a_sound_of_assent_is_a_yes(text: str) -> None:
    assert short_answer(text) is ShortAnswer.YES


@pytest.mark.parametrize("text", ["all right for some", "let's not", "why not tomorrow", "huh", "mm"])
def test_what_goes_on_is_no_assent(text: str) -> None:
    assert short_answer(text) is not ShortAnswer.YES


@pytest.mark.parametrize(
    "text",
    [
        "I wouldn't say so",
        "better not",
        "I'd rather not",
        "we'd best not",
        "she didn't really",
        "it isn't",
        "I don't think so",
        "we're not, actually",
        "I would not go that far",
        "er, he hasn't",
    ],
)
def test_a_negated_auxiliary_is_a_no(text: str) -> None:
    assert short_answer(text) is ShortAnswer.NO


@pytest.mark.parametrize(
    "text", ["keep what exactly", "what do you call calm", "which ones", "what's that mean", "sorry, what", "read what"]
)
def test_a_question_word_asks_back(text: str) -> None:
    assert short_answer(text) is ShortAnswer.ASKED_BACK


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "sure why not",
        "that's what I meant",
        "yeah that is what I said",
        "whatever you like",
        "he is but I'm not",
        "I did the dishes",
        "we would love to hear them",
        "what the hell, yes",
        "I know what you mean",
    ],
)
def test_other_words_are_left_to_their_meaning(text: str) -> None:
    assert short_answer(text) is None
