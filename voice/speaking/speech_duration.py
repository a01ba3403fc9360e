"""How long our voice takes to say something, told from its letters."""

from voice.messages.delivery import Register

# Fitted on 50 lines of a script and of the replies in the natural voice: 0.28 s off a line at the table, 0.37 s at
# bedtime, in the mean; tests/skills/test_scripts.py compares it with the voice.
LETTER = {Register.DINNER: 0.063, Register.BEDTIME: 0.079}  # seconds
MARK = {Register.DINNER: 0.46, Register.BEDTIME: 0.53}  # seconds: the pause at a comma or a full stop
MARKS = ",.?!:;"
BEGINNING = -0.23  # seconds: there is none before the first word


def spoken_seconds(text: str, register: Register) -> float:
    """About how long it takes to say this, in seconds. register: DINNER or BEDTIME."""
    letters, marks = sum(map(str.isalpha, text)), sum(map(text.count, MARKS))
    return max(0.3, LETTER[register] * letters + MARK[register] * marks + BEGINNING)
