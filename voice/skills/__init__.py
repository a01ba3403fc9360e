"""What Hearthside can do: one room a skill, each registers what it answers to. Pure."""
