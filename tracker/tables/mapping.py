"""Headers that the clerk has shown, and headers known from an earlier table."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from tracker.base.errors import NoTable, UserError
from tracker.domain.mapping import COLUMN_WORDS, SINGLE, TASK
from tracker.tables.beside import beside
from tracker.tables.cells import squeezed
from tracker.tables.header import Header, columns_between, has_task, header_at
from tracker.tables.headings import PERIOD_WORD, normal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tracker.domain.mapping import Remembered, SheetMapping
    from tracker.tables.header import Column
    from tracker.tables.joining import Joined
    from tracker.tables.matrix import Matrix

DEEPEST = 6
"""Over how many rows a header may go."""
_PERIOD = re.compile(rf"(?:20\d\d年?(?:度)?)?{PERIOD_WORD}|20\d\d年?(?:度)?")
_JOINT = "／"


def printed_headings(columns: Iterable[Column]) -> tuple[str, ...]:
    """Return the heading of each column as printed, the groups above it before it."""
    return _trimmed(_JOINT.join((*c.above, c.text)) for c in columns)


def known_headings(columns: Iterable[Column]) -> tuple[str, ...]:
    """Return the headings without blanks, months and years, to know a table again by them."""
    return _trimmed(map(_bare, printed_headings(columns)))


def _bare(heading: str) -> str:
    return _PERIOD.sub("#", normal(heading))


def _trimmed(headings: Iterable[str]) -> tuple[str, ...]:
    kept = list(headings)
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def wanted_tables(tables: Sequence[Joined], mappings: Sequence[SheetMapping]) -> list[Joined]:
    """Return the tables without those whose sheets the clerk leaves out.

    Raises:
        UserError: a mapping is for a sheet that is not there, or nothing is left to read.
    """
    names = {table.grid.sheet for table in tables}
    stranger = next((m.sheet for m in mappings if m.sheet not in names), None)
    if stranger is not None:
        why = "选定表头之后，文件换了内容"
        raise UserError(f"没有名为“{stranger}”的工作表", why, "请重新选文件")
    unwanted = {mapping.sheet for mapping in mappings if mapping.is_left_out}
    wanted = [table for table in tables if table.grid.sheet not in unwanted]
    if tables and not wanted:
        raise NoTable("所有工作表都选了不读取", "", "请至少留一张工作表")
    return wanted


def left_out_warnings(tables: Sequence[Joined], wanted: Sequence[Joined]) -> Iterator[str]:
    """Yield a sentence for each sheet that the clerk leaves out."""
    for table in tables:
        if table not in wanted:
            yield f"工作表“{table.grid.sheet}”按选择没有读取"


def finder(
    matrix: Matrix, given: Sequence[SheetMapping] | None, remembered: Sequence[Remembered]
) -> Callable[[Matrix, int], Header | None]:
    """Return what tells the header that begins in a row.

    Args:
        matrix: the sheet.
        given: where the clerk says the headers stand; None leaves them to be found.
        remembered: how earlier tables were read.

    Raises:
        UserError: there is no such row, or the columns do not fit together.
    """
    if given is not None:
        headers = {header.top: header for header in _given_headers(matrix, given)}
        return lambda _matrix, row: headers.get(row) or _repeated(matrix, row, headers.values())
    known = _known_headers(matrix, remembered) if remembered else {}
    if not known:
        return header_at

    def find(_matrix: Matrix, row: int) -> Header | None:
        if row in known:
            return known[row]
        found = header_at(matrix, row)
        overlaps = found and any(found.top <= top <= found.bottom for top in known)
        return None if overlaps else found

    return find


def _given_headers(matrix: Matrix, given: Sequence[SheetMapping]) -> list[Header]:
    headers = [_given_header(matrix, mapping) for mapping in given]
    headers.sort(key=lambda header: header.top)
    for above, below in pairwise(headers):
        if below.top <= above.bottom:
            number = matrix.grid.numbers[below.top]
            raise UserError("两个表头重叠", f"第{number}行同时属于两个表头", "请改选表头的行")
    return headers


def _given_header(matrix: Matrix, mapping: SheetMapping) -> Header:
    places = {number: row for row, number in enumerate(matrix.grid.numbers) if number}
    if mapping.top not in places or mapping.bottom not in places:
        raise UserError(
            f"{_where(mapping)}没有第{mapping.top}至{mapping.bottom}行",
            "选作表头的行不在这张表里",
            "请重新点选表头所在的行",
        )
    top, bottom = places[mapping.top], places[mapping.bottom]
    if not 0 <= bottom - top < DEEPEST:
        what = f"表头不能是第{mapping.top}行到第{mapping.bottom}行"
        raise UserError(what, f"表头由上到下，最多 {DEEPEST} 行", "请重新点选表头所在的行")
    columns = columns_between(matrix, top, bottom)
    if mapping.fields:
        _check_each(mapping.fields[: matrix.width], columns, _where(mapping))
    elif not has_task(columns):
        raise no_task(_where(mapping))
    return Header(top, bottom, columns, mapping.fields)


def _where(mapping: SheetMapping) -> str:
    return f"工作表“{mapping.sheet}”" if mapping.sheet else "表格"


def no_task(where: str) -> NoTable:
    """Return the problem that no column holds the tasks."""
    return NoTable(
        f"{where}还没有指明哪一栏是任务",
        "没有任务一栏，就分不出一行行的任务",
        "请在任务所在的那一栏上方选“任务”",
    )


def _check_each(fields: Sequence[str], columns: Sequence[Column], where: str) -> None:
    """See that the fields fit together in each of the tables that stand side by side."""
    blocks = [range(len(fields))] if TASK not in fields else beside(columns)
    for block in blocks:
        own = fields[block.start : block.stop]
        if len(blocks) == 1 or TASK in own:
            check_fields(own, [columns[at].text for at in block if at < len(columns)], where)


def check_fields(fields: Sequence[str], headings: Sequence[str], where: str) -> None:
    """See that the fields of a table's columns fit together.

    Raises:
        NoTable: no column holds the tasks.
        UserError: two columns were said to give what only one can give.
    """
    unknown = set(fields) - COLUMN_WORDS.keys()
    if unknown:
        raise ValueError(f"no such fields: {sorted(unknown)}")
    if TASK not in fields:
        raise no_task(where)
    twice = next(
        (name for name, count in Counter(fields).items() if count > 1 and name in SINGLE), ""
    )
    if twice:
        places = [at for at, name in enumerate(fields) if name == twice]
        named = "、".join(f"“{_heading(headings, at)}”" for at in places)
        raise UserError(
            f"{where}有两栏都选了“{COLUMN_WORDS[twice]}”", f"这两栏是{named}", "请把其中一栏改选"
        )


def _heading(headings: Sequence[str], at: int) -> str:
    return (headings[at] if at < len(headings) else "") or f"第{at + 1}列"


def _repeated(matrix: Matrix, row: int, headers: Iterable[Header]) -> Header | None:
    """Return the header that repeats one above, as at a page break."""
    above = [header for header in headers if header.bottom < row]
    if not above or len(matrix.own(row)) < 2:
        return None
    found = header_at(matrix, row)
    if found and any(found.same_as(header) for header in above):
        return found
    for header in above:
        bottom = row + header.bottom - header.top
        if bottom < matrix.height and _words(matrix, row) == _words(matrix, header.top):
            same = Header(row, bottom, columns_between(matrix, row, bottom))
            if same.same_as(header):
                return same
    return None


def _words(matrix: Matrix, row: int) -> list[str]:
    return [squeezed(piece.text) for piece in matrix.own(row)]


def _known_headers(matrix: Matrix, remembered: Sequence[Remembered]) -> dict[int, Header]:
    """Return the headers known from earlier tables, by their first row."""
    words = {word for one in remembered for text in one.headings for word in text.split(_JOINT)}
    found: dict[int, Header] = {}
    below = 0
    for row in range(matrix.height):
        own = matrix.own(row)
        if row < below or len(own) < 2 or _bare(own[0].text) not in words:
            continue
        header = _known_header(matrix, row, remembered)
        if header:
            found[row] = header
            below = header.bottom + 1
    return found


def _known_header(matrix: Matrix, row: int, remembered: Sequence[Remembered]) -> Header | None:
    for one in remembered:
        bottom = row + one.depth - 1
        if bottom < matrix.height and TASK in one.fields[: matrix.width]:
            columns = columns_between(matrix, row, bottom)
            if known_headings(columns) == one.headings:
                return Header(row, bottom, columns, one.fields, is_remembered=True)
    return None
