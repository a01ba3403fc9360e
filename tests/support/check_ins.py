"""Sessions that are begun by what a couple say, and who speaks in them."""

from tests.support.evening import Evening, mode, script
from voice.content import Script
from voice.messages.recognition import Mode


def begin(evening: Evening, line: str) -> Script:
    """Begin a session; past the question whether the moment is calm, to the first thing that takes time."""
    evening.type(line)
    walk = evening.loop.state.walk
    assert walk is not None, line
    if walk.script.calm:
        assert mode(evening) is Mode.YES_NO
        evening.type("yes")
    evening.wait(1)
    return walk.script


def speakers(evening: Evening, turns: int) -> list[str]:
    """Who has each of the next turns; every one is handed over."""
    names = []
    for _ in range(turns):
        walk = evening.loop.state.walk
        assert walk is not None
        assert mode(evening) is Mode.TURN
        assert walk.speaker in evening.said[-1]
        names.append(walk.speaker)
        evening.type("done")
    return names


def kept(evening: Evening) -> list[tuple[str, str, str]]:
    """Kind, who said it, and the line, of everything that was kept."""
    return [(note.kind, note.who, note.text) for note in evening.loop.journal.records().notes]


def is_over(evening: Evening, name: str) -> bool:
    """Whether a session came to its own end, with its goodbye as the last thing said."""
    done = any(what == name for what, _ in evening.loop.records.done)
    return done and mode(evening) is Mode.IDLE and evening.said[-1] in script(evening, name).steps[-1].lines


BEGINNINGS = {
    "daily": ["daily check-in", "start a fifteen minute check-in", "let's do our daily check-in"],
    "short_check_in": ["short check-in", "quick check-in please"],
    "coffee": ["coffee check-in", "start the morning check-in"],
    "just_a_hug": ["just a hug tonight", "only a hug today"],
    "feelings": ["how are we really doing", "start feelings check-in"],
    "weekly": ["weekly check-in", "Sunday check-in"],
    "temperature": ["temperature reading", "start the five parts"],
    "stress_talk": ["start stress talk", "let's unwind together"],
    "twenty_minutes": ["twenty minutes for us", "let's have thirty minutes for us"],
    "needs": ["ask us what we need", "ask what we need", "needs check-in"],
    "good_news": ["good news round", "start a good news round"],
    "question_game": ["let's play the question game"],
    "closeness": ["start the closeness ladder"],
    "inner_world": ["start share your inner world", "inner world talk"],
    "weekly_truth": ["weekly truth", "one true thing each"],
    "date_money": ["start a date night about money"],
    "date_dreams": ["start a date about dreams"],
    "date_fun": ["let's have a date about fun"],
    "date_family": ["start a date about our families"],
    "date_trust": ["start a date night about trust"],
    "date_growth": ["start a date about growth"],
    "date_intimacy": ["start a date night about intimacy", "start a date about touch"],
    "date_conflict": ["start a date about conflict", "a date night about disagreeing please"],
    "date_closing": ["close our date night"],
    "monthly": ["monthly talk", "let's have our monthly date"],
    "swap_childhood": ["tell us to swap childhood stories"],
    "funny_story": ["funny story swap", "make us laugh"],
    "good_memory": ["ask about a good memory"],
    "attachment_talk": ["attachment questions"],
    "bedtime": ["start our check-in", "bedtime check-in", "five minute check-in"],
}
