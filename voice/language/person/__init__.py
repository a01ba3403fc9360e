"""Turns a line about a partner towards that partner: "Sam makes soup" -> "you make soup"; in doubt it says so."""
