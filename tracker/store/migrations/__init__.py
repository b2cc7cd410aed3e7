"""Named changes of the database's shape, in order.

A new file is made from the models with every name marked as done; an older file goes through
the missing ones, each after a backup and in one transaction. A name once released is never
changed or taken out: the files in `tests/old_files` hold every shape there was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection


class Step(NamedTuple):
    """One migration: its name and what it does to an open transaction."""

    name: str
    run: Callable[[Connection], None]


MIGRATIONS: tuple[Step, ...] = ()
