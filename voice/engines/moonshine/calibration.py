"""Thresholds for Moonshine's scores; see "Acceptance of constrained hypotheses" in docs/measured.md."""

from voice.messages.calibration import Calibration

MOONSHINE = Calibration(
    # At distance 0 a sentence may be e^18 times less likely than the free hypothesis. The nearest of people's talk
    # to a long sentence lies at -23.4.
    threshold=-18.0,
    short_threshold=-14.0,  # "athena" comes to -15.4 as "That's enough."; of 42 short commands two lie below
    long_threshold=-21.5,
    exact_threshold=-3.0,
    distance_penalty=24.0,
    rank_penalty=12.0,
    free_text_penalty=4.0,
    margin=0.7,  # twice as likely as another meaning
    speed_spread=4.0,
    # Of 81 short commands that were read word for word (near, in noise and in rooms), 11 scored less than -1.8 at one
    # speed, and one of those less than -3.2 as the mean of three. "athena" is read as "That's enough." at -4.0.
    sure=-1.8,
    unsure=-3.2,
    certain=-1.0,  # of 26 commands that only hearing again found none is above -1.25; more than half of the talk is
)
