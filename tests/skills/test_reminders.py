"""Reminders and rituals as a couple would live with them, by keyboard: the real house, clock and journal."""

from dataclasses import replace
from datetime import datetime, time, timedelta
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
from voice.language.moments.occurrences import as_rule
from voice.language.second_person import in_second_person
from voice.language.slots import moment_said
from voice.messages.actions import EndReminder, ReminderStatus, SetReminder
from voice.messages.recognition import Mode
from voice.messages.records import Records, Reminder
from voice.skills.reminders.delivery import may_come
from voice.skills.reminders.parser import parse_request
from voice.skills.reminders.reminders import from_step
from voice.sound.resampling import from_pcm

NIGHT = DINNER.replace(hour=21, minute=40)


def reminders(evening: Evening) -> tuple[Reminder, ...]:
    return evening.house.journal.records().reminders


def kept(evening: Evening) -> Reminder:
    (reminder,) = reminders(evening)
    return reminder


def store(evening: Evening, reminder: Reminder) -> None:
    """Something that was set long ago."""
    evening.house.journal.store(SetReminder(reminder, "set"))
    evening.loop.records = evening.house.journal.records()


# ---- set ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "text", "at", "every"),
    [
        ("remind me to call my mother tomorrow at seven", "call my mother", "2026-11-24T19:00", ""),
        ("Remind us every night at nine to breathe together.", "breathe together", "2026-11-23T21:00", "day"),
        ("remind us on friday at seven to water the plants", "water the plants", "2026-11-27T19:00", ""),
        ("remind me at eight to call Sam's mother", "call Sam's mother", "2026-11-23T20:00", ""),
        ("remind us about the bins on thursday evening", "the bins", "2026-11-26T21:00", ""),
        ("remind us daily at dinner to sit down together", "sit down together", "2026-11-24T19:00", "day"),
        (
            "remind us on the 24th of every month at noon to see the budget",
            "see the budget",
            "2026-11-24T12:00",
            "month",
        ),
        ("remind us in ten minutes to take out the bread", "take out the bread", "2026-11-23T19:40", ""),
        ("set date night for Friday at seven", "date night", "2026-11-27T19:00", ""),
        ("remind us of the nightly check-in every night at nine", "the nightly check-in", "2026-11-23T21:00", "day"),
        ("set date night for every Friday at seven", "date night", "2026-11-27T19:00", "week"),
        ("unplugged evening on Wednesday", "the unplugged evening", "2026-11-25T19:00", "week"),
        ("set the weekly check-in for sunday at six", "the weekly check-in", "2026-11-29T18:00", "week"),
        ("set a question for dinner every day at seven", "the dinner question", "2026-11-24T19:00", "day"),
    ],
)
def test_a_reminder_is_set_and_read_back(evening: Evening, line: str, text: str, at: str, every: str) -> None:
    answer = evening.type(line)
    assert len(answer) == 1
    assert in_second_person(text) in answer[0]
    reminder = kept(evening)
    assert (reminder.text, reminder.every) == (text, as_rule(every, reminder.at))
    assert reminder.at.replace(tzinfo=None).isoformat(timespec="minutes") == at


def test_without_a_time_it_asks_for_one(evening: Evening) -> None:
    assert evening.type("remind me to call my mother")[-1].endswith("?")
    assert evening.loop.listening.mode is Mode.ANSWER
    assert "tomorrow at noon" in evening.type("tomorrow at noon")[-1]
    assert kept(evening).at.hour == 12


def test_a_day_that_was_said_before_counts_for_the_time_that_follows(evening: Evening) -> None:
    evening.type("set the weekly check-in for sunday", "at six")
    at = kept(evening).at
    assert (kept(evening).every, at.isoformat()[:16]) == (as_rule("week", at), "2026-11-29T18:00")


def test_undo_and_cancel_by_name(evening: Evening) -> None:
    evening.type("remind us every night at nine to breathe together", "remind us at eight to call the bank")
    assert "call the bank" in evening.type("cancel that reminder")[-1]
    assert kept(evening).text == "breathe together"
    evening.type("set date night for Friday at seven")
    evening.type("cancel the breathe together reminder")
    assert kept(evening).text == "date night"
    evening.type("cancel our date night")
    assert reminders(evening) == ()


def test_what_is_moved_keeps_the_rest(evening: Evening) -> None:
    evening.type("set date night for every Friday at half past seven", "move date night to Saturday")
    at = kept(evening).at
    assert (kept(evening).every, at.isoformat()[:16]) == (as_rule("week", at), "2026-11-28T19:30")
    evening.type("move date night to eight")
    assert kept(evening).at.isoformat()[:16] == "2026-11-28T20:00"


def test_three_at_a_time(evening: Evening) -> None:
    for text in ("stretch", "walk", "read", "sing"):
        evening.type(f"remind us tomorrow at noon to {text}")
    answer = evening.type("what are our reminders")
    assert sum(text in answer[0] for text in ("stretch", "walk", "read", "sing")) == 3
    assert answer[-1].endswith("?")
    assert "sing" in evening.type("yes")[0]


def test_what_is_kept_survives_the_disk(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.sqlite3")
    at = DINNER.replace(microsecond=0)
    stored = journal.store(SetReminder(Reminder("walk", at, at, "month 31", "Sam", "ritual", "weekly", 900.0), "set"))
    assert isinstance(stored, SetReminder)
    assert journal.records().reminders == (stored.reminder,)
    moved = replace(stored.reminder, at=at + timedelta(days=1))
    journal.store(SetReminder(moved, "moved"))
    assert journal.records().reminders == (moved,)
    journal.store(EndReminder(moved, "done"))
    assert journal.records().reminders == ()
    journal.close()


# ---- said ---------------------------------------------------------------------------------------------


def test_it_is_said_softly_to_the_one_it_is_for_and_thanks_ends_it(evening: Evening) -> None:
    evening.type("remind me at eight to send Sam a kind word")
    said = evening.wait(1810)
    assert len(said) == 1
    assert "Alex" in said[0]
    assert "send Sam a kind word" in said[0]
    assert [chime["name"] for chime in evening.events("chime")][-1] == "time"
    evening.type("thanks")
    assert reminders(evening) == ()
    assert evening.wait(900) == []


def test_without_a_reaction_it_is_said_twice_and_then_left(evening: Evening) -> None:
    evening.type("remind me at eight to call my mother")
    assert [("call your mother" in line) for line in evening.wait(4000, step=2)] == [True, True]
    assert reminders(evening) == ()


def test_snooze_is_ten_minutes_or_what_is_asked_for(evening: Evening) -> None:
    evening.type("remind me at eight to call my mother")
    evening.wait(1805)
    evening.type("later")
    assert evening.wait(590) == []
    assert len(evening.wait(30)) == 1
    evening.type("snooze it for half an hour")
    assert evening.wait(1790) == []
    assert len(evening.wait(30)) == 1


def test_what_comes_again_keeps_its_time_when_it_is_snoozed(evening: Evening) -> None:
    evening.type("remind us every night at eight to breathe together")
    evening.wait(1805)
    evening.type("snooze it")
    assert sorted(each.at.isoformat()[:16] for each in reminders(evening)) == ["2026-11-23T20:10", "2026-11-24T20:00"]
    evening.wait(608)
    evening.type("thanks")
    assert kept(evening).at.isoformat()[:16] == "2026-11-24T20:00"


def test_never_into_a_session_nor_while_people_talk(evening: Evening) -> None:
    evening.type("remind us in three minutes to lock the door", "start our check-in")
    assert not any("lock the door" in line for line in evening.wait(300, step=2))
    evening.type("stop")
    for _ in range(10):  # somebody goes on talking
        evening.loop.voices()
        assert not any("lock the door" in line for line in evening.wait(5))
    assert any("lock the door" in line for line in evening.wait(12))


def test_quiet_hours_wait_but_what_was_set_into_them_comes() -> None:
    manners = Household(("Alex", "Sam"), quiet_hours=(time(23, 0), time(7, 0)))
    late = DINNER.replace(hour=23, minute=30)
    before = Reminder("walk", late.replace(hour=22), DINNER)
    assert not may_come(manners, before, late)
    assert not may_come(manners, replace(before, every="day"), late)
    assert may_come(manners, replace(before, every="day", at=late), late)
    assert may_come(manners, replace(before, at=late), late)
    assert may_come(manners, replace(before, kind="return"), late)
    assert may_come(manners, before, late.replace(hour=8))


def test_at_night_it_says_so_in_softer_words(tmp_path: Path) -> None:
    evening = Evening(tmp_path, now=NIGHT)
    evening.type("remind us in five minutes to brush our teeth")
    (line,) = evening.wait(320)
    softer = evening.house.content.softer_replies["reminder_due"]
    assert line in {wording.replace("{text}", "brush your teeth") for wording in softer}
    evening.close()


def test_a_restart_tells_what_was_missed_once_and_goes_on_with_what_comes_again(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    evening.type("remind us at eight to call the bank", "remind us every night at nine to breathe together")
    evening.close()
    later = Evening(tmp_path, now=DINNER + timedelta(days=1, hours=-2))
    (line,) = later.wait(200)
    assert "call the bank" in line
    assert kept_at(later, "breathe together") == "2026-11-24T21:00"
    later.type("thanks for the reminder")
    assert kept(later).text == "breathe together"
    later.close()


def kept_at(evening: Evening, text: str) -> str:
    return next(each.at.isoformat()[:16] for each in reminders(evening) if each.text == text)


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


# ---- rituals ------------------------------------------------------------------------------------------


def ritual(made: datetime = DINNER, **fields: object) -> Reminder:
    whole = Reminder("coffee together", DINNER.replace(hour=20, minute=0), made, "day", kind="ritual")
    return replace(whole, **fields)  # type: ignore[arg-type]


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


# ---- for sessions, and small parts ---------------------------------------------------------------------


def decision(evening: Evening) -> Decision:
    manners = Household(("Alex", "Sam"))
    agreed = Records(settings={CONSENT: setting_of(manners.partners).value})
    return Decision(State(), evening.house.content, manners, agreed, 0.0, DINNER, 1)


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
