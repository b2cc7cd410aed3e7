"""What menus and buttons print and write: each shows what it will be before it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.ui.exports import Exports
from tracker.ui.meeting_papers import MeetingPapers
from tracker.ui.task_commands import TaskCommands
from tracker.ui.year_end import YearEnd

if TYPE_CHECKING:
    from tracker.ui.kit import Kit
    from tracker.ui.main_window import MainWindow


class PaperCommands(TaskCommands):
    """One method for each action that prints or writes reports."""

    def __init__(self, window: MainWindow, kit: Kit) -> None:
        super().__init__(window, kit)
        self._exports = Exports(window, kit)
        self._meeting = MeetingPapers(window, kit)
        self._year_end = YearEnd(window, kit)

    def export_table(self) -> None:
        """Write the 落实情况表 of the round in sight where the user wants it."""
        self._exports.situation()

    def preview_table(self) -> None:
        """Show the 落实情况表 as it will be printed."""
        self._exports.preview()

    def edit_layouts(self) -> None:
        """Open the window of the layouts."""
        self._exports.layouts()

    def check_sums(self) -> None:
        """Show the sums that do not agree in the round in sight."""
        from tracker.ui.checks import open_checks

        open_checks(self._window, self._kit)

    def year_papers(self) -> None:
        """Show the 年度总表 and the units' records."""
        self._year_end.papers()

    def make_archive(self) -> None:
        """Write everything of the ledger in sight into an archive folder."""
        self._year_end.archive()

    def check_archive(self) -> None:
        """Say whether an archive is as it was made."""
        self._year_end.check_archive()

    def carry_over(self) -> None:
        """Take the unfinished over into a new year's ledger."""
        self._year_end.carry_over()

    def export_notice(self) -> None:
        """Show the notice that sends the breakdown round."""
        self._exports.notice()

    def edit_wording(self) -> None:
        """Edit the sentences of the circular."""
        self._exports.wording()

    def export_breakdown(self) -> None:
        """Write the 责任分解表 of the ledger in sight where the user wants it."""
        self._exports.breakdown()

    def export_lists(self) -> None:
        """Show the lists of the round in sight, to be written where the user wants them."""
        self._meeting.lists()

    def export_extracts(self) -> None:
        """Write what a unit, or each of them, has to do with the round in sight."""
        self._meeting.extracts()

    def export_pack(self) -> None:
        """Write everything of the round in sight into one new folder."""
        self._meeting.pack()

    def export_circular(self) -> None:
        """Show the circular of the round in sight, to be written as a Word document."""
        self._exports.circular()
