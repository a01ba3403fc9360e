"""How long our voice takes to say something, told from its letters."""

# Fitted on 50 lines of a script and of the replies in the natural voice: 0.28 s off a line at the table, 0.37 s at
# bedtime, in the mean; tests/skills/test_scripts.py compares it with the voice.
LETTER = {"dinner": 0.063, "bedtime": 0.079}  # seconds
MARK = {"dinner": 0.46, "bedtime": 0.53}  # seconds: the pause at a comma or a full stop
MARKS = ",.?!:;"
BEGINNING = -0.23  # seconds: there is none before the first word


def spoken_seconds(text: str, register: str) -> float:
    """About how long it takes to say this. register: "dinner" or "bedtime"."""
    letters, marks = sum(map(str.isalpha, text)), sum(map(text.count, MARKS))
    return max(0.3, LETTER[register] * letters + MARK[register] * marks + BEGINNING)
