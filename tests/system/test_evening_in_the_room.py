"""Stories of an evening, one wish each: real speech into the virtual microphone, the answer heard back."""

from pathlib import Path

from rig.virtual_card import VirtualCard, wait_until
from tests.support.evening import as_said
from tests.support.room import Room, share_heard
from voice.packs import load_content

ENOUGH = 0.6  # of the words: our own recognizer gets back more of our own voice, but a busy machine may swallow some


def every_prompt() -> list[str]:
    """The text of every prompt of every deck, as it can be said."""
    prompts = [prompt for deck in load_content("en").decks for prompt in deck.prompts]
    return [text for prompt in prompts for text in as_said(prompt.text)]


def test_a_question_over_dinner(card: VirtualCard, tmp_path: Path) -> None:
    with Room(card, tmp_path) as room:
        room.ask("Alex", "Ask us a question.", "ask")
        first, question = room.texts("said")
        assert "first" in first
        heard = room.spoken_since(0)
        assert share_heard(question, heard) >= ENOUGH
        assert share_heard(question, heard) == max(share_heard(prompt, heard) for prompt in every_prompt())
        room.say("Sam", "I would say it was the long walk by the sea last summer.")
        room.ask("Sam", "Another one.", "another")
        assert len(room.texts("said")) == 4  # who begins, and the question, twice
        room.ask("Alex", "That's enough.", "enough")
        assert len(room.records().asked) == 2


def test_an_appreciation_is_kept_and_forgotten(card: VirtualCard, tmp_path: Path) -> None:
    with Room(card, tmp_path) as room:
        room.ask("Alex", "I appreciate that Sam picked up the kids.", "appreciate_that")
        assert room.records().notes == ()
        assert share_heard(room.texts("said")[-1], room.spoken_since(0)) >= ENOUGH
        room.ask("Alex", "Yes.", "yes")
        (note,) = room.records().notes
        assert (note.who, note.for_whom) == ("Alex", "Sam")
        assert "picked up the kids" in note.text
        room.ask("Sam", "Forget that.", "forget")
        room.ask("Alex", "Yes.", "yes")  # it is Alex's line
        assert room.records().notes == ()


def test_a_recap_at_night(card: VirtualCard, tmp_path: Path) -> None:
    with Room(card, tmp_path) as room:
        room.ask("Sam", "Thank you Alex for making dinner.", "appreciate_for")
        room.ask("Sam", "Keep it.", "yes")
        before = len(room.samples())
        room.ask("Sam", "Read tonight's appreciations.", "recap")
        assert share_heard("thank you for making dinner", room.spoken_since(before)) >= ENOUGH


def test_a_timer_rings_and_is_stopped_by_voice(card: VirtualCard, tmp_path: Path) -> None:
    with Room(card, tmp_path) as room:
        room.ask("Alex", "Set a tea timer for ten seconds.", "start_timer")
        (timer,) = room.records().timers
        assert (timer.name, timer.seconds) == ("tea", 10)
        room.wait_until_answered(0, lambda each: each.get("state") == "ringing", "the ring")
        assert "tea" in room.texts("said")[-1]
        room.command("Sam", "Stop.")
        room.wait_for(lambda: _states(room)[-1] in ("stopped", "ended"), "silence again")
        assert room.records().timers == ()


def _states(room: Room) -> list[object]:
    return [each["state"] for each in list(room.events) if each["event"] == "timer"]


def test_help_what_it_heard_mute_and_unmute(card: VirtualCard, tmp_path: Path) -> None:
    with Room(card, tmp_path) as room:
        room.ask("Alex", "What can I say?", "help")
        before = len(room.samples())
        room.ask("Alex", "What did you hear?", "what_heard")
        assert "what can i say" in room.spoken_since(before)
        room.ask("Sam", "Mute the microphone.", "mute")
        flag = tmp_path / "muted"
        wait_until(flag.exists, 10, "the closed microphone")
        count = len(room.events)
        room.say("Alex", "Ask us a question.")
        assert [each for each in room.events[count:] if each["event"] == "heard"] == []
        room.type("m")
        wait_until(lambda: not flag.exists(), 10, "the open microphone")
        room.ask("Alex", "Ask us a question.", "ask")


def test_stop_silences_it_in_the_middle_of_a_sentence(card: VirtualCard, tmp_path: Path) -> None:
    with Room(card, tmp_path) as room:
        room.command("Alex", "Start our check-in.")
        room.wait_for(lambda: room.modes()[-1] == "speaking", "the opening")
        room.command("Sam", "Stop.")
        room.wait_for(lambda: any(each.get("intent") == "stop" for each in list(room.events)), "stop")
        room.wait_for(lambda: room.modes()[-1] == "idle", "the end")
        assert "breathe in" not in str(room.events)
