"""Python's search for objects that only hold each other, held off where it finds none."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def uncollected() -> Iterator[None]:
    """Hold the search off while very many objects are made that all stay.

    It begins anew each time their number has grown by a quarter, looks at every one of them and
    takes a quarter of the time of reading a long table. Objects that nobody holds are let go of as
    always.
    """
    held_off = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if held_off:
            gc.enable()
