"""What every test may use: a fixed moment and a fresh office file."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from tracker.store.files import create_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tracker.store.store import Store

NOW = datetime(2026, 3, 2, 9, 30)


@pytest.fixture
def now() -> datetime:
    """The moment at which everything in a test happens."""
    return NOW


@pytest.fixture
def office_path(tmp_path: Path) -> Path:
    """Where the office's file lies: a folder with Chinese and a blank in its name."""
    folder = tmp_path / "督查室 台账"
    folder.mkdir()
    return folder / "办公室 台账.db"


@pytest.fixture
def office(office_path: Path, now: datetime) -> Iterator[Store]:
    """A new, empty office."""
    store = create_store(office_path, now)
    yield store
    store.close()
