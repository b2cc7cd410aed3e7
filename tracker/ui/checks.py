"""Opening the page of sums that do not agree, from the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.ui.exports import NO_ROUND

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tracker.base.progress import Progress
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.sum_check import SumFinding
    from tracker.ops.office import Office
    from tracker.ui.kit import Kit
    from tracker.ui.main_window import MainWindow

    Check = Callable[[Progress], tuple[SumFinding, ...]]


def round_check(
    office: Office | None, ledger: LedgerRow | None, round_: RoundRow | None, now: datetime
) -> Check | None:
    """Return what checks a round; None where there is none."""
    from tracker.ops.report_checks import check_round

    if office is None or ledger is None or round_ is None:
        return None
    return lambda progress: check_round(office, ledger, round_, now, progress=progress)


def open_checks(window: MainWindow, kit: Kit) -> None:
    """Check the round in sight and show what does not agree, once what is typed is saved."""
    hub = kit.hub
    if hub.office is None or hub.ledger is None:
        return
    check = round_check(hub.office, hub.ledger, hub.round, hub.now)
    if check is None:
        kit.messages.problem(NO_ROUND)
        return
    window.finish_editing()

    def show(findings: tuple[SumFinding, ...]) -> None:
        from tracker.ui.dialogs.check_page import CheckDialog

        CheckDialog(kit, findings, window, check=check).show()

    kit.runner.write_file("正在核对数字", check, show)
