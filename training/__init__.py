"""Trains the adapter that lets Moonshine's encoder hear through rooms and noise; needs the extra `train`."""
