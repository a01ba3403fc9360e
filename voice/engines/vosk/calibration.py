"""The thresholds for Vosk's scores, which are log-likelihood ratios against the open vocabulary.

They were fitted to, and counted on, the same sounds of espeak-ng with the Korean model, with and without noise: 42
commands that the grammar read right, 35 that it misread as another command, and 80 utterances of talk. Area under the
curve against talk: 0.85 for the ratio, 0.79 for the sum of the logarithms of the word confidences inside the grammar.
Against misread commands: 0.67 and 0.72, so neither tells these well. No English model and no recorded speech was tried.
The model dithers: with digital silence around it, the ratio of one and the same sound varies by several units.
"""

import math

from voice.messages.calibration import Calibration

VOSK = Calibration(
    threshold=-20.0,  # the nearest talk, distance included, lies at -21.7
    short_threshold=-18.0,
    long_threshold=-24.0,
    exact_threshold=-6.0,
    distance_penalty=24.0,
    rank_penalty=12.0,
    free_text_penalty=4.0,
    margin=0.7,
    speed_spread=0.0,  # the sound is decoded at one speed
    sure=-6.0,  # above it lie 18 of the commands read right, 10 of those misread, 7 of talk
    unsure=-12.0,  # above it lie 29 of the commands read right, 15 of those misread, 16 of talk
    certain=math.inf,  # it hears in one way only
)
