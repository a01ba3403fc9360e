"""What Hearthside can do, measured: `python -m bench` prints the table that the README shows."""
