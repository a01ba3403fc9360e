"""Which of many sentences share the most telling words with an utterance, wherever these stand."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np


class WordIndex:
    """The sentences by their words. A word tells the more, the fewer sentences have it."""

    def __init__(self, sentences: Sequence[Sequence[str]]) -> None:
        holders = defaultdict[str, list[int]](list)
        for place, sentence in enumerate(sentences):
            for word in dict.fromkeys(sentence):
                holders[word].append(place)
        self._holders = {word: np.array(places, np.int32) for word, places in holders.items()}
        self._telling = {word: float(np.log(1 + len(sentences) / len(held))) for word, held in holders.items()}
        told = [sum(self._telling[word] for word in dict.fromkeys(sentence)) for sentence in sentences]
        self._told = np.sqrt(np.array(told, np.float32))

    def nearest(self, heard: Sequence[str], many: int) -> list[int]:
        """The places of at most `many` sentences that share the most with what was heard, for all that they tell."""
        shared = [word for word in dict.fromkeys(heard) if word in self._holders]
        if not shared:
            return []
        places = np.concatenate([self._holders[word] for word in shared])
        telling = np.repeat([self._telling[word] for word in shared], [self._holders[word].size for word in shared])
        alike = np.bincount(places, weights=telling, minlength=self._told.size) / self._told
        best = np.argpartition(-alike, many)[:many] if alike.size > many else np.arange(alike.size)
        best = best[np.argsort(-alike[best], kind="stable")]
        return [int(place) for place in best if alike[place] > 0]
