"""`hearthside setup` and the Vosk model, from wherever it comes."""

from pathlib import Path

import pytest

from tests.support.setup import Place, make_model
from voice.config import Config, load_config, save_config
from voice.engines.vosk.model import NAME, check_structure

pytestmark = pytest.mark.network  # servers of their own, on this machine


# ---- the model ------------------------------------------------------------------------------------


def test_fetched_with_a_line_every_ten_per_cent(place: Place, site: str) -> None:
    done = place.setup(HEARTHSIDE_MODEL_URL=site)
    folder = place.home.models / "vosk-model-en-of-ours"
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == f"Vosk model: {folder}"
    assert done.stderr.splitlines()[-1].startswith("100 %")
    assert len(done.stderr.splitlines()) <= 10
    again = place.setup()  # there is nothing to fetch any more
    assert again.stdout.splitlines()[-1] == f"Vosk model: {folder}"
    assert again.stderr == ""


@pytest.mark.parametrize("kind", ["archive", "model"])
def test_installed_without_network(place: Place, kind: str, request: pytest.FixtureRequest) -> None:
    save_config(place.home, Config(partners=("Alex", "Sam"), model=Path("/somewhere/else")))
    done = place.setup("--from", str(request.getfixturevalue(kind)), typed="not\nasked\n")
    folder = place.home.models / "vosk-model-en-of-ours"
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == f"Vosk model: {folder}"
    assert check_structure(folder) == ()
    assert load_config(place.home) == Config(partners=("Alex", "Sam"))


def test_a_named_model_is_remembered(place: Place, model: Path) -> None:
    done = place.setup("--model", str(model))
    assert done.stdout.splitlines()[-1] == f"Vosk model: {model}"
    assert load_config(place.home).model == model
    assert place.setup().stdout.splitlines()[-1] == f"Vosk model: {model}"


@pytest.mark.parametrize("place_of_vosk", ["VOSK_MODEL_PATH", "HEARTHSIDE_MODEL", ".cache"])
def test_found_where_it_lies(place: Place, model: Path, place_of_vosk: str) -> None:
    if place_of_vosk == ".cache":
        model = make_model(Path(place.environment["HOME"]) / ".cache/vosk/vosk-model-small-en-us-0.4")
        done = place.setup()
    else:
        done = place.setup(**{place_of_vosk: str(model)})
    assert done.stdout.splitlines()[-1] == f"Vosk model: {model}"
    assert not place.home.models.exists()


@pytest.mark.parametrize("option", ["--model", "--from"])
def test_a_damaged_model_is_refused_and_nothing_changes(place: Place, model: Path, option: str) -> None:
    save_config(place.home, Config(partners=("Alex", "Sam")))
    before = place.home.config_file.read_bytes()
    (model / "graph" / "HCLr.fst").write_bytes(b"")
    done = place.setup(option, str(model), "--names", "Robin", "Kim")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "graph/HCLr.fst is empty" in done.stderr
    assert place.home.config_file.read_bytes() == before
    assert not list(place.home.models.glob("*"))


def test_a_folder_with_the_name_of_the_pinned_model_must_be_it(place: Place, tmp_path: Path) -> None:
    done = place.setup("--model", str(make_model(tmp_path / NAME)))
    assert done.returncode == 1
    assert f"is not the file of {NAME}" in done.stderr


def test_half_a_zip_file(place: Place, archive: Path) -> None:
    archive.write_bytes(archive.read_bytes()[:-200])
    done = place.setup("--from", str(archive))
    assert done.returncode == 1
    assert "it is not a whole zip file" in done.stderr
