"""机构改革: units renamed, merged, split, abolished, duties handed over, leaders' 分工 changed.

One reform is one step. The plan is the reform itself, run and rolled back, so that what is shown
beforehand is what is done. Open tasks get the new names; closed ones, closed rounds and archived
ledgers keep the old. What each task said before is kept, so that older tables compare as the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.reform import REFORM_WORDS, ReformKind, ReformPlan, ReformRequest, ReformRow
from tracker.ops.outcome import Outcome
from tracker.ops.reform_charge import change_charge
from tracker.ops.reform_forms import hand_forms_over, open_slips
from tracker.ops.reform_tasks import duties_kept, hand_tasks_over
from tracker.ops.reform_units import UnitChange, change_units
from tracker.store.unit_models import Handover, Reform
from tracker.text.days import long_date

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.domain.reform import FormTouch
    from tracker.ops.office import Office
    from tracker.ops.reform_tasks import Touched
    from tracker.store.work import Work


class _RollBack(Exception):
    """Leaves a unit of work so that nothing of it stays but the plan."""

    def __init__(self, plan: ReformPlan) -> None:
        super().__init__()
        self.plan = plan


def list_reforms(office: Office) -> tuple[ReformRow, ...]:
    """Return the reforms that were carried out, the latest first."""
    with office.read() as view:
        return view.reforms()


def plan_reform(office: Office, request: ReformRequest, *, who: str, now: datetime) -> ReformPlan:
    """Return what a reform would change; nothing is stored.

    Raises:
        UserError: a unit or leader is not known, or the request does not fit together.
    """
    try:
        with office.change(label_of(request), who, now) as work:
            raise _RollBack(_Run(work, request, who, now).run())
    except _RollBack as done:
        return done.plan


def carry_out_reform(
    office: Office, request: ReformRequest, *, who: str, now: datetime
) -> Outcome[ReformPlan]:
    """Carry a reform out as one step, which undo takes back whole.

    Raises:
        UserError: as in `plan_reform`; or something of the plan is still open.
    """
    with office.change(label_of(request), who, now) as work:
        run = _Run(work, request, who, now)
        plan = run.run()
        if plan.faults:
            raise UserError("机构改革还不能办理", "；".join(plan.faults), "请补充后再办理")
    return Outcome(plan, work.changes, run.sentence())


def label_of(request: ReformRequest) -> str:
    """Return the step's name in the user's words: “合并：县商务局、县招商局 → 县商务招商局”."""
    old = "、".join(request.old)
    new = request.leader or "、".join(unit.name for unit in request.new)
    word = REFORM_WORDS[request.kind]
    if request.kind is ReformKind.ABOLISH:
        word = f"{word}单位"  # or it would read as a step that was undone
    return f"{word}：{old} → {new}" if new else f"{word}：{old}"


class _Run:
    """One reform in a unit of work."""

    def __init__(self, work: Work, request: ReformRequest, who: str, now: datetime) -> None:
        _check(request, now)
        self._work = work
        self._request = request
        self._who, self._now = who, now
        self._touched: list[Touched] = []
        self._old = request.old

    def run(self) -> ReformPlan:
        """Do it, and return what was done."""
        request = self._request
        forms: list[FormTouch] = []
        faults: list[str] = []
        if request.kind is ReformKind.CHARGE:
            charge = change_charge(self._work, request)
            self._touched, others, units = charge.tasks, charge.others, charge.units
        else:
            change = change_units(self._work, request)
            self._touched = hand_tasks_over(self._work, request, change)
            today = self._now.date()
            forms = hand_forms_over(self._work, change, self._touched, self._basis(), today)
            others = (*change.others, *open_slips(self._work, change))
            units = change.ids
            self._old = change.old_names
            faults = self._unchosen(change)
        faults = [*faults, *_unwritten(self._touched)]
        self._keep(units)
        tasks = tuple(touch for t in self._touched for touch in t.touches)
        return ReformPlan(request, tasks, tuple(forms), tuple(others), tuple(faults))

    def sentence(self) -> str:
        """Return what was done, for the user."""
        return f"{label_of(self._request)}，{len(self._changed())} 项在办任务已改"

    def _changed(self) -> list[Touched]:
        """Return the tasks that say something else now; a split leaves some with their unit."""
        return [t for t in self._touched if duties_kept(t.task) != t.before]

    def _unchosen(self, change: UnitChange) -> list[str]:
        waiting = sum(1 for t in self._touched for touch in t.touches if not touch.chosen)
        if not waiting:
            return []
        if change.successors:
            return [f"还有 {waiting} 项在办任务没有指定承接单位"]
        old = "、".join(change.old_names)
        return [f"还有 {waiting} 项在办任务由“{old}”承担，请指定承接单位"]

    def _basis(self) -> str:
        request = self._request
        day = long_date(request.on) if request.on else ""
        return "".join((day, label_of(request), f"（{request.basis}）" if request.basis else ""))

    def _keep(self, units: tuple[int, ...]) -> None:
        request = self._request
        reform = Reform(
            kind=request.kind.value,
            on=request.on or self._now.date(),
            basis=request.basis.strip(),
            old=list(self._old),
            new=[request.leader] if request.leader else [unit.name for unit in request.new],
            units=list(units),
            words=self._basis(),
            at=self._now,
            by=self._who,
        )
        self._work.add(reform)
        self._work.add_all(
            [
                Handover(reform_id=reform.id, task_id=t.task.id, before=t.before, words=t.words)
                for t in self._changed()
            ]
        )


def _unwritten(touched: list[Touched]) -> list[str]:
    waiting = [t.task.code for t in touched if t.needs_cell]
    return [f"任务 {'、'.join(waiting)} 的单位栏要请您写明"] if waiting else []


_COUNTS = {
    ReformKind.RENAME: (1, 1, 1, 1),
    ReformKind.MERGE: (2, 99, 1, 1),
    ReformKind.SPLIT: (1, 1, 2, 99),
    ReformKind.ABOLISH: (1, 1, 0, 99),
    ReformKind.HAND_OVER: (1, 1, 1, 1),
    ReformKind.CHARGE: (1, 1, 0, 0),
}
"""Fewest and most names before and after."""


def _check(request: ReformRequest, now: datetime) -> None:
    """Raise where the request does not fit together."""
    word = REFORM_WORDS[request.kind]
    least, most, fewest, highest = _COUNTS[request.kind]
    old = [name for name in request.old if name.strip()]
    new = [unit.name for unit in request.new if unit.name.strip()]
    if not least <= len(set(old)) <= most:
        said = "请选择一个" if most == 1 else f"请至少选择 {least} 个"
        what = "领导" if request.kind is ReformKind.CHARGE else "单位"
        raise UserError(f"{word}的{what}不对", "", f"{said}原{what}")
    if not fewest <= len(set(new)) <= highest:
        said = "请写明一个新单位" if highest == 1 else f"请至少写明 {fewest} 个新单位"
        raise UserError(f"{word}后的单位不对", "", said)
    if request.kind is ReformKind.CHARGE and not request.leader.strip():
        raise UserError("请写明由哪位领导接任")
    if request.on is None:
        raise UserError("请写明生效日期")
    if request.on > now.date():
        raise UserError(
            f"{word}的生效日期晚于今天", "台账要在生效之后才改用新名称", "请到生效当天再办理"
        )
