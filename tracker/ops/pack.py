"""The pack of a meeting (会议材料包): everything of a round, of one moment, in one new folder."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.base.file_names import report_name, safe_name
from tracker.base.progress import Progress
from tracker.domain.content import Content, ContentRow
from tracker.ops.list_facts import list_facts
from tracker.ops.lists import DAYS_AHEAD
from tracker.ops.new_folder import make_within, new_folder
from tracker.ops.office import Office
from tracker.ops.pack_jobs import (
    EVERY_PART,
    PART_WORDS,
    NothingToShow,
    Packing,
    PackPart,
    slips_of_round,
)
from tracker.ops.table_files import export_table
from tracker.store.backup import copy_database

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from tracker.domain.layout import LayoutDraft
    from tracker.domain.ledger import LedgerRow, RoundRow

__all__ = [
    "EVERY_PART",
    "PACK",
    "PART_WORDS",
    "Pack",
    "PackFile",
    "PackPart",
    "PackWishes",
    "pack_counts",
    "pack_name",
    "write_pack",
]

PACK = "会议材料包"
INDEX = "清单.xlsx"
_COPY = ".~台账.db"
_NAME = 30


@dataclass(frozen=True, slots=True)
class PackWishes:
    """What a user may choose about the pack.

    Attributes:
        parts: what goes in.
        layout: in which the 落实情况表 is printed; empty for its own.
        days: how far the list of what is due looks.
    """

    parts: frozenset[PackPart] = EVERY_PART
    layout: str | LayoutDraft = ""
    days: int = DAYS_AHEAD


ALL_OF_IT = PackWishes()


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file of the pack.

    Attributes:
        count: how much stands in it, in words (“33项”).
    """

    part: PackPart
    path: Path
    what: str
    count: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A written pack.

    Attributes:
        index: the list of its files.
        left_out: what no file shows, with the reason.
        empty: parts that were wanted and have nothing in this round.
        warnings: what the clerk should know about the files, each once.
    """

    folder: Path
    index: Path
    files: tuple[PackFile, ...]
    left_out: tuple[str, ...]
    empty: tuple[PackPart, ...]
    warnings: tuple[str, ...]


def pack_name(ledger: LedgerRow, round_: RoundRow, now: datetime) -> str:
    """Return the name of the folder a pack goes into."""
    short = safe_name(ledger.name, _NAME)
    return report_name(short, PACK, "", round_number=round_.number, day=now.date())


def pack_counts(
    office: Office, ledger: LedgerRow, round_: RoundRow, *, now: datetime
) -> Mapping[PackPart, int]:
    """Return how many files each part would have.

    Raises:
        UserError: the ledger has no task.
    """
    jobs = _packing(office, ledger, round_, now, ALL_OF_IT).jobs(EVERY_PART)
    counted = Counter(job.part for job in jobs)
    return {part: counted[part] for part in PackPart}


def write_pack(
    office: Office,
    ledger: LedgerRow,
    round_: RoundRow,
    parent: Path,
    *,
    now: datetime,
    wishes: PackWishes = ALL_OF_IT,
    progress: Progress | None = None,
) -> Pack:
    """Write the pack into a new folder in `parent`: the whole of it, or nothing.

    Everything is read from one copy of the office's file, so that all figures are of one moment,
    whatever is changed while the pack is written.

    Raises:
        UserError: nothing is chosen, the ledger has no task, or a file cannot be written.
        Cancelled: the user asked to stop.
    """
    if not wishes.parts:
        raise UserError("没有选择任何材料", "", "请至少选一种")
    progress = progress or Progress()
    progress.step("正在读取台账")
    with new_folder(parent, pack_name(ledger, round_, now)) as folder:
        with _of_one_moment(office, folder.waiting / _COPY) as still:
            packing = _packing(still, ledger, round_, now, wishes)
            files, left_out, warnings = _written(packing, wishes, folder.waiting, progress)
        found = {file.part for file in files}
        empty = tuple(part for part in PackPart if part in wishes.parts - found)
        told = [*left_out, *(f"{PART_WORDS[part]}：本期没有" for part in empty)]
        warnings += _write_index(packing, files, told, folder.waiting)
        progress.step("正在放入文件夹", len(files), len(files))
    place = folder.place or parent
    return Pack(
        place,
        place / INDEX,
        tuple(PackFile(f.part, folder.at_last(f.path), f.what, f.count) for f in files),
        tuple(left_out),
        empty,
        tuple(dict.fromkeys(warnings)),
    )


@contextmanager
def _of_one_moment(office: Office, path: Path) -> Iterator[Office]:
    """Give a copy of the office that nobody changes; it is gone afterwards."""
    copy_database(office.path, path)
    still = Office(path)
    try:
        yield still
    finally:
        still.close()
        path.unlink()


def _packing(
    office: Office, ledger: LedgerRow, round_: RoundRow, now: datetime, wishes: PackWishes
) -> Packing:
    with office.read() as view:
        rounds = view.rounds(ledger.id)
        slips = view.slips(ledger.id)
        current = next((row for row in view.ledgers() if row.id == ledger.id), ledger)
    standing = next((row for row in rounds if row.id == round_.id), None)
    if standing is None:
        raise UserError(f"第{round_.number}期已经没有了", "", "请重新选择期数")
    facts = list_facts(office, current, standing, now)
    return Packing(
        office, facts, slips_of_round(slips, rounds, standing), wishes.layout, wishes.days
    )


def _written(
    packing: Packing, wishes: PackWishes, folder: Path, progress: Progress
) -> tuple[list[PackFile], list[str], list[str]]:
    from tracker.printing.fonts import drawing_application

    files: list[PackFile] = []
    left_out = list(packing.left_out)
    warnings: list[str] = []
    with drawing_application():
        jobs = packing.jobs(wishes.parts)
        for place, job in enumerate(jobs):
            progress.step(f"正在写“{job.path.name}”", place, len(jobs))
            target = folder / job.path
            make_within(folder, target.parent)
            try:
                count, told = job.write(target)
            except NothingToShow as nothing:
                left_out.append(f"{job.what}（{job.path.suffix}）：{nothing}")
                continue
            files.append(PackFile(job.part, target, job.what, count))
            warnings += told
    return files, list(dict.fromkeys(left_out)), warnings


def _write_index(
    packing: Packing, files: list[PackFile], left_out: list[str], folder: Path
) -> list[str]:
    from tracker.reports.looks import load_layout

    facts = packing.facts
    rows = [
        ContentRow(
            number=str(place),
            task=file.what,
            extra={"file": file.path.relative_to(folder).as_posix(), "count": file.count},
        )
        for place, file in enumerate(files, 1)
    ]
    rows += [ContentRow(task=said, extra={"file": "（未列）"}) for said in left_out]
    content = Content(
        f"{facts.ledger.name}第{facts.round.number}期{PACK}清单",
        meta=(f"共{len(files)}个文件", f"{facts.now:%Y-%m-%d %H:%M}"),
        rows=tuple(rows),
        created=facts.now,
    )
    return list(export_table(content, load_layout("list_pack"), folder / INDEX).warnings)
