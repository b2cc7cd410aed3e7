"""归档: a folder with everything of a ledger's year, and the SHA-256 of every file in it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from tracker.base.errors import StoreProblem
from tracker.base.file_names import safe_file_name, safe_name
from tracker.base.progress import Progress
from tracker.domain.content import Content, ContentRow
from tracker.domain.terms import RoundState
from tracker.ops.archive_folder import building
from tracker.ops.archive_list import check_archive, is_archive, listed, write_list
from tracker.ops.breakdown import breakdown_content, breakdown_of
from tracker.ops.circular import compose_circular
from tracker.ops.circular_files import ENDINGS as LETTERS
from tracker.ops.circular_files import write_circular
from tracker.ops.editions import edition_of
from tracker.ops.reports import export_situation
from tracker.ops.round_facts import round_content
from tracker.ops.rounds import list_rounds
from tracker.ops.slips import export_slip, file_name
from tracker.ops.table_files import export_table
from tracker.ops.unit_years import unit_table, units_table
from tracker.ops.upkeep import backup_office
from tracker.ops.year import table_of
from tracker.ops.year_facts import year_facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from tracker.domain.archive import KeptFile
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.ops.archive_list import ListedFile
    from tracker.ops.office import Office
    from tracker.ops.year_facts import YearFacts
    from tracker.reports.looks import Layout

__all__ = ["Archived", "check_archive", "make_archive"]

DATABASE = "台账文件.db"
INDEX = "目录.xlsx"
_TABLES = (".xlsx", ".pdf")
_YEAR, _UNITS, _SLIPS = "年度总表", "单位年度记录", "单子"
_DOCUMENTS, _EVIDENCE, _RETURNS = "文件原件", "佐证材料", "各单位来件"
_KINDS = {
    _UNITS: "单位年度记录",
    _SLIPS: "单子",
    _DOCUMENTS: "文件原件",
    _EVIDENCE: "佐证材料",
    _RETURNS: "单位来件",
    _YEAR: "年度总表",
}


@dataclass(frozen=True, slots=True)
class Archived:
    """A written archive: where it lies, how many files it holds, what the clerk should know."""

    path: Path
    files: int
    warnings: tuple[str, ...] = ()


def make_archive(
    office: Office,
    ledger: LedgerRow,
    folder: Path,
    *,
    now: datetime,
    progress: Progress | None = None,
) -> Archived:
    """Write the archive of a ledger into a folder of its own, swapped in when it is whole.

    The same office at the same moment gives the same files, but for the copy of the database:
    SQLite notes in it how often it was written. An archive that lies there already is replaced.

    Raises:
        UserError: nothing to archive, or the folder holds something else.
        FileProblem: it cannot be written.
        Cancelled: the user asked to stop; nothing is left behind.
    """
    facts = year_facts(office, ledger, now.date())
    with building(folder, is_archive) as waiting:
        writer = _Writer(office, ledger, waiting, now, progress or Progress())
        writer.year(facts)
        closed = writer.rounds()
        writer.slips()
        writer.kept_files()
        writer.database()
        warnings = writer.finish(closed)
    return Archived(folder, len(listed(folder)), warnings)


class _Writer:
    """Fills the folder of one archive."""

    def __init__(
        self,
        office: Office,
        ledger: LedgerRow,
        folder: Path,
        now: datetime,
        progress: Progress,
    ) -> None:
        self._office = office
        self._ledger = ledger
        self._folder = folder
        self._now = now
        self._progress = progress
        self._warnings: list[str] = []

    def year(self, facts: YearFacts) -> None:
        """Write the table of the year, the breakdown, and the units' records."""
        self._table(f"{_YEAR}", table_of(facts, self._now))
        from tracker.reports.breakdown import breakdown_layout

        content = breakdown_content(self._office, self._ledger, self._now)
        self._table("责任分解表", (content, breakdown_layout(content)))
        self._table(f"{_UNITS}/汇总", units_table(facts, self._now))
        for place, unit in enumerate(facts.units, 1):
            name = safe_name(unit.unit)
            self._table(f"{_UNITS}/{place:02d} {name}", unit_table(facts, unit, self._now))

    def rounds(self) -> list[RoundRow]:
        """Write the papers of every closed round; return the rounds that stand open."""
        open_ones = []
        for round_ in list_rounds(self._office, self._ledger):
            if round_.state is RoundState.CLOSED:
                self._round(round_)
            else:
                open_ones.append(round_)
        return open_ones

    def _round(self, round_: RoundRow) -> None:
        from tracker.reports.breakdown import breakdown_layout

        office, ledger, now = self._office, self._ledger, self._now
        edition = edition_of(office, round_)
        if edition is None:
            raise LookupError(f"round {round_.id} is closed and has no edition")
        folder = f"第{round_.number:02d}期"
        for ending in _TABLES:
            target = self._place(f"{folder}/落实情况表{ending}")
            done = export_situation(office, ledger, round_, target, now=now)
            self._done(target, done.warnings)
        held = round_content(office, ledger, round_)
        content = breakdown_of(held.ledger or ledger, held.tasks, now)
        self._table(f"{folder}/责任分解表", (content, breakdown_layout(content)))
        # A circular is dated the day it was approved, not the day it is put away.
        circular = compose_circular(office, ledger, round_, now=edition.at)
        for ending in LETTERS:
            target = self._place(f"{folder}/通报{ending}")
            self._done(target, write_circular(circular, target))

    def slips(self) -> None:
        """Write every slip of the ledger as it was issued."""
        with self._office.read() as view:
            slips = view.slips(self._ledger.id)
        for slip in reversed(slips):
            target = self._place(f"{_SLIPS}/{file_name(slip)}")
            self._done(target, export_slip(self._office, slip.code, target))

    def kept_files(self) -> None:
        """Write documents, evidence and returned files under their own names."""
        with self._office.read() as view:
            documents = view.document_files(self._ledger.id)
            evidence = view.evidence_files(self._ledger.id)
            returned = view.all_returned_files(self._ledger.id)
        self._keep(documents, lambda _file: _DOCUMENTS)
        self._keep(evidence, _evidence_folder)
        self._keep(returned, _return_folder)

    def _keep(self, files: Sequence[KeptFile], folder_of: Callable[[KeptFile], str]) -> None:
        taken: dict[str, set[str]] = defaultdict(set)
        for place, file in enumerate(files):
            folder = folder_of(file)
            self._progress.step(f"正在写“{file.name}”", place, len(files))
            name = _free_name(safe_file_name(file.name), taken[folder])
            with self._office.read() as view:
                content = view.blob(file.blob_hash)
            if content is None:
                raise StoreProblem(
                    f"台账里缺少文件“{file.name}”的内容", "", "请用 check 检查台账文件"
                )
            self._place(f"{folder}/{name}").write_bytes(content)

    def database(self) -> None:
        """Copy the database file."""
        self._progress.step("正在复制台账文件")
        backup_office(self._office.path, self._now, self._place(DATABASE))

    def finish(self, still_open: Iterable[RoundRow]) -> tuple[str, ...]:
        """Write the list as a workbook and as a text; return what the clerk should know."""
        for round_ in still_open:
            self._warnings.append(
                f"第{round_.number}期没有定稿，没有单独的报表；它的内容在年度总表里"
            )
        files = listed(self._folder, self._progress)
        content = self._index(files)
        from tracker.reports.looks import load_layout

        export_table(content, load_layout("archive"), self._folder / INDEX)
        notes = (
            f"专项：{self._ledger.name}",
            f"归档时间：{self._now:%Y-%m-%d %H:%M}",
            "每行：SHA-256 校验值、文件",
            f"同一台账同一时刻再次归档，除“{DATABASE}”和目录外，各文件的校验值不变",
            *self._warnings,
        )
        write_list(self._folder, listed(self._folder, self._progress), notes)
        return tuple(self._warnings)

    def _index(self, files: Sequence[ListedFile]) -> Content:
        rows = tuple(
            ContentRow(
                number=str(place),
                section=_kind_of(file.path),
                task=file.path,
                state=_size_words(file.size),
                remark=file.digest,
            )
            for place, file in enumerate(files, 1)
        )
        return Content(
            title=f"{self._ledger.name}归档目录",
            meta=(f"归档时间：{self._now:%Y-%m-%d %H:%M}　　共{len(rows)}个文件",),
            rows=rows,
            created=self._now,
        )

    def _table(self, name: str, table: tuple[Content, Layout]) -> None:
        content, layout = table
        for ending in _TABLES:
            target = self._place(f"{name}{ending}")
            self._progress.step(f"正在写“{target.name}”")
            self._done(target, export_table(content, layout, target).warnings)

    def _place(self, name: str) -> Path:
        target = self._folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def _done(self, target: Path, warnings: Iterable[str]) -> None:
        """Take note of a written paper; a PDF is given the archive's moment, not the clock's."""
        if target.suffix == ".pdf":
            from tracker.printing.pdf_moment import set_moment

            set_moment(target, self._now)
        name = target.relative_to(self._folder).as_posix()
        self._warnings += [f"{name}：{warning}" for warning in dict.fromkeys(warnings)]


def _evidence_folder(file: KeptFile) -> str:
    called = f"第{file.number}项 {file.code}" if file.number else file.code
    return f"{_EVIDENCE}/{safe_name(called)}"


def _return_folder(file: KeptFile) -> str:
    unit = safe_name(file.unit) if file.unit else "未认领"
    return f"{_RETURNS}/第{file.round or 0:02d}期/{unit}"


def _free_name(name: str, taken: set[str]) -> str:
    """Return the name, numbered before its ending where it is taken in its folder."""
    path = PurePosixPath(name)
    candidate, number = name, 2
    while candidate.casefold() in taken:
        candidate, number = f"{path.stem}（{number}）{path.suffix}", number + 1
    taken.add(candidate.casefold())
    return candidate


def _kind_of(path: str) -> str:
    first = PurePosixPath(path).parts[0]
    if first == DATABASE:
        return "台账文件副本"
    stem = PurePosixPath(first).stem
    if first.startswith("第"):
        return "各期报表"
    return _KINDS.get(stem, stem)


def _size_words(size: int) -> str:
    if size < 1024:
        return f"{size} 字节"
    if size < 1024 * 1024:
        return f"{size / 1024:.1f} KB"
    return f"{size / 1024 / 1024:.1f} MB"
