"""Leaders (领导): post, what they are in charge of (分管), from and to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One leader.

    Attributes:
        charge: what he is in charge of, in the office's words.
        units: ids of the units he is in charge of, in their order.
        valid_from, valid_to: from when to when; `valid_to` None while he is in office.
    """

    id: int
    name: str
    post: str = ""
    charge: str = ""
    position: int = 0
    units: tuple[int, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None

    def serves_on(self, day: date) -> bool:
        """Whether he is in office on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or self.valid_to >= day)
