"""The decoder that is put together here gives the very probabilities of the package's own, in fewer operations."""

from pathlib import Path

import numpy as np
import pytest

from rig.packaged_decoder import PackagedDecoder
from tests.support.speech import spoken
from voice.engines.moonshine.decoder import HEAD_SIZE, HEADS, LAYERS, decoder_step
from voice.engines.moonshine.engine import model_folder
from voice.engines.moonshine.model import DECODER, Encoded, Model
from voice.engines.moonshine.tokenizer import BEGIN, SPACE, Tokenizer
from voice.engines.moonshine.weights import Weights
from voice.errors import RecognizerError
from voice.sound.resampling import from_pcm


@pytest.fixture(scope="module")
def model() -> Model:
    return Model(model_folder())


@pytest.fixture(scope="module")
def encoded(model: Model) -> Encoded:
    return model.encode(from_pcm(spoken("give me two minutes")))


def spelled(text: str) -> list[int]:
    tokenizer = Tokenizer(model_folder() / "tokenizer.bin")
    return [token for word in text.split() for token in tokenizer.encode(SPACE + word)]


def test_log_probs_are_those_of_the_package(model: Model, encoded: Encoded) -> None:
    apart, samples = [], from_pcm(spoken("give me two minutes"))
    for text in ("Give me two minutes", "Give us to many", "The train was late again", "Appreciation"):
        package, decoding = PackagedDecoder(model.frames(samples), len(samples)), encoded.initial
        apart.append(np.abs(np.exp(decoding.log_probs[0]) - np.exp(package.log_probs(BEGIN))).max())
        for token in spelled(text):
            decoding = model.step(decoding, [0], [token])
            apart.append(np.abs(np.exp(decoding.log_probs[0]) - np.exp(package.log_probs(token))).max())
    # A number that lies between two bytes may be rounded to either, and all that follows feels it; mostly none does.
    assert float(np.median(apart)) < 1e-5
    assert max(apart) < 0.05


def test_texts_go_on_from_the_row_that_they_are_told(model: Model, encoded: Encoded) -> None:
    give, ask = spelled("Give")[0], spelled("Ask")[0]
    both = model.step(encoded.initial, [0, 0], [give, ask])
    on = model.step(both, [1, 0, 0], [spelled("me")[0]] * 3)
    assert on.keys.shape == on.values.shape == (LAYERS, 3, HEADS, 3, HEAD_SIZE)
    assert np.array_equal(on.keys[:, :, :, :2], both.keys[:, [1, 0, 0]])
    assert np.array_equal(on.log_probs[1], on.log_probs[2])
    assert not np.allclose(on.log_probs[0], on.log_probs[1], atol=0.1)
    assert np.allclose(np.exp(on.log_probs).sum(axis=1), 1.0, atol=1e-4)


def test_it_takes_a_third_of_the_operations_of_the_package() -> None:
    from onnx import load_from_string

    weights = Weights(model_folder() / DECODER)
    assert len(load_from_string(decoder_step(weights).operations).graph.node) < 300  # the package's takes 896


def test_weights_that_are_not_there_are_told_with_what_to_do(tmp_path: Path) -> None:
    weights = Weights(model_folder() / DECODER)
    for missing in (lambda: weights.tensor("nothing"), lambda: weights.matrix("nothing")):
        with pytest.raises(RecognizerError) as error:
            missing()
        assert "nothing" in str(error.value)
        assert "pip install" in str(error.value)
    file = tmp_path / DECODER
    for content in (b"", b"not a network at all"):
        file.write_bytes(content)
        with pytest.raises(RecognizerError, match="the English model is not in the format of onnxruntime"):
            Weights(file)
