"""How packs are written: rules for prompts, lists, scripts and replies."""
