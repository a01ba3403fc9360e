"""Where one evening ends and the next day begins."""

from datetime import datetime, timedelta

NIGHT_ENDS = 5
"""O'clock. What is said after midnight and before this hour belongs to the evening before."""


def evening_of(moment: datetime) -> datetime:
    """Five in the morning of the day to which a moment belongs."""
    return (moment - timedelta(hours=NIGHT_ENDS)).replace(hour=NIGHT_ENDS, minute=0, second=0, microsecond=0)
