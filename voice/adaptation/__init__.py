"""What the program learns of one couple: their way of saying phrases, the spellings of their names."""
