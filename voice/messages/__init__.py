"""Every value that crosses a border while Hearthside runs; imports nothing of ours."""
