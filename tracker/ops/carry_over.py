"""结转: a new year's ledger takes over what is unfinished, with its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.carry import MUST_DATE, CarriedOver, CarryLine, CarryPlan
from tracker.domain.instruction import Stage
from tracker.domain.terms import COMPLETION_WORDS, OPEN, Completion, LedgerState
from tracker.insight.year import certain_day
from tracker.ops.outcome import Outcome
from tracker.ops.reform_later import Followed
from tracker.ops.task_changes import DEADLINE_COLUMNS
from tracker.store.models import Assignment, Ledger, Milestone, Part, Task
from tracker.text.days import long_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime

    from tracker.domain.carry import CarryChoice
    from tracker.domain.ledger import LedgerRow
    from tracker.domain.milestone import Milestone as MilestoneValue
    from tracker.domain.task import TaskRow
    from tracker.domain.unit import UnitNames
    from tracker.domain.unit_gone import Gone
    from tracker.ops.office import Office
    from tracker.store.queries import View
    from tracker.store.work import Work

KEPT = (
    "document_id",
    "section",
    "title",
    "text",
    "units_text",
    "persons",
    *DEADLINE_COLUMNS,
    "source_sheet",
    "source_row",
    "source_start",
    "source_end",
    "figures",
    "instruction_leader",
    "instructed_on",
    "instruction_text",
    "stage",
    "stages",
)
"""What a task takes along to the letter; entries, closings and files stay where they are."""

_PART = ("position", "mark", "text", "deadline_text", "deadline_date")
_ASSIGNMENT = ("unit_id", "role", "position", "printed", "valid_from", "valid_to", "basis")
_MOST_NAMED = 5
MUST_ASSIGN = "原单位已撤销，未带入，请指定承接单位"
"""What is said of a task whose unit no single other one took over from."""


def plan_carry(office: Office, ledger: LedgerRow, today: date) -> CarryPlan:
    """Return which tasks of a ledger go on, and what to look at; nothing is stored."""
    with office.read() as view:
        return _plan(view, ledger, today)


def _plan(view: View, ledger: LedgerRow, today: date) -> CarryPlan:
    tasks = view.tasks(ledger.id)
    gone_on = view.all_going_on(ledger.id)
    year = ledger.year or today.year
    names, gone = view.unit_names(), view.gone_units()
    last = view.last_entries(task.id for task in tasks)
    lines = []
    for task in tasks:
        there = gone_on.get(task.id)
        unfinished = task.completion in (*OPEN, Completion.DONE)
        lines.append(
            CarryLine(
                task=task,
                proposed=unfinished and there is None,
                state=COMPLETION_WORDS[task.completion],
                doubts=(f"已结转到{there.words}",)
                if there
                else (*_doubts(task, year, today), *_gone_doubts(task, names, gone)),
                gone_on=there,
                last=last.get(task.id),
            )
        )
    return CarryPlan(ledger.name, tuple(lines))


def _doubts(task: TaskRow, year: int, today: date) -> Iterator[str]:
    """Yield what the clerk should look at, each in a few words."""
    if words := _deadline_doubt(task, year, today):
        yield words
    if task.completion is Completion.DONE:
        yield "已完成未销号，请核对是否结转"
    elif task.completion is Completion.CLOSED:
        yield "已销号；结转后为推进中"
    elif task.completion is Completion.EXCLUDED:
        yield "已列为调整/取消"
    if not task.roles:
        yield "没有单位"


def _gone_doubts(task: TaskRow, names: UnitNames, gone: Mapping[int, Gone]) -> Iterator[str]:
    """Yield which units do not go along: abolished, and no single one took their place."""
    if gone:
        for name in task.roles.names():
            unit_id = names.find(name)
            if unit_id is not None and unit_id in gone:
                yield f"{gone[unit_id].words(name)}，结转后请指定承接单位"


def _deadline_doubt(task: TaskRow, year: int, today: date) -> str:
    """Return what to look at about a deadline: the new year may give its words another day."""
    deadline, past = task.deadline, _past_day(task, today)
    if past is not None:
        return f"{MUST_DATE}（原时限{long_date(past)}）"
    if deadline is None or task.completion is Completion.DONE:
        return ""
    if deadline.doubtful:
        return f"时限“{deadline.text}”待核"
    day, words = deadline.date, deadline.text
    if day is not None and day.year <= year and words and str(day.year) not in words:
        return f"时限“{words}”没有写年份（{long_date(day)}），请核定"
    return ""


def carry_over(
    office: Office,
    ledger: LedgerRow,
    name: str,
    year: int | None,
    *,
    choice: CarryChoice,
    who: str,
    now: datetime,
) -> Outcome[CarriedOver]:
    """Take tasks over into a new ledger, or into a running one of that name; one step.

    The old ledger stays as it is. A task that goes on somewhere already is not taken again.
    Deadlines are taken along as they are, those that have passed too; the outcome names them.
    Units follow the reforms since; the outcome names tasks whose unit has no single successor.

    Raises:
        UserError: the name is empty or that of the old ledger or of an archived one; a chosen
            task is not there, does not count or goes on already; or nothing is left to take.
    """
    name = name.strip()
    if not name:
        raise UserError("新专项需要一个名称", "", "请填写新专项的名称")
    if name == ledger.name:
        raise UserError("新专项不能与原专项同名", "", "请换一个名称，如加上年度")
    with office.change(f"结转到“{name}”", who, now) as work:
        with office.read() as view:
            plan = _plan(view, ledger, now.date())
            chosen = _chosen(plan, choice)
            steps = view.milestones([line.task.id for line in chosen])
        old = work.ledger(ledger.id)
        target = _target(work, old, name, year)
        followed = Followed(work)
        made, lost = _take(
            work, old, target, chosen, steps, followed, keep_numbers=choice.keep_numbers
        )
    to_assign = tuple(made[code] for code in lost)
    to_date = tuple(made[line.task.code] for line in chosen if _past_day(line.task, now.date()))
    value = CarriedOver(
        name,
        tuple((was, code) for was, (code, _) in made.items()),
        tuple(code for code, _ in to_date),
        tuple(code for code, _ in to_assign),
    )
    sentence = f"已把“{ledger.name}”的 {len(chosen)} 项结转到“{name}”"
    if to_date:
        sentence += f"；其中 {len(to_date)} 项{MUST_DATE}：{_listed(to_date)}"
    if to_assign:
        sentence += f"；其中 {len(to_assign)} 项{MUST_ASSIGN}：{_listed(to_assign)}"
    return Outcome(value, work.changes, sentence)


def _listed(tasks: Sequence[tuple[str, str]]) -> str:
    listed = "、".join(f"第{n}项" if n else code for code, n in tasks[:_MOST_NAMED])
    return listed + ("等" if len(tasks) > _MOST_NAMED else "")


def _past_day(task: TaskRow, today: date) -> date | None:
    """Return the certain day that has passed; None where none has, or the task is done."""
    day = certain_day(task.deadline)
    is_past = day is not None and day < today and task.completion is not Completion.DONE
    return day if is_past else None


def _chosen(plan: CarryPlan, choice: CarryChoice) -> list[CarryLine]:
    """Return the lines that go on, in printed order.

    Raises:
        UserError: a code is of no task that may go on, or none is left.
    """
    by_code = {line.task.code: line for line in plan.lines}
    codes = plan.proposed if choice.codes is None else choice.codes
    for code in codes:
        line = by_code.get(code)
        if line is None:
            raise UserError(
                f"任务 {code} 不能结转",
                f"专项“{plan.ledger}”里没有它，或已撤回、并入",
                "请检查编号",
            )
        if line.gone_on is not None:
            raise UserError(f"任务 {code} 已经结转到{line.gone_on.words}", "", "不用再结转")
    if not codes:
        raise UserError(
            f"专项“{plan.ledger}”没有要结转的任务", "未销号的都已结转，或没有选择任务", ""
        )
    wanted = frozenset(codes)
    return [line for line in plan.lines if line.task.code in wanted]


def _target(work: Work, old: Ledger, name: str, year: int | None) -> Ledger:
    """Return the ledger the tasks go to; a new one is of the old one's kind."""
    found = work.find_ledger(name)
    if found is not None:
        if found.state == LedgerState.ARCHIVED:
            raise UserError(f"专项“{name}”已归档，不能结转进去", "", "请换一个名称")
        return found
    made = Ledger(name=name, year=year, kind=old.kind, rhythm=old.rhythm, office=old.office)
    work.add(made)
    return made


def _take(
    work: Work,
    old: Ledger,
    target: Ledger,
    chosen: Sequence[CarryLine],
    steps: Mapping[int, tuple[MilestoneValue, ...]],
    followed: Followed,
    *,
    keep_numbers: bool,
) -> tuple[dict[str, tuple[str, str]], list[str]]:
    """Store the new tasks.

    Returns:
        Code and number of each by its old code; the old codes of those that lost a unit.
    """
    wanted = {line.task.code for line in chosen}
    sources = {t.code: t for t in work.tasks(old, duties=True) if t.code in wanted}
    first = work.next_position(target)
    rows: list[Task] = []
    made: dict[str, tuple[str, str]] = {}
    lost: list[str] = []
    for position, line in enumerate(chosen, first):
        source = sources[line.task.code]
        number = source.number if keep_numbers else str(position)
        code = f"{target.id}-{work.count(f'task:{target.id}'):03d}"
        row = _copied(source)
        row.ledger_id, row.code, row.number, row.position = target.id, code, number, position
        lost += [source.code] if followed.lost(row) else []
        followed.take_over(row)
        rows.append(row)
        made[source.code] = (code, number)
    kept = [steps.get(line.task.id, ()) for line in chosen]
    work.add_tasks(rows)
    work.add_all([new for row, each in zip(rows, kept, strict=True) for new in _steps(row, each)])
    followed.keep()
    return made, lost


def _steps(row: Task, steps: tuple[MilestoneValue, ...]) -> Iterator[Milestone]:
    """Yield the steps that are still to be done."""
    for position, step in enumerate((s for s in steps if s.done_on is None), 1):
        yield Milestone(
            task_id=row.id, position=position, due=step.due, what=step.what, figure=step.figure
        )


def _copied(source: Task) -> Task:
    values = {column: getattr(source, column) for column in KEPT}
    row = Task(**values, carried_from_id=source.id)
    open_again = source.completion in (Completion.CLOSED, Completion.EXCLUDED)
    row.completion = Completion.IN_PROGRESS.value if open_again else source.completion
    if row.stage == Stage.CLOSED:
        standing = [s["stage"] for s in source.stages if s["stage"] != Stage.CLOSED]
        row.stage = standing[-1] if standing else Stage.RECEIVED.value
    parts = {}
    for part in source.parts:
        parts[part.id] = Part(**{column: getattr(part, column) for column in _PART})
        row.parts.append(parts[part.id])
    for held in source.assignments:
        own = Assignment(**{column: getattr(held, column) for column in _ASSIGNMENT})
        if held.part_id is not None:
            own.part = parts[held.part_id]
        row.assignments.append(own)
    return row
