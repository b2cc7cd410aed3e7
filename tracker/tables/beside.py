"""Two tables side by side in one sheet: the headings of one come again to its right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.domain.mapping import EXTRA
from tracker.tables.cells import squeezed
from tracker.tables.header import Column, has_task

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.tables.header import Header

_FEWEST = 2


def beside(columns: Sequence[Column]) -> tuple[range, ...]:
    """Return the columns of each table under one header, from the left; nearly always one."""
    headed = [column for column in columns if column.text]
    words = [(squeezed(column.group), squeezed(column.text)) for column in headed]
    size = next((at for at in range(_FEWEST, len(words)) if words[at] == words[0]), 0)
    copies = len(words) // size if size else 0
    if copies < _FEWEST or words != words[:size] * copies or not has_task(tuple(headed[:size])):
        return (range(len(columns)),)
    starts = [headed[copy * size].index for copy in range(copies)]
    ends = [*starts[1:], columns[-1].index + 1]
    return tuple(range(start, end) for start, end in zip([0, *starts[1:]], ends, strict=True))


def narrowed(header: Header, block: range) -> Header:
    """Return the header of one of the tables side by side; the others have no headings in it."""
    columns = tuple(c if c.index in block else Column(c.index, "") for c in header.columns)
    fields = tuple(name if at in block else EXTRA for at, name in enumerate(header.fields))
    return replace(header, columns=columns, fields=fields)
