"""The list of tasks under headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.grouping import NOT_NAMED, GroupKey, TaskGroup
from tracker.domain.terms import COMPLETION_WORDS, Completion
from tracker.ops.browse import lighter, lines_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from tracker.domain.grouping import GroupFacts
    from tracker.ops.office import Office
    from tracker.store.queries import View

_STORED = frozenset({GroupKey.DOCUMENT, GroupKey.SECTION, GroupKey.UNIT, GroupKey.LEADER})


def group_tasks(
    office: Office, ids: Sequence[int], key: GroupKey, round_id: int | None, today: date
) -> tuple[TaskGroup, ...]:
    """Return the tasks of a list under headings; within a group they keep their order.

    Units stand in official order, states and lights in theirs, all else as it comes first; what
    has no heading of its own stands last.

    Args:
        ids: the tasks in the order of the list.
        round_id: the round whose entries the list shows.
        today: gives the lights.
    """
    with office.read() as view:
        return group_in(view, ids, key, round_id, today)


def group_in(
    view: View, ids: Sequence[int], key: GroupKey, round_id: int | None, today: date
) -> tuple[TaskGroup, ...]:
    """Return the groups as `group_tasks` does, out of a view that is open."""
    if key is GroupKey.NONE or not ids:
        return under_headings(ids, key, {}, ())
    labels, order = _labels(view, ids, key, round_id, today)
    return under_headings(ids, key, labels, order)


def under_headings(
    ids: Sequence[int], key: GroupKey, labels: Mapping[int, str], order: Sequence[str]
) -> tuple[TaskGroup, ...]:
    """Return tasks under the headings they are given; those without one are left out.

    Args:
        order: headings that have an order of their own; others come as they come first.
    """
    if key is GroupKey.NONE or not ids:
        return (TaskGroup("", tuple(ids)),) if ids else ()
    groups: dict[str, list[int]] = {label: [] for label in order}
    for id_ in ids:
        if id_ in labels:
            groups.setdefault(labels[id_], []).append(id_)
    rest = groups.pop(NOT_NAMED.get(key, ""), [])
    named = [TaskGroup(label, tuple(held)) for label, held in groups.items() if held]
    return (*named, TaskGroup(NOT_NAMED[key], tuple(rest))) if rest else tuple(named)


def _labels(
    view: View, ids: Sequence[int], key: GroupKey, round_id: int | None, today: date
) -> tuple[Mapping[int, str], Sequence[str]]:
    """Return the heading of each task, and the headings that have an order of their own."""
    if key in _STORED:
        facts = view.group_facts(ids)
        return {i: _named(key, fact) for i, fact in facts.items()}, _unit_order(key, facts)
    lines = lines_of(view, ids, round_id, today)
    if key is GroupKey.LIGHT:
        words = {
            light.key: f"{light.shape} {light.word}" for light in lighter(view, today).rules.lights
        }
        return {line.id: words[line.light] for line in lines}, tuple(words.values())
    states = {line.id: COMPLETION_WORDS[line.completion] for line in lines}
    return states, tuple(COMPLETION_WORDS[state] for state in Completion)


def _named(key: GroupKey, fact: GroupFacts) -> str:
    words = {
        GroupKey.DOCUMENT: fact.document,
        GroupKey.SECTION: fact.section,
        GroupKey.UNIT: fact.unit,
        GroupKey.LEADER: fact.leader,
    }[key]
    return words or NOT_NAMED[key]


def _unit_order(key: GroupKey, facts: Mapping[int, GroupFacts]) -> tuple[str, ...]:
    if key is not GroupKey.UNIT:
        return ()
    places = {fact.unit: fact.unit_place for fact in facts.values() if fact.unit}
    return tuple(sorted(places, key=lambda unit: places[unit]))
