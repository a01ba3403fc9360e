"""The pure core: no clock, no device, no disk, no randomness that is not passed in."""
