"""The words of a year's papers: what stands in their cells, from stored values alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.terms import COMPLETION_WORDS, ROLE_WORDS, Completion, Role
from tracker.text.days import long_date

if TYPE_CHECKING:
    from datetime import date

    from tracker.domain.deadline import Deadline
    from tracker.domain.entry import EntryRow
    from tracker.domain.ledger import LedgerRow
    from tracker.domain.task import Closing, Revisit, TaskRow
    from tracker.ops.year_facts import YearFacts, YearRound

_JOINT = "、"


def titled(ledger: LedgerRow, what: str) -> str:
    """Return a title: the ledger, its year where the name does not tell it, and what it is."""
    year = "" if ledger.year is None or str(ledger.year) in ledger.name else str(ledger.year)
    return f"{ledger.name}{year}{what}"


def round_label(each: YearRound, year: int | None) -> str:
    """Return “第1期（截至6月30日）”; the year is named where it is not the ledger's own."""
    notes = []
    day = each.round.cut_off
    if day is not None:
        notes.append(f"截至{_day(day, year)}")
    if not each.is_closed:
        notes.append("未定稿")
    return f"第{each.round.number}期" + (f"（{'，'.join(notes)}）" if notes else "")


def _day(day: date, year: int | None) -> str:
    return f"{day.month}月{day.day}日" if day.year == year else long_date(day)


def entry_words(entry: EntryRow | None) -> str:
    """Return an entry with all its cells, a line for each; empty where there is none."""
    if entry is None:
        return ""
    share = "" if entry.percent is None else f"{entry.percent:g}%"
    cells = (
        ("状态", entry.state_text),
        ("完成率", share),
        ("存在问题", entry.problems),
        ("下步打算", entry.next_steps),
        ("备注", entry.remark),
        *entry.extra,
    )
    lines = [entry.text, *(f"{name}：{words}" for name, words in cells if words.strip())]
    return "\n".join(line for line in lines if line.strip())


def deadline_words(task: TaskRow) -> str:
    """Return when a task is due; where that was moved, the first day and the reason too."""
    due = _due(task.deadline)
    if task.first_deadline is None:
        return due
    reason = f"\n理由：{task.deadline_reason}" if task.deadline_reason else ""
    return f"原时限：{_due(task.first_deadline)}\n延至：{due}{reason}"


def _due(deadline: Deadline | None) -> str:
    if deadline is None:
        return ""
    words = deadline.text or (long_date(deadline.date) if deadline.date else "")
    return f"{words}（待核）" if deadline.doubtful else words


def closing_words(
    task: TaskRow, files: tuple[str, ...], *, is_finished: bool, out: str = ""
) -> str:
    """Return every closing of a task, else how far it is; files no closing names stand last.

    Args:
        task: the task.
        files: names of the files kept with it.
        is_finished: its last entry says it is done.
        out: what became of a task that does not count.
    """
    lines = [_closing(each) for each in task.closings]
    if out:
        lines.append(out)
    elif task.completion is not Completion.CLOSED:
        lines.append(_still(task.completion, is_finished=is_finished))
    elif not lines:
        lines.append("已销号（没有销号记录）")
    named = "".join(each.evidence for each in task.closings)
    others = [name for name in files if name not in named]
    if others:
        lines.append(f"留存材料：{_JOINT.join(others)}")
    return "\n".join(lines)


def _still(completion: Completion, *, is_finished: bool) -> str:
    if completion is Completion.EXCLUDED:
        return COMPLETION_WORDS[completion]
    if is_finished or completion is Completion.DONE:
        return "已完成，未销号"
    return f"未销号（{COMPLETION_WORDS[completion]}）"


def _closing(closing: Closing) -> str:
    stated = f"{long_date(closing.on)}销号，{closing.by}确认。{closing.statement}"
    proof = closing.evidence if closing.evidence.startswith("无需佐证") else ""
    lines = [stated, proof or f"佐证：{closing.evidence}"]
    if closing.reopened:
        lines.append(f"（后恢复办理：{closing.reopened}）")
    return "\n".join(lines)


def revisit_words(revisit: Revisit) -> str:
    """Return one look at a closed task."""
    kept = "情况保持" if revisit.holds else "情况有反复"
    return f"{long_date(revisit.on)}{revisit.by}回访：{revisit.found}（{kept}）"


def remark_words(task: TaskRow, facts: YearFacts) -> str:
    """Return why a task does not count, where it comes from, and its revisits.

    Where it goes on is left out: the table of a year says the same before and after.
    """
    lines = [facts.gone.get(task.code, "")]
    lines += [f"结转自{each.words}" for each in task.former[:1]]
    lines += [revisit_words(each) for each in task.revisits]
    return "\n".join(line for line in lines if line)


def units_words(task: TaskRow) -> tuple[str, ...]:
    """Return who answers for a task, to the letter where its cell says more than names."""
    if task.units_text:
        return (task.units_text,)
    roles = task.roles
    if roles.lead and roles.responsible:
        labelled = ((Role.LEAD, roles.lead), (Role.RESPONSIBLE, roles.responsible))
        return tuple(f"{ROLE_WORDS[role]}：{_JOINT.join(names)}" for role, names in labelled)
    return roles.lead or roles.responsible


def others_words(task: TaskRow) -> tuple[str, ...]:
    """Return who cooperates and who guides, as far as the cell of units does not say it."""
    said = task.units_text
    cooperating = tuple(name for name in task.roles.cooperating if name not in said)
    guiding = tuple(name for name in task.roles.guiding if name not in said)
    if guiding:
        return (*cooperating, f"{ROLE_WORDS[Role.GUIDING]}：{_JOINT.join(guiding)}")
    return cooperating


def called(task: TaskRow) -> str:
    """Return how a task is called in a list of several."""
    return f"第{task.number}项" if task.number else f"编号{task.code}"
