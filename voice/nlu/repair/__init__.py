"""Typed lines in which words went wrong, repaired by a noisy-channel model."""
