"""Measurements: `python -m bench` prints the table of docs/measured.md."""

import voice  # noqa: F401  before numpy, whose threads it limits
