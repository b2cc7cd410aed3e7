"""What stands in the list on the left: made from the counts and the filter, without widgets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.domain.browse import SHOW_WORDS, Show
from tracker.ui.widgets.lamp import rules_shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.domain.browse import Filter, SideCounts

UNITS_SHOWN = 8
IMPORTANT = frozenset({Show.DUE_7, Show.NO_ENTRY, Show.TO_CLOSE})
"""Selections that stand there even when nothing is in them."""

NOT_NARROWED: dict[str, object] = {
    "text": "",
    "lights": frozenset(),
    "unit_id": None,
    "section": None,
    "completion": frozenset(),
    "show": None,
    "codes": frozenset(),
    "about": "",
}
"""The fields of a filter that lets everything through; ledger and order stay."""


def is_narrowed(wanted: Filter) -> bool:
    """Return whether the filter leaves anything out."""
    return any(getattr(wanted, name) != value for name, value in NOT_NARROWED.items())


@dataclass(frozen=True, slots=True)
class SideRow:
    """One row of the list.

    Attributes:
        kind: `heading`, `all`, `ledger`, `show`, `light`, `unit` or `more`.
        key: what a click chooses: a ledger's or unit's id, a `Show`, a light's key.
        is_on: it is in force now.
    """

    kind: str
    name: str
    key: object = None
    count: int | None = None
    is_on: bool = False


def side_rows(found: SideCounts, wanted: Filter, *, all_units: bool) -> tuple[SideRow, ...]:
    """Return the rows for the counts of a ledger and the filter in force."""
    rows = [SideRow("all", "全部任务", None, found.total, not is_narrowed(wanted))]
    rows += _ledgers(found, wanted)
    rows += _lights(found, wanted)
    rows += _shows(found, wanted)
    rows += _units(found, wanted, all_units=all_units)
    return tuple(rows)


def _ledgers(found: SideCounts, wanted: Filter) -> Iterator[SideRow]:
    if found.ledgers:
        yield SideRow("heading", "专项")
    for one in found.ledgers:
        yield SideRow("ledger", one.name, one.id, one.count, one.id == wanted.ledger_id)


def _lights(found: SideCounts, wanted: Filter) -> Iterator[SideRow]:
    yield SideRow("heading", "筛选")
    for light in rules_shown(found.lights).lights:
        count = found.lights.get(light.key, 0)
        yield SideRow("light", light.word, light.key, count, light.key in wanted.lights)


def _shows(found: SideCounts, wanted: Filter) -> Iterator[SideRow]:
    for show, word in SHOW_WORDS.items():
        count = found.shows.get(show, 0)
        if count or show in IMPORTANT or wanted.show == show:
            yield SideRow("show", word, show, count, wanted.show == show)


def _units(found: SideCounts, wanted: Filter, *, all_units: bool) -> Iterator[SideRow]:
    if not found.units:
        return
    yield SideRow("heading", "单位")
    hidden = 0
    for place, one in enumerate(found.units):
        is_on = one.id == wanted.unit_id
        if all_units or place < UNITS_SHOWN or is_on:
            yield SideRow("unit", one.name, one.id, one.count, is_on)
        else:
            hidden += 1
    if all_units and len(found.units) > UNITS_SHOWN:
        yield SideRow("more", "收起")
    elif hidden:
        yield SideRow("more", f"更多 {hidden} 个…")
