"""Kept lines: appreciations, jar, moments, notes for each other, the bucket list; read back and deleted."""
