"""The models of the engines, and where they are; nothing here loads an engine. A new engine's model is a line in it."""

from voice.engines.moonshine import installed as moonshine
from voice.engines.vosk import installed as vosk
from voice.engines.vosk.model import find_model

__all__ = ["BUILT_IN", "FETCHED", "MODELS", "find_model"]

FETCHED = vosk.MODEL
"""The model that setup fetches; `find_model` says where it is."""
BUILT_IN = moonshine.MODEL
"""The model that comes with Hearthside."""
MODELS = (FETCHED, BUILT_IN)
