"""Documents as they come out of the database, with what was read from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Reading:
    """A draft as it was read from a document, before the clerk changed anything.

    Attributes:
        fields: its cells as text, by the names of `FIELD_WORDS`.
        tasks: codes of the tasks it became; several where it was split, none where it was left.
        dropped: the clerk put it aside.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    tasks: tuple[str, ...] = ()
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A stored document; its text and its file stay in the database until asked for.

    Attributes:
        tasks: ids of the tasks that name it as their source.
        readings: what was read from it; empty for a table.
    """

    id: int
    ledger_id: int
    title: str
    number: str
    kind: str
    blob_hash: str | None
    tasks: frozenset[int] = frozenset()
    readings: tuple[Reading, ...] = ()
