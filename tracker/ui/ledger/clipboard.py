"""Rows for Excel and WPS: tab-separated words and an HTML table, line breaks kept in the cell."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData

from tracker.ui.ledger.words import Column, cell_text, deadline_words, state_pair

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from tracker.domain.browse import TaskLine

COPIED = (
    "序号",
    "分类",
    "任务",
    "牵头单位",
    "配合单位",
    "责任单位",
    "时限",
    "本期落实情况",
    "状态",
    "完成率",
)
_BREAK = '<br style="mso-data-placement:same-cell">'
_CELL = "<td style='mso-number-format:\"\\@\";vertical-align:top'>"


def copied_cells(line: TaskLine, today: date) -> tuple[str, ...]:
    """Return a row's cells as they are copied: texts to the letter, the deadline as printed."""
    printed = line.deadline.text if line.deadline else ""
    state, _ = state_pair(line)
    return (
        line.number,
        line.section,
        line.text,
        "、".join(line.lead),
        "、".join(line.cooperating),
        "、".join(line.responsible),
        printed or deadline_words(line.deadline, today),
        line.entry_text,
        state,
        f"{line.percent:g}%" if line.percent is not None else "",
    )


@dataclass(frozen=True, slots=True)
class CopiedRows:
    """Rows for the clipboard, as text and as a table; many are written out in a worker."""

    count: int
    text: str
    html: str

    def mime(self) -> QMimeData:
        """Return what the clipboard takes."""
        data = QMimeData()
        data.setText(self.text)
        data.setHtml(self.html)
        return data


def copied_rows(lines: Sequence[TaskLine], today: date, *, with_headings: bool) -> CopiedRows:
    """Return rows as they are copied."""
    rows: list[Sequence[str]] = [COPIED] if with_headings else []
    rows += [copied_cells(line, today) for line in lines]
    text = "\r\n".join("\t".join(quoted(cell) for cell in row) for row in rows)
    return CopiedRows(len(lines), text, _html(rows))


def whole_text(line: TaskLine, column: int, today: date) -> str:
    """Return a cell of the list as it is copied alone: texts to the letter."""
    printed = line.deadline.text if line.deadline else ""
    if column == Column.DEADLINE:
        return printed or deadline_words(line.deadline, today)
    if column == Column.ENTRY:
        return line.entry_text
    if column == Column.UNITS:
        return "、".join((*line.lead, *line.cooperating, *line.responsible))
    return cell_text(line, column, today)


def quoted(cell: str) -> str:
    """Return a cell as Excel and WPS take it from a plain text."""
    if any(sign in cell for sign in '\t\r\n"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _html(rows: Iterable[Sequence[str]]) -> str:
    """Return a table whose cells are text: “1-2” is no date and “=…” no formula."""
    body = "".join(
        "<tr>" + "".join(f"{_CELL}{_cell(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f'<html><head><meta charset="utf-8"></head><body><table>{body}</table></body></html>'


def _cell(cell: str) -> str:
    return _BREAK.join(escape(part) for part in cell.splitlines())
