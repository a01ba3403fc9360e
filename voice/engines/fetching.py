"""How the model that setup fetches comes into the house."""

from voice.engines.vosk.model import NAME, URL
from voice.engines.vosk.model.fetch import download, install

__all__ = ["NAME", "URL", "download", "install"]
