"""Guided sessions: walking the steps of a script, and what people may say meanwhile."""
