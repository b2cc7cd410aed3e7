"""A returned table against what was sent: what the unit reports, what it changed, what is left."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.domain.form import FIXED, OPEN, SIGNATURE
from tracker.domain.mapping import RowKind, SheetMapping
from tracker.domain.returned import FindingKind, Remark, Unplaced
from tracker.domain.terms import CONTINUED, Role
from tracker.tables.cells import clean, is_blank_mark, squeezed
from tracker.tables.pipeline import sheets_of
from tracker.tables.returned_match import Paired, pair_rows
from tracker.tables.returned_words import (
    SIGNED,
    Account,
    Leftover,
    gather_grid,
    gather_paragraphs,
    place_of,
    rows_of,
)
from tracker.text.difference import Kind, difference
from tracker.text.numerals import to_half_width
from tracker.text.segments import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tracker.domain.form import FormRow
    from tracker.domain.table import Table, TableRow
    from tracker.files.grid import Grid
    from tracker.files.source import Source
    from tracker.tables.returned_match import KnownTasks

_FIXED_BY_HEADING = {squeezed(heading): name for name, heading in FIXED.items()}
_OPEN_BY_HEADING = {squeezed(heading): name for name, heading in OPEN.items()}
_COUNTED = frozenset({"code", "number"})
_OPEN_FIELDS = frozenset({"progress", "status", "percent", "problems", "next_steps"})
_OWN_WORDING = frozenset({"task", "section", "persons", *(role.value for role in Role)})
_FORM_HEADINGS = 4
"""A table with so many of our form's headings is our form."""
_FEWEST_HEADINGS = 3
_LONGEST_SHOWN = 24
_MOST_TOLD = 5
_MOST_ABOVE = 15
"""A form's headings stand in one of so many rows from the top."""
_ADDED_WORDS = 12
"""So many signs added to a fixed cell may be a report written in the wrong place."""
_GOES_ON = (CONTINUED, "(续)")
_TENTHS = {word: 10 * n for n, word in enumerate("一二三四五六七八九", 1)}
_SHARE = re.compile(r"([一二三四五六七八九])成(半)?")
_SIGNED = "|".join(re.escape(label) for label in SIGNATURE.values())
_SIGNED_BY = re.compile(
    rf"(?:{_SIGNED})[：: \t]*([^\t]*?)(?=\s*(?:$|\t|{_SIGNED}|填报日期|单位（盖章）|　|\s\s))"
)


@dataclass(frozen=True, slots=True)
class Expected:
    """What a unit's file is compared with.

    Attributes:
        own: the tasks it reports on by code, as they were sent to it, else as they stand.
        has_duty: tells whether it has to do with a task, in whatever role.
        gone: tasks of its form that were withdrawn since.
        is_sent: the fixed cells are those of a form that was sent.
        renewed: the file is an earlier edition of the form; its fixed cells prove nothing.
        is_label: tells whether a text is one that our form prints beside its table.
    """

    own: Mapping[str, FormRow] = field(default_factory=dict)
    has_duty: Callable[[str], bool] = lambda _code: False
    gone: Mapping[str, FormRow] = field(default_factory=dict)
    is_sent: bool = False
    renewed: bool = False
    is_label: Callable[[str], bool] | None = None


@dataclass(frozen=True, slots=True)
class PlacedWords:
    """What a file says on one task; the cells' texts to the letter."""

    code: str
    text: str = ""
    state: str = ""
    percent: float | None = None
    problems: str = ""
    next_steps: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Placement:
    """A returned file, placed.

    Attributes:
        by: who filled it in, with his number, as written.
        matched: how many rows speak of a task of the ledger.
    """

    words: tuple[PlacedWords, ...] = ()
    remarks: tuple[Remark, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    by: str = ""
    matched: int = 0


def is_our_form(table: Table) -> bool:
    """Tell whether a table has the headings of our form."""
    headings = {squeezed(heading) for heading in table.columns.values()}
    headings |= {squeezed(h) for row in table.rows[:1] for h, _ in (*row.extra, *row.rounds)}
    ours = headings & (_FIXED_BY_HEADING.keys() | _OPEN_BY_HEADING.keys())
    return len(ours) >= _FORM_HEADINGS


def mappings_by_code(source: Source) -> tuple[SheetMapping, ...]:
    """Say how to read a form of ours whose column of tasks was deleted: codes stand for them."""
    found = (_mapping_by_code(grid) for grid in source.grids)
    return tuple(mapping for mapping in found if mapping is not None)


def _mapping_by_code(grid: Grid) -> SheetMapping | None:
    for at, row in enumerate(grid.rows[:_MOST_ABOVE]):
        headings = [squeezed(cell.text) for cell in row]
        fields = [_FIXED_BY_HEADING.get(h) or _OPEN_BY_HEADING.get(h, "") for h in headings]
        if sum(map(bool, fields)) < _FEWEST_HEADINGS:
            continue
        key = next((f for f in ("code", "number") if f in fields), "")
        if not key or "task" in fields or not any(f in OPEN for f in fields):
            return None
        once = [f if fields.index(f) == place else "" for place, f in enumerate(fields)]
        named = tuple("task" if f == key else _column(f) for f in once)
        return SheetMapping(grid.sheet, grid.numbers[at], grid.numbers[at], named)
    return None


def _column(name: str) -> str:
    renamed = {"state": "status", "before": "previous", "code": "extra", "role": "extra"}
    return renamed.get(name, name) or "extra"


def place_table(
    source: Source, table: Table, known: KnownTasks, expected: Expected, *, is_form: bool
) -> Placement:
    """Place the words of a file with a table; all that has no place is told.

    Args:
        source: the file.
        table: the table in it.
        known: the ledger's tasks.
        expected: what the unit was sent.
        is_form: the table is a form of ours; what it changed is told.
    """
    placing = _Placing(source, table, known, expected, is_form=is_form)
    return placing.run()


class _Placing:
    """Goes through the rows of one table once."""

    def __init__(
        self, source: Source, table: Table, known: KnownTasks, expected: Expected, *, is_form: bool
    ) -> None:
        self.source, self.table, self.known, self.expected = source, table, known, expected
        self.is_form = is_form
        self.grids = sheets_of(source)
        self.raw = _RawRows(self.grids, table)
        self.account = Account(expected.is_label)
        self.remarks: list[Remark] = []
        self.leftover = Leftover()
        self.words: dict[str, PlacedWords] = {}
        self.tasks: dict[tuple[str, int], str] = {}
        self.renumbered: list[str] = []

    def run(self) -> Placement:
        """Return where everything goes."""
        rows = self.table.rows
        paired = pair_rows(rows, self.known, self.expected.own, is_form=self.is_form)
        shares = _are_shares(rows, self.raw)
        foreign: list[str] = []
        again: list[str] = []
        for at, row in enumerate(rows):
            code = paired.codes.get(at) or paired.again.get(at)
            if code is None:
                self._gone_row(row)
                continue
            self.tasks[row.origin.sheet, row.origin.row] = self.known.number(code)
            if at in paired.again:
                if not self._foreign_row(row, code):
                    again.append(f"{self.known.number(code)}（{_row_place(row)}）")
            elif code in self.expected.own or self.expected.has_duty(code):
                self._own_row(row, code, shares=shares)
            elif not self._foreign_row(row, code):
                foreign.append(code)
        self._tell_rows(paired, foreign, again)
        by = self._signature()
        self._gather()
        return Placement(
            tuple(self.words.values()),
            tuple(self.remarks),
            self.leftover.unplaced(),
            by,
            len(paired.codes),
        )

    def _own_row(self, row: TableRow, code: str, *, shares: bool) -> None:
        raw = self.raw.of(row)
        percent, percent_text = _percent(row, raw, shares=shares)
        place = _row_place(row)
        texts = [_said(t) for t in (row.progress, row.status_text, row.problems, row.next_steps)]
        words = PlacedWords(code, texts[0], texts[1], percent, texts[2], texts[3], place)
        if percent is not None or not all(map(is_blank_mark, texts)):
            self.words[code] = words
            self.account.take(*texts, percent_text)
        self.account.take(*self.raw.marks(row))
        for name, heading, text in raw:
            if name not in _OPEN_FIELDS:
                self._fixed_cell(code, name, heading, text)

    def _fixed_cell(self, code: str, name: str, heading: str, text: str) -> None:
        """Settle a cell that the unit was not to change."""
        sent = self.expected.own.get(code)
        field_name = _FIXED_BY_HEADING.get(squeezed(heading), "task" if name == "task" else "")
        stood = getattr(sent, field_name) if sent is not None and field_name else ""
        if text == stood or is_blank_mark(text) or fold(text) in self.known.words(code):
            self.account.take(text)
            return
        if sent is None or not field_name or not (self.is_form and self.expected.is_sent):
            self._own_wording(code, name, text)
            return
        if fold(stood) == fold(text):
            self.account.take(text)
        elif field_name in _COUNTED:
            self.account.take(text)
            self.renumbered.append(f"{self.known.number(code)}写成“{text}”")
        elif not self.expected.renewed:
            self.account.take(text)
            self._altered(code, heading, stood, text)
            if field_name == "before":
                self._say_whole(code, heading, text)
            else:
                self._say_added(code, heading, stood, text)

    def _own_wording(self, code: str, name: str, text: str) -> None:
        """A unit may word a task, and whose it is, as it likes in a table of its own."""
        if name == "number" or (name == "task" and fold(text) in self.known.folded(code)):
            self.account.take(text)
        elif name in _OWN_WORDING and not self.is_form:
            self.account.take(text)
            self.leftover.frame.append(text)

    def _altered(self, code: str, heading: str, stood: str, text: str) -> None:
        detail = f"{self.known.number(code)}的“{heading}”与发出的不同"
        kind = FindingKind.TASK_TEXT_ALTERED
        self.remarks.append(Remark(kind, detail, code, stood, text))

    def _say_whole(self, code: str, heading: str, text: str) -> None:
        """Keep what stands over the last round's words: likely this round's, in the wrong cell."""
        place = f"{self.known.number(code)}“{heading}”栏里改写的文字"
        self.leftover.waiting.append(Unplaced(place, text))

    def _say_added(self, code: str, heading: str, stood: str, text: str) -> None:
        """Keep what was added to words of ours; the finding holds both whole."""
        for stretch in difference(stood, text):
            if stretch.kind is Kind.NEW and len(squeezed(stretch.text)) >= _ADDED_WORDS:
                place = f"{self.known.number(code)}“{heading}”栏里加写的文字"
                self.leftover.waiting.append(Unplaced(place, stretch.text))

    def _foreign_row(self, row: TableRow, code: str) -> bool:
        """Settle a row of another unit; tell whether it brings nothing new."""
        known = set(self.known.words(code))
        held = self.words.get(code)
        if held is not None:  # the row says again what another one said
            known |= {fold(t) for t in (held.text, held.state, held.problems, held.next_steps)}
        sent = self.expected.own.get(code)
        if sent is not None:
            known |= {fold(getattr(sent, name)) for name in FIXED}
        cells = self.raw.of(row)
        said = (row.progress, row.status_text, row.problems, row.next_steps)
        new = [text for text in said if not is_blank_mark(text) and fold(text) not in known]
        for name, _, text in cells:
            if fold(text) in known and (not new or name not in _OPEN_FIELDS):
                self.account.take(text)
            elif not new:  # a number counted on, a unit's own name for it
                self.account.take(text)
                self.leftover.frame.append(text)
        return not new

    def _gone_row(self, row: TableRow) -> None:
        """Settle a row whose task was withdrawn since: only what the unit wrote waits."""
        sent = self._gone(row)
        if sent is None:
            return
        self.tasks[row.origin.sheet, row.origin.row] = f"第{sent.number}项，已撤回"
        stood = {fold(getattr(sent, name)) for name in FIXED}
        self.account.take(*(text for _, _, text in self.raw.of(row) if fold(text) in stood))

    def _gone(self, row: TableRow) -> FormRow | None:
        values = (row.number, *(text for _, text in row.extra))
        by_code = next((self.expected.gone[v] for v in values if v in self.expected.gone), None)
        same = (g for g in self.expected.gone.values() if fold(g.task) == fold(row.task))
        return by_code or next(same, None)

    def _tell_rows(self, paired: Paired, foreign: Sequence[str], again: Sequence[str]) -> None:
        """Add the findings about whole rows."""
        number = self.known.number
        if self.renumbered:
            detail = f"序号或编号被改动：{'、'.join(self.renumbered)}"
            self.remarks.append(Remark(FindingKind.TASK_TEXT_ALTERED, detail))
        added = [*filter(None, (self._unmatched(at, paired) for at in range(len(self.table.rows))))]
        told = [_listed(added)] if added else []
        if again:
            told.append(f"出现不止一次，只取了第一处：{_listed(again)}")
        if told:
            self.remarks.append(Remark(FindingKind.ROWS_ADDED, "；".join(told)))
        if foreign:
            detail = f"{'、'.join(map(number, foreign))}不是这个单位的任务，所填内容没有计入"
            self.remarks.append(Remark(FindingKind.FOREIGN_ROWS, detail))
        if self.is_form and self.expected.is_sent:
            there = set(paired.codes.values())
            gone = [number(code) for code in self.expected.own if code not in there]
            if self.raw.is_without_tasks:
                detail = "“工作任务”一栏被删去，按编号对上任务"
                self.remarks.append(Remark(FindingKind.TASK_TEXT_ALTERED, detail))
            if gone:
                detail = f"发出的表里有、交回的表里没有：{'、'.join(gone)}"
                self.remarks.append(Remark(FindingKind.ROWS_REMOVED, detail))

    def _unmatched(self, at: int, paired: Paired) -> str:
        row = self.table.rows[at]
        said = (row.task, row.progress, row.problems, row.next_steps, row.status_text)
        known = at in paired.codes or at in paired.again or self._gone(row) is not None
        if known or all(map(is_blank_mark, said)):
            return ""
        head = _shown(row.task or row.progress)
        why = paired.doubtful.get(at, "台账里没有这一项")
        return f"{_row_place(row)}“{head}”：{why}"

    def _signature(self) -> str:
        """Return who filled the table in, as the lines below it say."""
        return signed_by(self.source)

    def _gather(self) -> None:
        for grid, shape in zip(self.grids, self.table.shapes, strict=True):
            gather_grid(grid, shape, self.account, self.leftover, self.tasks)
        unread = [grid for grid in self.source.grids if not any(grid is g for g in self.grids)]
        if not unread and not self.source.flow.tables:
            return
        seen = Account(self.expected.is_label)
        for grid in self.grids:
            seen.take(*(cell.text for row in grid.rows for cell in row))
        for grid in unread:
            gather_grid(grid, None, seen, self.leftover, {})
        if self.source.flow.tables:
            gather_paragraphs(self.source, seen, self.leftover)


def signed_by(source: Source) -> str:
    """Return who filled a form in, with his number, as the cells for signatures say."""
    found: dict[str, None] = {}
    for grid in source.grids:
        for row in grid.rows:
            texts = [cell.text.strip() for cell in row if cell.text and not cell.text.isspace()]
            if any(SIGNED.match(text) for text in texts):
                line = "\t".join(texts)
                found |= dict.fromkeys(m.group(1).strip() for m in _SIGNED_BY.finditer(line))
    return " ".join(filter(None, found))


class _RawRows:
    """The cells of each row as they stand, with the field and heading of their column."""

    def __init__(self, grids: Sequence[Grid], table: Table) -> None:
        self._cells = rows_of(grids)
        self._further = _further_rows(grids, table)
        self._tables = {
            grid.sheet: [
                (t.mapping.bottom, t.mapping.fields, t.printed)
                for t in sorted(shape.tables, key=lambda t: t.mapping.bottom)
            ]
            for grid, shape in zip(grids, table.shapes, strict=True)
        }

    @property
    def is_without_tasks(self) -> bool:
        """Whether another of our columns stands for the tasks."""
        ours = _FIXED_BY_HEADING
        named = [
            ours.get(squeezed(_at(printed, fields.index("task"))), "task")
            for tables in self._tables.values()
            for _, fields, printed in tables
            if "task" in fields
        ]
        return bool(named) and all(name in _COUNTED for name in named)

    def of(self, row: TableRow) -> list[tuple[str, str, str]]:
        """Return (field, heading, text) of the cells that are not empty."""
        sheet, number = row.origin.sheet, row.origin.row
        above = [t for t in self._tables.get(sheet, ()) if t[0] < number]
        if not above:
            return []
        _, fields, printed = above[-1]
        return [
            (fields[at] if at < len(fields) else "extra", _at(printed, at), clean(text).strip())
            for at, text in enumerate(self._whole(sheet, number))
            if text and not text.isspace()
        ]

    def marks(self, row: TableRow) -> list[str]:
        """Return the cells that only say that a row goes on with this one: “3（续）”."""
        sheet, number = row.origin.sheet, row.origin.row
        return [
            text
            for further in self._further.get((sheet, number), ())
            for text in self._cells[sheet, further]
            if _goes_on(text)
        ]

    def _whole(self, sheet: str, number: int) -> list[str]:
        """Return a row's cells with what stands in the rows that go on with it."""
        whole = list(self._cells.get((sheet, number), ()))
        for further in self._further.get((sheet, number), ()):
            for at, text in enumerate(self._cells[sheet, further]):
                if text and not _goes_on(text) and at < len(whole):
                    whole[at] += text
        return whole


def _further_rows(grids: Sequence[Grid], table: Table) -> dict[tuple[str, int], list[int]]:
    """Return the numbers of the rows that go on with one that did not fit its page."""
    found: dict[tuple[str, int], list[int]] = {}
    for grid, shape in zip(grids, table.shapes, strict=True):
        first = 0
        for number, row, kind in zip(grid.numbers, grid.rows, shape.kinds, strict=False):
            if kind is RowKind.TASK:
                first = number
            elif kind is RowKind.CONTINUED and any(_goes_on(cell.text) for cell in row):
                found.setdefault((grid.sheet, first), []).append(number)
    return found


def _goes_on(text: str) -> bool:
    return "续" in text and squeezed(text).endswith(_GOES_ON)


def _at(texts: Sequence[str], at: int) -> str:
    return texts[at].rpartition("／")[2] if at < len(texts) else ""


def _percent(
    row: TableRow, raw: Sequence[tuple[str, str, str]], *, shares: bool
) -> tuple[float | None, str]:
    """Return the percentage of a row and its cell's text; None where it is no plain one."""
    text = next((text for name, _, text in raw if name == "percent"), "")
    if row.percent is not None:
        bare = not to_half_width(text).endswith("%")
        whole = bare and shares and row.percent <= 1
        return (round(row.percent * 100, 6) if whole else row.percent), text
    found = _SHARE.fullmatch(squeezed(text))
    if found:
        return float(_TENTHS[found.group(1)] + (5 if found.group(2) else 0)), text
    return None, ""


def _are_shares(rows: Sequence[TableRow], raw: _RawRows) -> bool:
    """Tell whether percentages are written as parts of one (0.85)."""
    values = list(_bare_percents(rows, raw))
    return any(0 < v < 1 for v in values) and all(v <= 1 for v in values)


def _bare_percents(rows: Sequence[TableRow], raw: _RawRows) -> Iterator[float]:
    for row in rows:
        if row.percent is not None:
            cells = raw.of(row) if 0 < row.percent <= 1 else []
            text = next((text for name, _, text in cells if name == "percent"), "")
            if not to_half_width(text).endswith("%"):
                yield row.percent


def _said(text: str) -> str:
    """Return what a cell says; a dash says nothing, 无 says that there is nothing."""
    return "" if is_blank_mark(text) and not any(map(str.isalpha, text)) else text


def _row_place(row: TableRow) -> str:
    return place_of(row.origin.sheet, row.origin.row)


def _listed(told: Sequence[str]) -> str:
    more = f"等{len(told)}行" if len(told) > _MOST_TOLD else ""
    return "；".join(told[:_MOST_TOLD]) + more


def _shown(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST_SHOWN else f"{flat[:_LONGEST_SHOWN]}…"
