"""Are you listening, are you recording, who can hear this, what do you know about us: answered plainly and truly."""

from voice.dialogue.decision import Decision
from voice.language.text import speak_list
from voice.messages.meaning import Match
from voice.messages.records import Records

ANSWERS = {"listening": "privacy_listening", "recording": "privacy_recording"}  # value of {about_me} -> reply
NAMES, OWN, REMINDERS, TOPICS, FAVOURITES = "names", "own questions", "reminders", "topics", "favourites"
ASKED, SKIPPED, STAGE, DONE, TIMERS, HELP_LINE = "asked", "skipped", "stage", "done", "timers", "help line"
VOICES = "voices"
SETTINGS = {TOPICS: "left out", FAVOURITES: "favourites", SKIPPED: "skipped", STAGE: "stage"}
"""What is known -> the setting that holds it."""


def answer_privacy(decision: Decision, match: Match) -> None:
    """ "Are you listening?", "are you recording us?", and whoever else may hear."""
    decision.say(ANSWERS.get(str(match.slots.get("about_me", "")), "privacy"))


def say_who_it_is(decision: Decision, match: Match) -> None:
    """ "Who are you?", "are you a robot?"."""
    decision.say("who_i_am")


def tell_what_is_known(decision: Decision, match: Match) -> None:
    """ "What do you know about us?": what kinds of things are kept, never how many."""
    manners = decision.manners
    known = [key for key, there in ((NAMES, manners.named), (HELP_LINE, manners.help_line)) if there]
    known += _kept(decision.records)
    if known:
        decision.say("known", list=speak_list([decision.content.labels.get(each, each) for each in known]))
    else:
        decision.say("known_nothing")


def _kept(records: Records) -> list[str]:
    kinds = list(dict.fromkeys(note.kind for note in records.notes))
    more = [(OWN, records.own_prompts), (REMINDERS, records.reminders), (TIMERS, records.timers)]
    more += [(ASKED, records.asked), (DONE, tuple(records.done)), (VOICES, records.voices)]
    settings = [key for key, setting in SETTINGS.items() if records.settings.get(setting)]
    return [*kinds, *(key for key, rows in more if rows), *settings]
