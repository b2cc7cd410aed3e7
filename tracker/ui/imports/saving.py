"""Where a new office file goes when nothing else is said."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QStandardPaths

ENDING = ".db"
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\r\n\t]+')
_LONGEST = 60


def default_place(ledger: str) -> Path:
    """Return a file named after the ledger in the user's documents folder."""
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    folder = Path(QStandardPaths.writableLocation(documents))
    name = _FORBIDDEN.sub("", ledger).strip(" .")[:_LONGEST] or "台账"
    return folder / f"{name}{ENDING}"


def with_ending(name: str) -> Path:
    """Return the chosen path, ending in .db."""
    path = Path(name)
    return path if path.suffix.lower() == ENDING else path.with_name(f"{path.name}{ENDING}")
