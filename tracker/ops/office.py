"""Opening an office's database file for the window and the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.store.files import create_store, open_store
from tracker.store.store import Store

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

Office = Store
"""An opened office: what every op takes first."""


def open_office(path: Path, now: datetime) -> Office:
    """Open an existing database file.

    Raises:
        StoreProblem: it is missing, not ours, damaged, locked, or too new.
    """
    return open_store(path, now)


def create_office(path: Path, now: datetime) -> Office:
    """Make a new database file and open it.

    Raises:
        StoreProblem: it exists.
        FileProblem: it cannot be written there.
    """
    return create_store(path, now)
