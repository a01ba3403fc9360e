"""The wheel: installed alone, in another folder, it finds its packs and asks a question."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.support.program import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


def run(*command: object, cwd: Path, lines: str = "") -> str:
    """What the command prints; nothing of this source tree is on its path."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(word) for word in command], cwd=cwd, env=clean, input=lines, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_every_pack_is_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    packs = [*(ROOT / "intents").rglob("*.yaml"), *(ROOT / "prompts").rglob("*.yaml")]
    assert packs
    assert {f"voice/{pack.relative_to(ROOT)}" for pack in packs} <= names
    assert not [name for name in names if name.startswith(("tests/", "bench/"))]


def test_an_installed_wheel_asks_a_question_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", "--without-pip", "venv", cwd=tmp_path)
    python = tmp_path / "venv" / "bin" / "python"
    install = ("install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check", wheel)
    run(sys.executable, "-m", "pip", "--python", python, *install, cwd=tmp_path)
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path).strip())
    # What it depends on is taken from the environment of the tests, whose own .pth files are not followed from here.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")

    assert Path(run(python, "-c", "import voice; print(voice.__file__)", cwd=tmp_path).strip()).is_relative_to(site)
    answer = run(
        python.with_name("hearthside"), "type", "--home", tmp_path / "home", lines="ask us a question\n", cwd=tmp_path
    )
    asked, question = (line[8:] for line in answer.splitlines())
    assert asked.startswith("you")
    assert question.startswith("Hearthside")
    assert question.rstrip()[-1] in ".?"
