"""The forms of open rounds in a reform: who is asked instead of a unit that is no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.reform import FormTouch
from tracker.domain.terms import RoundState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.domain.unit import UnitRow
    from tracker.ops.reform_tasks import Touched
    from tracker.ops.reform_units import UnitChange
    from tracker.store.models import FormReturn, Round
    from tracker.store.work import Work


def hand_forms_over(
    work: Work, change: UnitChange, touched: Sequence[Touched], basis: str, day: date
) -> list[FormTouch]:
    """Ask the new units for what the old ones were sent and have not returned.

    A unit that is gone is exempted with the reform as the reason; what it returned stays with it.
    A successor that the reform sets up is asked for the rows of the old form; one that stood
    before must be sent another, for nothing may be held against a unit that it never had.

    Args:
        basis: the reform in words, why a unit need not report.
        day: when the reform is entered; who takes over is late only from then on.
    """
    forms = _Forms(work, change, touched, basis, day)
    return [touch for old in change.old for touch in forms.of(old)]


def open_slips(work: Work, change: UnitChange) -> list[str]:
    """Say which slips of the units are not answered yet; they stay as they were issued."""
    said = []
    for old in change.old:
        codes = [slip.code for slip in work.open_slips(old.id)]
        if codes and old.id in change.gone:
            said.append(f"“{old.name}”未办结的单子照旧，请承接单位回复：{'、'.join(codes)}")
    return said


class _Forms:
    """Passes forms on within one reform."""

    def __init__(
        self,
        work: Work,
        change: UnitChange,
        touched: Sequence[Touched],
        basis: str,
        day: date,
    ) -> None:
        self._work = work
        self._change = change
        self._touched = touched
        self._basis = basis
        self._day = day
        self._asked: set[int] = set()

    def of(self, old: UnitRow) -> list[FormTouch]:
        """Pass the forms of one old unit on; return what becomes of each."""
        found = []
        for row in self._work.forms_of(old.id):
            round_ = self._work.round_by_id(row.round_id)
            if round_.state == RoundState.CLOSED or row.exempt:
                continue
            standing = self._standing(round_, row)
            then = self._then(old, round_, row, standing)
            ledger = self._work.ledger(round_.ledger_id).name
            changed = bool(row.exempt)
            found.append(FormTouch(ledger, round_.number, old.name, standing, then, changed))
        return found

    def _standing(self, round_: Round, row: FormReturn) -> str:
        files = self._work.returned_files(round_)
        if row.by_hand or any(file.unit_id == row.unit_id for file in files):
            return _BACK
        return "已发，未反馈" if row.sent_at is not None else "未发"

    def _then(self, old: UnitRow, round_: Round, row: FormReturn, standing: str) -> str:
        if standing == _BACK:
            return f"已收的反馈照旧留在“{old.name}”名下"
        if old.id not in self._change.gone:
            given = sum(1 for t in self._touched if old.id not in t.took.get(old.id, (old.id,)))
            if not given or row.sent_at is None:
                return "照旧；用旧名称填报的反馈表收回时照认"
            return f"移出的 {given} 项不再由它反馈，请给承接单位补发反馈表"
        row.exempt = self._basis
        said = []
        for unit in self._change.successors:
            codes = {t.task.code for t in self._touched if unit.id in t.took.get(old.id, ())}
            rows = [each for each in row.sent if each["code"] in codes]
            if rows and row.sent_at is not None:
                said.append(self._ask(unit, round_, row, rows))
        return "；".join(("免报", *said))

    def _ask(
        self, unit: UnitRow, round_: Round, row: FormReturn, rows: list[dict[str, str]]
    ) -> str:
        """Ask a successor for rows of an old form."""
        other = self._work.form_return(round_, unit.id)
        if other.sent_at is not None and other.id not in self._asked:
            return f"“{unit.name}”已另发反馈表，请给它补发这 {len(rows)} 项"
        if unit.id not in self._change.made and unit.id not in (u.id for u in self._change.old):
            return f"请给“{unit.name}”发反馈表，有这 {len(rows)} 项"
        self._asked.add(other.id)
        held = {each["code"] for each in other.sent}
        other.sent = [*other.sent, *(each for each in rows if each["code"] not in held)]
        other.sent_at, other.exempt = row.sent_at, ""
        due = row.due or round_.feedback_due
        if due is not None and due < self._day:
            # Nobody is late for what it was given after the day, whenever the reform took effect.
            other.due, other.due_reason = self._day, self._basis
        elif row.due is not None and (other.due is None or other.due < row.due):
            other.due, other.due_reason = row.due, row.due_reason
        return f"这 {len(rows)} 项由“{unit.name}”接着报"


_BACK = "已反馈"
