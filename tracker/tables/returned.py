"""A returned table against what was sent: what the unit reports, what it changed, what is left."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.domain.form import FIXED
from tracker.domain.returned import FindingKind, Remark, Unplaced
from tracker.domain.terms import Role
from tracker.tables.cells import is_blank_mark, squeezed
from tracker.tables.pipeline import sheets_of
from tracker.tables.returned_cells import (
    COUNTED,
    FIXED_BY_HEADING,
    RawRows,
    are_shares,
    percent_in,
    said_in,
    signed_by,
)
from tracker.tables.returned_match import Paired, pair_rows
from tracker.tables.returned_words import (
    Account,
    Leftover,
    gather_grid,
    gather_paragraphs,
    place_of,
)
from tracker.text.difference import Kind, difference
from tracker.text.segments import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tracker.domain.form import FormRow
    from tracker.domain.table import Table, TableRow
    from tracker.files.source import Source
    from tracker.tables.returned_match import KnownTasks

_OPEN_FIELDS = frozenset({"progress", "status", "percent", "problems", "next_steps"})
_OWN_WORDING = frozenset({"task", "section", "persons", *(role.value for role in Role)})
_LONGEST_SHOWN = 24
_MOST_TOLD = 5
_ADDED_WORDS = 12
"""So many signs added to a fixed cell may be a report written in the wrong place."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a unit's file is compared with.

    Attributes:
        own: the tasks it reports on by code, as they were sent to it, else as they stand.
        has_duty: tells whether it has to do with a task, in whatever role.
        gone: tasks of its form that were withdrawn since.
        is_sent: the fixed cells are those of a form that was sent.
        renewed: the file is an earlier edition of the form; its fixed cells prove nothing.
        stamped: codes that stood on this very form, by its stamp; empty where it has none. A unit
            that was sent two forms need not say in one what stands on the other.
        is_label: tells whether a text is one that our form prints beside its table.
    """

    own: Mapping[str, FormRow] = field(default_factory=dict)
    has_duty: Callable[[str], bool] = lambda _code: False
    gone: Mapping[str, FormRow] = field(default_factory=dict)
    is_sent: bool = False
    renewed: bool = False
    stamped: frozenset[str] = frozenset()
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
        self.raw = RawRows(self.grids, table)
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
        shares = are_shares(rows, self.raw)
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
        percent, percent_text = percent_in(row, raw, shares=shares)
        place = _row_place(row)
        texts = [said_in(t) for t in (row.progress, row.status_text, row.problems, row.next_steps)]
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
        field_name = FIXED_BY_HEADING.get(squeezed(heading), "task" if name == "task" else "")
        stood = getattr(sent, field_name) if sent is not None and field_name else ""
        if text == stood or is_blank_mark(text) or fold(text) in self.known.words(code):
            self.account.take(text)
            return
        if sent is None or not field_name or not (self.is_form and self.expected.is_sent):
            self._own_wording(code, name, text)
            return
        if fold(stood) == fold(text):
            self.account.take(text)
        elif field_name in COUNTED:
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
            stood = self.expected.stamped or self.expected.own.keys()
            gone = [
                number(code) for code in self.expected.own if code in stood and code not in there
            ]
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


def _row_place(row: TableRow) -> str:
    return place_of(row.origin.sheet, row.origin.row)


def _listed(told: Sequence[str]) -> str:
    more = f"等{len(told)}行" if len(told) > _MOST_TOLD else ""
    return "；".join(told[:_MOST_TOLD]) + more


def _shown(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST_SHOWN else f"{flat[:_LONGEST_SHOWN]}…"
