"""Frames to utterances: voice activity, endpoint, turn taking, echo, wake phrase, the second pass."""
