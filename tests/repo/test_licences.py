"""docs/licences.md: everything that is installed here, with its licence, and what packages carry in themselves."""

import re
from importlib.metadata import distribution
from pathlib import Path

from rig.licences import INSIDE, PAGE, bill_of_materials, installed, page

TEXT = PAGE.read_text(encoding="utf-8")
ONLY_ELSEWHERE = {"colorama", "pywin32", "comtypes", "pypiwin32", "pyobjc", "pywin32-ctypes"}
"""Packages of other systems: the page is of the machine that wrote it."""
ONLY_OLDER = {"backports-tarfile", "importlib-metadata", "lazy-importer", "zipp"}
"""Packages that Python 3.11 needs and later ones do not; the page was written on 3.11."""
FREE = re.compile(r"\b(MIT|MIT-0|BSD|0BSD|Apache|PSF|MPL|Zlib|CC0|ISC|Unlicense|LGPL)\b")


def rows(text: str) -> set[tuple[str, str]]:
    """Package and licence of each row of the first table."""
    packages = text.split("## Packages")[1].split("## ")[0]
    return set(re.findall(r"^\| ([\w.-]+) \| [^|]+ \| ([^|]+?) \|", packages, re.MULTILINE)) - {("package", "licence")}


def test_the_page_is_that_of_what_is_installed() -> None:
    """But for versions, which change by themselves."""
    here = {(each.name, each.licence) for each in installed() if each.name not in ONLY_ELSEWHERE | ONLY_OLDER}
    assert {row for row in rows(TEXT) if row[0] not in ONLY_OLDER} == here, "run `make licences`"
    assert timeless(page(installed())) == timeless(TEXT)


def timeless(text: str) -> str:
    """Without versions, and without the packages of one Python alone."""
    lines = [line for line in text.splitlines() if not any(line.startswith(f"| {name} |") for name in ONLY_OLDER)]
    return re.sub(r"\| [\d.a-z]+ \|", "|", "\n".join(lines))


def test_every_package_has_a_licence_that_lets_everybody_use_it() -> None:
    assert [each for each in installed() if not FREE.search(each.licence)] == []


def test_every_library_that_a_package_carries_is_named() -> None:
    carried = set[str]()
    for package in installed():
        for file in distribution(package.name).files or ():
            if re.search(r"(?:\.libs|_data)/lib\w+.*\.(?:so|dylib|dll)", str(file)):
                carried.add(re.match(r"lib[a-z]+(?:_[a-z]{4,}(?=\d))?", Path(file).name)[0])  # type: ignore[index]
    assert carried
    named = " ".join(what for _, what, _, _ in INSIDE)
    assert {each for each in carried if each not in named} == set()


def table(title: str) -> set[tuple[str, ...]]:
    """The rows of the table under a title, without its head."""
    lines = TEXT.split(f"## {title}\n")[1].split("\n## ")[0].splitlines()
    return {tuple(line.strip("| ").split(" | ")) for line in lines if line.startswith("| ")} - {
        ("package", "what", "licence"),
        ("what", "where", "licence"),
    }


def test_the_bill_of_materials_names_all_that_the_page_names() -> None:
    components = bill_of_materials(installed())["components"]
    assert isinstance(components, list)
    packages = [each for each in components if "purl" in each]
    assert {each["name"] for each in packages} - ONLY_OLDER == {name for name, _ in rows(TEXT)} - ONLY_OLDER
    assert all(each["purl"] == f"pkg:pypi/{each['name']}@{each['version']}" for each in packages)
    carried = {(each["name"], one["name"], licence(one)) for each in packages for one in each.get("components", ())}
    assert carried == table("Carried in packages")
    beside = [each for each in components if "purl" not in each]
    assert {(each["name"], each["externalReferences"][0]["url"], licence(each)) for each in beside} == table(
        "Beside them"
    )
    assert {"machine-learning-model", "library", "application"} <= {each["type"] for each in beside}


def licence(component: dict[str, list[dict[str, str]]]) -> str:
    return component["licenses"][0]["expression"]
