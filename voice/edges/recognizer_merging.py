"""Which of the engines' hypotheses for one utterance count."""

from collections.abc import Mapping

from voice.engines.protocol import EngineDescription, EngineHypothesis, Hypotheses
from voice.messages.recognition import Hypothesis

_SUPPORT = 0.5  # similarity in letters to an open reading that a grammar's reading needs; 1 is equality


def as_hypothesis(found: EngineHypothesis, engine: EngineDescription) -> Hypothesis:
    """The hypothesis with the engine that found it, and its calibration where there is a score to judge."""
    calibration = None if found.score is None else engine.calibration
    return Hypothesis(
        found.text, engine.name, found.score, found.constrained, found.at_other_speeds, found.readings, calibration
    )


def merged(answers: Mapping[EngineDescription, Hypotheses]) -> tuple[Hypothesis, ...]:
    """The hypotheses with words, each text once, in the order of the engines.

    Inside a grammar all talk sounds like a sentence of it. So a grammar's reading counts only when an open reading of
    the same sound, where there is one, is like it.
    """
    from rapidfuzz.distance import Levenshtein

    heard: dict[str, Hypothesis] = {}
    free = [each.text.lower() for found in answers.values() for each in found if not each.in_grammar]
    for engine, found in answers.items():
        for each in found:
            is_unsupported = (
                each.in_grammar
                and free
                and all(Levenshtein.normalized_similarity(each.text, text) < _SUPPORT for text in free)
            )
            if each.text and not is_unsupported:
                heard.setdefault(each.text, as_hypothesis(each, engine))
    return tuple(heard.values())
