"""A scripted walk through the window with a picture of every screen, to be looked at.

Run with `python -m tests.screens.walk --out DIR`; options give size, text size and palette.
`QT_SCALE_FACTOR=1.5` before it shows what a screen at 150 % shows.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if sys.platform == "linux" and not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import openpyxl
from PySide6.QtCore import QEventLoop, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from tests.helpers import documents_to_review as documents
from tests.helpers.round_story import tell
from tests.helpers.samples import HEADER
from tests.screens.walk_papers import walk_papers
from tests.screens.walk_windows import walk_windows
from tracker.domain.board import BoardState
from tracker.domain.terms import Completion
from tracker.ops.ledgers import list_ledgers
from tracker.ops.rounds import list_rounds
from tracker.ops.tasks import list_tasks
from tracker.ui.app import make_application
from tracker.ui.board.words import Group, Step
from tracker.ui.dialogs.preview import PreviewDialog
from tracker.ui.imports.stepper import COLUMNS, FILE, MATCHES, REVIEW
from tracker.ui.layouts.preview_pane import DELAY_MS
from tracker.ui.layouts.window import LayoutWindow
from tracker.ui.main_window import MainWindow
from tracker.ui.recent import Choices
from tracker.ui.returns.pick_dialog import PickDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.domain.task import TaskRow

DIALOGS = (
    "new_task",
    "edit_task",
    "extend_task",
    "split_task",
    "merge_tasks",
    "withdraw_task",
    "close_task",
    "new_round",
    "show_about",
)


class Walk:
    """Goes from screen to screen and keeps a picture of each."""

    def __init__(
        self, application: QApplication, options: argparse.Namespace, clock: object = datetime.now
    ) -> None:
        self._application = application
        self._out = Path(options.out)
        self._out.mkdir(parents=True, exist_ok=True)
        self._folder = Path(tempfile.mkdtemp())
        settings = QSettings(str(self._folder / "x.ini"), QSettings.Format.IniFormat)
        self.window = MainWindow(application, "张三", clock, choices=Choices(settings))
        width, height = (int(part) for part in options.size.split("x"))
        self.window.resize(width, height)
        self.window.kit.theme.set_dark(options.dark)
        self.window.kit.theme.set_size(options.text)
        self.window.show()
        self._number = 0
        self._papers_only = options.papers
        self._windows_only = options.windows

    def settle(self) -> None:
        """Let work end and everything be painted."""
        for _ in range(30):
            self._application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        while self.window.kit.runner.is_busy:
            self._application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        for _ in range(10):
            self._application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def keep(self, name: str, widget: object = None) -> None:
        """Save a picture of the window, or of another widget."""
        self.settle()
        self._number += 1
        (widget or self.window).grab().save(str(self._out / f"{self._number:02}-{name}.png"))

    def go(self) -> None:
        """Walk."""
        self.keep("start")
        self.window.commands.open_sample()
        self.settle()
        hub = self.window.kit.hub
        ledger = max(list_ledgers(hub.office), key=lambda row: row.tasks)
        hub.show(hub.office, ledger, list_rounds(hub.office, ledger)[-1])
        self.keep("ledger")
        tasks = list_tasks(hub.office, ledger)
        if self._papers_only:
            hub.select(tasks[2].code)
            walk_papers(self)
            return
        if self._windows_only:
            hub.select(tasks[2].code)
            walk_windows(self)
            return
        hub.select(tasks[2].code)
        self.keep("detail")
        hub.narrow(text="改造")
        self.keep("filtered")
        hub.narrow(text="没有这样的词")
        self.keep("empty")
        hub.narrow(text="")
        for name in ("时限图", "统计", "单项批示"):
            self.window.view(name)
            self.keep(name)
        self.window.view("台账")
        self.take_in_hand(tasks)
        for name in DIALOGS:
            self._dialog(name)
        walk_papers(self)
        walk_windows(self)
        self.layouts()
        self.import_steps(tasks)
        self.window.import_page().cancel()
        self.send_and_collect()
        self.decompose()
        self.board()
        self.window.commands.show_manual()
        self.keep("manual", self.window.commands._manual)

    def layouts(self) -> None:
        """Keep a picture of the layout window as it opens, changed, with a fault, and left."""
        self.window.commands.edit_layouts()
        self.settle()
        (window,) = self.window.findChildren(LayoutWindow)
        window.resize(self.window.width() - 26, self.window.height() - 48)
        self._laid_out(window, "layouts")
        window.columns.put_in("light")
        window.rows.group.setCurrentIndex(1)
        window.rows.merged.setCurrentIndex(1)
        window.rows.marks.click()
        self._laid_out(window, "layouts-grouped")
        bar = window.middle.widget(0).verticalScrollBar()
        for name, share in (("middle", 0.5), ("end", 1.0)):
            bar.setValue(round(bar.maximum() * share))
            self._laid_out(window, f"layouts-{name}")
        bar.setValue(0)
        window.columns.table.selectAll()
        window.columns.remove.click()
        self._laid_out(window, "layouts-fault")
        window.desk.open(window.desk.draft)
        window.reject()
        self.window.commands.preview_table()
        self.settle()
        (preview,) = self.window.findChildren(PreviewDialog)
        self._laid_out(preview, "preview")
        preview.close()

    def _laid_out(self, widget: QWidget, name: str) -> None:
        """Keep a picture when the pages in it are those of the layout in hand."""
        self.wait(DELAY_MS * 2)
        self.keep(name, widget)

    def show_menu(self, name: str, menu: QMenu) -> None:
        """Keep a picture of a menu."""
        menu.popup(self.window.mapToGlobal(self.window.rect().topLeft()))
        self.keep(name, menu)
        menu.close()

    def wait(self, milliseconds: int) -> None:
        """Let so much time go by."""
        over = []
        QTimer.singleShot(milliseconds, lambda: over.append(True))
        while not over:
            self._application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def take_in_hand(self, tasks: Sequence[TaskRow]) -> None:
        """Select a task that waits to be closed; a closed one is neither closed nor extended."""
        code = next(task.code for task in tasks if task.completion is Completion.DONE)
        self.window.kit.hub.select(code)
        self.settle()

    def _dialog(self, name: str, picture: str = "") -> None:
        """Open a dialog by its action, keep its picture, close it."""
        taken = []

        def take() -> None:
            taken.append(name)
            shown = [w for w in self._application.topLevelWidgets() if w.isVisible()]
            for widget in shown:
                if isinstance(widget, QDialog):
                    self.keep(picture or name, widget)
                    widget.reject()

        QTimer.singleShot(300, take)
        self.window.actions_by_name[name].trigger()
        while not taken:
            self.settle()

    def board(self) -> None:
        """Keep a picture of a round that is being collected, of what is done in it, and closed."""
        hub = self.window.kit.hub
        ledger = max(list_ledgers(hub.office), key=lambda row: row.tasks)
        story = tell(hub.office, ledger, self._folder / "本期", hub.now)
        hub.show(hub.office, ledger, story.round)
        view = self.window.view("反馈回收")
        self.keep("board")
        for group in (Group.CHECK, Group.DONE):
            view.filters.choose(group)
            self.keep(f"board-{group.name.lower()}")
        view.filters.clear()
        self.settle()
        for state, steps in (
            (BoardState.MISSING, (Step.REMIND, Step.CALL, Step.DUE, Step.EXEMPT, Step.TYPE)),
            (BoardState.TO_CHECK, (Step.LOOK,)),
            (BoardState.TO_TYPE, (Step.TYPE,)),
        ):
            for step in steps:
                view.table.choose([x.unit_id for x in view.model.lines if x.row.state is state][:1])
                self._opened(f"board-{state.value}-{step.value}", partial(view.do, step))
        self._opened("board-claim", partial(view.steps.claim, view.board.unclaimed[0]))
        self._opened("board-dates", view.dates.click)
        self.evidence()
        self._opened("close-round", self.window.actions_by_name["close_round"].trigger, agree=True)
        self.window.view("反馈回收")
        self.keep("board-closed")
        self._opened("reopen-round", self.window.actions_by_name["reopen_round"].trigger)

    def evidence(self) -> None:
        """Keep a picture of a task with evidence, and of files held over the panel."""
        self.window.view("台账")
        panel = self.window.furnished_detail()
        paths = [self._folder / name for name in ("竣工验收报告（盖章）.pdf", "现场照片.jpg")]
        for path in paths:
            path.write_bytes(b"x" * 350_000)
        self.settle()
        panel.evidence.add(paths)
        self.settle()
        bar = panel._area.verticalScrollBar()
        bar.setValue(bar.maximum())
        self.keep("evidence")
        panel._drop.show()
        self.keep("evidence-drop")
        panel._drop.hide()

    def _opened(self, name: str, open_it: Callable[[], object], *, agree: bool = False) -> None:
        """Keep a picture of the dialog that something opens; agree to it or leave it."""
        open_it()
        self.settle()
        shown = [w for w in self._application.topLevelWidgets() if w.isVisible()]
        for dialog in (w for w in shown if isinstance(w, QDialog)):
            self.keep(name, dialog)
            if agree:
                dialog.agree.click()
            else:
                dialog.reject()
        self.settle()

    def decompose(self) -> None:
        """Take documents apart: doubts, fields, the corrected version, news, a near miss."""
        page = self.window.decompose_page()
        page.start_paste(documents.document())
        self.keep("decompose")
        page.review.panel.edit()
        self.keep("decompose-fields")
        page.review.close_editor()
        page.review.write.click()
        self.keep("decompose-written")
        page = self.window.decompose_page()
        changed = documents.FIRST.replace("12公里", "15公里").replace("6月底", "8月底")
        page.start_paste(documents.document(changed, documents.SECOND, documents.DAMAGED))
        self.settle()
        page.review.go_to(page.review.desk.now.drafts[0].id)
        self.keep("decompose-again")
        page.start_paste(documents.NEWS)
        self.keep("decompose-news")
        page.start_paste(documents.NEAR)
        self.keep("decompose-near")
        page.cancel()

    def send_and_collect(self) -> None:
        """Send a round's forms, fill some in as units do, review and write what came back."""
        self.window.commands.send_forms()
        self.keep("send")
        page = self.window.send_page()
        (collective, *_) = page.sending.collectives
        page.choose.collectives.name_buttons[collective.unit_id].click()
        self.settle()
        asked = next(found for found in page.findChildren(PickDialog) if found.isVisible())
        asked.list.item(0).setCheckState(Qt.CheckState.Checked)
        self.keep("send-name", asked)
        asked.agree.click()
        self.keep("send-named")
        folder = self._folder / "反馈表"
        page.send_to(folder)
        page.choose.send.click()
        self.keep("send-done")
        page.done.finished.emit()
        for place, path in enumerate(sorted(folder.glob("*-反馈表.xlsx"))[:12]):
            fill_form(path, changed=place == 0, blank=place == 1, added=place == 2)
        (folder / "情况说明.txt").write_text("近期工作正常推进。", encoding="utf-8")
        (folder / "来函.xlsx").write_bytes(b"PK broken")
        self.window.commands.collect_returns()
        self.keep("collect-drop")
        page = self.window.returns_page()
        page.start((folder,))
        self.keep("collect")
        for number in range(1, 4):
            page.review.go_to_next_open()
            self.keep(f"collect-next{number}")
        page.review.list.go_to(page.review.files.rowCount() - 1)
        self.keep("collect-last")
        page.review.apply.click()
        self.keep("collect-done")
        page.done.finished.emit()

    def import_steps(self, tasks: list) -> None:
        """Keep a picture of every step of an import, of a known table and of a strange one."""
        self.paste(tasks)
        self.keep("import")
        page = self.window.import_page()
        for step in (FILE, COLUMNS, MATCHES, REVIEW):
            page.steps.wanted.emit(step)
            self.keep(f"import-{step}")
        page.review.apply.click()
        self.keep("import-done")
        page.done.finished.emit()
        lines = ("号头\t要干的活\t谁来干\t干到哪了", "1\t清理河道淤积。\t县水利局\t已清理两公里。")
        self.window.import_page().start_paste("\n".join(lines))
        self.keep("import-unknown")
        page.mapping.view.header_shown.emit(1, 1)
        self.settle()
        for column, field in enumerate(("number", "task", "responsible", "progress")):
            page.mapping.view.heads.chosen.emit(column, field)
            self.settle()
        self.keep("import-said")
        page.cancel()

    def paste(self, tasks: list) -> None:
        """Import a table of which some rows are new, reworded or the same."""
        lines = ["重点任务落实情况表", HEADER]
        for task in tasks[:8]:
            words = task.text if task.number != "2" else task.text.replace("项目", "工程项目")
            units = "、".join(task.roles.lead)
            lines.append(f"{task.number}\t{words}\t{units}\t本期新报：已完成第{task.number}阶段。")
        lines.append("99\t谋划建设县城智慧停车平台。\t县城管局\t正在可研。")
        lines.append("合计\t9项")
        self.window.import_page().start_paste("\n".join(lines))


def fill_form(path: Path, *, changed: bool, blank: bool, added: bool) -> None:
    """Fill a form in; as units do, change a task, leave all blank, add a row."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if any(c.value == "本期进展" for c in row))
    columns = {str(cell.value): cell.column for cell in head if cell.value}
    row = first = head[0].row + 1
    while all(sheet.cell(row, columns[name]).value for name in ("任务编号", "工作任务")):
        if not blank:
            sheet.cell(row, columns["本期进展"]).value = f"本期完成第{row}批现场验收，资料已归档。"
            sheet.cell(row, columns["完成率（%）"]).value = 60
        row += 1
    if changed:
        task = sheet.cell(first, columns["工作任务"])
        task.value = f"力争{task.value}"
    if added:
        sheet.cell(row, columns["工作任务"]).value = "另：筹备秋季现场会。"
    book.save(path)


def show_on_screen_of(size: str) -> None:
    """Give the offscreen platform a screen of this size; its own is too small for dialogs."""
    if os.environ.get("QT_QPA_PLATFORM") != "offscreen":
        return
    width, height = (int(part) for part in size.split("x"))
    share = float(os.environ.get("QT_SCALE_FACTOR", "1"))
    screen = {"width": round(width * share), "height": round(height * share)}
    asked = {"screens": [{"name": "screen", "x": 0, "y": 0, "dpr": 1, **screen}]}
    path = Path(tempfile.mkdtemp()) / "screen.json"
    path.write_text(json.dumps(asked), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={path}"


def main() -> None:
    """Read the options and walk."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", required=True)
    parser.add_argument("--size", default="1366x768")
    parser.add_argument("--text", type=int, default=13)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--papers", action="store_true", help="only what is printed and listed")
    parser.add_argument("--windows", action="store_true", help="only the windows of their own")
    options = parser.parse_args()
    show_on_screen_of(options.size)
    Walk(make_application(["x"]), options).go()


if __name__ == "__main__":
    main()
