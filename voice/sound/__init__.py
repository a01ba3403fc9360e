"""Sound as such: chimes, sample rates, and the way to PortAudio."""
