"""The notice (责任分解通知) that sends the breakdown of duties round, with the table annexed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.base.errors import FileProblem, UserError
from tracker.base.resources import load
from tracker.domain.circular import Circular, Figure, Level, Passage
from tracker.insight.owners import NO_UNIT, UnitBook
from tracker.ops.breakdown import breakdown_content
from tracker.ops.circular_files import check_letter_ending, write_circular
from tracker.text.days import long_date
from tracker.text.wording import filled, places

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path
    from typing import Any

    from tracker.domain.document import DocumentRow
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.task import TaskRow
    from tracker.ops.circular_files import Annex
    from tracker.ops.office import Office

_FILE = "notice.toml"


def compose_notice(office: Office, ledger: LedgerRow, *, now: datetime) -> Circular:
    """Return the notice that sends the breakdown of a ledger's duties round.

    Raises:
        UserError: the ledger has no task.
        FileProblem: the wording in `resources/notice.toml` is broken.
    """
    with office.read() as view:
        tasks = view.tasks(ledger.id)
        book = UnitBook.of(view.units())
        documents = view.documents(ledger.id)
        rounds = view.rounds(ledger.id)
    if not tasks:
        raise UserError(
            f"专项“{ledger.name}”里没有任务，无从通知", "", "请先分解文件、导入表格或新增任务"
        )
    words = load(_FILE)
    table = breakdown_content(office, ledger, now).title
    values, figures = _values(ledger, tasks, book)
    values |= {"表名": table, "文件": _source(documents)} | _feedback(rounds)
    try:
        return Circular(
            title=filled(words["title"], values),
            body=(
                Passage(filled(words["basis"], values), key="basis"),
                *_demands(words["demands"], values, figures),
            ),
            addressee=filled(words["addressee"], values),
            annexes=tuple(filled(annex, values) for annex in words["annexes"]),
            signature=ledger.office,
            date=now.date(),
            note=filled(words["note"], values),
            created=now,
        )
    except (KeyError, TypeError) as error:
        raise FileProblem(
            f"资料“{_FILE}”的写法有误", f"缺少或写错了：{error}", "请改正该文件或重新安装程序"
        ) from error


def notice_annexes(office: Office, ledger: LedgerRow, now: datetime) -> tuple[Annex, ...]:
    """Return the 责任分解表 with its layout, to be annexed.

    Raises:
        UserError: the ledger has no task.
    """
    from tracker.reports.breakdown import breakdown_layout

    content = breakdown_content(office, ledger, now)
    return ((content, breakdown_layout(content)),)


def export_notice(
    office: Office, ledger: LedgerRow, target: Path, *, now: datetime, with_table: bool = True
) -> tuple[Circular, tuple[str, ...]]:
    """Write the notice as .docx or .pdf; return what was printed, and warnings.

    Args:
        with_table: the table follows inside the same file.

    Raises:
        UserError: another ending, no task, or the target cannot be written.
    """
    check_letter_ending(target, "责任分解通知")
    notice = compose_notice(office, ledger, now=now)
    annexes = notice_annexes(office, ledger, now) if with_table else ()
    return notice, write_circular(notice, target, annexes)


def _values(
    ledger: LedgerRow, tasks: Sequence[TaskRow], book: UnitBook
) -> tuple[dict[str, str], tuple[Figure, ...]]:
    """Return what is counted, in words and as figures with their tasks."""
    every = tuple(task.code for task in tasks)
    units = {unit for task in tasks for unit in book.owners(task)} - {NO_UNIT}
    days = {
        task.code: task.deadline.date
        for task in tasks
        if task.deadline is not None and task.deadline.date and not task.deadline.doubtful
    }
    without = tuple(code for code in every if code not in days)
    first, last = (min(days.values()), max(days.values())) if days else (None, None)
    values = {
        "发文机关": ledger.office,
        "专项": ledger.name,
        "总数": str(len(every)),
        "单位家数": str(len(units) or ""),
        "有时限": str(len(days) or ""),
        "无时限": str(len(without) or ""),
        "最早": long_date(first) if first else "",
        "最晚": long_date(last) if last and last != first else "",
    }
    figures = (
        Figure("总数", values["总数"], every),
        Figure("单位家数", values["单位家数"]),
        Figure("有时限", values["有时限"], tuple(days)),
        Figure("无时限", values["无时限"], without),
    )
    return values, tuple(figure for figure in figures if figure.value)


def _source(documents: Sequence[DocumentRow]) -> str:
    """Name the document that the tasks came from, where there is one that says its name."""
    named = [each for each in documents if each.title and each.kind != "progress_table"]
    if len(named) != 1:
        return ""
    number = f"（{named[0].number}）" if named[0].number else ""
    return f"《{named[0].title}》{number}"


def _feedback(rounds: Sequence[RoundRow]) -> dict[str, str]:
    last = rounds[-1] if rounds else None
    due = last.feedback_due if last is not None else None
    if last is None or due is None:
        return {"期": "", "反馈截止": ""}
    return {"期": str(last.number), "反馈截止": long_date(due)}


def _demands(
    demands: Sequence[Mapping[str, Any]],  # Any: values of TOML
    values: Mapping[str, str],
    figures: Sequence[Figure],
) -> Iterator[Passage]:
    for number, demand in enumerate(demands, 1):
        text = filled(demand["text"], values)
        if not text:
            continue
        named = places(demand["text"])
        stated = tuple(each for each in figures if each.name in named)
        yield Passage(demand["heading"], Level.FIRST, key=f"demand:{number}.heading")
        yield Passage(text, figures=stated, key=f"demand:{number}")
