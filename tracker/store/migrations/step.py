"""What one change of shape is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection


class Step(NamedTuple):
    """One migration: its name and what it does to an open transaction."""

    name: str
    run: Callable[[Connection], None]
