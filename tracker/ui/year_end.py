"""The end of a year from the menus: papers of the year, archive, taking the unfinished over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from tracker.base.errors import UserError
from tracker.base.file_names import report_name
from tracker.ui.exports import TABLE_KINDS, documents

if TYPE_CHECKING:
    from tracker.domain.carry import CarryPlan
    from tracker.ops.archive import Archived
    from tracker.ops.archive_list import ArchiveCheck
    from tracker.ops.year_papers import YearPapers
    from tracker.ui.kit import Kit
    from tracker.ui.main_window import MainWindow

_MOST_TOLD = 12


class YearEnd:
    """What the menus offer for the ledger in sight when a year ends."""

    def __init__(self, window: MainWindow, kit: Kit) -> None:
        self._window = window
        self._kit = kit

    def papers(self) -> None:
        """Show the 年度总表 and the units' records page by page."""
        from tracker.ops.year_papers import year_papers

        hub = self._kit.hub
        office, ledger, now = hub.office, hub.ledger, hub.now
        if office is None or ledger is None:
            return
        self._window.finish_editing()

        def show(papers: YearPapers) -> None:
            from tracker.ui.dialogs.year import YearDialog

            YearDialog(
                self._kit,
                papers,
                lambda name: self._export(papers, name),
                self._export_all,
                self._window,
            ).show()

        self._kit.runner.write_file(
            "正在汇总全年", lambda _progress: year_papers(office, ledger, now=now), show
        )

    def _export(self, papers: YearPapers, name: str) -> None:
        from tracker.ops.table_files import ENDINGS

        what = name if name in papers.names[:2] else f"年度记录 {name}"
        ledger, day = papers.facts.ledger.name, papers.now.date()
        offered = documents() / report_name(ledger, what, ENDINGS[0], day=day)
        asked = self._kit.messages.ask_save(f"导出{what}", str(offered), TABLE_KINDS)
        if not asked:
            return
        target = Path(asked)
        if target.suffix.lower() not in ENDINGS:
            target = target.with_name(target.name + ENDINGS[0])
        self._kit.runner.write_file(
            f"正在导出{what}",
            lambda _progress: papers.export(name, target).path,
            lambda path: self._tell_written(path, f"已导出 {path.name}"),
        )

    def _export_all(self) -> None:
        from tracker.ops.unit_years import export_unit_records

        hub = self._kit.hub
        office, ledger, now = hub.office, hub.ledger, hub.now
        asked = self._kit.messages.ask_folder("单位年度记录写到哪里", str(documents()))
        if office is None or ledger is None or not asked:
            return
        folder = Path(asked) / report_name(ledger.name, "单位年度记录", "", day=now.date())
        self._kit.runner.write_file(
            "正在写单位年度记录",
            lambda progress: export_unit_records(
                office, ledger, folder, now=now, progress=progress
            ),
            lambda paths: self._tell_written(folder, f"已写好 {len(paths)} 个文件"),
        )

    def archive(self) -> None:
        """Ask where to and write everything of the ledger into a folder."""
        from tracker.ops.archive import make_archive

        hub = self._kit.hub
        office, ledger, now = hub.office, hub.ledger, hub.now
        if office is None or ledger is None:
            return
        self._window.finish_editing()
        asked = self._kit.messages.ask_folder("归档文件夹放在哪里", str(documents()))
        if not asked:
            return
        folder = Path(asked) / report_name(ledger.name, "归档", "", day=now.date())

        def done(archived: Archived) -> None:
            more = f"；{archived.warnings[-1]}" if archived.warnings else ""
            self._tell_written(folder, f"已归档，共{archived.files}个文件{more}")

        self._kit.runner.write_file(
            "正在归档",
            lambda progress: make_archive(office, ledger, folder, now=now, progress=progress),
            done,
        )

    def check_archive(self) -> None:
        """Ask for an archive and say whether it is as it was made."""
        from tracker.ops.archive import check_archive

        asked = self._kit.messages.ask_folder("选择要核对的归档文件夹", str(documents()))
        if not asked:
            return
        folder = Path(asked)
        self._kit.runner.read(
            "正在核对归档", lambda progress: check_archive(folder, progress), self._tell_check
        )

    def _tell_check(self, found: ArchiveCheck) -> None:
        lines = found.lines()
        if not found:
            self._kit.messages.tell(lines[0])
            return
        shown = "\n".join(lines[:_MOST_TOLD])
        more = f"\n等{len(lines)}处" if len(lines) > _MOST_TOLD else ""
        self._kit.messages.problem(
            UserError("归档与目录不一致", f"{shown}{more}", "请用另外保存的归档核对")
        )

    def carry_over(self) -> None:
        """Open the form that takes the unfinished over into a new year's ledger."""
        from tracker.ops.carry_over import plan_carry

        hub = self._kit.hub
        office, ledger, today = hub.office, hub.ledger, hub.today
        if office is None or ledger is None:
            return
        self._window.finish_editing()

        def show(plan: CarryPlan) -> None:
            from tracker.ui.dialogs.carry_over import CarryDialog

            if not any(line.may_go for line in plan.lines):
                self._kit.messages.tell(f"“{ledger.name}”没有可以结转的任务")
                return
            CarryDialog(self._kit, ledger, plan, self._open_ledger, self._window).open()

        self._kit.runner.read(
            "正在读取任务", lambda _progress: plan_carry(office, ledger, today), show
        )

    def _open_ledger(self, name: str) -> None:
        from tracker.ops.ledgers import choose_ledger

        office = self._kit.hub.office
        if office is not None:
            self._window.commands.choose_ledger(choose_ledger(office, name).id)

    def _tell_written(self, path: Path, words: str) -> None:
        url = QUrl.fromLocalFile(str(path))
        self._kit.messages.tell(words, "打开", lambda: QDesktopServices.openUrl(url))
