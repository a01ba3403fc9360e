"""Synthetic speakers for training: variants of espeak-ng, and festival's ked. None speaks in the bench or the tests.

`python -m training.voices SENTENCES FOLDER`: say each line of a file.
"""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import soundfile

from bench.room import read_sound
from voice.messages.sound import RATE
from voice.sound.resampling import resample

_ACCENTS = ("en-gb", "en-gb-scotland", "en-gb-x-rp", "en-gb-x-gbclan", "en-gb-x-gbcwmd")
_THROATS = ("m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "f1", "f2", "f4", "f5")
_SHARE_OF_KED = 0.4
_FESTIVAL_BATCH = 100  # sentences for one process of it


@dataclass(frozen=True, slots=True)
class Speaker:
    """One way to say a sentence."""

    voice: str
    """Of espeak-ng; "" for festival's ked."""
    pace: float
    """1.0 is the voice's own."""
    pitch: float
    """The factor by which the sound is played faster, which moves voice and throat alike; 1.0 leaves it."""
    height: int
    """The pitch of the voice alone, 0 to 99, for espeak-ng."""


def main() -> None:
    """Say each line of a file, each by another speaker."""
    sentences, folder, *seed = sys.argv[1:]
    say_all(Path(sentences).read_text(encoding="utf-8").splitlines(), Path(folder), int(seed[0]) if seed else 1)


def speaker(random: Random) -> Speaker:
    """A speaker drawn by chance."""
    pitch = random.choice((1.0, random.uniform(0.85, 1.18)))
    if random.random() < _SHARE_OF_KED:
        return Speaker("", random.uniform(0.85, 1.2), pitch, 50)
    voice = f"{random.choice(_ACCENTS)}+{random.choice(_THROATS)}"
    return Speaker(voice, random.uniform(0.8, 1.1), pitch, random.randint(35, 65))


def say_all(sentences: Sequence[str], folder: Path, seed: int) -> None:
    """Write each sentence as a sound file, by a speaker of its own. Needs espeak-ng, festival and festvox-kdlpc16k."""
    folder.mkdir(parents=True, exist_ok=True)
    random = Random(seed)
    said = [(sentence, speaker(random), folder / f"{number:05d}.flac") for number, sentence in enumerate(sentences)]
    with tempfile.TemporaryDirectory() as scratch:
        for sentence, by, file in said:
            if by.voice:
                _keep(_espeak(sentence, by, Path(scratch) / "said.wav"), by, file)
        by_ked = [each for each in said if not each[1].voice]
        for begin in range(0, len(by_ked), _FESTIVAL_BATCH):
            batch = by_ked[begin : begin + _FESTIVAL_BATCH]
            waves = _ked([(sentence, by) for sentence, by, _ in batch], Path(scratch))
            for wave, (_, by, file) in zip(waves, batch, strict=True):
                _keep(wave, by, file)


def _espeak(sentence: str, by: Speaker, wave: Path) -> Path:
    command = ("espeak-ng", "-v", by.voice, "-s", str(round(165 * by.pace)), "-p", str(by.height), "-w", str(wave))
    subprocess.run((*command, "--", sentence), check=True, capture_output=True)
    return wave


def _ked(sentences: Sequence[tuple[str, Speaker]], scratch: Path) -> list[Path]:
    script, waves = ["(voice_ked_diphone)"], []
    for number, (sentence, by) in enumerate(sentences):
        waves.append(scratch / f"{number}.wav")
        script.append(f"(Parameter.set 'Duration_Stretch {1 / by.pace:.3f})")
        script.append(f'(utt.save.wave (utt.synth (Utterance Text "{sentence}")) "{waves[-1]}" \'riff)')
    (scratch / "said.scm").write_text("\n".join(script))
    subprocess.run(("festival", "-b", str(scratch / "said.scm")), check=True, capture_output=True)
    return waves


def _keep(wave: Path, by: Speaker, file: Path) -> None:
    samples = resample(read_sound(wave), round(by.pitch * 100) * RATE // 100, RATE)
    soundfile.write(file, samples / max(1e-6, abs(samples).max()) * 0.9, RATE, subtype="PCM_16")


if __name__ == "__main__":
    main()
