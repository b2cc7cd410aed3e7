"""The mark that an exported table carries, so that a later import knows what it stems from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_PREFIX = "tracker."


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which ledger and round a file was exported from, and when."""

    ledger: str
    round: int
    at: datetime

    def properties(self) -> dict[str, str]:
        """Return the stamp as a document's custom properties."""
        return {
            f"{_PREFIX}ledger": self.ledger,
            f"{_PREFIX}round": str(self.round),
            f"{_PREFIX}at": self.at.isoformat(),
        }

    @classmethod
    def read(cls, properties: Mapping[str, str]) -> Stamp | None:
        """Return the stamp among a file's properties; None where there is none or it is broken."""
        try:
            return cls(
                properties[f"{_PREFIX}ledger"],
                int(properties[f"{_PREFIX}round"]),
                datetime.fromisoformat(properties[f"{_PREFIX}at"]),
            )
        except (KeyError, ValueError):
            return None
