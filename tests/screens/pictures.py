"""The pictures of the manual and the README, made by a script so that they stay true.

Run with `python -m tests.screens.pictures`; it writes `resources/manual/*.png` anew from the
sample office as it looks on one fixed day. The printed page needs LibreOffice and is left as it
is where there is none.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from PySide6.QtTest import QTest

from tests.helpers import documents_to_review as documents
from tests.helpers.pages import to_pdf
from tests.screens.walk import Walk, fill_form
from tracker.base.paths import resource
from tracker.domain.reform import ReformKind
from tracker.ops.collectives import list_units
from tracker.ops.ledgers import list_ledgers
from tracker.ops.reports import export_situation
from tracker.ops.rounds import list_rounds
from tracker.ops.tasks import list_tasks
from tracker.ui.app import make_application
from tracker.ui.dialogs.circular import CircularDialog
from tracker.ui.dialogs.pack import PackDialog
from tracker.ui.gantt.wall_dialog import WallDialog
from tracker.ui.imports.stepper import COLUMNS
from tracker.ui.layouts.window import LayoutWindow
from tracker.ui.units.window import UnitsWindow
from tracker.ui.units.wizard import ReformWizard

DAY = datetime(2026, 9, 18, 9, 30)
FOLDER = resource("manual")
PAGE = "page"
_COLOURS = 128
_PAGE_DOTS = 90
_LAYING_OUT_MS = 900
"""A window of pages begins to lay out a moment after it was opened."""


class Story(Walk):
    """Walks the manual's first hour."""

    def keep(self, name: str, widget: object = None) -> None:
        """Save a picture under its own name, with few colours to keep the manual small."""
        from PIL import Image

        self.settle()
        path = self._out / f"{name}.png"
        (widget or self.window).grab().save(str(path))
        with Image.open(path) as picture:
            picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(
                path, optimize=True
            )

    def go(self) -> None:
        """Walk."""
        self.keep("start")
        self.window.commands.open_sample()
        self.settle()
        hub = self.window.kit.hub
        ledger = max(list_ledgers(hub.office), key=lambda row: row.tasks)
        round_ = list_rounds(hub.office, ledger)[-1]
        hub.show(hub.office, ledger, round_)
        tasks = list_tasks(hub.office, ledger)
        hub.select(tasks[2].code)
        self.keep("ledger")
        self.window.view("今日")
        self.keep("today")
        for name, view in (("gantt", "时限图"), ("charts", "统计"), ("instructions", "单项批示")):
            self.window.view(view)
            self.keep(name)
        self.window.view("台账")
        self.take_in_hand(tasks)
        self._dialog("new_task", "new_task")
        self._dialog("close_task", "close_task")
        self._dialog("new_round", "new_round")
        self.paste(tasks)
        self.keep("import")
        page = self.window.import_page()
        page.steps.wanted.emit(COLUMNS)
        self.keep("columns")
        page.cancel()
        decomposed = self.window.decompose_page()
        decomposed.start_paste(documents.document())
        self.keep("decompose")
        decomposed.cancel()
        self._page(ledger, round_)
        self._circular()
        self._layouts()
        self._pack()
        self._units()
        self._reform()
        self._wall()
        self._feedback()

    def _units(self) -> None:
        """Keep the window of units, one of them in hand."""
        self.window.actions_by_name["show_units"].trigger()
        self.settle()
        window = self.window.findChild(UnitsWindow)
        window.units.table.go_to(0)
        self.settle()
        self.keep("units", window)
        window.close()

    def _reform(self) -> None:
        """Keep the page of a merger on which every task touched stands."""
        names = [unit.name for unit in list_units(self.window.kit.hub.office)][:2]
        doors = self.window.commands._doors
        doors.reform(ReformKind.MERGE, names, "县城乡建设和应急局")
        self.settle()
        wizard = self.window.findChild(ReformWizard)
        wizard.forward()
        wizard.basics.basis.setText("云编〔2026〕3号")
        wizard.forward()
        QTest.qWait(_LAYING_OUT_MS)
        self.settle()
        self.keep("reform", wizard)
        wizard.accept()
        self.settle()

    def _wall(self) -> None:
        """Keep the wall chart before it is printed."""
        self.window.view("时限图").open_wall()
        QTest.qWait(_LAYING_OUT_MS)
        self.settle()
        dialog = self.window.findChild(WallDialog)
        self.keep("wall", dialog)
        dialog.close()

    def _circular(self) -> None:
        """Keep the circular before it is written."""
        self.window.commands.export_circular()
        self.settle()
        dialog = self.window.findChild(CircularDialog)
        self.keep("circular", dialog)
        dialog.close()

    def _layouts(self) -> None:
        """Keep the window of the layouts."""
        self.window.commands.edit_layouts()
        self.settle()
        QTest.qWait(_LAYING_OUT_MS)
        self.settle()
        dialog = self.window.findChild(LayoutWindow)
        self.keep("layouts", dialog)
        dialog.close()

    def _pack(self) -> None:
        """Keep the pack of a meeting before it is written."""
        self.window.commands.export_pack()
        self.settle()
        dialog = self.window.findChild(PackDialog)
        dialog.folder.setText("D:/督查室/上会材料")
        self.keep("pack", dialog)
        dialog.close()

    def _feedback(self) -> None:
        """Keep sending, what came back, and the board of a round."""
        self.window.commands.send_forms()
        self.settle()
        page = self.window.send_page()
        page.send_to(Path("D:/督查室/第3期反馈表"))
        self.keep("send")
        folder = self._folder / "反馈表"
        page.send_to(folder)
        page.choose.send.click()
        self.settle()
        page.done.finished.emit()
        for place, path in enumerate(sorted(folder.glob("*-反馈表.xlsx"))):
            if place < 12:
                fill_form(path, changed=place == 0, blank=place == 1, added=place == 2)
            else:
                path.unlink()
        self.window.commands.collect_returns()
        page = self.window.returns_page()
        page.start((folder,))
        self.settle()
        self.keep("collect")
        page.review.apply.click()
        self.settle()
        page.done.finished.emit()
        self.window.view("反馈回收")
        self.keep("board")

    def _page(self, ledger: object, round_: object) -> None:
        """Keep the first printed page of the situation table."""
        if shutil.which("soffice") is None:
            return
        import pypdfium2

        with tempfile.TemporaryDirectory() as folder:
            table = Path(folder) / "落实情况表.xlsx"
            export_situation(self.window.kit.hub.office, ledger, round_, table, now=DAY)
            (pdf,) = to_pdf([table], Path(folder) / "pdf")
            document = pypdfium2.PdfDocument(pdf)
            image = document[0].render(scale=_PAGE_DOTS / 72).to_pil().convert("L")
            document.close()
        image.quantize(16).save(self._out / f"{PAGE}.png", optimize=True)


def main() -> None:
    """Write the pictures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", default=str(FOLDER))
    options = parser.parse_args(
        namespace=argparse.Namespace(
            size="1280x720", text=13, dark=False, papers=False, windows=False
        )
    )
    Story(make_application(["x"]), options, lambda: DAY).go()
    sys.stdout.write(f"{options.out}\n")


if __name__ == "__main__":
    main()
