"""Hypotheses to a match or none: pure, and without knowledge of what the dialogue does with it."""
