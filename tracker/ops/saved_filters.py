"""Filters of the list that the office has given a name (常用筛选)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tracker.base.errors import UserError
from tracker.domain.browse import Filter
from tracker.domain.grouping import GroupKey
from tracker.domain.terms import Completion
from tracker.ops.outcome import Outcome
from tracker.store.models import Setting

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.domain.unit import UnitNames
    from tracker.ops.office import Office

_PREFIX = "filter:"
Json = dict[str, Any]  # Any: whatever JSON holds


def list_filters(office: Office) -> tuple[tuple[str, Filter], ...]:
    """Return the named filters by their names; they apply to whatever ledger is in sight."""
    with office.read() as view:
        kept = view.settings(_PREFIX)
        filters = [(key.removeprefix(_PREFIX), _filter(value)) for key, value in kept.items()]
        if not any(each.unit_id is not None for _, each in filters):
            return tuple(filters)
        names = view.unit_names()
    return tuple((name, _of_today(each, names)) for name, each in filters)


def _of_today(wanted: Filter, names: UnitNames) -> Filter:
    """Return the filter for the unit that took the place of the one it was saved for."""
    unit_id = wanted.unit_id
    return wanted if unit_id is None else replace(wanted, unit_id=names.standing(unit_id))


def save_filter(
    office: Office, name: str, wanted: Filter, *, who: str, now: datetime
) -> Outcome[str]:
    """Give the filter a name, in place of an older one of that name.

    Raises:
        UserError: it has no name, or it is a chart's or a report's own list of tasks.
    """
    name = name.strip()
    if not name:
        raise UserError("请给这个筛选起个名字")
    if wanted.codes:
        raise UserError(
            "这个筛选不能保存", "它只列出图表或通报里一个数所指的任务", "请先清除它再筛选"
        )
    with office.change(f"保存筛选“{name}”", who, now) as work:
        kept = work.find_setting(_PREFIX + name)
        if kept is None:
            work.add(Setting(key=_PREFIX + name, value=_json(wanted)))
        else:
            kept.value = _json(wanted)
    return Outcome(name, work.changes, f"已保存筛选“{name}”")


def remove_filter(office: Office, name: str, *, who: str, now: datetime) -> Outcome[str]:
    """Take a named filter away.

    Raises:
        UserError: there is none of that name.
    """
    with office.change(f"删除筛选“{name}”", who, now) as work:
        kept = work.find_setting(_PREFIX + name)
        if kept is None:
            raise UserError(f"没有叫“{name}”的筛选", "可能已经删除", "请在“常用筛选”里另选一个")
        work.remove(kept)
    return Outcome(name, work.changes, f"已删除筛选“{name}”")


def _json(wanted: Filter) -> Json:
    return {
        "text": wanted.text,
        "lights": sorted(wanted.lights),
        "unit_id": wanted.unit_id,
        "section": wanted.section,
        "completion": sorted(wanted.completion),
        "show": wanted.show,
        "sort": [list(pair) for pair in wanted.sort],
        "group": wanted.group.value,
    }


def _filter(value: Json) -> Filter:
    return replace(
        Filter(None),
        text=value["text"],
        lights=frozenset(value["lights"]),
        unit_id=value["unit_id"],
        section=value["section"],
        completion=frozenset(Completion(each) for each in value["completion"]),
        show=value["show"],
        sort=tuple((key, bool(downwards)) for key, downwards in value["sort"]),
        group=GroupKey(value["group"]),
    )
