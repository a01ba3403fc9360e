"""What the untouched network makes of clean speech: its frames, its words, and how sure it is of each of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from training.decoder import Decoder
from training.network import Encoder
from voice.engines.moonshine.engine import model_folder
from voice.engines.moonshine.model import DECODER, Model
from voice.engines.moonshine.search import greedy
from voice.engines.moonshine.tokenizer import BEGIN, END, Tokenizer
from voice.engines.moonshine.weights import Weights
from voice.sound.resampling import Samples

LIKELIEST = 24  # tokens at each place whose probability is kept; the others count together
SURE = 0.2  # the probability of the teacher's own token from which on a place counts
MEAN_LOG_PROB = -1.0  # a token, of a text that is worth learning from
_LEAST_REST = 1e-4


@dataclass(frozen=True, slots=True)
class Lesson:
    """The teacher's answer to a piece."""

    frames: Tensor
    """Frames × WIDTH, in 16 bits."""
    tokens: tuple[int, ...]
    """Its reading, without BEGIN and END; () where it could not read the piece."""
    places: Tensor
    """Where in the reading, END's place included, it is sure enough."""
    likeliest: Tensor
    """The LIKELIEST tokens at each of these places: places × LIKELIEST."""
    log_probs: Tensor
    """Their log-probabilities."""


class Teacher:
    """The untouched network, which gives lessons. encoder: as the package has it."""

    def __init__(self, encoder: Encoder) -> None:
        folder = model_folder()
        self._encoder, self.decoder = encoder, Decoder(Weights(folder / DECODER))
        self._model, self._tokenizer = Model(folder), Tokenizer(folder / "tokenizer.bin")

    @torch.no_grad()
    def lesson(self, samples: Samples) -> Lesson:
        """The lesson of a piece."""
        frames = self._encoder(torch.from_numpy(samples)[None])
        read = greedy(self._model, self._tokenizer, self._model.encode(samples))
        is_worth = bool(read.tokens) and read.score / len(read.tokens) > MEAN_LOG_PROB
        tokens = read.tokens if is_worth else ()
        columns = torch.arange(len(tokens) + 1 if tokens else 0)
        log_probs = self.decoder(torch.tensor([[BEGIN, *tokens]]), frames, torch.zeros_like(columns), columns)
        own = log_probs.gather(1, torch.tensor([*tokens, END])[: len(columns), None])[:, 0]
        places = columns[own > np.log(SURE)]
        top, likeliest = log_probs[places].topk(LIKELIEST, -1)
        return Lesson(frames[0].half(), tokens, places, likeliest, top)


def divergence_of_words(lessons: Sequence[Lesson], frames: Tensor, decoder: Decoder) -> Tensor:
    """How far the words of what a pupil heard are from the lessons: the mean Kullback-Leibler divergence a place.

    frames: of the same pieces, as the pupil heard them.
    """
    longest = max(len(each.tokens) for each in lessons) + 1
    texts = torch.full((len(lessons), longest), END)
    for row, each in enumerate(lessons):
        texts[row, : len(each.tokens) + 1] = torch.tensor([BEGIN, *each.tokens])
    rows = torch.cat([torch.full_like(each.places, row) for row, each in enumerate(lessons)])
    if not len(rows):
        return frames.sum() * 0
    log_probs = decoder(texts, frames, rows, torch.cat([each.places for each in lessons]))
    ours = log_probs.gather(1, torch.cat([each.likeliest for each in lessons]))
    return divergence(torch.cat([each.log_probs for each in lessons]), ours).mean()


def divergence(theirs: Tensor, ours: Tensor) -> Tensor:
    """Kullback-Leibler divergence of log-probabilities of tokens (places × tokens); the rest counts as one more."""
    rest, our_rest = ((1 - each.exp().sum(-1)).clamp(min=_LEAST_REST) for each in (theirs, ours))
    kept: Tensor = (theirs.exp() * (theirs - ours)).sum(-1)
    return kept + rest * (rest.log() - our_rest.log())
