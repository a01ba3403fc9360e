"""Reminders and rituals: parsed, set, listed, delivered in a quiet moment."""
