"""The three promises of README's first lines, walked whole: two voices, a sound card, and words that are in no pack."""

import time
from datetime import time as time_of_day
from pathlib import Path

from rig.virtual_card import VirtualCard
from tests.support.room import Room, share_heard
from voice.config import Config
from voice.skills.questions.available import FAVOURITES, ids_in

ENOUGH = 0.6  # of the words: our own recognizer gets back more of our own voice, but a busy machine may swallow some
OFFERED_WITHIN = 90.0  # seconds
QUIET = 30.0  # seconds: longer than it waits before it offers anything


def hand_over(room: Room, who: str, words: str) -> None:
    """Say what ends a turn, and wait for the one who is asked next."""
    before = len(room.texts("said"))
    room.command(who, words)
    room.wait_for(lambda: len(room.texts("said")) > before, f"the answer to {words}")
    room.wait_for(lambda: room.modes()[-1] != "speaking", f"the end of the answer to {words}")


def wait_for_mode(room: Room, mode: str, what: str) -> None:
    room.wait_for(lambda: room.modes()[-1] == mode, what, 120)


def test_a_question_over_dinner_changed_twice_with_a_timer_in_between(card: VirtualCard, tmp_path: Path) -> None:
    with Room(card, tmp_path) as room:
        room.ask("Alex", "Have you got a question for us while we eat?", "ask")
        room.say("Sam", "Could you pass me the salt, and is there any bread left over there?")
        room.ask("Sam", "Could we have a different one?", "another")
        room.ask("Alex", "Something a bit lighter, please.", "lighter")
        asked = [each.prompt for each in room.records().asked]
        assert len(set(asked)) == 3
        room.say("Alex", "I think it was that tiny place by the harbour where it never stopped raining.")
        room.ask("Sam", "Can you set a timer for the rice, twenty minutes?", "start_timer")
        (timer,) = room.records().timers
        assert (timer.name, timer.seconds) == ("rice", 1200)
        room.ask("Alex", "Could you give us a follow up to that?", "follow_up")
        room.ask("Sam", "We like this one, please remember it.", "remember")
        assert [each.prompt for each in room.records().asked] == asked
        room.ask("Alex", "Okay, that's enough questions for tonight.", "enough")
        assert "salt" not in " ".join(room.texts("said"))
        assert ids_in(room.records(), FAVOURITES) == (asked[-1],)


def test_a_bedtime_check_in_with_all_that_comes_between(card: VirtualCard, tmp_path: Path) -> None:
    """A question repeated, a pause, a pass, "nothing", a hesitation, one appreciation each, a quiet goodnight."""
    with Room(card, tmp_path) as room:
        room.command("Alex", "Shall we do our check-in?")
        wait_for_mode(room, "turn", "the first turn")
        asked = room.texts("said")[-1]
        hand_over(room, "Alex", "Sorry, what was the question?")
        assert room.texts("said")[-1] == asked
        room.say("Alex", "The train stood still for an hour, and then my sister called about the marzipan again.")
        hand_over(room, "Alex", "That's me done.")
        hand_over(room, "Sam", "Hold on a second.")
        hand_over(room, "Sam", "Okay, we're back.")
        hand_over(room, "Sam", "I'd rather pass.")
        for who, words in (("Sam", "Nothing, really."), ("Alex", "I'm done."), ("Alex", "I'm done.")):
            hand_over(room, who, words)
        room.command("Sam", "Pass.")
        wait_for_mode(room, "words", "the first line")
        room.say("Alex", "Um.")
        room.wait_for(lambda: room.modes()[-1] == "words", "the line after a hesitation")
        before = len(room.samples())
        room.ask("Alex", "Sam made me laugh at breakfast.", "words")
        read_back = room.samples()[before:]
        room.command("Alex", "Yes, please keep it.")
        wait_for_mode(room, "words", "the second line")
        room.ask("Sam", "Alex carried all the shopping upstairs.", "words")
        room.command("Sam", "Yes, I'd like that.")
        wait_for_mode(room, "idle", "goodnight")
        said = room.texts("said")
        assert "night" in said[-1].lower()
        notes = room.records().notes
        assert [(note.who, note.for_whom) for note in notes] == [("Alex", "Sam"), ("Sam", "Alex")]
        assert share_heard("you made me laugh at breakfast", room.words_in(read_back)) >= ENOUGH
        assert "bedtime" in {what for what, _ in room.records().done}
        assert "marzipan" not in str(room.events)
        time.sleep(QUIET)
        assert room.texts("said") == said


def test_the_recap_is_offered_once_and_read_when_it_is_asked_for(card: VirtualCard, tmp_path: Path) -> None:
    config = Config(partners=("Alex", "Sam"), recap_at=time_of_day(0, 0), quiet_hours=None)
    with Room(card, tmp_path, config=config) as room:
        room.ask("Sam", "I really appreciate that Alex cooked dinner for us.", "appreciate_that")
        room.ask("Sam", "Yes please, keep it.", "yes")
        room.wait_for(lambda: room.modes()[-1] == "yes_no", "the offer", OFFERED_WITHIN)
        before = len(room.samples())
        room.ask("Alex", "Yes, I'd like that.", "yes")
        assert share_heard("you cooked dinner for us", room.spoken_since(before)) >= ENOUGH
        said = room.texts("said")
        time.sleep(QUIET)
        assert room.texts("said") == said
        room.ask("Alex", "Can you read us tonight's appreciations?", "recap")
        assert sum("cooked dinner" in text for text in room.texts("said")[len(said) :]) == 1
