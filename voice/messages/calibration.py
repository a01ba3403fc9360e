"""How an engine's scores are judged: thresholds that come with the engine."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Calibration:
    """The thresholds for the scores of one engine, fitted to commands and talk that this engine heard.

    All are natural logarithms. The log-likelihood ratio of a sentence is its score less that of the free hypothesis.
    A sentence is accepted when its ratio, less the penalty for its distance, reaches the threshold of its kind.
    """

    threshold: float
    """For most sentences."""
    short_threshold: float
    """For short sentences amid talk, which has many short pieces."""
    long_threshold: float
    """For long sentences without open slots."""
    exact_threshold: float
    """For sentences of which only the very words count: below it the couple are asked first."""
    distance_penalty: float
    """Taken from the ratio for a distance of 1 to the free hypothesis."""
    rank_penalty: float
    """The distance penalty where candidates are compared with each other."""
    free_text_penalty: float
    """Taken from a candidate with free text, which is as likely as the free hypothesis whatever was said."""
    margin: float
    """By which a candidate must lead the first one that means something else."""
    speed_spread: float
    """By which a score at one playback speed may differ from the mean of all speeds."""
    sure: float
    """The score of a short sentence amid talk below which the sound is rescored."""
    unsure: float
    """The score of a short sentence amid talk below which it is rejected."""
    certain: float
    """The score for a second of sound above which the words were read so surely that another way to hear finds none."""

    def reach(self, distance: float) -> float:
        """How much less likely than the free hypothesis a candidate may be and still be accepted.

        It is a natural logarithm, at one playback speed. distance: to the free hypothesis, 0 to 1.
        """
        lowest = min(self.threshold, self.short_threshold, self.long_threshold, self.exact_threshold)
        return self.speed_spread - lowest - self.distance_penalty * distance
