"""Sentence templates and the word graphs they stand for."""
