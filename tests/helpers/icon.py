"""Makes the program's icon file from its drawing.

Run with `python -m tests.helpers.icon` after a change of `resources/icons/tracker.svg`.
"""

from __future__ import annotations

import os
import struct

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QGuiApplication, QImage, QImageReader

from tracker.base.paths import resource

SIZES = (16, 20, 24, 32, 48, 64, 128, 256)
"""What Windows asks for, from lists and title bars to the largest symbols."""


def draw(size: int) -> QImage:
    """Return the drawing, `size` pixels wide and high."""
    reader = QImageReader(str(resource("icons/tracker.svg")))
    reader.setScaledSize(QSize(size, size))
    image = reader.read()
    assert not image.isNull(), reader.errorString()
    return image.convertToFormat(QImage.Format.Format_ARGB32)


def make_icon() -> bytes:
    """Return the icon file: a directory, then one PNG for each size."""
    pictures = [_png(draw(size)) for size in SIZES]
    head = struct.pack("<HHH", 0, 1, len(pictures))
    place = len(head) + 16 * len(pictures)
    for size, data in zip(SIZES, pictures, strict=True):
        # 256 does not fit into the byte and is written as 0
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), place)
        place += len(data)
    return head + b"".join(pictures)


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "PNG")
    return bytes(data.data())


if __name__ == "__main__":
    application = QGuiApplication([])
    resource("icons/tracker.ico").write_bytes(make_icon())
