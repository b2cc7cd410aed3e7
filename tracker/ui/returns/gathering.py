"""Reading returned files in a worker, with what the page shows beside them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.domain.returned import FindingKind
from tracker.ops.collect import read_returns
from tracker.ops.collect_files import find_files
from tracker.ops.collectives import list_units
from tracker.ops.entries import list_entries
from tracker.ops.rounds import list_rounds
from tracker.ops.tasks import list_tasks
from tracker.ui.returns.gathered import Gathered

if TYPE_CHECKING:
    from datetime import date

    from tracker.base.progress import Progress
    from tracker.domain.collection import CollectedFile
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.ops.office import Office
    from tracker.ui.returns.gathered import Wanted

_PASSWORD = "密码"


def gather(
    office: Office,
    ledger: LedgerRow,
    round_: RoundRow,
    wanted: Wanted,
    today: date,
    progress: Progress,
) -> Gathered:
    """Read and compare returned files; nothing is stored.

    Raises:
        UserError: the round is closed, or a path is not there.
        Cancelled: the user asked to stop.
    """
    collection = read_returns(
        office,
        ledger,
        round_,
        _paths(wanted),
        passwords=wanted.passwords,
        claimed=wanted.claimed,
        this_round=wanted.this_round,
        today=today,
        progress=progress,
    )
    earlier = [r.number for r in list_rounds(office, ledger) if r.number < round_.number]
    return Gathered(
        ledger,
        round_,
        collection,
        wanted,
        {task.code: task for task in list_tasks(office, ledger)},
        list_entries(office, ledger, round_.number),
        list_entries(office, ledger, earlier[-1]) if earlier else {},
        list_units(office),
        frozenset(file.hash for file in collection.files if _is_locked(file)),
    )


def _paths(wanted: Wanted) -> tuple[Path, ...]:
    """Return what is read: as it was given, or file by file where some are left out."""
    if not wanted.left_out:
        return wanted.paths
    found, _same = find_files(wanted.paths)
    return tuple(Path(one.path) for one in found if one.path not in wanted.left_out)


def _is_locked(file: CollectedFile) -> bool:
    """Tell whether a file cannot be read for want of its password."""
    return any(
        remark.kind is FindingKind.UNREADABLE and _PASSWORD in remark.detail
        for remark in file.remarks
    )
