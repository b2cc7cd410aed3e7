"""Ledgers (专项): made, chosen, archived."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.terms import LedgerState
from tracker.ops.outcome import Outcome
from tracker.store.models import Ledger

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.domain.ledger import LedgerRow
    from tracker.ops.office import Office


def list_ledgers(office: Office) -> tuple[LedgerRow, ...]:
    """Return all ledgers, the oldest first."""
    with office.read() as view:
        return view.ledgers()


def choose_ledger(office: Office, name: str | None) -> LedgerRow:
    """Return the ledger of that name; without a name the only one there is.

    Raises:
        UserError: no such ledger, none at all, or several and no name.
    """
    ledgers = list_ledgers(office)
    listed = "、".join(ledger.name for ledger in ledgers)
    if name is not None:
        for ledger in ledgers:
            if ledger.name == name:
                return ledger
        raise UserError(f"没有名为“{name}”的专项", f"现有专项：{listed or '无'}", "请检查名称")
    if not ledgers:
        raise UserError(
            "台账里还没有专项", "", "请用 ledger new 新建，或用 import --apply 导入表格"
        )
    if len(ledgers) > 1:
        raise UserError(
            "台账里有几个专项，请指明是哪一个", f"现有专项：{listed}", "请加 --ledger 名称"
        )
    return ledgers[0]


def new_ledger(
    office: Office,
    name: str,
    *,
    who: str,
    now: datetime,
    year: int | None = None,
    kind: str = "",
    rhythm: str = "",
    filled_by: str = "",
    table_title: str = "",
) -> Outcome[str]:
    """Make a ledger; return its name.

    Args:
        filled_by: who fills in the printed table (填报单位).
        table_title: the title of its 落实情况表; without one it is made from the name.

    Raises:
        UserError: the name is empty or taken.
    """
    name = name.strip()
    if not name:
        raise UserError("专项需要一个名称", "", "请填写名称，如 政府工作报告任务")
    with office.change("新建专项", who, now) as work:
        if work.find_ledger(name) is not None:
            raise UserError(f"已有名为“{name}”的专项", "", "请换一个名称")
        work.add(
            Ledger(
                name=name,
                year=year,
                kind=kind,
                rhythm=rhythm,
                office=filled_by,
                table_title=table_title,
            )
        )
    return Outcome(name, work.changes, f"已新建专项“{name}”")


def archive_ledger(office: Office, ledger: LedgerRow, *, who: str, now: datetime) -> Outcome[str]:
    """Put a ledger away; its tasks and rounds stay readable."""
    with office.change("归档专项", who, now) as work:
        work.ledger(ledger.id).state = LedgerState.ARCHIVED
    return Outcome(ledger.name, work.changes, f"专项“{ledger.name}”已归档")
