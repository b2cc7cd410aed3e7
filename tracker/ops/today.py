"""What waits for the clerk today, from stored facts alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.board import BoardState
from tracker.domain.browse import Show
from tracker.domain.today import TodayLine, Waiting
from tracker.ops.board import board_of
from tracker.ops.browse import DAYS_AHEAD, counts, lighter
from tracker.ops.put_by import open_reviews
from tracker.ops.slips import list_slips
from tracker.store.backup import newest_backup

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from tracker.domain.board import Board
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.ops.office import Office

_NAMED = 4
"""So many are named; the rest is counted."""
_OLD_BACKUP = 7
"""Days after which a backup is called old."""


def todays_lines(
    office: Office, ledger: LedgerRow | None, round_: RoundRow | None, now: datetime
) -> tuple[TodayLine, ...]:
    """Return what waits in a ledger and its round; what nothing waits of is left out.

    The backup is always said.
    """
    today = now.date()
    lines: list[TodayLine] = []
    if ledger is not None:
        lines += _tasks(office, ledger, round_, today)
        if round_ is not None:
            lines += _returns(office, ledger, round_, today)
        lines += _slips(office, ledger, today)
    lines += _reviews(office)
    order = {kind: place for place, kind in enumerate(Waiting)}
    lines.sort(key=lambda line: order[line.kind])
    return (*lines, _backup(office, now))


def overdue_lights(office: Office, today: date) -> frozenset[str]:
    """Return the keys of the lights that say that a deadline has passed."""
    with office.read() as view:
        rules = lighter(view, today).rules
    return frozenset(band.light.key for band in rules.bands if band.late is not None)


def _tasks(
    office: Office, ledger: LedgerRow, round_: RoundRow | None, today: date
) -> Iterator[TodayLine]:
    found = counts(office, ledger.id, round_.id if round_ else None, today)
    overdue = sum(found.lights.get(key, 0) for key in overdue_lights(office, today))
    if overdue:
        yield TodayLine(Waiting.OVERDUE, "已过时限、尚未完成", overdue, urgent=True)
    named = (
        (Waiting.DUE, Show.DUE_7, f"{DAYS_AHEAD}天内到期"),
        (Waiting.DOUBTFUL, Show.DOUBTFUL, "时限待核"),
        (Waiting.TO_CLOSE, Show.TO_CLOSE, "已完成、待销号"),
    )
    for kind, show, words in named:
        if count := found.shows.get(show, 0):
            yield TodayLine(kind, words, count)
    if round_ is not None and (count := found.shows.get(Show.NO_ENTRY, 0)):
        yield TodayLine(Waiting.NO_ENTRY, f"第{round_.number}期还没有填落实情况", count)


def _returns(
    office: Office, ledger: LedgerRow, round_: RoundRow, today: date
) -> Iterator[TodayLine]:
    with office.read() as view:
        shown = board_of(view, ledger, round_, today)
    if missing := [row.unit for row in shown.missing]:
        words = f"第{round_.number}期逾期未反馈的单位"
        yield TodayLine(Waiting.MISSING, words, len(missing), _named(missing), urgent=True)
    if waiting := _to_check(shown):
        yield TodayLine(Waiting.TO_CHECK, "来件待核", len(waiting), _named(waiting))


def _to_check(shown: Board) -> list[str]:
    units = [row.unit for row in shown.rows if row.state is BoardState.TO_CHECK]
    return [*units, *(file.name for file in shown.unclaimed)]


def _slips(office: Office, ledger: LedgerRow, today: date) -> Iterator[TodayLine]:
    late = [
        line.slip
        for line in list_slips(office, today, ledger)
        if line.late is not None and not line.late.is_answered
    ]
    if late:
        names = [f"{slip.code}（{slip.unit}）" for slip in late]
        yield TodayLine(Waiting.SLIPS, "督办单逾期未回复", len(late), _named(names), urgent=True)


def _reviews(office: Office) -> Iterator[TodayLine]:
    put_by = open_reviews(office)
    if put_by:
        titles = [review.title for review in put_by]
        yield TodayLine(Waiting.REVIEWS, "暂存的文件等着核对", len(put_by), _named(titles))


def _backup(office: Office, now: datetime) -> TodayLine:
    last = newest_backup(office.path)
    if last is None:
        return TodayLine(Waiting.BACKUP, "还没有备份过这个台账", urgent=True)
    days = (now.date() - last.date()).days
    ago = "今天" if not days else f"{days}天前"
    words = f"上次备份：{last.month}月{last.day}日（{ago}）"
    return TodayLine(Waiting.BACKUP, words, urgent=days > _OLD_BACKUP)


def _named(names: Sequence[str]) -> str:
    listed = "、".join(names[:_NAMED])
    return f"{listed} 等" if len(names) > _NAMED else listed
