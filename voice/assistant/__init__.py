"""One door for every event: decide(state, event) -> (state, actions). Pure."""
