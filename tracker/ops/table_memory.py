"""How tables are read once the clerk has confirmed it: kept in the office file, used again.

A table is known again by its headings. What is kept travels with the file to another machine.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from tracker.domain.history import Changes
from tracker.domain.mapping import COLUMN_WORDS, TASK, Remembered
from tracker.ops.outcome import Outcome
from tracker.store.models import Setting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tracker.domain.mapping import SheetMapping
    from tracker.domain.table import Table
    from tracker.ops.office import Office
    from tracker.store.queries import View
    from tracker.store.work import Work

_PREFIX = "table_columns:"


def list_remembered(office: Office) -> tuple[Remembered, ...]:
    """Return the tables whose columns are remembered, the one confirmed last first."""
    with office.read() as view:
        return remembered_in(view)


def remembered_in(view: View) -> tuple[Remembered, ...]:
    """Return the same from an open view; what cannot be understood is left out."""
    kept = (_read(value) for value in view.settings(_PREFIX).values())
    found = [one for one in kept if one is not None]
    return tuple(sorted(found, key=lambda one: (one.day, one.file), reverse=True))


def confirmed(table: Table, mappings: Iterable[SheetMapping]) -> tuple[Remembered, ...]:
    """Return what is worth remembering of a table: the sheets the clerk has looked at."""
    sheets = {mapping.sheet for mapping in mappings if not mapping.is_left_out}
    return tuple(
        Remembered(
            shape.headings,
            shape.mapping.bottom - shape.mapping.top + 1,
            shape.mapping.fields,
            shape.printed,
        )
        for sheet in table.shapes
        if sheet.sheet in sheets
        for shape in sheet.tables
        if any(shape.headings)
    )


def remember(work: Work, tables: Iterable[Remembered], file: str, now: datetime) -> None:
    """Keep how tables are read, in place of what was kept for the same headings."""
    for one in tables:
        key = _key(one.headings)
        value = {
            "headings": list(one.headings),
            "depth": one.depth,
            "fields": list(one.fields),
            "printed": list(one.printed),
            "file": file,
            "day": now.date().isoformat(),
        }
        kept = work.find_setting(key)
        if kept is None:
            work.add(Setting(key=key, value=value))
        elif _read(kept.value) is None or not _is_same(kept.value, value):
            kept.value = value


def forget_tables(
    office: Office, tables: Iterable[Remembered], *, who: str, now: datetime
) -> Outcome[int]:
    """Forget how tables with these headings are read; return how many were known."""
    keys = [_key(one.headings) for one in tables]
    with office.read() as view:
        known = [key for key in keys if view.setting(key) is not None]
    if not known:
        return Outcome(0, Changes(), "没有要忘记的表头")
    with office.change("不再记住表头", who, now) as work:
        for key in known:
            kept = work.find_setting(key)
            if kept is not None:
                work.remove(kept)
    return Outcome(len(known), work.changes, f"不再记住 {len(known)} 个表头")


def _key(headings: Iterable[str]) -> str:
    words = "\n".join(headings).encode()
    return _PREFIX + hashlib.sha256(words).hexdigest()[:32]


def _is_same(kept: dict[str, Any], value: dict[str, Any]) -> bool:
    return all(kept.get(name) == value[name] for name in ("headings", "depth", "fields"))


def _read(value: Any) -> Remembered | None:  # Any: whatever JSON the office's setting holds
    """Return what a setting says; None where it was made by another version or by hand."""
    if not isinstance(value, dict):
        return None
    headings, fields = value.get("headings"), value.get("fields")
    depth = value.get("depth")
    if not isinstance(headings, list) or not isinstance(fields, list) or not headings:
        return None
    if not isinstance(depth, int) or depth < 1 or TASK not in fields:
        return None
    if not all(name in COLUMN_WORDS for name in fields):
        return None
    printed = value.get("printed")
    return Remembered(
        tuple(map(str, headings)),
        depth,
        tuple(fields),
        tuple(map(str, printed)) if isinstance(printed, list) else (),
        str(value.get("file", "")),
        str(value.get("day", "")),
    )
