"""Which engines there are, by the names in the config. A new engine is a folder beside this file and a line in it."""

from pathlib import Path

from voice.engines.moonshine import engine as moonshine
from voice.engines.protocol import EngineDescription
from voice.engines.vosk import engine as vosk
from voice.errors import RecognizerError


def engines_for(ears: str, model: Path | None, rooms: str = "auto") -> list[EngineDescription]:
    """The engines that listen, the one whose words count first, first.

    ears: "auto" (Vosk with Moonshine beside it where there is a model, else Moonshine), "vosk" or "moonshine".
    model: the folder of a Vosk model. rooms: whether Moonshine hears as it learned to for rooms and noise, "on", "off"
    or "auto" (only what it hears again). Raises RecognizerError when Vosk is asked for and there is none.
    """
    if ears == "vosk" and model is None:
        raise RecognizerError(
            "there is no Vosk model on this machine",
            fix="Run `hearthside setup` to get one, or set `ears: auto` to do without.",
        )
    with_model = [vosk.describe(model)] if model is not None and ears != "moonshine" else []
    return with_model if ears == "vosk" else [*with_model, moonshine.describe(rooms)]


def rooms_trouble() -> str:
    """Why no engine can hear as it learned to for rooms and noise; "" when one can."""
    return moonshine.rooms_trouble()
