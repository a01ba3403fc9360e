"""Days of the calendar as people say them: "yesterday", "the third of May, last year"."""

from datetime import datetime

from voice.core.text import speak_number

MONTHS = (
    "January February March April May June July August September October November December"
).split()  # English, and not the machine's language
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth "
    "twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
).split()


def speak_day(moment: datetime, now: datetime) -> str:
    """The day of a moment, seen from now; both aware."""
    day, today = moment.astimezone(now.tzinfo).date(), now.date()
    if day == today:
        return "today"
    if (today - day).days == 1:
        return "yesterday"
    spoken = f"the {ORDINALS[day.day - 1]} of {MONTHS[day.month - 1]}"
    years = today.year - day.year
    if years == 0:
        return spoken
    century, rest = divmod(day.year, 100)
    return f"{spoken}, last year" if years == 1 else f"{spoken}, {speak_number(century)} {speak_number(rest)}"
