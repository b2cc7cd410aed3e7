"""What the clerk changes in the circular of one round before it is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.circular_edit import LATE, CircularEdits
from tracker.domain.terms import RoundState
from tracker.ops.outcome import Outcome
from tracker.store.models import Setting

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.domain.ledger import RoundRow
    from tracker.ops.office import Office
    from tracker.store.queries import View

_PREFIX = "circular_edits:"


def read_edits(office: Office, round_: RoundRow) -> CircularEdits:
    """Return what was changed in the circular of a round."""
    with office.read() as view:
        return edits_in(view, round_.id)


def edits_in(view: View, round_id: int) -> CircularEdits:
    """Return what was changed in the circular of a round, from an open view."""
    return CircularEdits.from_json(view.setting(f"{_PREFIX}{round_id}"))


def save_edits(
    office: Office, round_: RoundRow, edits: CircularEdits, *, who: str, now: datetime
) -> Outcome[CircularEdits]:
    """Keep what was changed in the circular of a round; without a change, forget it.

    Raises:
        UserError: the round is closed and more than number or date would change.
    """
    key = f"{_PREFIX}{round_.id}"
    with office.change(f"修改第{round_.number}期通报", who, now) as work:
        row = work.round_by_id(round_.id)
        kept = work.find_setting(key)
        before = CircularEdits.from_json(kept.value if kept else None)
        if row.state == RoundState.CLOSED and _settled(before) != _settled(edits):
            raise UserError(
                f"第{round_.number}期已定稿，通报只能补填文号和日期",
                "定稿的内容不再变动",
                "要改内容请先重新打开本期",
            )
        if kept is None:
            if edits:
                work.add(Setting(key=key, value=edits.as_json()))
        elif not edits:
            work.remove(kept)
        elif kept.value != edits.as_json():
            kept.value = edits.as_json()
    said = f"第{round_.number}期通报的修改已保存" if edits else f"第{round_.number}期通报已恢复原样"
    return Outcome(edits, work.changes, said)


def _settled(edits: CircularEdits) -> object:
    """Return what may not change any more once the round is closed."""
    kept = edits.as_json()
    kept["fields"] = {k: v for k, v in kept["fields"].items() if k not in LATE}
    return kept
