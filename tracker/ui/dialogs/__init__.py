"""The dialogs over tasks; each function opens one over the task in hand and returns at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from tracker.ui.kit import Kit


def open_new_task(kit: Kit, parent: QWidget | None = None, *, instruction: bool = False) -> None:
    """Open the form for new tasks; with `instruction` the one for leaders' instructions."""
    from tracker.ui.dialogs.new_instruction import NewInstructionDialog
    from tracker.ui.dialogs.new_task import NewTaskDialog

    if kit.hub.office is not None:
        (NewInstructionDialog if instruction else NewTaskDialog)(kit, parent).open()


def open_paste_instructions(kit: Kit, parent: QWidget | None = None) -> None:
    """Open the form that takes many instructions at once."""
    from tracker.ui.instructions.paste import PasteInstructionsDialog

    if kit.hub.office is not None:
        PasteInstructionsDialog(kit, parent=parent).open()


def open_edit_task(kit: Kit, parent: QWidget | None = None) -> None:
    """Open the form that changes the task in hand."""
    from tracker.ui.dialogs.edit_task import EditTaskDialog
    from tracker.ui.dialogs.lookups import open_with_card

    open_with_card(kit, lambda card: EditTaskDialog(kit, card, parent))


def open_extend_task(kit: Kit, parent: QWidget | None = None) -> None:
    """Open the form that extends the deadline of the task in hand."""
    from tracker.ui.dialogs.extend import ExtendDialog
    from tracker.ui.dialogs.lookups import open_with_card

    open_with_card(kit, lambda card: ExtendDialog(kit, card, parent))


def open_milestones(kit: Kit, parent: QWidget | None = None, code: str = "") -> None:
    """Open the form that breaks a task, the one in hand if no code is given, down by month."""
    from tracker.ui.dialogs.lookups import open_with_card
    from tracker.ui.dialogs.milestones import MilestonesDialog

    open_with_card(kit, lambda card: MilestonesDialog(kit, card, parent), code)


def open_milestone_done(kit: Kit, place: int, parent: QWidget | None = None) -> None:
    """Open the form that says when a milestone of the task in hand was done.

    Args:
        place: which one by the day they are due, counted from 1.
    """
    from tracker.ui.dialogs.lookups import open_with_card
    from tracker.ui.dialogs.milestones import MilestoneDoneDialog

    open_with_card(kit, lambda card: MilestoneDoneDialog(kit, card, place, parent))


def open_split_task(kit: Kit, parent: QWidget | None = None) -> None:
    """Open the form that splits the task in hand."""
    from tracker.ui.dialogs.lookups import open_with_card
    from tracker.ui.dialogs.split import SplitDialog

    open_with_card(kit, lambda card: SplitDialog(kit, card, parent))


def open_merge_tasks(kit: Kit, parent: QWidget | None = None, codes: Sequence[str] = ()) -> None:
    """Open the form that merges these tasks, or the one in hand with others to be searched."""
    from tracker.ui.dialogs.lookups import open_with_lines
    from tracker.ui.dialogs.merge import MergeDialog

    open_with_lines(kit, lambda lines: MergeDialog(kit, lines, parent), codes or (kit.hub.code,))


def open_withdraw_task(kit: Kit, parent: QWidget | None = None) -> None:
    """Open the form that takes the task in hand out of the ledger."""
    from tracker.ui.dialogs.lookups import open_with_card
    from tracker.ui.dialogs.reasons import WithdrawDialog

    open_with_card(kit, lambda card: WithdrawDialog(kit, card, parent))


def open_close_task(kit: Kit, parent: QWidget | None = None) -> None:
    """Open the form that closes the task in hand (销号)."""
    from tracker.ui.dialogs.close_task import CloseTaskDialog
    from tracker.ui.dialogs.lookups import open_with_card

    open_with_card(kit, lambda card: CloseTaskDialog(kit, card, parent))


def open_reopen_task(kit: Kit, parent: QWidget | None = None) -> None:
    """Open the form that opens the closed task in hand again."""
    from tracker.ui.dialogs.lookups import open_with_card
    from tracker.ui.dialogs.reasons import ReopenDialog

    open_with_card(kit, lambda card: ReopenDialog(kit, card, parent))


def open_revisit(kit: Kit, parent: QWidget | None = None) -> None:
    """Open the form that notes a look at the closed task in hand (回访)."""
    from tracker.ui.dialogs.lookups import open_with_card
    from tracker.ui.dialogs.revisit import RevisitDialog

    open_with_card(kit, lambda card: RevisitDialog(kit, card, parent))


def open_close_round(kit: Kit, parent: QWidget | None = None) -> None:
    """Open the form that approves the round in sight (定稿), with what is missing."""
    from tracker.ui.dialogs import close_round

    close_round.open_close_round(kit, parent)


def open_reopen_round(kit: Kit, parent: QWidget | None = None) -> None:
    """Open the form that opens the approved round in sight again."""
    from tracker.ui.dialogs import close_round

    close_round.open_reopen_round(kit, parent)


def open_instruction(kit: Kit, parent: QWidget | None = None) -> None:
    """Open the form that takes the instruction in hand to its next stage."""
    from tracker.ui.dialogs.instruction import InstructionDialog
    from tracker.ui.dialogs.lookups import open_with_card

    open_with_card(kit, lambda card: InstructionDialog(kit, card, parent))
