"""Enrolment of one couple: their ways of saying phrases, and the spellings of their names."""
