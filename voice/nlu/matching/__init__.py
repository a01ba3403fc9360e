"""One hypothesis against the index: alignment, slots, rejection."""
