"""The speaker embedding on recorded people: pieces of one person are alike, those of two are not."""

import importlib.util
from itertools import combinations
from pathlib import Path

import pytest

from bench.room import padded, read_sound
from voice.engines.moonshine.engine import MoonshineEngine
from voice.engines.moonshine.who import SpeakerEmbedding, _network_in
from voice.errors import RecognizerError
from voice.messages.recognition import Voice
from voice.messages.sound import RATE
from voice.sound.resampling import Samples, to_pcm

READER, OTHERS = "two_cities.wav", "endgame_nagg_nell.wav"  # people who read, in the package moonshine-voice


def reader(name: str) -> Samples:
    package = importlib.util.find_spec("moonshine_voice")
    assert package is not None
    assert package.origin is not None
    return read_sound(Path(package.origin).parent / "assets" / name)


def cosine(one: Voice, other: Voice) -> float:
    return sum(first * second for first, second in zip(one.embedding, other.embedding, strict=True))


@pytest.fixture(scope="module")
def embedding() -> SpeakerEmbedding:
    return SpeakerEmbedding()


def pieces(embedding: SpeakerEmbedding, name: str) -> list[Voice]:
    sound, size = reader(name), round(2.5 * RATE)
    found = [embedding.voice(sound[at : at + size], 5.0) for at in range(0, min(len(sound), 9 * RATE) - size, size)]
    return [voice for voice in found if voice]


def test_one_person_is_alike_and_two_are_not(embedding: SpeakerEmbedding) -> None:
    one, two = pieces(embedding, READER), pieces(embedding, OTHERS)
    assert len(one) == len(two) == 3
    same = [cosine(*pair) for pair in combinations(one, 2)]
    others = [cosine(first, second) for first in one for second in two]
    assert min(same) > max(others) + 0.2, (same, others)


def test_how_loud_it_is_and_the_silence_around_it_do_not_count(embedding: SpeakerEmbedding) -> None:
    sound = reader(READER)[: 3 * RATE]
    near, far = embedding.voice(sound, 5.0), embedding.voice(0.1 * padded(sound, 1.0, 1.0), 5.0)
    assert near is not None
    assert far is not None
    assert cosine(near, far) > 0.9
    assert far.seconds == pytest.approx(near.seconds, abs=0.3)


def test_it_looks_at_no_more_than_it_is_asked_to(embedding: SpeakerEmbedding) -> None:
    voice = embedding.voice(reader(READER)[: 8 * RATE], 2.0)
    assert voice is not None
    assert voice.seconds == 2.0
    assert len(voice.embedding) == 256


@pytest.mark.parametrize("seconds", [0.0, 0.01, 0.3])
def test_hardly_any_speech_has_no_voice(embedding: SpeakerEmbedding, seconds: float) -> None:
    assert embedding.voice(reader(READER)[: round(seconds * RATE)], 5.0) is None


def test_the_engine_tells_the_voice_of_what_it_is_given(embedding: SpeakerEmbedding) -> None:
    sound = reader(OTHERS)[: 3 * RATE]
    told, direct = MoonshineEngine().voice(to_pcm(sound), 5.0), embedding.voice(sound, 5.0)
    assert told is not None
    assert direct is not None
    assert cosine(told, direct) > 0.999


@pytest.mark.parametrize("content", [b"another library", b"....ORTM and no more"])
def test_a_library_without_the_model_is_told_in_one_line(tmp_path: Path, content: bytes) -> None:
    library = tmp_path / "libmoonshine.so"
    library.write_bytes(content)
    with pytest.raises(RecognizerError) as caught:
        _network_in(library)
    assert str(library) in caught.value.line()
    assert "pip install" in caught.value.line()
