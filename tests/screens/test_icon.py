"""The program's icon: every size is there, is the drawing, and the window carries it."""

from __future__ import annotations

import struct

import pytest
from PySide6.QtGui import QColor, QImage

from tests.helpers.icon import SIZES, draw
from tracker.base.paths import resource
from tracker.ui.app import set_icon


def pictures() -> dict[int, QImage]:
    """Return what the icon file holds, by size."""
    data = resource("icons/tracker.ico").read_bytes()
    _zero, _kind, count = struct.unpack_from("<HHH", data)
    found = {}
    for number in range(count):
        width, _height, *_rest, length, place = struct.unpack_from(
            "<BBBBHHII", data, 6 + 16 * number
        )
        found[width or 256] = QImage.fromData(data[place : place + length])
    return found


def test_every_size_lies_in_the_icon_file():
    assert tuple(pictures()) == SIZES


@pytest.mark.parametrize("size", SIZES)
def test_the_icon_is_the_drawing(qapp, size):
    kept, drawn = pictures()[size], draw(size)
    assert kept.size() == drawn.size()
    off = [
        abs(a - b)
        for x in range(0, size, 3)
        for y in range(0, size, 3)
        for a, b in zip(
            QColor(kept.pixelColor(x, y)).getRgb(), drawn.pixelColor(x, y).getRgb(), strict=True
        )
    ]
    assert sum(off) / len(off) < 3  # one Qt smooths edges a little unlike another


def test_the_window_carries_the_icon(qapp):
    set_icon(qapp)
    assert not qapp.windowIcon().isNull()
    assert {size.width() for size in qapp.windowIcon().availableSizes()} == set(SIZES)
