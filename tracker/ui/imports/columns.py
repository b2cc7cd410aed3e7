"""What the clerk has said about headers and columns of a file so far; knows nothing of Qt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.domain.mapping import COLUMN_WORDS, EXTRA, SINGLE, TASK, SheetMapping, left_out

if TYPE_CHECKING:
    from tracker.domain.mapping import SheetShape, TableShape
    from tracker.ui.imports.reading import Opened


class Columns:
    """Headers and columns of the sheets of an opened file, and what was changed in them.

    A change to one table of a sheet settles the whole sheet: its other tables stay as they were
    found.

    Args:
        opened: the file as it was read with `opened.target`.

    Attributes:
        opened: as given.
        sheet: which sheet is in sight.
        table: which of its tables is in hand.
    """

    def __init__(self, opened: Opened, sheet: int = 0, table: int = 0) -> None:
        self.opened = opened
        self.sheet = min(sheet, max(len(opened.look.sheets) - 1, 0))
        self.table = min(table, max(len(self.shape.tables) - 1, 0))

    @property
    def shape(self) -> SheetShape:
        """The sheet in sight as it was read."""
        return self.opened.look.shapes[self.sheet]

    @property
    def name(self) -> str:
        """The name of the sheet in sight."""
        return self.opened.look.sheets[self.sheet].sheet

    @property
    def found(self) -> TableShape | None:
        """The table in hand; None where the sheet has no header."""
        tables = self.shape.tables
        return tables[self.table] if tables else None

    @property
    def is_left_out(self) -> bool:
        """Whether the clerk does not want the sheet in sight."""
        own = (m for m in self.opened.target.mappings if m.sheet == self.name)
        return any(mapping.is_left_out for mapping in own)

    @property
    def first_with_table(self) -> int:
        """Return the first sheet in which a table was found; the first of all where none was."""
        shapes = enumerate(self.opened.look.shapes)
        return next((at for at, shape in shapes if shape.tables), 0)

    # Changes; each returns the mappings to read by

    def with_field(self, column: int, name: str) -> tuple[tuple[SheetMapping, ...], str]:
        """Say what a column is.

        A field that only one column can give is taken from the column that has it.

        Returns:
            The mappings, and what else changed by that, in the user's words.
        """
        found = self.found
        if found is None:
            return self.opened.target.mappings, ""
        mapping = found.mapping
        width = max(column + 1, len(mapping.fields))
        fields = [*mapping.fields, *[EXTRA] * (width - len(mapping.fields))]
        said = ""
        if name in (*SINGLE, TASK):
            for at, held in enumerate(fields):
                if held == name and at != column:
                    fields[at] = EXTRA
                    heading = found.printed[at] if at < len(found.printed) else f"第{at + 1}栏"
                    word = COLUMN_WORDS[name]
                    said = f"“{word}”只能有一栏，原来的“{heading}”改为{COLUMN_WORDS[EXTRA]}"
        fields[column] = name
        return self._with(replace(mapping, fields=tuple(fields))), said

    def with_header(self, top: int, bottom: int) -> tuple[SheetMapping, ...]:
        """Say where the header of the table in hand stands; its columns are read anew."""
        return self._with(SheetMapping(self.name, top, bottom))

    def without_sheet(self, *, leave_out: bool) -> tuple[SheetMapping, ...]:
        """Say whether the sheet in sight is to be read."""
        others = tuple(m for m in self.opened.target.mappings if m.sheet != self.name)
        return (*others, left_out(self.name)) if leave_out else others

    def by_words(self) -> tuple[SheetMapping, ...]:
        """Forget what was said about the sheet in sight."""
        return tuple(m for m in self.opened.target.mappings if m.sheet != self.name)

    def confirmed(self) -> tuple[SheetMapping, ...]:
        """Say that every table is read as it should be."""
        unwanted = tuple(m for m in self.opened.target.mappings if m.is_left_out)
        return (*unwanted, *(table.mapping for table in self.opened.tables))

    def _with(self, mapping: SheetMapping) -> tuple[SheetMapping, ...]:
        tables = [table.mapping for table in self.shape.tables]
        if tables:
            tables[self.table] = mapping
        else:
            tables = [mapping]
        clear = [
            table
            for table in tables
            if table is mapping or table.bottom < mapping.top or table.top > mapping.bottom
        ]
        others = tuple(m for m in self.opened.target.mappings if m.sheet != self.name)
        return (*others, *clear)
