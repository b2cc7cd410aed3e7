"""What Qt writes, kept in memory first: Qt does not say that a disk is full, Python does."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice


class Memory:
    """A device for Qt to write on.

    Attributes:
        device: what a writer of Qt takes; this object must live as long as the writer.
    """

    def __init__(self) -> None:
        self.device = QBuffer()
        self.device.open(QIODevice.OpenModeFlag.WriteOnly)

    def content(self) -> bytes:
        """Return what was written."""
        return bytes(self.device.data().data())
