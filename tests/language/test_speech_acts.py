"""Polarity and speech act: refusals, things told, asked about and imagined are no requests; invitations are."""

import pytest

from voice.language.speech_acts import Act, stance


@pytest.mark.parametrize(
    "text",
    [
        "don't open the jar",
        "please don't start the check-in",
        "never cancel our date night",
        "let's not talk about money",
        "no need to set a timer",
        "nobody asked you to read that",
        "you don't have to remind us",
        "we'd rather not hear another question",
        "hold off on the check-in for now",
        "there's no point starting a timer",
        "i don't think we should delete it",
        "not the bucket list",
        "stop asking us things",
        "leave our reminders alone",
        "i was going to add paris to the bucket list but then we went",
        "we were about to cancel the timer but it rang",
        "we wouldn't want a question just now thanks",
        "keep your games to yourself tonight",
        "let's skip the breathing tonight",
        "it's too late to start the check-in",
        "the last thing we want is a question",
        "the check-in can wait",
        "no hug timer please",
        "not another check-in",
    ],
)
def test_refusals_are_negated(text: str) -> None:
    assert stance(text).negated


@pytest.mark.parametrize(
    "text",
    [
        "don't forget to remind us about the bins",
        "why don't you ask us something",
        "why not read us something funny",
        "couldn't you read us the jar",
        "if you don't mind read the jar",
        "i wouldn't mind a question",
        "not that one but the next one please",
        "i was going to write it down but you do it",
        "we were going to sleep but i want a question first",
        "don't stop the tea just stop the pasta",
        "no more than five minutes on the timer",
        "i don't see why not",
        "i don't get what i'm meant to do",
        "nothing more to add from me",
    ],
)
def test_invitations_and_contrasts_are_requests(text: str) -> None:
    assert not stance(text).negated


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("we cancelled our date night", Act.PAST),
        ("our neighbours have a jar like that", Act.TOLD),
        ("my cousin and his wife do a check-in on sundays", Act.TOLD),
        ("he should say sorry to his brother", Act.TOLD),
        ("do the one with the games that went so well", Act.REQUEST),
        ("the doctor asked us a lot of questions", Act.OTHERS),
        ("the kids opened the jar", Act.OTHERS),
        ("sam was setting a timer", Act.OTHERS),
        ("he always forgets the reminder", Act.TOLD),
        ("she said start the check-in", Act.OTHERS),
        ("people always say ask and you will get", Act.OTHERS),
        ("at the retreat we had to look into each other's eyes", Act.PAST),
        ("the counsellor had us do a listening exercise", Act.OTHERS),
        ("i hate it when people ask me things", Act.TOLD),
        ("you always want to talk about money", Act.TOLD),
        ("maybe they'll do a check-in on monday", Act.TOLD),
        ("somebody should ask them a question", Act.TOLD),
        ("there's this podcast where they ask each other things", Act.TOLD),
        ("i'll remind you about the dentist", Act.TOLD),
        ("would you have asked a lighter one", Act.ASKED_ABOUT),
        ("remember when we played that game", Act.ASKED_ABOUT),
        ("how long have i got till this goes off", Act.REQUEST),
        ("in the morning we want a question", Act.REQUEST),
        ("we were kind of hoping to keep it fun", Act.REQUEST),
        ("i forgot what you asked me", Act.REQUEST),
        ("i forgot to set the reminder", Act.PAST),
        ("yesterday the kids opened the jar", Act.OTHERS),
        ("i'm asking you to set a timer", Act.REQUEST),
        ("did you set the timer", Act.ASKED_ABOUT),
        ("why did we stop the check-in", Act.ASKED_ABOUT),
        ("i wish we had a jar like that", Act.IMAGINED),
        ("what if we deleted everything", Act.IMAGINED),
        ("if we opened the jar at our wedding", Act.IMAGINED),
        ("ask us a question", Act.REQUEST),
        ("we're ready for the next one", Act.REQUEST),
        ("i was wondering if you could set a timer", Act.REQUEST),
        ("we wanted to do the check-in", Act.REQUEST),
        ("could we have another one", Act.REQUEST),
        ("is it possible to cancel the reminder", Act.REQUEST),
        ("would it be okay if we stopped here", Act.REQUEST),
        ("sorry i was too quick can it come back", Act.REQUEST),
        ("is it possible that he forgot", Act.ASKED_ABOUT),
        ("can it run on batteries", Act.ASKED_ABOUT),
        ("we've run out of things to say", Act.REQUEST),
        ("sam had a small win write it down", Act.REQUEST),
    ],
)
def test_what_somebody_does_by_saying_it(text: str, act: Act) -> None:
    assert stance(text).act is act


@pytest.mark.parametrize(
    ("text", "outright"),
    [
        ("don't open the jar", True),
        ("i'd rather we didn't do the repair talk", True),
        ("i don't think we need a break", True),
        ("we're not close any more", False),
        ("we don't talk enough", False),
        ("open the jar", False),
    ],
)
def test_a_refusal_to_do_it_is_more_than_a_negative_word(text: str, outright: bool) -> None:
    assert stance(text).outright is outright


@pytest.mark.parametrize(
    "text",
    [
        "every time i say let's breathe you laugh",
        "people keep asking me to leave a note for sam",
        "i'm always telling alex to put the phones away",
        "my boss is begging us to start the check-in",
    ],
)
def test_what_is_said_over_and_over_is_not_asked_for_now(text: str) -> None:
    assert stance(text).act is not Act.REQUEST
