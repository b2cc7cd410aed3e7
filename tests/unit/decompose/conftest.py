"""A document from its text."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tracker.decompose.pipeline import decompose
from tracker.files.reader import read_pasted

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.domain.draft import DecomposedDocument

DAY = date(2026, 3, 2)


@pytest.fixture
def document() -> Callable[..., DecomposedDocument]:
    def read(text: str, day: date | None = DAY) -> DecomposedDocument:
        return decompose(read_pasted(text), date=day)

    return read
