"""What a new slip would say: every sentence from stored facts, for the clerk to change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.slip import (
    SlipProposal,
    SlipState,
    SlipWords,
    counter_name,
    slip_code,
    unknown_years,
)
from tracker.domain.slip_words import broken, kind_words
from tracker.domain.terms import OPEN, Role
from tracker.domain.unit import UnitRow
from tracker.domain.workdays import load_calendar
from tracker.insight.lights import is_overdue
from tracker.insight.rates import state_of
from tracker.ops.tasks import no_such_task
from tracker.text.days import long_date
from tracker.text.wording import filled

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from tracker.domain.instruction import Instruction
    from tracker.domain.ledger import LedgerRow
    from tracker.domain.slip import SlipChoice, SlipRow
    from tracker.domain.slip_words import KindWords
    from tracker.domain.task import TaskRow
    from tracker.domain.terms import Completion
    from tracker.store.queries import View

_STOPS = "。；;，,、"
"""Ends of a task's words that would stand before a bracket."""
_NAMED = 3
"""So many earlier slips on the same matter are pointed out, the latest first."""
MOST_DAYS = 250
"""More working days than a year has are a slip of the pen."""


def proposal(
    view: View, ledger: LedgerRow | None, choice: SlipChoice, *, who: str, today: date
) -> SlipProposal:
    """Return what a slip would say as things stand.

    Args:
        ledger: where a slip without tasks goes; tasks bring their own.

    Raises:
        UserError: no unit, a collective, no such task, or days that cannot be.
        FileProblem: the wording in `resources/slips.toml` is broken.
    """
    try:
        return _Composer.of(view, ledger, choice, who, today).compose()
    except (KeyError, TypeError) as error:
        raise broken(error) from error


def caution_of(issued_on: date, due: date | None) -> str:
    """Say that the day of reply was reckoned without the holidays of a year; "" where it was."""
    if due is None:
        return ""
    years = unknown_years(issued_on, due, load_calendar())
    if not years:
        return ""
    named = "、".join(f"{year}年" for year in years)
    return f"{named}的放假安排未收录，回复期限只按周末推算，请核对"


def ledger_of(view: View, ledger: LedgerRow | None, codes: tuple[str, ...]) -> LedgerRow:
    """Return the ledger a slip belongs to: that of its first task, else the one given.

    Raises:
        UserError: no such task, or neither a task nor a ledger.
    """
    if codes:
        task = view.task(codes[0])
        if task is None:
            raise no_such_task(codes[0])
        return next(row for row in view.ledgers() if row.id == task.ledger_id)
    if ledger is None:
        raise UserError("没有任务的单子要指明专项", "", "请选定一个专项")
    return ledger


@dataclass(frozen=True, slots=True)
class _Composer:
    """Makes the words of one slip.

    Attributes:
        unit: as the list of units knows it; id 0 where it does not.
        last: the latest slip of the ledger, whose issuer and clerk are offered again.
        states: where each task stands, by id; the round's entry goes before the task's own state.
    """

    view: View
    ledger: LedgerRow
    choice: SlipChoice
    kind: KindWords
    unit: UnitRow
    tasks: tuple[TaskRow, ...]
    states: Mapping[int, Completion]
    last: SlipRow | None
    who: str
    issued_on: date

    @classmethod
    def of(
        cls, view: View, ledger: LedgerRow | None, choice: SlipChoice, who: str, today: date
    ) -> _Composer:
        """Read what the words are made of."""
        held = ledger_of(view, ledger, choice.tasks)
        tasks = tuple(_task(view, code) for code in dict.fromkeys(choice.tasks))
        return cls(
            view=view,
            ledger=held,
            choice=choice,
            kind=kind_words(choice.kind),
            unit=_unit(view, choice.unit),
            tasks=tasks,
            states={task.id: _state(view, task) for task in tasks},
            last=next(iter(view.slips(held.id)), None),
            who=who,
            issued_on=choice.issued_on or today,
        )

    def compose(self) -> SlipProposal:
        """Return the proposal."""
        number = self.choice.number or self._last_number() + 1
        code = slip_code(self.kind.prefix, self.issued_on.year, number)
        days, due = self._reply()
        values = self._values(code, days, due)
        return SlipProposal(
            kind=self.choice.kind,
            code=code,
            number=number,
            unit_id=self.unit.id or None,
            unit=self.unit.name,
            tasks=tuple(task.code for task in self.tasks),
            words=self._words(values),
            issued_on=self.issued_on,
            days=days,
            reply_due=due,
            doubts=tuple(self._doubts()),
            caution=caution_of(self.issued_on, due),
        )

    def _last_number(self) -> int:
        return self.view.counted_to(counter_name(self.kind.prefix, self.issued_on.year))

    def _reply(self) -> tuple[int | None, date | None]:
        days = self.kind.days if self.choice.days is None else self.choice.days
        if not 0 <= days <= MOST_DAYS:
            raise UserError(
                f"回复期限不能是{days}个工作日", "", f"请写0（不要求回复）到{MOST_DAYS}"
            )
        if not days:
            return None, None
        return days, load_calendar().add_workdays(self.issued_on, days)

    def _values(self, code: str, days: int | None, due: date | None) -> dict[str, str]:
        return {
            "发文机关": self._signature(),
            "专项": self.ledger.name,
            "编号": code,
            "单子": self.kind.word,
            "单位": self.unit.name,
            "回复期限": long_date(due) if due else "",
            "工作日": str(days or ""),
            "截至": long_date(self.issued_on),
            **self._source(),
        }

    def _words(self, values: dict[str, str]) -> SlipWords:
        sentences, last = self.kind.sentences, self.last.words if self.last else SlipWords()
        basis = [filled(each, values) for each in sentences["basis"]]
        several = len(self.tasks) > 1
        items = [
            filled(sentences["item"], values | self._about(task, place if several else 0))
            for place, task in enumerate(self.tasks, 1)
        ]
        return SlipWords(
            title=filled(sentences["title"], values),
            basis="；".join(dict.fromkeys(filter(None, basis))),
            matter="\n".join(items),
            ask="\n".join(filled(each, values) for each in sentences["ask"]),
            reply=filled(sentences["reply"], values) if values["回复期限"] else "",
            issuer=last.issuer,
            clerk=last.clerk or self.who,
            phone=last.phone,
            signature=self._signature(),
        )

    def _signature(self) -> str:
        if self.choice.signature is not None:
            return self.choice.signature.strip()
        return self.ledger.office or (self.last.words.signature if self.last else "")

    def _about(self, task: TaskRow, place: int) -> dict[str, str]:
        deadline, day = task.deadline, task.deadline.date if task.deadline else None
        late = is_overdue(deadline, self.states[task.id], self.issued_on) and not task.withdrawn
        said = deadline.text if deadline else ""
        if day is not None and said in ("", day.isoformat()):
            said = long_date(day)
        return {
            "序": str(place or ""),
            "序号": task.number,
            "任务": " ".join((task.title or task.text).split()).rstrip(_STOPS),
            "时限": said,
            "逾期": str((self.issued_on - day).days) if late and day else "",
        }

    def _source(self) -> dict[str, str]:
        """Name the one document or instruction that all the tasks came from."""
        ids = {task.id for task in self.tasks}
        named = [
            d
            for d in self.view.documents(self.ledger.id)
            if ids and ids <= d.tasks and d.title and d.kind != "progress_table"
        ]
        title = f"《{named[0].title}》" if len(named) == 1 else ""
        number = f"（{named[0].number}）" if title and named[0].number else ""
        found = self._instructions()
        one = found[0] if len(found) == 1 else None
        return {
            "文件": title + number,
            "批示领导": one.leader if one else "",
            "批示日期": long_date(one.on) if one and one.on and one.leader else "",
        }

    def _instructions(self) -> list[Instruction]:
        lines = self.view.lines([task.id for task in self.tasks], None)
        found = [line.instruction for line in lines if line.instruction is not None]
        if len(found) < len(self.tasks):
            return []
        first: dict[tuple[str, date | None], Instruction] = {}
        for each in found:
            first.setdefault((each.leader, each.on), each)
        return list(first.values())

    def _doubts(self) -> list[str]:
        doubts = []
        if not self.unit.id:
            doubts.append(f"单位名单里没有“{self.unit.name}”，将按所写印出")
        for task in self.tasks:
            if self.unit.id and not self._is_assigned(task):
                doubts.append(f"{self.unit.name}不是任务 {task.code} 的承办单位")
            if task.withdrawn:
                doubts.append(f"任务 {task.code} 已经撤回或并入别的任务")
            elif self.states[task.id] not in OPEN:
                doubts.append(f"任务 {task.code} 已不在办，单子里不写逾期")
            elif task.deadline is not None and task.deadline.doubtful:
                doubts.append(f"任务 {task.code} 的时限写法待核，单子里不写逾期")
        standing = [slip for slip in self.view.slips() if self._is_same(slip)][:_NAMED]
        doubts += [
            f"同一事项已开过{s.code}（{long_date(s.issued_on)}），还没有办结" for s in standing
        ]
        return doubts

    def _is_same(self, slip: SlipRow) -> bool:
        return (
            slip.kind is self.choice.kind
            and slip.unit == self.unit.name
            and bool(set(slip.tasks) & {task.code for task in self.tasks})
            and slip.state is not SlipState.CLOSED
        )

    def _is_assigned(self, task: TaskRow) -> bool:
        names = self.view.unit_names()
        held = {names.find(name) for role in Role for name in task.roles.of(role)}
        by_id = {unit.id: unit for unit in self.view.units()}
        members = {m for i in held if i is not None and i in by_id for m in by_id[i].members}
        return self.unit.id in held | members


def _task(view: View, code: str) -> TaskRow:
    found = view.task(code)
    if found is None:
        raise no_such_task(code)
    return found


def _state(view: View, task: TaskRow) -> Completion:
    round_ = view.shown_round(task.ledger_id, None)
    held = view.task_entries(task.id)
    entry = next((e.entry for e in held if round_ and e.round.id == round_.id), None)
    return state_of(task, entry)[0]


def _unit(view: View, name: str) -> UnitRow:
    wanted = " ".join(name.split())
    if not wanted:
        raise UserError("没有写接收单位", "", "请填写一个单位")
    found = view.unit_names().find(wanted)
    row = next((unit for unit in view.units() if unit.id == found), UnitRow(0, wanted))
    gone = view.gone_units().get(row.id) if row.is_abolished else None
    if gone is not None:
        raise UserError(f"{gone.words(wanted)}，不能再开单给它", "", "请开给承接的单位")
    if row.is_collective:
        raise UserError(f"“{row.name}”是合称，不是一个单位", "", "请开给具体的单位")
    return row
