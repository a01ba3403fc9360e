"""The head on the encoder: it learns, the same every time, and is honest about what it is sure of."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from voice.encoder.head import Head
from voice.encoder.layout import WIDTH
from voice.encoder.ngrams import BUCKETS, ngrams, rarity, weighted
from voice.encoder.training import train
from voice.errors import ModelError

THINGS = ["the timer", "our song", "a note", "the jar", "my promise"]
SAYINGS = {
    "start": ["start {}", "please begin {}", "let us get going with {}", "begin {} now", "go ahead and start {}"],
    "stop": ["stop {}", "please end {}", "we are done with {}", "end {} now", "finish {} for us"],
    "read": ["read {}", "what does {} say", "tell me about {}", "let us hear {}", "read out {} please"],
}
EXAMPLES = [(say.format(thing), label) for label, says in SAYINGS.items() for say in says for thing in THINGS]
TEXTS, LABELS = [text for text, _ in EXAMPLES], [label for _, label in EXAMPLES]


def vector_of_word(word: str) -> NDArray[np.float64]:
    """A vector of chance, always the same one for the same word."""
    return np.random.default_rng(list(word.encode())).standard_normal(WIDTH)


def vectors_of(texts: list[str]) -> NDArray[np.float32]:
    """Vectors that are alike for texts with the same words: the encoder is not needed here."""
    rows = [sum(map(vector_of_word, [*text.split(), text])) for text in texts]
    return np.array([row / np.linalg.norm(row) for row in rows], np.float32).reshape(len(texts), WIDTH)


@pytest.fixture(scope="module")
def head() -> Head:
    return train(TEXTS, vectors_of(TEXTS), LABELS)


def guesses(head: Head, texts: list[str]) -> list[str]:
    return [head.labels[best] for best in head.probabilities(texts, vectors_of(texts)).argmax(axis=1)]


@pytest.mark.slow
def test_it_knows_what_it_learned(head: Head) -> None:
    assert head.labels == ("read", "start", "stop")
    assert guesses(head, TEXTS) == LABELS


def test_it_knows_other_wordings_of_the_same_words(head: Head) -> None:
    texts = ["please start the music", "could you stop the music", "read me the music please"]
    assert guesses(head, texts) == ["start", "stop", "read"]


def test_probabilities_add_up_to_1(head: Head) -> None:
    texts = [*TEXTS, "", "   ", "나는 너를 사랑해", "x" * 5000]
    probabilities = head.probabilities(texts, vectors_of(texts))
    assert probabilities.shape == (len(texts), 3)
    assert probabilities.dtype == np.float32
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-5)


def test_one_text_alone_is_as_in_company(head: Head) -> None:
    together = head.probabilities(TEXTS[:9], vectors_of(TEXTS[:9]))
    alone = [head.probabilities([text], vectors_of([text]))[0] for text in TEXTS[:9]]
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_no_texts_have_no_probabilities(head: Head) -> None:
    assert head.probabilities([], vectors_of([])).shape == (0, 3)


@pytest.mark.slow
def test_the_same_seed_makes_the_same_head(head: Head, tmp_path: Path) -> None:
    again, other = (train(TEXTS, vectors_of(TEXTS), LABELS, seed=seed) for seed in (0, 1))
    np.testing.assert_array_equal(head.matrix, again.matrix)
    assert not np.array_equal(head.matrix, other.matrix)
    head.save(tmp_path / "one.npz")
    again.save(tmp_path / "two.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_what_is_saved_is_loaded(head: Head, tmp_path: Path) -> None:
    head.save(tmp_path / "head.npz")
    loaded = Head.load(tmp_path / "head.npz")
    assert loaded.labels == head.labels
    vectors = vectors_of(TEXTS)
    np.testing.assert_allclose(loaded.probabilities(TEXTS, vectors), head.probabilities(TEXTS, vectors), atol=0.01)


@pytest.mark.slow
def test_labels_that_say_the_same_share_the_probability() -> None:
    texts = [f"hello number {number}" for number in range(200)]
    labels = ["heads" if flip else "tails" for flip in np.random.default_rng(0).integers(0, 2, 200)]
    head = train(texts, vectors_of(texts), labels)
    new = [f"hello other {number}" for number in range(100)]
    assert head.probabilities(new, vectors_of(new)).max(axis=1).mean() < 0.7


def test_texts_and_vectors_must_belong_together(head: Head) -> None:
    with pytest.raises(ValueError, match="2 texts, but 1 vectors"):
        head.probabilities(["a", "b"], vectors_of(["a"]))
    with pytest.raises(ValueError, match="1 texts, 1 vectors and 0 labels"):
        train(["a"], vectors_of(["a"]), [])


@pytest.mark.parametrize(
    ("content", "line"),
    [(None, "is missing"), (b"", "is damaged"), (b"PK\x03\x04", "is damaged"), (b"x", "is damaged")],
)
def test_a_bad_file_is_one_clear_line(tmp_path: Path, content: bytes | None, line: str) -> None:
    file = tmp_path / "head.npz"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ModelError, match=rf"^{file}: the trained classifier {line}\.$"):
        Head.load(file)


def test_a_file_of_another_size_is_one_clear_line(head: Head, tmp_path: Path) -> None:
    replace(head, rarity=head.rarity[1:]).save(tmp_path / "head.npz")
    with pytest.raises(ModelError, match="is from another version"):
        Head.load(tmp_path / "head.npz")


# ---- n-grams -----------------------------------------------------------------------------------------


def test_ngrams_are_words_pairs_and_letters() -> None:
    rows = ngrams(["Good  NIGHT", "good night", "night good", ""])
    dense = rows.dense(np.arange(4))
    assert dense.shape == (4, BUCKETS)
    np.testing.assert_array_equal(dense[0], dense[1])
    assert not np.array_equal(dense[1], dense[2])  # the order counts
    assert not dense[3].any()


def test_rare_ngrams_weigh_more_and_rows_have_one_length() -> None:
    rows = ngrams(["say something", "say nothing", "say goodbye", ""])
    weights = rarity(rows)
    assert weights[ngrams(["goodbye"]).columns].max() > weights[ngrams(["say"]).columns].min()
    lengths = np.linalg.norm(weighted(rows, weights, 0.7).dense(np.arange(4)), axis=1)
    np.testing.assert_allclose(lengths, [0.7, 0.7, 0.7, 0], atol=1e-6)
