"""What is said of a bar that the pointer rests on."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.domain.browse import TaskLine
    from tracker.printing.gantt_rows import Step


def tip_words(line: TaskLine, steps: Sequence[Step] = ()) -> str:
    """Return everything about a bar in words, as rich text, so that Qt wraps it."""
    units = "、".join(line.lead or line.responsible)
    deadline = line.deadline
    due = ""
    if deadline is not None:
        due = day_words(deadline.date) if deadline.date else deadline.text
    first = line.first_deadline
    if first is not None:
        due += f"（原定{day_words(first.date) if first.date else first.text}）"
    parts = [line.text, f"牵头单位：{units}" if units else "", f"时限：{due}" if due else ""]
    parts.append(line.reason)
    parts += [
        f"{step.state.shape} {day_words(date.fromordinal(step.due))} {step.words}"
        f"（{step.state.word}）"
        for step in steps
    ]
    return "<p>" + "<br>".join(escape(part) for part in parts if part) + "</p>"


def day_words(day: date) -> str:
    """Return a day with its year."""
    return f"{day.year}年{day.month}月{day.day}日"
