"""Opening the page of sums that do not agree, from the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.ui.exports import NO_ROUND

if TYPE_CHECKING:
    from tracker.base.progress import Progress
    from tracker.domain.sum_check import SumFinding
    from tracker.ui.kit import Kit
    from tracker.ui.main_window import MainWindow


def open_checks(window: MainWindow, kit: Kit) -> None:
    """Check the round in sight and show what does not agree, once what is typed is saved."""
    from tracker.ops.report_checks import check_round

    hub = kit.hub
    office, ledger, round_, now = hub.office, hub.ledger, hub.round, hub.now
    if office is None or ledger is None:
        return
    if round_ is None:
        kit.messages.problem(NO_ROUND)
        return
    window.finish_editing()

    def check(progress: Progress) -> tuple[SumFinding, ...]:
        return check_round(office, ledger, round_, now, progress=progress)

    def show(findings: tuple[SumFinding, ...]) -> None:
        from tracker.ui.dialogs.check_page import CheckDialog

        CheckDialog(kit, findings, window, check=check).show()

    kit.runner.write_file("正在核对数字", check, show)
