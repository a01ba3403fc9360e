"""The threads and drivers of an evening: in the room, by keyboard, and as fast as recorded audio can be heard."""
