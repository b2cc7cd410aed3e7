"""What goes into the pack of a meeting: one job a file, all from the same moment."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from tracker.base.errors import FileProblem, UserError
from tracker.base.file_names import distinct_names, report_name, safe_name
from tracker.ops.breakdown import breakdown_of
from tracker.ops.charts import OF_TODAY
from tracker.ops.circular import compose_circular
from tracker.ops.circular_files import write_circular
from tracker.ops.extracts import EXTRACT, make_extracts, without_unit, write_extract
from tracker.ops.lists import LIST_WORDS, ListKind, make_list, write_list
from tracker.ops.pictures import KINDS, PictureWishes, write_picture
from tracker.ops.reports import export_situation
from tracker.ops.sheet_charts import export_with_charts
from tracker.ops.slips import export_slip, file_name
from tracker.ops.table_files import ENDINGS, export_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from tracker.domain.layout import LayoutDraft
    from tracker.domain.ledger import RoundRow
    from tracker.domain.slip import SlipRow
    from tracker.ops.extracts import Extract
    from tracker.ops.list_facts import ListFacts
    from tracker.ops.lists import RoundList
    from tracker.ops.office import Office


class PackPart(StrEnum):
    """A part of the pack that can be taken or left."""

    CIRCULAR = "circular"
    SITUATION = "situation"
    BREAKDOWN = "breakdown"
    LISTS = "lists"
    EXTRACTS = "extracts"
    CHARTS = "charts"
    SLIPS = "slips"


PART_WORDS = {
    PackPart.CIRCULAR: "通报",
    PackPart.SITUATION: "落实情况表",
    PackPart.BREAKDOWN: "责任分解表",
    PackPart.LISTS: "清单",
    PackPart.EXTRACTS: "单位摘录",
    PackPart.CHARTS: "统计图和时限图",
    PackPart.SLIPS: "督办单",
}
EVERY_PART = frozenset(PackPart)

LETTER_ENDINGS = (".docx", ".pdf")
LIST_ENDINGS = (".xlsx", ".pdf")
PICTURE_ENDINGS = (".png", ".pdf")
_NAME = 30
"""Characters of the ledger's name in the names of files, so that a path fits into Windows."""


class NothingToShow(Exception):
    """A part of the pack has nothing in it; its words say why."""


@dataclass(frozen=True, slots=True)
class Job:
    """One file of the pack.

    Attributes:
        path: where it goes, from the pack's folder.
        what: what it is, for the index.
        write: writes it; returns in words how much stands in it, and warnings.
    """

    part: PackPart
    path: PurePath
    what: str
    write: Callable[[Path], tuple[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Packing:
    """What jobs are made from.

    Attributes:
        office: a copy that nobody changes.
        slips: those issued in the round.
        layout: in which the 落实情况表 is printed; empty for its own.
        days: how far the list of what is due looks.
    """

    office: Office
    facts: ListFacts
    slips: tuple[SlipRow, ...]
    layout: str | LayoutDraft
    days: int

    def jobs(self, parts: frozenset[PackPart]) -> list[Job]:
        """Return a job for each file of these parts, in the order in which they are read."""
        makers = {
            PackPart.CIRCULAR: self._circular,
            PackPart.SITUATION: self._situation,
            PackPart.BREAKDOWN: self._breakdown,
            PackPart.LISTS: self._lists,
            PackPart.EXTRACTS: self._extracts,
            PackPart.CHARTS: self._charts,
            PackPart.SLIPS: self._slip_jobs,
        }
        return [job for part, make in makers.items() if part in parts for job in make()]

    def name(self, what: str, ending: str) -> str:
        """Return the name of a file of this round."""
        facts = self.facts
        short = safe_name(facts.ledger.name, _NAME)
        day, number = facts.now.date(), facts.round.number
        return report_name(short, what, ending, round_number=number, day=day)

    @property
    def is_closed(self) -> bool:
        """Whether the round was approved."""
        return self.facts.content.closed_on is not None

    @property
    def left_out(self) -> tuple[str, ...]:
        """What the clerk should know of things that no file shows."""
        codes = without_unit(self.facts)
        said = f"{len(codes)}项任务没有写明单位，不在任何单位的摘录里：{'、'.join(codes)}"
        return (said,) if codes else ()

    def _circular(self) -> Iterator[Job]:
        facts, word = self.facts, PART_WORDS[PackPart.CIRCULAR]
        circular = compose_circular(self.office, facts.ledger, facts.round, now=facts.now)
        total = f"{facts.stats.total.number}项"
        for ending in LETTER_ENDINGS:
            path = PurePath(self.name(word, ending))

            def write(at: Path) -> tuple[str, tuple[str, ...]]:
                return total, write_circular(circular, at)

            yield Job(PackPart.CIRCULAR, path, word, write)

    def _situation(self) -> Iterator[Job]:
        facts, word = self.facts, PART_WORDS[PackPart.SITUATION]
        for ending in ENDINGS:

            def write(at: Path) -> tuple[str, tuple[str, ...]]:
                export = export_with_charts if at.suffix == ".xlsx" else export_situation
                done = export(
                    self.office, facts.ledger, facts.round, at, now=facts.now, layout=self.layout
                )
                return f"{done.rows}项", done.warnings

            yield Job(PackPart.SITUATION, PurePath(self.name(word, ending)), word, write)

    def _breakdown(self) -> Iterator[Job]:
        from tracker.reports.breakdown import breakdown_layout

        facts, word = self.facts, PART_WORDS[PackPart.BREAKDOWN]
        content = breakdown_of(facts.ledger, facts.content.tasks, facts.now)

        def write(at: Path) -> tuple[str, tuple[str, ...]]:
            done = export_table(content, breakdown_layout(content), at)
            return f"{done.rows}项", done.warnings

        for ending in ENDINGS:
            yield Job(PackPart.BREAKDOWN, PurePath(self.name(word, ending)), word, write)

    def _lists(self) -> Iterator[Job]:
        folder = PurePath(PART_WORDS[PackPart.LISTS])
        for kind in ListKind:
            found, word = make_list(self.facts, kind, self.days), LIST_WORDS[kind]
            measure = "家" if kind is ListKind.MISSING else "项"
            count = f"{found.count}{measure}"
            for ending in LIST_ENDINGS:
                path = folder / self.name(word, ending)
                yield Job(PackPart.LISTS, path, word, partial(_list, found, count))

    def _extracts(self) -> Iterator[Job]:
        folder = PurePath(PART_WORDS[PackPart.EXTRACTS])
        found = tuple(make_extracts(self.facts))
        stems = distinct_names([safe_name(each.unit) for each in found])
        for place, (each, stem) in enumerate(zip(found, stems, strict=True), 1):
            for ending in LIST_ENDINGS:
                path = folder / f"{place:02d} {stem} {EXTRACT}{ending}"
                write = partial(_extract, each)
                yield Job(PackPart.EXTRACTS, path, f"{each.unit}{EXTRACT}", write)

    def _charts(self) -> Iterator[Job]:
        folder = PurePath(PART_WORDS[PackPart.CHARTS])
        # Lights of all ledgers are those of today, which a closed round knows nothing of.
        kinds = {k: word for k, word in KINDS.items() if k not in OF_TODAY or not self.is_closed}
        for kind, word in kinds.items():
            for ending in PICTURE_ENDINGS:
                write = partial(self._picture, kind)
                yield Job(PackPart.CHARTS, folder / self.name(word, ending), word, write)

    def _picture(self, kind: str, at: Path) -> tuple[str, tuple[str, ...]]:
        facts = self.facts
        wishes, today = PictureWishes(as_counted=True), facts.now.date()
        try:
            write_picture(self.office, kind, facts.ledger, facts.round, at, today, wishes=wishes)
        except FileProblem:
            raise
        except UserError as error:  # nothing to draw, which is no reason to do without the rest
            raise NothingToShow(str(error)) from error
        return "1张", ()

    def _slip_jobs(self) -> Iterator[Job]:
        folder = PurePath(PART_WORDS[PackPart.SLIPS])
        names = distinct_names([file_name(slip) for slip in self.slips])
        for slip, name in zip(self.slips, names, strict=True):

            def write(at: Path, code: str = slip.code) -> tuple[str, tuple[str, ...]]:
                return "1份", export_slip(self.office, code, at)

            yield Job(PackPart.SLIPS, folder / name, f"{slip.code} {slip.unit}", write)


def _list(found: RoundList, count: str, at: Path) -> tuple[str, tuple[str, ...]]:
    return count, write_list(found, at).warnings


def _extract(found: Extract, at: Path) -> tuple[str, tuple[str, ...]]:
    done = write_extract(found, at)
    return f"{done.rows}项", done.warnings


def slips_of_round(
    slips: Sequence[SlipRow], rounds: Sequence[RoundRow], round_: RoundRow
) -> tuple[SlipRow, ...]:
    """Return the slips issued in a round, the earliest first; each belongs to one round only.

    A slip belongs to the first round that reports up to its day or later; the last round of a
    ledger takes whatever was issued since.
    """
    ordered = sorted(rounds, key=lambda row: row.number)

    def holder(day: date) -> int:
        for row in ordered[:-1]:
            if row.cut_off is not None and day <= row.cut_off:
                return row.id
        return ordered[-1].id

    held = [slip for slip in slips if holder(slip.issued_on) == round_.id]
    return tuple(sorted(held, key=lambda slip: (slip.issued_on, slip.id)))
