"""Reminders that offer something, rituals, and those of sessions, by keyboard: the real house, clock and journal."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import soundfile

from tests.support.evening import DINNER, Evening, as_said
from tests.support.program import hearthside, home_of_two
from tests.support.room import line
from voice.content.steps import Remind
from voice.dialogue.consent import CONSENT, setting_of
from voice.dialogue.decision import Decision
from voice.dialogue.state import Household, State
from voice.edges.journal import Journal
from voice.language.second_person import in_second_person
from voice.language.slots import moment_said
from voice.messages.actions import ReminderStatus, SetReminder
from voice.messages.records import Records, Reminder
from voice.skills.reminders.parser import parse_request
from voice.skills.reminders.reminders import from_step
from voice.sound.resampling import from_pcm


def reminders(evening: Evening) -> tuple[Reminder, ...]:
    return evening.house.journal.records().reminders


def kept(evening: Evening) -> Reminder:
    (reminder,) = reminders(evening)
    return reminder


def store(evening: Evening, reminder: Reminder) -> None:
    """Something that was set long ago."""
    evening.house.journal.store(SetReminder(reminder, "set"))
    evening.loop.records = evening.house.journal.records()


# ---- what it offers -----------------------------------------------------------------------------------


def test_a_nightly_check_in_is_offered_and_begun_on_a_yes(evening: Evening) -> None:
    evening.type("remind us of the nightly check-in every night at eight")
    assert evening.wait(1805)[-1].endswith("?")
    evening.type("yes")
    assert evening.loop.state.walk is not None
    assert evening.loop.state.walk.script.id == "bedtime"
    assert kept(evening).at.isoformat()[:16] == "2026-11-24T20:00"


def test_a_no_to_what_is_offered_is_enough(evening: Evening) -> None:
    evening.type("set a question for dinner every day at eight")
    assert evening.wait(1805)[-1].endswith("?")
    evening.type("no")
    assert evening.loop.state.questions.prompt is None
    assert evening.wait(1000, step=2) == []


def test_one_question_for_dinner(evening: Evening) -> None:
    evening.type("set a question for dinner every day at eight")
    evening.wait(1805)
    decks = evening.house.content.decks
    prompts = {text for deck in decks for prompt in deck.prompts for text in as_said(prompt.text)}
    assert evening.type("yes")[-1] in prompts


def test_what_is_offered_can_come_later(evening: Evening) -> None:
    evening.type("set a question for dinner every day at eight")
    evening.wait(1805)
    evening.type("remind us later")
    assert evening.loop.state.awaited is None
    assert evening.wait(620)[0].endswith("?")


def test_a_promise_is_only_said(evening: Evening) -> None:
    evening.type("remind me that I promised to call", "at eight")
    assert kept(evening).kind == "promise"
    said = " ".join(evening.wait(2500, step=2)).lower()
    assert "you promised to call" in said
    assert "broke" not in said
    assert reminders(evening) == ()


# ---- phones away, unplugged, a minute ------------------------------------------------------------------


def test_phones_away_is_said_once_and_ends_softly(evening: Evening) -> None:
    assert "forty-five minutes" in evening.type("phones away")[-1]
    assert evening.wait(44 * 60, step=2) == []
    assert len(evening.wait(120)) == 1
    assert [chime["name"] for chime in evening.events("chime")] == []  # the loop rings it
    assert [timer["state"] for timer in evening.events("timer")] == ["started", "ringing", "ended"]
    assert "one hour" in evening.type("phones away for an hour")[-1]


def test_an_unplugged_evening_has_a_beginning_and_an_end(evening: Evening) -> None:
    evening.type("unplugged evening today at eight")
    assert len(evening.wait(1805)) == 1
    assert evening.wait(3 * 3600 - 60, step=5) == []
    assert len(evening.wait(120)) == 1


@pytest.mark.parametrize("line", ["give me a minute", "I'm processing", "give me a minute to think"])
def test_a_minute_to_think_has_no_words(evening: Evening, line: str) -> None:
    assert evening.type(line) == []
    assert evening.wait(90) == []
    assert [timer["state"] for timer in evening.events("timer")] == ["started", "ringing", "ended"]


def test_two_minutes_remember_who_waits(evening: Evening) -> None:
    evening.type("give me two minutes Sam")
    assert "Sam" in " ".join(evening.wait(130))


def ritual(made: datetime = DINNER, **fields: object) -> Reminder:
    whole = Reminder("coffee together", DINNER.replace(hour=20, minute=0), made, "day", kind="ritual")
    return replace(whole, **fields)  # type: ignore[arg-type]


# ---- rituals ------------------------------------------------------------------------------------------


def test_a_ritual_is_told_and_may_have_a_timer(evening: Evening) -> None:
    store(evening, ritual(seconds=600.0))
    assert "coffee together" in evening.type("what are our rituals")[0]
    (line,) = evening.wait(1805)
    assert "ten minutes" in line
    evening.type("yes")
    assert [timer.seconds for timer in evening.house.journal.records().timers] == [600.0]


def test_a_ritual_may_be_retired(evening: Evening) -> None:
    store(evening, ritual())
    assert "coffee together" in evening.type("stop the coffee ritual")[-1]
    assert reminders(evening) == ()


def test_after_six_weeks_it_asks_once_whether_a_ritual_still_fits(evening: Evening) -> None:
    store(evening, ritual(DINNER - timedelta(weeks=6), at=DINNER + timedelta(hours=20)))
    (line,) = evening.wait(15)
    assert line.endswith("?")
    evening.type("yes")
    assert kept(evening).made_at > DINNER
    assert evening.wait(600, step=2) == []


@pytest.mark.parametrize(("answer", "left"), [("no", 0), ("", 1)])
def test_a_no_retires_a_ritual_and_silence_lets_it_be(evening: Evening, answer: str, left: int) -> None:
    store(evening, ritual(DINNER - timedelta(weeks=7), at=DINNER + timedelta(hours=20)))
    evening.wait(15)
    if answer:
        evening.type(answer)
    evening.wait(60)
    assert len(reminders(evening)) == left


def decision(evening: Evening) -> Decision:
    manners = Household(("Alex", "Sam"))
    agreed = Records(settings={CONSENT: setting_of(manners.partners).value})
    return Decision(State(), evening.house.content, manners, agreed, 0.0, DINNER, 1)


# ---- for sessions, and small parts ---------------------------------------------------------------------


def test_a_step_of_a_session_sets_one_from_its_variables(evening: Evening) -> None:
    made = decision(evening)
    step = Remind(note="ritual", name="what", at="when", offers="")
    values = {
        "what": "our walk",
        "when": moment_said({"every": "every friday", "time": "half past six"}),
        "length": 1200.0,
    }
    from_step(made, step, values)
    from_step(made, Remind(note="return", name="the talk", seconds=1200, offers="bedtime"), {})
    from_step(made, Remind(name="the talk", at="back", offers="bedtime"), {"back": 600.0})
    from_step(made, Remind(name="breathe", at="nine in the evening", every="day"), {})
    from_step(made, Remind(name="nothing", at="when"), {})
    found = [action.reminder for action in made.actions if isinstance(action, SetReminder)]
    assert [
        (each.text, each.kind, each.every.partition(";BYHOUR")[0], each.seconds, each.at.isoformat()[:16])
        for each in found
    ] == [
        ("our walk", "ritual", "FREQ=WEEKLY;BYDAY=FR", 1200.0, "2026-11-27T18:30"),
        ("the talk", "return", "", 0.0, "2026-11-23T19:50"),
        ("the talk", "reminder", "", 0.0, "2026-11-23T19:40"),
        ("breathe", "reminder", "FREQ=DAILY", 0.0, "2026-11-23T21:00"),
    ]


@pytest.mark.parametrize(
    ("text", "to_them"),
    [
        ("call my mother", "call your mother"),
        ("I promised to call", "you promised to call"),
        ("I'm late for us", "you're late for you"),
        ("I am on call", "you are on call"),
        ("pack ourselves a lunch", "pack yourselves a lunch"),
        ("send Sam a kind word", "send Sam a kind word"),
    ],
)
def test_a_reminder_turns_to_the_one_who_asked(text: str, to_them: str) -> None:
    assert in_second_person(text) == to_them


@pytest.mark.parametrize(
    ("line", "text", "lead"),
    [
        ("to be on time at the school at half past two", "be on time at the school", "to"),
        ("to buy two", "buy two", "to"),
        ("to buy milk for tomorrow", "buy milk", "to"),
        ("that we promised to write", "we promised to write", "that"),
        ("to", "to", "to"),
    ],
)
def test_what_of_a_wish_says_when(line: str, text: str, lead: str) -> None:
    found = parse_request(line, DINNER)
    assert (found.text, found.lead) == (text, lead)


# ---- aloud --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("Remind us every night at nine to breathe together.", "21:00"),
        ("Remind me tomorrow at half past seven to call my mother.", "19:30"),
        ("Set date night for Friday at seven.", "19:00"),
    ],
)
def test_times_are_heard_in_a_voice(tmp_path: Path, words: str, at: str) -> None:
    sound = line(words, "Sam")
    soundfile.write(tmp_path / "said.wav", from_pcm(sound.pcm), sound.rate)
    home = home_of_two(tmp_path / "home")
    done = hearthside("hear", tmp_path / "said.wav", "--json", "--now", "2026-11-23T19:30", "--home", home)
    (reminder,) = (each for each in done.of("reminder") if each["state"] == "set")
    assert at in str(reminder["when"])


@pytest.mark.parametrize(("stored", "offered"), [("question", "ask"), ("recap", "recap"), ("bedtime", "bedtime")])
def test_a_reminder_of_an_older_journal_still_offers_the_same(stored: str, offered: str, tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.db")
    journal.store(SetReminder(Reminder("the dinner question", DINNER, DINNER, offers=stored), ReminderStatus.SET))
    (reminder,) = journal.records().reminders
    journal.close()
    assert reminder.offers == offered
