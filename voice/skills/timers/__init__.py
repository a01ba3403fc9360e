"""Timers: set, paused, extended, cancelled, ringing."""
