from __future__ import annotations

import gc

import pytest

from tracker.base.collecting import uncollected


def test_collection_is_held_off_and_goes_on_afterwards_whatever_happens():
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(RuntimeError), uncollected():
        raise RuntimeError
    assert gc.isenabled()


def test_collection_that_was_off_before_stays_off():
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
