"""单位年度记录: what each unit did in a year of a ledger, every figure with its ground."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tracker.base.atomic import ensure_writable
from tracker.base.errors import UserError
from tracker.base.file_names import report_name
from tracker.domain.content import Content, ContentRow
from tracker.domain.terms import ROLE_WORDS, Role
from tracker.domain.year import CLOSED, ENDING_WORDS, Ending
from tracker.ops.form_folder import delivering
from tracker.ops.table_files import ENDINGS, Exported, check_ending, export_table
from tracker.ops.year_facts import unasked_rounds, year_facts
from tracker.ops.year_words import called, deadline_words, titled
from tracker.text.days import long_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from tracker.base.progress import Progress
    from tracker.domain.ledger import LedgerRow
    from tracker.domain.task import TaskRow
    from tracker.domain.year import ReturnLine, SlipSent, UnitYear
    from tracker.ops.office import Office
    from tracker.ops.year_facts import YearFacts
    from tracker.reports.looks import Layout

UNITS_TABLE = "单位年度记录"
_OTHERS = ((Role.COOPERATING, "配合"), (Role.GUIDING, "指导"))
_TASKS, _FURTHER, _RETURNS, _SLIPS, _SUMS = (
    "承办任务",
    "配合、指导任务",
    "反馈报送",
    "收到单子",
    "合计",
)


def unit_records(office: Office, ledger: LedgerRow, *, now: datetime) -> tuple[UnitYear, ...]:
    """Return what each unit did in a year, the units in official order.

    Raises:
        UserError: the ledger has no task.
    """
    return year_facts(office, ledger, now.date()).units


def units_table(facts: YearFacts, now: datetime) -> tuple[Content, Layout]:
    """Return the table of all units, one line each, and its layout."""
    from tracker.reports.year import units_layout

    by_code = {task.code: task for task in facts.tasks}
    rows = tuple(
        ContentRow(number=str(place), units=(unit.unit,), extra=_cells(unit, facts, by_code))
        for place, unit in enumerate(facts.units, 1)
    )
    rows = (*rows, _total_row(facts))
    content = Content(
        title=titled(facts.ledger, "年度单位记录"),
        meta=("　　".join(_meta(facts, now)),),
        rows=rows,
        legend=_grounds(facts),
        created=now,
    )
    return content, units_layout(rows)


def _cells(unit: UnitYear, facts: YearFacts, tasks: Mapping[str, TaskRow]) -> dict[str, str]:
    figures = {
        **{role.value: len(unit.of(role)) for role in Role},
        "answered": unit.answered_for,
        "closed": len(unit.ended(*CLOSED)),
        **{ending.value: len(unit.ended(ending)) for ending in Ending},
        "due": unit.returns_due,
        "returned": unit.returned,
        "returned_late": unit.returned_late,
        "missing": unit.missing,
        "slips": len(unit.slips),
        "replied": len(unit.replied),
        "replied_late": len(unit.replied_late),
    }
    cells = {name: str(number) for name, number in figures.items()}
    late = [
        f"{called(tasks[code])}{facts.results[code].late_words}"
        for code in unit.ended(Ending.LATE, Ending.OVERDUE)
    ]
    return cells | {"days": "；".join(late)}


def _total_row(facts: YearFacts) -> ContentRow:
    """Return the sums: each task once, returns and slips of all units together."""
    tasks, units = facts.counting, facts.units
    endings = Counter(result.ending for result in facts.results.values())
    figures = {
        **{role.value: sum(bool(task.roles.of(role)) for task in tasks) for role in Role},
        "answered": len(tasks),
        "closed": sum(endings[ending] for ending in CLOSED),
        **{ending.value: endings[ending] for ending in Ending},
        "due": sum(unit.returns_due for unit in units),
        "returned": sum(unit.returned for unit in units),
        "returned_late": sum(unit.returned_late for unit in units),
        "missing": sum(unit.missing for unit in units),
        "slips": sum(len(unit.slips) for unit in units),
        "replied": sum(len(unit.replied) for unit in units),
        "replied_late": sum(len(unit.replied_late) for unit in units),
    }
    extra = {name: str(number) for name, number in figures.items()}
    return ContentRow(units=("合计（每项任务只计一次）",), extra=extra)


def unit_table(facts: YearFacts, unit: UnitYear, now: datetime) -> tuple[Content, Layout]:
    """Return the record of one unit: its tasks, returns and slips, and the sums with their ground.

    Args:
        unit: one of `facts.units`.
    """
    from tracker.reports.year import unit_layout

    by_code = {task.code: task for task in facts.tasks}
    rows = (
        *_task_rows(facts, unit, by_code),
        *_further_rows(unit, by_code),
        *(_return_row(line) for line in unit.returns),
        *(_slip_row(each, by_code) for each in unit.slips),
        *_sum_rows(unit, by_code),
    )
    content = Content(
        title=f"{unit.unit}年度记录",
        meta=("　　".join((f"专项：{facts.ledger.name}", *_meta(facts, now))),),
        rows=rows,
        legend=_grounds(facts),
        created=now,
    )
    return content, unit_layout()


def _task_rows(
    facts: YearFacts, unit: UnitYear, tasks: Mapping[str, TaskRow]
) -> Iterator[ContentRow]:
    leads = frozenset(unit.of(Role.LEAD))
    order = {task.code: place for place, task in enumerate(facts.tasks)}
    for code in sorted(unit.ended(*Ending), key=order.__getitem__):
        task, result = tasks[code], facts.results[code]
        role = Role.LEAD if code in leads else Role.RESPONSIBLE
        late = result.late_words
        yield ContentRow(
            number=task.number,
            task=task.text,
            deadline=deadline_words(task),
            state=ENDING_WORDS[result.ending],
            remark=f"{result.basis}，超过时限{late}" if late else result.basis,
            section=_TASKS,
            group=_TASKS,
            extra={"role": ROLE_WORDS[role]},
        )


def _further_rows(unit: UnitYear, tasks: Mapping[str, TaskRow]) -> Iterator[ContentRow]:
    """Yield the tasks it only helps with: they say nothing of its own work."""
    answered = frozenset(unit.ended(*Ending))
    shown: set[str] = set()
    for role in (Role.RESPONSIBLE, Role.COOPERATING, Role.GUIDING):
        for code in unit.of(role):
            if code in answered or code in shown:
                continue
            shown.add(code)
            task = tasks[code]
            yield ContentRow(
                number=task.number,
                task=task.text,
                deadline=deadline_words(task),
                state="不计入承办",
                remark=_led_by(task),
                section=_FURTHER,
                group=_FURTHER,
                extra={"role": ROLE_WORDS[role]},
            )


def _led_by(task: TaskRow) -> str:
    names = task.roles.lead or task.roles.responsible
    return f"由{'、'.join(names)}承办" if names else ""


def _return_row(line: ReturnLine) -> ContentRow:
    cut_off = f"（截至{long_date(line.cut_off)}）" if line.cut_off else ""
    came = f"收到：{long_date(line.received)}" if line.received and line.came else ""
    state = f"{line.state}（迟报）" if line.is_late else line.state
    return ContentRow(
        number=f"第{line.round}期",
        task=f"第{line.round}期反馈{cut_off}",
        deadline=long_date(line.due) if line.due else "未定反馈时限",
        state=state if line.is_due else f"{state}（不计应报）",
        remark="；".join(part for part in (came, line.basis) if part),
        section=_RETURNS,
        group=_RETURNS,
        extra={"role": "反馈表"},
    )


def _slip_row(each: SlipSent, tasks: Mapping[str, TaskRow]) -> ContentRow:
    slip = each.slip
    about = [called(tasks[code]) for code in slip.tasks if code in tasks]
    answers = [f"{long_date(reply.on)}回复" for reply in slip.replies]
    closed = f"{long_date(slip.closed_on)}办结" if slip.closed_on else ""
    late = each.late.words if each.late else ""
    return ContentRow(
        number=slip.code,
        task="；".join(part for part in ("、".join(about), slip.words.matter) if part),
        deadline=long_date(slip.reply_due) if slip.reply_due else "不要求回复",
        state=slip.state_word,
        remark="；".join(
            part for part in (f"{long_date(slip.issued_on)}开出", *answers, closed, late) if part
        ),
        section=_SLIPS,
        group=_SLIPS,
        extra={"role": each.kind_word},
    )


def _sum_rows(unit: UnitYear, tasks: Mapping[str, TaskRow]) -> Iterator[ContentRow]:
    """Yield every figure of the unit with what it counts."""

    def listed(codes: tuple[str, ...]) -> str:
        return "、".join(called(tasks[code]) for code in codes)

    owned = unit.ended(*Ending)
    yield _sum("承办任务", f"{len(owned)}项", "其中各项见下")
    for ending in Ending:
        codes = unit.ended(ending)
        if codes:
            yield _sum(ENDING_WORDS[ending], f"{len(codes)}项", listed(codes))
    for role, word in _OTHERS:
        codes = unit.of(role)
        if codes:
            yield _sum(f"{word}任务", f"{len(codes)}项", listed(codes))
    yield from _return_sums(unit.returns)
    yield from _slip_sums(unit)


def _return_sums(returns: tuple[ReturnLine, ...]) -> Iterator[ContentRow]:
    due = [line for line in returns if line.is_due]
    kinds = (
        ("应报反馈", due),
        ("已报", [line for line in due if line.came]),
        ("其中迟报", [line for line in due if line.came and line.is_late]),
        ("未报", [line for line in due if line.is_missing]),
    )
    for name, lines in kinds:
        if lines:
            rounds = "、".join(f"第{line.round}期" for line in lines)
            yield _sum(name, f"{len(lines)}期", rounds)


def _slip_sums(unit: UnitYear) -> Iterator[ContentRow]:
    kinds = (
        ("收到单子", unit.slips),
        ("要求回复", unit.to_reply),
        ("已回复", unit.replied),
        ("其中迟复", unit.replied_late),
        ("逾期未复", unit.not_replied),
    )
    for name, slips in kinds:
        if slips:
            codes = "、".join(each.slip.code for each in slips)
            yield _sum(name, f"{len(slips)}件", codes)


def _sum(name: str, figure: str, ground: str) -> ContentRow:
    return ContentRow(task=name, state=figure, remark=ground, section=_SUMS, group=_SUMS)


def _meta(facts: YearFacts, now: datetime) -> list[str]:
    ledger = facts.ledger
    head = [f"填报单位：{ledger.office}"] if ledger.office else []
    return [*head, f"制表日期：{long_date(now.date())}"]


def _grounds(facts: YearFacts) -> tuple[str, ...]:
    """Return in sentences how was counted."""
    lines = [
        "承办项数按牵头单位计，没有牵头单位的按责任单位计；撤回、并入的任务不计。",
        facts.note,
        (
            "是否按期，以销号日期（此前各期已报完成的，以该期截止日期）与销号时的时限比较；"
            "延期后按期的单列。销号日期是确认销号的日期，不等于完成日期。"
        ),
        "没有销号日期、没有确定时限或时限待核的，不判断是否按期。",
        "迟报、迟复只计有据可查的；无法判断的不计迟报。",
    ]
    unasked = "、".join(f"第{number}期" for number in unasked_rounds(facts))
    if unasked:
        lines.append(f"{unasked}没有发反馈表、没有定反馈时限，不计应报。")
    return tuple(lines)


def export_units(
    office: Office,
    ledger: LedgerRow,
    target: Path,
    *,
    now: datetime,
) -> Exported:
    """Write the table of all units as .xlsx, .docx or .pdf, beside the target and swapped in.

    Raises:
        UserError: another ending, nothing to print, or the target cannot be written.
    """
    check_ending(target, UNITS_TABLE)
    ensure_writable(target)
    return export_table(*units_table(year_facts(office, ledger, now.date()), now), target)


def export_unit_records(
    office: Office,
    ledger: LedgerRow,
    folder: Path,
    *,
    now: datetime,
    ending: str = ".xlsx",
    progress: Progress | None = None,
) -> tuple[Path, ...]:
    """Write the table of all units and a record for each into a folder: all files, or none.

    Raises:
        UserError: another ending, nothing to print, or the folder cannot be written.
    """
    if ending not in ENDINGS:
        raise UserError(f"不能写成“{ending}”格式", f"可用：{'、'.join(ENDINGS)}", "请换一种格式")
    facts = year_facts(office, ledger, now.date())
    with delivering(folder) as delivery:
        papers = record_papers(facts, now, ending)
        for place, (name, (content, layout)) in enumerate(papers.items()):
            if progress is not None:
                progress.step(f"正在写“{content.title}”", place, len(papers))
            export_table(content, layout, delivery.prepare(name, lambda _path: True))
        return delivery.put_in_place()


def record_papers(
    facts: YearFacts, now: datetime, ending: str
) -> dict[str, tuple[Content, Layout]]:
    """Return the table of all units and the record of each, by the name of its file."""
    name, day = facts.ledger.name, now.date()
    papers = {report_name(name, UNITS_TABLE, ending, day=day): units_table(facts, now)}
    for place, unit in enumerate(facts.units, 1):
        what = f"年度记录 {place:02d} {unit.unit}"
        papers[report_name(name, what, ending, day=day)] = unit_table(facts, unit, now)
    return papers
