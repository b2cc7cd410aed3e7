"""From the cells of one task to a `TableRow`."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from tracker.domain.table import NO_ROLES, Item, Roles, TableRow
from tracker.domain.terms import CONTINUED, Role
from tracker.duties.deadlines import find_deadline
from tracker.duties.items import mark_number, read_items
from tracker.tables.cells import is_blank_mark, squeezed
from tracker.tables.labels import spoken_by_units
from tracker.tables.matrix import NOTHING, Piece
from tracker.tables.readings import first_leading, is_list, is_unit_name
from tracker.tables.states import read_state
from tracker.tables.values import percent_of, read_deadline

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from tracker.domain.deadline import Deadline
    from tracker.domain.table import Origin
    from tracker.tables.layout import Layout
    from tracker.tables.readings import Readings, UnitCell
    from tracker.tables.rows import Line, Record

_PRINTED = (Role.LEAD, Role.RESPONSIBLE)
_NOWHERE = NOTHING.place
_CONTINUED_MARKS = (CONTINUED, "(续)")
_CONTINUED_END = re.compile(r"\s*[（(]续[）)]\s*$")


class RowBuilder:
    """Reads the columns of one task; keeps the doubts that come up on the way."""

    def __init__(
        self,
        record: Record,
        layout: Layout,
        reference: date | None,
        readings: Readings,
    ) -> None:
        self.record = record
        self.layout = layout
        self.reference = reference
        self.readings = readings
        self.parts = _different(record.parts)
        # Nearly every task is one line.
        self.only = self.parts[0][0] if len(self.parts) == len(self.parts[0]) == 1 else None
        self.doubts: list[str] = []
        self.extra: dict[str, str] = {}

    def build(self, origin: Origin) -> TableRow:
        """Return the row; it begins at `origin`."""
        task = self._task()
        if len(self.parts) < len(self.record.parts):
            self.doubts.append("表中有完全相同的行，只读了一次")
        if not task:
            self.doubts.append("缺任务内容")
        units = self._units()
        progress, rounds = self._progress()
        items = self._items(task, units.by_mark, progress)
        status, percent = self._standing()
        self._keep_extra()
        roles = units.whole
        for marked in units.by_mark.values():
            roles = roles.joined(marked)
        return TableRow(
            task=task,
            number=self.record.number,
            section=self.record.section,
            roles=roles,
            units_text=units.text,
            persons=self._persons(units.persons),
            deadline=self._deadline(task),
            status_text=status,
            percent=percent,
            progress=progress,
            problems=self._single("problems"),
            next_steps=self._single("next_steps"),
            note=self._single("note"),
            unit_progress=self._unit_progress(roles, progress),
            rounds=rounds,
            items=items,
            extra=tuple(self.extra.items()),
            origin=origin,
            doubts=tuple(dict.fromkeys(self.doubts)),
        )

    def _texts(self, column: int, *, seam: str = "", once: bool = False) -> list[str]:
        """Return what the task's rows say in a column, each merged area once.

        Args:
            column: the column.
            seam: what joins the pieces of a text that goes on on the next page.
            once: a text that only repeats one above is left out.
        """
        if self.only is not None:
            text = self.only.pieces[column].text.strip()
            return [text] if text and not _is_continued_mark(text) else []
        texts = {}
        for part in self.parts:
            pieces = _distinct(line.pieces[column] for line in part)
            texts[pieces[0].place if pieces else (-1, -1)] = _sewn(pieces, seam, once=once)
        filled = [text for text in texts.values() if text]
        return list(dict.fromkeys(filled)) if once else filled

    def _text(self, column: int, *, once: bool = False) -> str:
        if self.only is not None:
            text = self.only.pieces[column].text.strip()
            return "" if _is_continued_mark(text) else text
        return "\n".join(self._texts(column, once=once))

    def _single(self, name: str, *, once: bool = False) -> str:
        column = self.layout.single.get(name)
        return self._text(column, once=once) if column is not None else ""

    def _first(self, column: int | None) -> Piece:
        """Return the typed cell of a column where it stands alone, else its text."""
        if column is None:
            return NOTHING
        if self.only is not None:
            return self.only.pieces[column]
        pieces = _distinct(line.pieces[column] for part in self.parts for line in part)
        return pieces[0] if len(pieces) == 1 else Piece(self._text(column, once=True), (-1, -1))

    def _task(self) -> str:
        # One row a unit: the task stands in each of its rows where the cells are not merged.
        task = "\n".join(dict.fromkeys(self._texts(self.layout.task)))
        for column in self.layout.spare:
            text = self._text(column)
            if text and not task:
                task = text
            elif text and column != self.layout.single.get("section"):
                self.extra[self.layout.labels[column]] = text
        return task

    def _units(self) -> _Units:
        found = _Units()
        for column, role in self.layout.units:
            heading = self.layout.labels[column]
            for text in self._texts(column, seam="\n", once=True):
                cell = self.readings.units(text, role)
                if column in self.layout.first_leads:
                    cell = first_leading(cell)
                if cell.is_blank:
                    continue
                if not found.add(text, cell, role) or not cell.is_understood:
                    self._keep(heading, text)
                if not cell.is_simple:
                    self._doubt_units(heading, cell)
        for column, role in self.layout.mixed:
            units = tuple(filter(is_unit_name, self._listed(column)))
            found.whole = found.whole.joined(Roles.single(role, units))
        return found

    def _listed(self, column: int) -> tuple[str, ...]:
        """Return the names in a column of persons."""
        texts = self._texts(column, seam="\n", once=True)
        return tuple(name for text in texts for name in self.readings.names(text))

    def _doubt_units(self, heading: str, cell: UnitCell) -> None:
        read = cell.read
        if not cell.is_understood:
            self.doubts.append(f"“{heading}”栏没有读出单位")
        self.doubts += read.doubts
        if cell.is_understood and read.rest:
            self.doubts.append(f"“{heading}”栏中未能识别的文字：{'；'.join(read.rest)}")

    def _keep(self, heading: str, text: str) -> None:
        self.extra[heading] = "\n".join(filter(None, [self.extra.get(heading, ""), text]))

    def _persons(self, found: tuple[str, ...]) -> tuple[str, ...]:
        persons = list(found)
        for place, column in enumerate(self.layout.persons):
            texts = [
                text
                for text in self._texts(column, seam="\n", once=True)
                if not is_blank_mark(text)
            ]
            names = tuple(name for text in texts for name in self.readings.names(text))
            mixed = dict(self.layout.mixed).get(column) is not None
            persons += (name for name in names if not (mixed and is_unit_name(name)))
            if texts and (place or not is_list("".join(texts), names)):
                self.extra[self.layout.labels[column]] = "\n".join(texts)
        return tuple(dict.fromkeys(persons))

    def _deadline(self, task: str) -> Deadline | None:
        piece = self._first(self.layout.single.get("deadline"))
        return read_deadline(piece, task, self.reference, self.readings)

    def _standing(self) -> tuple[str, float | None]:
        """Return status words and percentage; words in the percent column are kept."""
        status = self._single("status", once=True) or self._ticked()
        column = self.layout.single.get("percent")
        if column is None:
            return status, None
        piece = self._first(column)
        percent = percent_of(piece)
        if percent is None and piece:
            if not status and read_state(piece.text) != (None, None):
                status = piece.text.strip()
            else:
                self.extra[self.layout.labels[column]] = piece.text.strip()
        bare = not piece.text.strip().endswith(("%", "％"))
        if percent is not None and bare and self.layout.shares:
            percent = round(percent * 100, 6)
        return status, percent

    def _ticked(self) -> str:
        """Return the state whose column alone is ticked."""
        ticked = [column for column in self.layout.ticks if self._text(column)]
        return self.layout.labels[ticked[0]] if len(ticked) == 1 else ""

    def _progress(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Return the progress of this round and the texts of all rounds side by side."""
        own = self._single("progress") or self._said_by_column()
        if not self.layout.rounds and not self.layout.former:
            return own, ()
        labels = self.layout.labels
        rounds = {at: self._text(at) for at in sorted((*self.layout.rounds, *self.layout.former))}
        last = next((rounds[at] for at in reversed(self.layout.rounds) if rounds[at]), "")
        return own or last, tuple((labels[at], text) for at, text in rounds.items() if text)

    def _unit_progress(self, roles: Roles, progress: str) -> tuple[tuple[str, str], ...]:
        """Return what each unit says, row by row or under its name inside the cell."""
        by_row = self._progress_by_row() or self._progress_by_column()
        return by_row or spoken_by_units(progress, roles.names())

    def _progress_by_column(self) -> tuple[tuple[str, str], ...]:
        """Return what the units say that have a column each."""
        if not self.layout.speakers:
            return ()
        said = ((self.layout.labels[at], self._text(at)) for at in self.layout.speakers)
        return tuple((name, text) for name, text in said if not is_blank_mark(text))

    def _said_by_column(self) -> str:
        return "\n".join(f"{name}：{text}" for name, text in self._progress_by_column())

    def _progress_by_row(self) -> tuple[tuple[str, str], ...]:
        column = self.layout.single.get("progress")
        if column is None or len(self.parts) == 1:
            return ()
        parts = [p for p in self.parts if p[0].pieces[column]]
        if len({p[0].pieces[column].place for p in parts}) < 2:
            return ()
        notes: dict[str, str] = {}
        held = {at: self._places(at) for at, _ in self.layout.units}
        for part in parts:
            text = _sewn(_distinct(line.pieces[column] for line in part), "")
            for name in self._speakers(part, held):
                notes[name] = f"{notes[name]}\n{text}" if name in notes else text
        return tuple(notes.items())

    def _places(self, column: int) -> Counter[tuple[int, int]]:
        """Count in how many of the task's rows each cell of a column begins."""
        return Counter(part[0].pieces[column].place for part in self.parts)

    def _speakers(
        self, part: Sequence[Line], held: dict[int, Counter[tuple[int, int]]]
    ) -> tuple[str, ...]:
        """Return the units whose note a row holds: the first that stand in this row alone."""
        rows = {line.row for line in part}
        # Where no cells are merged, the column that names a unit in every row tells who speaks.
        columns = sorted(self.layout.units, key=lambda unit: -len(set(held[unit[0]]) - {_NOWHERE}))
        for column, role in columns:
            pieces = _distinct(line.pieces[column] for line in part)
            own = part[0].pieces[column].place
            shared = (held[column][piece.place] > (piece.place == own) for piece in pieces)
            if any(shared) or any(piece.place[0] not in rows for piece in pieces):
                continue
            text = _sewn(pieces, "\n")
            names = self.readings.units(text, role).read.roles.names()
            if names:
                return names
        return ()

    def _items(self, task: str, by_mark: dict[str, Roles], progress: str) -> tuple[Item, ...]:
        parts = read_items(task)
        if not parts and not by_mark:
            return ()
        said = {_mark_key(mark): text for mark, text in read_items(progress)} if parts else {}
        roles = {_mark_key(mark): held for mark, held in by_mark.items()}
        items = tuple(
            Item(
                mark,
                text,
                roles.get(_mark_key(mark), NO_ROLES),
                deadline=find_deadline(text, self.reference),
                progress=said.get(_mark_key(mark), ""),
            )
            for mark, text in parts
        )
        strays = set(roles) - {_mark_key(item.mark) for item in items}
        if strays:
            marks = "、".join(mark for mark in by_mark if _mark_key(mark) in strays)
            self.doubts.append(f"责任单位一栏提到的分项{marks}在任务中没有找到")
        return items

    def _keep_extra(self) -> None:
        for column in self.layout.extra:
            if column in self.layout.ticks and self._ticked():
                continue
            text = "\n".join(dict.fromkeys(self._texts(column)))
            if text:
                self.extra[self.layout.labels[column]] = text


class _Units:
    """The units of a row as they are gathered from its unit cells.

    Attributes:
        printed: the cells whose units a report prints: leads, or those in a column of leads.
        says_more: one of these cells says more than a list of names.
    """

    def __init__(self) -> None:
        self.whole = NO_ROLES
        self.by_mark: dict[str, Roles] = {}
        self.persons: tuple[str, ...] = ()
        self.printed: list[str] = []
        self.says_more = False

    @property
    def text(self) -> str:
        """The printed cells to the letter where they say more than names."""
        return "\n".join(self.printed) if self.says_more else ""

    def add(self, text: str, cell: UnitCell, column: Role) -> bool:
        """Take over what one cell says; False where its words are to be kept elsewhere.

        A cell for 配合单位 never stands for the unit column of a report: it would be read as leads.
        """
        read, more = cell.read, cell.says_more
        self.whole = self.whole.joined(read.roles) if self.whole else read.roles
        leads = bool(read.roles.lead)
        if not cell.is_simple:
            for mark, roles in dict(read.by_mark).items():
                self.by_mark[mark] = self.by_mark.get(mark, NO_ROLES).joined(roles)
            self.persons += read.persons
            leads = leads or any(roles.lead for _, roles in read.by_mark)
        if column not in _PRINTED and not leads:
            return not more
        self.printed.append(text)
        self.says_more = self.says_more or more
        return True


def _mark_key(mark: str) -> int | str:
    number = mark_number(mark)
    return mark if number is None else number


def _different(parts: Sequence[Sequence[Line]]) -> Sequence[Sequence[Line]]:
    """Leave out the parts that say in every cell what one before them says."""
    if len(parts) == 1:
        return parts
    said = {
        tuple(piece.text for line in part for piece in line.pieces): part for part in parts[::-1]
    }
    kept = set(map(id, said.values()))
    return [part for part in parts if id(part) in kept]


def _distinct(pieces: Iterable[Piece]) -> list[Piece]:
    return list({piece.place: piece for piece in pieces if piece}.values())


def _sewn(pieces: list[Piece], seam: str, *, once: bool = False) -> str:
    """Join a text that goes on on the next page as if it had never been cut."""
    texts = [piece.text for piece in pieces if not _is_continued_mark(piece.text)]
    if once:
        texts = [*texts[:1], *(_CONTINUED_END.sub("", text) for text in texts[1:])]
        texts = list({text.strip(): text for text in texts}.values())
    return seam.join(texts).strip()


def _is_continued_mark(text: str) -> bool:
    return "续" in text and squeezed(text) in _CONTINUED_MARKS
