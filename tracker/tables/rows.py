"""The rows below a header: tasks, the rows that go on with them, and what is no task."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.table import Skipped
from tracker.domain.terms import CONTINUED
from tracker.duties.units import is_unit_like
from tracker.tables.cells import number_text, squeezed
from tracker.tables.notices import continues_remark, is_meta, notice
from tracker.tables.sections import Sections, is_numbered, is_short_heading, joined_section
from tracker.text.numerals import circled_number, to_half_width

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.tables.layout import Layout
    from tracker.tables.matrix import Matrix, Piece

UNPLACED = "无法归入表格的文字"
_CONTINUED_NUMBER = re.compile(r"(.*?)[（(]续[）)]", re.DOTALL)
_CHILD = re.compile(r"[（(]?(\d{1,2})[）)]")
_CHILD_TASK = re.compile(r"[（(](\d{1,2})[）)]|([①-⑳])")
_CHINESE_NUMBER = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}|[（(][一二三四五六七八九十]{1,3}[）)])、?"
)
_COLUMN_NUMBER = re.compile(r"[（(]?(\d{1,2})[）)]?(?:=.*)?")
_EMPTY_NUMBER = re.compile(
    r"[（(]?\d{1,4}(?:[.\-]\d{1,3})*[）)]?|[①-⑳]|[（(]?[一二三四五六七八九十]{1,3}[）)]?|第[一二三四五六七八九十\d]+条"
)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_MOST_CELLS_OF_A_REMARK = 2


class Line(NamedTuple):
    """One row of the grid below the header, with its number and its task where it has them."""

    row: int
    pieces: tuple[Piece, ...]
    number: Piece | None
    task: Piece | None


@dataclass(slots=True)
class Record:
    """One task as it stands in the grid; it grows while the rows are read.

    Attributes:
        number: the number it is known by (“1.1” for （1） below 1).
        section: the headings above it and its section column.
        parts: its rows; several for a task that has one row a unit. A part itself has several
            lines where it goes on on the next page.
    """

    number: str
    section: str
    parts: list[list[Line]]

    @property
    def first(self) -> Line:
        """The row it begins in."""
        return self.parts[0][0]

    @property
    def last(self) -> Line:
        """The row it ends in."""
        return self.parts[-1][-1]


@dataclass(slots=True)
class Body:
    """What was found below a header.

    Attributes:
        unplaced: row and words of lines that fit nothing.
    """

    records: list[Record] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)


def read_body(
    matrix: Matrix,
    layout: Layout,
    rows: range,
    known: dict[int, str],
    step: Callable[[int], None],
) -> Body:
    """Read the rows of a table.

    Args:
        matrix: the grid.
        layout: which column gives what.
        rows: the rows below the header.
        known: rows already settled as no task, with the reason.
        step: called before each row with its place in the grid.
    """
    reader = _Reader(matrix, layout, rows, known)
    for row in rows:
        step(row)
        reader.read(row)
    reader.finish()
    return reader.body


class _Reader:
    """Goes down the rows and keeps what the next row needs to know of those above."""

    def __init__(self, matrix: Matrix, layout: Layout, rows: range, known: dict[int, str]) -> None:
        self.matrix = matrix
        self.layout = layout
        self.known = known
        self.task_places = (layout.task, *layout.spare)
        self.body = Body()
        self.sections = Sections()
        self.column_section = ""
        self.parent = ""
        self.child = 0
        self.in_remark = False
        self.after_header = True
        self.after_section = False
        self.has_plain_numbers = any(self._plain_number(row) for row in rows)

    def read(self, row: int) -> None:
        """Settle what a row is and keep it."""
        own = self.matrix.own(row)
        if not own:
            return
        line = self._line(row)
        why = self.known.get(row) or self._no_task(line, own)
        # A header or title that a page break repeats does not end a remark or a section.
        if why:
            self.in_remark = why == "说明"
            self.after_header = row in self.known
            self._skip(row, why)
            return
        self.in_remark = self.after_header = False
        if self._is_continued(line):
            return
        if len(own) == 1 and self._alone(line) and self._single(own[0]):
            return
        if self._is_section_pair(line, own):
            self._enter(row, self._pair_text(line))
        else:
            self._data(line)

    def finish(self) -> None:
        """Hand over the headings that no task followed."""
        last = self.body.records[-1].last.row if self.body.records else -1
        for row, text in self.sections.unused():
            if row > last and is_unit_like(text):
                self._skip(row, "落款单位")
            elif row > last:
                self._unplace(row, text)
            else:
                self._skip(row, "没有任务的栏目")
        self.body.skipped.sort(key=lambda skipped: skipped.row)

    def _line(self, row: int) -> Line:
        pieces = self.matrix.line(row)
        at = self.layout.single.get("number")
        number = pieces[at] if at is not None else None
        for at in self.task_places:
            if pieces[at]:
                return Line(row, pieces, number or None, pieces[at])
        return Line(row, pieces, number or None, None)

    def _section(self, line: Line) -> Piece | None:
        at = self.layout.single.get("section")
        return line.pieces[at] or None if at is not None else None

    def _plain_number(self, row: int) -> bool:
        at = self.layout.single.get("number")
        return at is not None and number_text(self.matrix.pieces[row][at].text).isdigit()

    def _skip(self, row: int, why: str) -> None:
        number = self.matrix.grid.numbers[row]
        text = self.matrix.words(row)
        self.body.skipped.append(Skipped(number, why, text, self.matrix.grid.sheet))

    def _unplace(self, row: int, text: str) -> None:
        self._skip(row, UNPLACED)
        self.body.unplaced.append(f"第{self.matrix.grid.numbers[row]}行“{text}”")

    def _no_task(self, line: Line, own: tuple[Piece, ...]) -> str:
        """Return why a row is plainly no task: totals, signatures, remarks, empty rows."""
        first = own[0].text
        if self.after_header and self._counts_columns(own):
            return "列号"
        number, task = line.number, line.task
        if number and not notice(number.text):
            if task:
                return ""
            lonely = not any(p for p in line.pieces if p is not number)
            if lonely and _EMPTY_NUMBER.fullmatch(_number(line)):
                return "只有序号的空行"
        why = notice(first)
        if why in ("合计行", "落款签字") or (why and len(own) <= _MOST_CELLS_OF_A_REMARK):
            return why
        if is_meta(first) and all(is_meta(piece.text) for piece in own):
            return "填报信息"
        if self.in_remark and len(own) == 1 and continues_remark(first):
            return "说明"
        return ""

    def _counts_columns(self, own: tuple[Piece, ...]) -> bool:
        """Tell whether a row only numbers the columns: 1 2 3, （1）（2）（3）, A B C, 甲 1 2."""
        marks = [to_half_width(squeezed(piece.text)) for piece in own]
        if len(marks) > 1 and _LETTERS.startswith("".join(marks)):
            return True
        while marks and marks[0] in _STEMS[:4]:
            marks.pop(0)
        values = [self._column_number(mark) for mark in marks]
        return len(values) > 1 and values in (
            list(range(len(values))),
            list(range(1, len(values) + 1)),
        )

    def _column_number(self, mark: str) -> int | None:
        found = _COLUMN_NUMBER.fullmatch(number_text(mark))
        return int(found.group(1)) if found else circled_number(mark)

    def _is_continued(self, line: Line) -> bool:
        """Join a row “3（续）” to task 3 above it."""
        number = line.number
        if not number or "续" not in number.text:
            return False
        found = _CONTINUED_NUMBER.fullmatch(squeezed(number.text))
        if not found or not self.body.records or self._new_section(line):
            return False
        above = self.body.records[-1]
        if number_text(found.group(1)) not in ("", above.number, _number(above.first)):
            return False
        above.parts[-1].append(line)
        return True

    def _alone(self, line: Line) -> bool:
        """Tell whether a row says one thing only, merged areas from above counted."""
        return len({piece.place for piece in line.pieces if piece}) == 1

    def _single(self, piece: Piece) -> bool:
        """Settle a row with one text: a section, words that fit nothing; False for a task."""
        row, column = piece.place
        text = piece.text.strip()
        numbered, short = is_numbered(text), is_short_heading(text)
        in_task = column in (self.layout.task, *self.layout.spare)
        across = self.matrix.span(row, column)
        if row not in self.matrix.lines and not (across > 1 and across * 2 >= self.matrix.width):
            beside = column == 0 and column != self.layout.single.get("section")
            if not (column == self.layout.single.get("number") or beside or (in_task and numbered)):
                return False
            if in_task and not numbered:
                return False
        if numbered or (short and not is_meta(text)):
            self._enter(row, text)
        else:
            self._unplace(row, text)
        return True

    def _enter(self, row: int, text: str) -> None:
        self.sections.enter(row, text)
        self.parent, self.child = "", 0
        self.column_section = ""
        self.after_section = True

    def _is_section_pair(self, line: Line, own: tuple[Piece, ...]) -> bool:
        """Tell whether “一 | 经济发展” heads tasks that are numbered 1, 2, 3."""
        if len(own) != 2 or not self.has_plain_numbers:
            return False
        number, task = line.number, line.task
        return (
            number is not None
            and task is not None
            and all(piece in (number, task) for piece in line.pieces if piece)
            and _CHINESE_NUMBER.fullmatch(squeezed(number.text)) is not None
            and is_short_heading(task.text)
        )

    def _pair_text(self, line: Line) -> str:
        number, task = line.number, line.task
        mark = squeezed(number.text) if number else ""
        joint = "" if mark.endswith(("、", "）", ")")) else "、"
        return f"{mark}{joint}{task.text.strip() if task else ''}"

    def _data(self, line: Line) -> None:
        if self._goes_on(line):
            self.body.records[-1].parts.append([line])
            return
        section = self._section(line)
        if section:
            goes_on = section.text.strip() == CONTINUED
            self.column_section = self.column_section if goes_on else self._own_section(line)
        if not line.task and not line.number:
            self._unplace(line.row, self.matrix.words(line.row))
            return
        self.after_section = False
        self.sections.used()
        place = joined_section(self.sections.path(), self.column_section)
        self.body.records.append(Record(self._known_number(line), place, [[line]]))

    def _goes_on(self, line: Line) -> bool:
        """Tell whether a row belongs to the task above: one row a unit, one task."""
        if not self.body.records or self.after_section or self._new_section(line):
            return False
        above = self.body.records[-1].last
        task, task_above = line.task, above.task
        number, number_above = line.number, above.number
        first = self.body.records[-1].first
        task_above = task_above or first.task
        if task and not (task_above and _say_the_same(task, task_above)):
            return False
        number_above = number_above or first.number
        same_number = (
            not number
            or (number_above is not None and number.place == number_above.place)
            or (
                number_above is not None
                and number_text(number.text) == number_text(number_above.text)
            )
        )
        if not task:
            return same_number and (
                not number or number_above is None or number.place == number_above.place
            )
        if task_above is None:
            return False
        if task.place == task_above.place:
            return same_number
        alike = number is not None and task.text.strip() == task_above.text.strip()
        return alike and same_number and len(line.pieces) > 1

    def _new_section(self, line: Line) -> bool:
        return self._own_section(line) not in ("", self.column_section)

    def _own_section(self, line: Line) -> str:
        """Return what its section column says, without the （续） at the top of a page."""
        section = self._section(line)
        words = section.text.strip() if section and section is not line.task else ""
        return words.removesuffix(CONTINUED).rstrip()

    def _known_number(self, line: Line) -> str:
        """Return the number of a new task, “1.2” for （2） below 1."""
        own = _number(line)
        task = line.task
        if not own:
            return self._number_below(task) if task else ""
        found = _CHILD.fullmatch(own)
        child = int(found.group(1)) if found else circled_number(own)
        if child is not None and self.parent:
            self.child = child
            return f"{self.parent}.{child}"
        if own != self.parent:
            self.parent, self.child = (own, 0) if own.replace(".", "").isdigit() else ("", 0)
        return own

    def _number_below(self, task: Piece) -> str:
        """Return the number of a row whose number cell is blank below a numbered one."""
        if not self.parent or self.layout.single.get("number") is None:
            return ""
        found = _CHILD_TASK.match(task.text.strip())
        child = int(found.group(1)) if found and found.group(1) else None
        if found and child is None:
            child = circled_number(found.group(2))
        if child == self.child + 1:
            self.child = child
            return f"{self.parent}.{child}"
        grid = self.matrix.grid
        is_text = not (grid.sheet or grid.merges or grid.ruled)
        return self.parent if is_text and not self.child else ""


def _say_the_same(one: Piece, other: Piece) -> bool:
    return one.place == other.place or one.text.strip() == other.text.strip()


def _number(line: Line) -> str:
    return number_text(line.number.text) if line.number else ""
