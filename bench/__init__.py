"""Measurements: `python -m bench` prints the table of docs/measured.md."""
