"""The adapter changes what it says, in the part that is asked for; the shipped one fits, and hears through rooms."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from bench.room import with_noise
from tests.support.speech import spoken
from training.rooms import in_room, some_room
from voice.engines.moonshine.adapter import SHIPPED, Adapter, load_adapter, quantized, sha256, trouble, values_of
from voice.engines.moonshine.engine import PADDING_SECONDS, MoonshineEngine, model_folder, rooms_trouble
from voice.engines.moonshine.model import ENCODER, Model
from voice.engines.moonshine.search import greedy, scores
from voice.engines.moonshine.tokenizer import SPACE, Tokenizer
from voice.engines.moonshine.weights import Matrix, Weights
from voice.engines.protocol import Constraints
from voice.messages.sound import RATE
from voice.sound.resampling import from_pcm

RANDOM = np.random.default_rng(1)
VALUES = RANDOM.normal(0, 1, (6, 4)).astype(np.float32)
LEFT, RIGHT = RANDOM.normal(0, 1, (6, 2)), RANDOM.normal(0, 1, (2, 4))
CHANGES = {"query_0_left": LEFT, "query_0_right": RIGHT, "norm": np.arange(4.0)}


@pytest.mark.parametrize("strength", [0.0, 0.5, 1.0])
def test_a_change_is_made_in_the_part_that_is_asked_for(strength: float) -> None:
    adapter = Adapter(CHANGES, strength)
    assert adapter.changed("query_0", VALUES) == pytest.approx(VALUES + strength * LEFT @ RIGHT, abs=1e-5)
    assert adapter.changed("norm", np.ones(4, np.float32)) == pytest.approx(1 + strength * np.arange(4))
    assert adapter.changed("between_0", VALUES) is VALUES


def test_factors_change_a_convolution_too() -> None:
    changes = {"conv_2_left": LEFT, "conv_2_right": RIGHT}
    changed = Adapter(changes, 1.0).changed("conv_2", np.zeros((6, 2, 2), np.float32))
    assert changed == pytest.approx((LEFT @ RIGHT).reshape(6, 2, 2), abs=1e-5)


def test_a_matrix_in_bytes_stands_for_its_values() -> None:
    matrix = quantized(VALUES, None)
    assert np.all(np.abs(values_of(matrix) - VALUES) <= matrix.scale)
    nothing = quantized(np.zeros((3, 2), np.float32), None)
    assert np.array_equal(values_of(nothing), np.zeros((3, 2)))


def test_a_matrix_is_changed_with_its_bias() -> None:
    matrix = Matrix(
        quantized(VALUES, None).values,
        quantized(VALUES, None).scale,
        quantized(VALUES, None).zero,
        np.ones(4, np.float32),
    )
    changed = Adapter({**CHANGES, "query_0_bias": np.full(4, 2.0)}, 0.5).changed_matrix("query_0", matrix)
    assert np.allclose(values_of(changed), values_of(matrix) + 0.5 * LEFT @ RIGHT, atol=float(changed.scale.max()))
    assert changed.bias is not None
    assert changed.bias.tolist() == [2.0] * 4


def test_the_shipped_adapter_is_the_one_that_is_told_of_and_fits_the_package() -> None:
    record = json.loads(SHIPPED.with_suffix(".json").read_text(encoding="utf-8"))
    assert sha256(SHIPPED) == record["sha256"]
    assert {"strength", "encoder_sha256", "sources", "plan", "curve", "code"} <= record.keys()
    assert rooms_trouble() == ""
    adapter = load_adapter(model_folder() / ENCODER)
    assert adapter is not None
    assert adapter.strength == record["strength"]


def test_every_change_of_the_shipped_adapter_is_one_of_the_encoder() -> None:
    from voice.engines.moonshine.encoder import encoder_matrices, encoder_numbers

    weights, adapter = Weights(model_folder() / ENCODER), load_adapter(model_folder() / ENCODER)
    assert adapter is not None
    matrices = encoder_matrices(weights)
    biases = {f"{name}_bias" for name, matrix in matrices.items() if matrix.bias is not None}
    names = {name.removesuffix("_left").removesuffix("_right") for name in adapter.changes}
    assert names == encoder_numbers(weights).keys() | matrices.keys() | biases


def test_other_weights_and_a_damaged_file_are_told_and_not_used(tmp_path: Path) -> None:
    weights = tmp_path / ENCODER
    weights.write_bytes(b"another model")
    assert trouble(weights) == "the model in the package is not the one that it was learned for"
    assert load_adapter(weights) is None
    file = tmp_path / SHIPPED.name
    shutil.copy(SHIPPED.with_suffix(".json"), tmp_path)
    for content in (None, SHIPPED.read_bytes()[:-1]):
        if content is not None:
            file.write_bytes(content)
        assert trouble(model_folder() / ENCODER, file) == "rooms.npz is damaged"
        assert load_adapter(model_folder() / ENCODER, file) is None


def test_what_is_said_in_a_noisy_room_becomes_likelier() -> None:
    """The log-likelihood of the words, over simulated rooms; both encoders hear the very same sound."""
    tokenizer = Tokenizer(model_folder() / "tokenizer.bin")
    model = Model(model_folder(), again=load_adapter(model_folder() / ENCODER))
    random, gains = np.random.default_rng(11), list[float]()
    for words in ("Give me two minutes", "How long is left", "The train was late again"):
        tokens = tuple(token for word in words.split() for token in tokenizer.encode(SPACE + word))
        tokens += tokenizer.encode("?" if words.startswith("How") else ".")
        for _ in range(6):
            wet = in_room(from_pcm(spoken(words)), some_room(random))
            noise = random.normal(0, 1, len(wet)).astype(np.float32)
            sound = np.pad(with_noise(wet, noise, 12.0), round(0.3 * RATE))
            before, after = (scores(model, model.encode(sound, again=again), [tokens])[0] for again in (False, True))
            gains.append(after - before)
    assert float(np.mean(gains)) > 0.5
    assert sum(gain > 0 for gain in gains) >= 13


@pytest.mark.parametrize(("rooms", "first", "again"), [("off", 0, 0), ("auto", 0, 1), ("on", 1, 1)])
def test_rooms_say_what_is_heard_as_it_was_learned(rooms: str, first: int, again: int) -> None:
    """Both ways of an engine hear what one of two networks hears: that of the package, or the adapted one."""
    pcm, heard = spoken("how long is left"), list[float | None]()
    engine = MoonshineEngine(rooms)
    for constraints in (Constraints(), Constraints(again=True)):
        engine.begin(constraints)
        engine.accept(pcm)
        heard.append(engine.finish()[0].score)
    adapter, folder = load_adapter(model_folder() / ENCODER), model_folder()
    networks = Model(folder), Model(folder, adapter)
    padded = np.pad(from_pcm(pcm), round(PADDING_SECONDS * RATE))
    read = [greedy(model, Tokenizer(folder / "tokenizer.bin"), model.encode(padded)).score for model in networks]
    assert read[0] != read[1]
    assert heard == [read[first], read[again]]
