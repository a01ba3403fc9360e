"""What is known of Moonshine's model, without loading the engine."""

import hashlib
from pathlib import Path

from voice.engines.moonshine import REINSTALL
from voice.engines.protocol import EngineModel, ModelFinding

PINNED = {
    "decoder_model_merged.ort": "cf524c4862d36e9e5ab032eddc73637efd822d70e868ac575cf1a46e1e4708a0",
    "encoder_model.ort": "94e90a4654fc45cdfedb77c4c08e1739f48862998e58fada384b25118134f221",
    "tokenizer.bin": "6884b35fd6377d4c4d32336a0bc152f36b64d1e45b6503683cdc238250a8472d",
}
"""SHA-256 of the English model's files as moonshine-voice 0.0.73 carries them (they stand in its RECORD too)."""


def examine(configured: Path | None, own: Path) -> ModelFinding:
    """Whether the model inside the package moonshine-voice is the one that was measured; there is no other.

    Raises RecognizerError when the package or a file of the model is missing.
    """
    from voice.engines.moonshine.engine import model_folder

    folder = model_folder()
    for name, pinned in PINNED.items():
        with (folder / name).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != pinned:
                return ModelFinding(f"{folder / name} is not the file of moonshine-voice 0.0.73", False, REINSTALL)
    return ModelFinding("inside its package, checksum ok")


MODEL = EngineModel("moonshine", "Moonshine's package", "pip", REINSTALL, False, examine)
