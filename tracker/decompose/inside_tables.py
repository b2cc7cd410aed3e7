"""Tables inside a document: found among its lines, read by `tables`, turned into drafts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.decompose.figures import figures_in
from tracker.decompose.loose_tables import find_loose_tables
from tracker.decompose.run_together import find_run_together
from tracker.decompose.titles import title_of
from tracker.domain.draft import Draft, Passage, Quote
from tracker.domain.terms import Role
from tracker.duties.reading import find_order_rule, led_by_first
from tracker.files.cells import text_grid
from tracker.files.flow import Flow
from tracker.files.source import Source
from tracker.tables.pipeline import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from tracker.decompose.lines import Line
    from tracker.domain.table import Roles, Table, TableRow
    from tracker.files.grid import Grid

_TASK_WORDS = re.compile("任务|举措|措施|内容|项目|事项|目标|工作|名称|要求|问题")
_RUN_TOGETHER = "表格的各格连在一起，已按字面拆开，请对照原文"
_DUTIES = frozenset(
    {"lead", "cooperating", "responsible", "guiding", "persons", "deadline", "progress"}
)
_WITH_PROSE = ("text", "docx", "doc", "html", "pdf")
_LEAST_LINES = 2
_LONGEST_TORN = 3
"""So many lines without a tab may stand between two rows: a cell's line breaks."""


@dataclass(frozen=True, slots=True)
class InsideTable:
    """A table and where it stands in the text as read.

    Attributes:
        starts: where its rows begin, by their numbers in the grid.
        doubt: what is uncertain about each of its rows.
    """

    source: Source
    start: int
    end: int
    starts: Mapping[int, int]
    doubt: str = ""

    def read(self, day: date | None) -> Table:
        """Read it; the document's date gives the years that no cell states."""
        return read_table(self.source, date=day)


def find_tables(source: Source, lines: Sequence[Line]) -> list[InsideTable]:
    """Return the tables of a document that `tables` can read, in the order they stand."""
    if source.flow.tables:
        candidates = list(_placed(source))
    elif source.kind not in _WITH_PROSE:
        candidates = list(_sheets(source))
    else:
        candidates = _apart([*_ruled(source), *_loose(source, lines), *_run_together(source)])
    return [table for table in candidates if _is_read(table)]


def _placed(source: Source) -> Iterable[InsideTable]:
    text = source.flow.text
    for place in source.flow.tables:
        grid = source.grids[place.grid]
        part = _part(source, source.kind, text[place.start : place.end], grid)
        yield InsideTable(part, place.start, place.end, _starts(text, grid, place.start, place.end))


def _sheets(source: Source) -> Iterable[InsideTable]:
    text = source.flow.text
    position = 0
    for grid in source.grids:
        starts = _starts(text, grid, position, len(text))
        end = text.find("\n", max(starts.values(), default=position))
        end = len(text) if end < 0 else end
        yield InsideTable(_part(source, source.kind, text, grid), position, end, starts)
        position = end


def _starts(text: str, grid: Grid, start: int, end: int) -> dict[int, int]:
    """Return where the rows of a grid begin in the text, by the first words of each."""
    starts: dict[int, int] = {}
    position = start
    for number, row in zip(grid.numbers, grid.rows, strict=True):
        words = next((cell.text for cell in row if cell.text.strip()), "")
        at, last = _find(text, words, position, end)
        if at < last:
            starts[number] = max(start, text.rfind("\n", start, at) + 1, position)
            position = last
    return starts


def _part(source: Source, kind: str, text: str, grid: Grid) -> Source:
    return Source(source.name, kind, Flow.of(text), (grid,))


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
            lines = paragraphs[index : last + 1]
            text = "\n".join(line.text for line in lines)
            starts = {number: line.start for number, line in enumerate(lines, 1)}
            part = _part(source, "text", text, text_grid(text))
            yield InsideTable(part, lines[0].start, lines[-1].end, starts)
        index = last + 1


def _is_row(line: str) -> bool:
    return "\t" in line.strip() or line.strip().startswith("|") or line.count("|") > 1


def _loose(source: Source, lines: Sequence[Line]) -> Iterable[InsideTable]:
    for table in find_loose_tables(lines):
        first, last = lines[table.lines.start], lines[table.lines.stop - 1]
        start, end = first.start, last.pieces[-1][1] + len(last.pieces[-1][0])
        starts = {number: lines[number - 1].start for number in table.grid.numbers}
        part = _part(source, "csv", source.flow.text[start:end], table.grid)
        yield InsideTable(part, start, end, starts)


def _run_together(source: Source) -> Iterable[InsideTable]:
    for table in find_run_together(source.flow.text):
        part = _part(source, "csv", source.flow.text[table.start : table.end], table.grid)
        starts = dict(enumerate(table.rows, 1))
        yield InsideTable(part, table.start, table.end, starts, _RUN_TOGETHER)


def _apart(tables: Sequence[InsideTable]) -> list[InsideTable]:
    """Return the tables in order, without those that lie in another one."""
    kept: list[InsideTable] = []
    for table in sorted(tables, key=lambda one: (one.start, -one.end)):
        if not kept or table.start >= kept[-1].end:
            kept.append(table)
    return kept


def _is_read(table: InsideTable) -> bool:
    try:
        read = table.read(None)
    except UserError:
        return False
    return bool(read.rows) and not _DUTIES.isdisjoint(read.columns)


def drafts_of(
    table: InsideTable, read: Table, text: str, *, first_leads: bool = False
) -> list[Draft]:
    """Return the rows of a table as drafts.

    Args:
        table: the table in the document.
        read: the same, read.
        text: the text of the whole document as read.
        first_leads: the document says that the first of each list leads.
    """
    first_leads = "lead" not in read.columns and (
        first_leads or any(map(find_order_rule, read.columns.values()))
    )
    numbers = sorted({row.origin.row for row in read.rows} | {s.row for s in read.skipped})
    starts = [table.starts[number] for number in numbers if number in table.starts]
    drafts: list[Draft] = []
    for row in read.rows:
        start = table.starts.get(row.origin.row, table.start)
        end = next((one for one in starts if one > start), table.end)
        while end > start and text[end - 1].isspace():
            end -= 1
        draft = _draft(row, text, start, end, table.doubt)
        drafts.append(_led_by_first(draft) if first_leads else draft)
    return drafts


def _led_by_first(draft: Draft) -> Draft:
    items = tuple(replace(item, roles=led_by_first(item.roles)) for item in draft.items)
    roles = led_by_first(draft.roles)
    roles_of = {name: role.value for role in Role for name in roles.of(role)}
    passages = tuple(
        replace(one, field=roles_of[one.value]) if one.value in roles_of else one
        for one in draft.passages
    )
    return replace(draft, roles=roles, items=items, passages=passages)


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
