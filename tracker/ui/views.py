"""Which views there are and how each is made; a view's code is loaded when it is first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from tracker.ui.decompose.page import DecomposePage
    from tracker.ui.detail.panel import DetailPanel
    from tracker.ui.imports.page import ImportPage
    from tracker.ui.kit import Kit
    from tracker.ui.returns.collect_page import CollectPage
    from tracker.ui.returns.send_page import SendPage
    from tracker.ui.widgets.side_list import SidePanel


@runtime_checkable
class Finishing(Protocol):
    """A view in which something may be half typed."""

    def finish_editing(self) -> None:
        """Save what is being typed."""


@runtime_checkable
class Choosing(Protocol):
    """A view in which several tasks can be selected."""

    def chosen_codes(self) -> tuple[str, ...]:
        """Return the selected tasks, in the order they are shown."""


def _ledger(kit: Kit) -> QWidget:
    from tracker.ui.ledger.view import LedgerView

    return LedgerView(kit)


def _gantt(kit: Kit) -> QWidget:
    from tracker.ui.gantt.view import GanttView

    return GanttView(kit)


def _charts(kit: Kit) -> QWidget:
    from tracker.ui.charts.view import ChartsView

    return ChartsView(kit)


def _board(kit: Kit) -> QWidget:
    from tracker.ui.board.view import BoardView

    return BoardView(kit)


def _instructions(kit: Kit) -> QWidget:
    from tracker.ui.instructions.view import InstructionsView

    return InstructionsView(kit)


def _slips(kit: Kit) -> QWidget:
    from tracker.ui.slips.view import SlipsView

    return SlipsView(kit)


def _today(kit: Kit) -> QWidget:
    from tracker.ui.today.view import TodayView

    return TodayView(kit)


VIEWS: tuple[tuple[str, Callable[[Kit], QWidget]], ...] = (
    ("今日", _today),
    ("台账", _ledger),
    ("时限图", _gantt),
    ("统计", _charts),
    ("反馈回收", _board),
    ("督办单", _slips),
    ("单项批示", _instructions),
)
"""Tab by tab; views that are not built yet are not listed."""
HOME = 1
"""The view that is shown first: the ledger's tasks."""


def make_side(kit: Kit) -> SidePanel:
    """Return the list on the left."""
    from tracker.ui.widgets.side_list import SidePanel

    return SidePanel(kit)


def make_detail(kit: Kit) -> DetailPanel:
    """Return the panel on the right."""
    from tracker.ui.detail.panel import DetailPanel

    return DetailPanel(kit)


def make_import_page(kit: Kit) -> ImportPage:
    """Return the review of an import."""
    from tracker.ui.imports.page import ImportPage

    return ImportPage(kit)


def make_decompose_page(kit: Kit) -> DecomposePage:
    """Return the review of a decomposed document."""
    from tracker.ui.decompose.page import DecomposePage

    return DecomposePage(kit)


def make_send_page(kit: Kit) -> SendPage:
    """Return the sending of forms."""
    from tracker.ui.returns.send_page import SendPage

    return SendPage(kit)


def make_returns_page(kit: Kit) -> CollectPage:
    """Return the review of returned files."""
    from tracker.ui.returns.collect_page import CollectPage

    return CollectPage(kit)
