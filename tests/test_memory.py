"""Garbage is not looked for while much is learned, and is looked for again afterwards."""

import gc

import pytest

from voice.memory import uncollected


def test_garbage_is_looked_for_again_after_learning() -> None:
    assert gc.isenabled()
    with uncollected(), uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="a pack"), uncollected():
        raise ValueError("a pack")
    assert gc.isenabled()
