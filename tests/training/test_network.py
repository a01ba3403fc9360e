"""The networks that learn begin as the package's; what they learned is what the program loads; a stop loses nothing."""

import json
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra `train` is not installed")

from rig.packaged_decoder import packaged_frames  # noqa: E402
from tests.support.speech import spoken  # noqa: E402
from training import course as course_module  # noqa: E402
from training.course import Course, Plan  # noqa: E402
from training.distance import Distance  # noqa: E402
from training.network import Encoder, package_numbers  # noqa: E402
from training.speech import Piece, padded  # noqa: E402
from training.spoiling import some_world  # noqa: E402
from training.teacher import Teacher, divergence, divergence_of_words  # noqa: E402
from training.writing import write_adapter  # noqa: E402
from voice.engines.moonshine.adapter import load_adapter  # noqa: E402
from voice.engines.moonshine.engine import model_folder  # noqa: E402
from voice.engines.moonshine.model import DECODER, ENCODER, Model  # noqa: E402
from voice.engines.moonshine.weights import Weights  # noqa: E402
from voice.sound.resampling import Samples, from_pcm  # noqa: E402

SAID = ("Give me two minutes.", "The train was late again.", "It rained all the way home.", "We had soup on Sunday.")


torch.set_num_threads(1)


@pytest.fixture(scope="module")
def pieces() -> list[Piece]:
    random = np.random.default_rng(1)
    return [Piece(padded(from_pcm(spoken(words, around=0.0)), random), 2) for words in SAID]


@pytest.fixture
def encoder() -> Encoder:
    torch.manual_seed(1)
    return Encoder(package_numbers(Weights(model_folder() / ENCODER)))


@pytest.fixture(scope="module")
def teacher() -> Teacher:
    return Teacher(Encoder(package_numbers(Weights(model_folder() / ENCODER))))


def heard_by(encoder: Encoder, samples: Samples) -> "np.ndarray":
    with torch.no_grad():
        return encoder(torch.from_numpy(samples)[None]).numpy()


def test_a_new_encoder_hears_as_the_package(encoder: Encoder, pieces: list[Piece]) -> None:
    for piece in pieces:
        apart = heard_by(encoder, piece.samples) - packaged_frames(piece.samples)
        assert float(np.sqrt(np.mean(apart**2))) < 0.03  # measured 0.02: the package reckons in eight bits


def test_the_teacher_reads_and_is_far_from_nothing_that_it_heard_itself(teacher: Teacher, pieces: list[Piece]) -> None:
    lessons = [teacher.lesson(piece.samples) for piece in pieces[:2]]
    assert all(lesson.tokens and len(lesson.places) > 2 for lesson in lessons)
    same = torch.stack([torch.from_numpy(heard_by(teacher._encoder, piece.samples)[0]) for piece in pieces[:1]])
    other = torch.roll(same, 20, 1)
    distance = Distance(Weights(model_folder() / DECODER))
    assert float(divergence_of_words(lessons[:1], same, teacher.decoder)) < 0.01
    assert float(divergence_of_words(lessons[:1], torch.zeros_like(same), teacher.decoder)) > 1
    assert float(distance(same, same)) == 0
    assert 0.5 < float(distance(other, same)) < 5


def test_a_piece_that_the_teacher_cannot_read_has_no_words_to_learn(teacher: Teacher) -> None:
    noise = np.random.default_rng(2).normal(0, 0.1, 24_000).astype(np.float32)
    lesson = teacher.lesson(noise)
    frames = torch.zeros(1, *lesson.frames.shape)
    assert lesson.tokens == ()
    assert float(divergence_of_words([lesson], frames, teacher.decoder)) == 0


def test_divergence_is_nothing_of_the_same_and_counts_the_rest() -> None:
    one, other = torch.log(torch.tensor([[0.6, 0.3]])), torch.log(torch.tensor([[0.3, 0.3]]))
    assert float(divergence(one, one)) == pytest.approx(0, abs=1e-6)
    expected = 0.6 * np.log(2) + 0.1 * np.log(0.1 / 0.4)
    assert float(divergence(one, other)) == pytest.approx(expected, abs=1e-5)


def test_what_was_learned_is_what_the_program_loads(encoder: Encoder, pieces: list[Piece], tmp_path: Path) -> None:
    with torch.no_grad():
        for change in encoder.changes.values():
            change += torch.randn(change.shape) * 0.02
    file = tmp_path / "rooms.npz"
    told = {"encoder_sha256": json.loads(_shipped().read_text(encoding="utf-8"))["encoder_sha256"]}
    write_adapter(file, dict(encoder.changes.items()), 1.0, Plan(), told)
    adapter = load_adapter(model_folder() / ENCODER, file)
    assert adapter is not None
    learned, loaded = heard_by(encoder, pieces[0].samples), Model(model_folder(), adapter).frames(pieces[0].samples)
    before = packaged_frames(pieces[0].samples)
    assert np.sqrt(np.mean((learned - loaded) ** 2)) < 0.04  # the program reckons in eight bits
    assert np.sqrt(np.mean((learned - before) ** 2)) > 0.1


def test_a_course_that_was_stopped_ends_as_one_that_was_not(
    teacher: Teacher, pieces: list[Piece], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(course_module, "_STEPS_A_CHECKPOINT", 2)
    plan, numbers = Plan(steps=4, size=2), package_numbers(Weights(model_folder() / ENCODER))
    world = some_world(1, 2, 2, [piece.samples for piece in pieces])

    def new() -> Course:
        torch.manual_seed(plan.seed)
        return Course(plan, pieces, teacher, Encoder(numbers), Distance(Weights(model_folder() / DECODER)))

    whole, stopped, resumed = new(), new(), new()
    for folder in ("whole", "stopped"):
        (tmp_path / folder).mkdir()
    whole.run(world, world, tmp_path / "whole")
    with monkeypatch.context() as broken:
        learn = stopped._learn

        def stop(step: int, *rest: object) -> object:
            if step == 3:
                raise KeyboardInterrupt
            return learn(step, *rest)  # type: ignore[arg-type]

        broken.setattr(stopped, "_learn", stop)
        with pytest.raises(KeyboardInterrupt):
            stopped.run(world, world, tmp_path / "stopped")
    resumed.run(world, world, tmp_path / "stopped")
    for name, change in whole.pupil.changes.items():
        assert torch.allclose(change, resumed.pupil.changes[name], atol=1e-6), name
    assert any(change.abs().max() > 0 for name, change in whole.pupil.changes.items() if name.endswith("_right"))


def _shipped() -> Path:
    from voice.engines.moonshine.adapter import SHIPPED

    return SHIPPED.with_suffix(".json")
