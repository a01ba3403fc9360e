"""What is known of Vosk's model, without loading the engine."""

from pathlib import Path

from voice.engines.protocol import EngineModel, ModelFinding
from voice.engines.vosk.model import REINSTALL, check_model, find_model


def examine(configured: Path | None, own: Path) -> ModelFinding:
    """Which model there is and whether its files are those that they should be.

    configured: `model` in the config. own: the folder of models that were set up; a damaged one among them is told of.
    Raises ModelError when the configured model cannot be used.
    """
    for folder in sorted(own.glob("vosk-model*/")):
        if problems := check_model(folder).problems:
            return ModelFinding(
                f"{folder} is damaged: {'; '.join(problems)}", False, "Install it again: hearthside setup"
            )
    folder_in_use = find_model(None, configured, own)
    if folder_in_use is None:
        return ModelFinding("none", fix="To get it: hearthside setup")
    return ModelFinding(f"{folder_in_use}, {check_model(folder_in_use).verdict}")


MODEL = EngineModel("vosk", "Vosk model", "hearthside setup", REINSTALL, True, examine)
