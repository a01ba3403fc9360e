"""Folders that look like a Vosk model."""

from pathlib import Path

from voice.engines.vosk import model

FILES = (*model._NEEDED, *model._NEEDED_OF_IVECTOR, "README")


def make_model(folder: Path) -> Path:
    """The files of a model, without the model in them."""
    for name in FILES:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{name}\n" * 1000)
    return folder
