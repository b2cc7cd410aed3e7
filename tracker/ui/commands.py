"""What menus and buttons do: each method asks what is needed and hands the rest to an op.

Files, rounds, units and help stand here; `paper_commands` prints, `task_commands` changes tasks.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from tracker.base.errors import UserError
from tracker.ops.history import next_redo, next_undo, redo_step, undo_step
from tracker.ops.ledgers import list_ledgers, new_ledger
from tracker.ops.office import create_office, open_office
from tracker.ops.rounds import list_rounds, new_round
from tracker.ui.exports import documents
from tracker.ui.held_file import HeldFile
from tracker.ui.incoming import Incoming
from tracker.ui.paper_commands import PaperCommands
from tracker.ui.returns.commands import RoundTrip
from tracker.ui.sample import Samples
from tracker.ui.theme import SIZES
from tracker.ui.units.doors import Doors

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QAction

    from tracker.domain.history import StepRow
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.ops.office import Office
    from tracker.ops.outcome import Outcome
    from tracker.ui.help import ManualWindow
    from tracker.ui.kit import Kit
    from tracker.ui.main_window import MainWindow

OFFICE_KINDS = "台账文件 (*.db)"
TABLE_KINDS = (
    "表格和文档 (*.xlsx *.xlsm *.xls *.et *.docx *.docm *.doc *.wps *.pdf *.csv *.tsv *.txt"
    " *.htm *.html *.mht *.xml);;所有文件 (*)"
)


class Commands(PaperCommands):
    """One method for each action of `tracker.ui.actions`.

    Attributes:
        samples: the sample offices that were made; they are temporary.
    """

    def __init__(self, window: MainWindow, kit: Kit) -> None:
        super().__init__(window, kit)
        self._incoming = Incoming(window, kit)
        self._round_trip = RoundTrip(window, kit)
        self._doors = Doors(window, kit)
        self.held = HeldFile()
        self._manual: ManualWindow | None = None
        self.samples = Samples(kit, window.choices)

    # Files

    def new_office(self) -> None:
        """Make a new office file with its first ledger."""
        asked = self._kit.messages.ask_save("新建台账", str(documents() / "台账.db"), OFFICE_KINDS)
        if not asked:
            return
        path = Path(asked).with_suffix(".db")
        name = self._kit.messages.ask_text("新建台账", "第一个专项的名称（如 政府工作报告任务）")
        if name is None:
            return
        hub = self._kit.hub

        def make() -> Office:
            self.held.take(path)
            office = create_office(path, hub.now)
            new_ledger(office, name.strip() or path.stem, who=hub.who, now=hub.now)
            return office

        self._guard(lambda: self._show(make()))

    def choose_office(self) -> None:
        """Ask for an office file and open it."""
        asked = self._kit.messages.ask_open("打开台账", OFFICE_KINDS)
        if asked:
            self.open_path(Path(asked))

    def open_path(self, path: Path) -> None:
        """Open an office file and show its latest ledger."""
        try:
            self.held.take(path)
        except UserError as error:
            self._kit.messages.problem(error)
            return
        now = self._kit.hub.now
        self._kit.runner.read("正在打开台账", lambda _: open_office(path, now), self._on_opened)
        # The views are made while the worker looks through the file.
        QTimer.singleShot(0, self, self._window.prepare)

    def open_sample(self) -> None:
        """Make the sample office in a temporary place and open it."""
        self.samples.open(self._show)

    def take_dropped(self, data: QMimeData) -> None:
        """Take whatever was dropped on the window."""
        self._incoming.take_dropped(data)

    def forget_letters(self) -> None:
        """Remove attachments that were dragged out of a mail program."""
        self._incoming.forget_letters()

    def take_file(self, path: Path) -> None:
        """Open a dropped file: an office file is opened, anything else is read and reviewed."""
        if path.suffix.lower() == ".db":
            self.open_path(path)
        else:
            self._incoming.take_file(path)

    def take_files(self, paths: list[Path]) -> None:
        """Take dropped files: a single one as what it is, several as returns or as tables."""
        others = [path for path in paths if path.suffix.lower() != ".db"]
        if not others or (len(paths) == 1 and not paths[0].is_dir()):
            self.take_file(paths[0])
        else:
            self._incoming.take_files(others)

    def show_table_memory(self) -> None:
        """Show the tables whose columns are remembered."""
        from tracker.ui.imports.memory_dialog import MemoryDialog

        office = self._kit.hub.office
        if office is not None:
            MemoryDialog(self._kit, office, self._window).open()

    def decompose_file(self) -> None:
        """Ask for a document and take it apart."""
        self._incoming.decompose_file()

    def paste_document(self) -> None:
        """Take the document on the clipboard apart."""
        self._incoming.paste_document()

    def resume_review(self) -> None:
        """Go on with a document whose review was put by."""
        self._incoming.resume()

    def _on_opened(self, office: Office) -> None:
        self._show(office, self._window.place.ledger_of(office))
        self._window.place.go_back(office)
        if self._window.is_furnished:
            self.remind()

    def remind(self) -> None:
        """Tell of reviews that were put by, and of what is due."""
        self._incoming.remind()
        self._window.habits.remind()

    def _show(self, office: Office, ledger: LedgerRow | None = None) -> None:
        hub = self._kit.hub
        if hub.office is not None and hub.office is not office:
            hub.office.close()
        chosen = ledger or next(iter(reversed(list_ledgers(office))), None)
        rounds = list_rounds(office, chosen) if chosen else ()
        hub.show(office, chosen, rounds[-1] if rounds else None)

    def choose_ledger(self, ledger_id: int) -> None:
        """Bring another ledger of the office into sight."""
        office = self._kit.hub.office
        if office is not None:
            found = next((x for x in list_ledgers(office) if x.id == ledger_id), None)
            self._show(office, found)

    def choose_round(self, row: RoundRow) -> None:
        """Bring another round of the ledger into sight."""
        hub = self._kit.hub
        hub.show(hub.office, hub.ledger, row)

    def refresh_ledger(self) -> None:
        """After a step: a ledger may be new, renamed or gone, and so may the round."""
        hub = self._kit.hub
        if hub.office is None:
            return
        ledgers = list_ledgers(hub.office)
        current = next((x for x in ledgers if hub.ledger and x.id == hub.ledger.id), None)
        if current is None:
            self._show(hub.office)
            return
        rounds = list_rounds(hub.office, current)
        round_ = next((r for r in rounds if hub.round and r.id == hub.round.id), None)
        hub.ledger = current
        if hub.round != round_ or (hub.round is None and rounds):
            hub.show(hub.office, current, round_ or (rounds[-1] if rounds else None))

    def new_ledger(self) -> None:
        """Ask for a name and make a ledger."""
        hub = self._kit.hub
        name = self._kit.messages.ask_text("新建专项", "专项名称")
        if hub.office is None or not name:
            return
        office, who, now = hub.office, hub.who, hub.now

        def done(_outcome: Outcome[str]) -> None:
            self._show(office)

        self._kit.runner.write(
            "新建专项", lambda _progress: new_ledger(office, name, who=who, now=now), done
        )

    def import_table(self) -> None:
        """Ask for tables and review them one after the other."""
        asked = self._kit.messages.ask_open_several("导入表格", TABLE_KINDS)
        if asked:
            self._window.import_page().start_files([Path(name) for name in asked])

    def paste_table(self) -> None:
        """Review the table on the clipboard."""
        held = QGuiApplication.clipboard().mimeData()
        if held.text().strip():
            self._window.import_page().start_paste(held.text(), held.html())
        else:
            self._kit.messages.tell("剪贴板里没有文字；请先在 Excel、WPS 或网页里复制表格")

    def backup(self) -> None:
        """Copy the office file into the folder of backups."""
        from tracker.ops.upkeep import backup_office

        hub = self._kit.hub
        if hub.office is None:
            return
        path, now = hub.office.path, hub.now
        self._kit.runner.read(
            "正在备份",
            lambda _progress: backup_office(path, now),
            self._window.habits.copy_backup,
        )

    def open_settings(self) -> None:
        """Open the window of settings."""
        self._window.habits.open_settings()

    def leave(self) -> None:
        """Close the window for good."""
        self._window.habits.leave()

    # Undo

    def undo(self) -> None:
        """Take the last step back."""
        self._step(undo_step, "撤销")

    def redo(self) -> None:
        """Do the step again that was undone last."""
        self._step(redo_step, "重做")

    def _step(self, op: Callable[..., Outcome[StepRow]], title: str) -> None:
        hub = self._kit.hub
        if hub.office is None:
            return
        self._window.finish_editing()
        office, who, now = hub.office, hub.who, hub.now

        def done(outcome: Outcome[StepRow]) -> None:
            self._kit.messages.tell(outcome.sentence)

        self._kit.runner.write(title, lambda _progress: op(office, who=who, now=now), done)

    def name_undo(self, undo: QAction, redo: QAction) -> None:
        """Write the steps' names into the menu."""
        office = self._kit.hub.office
        back = next_undo(office) if office else None
        again = next_redo(office) if office else None
        undo.setText(f"撤销{_named(back.label)}" if back else "撤销")
        undo.setEnabled(back is not None and not back.barrier)
        redo.setText(f"重做{_named(again.label)}" if again else "重做")
        redo.setEnabled(again is not None)

    # Rounds

    def new_round(self) -> None:
        """Ask for the cut-off date and open the next round."""
        from tracker.ui.round_dialog import RoundDialog

        hub = self._kit.hub
        if hub.office is None or hub.ledger is None:
            return
        rounds = list_rounds(hub.office, hub.ledger)
        dialog = RoundDialog(
            max((r.number for r in rounds), default=0) + 1, hub.today, self._window
        )
        if dialog.exec() != RoundDialog.DialogCode.Accepted:
            return
        office, ledger, who, now = hub.office, hub.ledger, hub.who, hub.now
        cut_off, due = dialog.cut_off, dialog.feedback_due

        def done(outcome: Outcome[int]) -> None:
            opened = next(r for r in list_rounds(office, ledger) if r.number == outcome.value)
            self.choose_round(opened)
            said = f"{outcome.sentence}，沿用上期的落实情况"
            self._kit.messages.tell(said, "发反馈表…", self.send_forms)

        self._kit.runner.write(
            "新开一期",
            lambda _progress: new_round(
                office, ledger, who=who, now=now, cut_off=cut_off, feedback_due=due
            ),
            done,
        )

    def send_forms(self) -> None:
        """Send the forms of the round in sight (发反馈表)."""
        self._round_trip.send()

    def collect_returns(self, paths: Sequence[Path] = ()) -> None:
        """Read what came back (收反馈表); without paths the page asks for them."""
        self._round_trip.collect(paths)

    # Units

    def show_units(self) -> None:
        """Show the units and leaders of the office."""
        self._doors.show_units()

    def reform_units(self) -> None:
        """Rename, merge, split or abolish units, hand duties over, change who is in charge."""
        self._doors.reform()

    # Views and looks

    def show_today(self) -> None:
        """Show what waits today."""
        self._window.view("今日")

    def show_ledger(self) -> None:
        """Show the list of tasks."""
        self._window.view("台账")

    def show_gantt(self) -> None:
        """Show the chart of deadlines."""
        self._window.view("时限图")

    def show_charts(self) -> None:
        """Show the charts of numbers."""
        self._window.view("统计")

    def show_board(self) -> None:
        """Show what came back."""
        self._window.view("反馈回收")

    def show_slips(self) -> None:
        """Show the slips."""
        self._window.view("督办单")

    def show_instructions(self) -> None:
        """Show the single instructions."""
        self._window.view("单项批示")

    def small_text(self) -> None:
        """Use the smallest text."""
        self._set_size(SIZES[0])

    def medium_text(self) -> None:
        """Use the middle text."""
        self._set_size(SIZES[1])

    def large_text(self) -> None:
        """Use the largest text."""
        self._set_size(SIZES[2])

    def _set_size(self, size: int) -> None:
        self._kit.theme.set_size(size)
        self._window.choices.set_text_size(size)

    def show_manual(self) -> None:
        """Open the manual."""
        from tracker.ui.help import ManualWindow

        self._manual = self._manual or ManualWindow()
        self._manual.show()
        self._manual.raise_()

    def show_about(self) -> None:
        """Say what the program is and that it uses no network."""
        from tracker.ui.help import AboutDialog

        AboutDialog(self._window).exec()

    def _guard(self, work: Callable[[], None]) -> None:
        """Run quick work in the GUI thread and show what the user can mend."""
        try:
            work()
        except UserError as error:
            self._kit.messages.problem(error)


def _named(label: str) -> str:
    """Return a step's name in quotation marks; those within it become single ones."""
    return f"“{label.replace('“', '‘').replace('”', '’')}”"
