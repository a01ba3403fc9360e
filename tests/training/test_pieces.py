"""Speech is cut at quiet places, padded to few lengths, and comes in batches of one length."""

from collections import Counter
from pathlib import Path

import numpy as np
import soundfile

from training.sentences import general_sentences
from training.speech import AFTER, LEAD, LENGTHS, LEVEL, LONGEST, batches, cut, padded, pieces_of
from voice.messages.sound import RATE
from voice.sound.resampling import Samples


def talk(seconds: float, pause_every: float) -> Samples:
    """Noise with a pause of 0.3 seconds now and then."""
    at = np.arange(round(seconds * RATE)) / RATE
    loud = np.random.default_rng(1).normal(0, 0.2, len(at)) * ((at % pause_every) > 0.3)
    samples: Samples = loud.astype(np.float32)
    return samples


def test_long_speech_is_cut_in_its_pauses_and_nothing_is_lost() -> None:
    whole = talk(20.0, 1.1)
    pieces = cut(whole, np.random.default_rng(2))
    assert np.array_equal(np.concatenate(pieces), whole)
    assert all(RATE <= len(piece) <= LONGEST * RATE for piece in pieces[:-1])
    ends = np.cumsum([len(piece) for piece in pieces])[:-1] / RATE
    assert all(end % 1.1 < 0.31 for end in ends)


def test_a_piece_has_one_of_few_lengths_and_silence_around_it() -> None:
    random = np.random.default_rng(3)
    for seconds in (0.5, 1.0, 2.3, LONGEST):
        whole = padded(talk(seconds, 9.0), random)
        assert len(whole) / RATE in LENGTHS
        first, last = np.flatnonzero(whole)[[0, -1]]
        assert LEAD[0] * RATE <= first
        assert len(whole) - last >= AFTER * RATE
        assert float(np.max(np.abs(whole))) == np.float32(LEVEL)


def test_all_speech_of_a_folder_is_taken_and_silence_is_not(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    soundfile.write(tmp_path / "a.flac", talk(9.0, 1.0), RATE)
    soundfile.write(tmp_path / "inner" / "b.wav", talk(1.0, 5.0), RATE)
    soundfile.write(tmp_path / "silent.wav", np.zeros(RATE), RATE)
    pieces = list(pieces_of(tmp_path, 3, np.random.default_rng(4)))
    assert {piece.weight for piece in pieces} == {3}
    longest = sum(len(np.flatnonzero(piece.samples)) for piece in pieces) / RATE
    assert 5.0 < longest < 10.0


def test_a_batch_has_one_length_and_a_weight_repeats_a_piece() -> None:
    lengths = [2 * RATE] * 30 + [4 * RATE] * 30
    weights = [3] * 30 + [1] * 30
    found = batches(lengths, weights, 8, np.random.default_rng(5))
    assert all(len({lengths[index] for index in batch}) == 1 for batch in found)
    assert {len(batch) for batch in found if lengths[batch[0]] == 2 * RATE} == {8}
    assert {len(batch) for batch in found if lengths[batch[0]] == 4 * RATE} == {5}
    times = Counter(index for batch in found for index in batch)
    assert max(times[index] for index in range(30)) == 3
    assert max(times[index] for index in range(30, 60)) == 1
    assert sum(times.values()) > 0.9 * 120


def test_general_sentences_are_plain_short_and_none_of_the_packs() -> None:
    text = (
        'It rained all day. "Ask us a question!" NASA said so. He had 3 dogs. It  rained\nall day. Birds sing, mostly.'
    )
    assert general_sentences(text, ["ask us a question"]) == ("It rained all day.", "Birds sing, mostly.")
