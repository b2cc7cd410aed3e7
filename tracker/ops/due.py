"""What is past its date, due soon and not returned, ledger by ledger: what a reminder tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from tracker.domain.browse import Filter, Show
from tracker.domain.terms import LedgerState
from tracker.ops.board import board_of
from tracker.ops.browse import find_tasks
from tracker.ops.today import overdue_lights

if TYPE_CHECKING:
    from datetime import date

    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.ops.office import Office


@dataclass(frozen=True, slots=True)
class LedgerDue:
    """What waits in a ledger.

    Attributes:
        late: how many tasks are past their date.
        soon: codes of the tasks that fall due within the days ahead, today included.
        missing: the units whose return is late.
        days: how many days ahead were looked at.
    """

    ledger: LedgerRow
    late: int
    soon: tuple[str, ...]
    missing: tuple[str, ...]
    days: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not (self.late or self.soon or self.missing)

    def sentence(self) -> str:
        """Return it in words: “已逾期 2 项，7 天内到期 1 项”."""
        parts = (
            (self.late, f"已逾期 {self.late} 项"),
            (len(self.soon), f"{self.days} 天内到期 {len(self.soon)} 项"),
            (len(self.missing), f"逾期未反馈 {len(self.missing)} 家"),
        )
        return "，".join(words for count, words in parts if count)


def whats_due(office: Office, today: date, days: int) -> tuple[LedgerDue, ...]:
    """Return what waits in each running ledger; those in which nothing does are left out.

    Args:
        days: how far ahead is looked, today not counted.
    """
    with office.read() as view:
        ledgers = [row for row in view.ledgers() if row.state is LedgerState.RUNNING]
        rounds = {row.id: view.shown_round(row.id, None) for row in ledgers}
    lights = overdue_lights(office, today)
    found = (_due(office, row, rounds[row.id], lights, (today, days)) for row in ledgers)
    return tuple(due for due in found if not due.is_empty)


def _due(
    office: Office,
    ledger: LedgerRow,
    round_: RoundRow | None,
    lights: frozenset[str],
    when: tuple[date, int],
) -> LedgerDue:
    today, days = when
    round_id = round_.id if round_ else None
    late = find_tasks(office, Filter(ledger.id, lights=lights), round_id, today)
    until = today + timedelta(days=days)
    with office.read() as view:
        wanted = Filter(ledger.id, show=Show.DUE_7)
        ids = view.find_ids(wanted, None, round_id, (today, until), {})
        soon = tuple(line.code for line in view.lines(ids, round_id))
        missing = board_of(view, ledger, round_, today).missing if round_ else ()
    return LedgerDue(ledger, len(late), soon, tuple(row.unit for row in missing), days)
