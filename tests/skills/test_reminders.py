"""Reminders as a couple would live with them, by keyboard: set, moved and said."""

from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from tests.support.evening import DINNER, Evening, mode
from voice.dialogue.state import Household
from voice.edges.journal import Journal
from voice.language.moments.occurrences import as_rule
from voice.language.second_person import in_second_person
from voice.messages.actions import EndReminder, SetReminder
from voice.messages.recognition import Mode
from voice.messages.records import Reminder
from voice.skills.reminders.delivery import may_come

NIGHT = DINNER.replace(hour=21, minute=40)


def reminders(evening: Evening) -> tuple[Reminder, ...]:
    return evening.house.journal.records().reminders


def kept(evening: Evening) -> Reminder:
    (reminder,) = reminders(evening)
    return reminder


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


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("make the dentist reminder half an hour earlier", "2026-11-25T09:30"),
        ("push the dentist back by an hour", "2026-11-25T11:00"),
        ("bring the dentist forward by a day", "2026-11-24T10:00"),
        ("postpone the dentist reminder by a week", "2026-12-02T10:00"),
        ("it's thursday now not wednesday for the dentist", "2026-11-26T10:00"),
        ("the dentist moved to friday so change that reminder", "2026-11-27T10:00"),
        ("shift the dentist to saturday", "2026-11-28T10:00"),
    ],
)
def test_a_reminder_moves_by_a_length_or_to_a_day_in_any_words(evening: Evening, line: str, at: str) -> None:
    evening.type("remind me on wednesday at ten in the morning about the dentist")
    evening.address(line)
    assert kept(evening).at.isoformat()[:16] == at


def test_a_recurrence_moves_by_a_length(evening: Evening) -> None:
    evening.type("remind us every night at nine to breathe together")
    evening.address("make the breathe together reminder an hour later")
    assert (kept(evening).every, kept(evening).at.hour) == (as_rule("day", kept(evening).at), 22)


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


# ---- without a yes to keeping -------------------------------------------------------------------------


def test_what_is_to_be_done_soon_needs_no_yes_and_is_gone_when_it_was_said(tmp_path: Path) -> None:
    evening = Evening(tmp_path, consent=False)
    (answer,) = evening.type("remind us in ten minutes to turn the oven off")
    assert "ten minutes" in answer
    assert any("turn the oven off" in said for said in evening.wait(900))
    evening.type("okay, done")
    evening.wait(900)
    assert not reminders(evening)


def test_what_is_to_be_kept_for_longer_needs_the_yes_of_both(tmp_path: Path) -> None:
    evening = Evening(tmp_path, consent=False)
    evening.type("remind us in ten hours to turn the oven off")
    assert mode(evening) is Mode.YES_NO
