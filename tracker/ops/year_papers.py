"""The papers of a year one by one: what there is, the pages of each, and each as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.base.atomic import ensure_writable
from tracker.base.errors import UserError
from tracker.ops.table_files import Exported, check_ending, export_table
from tracker.ops.unit_years import UNITS_TABLE, unit_table, units_table
from tracker.ops.year import YEAR_TABLE, counted, table_of
from tracker.ops.year_facts import year_facts

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from tracker.domain.content import Content
    from tracker.domain.ledger import LedgerRow
    from tracker.domain.page import PrintedPage
    from tracker.ops.office import Office
    from tracker.ops.year_facts import YearFacts
    from tracker.reports.looks import Layout


@dataclass(frozen=True, slots=True)
class YearPapers:
    """What can be printed of a year, from facts read at one moment."""

    facts: YearFacts
    now: datetime

    @property
    def names(self) -> tuple[str, ...]:
        """The papers: the table of the year, that of all units, and each unit's record."""
        return (YEAR_TABLE, UNITS_TABLE, *(unit.unit for unit in self.facts.units))

    @property
    def sentence(self) -> str:
        """How many tasks there are and how they ended."""
        return counted(self.facts)

    @property
    def still_open(self) -> tuple[int, ...]:
        """The numbers of the rounds that are not closed."""
        return tuple(each.round.number for each in self.facts.rounds if not each.is_closed)

    def pages(self, name: str) -> tuple[PrintedPage, ...]:
        """Return the pages of a paper, as it is printed and exported."""
        from tracker.reports.table_pages import table_pages

        return table_pages(*self._table(name))

    def export(self, name: str, target: Path) -> Exported:
        """Write a paper as .xlsx, .docx or .pdf, beside the target and swapped in.

        Raises:
            UserError: another ending, or the target cannot be written.
        """
        check_ending(target, name)
        ensure_writable(target)
        return export_table(*self._table(name), target)

    def _table(self, name: str) -> tuple[Content, Layout]:
        if name == YEAR_TABLE:
            return table_of(self.facts, self.now)
        if name == UNITS_TABLE:
            return units_table(self.facts, self.now)
        unit = next((each for each in self.facts.units if each.unit == name), None)
        if unit is None:
            raise UserError(f"没有“{name}”的年度记录", "", "请重新选择单位")
        return unit_table(self.facts, unit, self.now)


def year_papers(office: Office, ledger: LedgerRow, *, now: datetime) -> YearPapers:
    """Return what can be printed of a ledger's year.

    Raises:
        UserError: the ledger has no task.
    """
    return YearPapers(year_facts(office, ledger, now.date()), now)
