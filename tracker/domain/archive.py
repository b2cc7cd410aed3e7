"""Files that the database keeps and an archive (归档) holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file kept by its SHA-256, with what it belongs to.

    Attributes:
        name: its own name.
        number, code: of the task it proves; empty for other files.
        unit: who sent it in; empty where nobody knows, and for other files.
        round: in which round it came; None for other files.
    """

    name: str
    blob_hash: str
    number: str = ""
    code: str = ""
    unit: str = ""
    round: int | None = None
