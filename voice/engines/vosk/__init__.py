"""Vosk: decodes speech as it comes in, inside a grammar of what can be said now, with partial words."""
