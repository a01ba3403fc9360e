"""Times, dates, durations and recurrences in English sentences: a grammar of its own, pure.

`lengths.duration_in` reads durations, `reading.moment_in` reads when something is to happen, `occurrences.next_after`
counts on, and `speech.speak_moment` says it again.
"""
