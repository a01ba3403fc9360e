"""Where the tests find things of the repository."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE_TALK = (Path(__file__).parent / "table_talk.txt").read_text(encoding="utf-8").splitlines()
"""Talk at table that no intent may take for a command; none of it stands in the pack's own talk."""
