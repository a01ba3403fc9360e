"""English as such: numbers, durations, times, dates, person shift. A translator works here and in the packs."""
