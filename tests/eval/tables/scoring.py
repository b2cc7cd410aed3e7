"""Compares what is read with what is labelled, field by field."""

from __future__ import annotations

import difflib
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from tests.eval.tables.builder import FORMATS, NAMES_SHEETS, NO_SHEETS, shown
from tests.eval.tables.picture import FIELDS, Row, empty_row
from tracker.base.errors import UserError
from tracker.cli.as_json import row_json
from tracker.tables.cells import squeezed
from tracker.tables.pipeline import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.eval.tables.picture import Layout
    from tracker.domain.table import Table

_NUMBER = re.compile(r"[\d.%％]+")
_WORD = re.compile(r"\w{2,}")


@dataclass(frozen=True, slots=True)
class Wrong:
    """One field that is not as labelled."""

    layout: str
    format: str
    row: str
    field: str
    wanted: str
    got: str


@dataclass(frozen=True, slots=True)
class Score:
    """How one layout was read in one format."""

    layout: str
    format: str
    right: int
    wrong: tuple[Wrong, ...]


def skips(layout: Layout, kind: str) -> str:
    """Return why a format cannot hold a layout; empty where it can."""
    if kind in NO_SHEETS and len(layout.sheets) > 1:
        return "没有多张工作表"
    if kind == "pdf" and any("  " in shown(c) for s in layout.sheets for r in s.rows for c in r):
        return "连着的空格只印成一段空白"
    held = layout.without.get(kind, "")
    return held or layout.without.get("docx", "") if kind == "pdf" else held


def score(layout: Layout, kind: str) -> Score:
    """Write a layout, read it, compare every field."""
    try:
        table = read_table(FORMATS[kind](layout), date=layout.date)
    except UserError as error:
        return Score(
            layout.name, kind, 0, (Wrong(layout.name, kind, "", "table", "a table", error.what),)
        )
    return compare(layout, kind, table)


def compare(layout: Layout, kind: str, table: Table) -> Score:
    """Compare a table as read with its label."""
    found = list(_differences(layout, kind, table))
    wrong = tuple(Wrong(layout.name, kind, *each) for each in found)
    fields = len(FIELDS) * len(layout.rows) + 3
    return Score(layout.name, kind, max(0, fields - len(wrong)), wrong)


def _differences(layout: Layout, kind: str, table: Table) -> Iterator[tuple[str, str, str, str]]:
    if table.title != layout.title:
        yield "", "title", layout.title, table.title
    got = [_row(row_json(row)) for row in table.rows]
    for number, wanted, has in _aligned(list(layout.rows), got):
        if wanted is None or has is None:
            which = (wanted or has or {}).get("task", "")
            yield number, "row", "a row" if wanted else "no row", which[:40]
            continue
        for name in FIELDS:
            if name == "sheet" and kind not in NAMES_SHEETS:
                continue
            if wanted[name] != has[name]:
                yield number, name, repr(wanted[name]), repr(has[name])
    yield from _skipped(layout, table)
    yield from _lost(layout, table)


def _aligned(wanted: list[Row], got: list[Row]) -> Iterator[tuple[str, Row | None, Row | None]]:
    """Put rows beside each other by their tasks, so that one lost row is one difference."""
    keys = [[squeezed(row["task"])[:30] for row in rows] for rows in (wanted, got)]
    blocks = difflib.SequenceMatcher(None, *keys, autojunk=False).get_opcodes()
    for _, i, i_end, j, j_end in blocks:
        for step in range(max(i_end - i, j_end - j)):
            one = wanted[i + step] if i + step < i_end else None
            other = got[j + step] if j + step < j_end else None
            yield str(i + step + 1 if one else j + step + 1), one, other


def _row(json: dict[str, Any]) -> Row:  # Any: JSON
    row = empty_row() | {name: json[name] for name in FIELDS if name in json}
    row["doubtful"] = bool(json["doubts"])
    row["items"] = [
        {"mark": i["mark"], "text": i["text"], "lead": i["lead"], "progress": i["progress"]}
        for i in json["items"]
    ]
    return row


def _skipped(layout: Layout, table: Table) -> Iterator[tuple[str, str, str, str]]:
    texts = [skipped.text for skipped in table.skipped]
    for wanted in layout.skipped:
        found = next((text for text in texts if text.startswith(wanted)), None)
        if found is None:
            yield "", "skipped", wanted, "not listed"
        else:
            texts.remove(found)
    for text in texts:
        yield "", "skipped", "", text[:60]


def _lost(layout: Layout, table: Table) -> Iterator[tuple[str, str, str, str]]:
    """Yield the words of the table that are nowhere in what was read."""
    said = "".join(squeezed(text) for text in _strings(asdict(table)))
    for sheet in layout.sheets:
        wanted = any(row["sheet"] == sheet.name for row in layout.rows)
        if not wanted and any("中没有找到进展表" in warning for warning in table.warnings):
            continue
        for row in sheet.rows:
            for cell in map(shown, row):
                if not _NUMBER.fullmatch(cell) and any(
                    word not in said for word in _WORD.findall(cell)
                ):
                    yield "", "lost", cell, ""


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, float):
        yield f"{value:g}"
    elif isinstance(value, dict):
        for key, held in value.items():
            yield from _strings(key)
            yield from _strings(held)
    elif isinstance(value, list | tuple):
        for held in value:
            yield from _strings(held)
