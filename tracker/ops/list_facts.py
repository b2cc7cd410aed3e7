"""What lists, extracts and the pack of a round say, read together: rows, counts, board."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.insight.owners import NO_UNIT, UnitBook
from tracker.insight.rates import state_of
from tracker.insight.round_stats import round_stats
from tracker.ops.board import board
from tracker.ops.round_facts import counted_on, round_content
from tracker.ops.situation_rows import full_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from tracker.domain.board import Board
    from tracker.domain.content import ContentRow
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.task import TaskRow
    from tracker.domain.terms import Completion
    from tracker.insight.round_stats import RoundStats
    from tracker.ops.office import Office
    from tracker.ops.round_facts import RoundContent


@dataclass(frozen=True, slots=True)
class ListFacts:
    """A round as lists speak of it; a closed one as it was approved.

    Attributes:
        ledger: as it was then.
        rows: what is printed of each task, by code, in the order of the tasks.
        today: the day it was closed on, else that of the call.
        as_of: the day on which is counted what is past its date.
        now: written into the files as the time they were made.
    """

    ledger: LedgerRow
    round: RoundRow
    content: RoundContent
    rows: Mapping[str, ContentRow]
    stats: RoundStats
    board: Board
    today: date
    as_of: date
    now: datetime

    @property
    def book(self) -> UnitBook:
        """Return what knows the official names of the units."""
        return UnitBook.of(self.content.units)

    def completion(self, task: TaskRow) -> Completion:
        """Return how far a task is in this round."""
        return state_of(task, self.content.entries.get(task.id))[0]

    def tasks(self, codes: Iterable[str]) -> list[TaskRow]:
        """Return the tasks of these codes in their order."""
        wanted = frozenset(codes)
        return [task for task in self.content.tasks if task.code in wanted]

    def units_of(self, tasks: Iterable[TaskRow]) -> tuple[str, ...]:
        """Return the units these tasks count with, in official order."""
        book = self.book
        return book.ordered(u for task in tasks for u in book.owners(task) if u != NO_UNIT)


def list_facts(office: Office, ledger: LedgerRow, round_: RoundRow, now: datetime) -> ListFacts:
    """Return what is stored of a round, or was approved of a closed one.

    Raises:
        UserError: the ledger has no task.
    """
    content = round_content(office, ledger, round_)
    if not content.tasks:
        raise UserError(f"专项“{ledger.name}”里没有任务，无表可出", "", "请先导入表格或新增任务")
    today = content.closed_on or now.date()
    as_of = content.as_of or counted_on(round_, today)
    rows = full_rows(office, ledger, round_, today).rows
    return ListFacts(
        ledger=content.ledger or ledger,
        round=round_,
        content=content,
        rows={row.extra["code"]: row for row in rows},
        stats=round_stats(content.tasks, content.entries, as_of, UnitBook.of(content.units)),
        board=board(office, ledger, round_, today, at=now),
        today=today,
        as_of=as_of,
        now=now,
    )
