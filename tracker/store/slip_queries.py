"""Reads about slips (提示单、问题单、督办单、反馈单).

Their values are loaded with the first slip: the window opens without them.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from tracker.store.round_queries import RoundView
from tracker.store.tables import COUNTER, SLIP, TASK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from tracker.domain.slip import SlipRow


class SlipView(RoundView):
    """The queries about slips."""

    def slips(self, ledger_id: int | None = None) -> tuple[SlipRow, ...]:
        """Return the slips of a ledger, or all, the latest first."""
        query = select(SLIP).order_by(SLIP.c.issued_on.desc(), SLIP.c.id.desc())
        if ledger_id is not None:
            query = query.where(SLIP.c.ledger_id == ledger_id)
        return tuple(_slip_of(r) for r in self._connection.execute(query))

    def slip(self, code: str) -> SlipRow | None:
        """Return a slip by its number as printed; None where there is none."""
        query = select(SLIP).where(SLIP.c.code == code)
        found = self._connection.execute(query).one_or_none()
        return _slip_of(found) if found is not None else None

    def counted_to(self, name: str) -> int:
        """Return the last number given of a kind; 0 where none was."""
        query = select(COUNTER.c.value).where(COUNTER.c.name == name)
        return self._connection.scalar(query) or 0

    def printed_numbers(self, codes: Sequence[str]) -> dict[str, str]:
        """Return the printed numbers of tasks by code."""
        query = select(TASK.c.code, TASK.c.number).where(TASK.c.code.in_(codes))
        return {r.code: r.number for r in self._connection.execute(query)}


def _slip_of(r: Row[Any]) -> SlipRow:
    from tracker.domain.slip import SlipKind, SlipReply, SlipRow, SlipWords

    return SlipRow(
        id=r.id,
        ledger_id=r.ledger_id,
        kind=SlipKind(r.kind),
        code=r.code,
        unit_id=r.unit_id,
        unit=r.unit,
        tasks=tuple(r.tasks),
        words=SlipWords(**r.words),
        issued_on=r.issued_on,
        days=r.days,
        reply_due=r.reply_due,
        replies=tuple(
            SlipReply(
                date.fromisoformat(a["on"]), a["words"], a["by"], datetime.fromisoformat(a["at"])
            )
            for a in r.replies
        ),
        closed_on=r.closed_on,
        closed_words=r.closed_words,
        created_at=r.created_at,
        created_by=r.created_by,
    )
