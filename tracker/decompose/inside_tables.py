"""Tables inside a document: found among its lines, read by `tables`, turned into drafts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.decompose.figures import figures_in
from tracker.decompose.loose_tables import find_loose_tables
from tracker.decompose.run_together import find_run_together
from tracker.decompose.titles import title_of
from tracker.domain.draft import Draft, Passage, Quote
from tracker.domain.terms import Role
from tracker.files.cells import text_grid
from tracker.files.flow import Flow
from tracker.files.source import Source
from tracker.tables.pipeline import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from tracker.decompose.lines import Line
    from tracker.domain.table import Roles, Table, TableRow
    from tracker.files.grid import Grid

_TASK_WORDS = re.compile("任务|举措|措施|内容|项目|事项|目标|工作|名称|要求|问题")
_RUN_TOGETHER = "表格的各格连在一起，已按字面拆开，请对照原文"
_LEAST_LINES = 2
_LONGEST_TORN = 3
"""So many lines without a tab may stand between two rows: a cell's line breaks."""


@dataclass(frozen=True, slots=True)
class InsideTable:
    """A table and where it stands in the text as read.

    Attributes:
        doubt: what is uncertain about each of its rows.
    """

    source: Source
    start: int
    end: int
    doubt: str = ""

    def read(self, day: date | None) -> Table:
        """Read it; the document's date gives the years that no cell states."""
        return read_table(self.source, date=day)


def find_tables(source: Source, lines: Sequence[Line]) -> list[InsideTable]:
    """Return the tables of a document that `tables` can read, in the order they stand."""
    text = source.flow.text
    candidates: list[InsideTable] = []
    if source.kind not in ("text", "docx", "doc", "html", "pdf"):
        candidates = [InsideTable(source, 0, len(text))]
    elif source.flow.tables:
        candidates = list(_placed(source))
    else:
        candidates = [*_ruled(source), *_loose(source, lines), *_run_together(source)]
        candidates = _apart(candidates)
    return [table for table in candidates if _is_read(table)]


def _placed(source: Source) -> Iterable[InsideTable]:
    for place in source.flow.tables:
        flow = Flow.of(source.flow.text[place.start : place.end])
        grid = source.grids[place.grid]
        yield InsideTable(_part(source, source.kind, flow, grid), place.start, place.end)


def _part(source: Source, kind: str, flow: Flow, grid: Grid) -> Source:
    return Source(source.name, kind, flow, (grid,))


def _ruled(source: Source) -> Iterable[InsideTable]:
    """Give the stretches of lines that are cut at tabs or bars."""
    paragraphs = source.flow.paragraphs
    index = 0
    while index < len(paragraphs):
        if not _is_row(paragraphs[index].text):
            index += 1
            continue
        last = index
        for ahead in range(index + 1, len(paragraphs)):
            if _is_row(paragraphs[ahead].text):
                last = ahead
            elif ahead - last > _LONGEST_TORN:
                break
        if last - index + 1 >= _LEAST_LINES:
            start, end = paragraphs[index].start, paragraphs[last].end
            text = "\n".join(line.text for line in paragraphs[index : last + 1])
            yield InsideTable(_part(source, "text", Flow.of(text), text_grid(text)), start, end)
        index = last + 1


def _is_row(line: str) -> bool:
    return "\t" in line.strip() or line.strip().startswith("|") or line.count("|") > 1


def _loose(source: Source, lines: Sequence[Line]) -> Iterable[InsideTable]:
    for table in find_loose_tables(lines):
        first, last = lines[table.lines.start], lines[table.lines.stop - 1]
        start, end = first.pieces[0][1], last.pieces[-1][1] + len(last.pieces[-1][0])
        flow = Flow.of(source.flow.text[start:end])
        yield InsideTable(_part(source, "csv", flow, table.grid), start, end)


def _run_together(source: Source) -> Iterable[InsideTable]:
    for table in find_run_together(source.flow.text):
        flow = Flow.of(source.flow.text[table.start : table.end])
        yield InsideTable(
            _part(source, "csv", flow, table.grid), table.start, table.end, _RUN_TOGETHER
        )


def _apart(tables: Sequence[InsideTable]) -> list[InsideTable]:
    """Return the tables in order, without those that lie in another one."""
    kept: list[InsideTable] = []
    for table in sorted(tables, key=lambda one: (one.start, -one.end)):
        if not kept or table.start >= kept[-1].end:
            kept.append(table)
    return kept


def _is_read(table: InsideTable) -> bool:
    try:
        return bool(table.read(None).rows)
    except UserError:
        return False


def drafts_of(table: InsideTable, read: Table, text: str) -> list[Draft]:
    """Return the rows of a table as drafts.

    Args:
        table: the table in the document.
        read: the same, read.
        text: the text of the whole document as read.
    """
    drafts: list[Draft] = []
    position = table.start
    for row in read.rows:
        start, end = _place(text, row, position, table.end)
        position = end
        drafts.append(_draft(row, text, start, end, table.doubt))
    return drafts


def _draft(row: TableRow, text: str, start: int, end: int, doubt: str) -> Draft:
    words = _words(row, text, start, end)
    in_items = any(item.roles for item in row.items)
    roles = type(row.roles)() if in_items else row.roles
    return Draft(
        number=row.number,
        path=(row.section,) if row.section else (),
        title=title_of(words),
        text=words,
        quote=Quote(start, end),
        roles=roles,
        persons=row.persons,
        deadline=row.deadline,
        items=row.items,
        figures=figures_in(words),
        passages=_passages(row.roles, row, text, start, end),
        doubts=(*row.doubts, *([doubt] if doubt else [])),
    )


def _words(row: TableRow, text: str, start: int, end: int) -> str:
    """Return the task with the cells beside it that say what it is (举措 beside 主要内容)."""
    beside = [cell for heading, cell in row.extra if _TASK_WORDS.search(heading) and cell.strip()]
    cells = sorted([row.task, *beside], key=lambda cell: _find(text, cell, start, end)[0])
    return "\n".join(dict.fromkeys(cells))


def _place(text: str, row: TableRow, start: int, end: int) -> tuple[int, int]:
    """Return the span of the text that holds the cells of a row, from where the last one ended."""
    first, last = _find(text, row.task, start, end)
    cells = [*row.roles.names(), *row.persons, *(cell for _, cell in row.extra)]
    if row.deadline is not None:
        cells.append(row.deadline.text)
    line_end = text.find("\n", last, end)
    line_end = end if line_end < 0 else line_end
    for cell in cells:
        found = _find(text, cell, last, min(end, max(line_end, last + 300)))
        if found[0] < found[1]:
            last = max(last, min(found[1], max(line_end, found[1])))
    line = text.rfind("\n", start, first) + 1
    return max(start, line) if line else first, last


def _find(text: str, words: str, start: int, end: int) -> tuple[int, int]:
    """Return where `words` stand, line breaks apart; an empty span at `start` where nowhere."""
    if not words.strip():
        return start, start
    at = text.find(words, start, end)
    if at >= 0:
        return at, at + len(words)
    spaced = re.compile(r"\s*".join(map(re.escape, "".join(words.split()))))
    found = spaced.search(text, start, end)
    return found.span() if found else (start, start)


def _passages(roles: Roles, row: TableRow, text: str, start: int, end: int) -> tuple[Passage, ...]:
    wanted = [("text", row.task)]
    wanted += [(role.value, name) for role in Role for name in roles.of(role)]
    wanted += [("persons", name) for name in row.persons]
    if row.deadline is not None:
        wanted.append(("deadline", row.deadline.text))
    found = [(kind, words, _find(text, words, start, end)) for kind, words in wanted]
    known = [
        Passage(kind, "" if kind == "text" else words, Quote(*span))
        for kind, words, span in found
        if span[0] < span[1]
    ]
    return tuple(sorted(known, key=lambda one: (one.quote.start, -one.quote.end)))
