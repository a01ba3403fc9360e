"""Names as people give them."""

import pytest

from voice.language.naming import names_in


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Our names are Maya and Tomás.", ("Maya", "Tomás")),
        ("I'm Maya and this is Tomás", ("Maya", "Tomás")),
        ("hi we just moved in and our names are bea and oscar", ("Bea", "Oscar")),
        ("my good name is lakshmi and husband's name is arun", ("Lakshmi", "Arun")),
        ("call me danny not daniel", ("Danny",)),
        ("he's my fiancé Hugo and I'm his fiancée Marie", ("Hugo", "Marie")),
        ("Bo, and my wife is Ana Sofía", ("Bo", "Ana Sofía")),
        ("my name's alexandra actually", ("Alexandra",)),
        ("good morning", ()),
        ("sam never listens to me", ()),
        ("call me later", ()),
        ("call me a taxi", ()),
        ("our names are on the list", ()),
        ("we're tired and hungry", ()),
    ],
)
def test_names_are_found_in_what_people_say(said: str, names: tuple[str, ...]) -> None:
    assert names_in(said) == names
