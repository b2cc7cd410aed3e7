"""What a document's body is made of before it becomes text and grids: paragraphs and tables."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class RawCell:
    """A cell as the file holds it.

    Attributes:
        span: over how many grid columns it reaches.
        down: “restart” where it begins an area merged over rows, “continue” where it goes on one.
        joins: it goes on the cell to its left (an old way to merge).
        removed: a tracked change takes it out.
    """

    span: int = 1
    down: str = ""
    joins: bool = False
    removed: bool = False
    blocks: list[str | RawTable] = field(default_factory=list)


@dataclass(slots=True)
class RawRow:
    """A row: grid columns left free before and after its cells, and the cells."""

    before: int = 0
    after: int = 0
    removed: bool = False
    cells: list[RawCell] = field(default_factory=list)


@dataclass(slots=True)
class RawTable:
    """A table: the widths of its grid columns where the file gives them, and its rows.

    Attributes:
        text: its rows as lines, cells joined by tabs; set for a table inside another one's cell.
    """

    widths: list[int] = field(default_factory=list)
    rows: list[RawRow] = field(default_factory=list)
    text: str = ""


@dataclass(slots=True)
class Seen:
    """What a document holds beside its plain text, for the warnings; counted in signs or pieces."""

    changes: int = 0
    hidden: int = 0
    comments: int = 0
    pictures: int = 0
    charts: int = 0
    embedded: int = 0
    prompts: int = 0
    unseen: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
