"""The recognition engines, a folder each, behind one protocol."""
