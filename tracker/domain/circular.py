"""A circular (通报) as it is printed: passages in order, and which tasks each figure counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime


class Level(IntEnum):
    """How a passage is printed (GB/T 9704-2012, 7.3.3): as text, or a heading 一、（一）1.（1）."""

    BODY = 0
    FIRST = 1
    SECOND = 2
    THIRD = 3
    FOURTH = 4


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a passage states, with the tasks it counts.

    Attributes:
        name: what is counted, in words (“已完成”).
        value: as printed, the unit left out (“23”, “34.2%”).
        codes: the tasks behind it; empty where it counts none, or counts units.
    """

    name: str
    value: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph with the figures it states.

    Attributes:
        figures: as they were counted; where the clerk changed the words, one of them may not
            stand in the text any more.
        key: what it says, the same each time it is composed (“problems.overdue:1-003”).
        before: what the clerk's words stand in place of; None where nothing was changed, empty
            where the clerk added the paragraph.
        is_stale: what the clerk's words stand in place of would read another way by now.
    """

    text: str
    level: Level = Level.BODY
    figures: tuple[Figure, ...] = ()
    key: str = ""
    before: str | None = None
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on an annexed page (附图).

    Attributes:
        caption: its title.
        width, height: its size, in any unit: only their ratio counts.
    """

    png: bytes
    caption: str
    width: float
    height: float

    def fitted(self, width: float, height: float) -> tuple[float, float]:
        """Return its size where this much room is."""
        scale = min(width / self.width, height / self.height)
        return self.width * scale, self.height * scale


@dataclass(frozen=True, slots=True)
class Circular:
    """A whole circular; what is empty is not printed.

    Attributes:
        red_head: the issuing office's red name; empty where pre-headed paper is used.
        number: 发文字号, as the office writes it.
        addressee: 主送机关, without its colon.
        annexes: titles of the annexes, in order.
        signature: 发文机关署名.
        note: 附注, without its brackets (“此件主动公开”).
        copies: 抄送, without the closing 。.
        printed_by: 印发机关.
        pictures: each on a page of its own behind the text.
        properties: custom properties of the file.
        created: the file's own time.
    """

    title: str
    body: tuple[Passage, ...]
    red_head: str = ""
    number: str = ""
    addressee: str = ""
    annexes: tuple[str, ...] = ()
    signature: str = ""
    date: date | None = None
    note: str = ""
    copies: str = ""
    printed_by: str = ""
    pictures: tuple[Picture, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    created: datetime | None = None
