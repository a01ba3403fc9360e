"""A Vosk model is found where it lies, and never used unless it is whole."""

from pathlib import Path

import pytest

from tests.support.vosk_model import make_model
from voice.engines.vosk import model
from voice.engines.vosk.model import NAME, ModelCheck, blob_id, check_model, check_structure, find_model
from voice.engines.vosk.model.fetch import install
from voice.errors import ModelError

pytestmark = pytest.mark.network  # servers of their own, on this machine

OTHER = "vosk-model-en-other"


@pytest.fixture
def pinned(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The pinned model."""
    folder = make_model(tmp_path / "pinned" / NAME)
    for name in model.PINNED:
        monkeypatch.setitem(model.PINNED, name, blob_id(folder / name))
    return folder


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A home directory without models."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return tmp_path / "home"


# ---- checking -----------------------------------------------------------------------------------------


def test_blob_ids_are_those_of_git(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert blob_id(tmp_path / "empty") == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
    (tmp_path / "hello").write_text("hello\n")
    assert blob_id(tmp_path / "hello") == "ce013625030ba8dba906f756967f9e9ca394464a"


def test_the_pinned_model_and_another(pinned: Path, tmp_path: Path) -> None:
    assert check_model(pinned) == ModelCheck("checksum ok")
    other = make_model(tmp_path / OTHER)
    assert check_model(other) == ModelCheck("checksum ok")
    for name in model.PINNED:
        (other / name).write_bytes(model.HEADS.get(name, b"") + b"something else")
    assert check_model(other) == ModelCheck("unknown model")


def test_files_under_the_names_of_a_model_are_none(pinned: Path, tmp_path: Path) -> None:
    fake = make_model(tmp_path / OTHER)
    for name in model.PINNED:
        (fake / name).write_text("anything")
    assert check_model(fake).problems[0] == "am/final.mdl is none of a Vosk model"
    with pytest.raises(ModelError, match="damaged, am/final"):
        install(fake, tmp_path / "own")
    assert list((tmp_path / "own").iterdir()) == []


def test_a_changed_file_is_damage(pinned: Path) -> None:
    (pinned / "graph/Gr.fst").write_text("half")
    assert check_model(pinned) == ModelCheck("damaged", (f"graph/Gr.fst is not the file of {NAME}",))


def test_missing_and_empty_files_are_named(tmp_path: Path) -> None:
    folder = make_model(tmp_path / OTHER)
    (folder / "am/final.mdl").unlink()
    (folder / "ivector/final.ie").write_bytes(b"")
    (folder / "conf/mfcc.conf").write_bytes(b"")
    assert check_structure(folder) == ("am/final.mdl is missing", "ivector/final.ie is empty")
    assert check_structure(tmp_path / "nowhere") == ("it is not a folder",)


# ---- finding ------------------------------------------------------------------------------------------


def test_models_are_found_in_order(pinned: Path, home: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    assert find_model(None, None, own, {}) is None
    places = [
        make_model(own / NAME),
        make_model(home / ".cache/vosk" / OTHER),
        make_model(tmp_path / "path" / OTHER),
        make_model(tmp_path / "configured"),
        make_model(tmp_path / "variable"),
        make_model(tmp_path / "explicit"),
    ]
    path = {"VOSK_MODEL_PATH": str(tmp_path / "path")}
    variable = path | {"HEARTHSIDE_MODEL": str(tmp_path / "variable")}
    assert find_model(places[5], places[3], own, variable) == places[5]
    assert find_model(None, places[3], own, variable) == places[4]
    assert find_model(None, places[3], own, path) == places[3]
    assert find_model(None, None, own, path) == places[2]
    assert find_model(None, None, own, {"VOSK_MODEL_PATH": str(places[2])}) == places[2]
    assert find_model(None, None, own, {}) == places[1]
    (places[1] / "am/final.mdl").unlink()
    assert find_model(None, None, own, {}) == places[0]


def test_models_of_other_languages_are_left_alone(home: Path, tmp_path: Path) -> None:
    make_model(home / ".cache/vosk" / "vosk-model-small-ko-0.22")
    make_model(home / ".cache/vosk" / "vosk-model-english")
    assert find_model(None, None, tmp_path, {}) is None


def test_a_model_that_was_named_must_be_usable(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"named by --model cannot be used, it is not a folder"):
        find_model(tmp_path / "nowhere", None, tmp_path, {})
    with pytest.raises(ModelError, match=r"named by \$HEARTHSIDE_MODEL cannot be used"):
        find_model(None, None, tmp_path, {"HEARTHSIDE_MODEL": str(tmp_path)})
