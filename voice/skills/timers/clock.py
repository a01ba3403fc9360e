"""What time it is, and what day."""

from voice.dialogue.decision import Decision
from voice.language.moments.speech import speak_clock, speak_day_and_date
from voice.messages.meaning import Match


def tell_time(decision: Decision, match: Match) -> None:
    """ "What time is it?": by the clock on the wall."""
    decision.say("time_now", time=speak_clock(decision.here))


def tell_date(decision: Decision, match: Match) -> None:
    """ "What day is it?": the day of the week with the date."""
    decision.say("date_today", when=speak_day_and_date(decision.here.date(), decision.here))
