"""Reads of the list of tasks: ids that pass a filter, pages of lines, and what is counted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, and_, case, cast, func, or_, select
from sqlalchemy.orm import aliased

from tracker.domain.browse import Show
from tracker.domain.terms import OPEN, Completion, LedgerState, Role, RoundState
from tracker.store.models import (
    Assignment,
    Document,
    Entry,
    Ledger,
    Round,
    Task,
    Unit,
    UnitName,
)
from tracker.store.unit_models import Handover, Reform

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Connection, Executable, Select, Subquery

    from tracker.domain.browse import Filter, LightChoice

    Condition = ColumnElement[bool]

FINISHED = (Completion.DONE.value, Completion.CLOSED.value)
COUNTS = and_(Task.withdrawn == "", Task.merged_into_id.is_(None))
"""Which tasks count: neither withdrawn nor merged into another one."""

_IS_OPEN = Task.completion.in_([value.value for value in OPEN])


def rounds_by_ledger(connection: Connection, round_id: int | None) -> dict[int, int]:
    """Return the round shown of each ledger: the one asked for, else the open one, else the last.

    Args:
        round_id: the round asked for; it counts for its own ledger.
    """
    query = select(Round.ledger_id, Round.id, Round.state).order_by(Round.number)
    chosen: dict[int, tuple[int, int]] = {}
    for ledger_id, id_, state in connection.execute(query):
        rank = 2 if id_ == round_id else int(state != RoundState.CLOSED)
        if rank >= chosen.get(ledger_id, (-1, 0))[0]:
            chosen[ledger_id] = (rank, id_)
    return {ledger_id: id_ for ledger_id, (_, id_) in chosen.items()}


def shown_entry(rounds: Mapping[int, int]) -> Condition:
    """Return the condition that joins a task to its entry in the round shown of its ledger."""
    if not rounds:
        return and_(Entry.task_id == Task.id, Entry.round_id.is_(None))
    if len(rounds) == 1:
        ((ledger_id, round_id),) = rounds.items()
        return and_(
            Entry.task_id == Task.id, Entry.round_id == round_id, Task.ledger_id == ledger_id
        )
    shown = case(dict(rounds), value=Task.ledger_id)
    return and_(Entry.task_id == Task.id, Entry.round_id == shown)


def in_scope(ledger_id: int | None) -> Condition:
    """Return the condition for tasks of one ledger, or of all that are not archived."""
    if ledger_id is not None:
        return Task.ledger_id == ledger_id
    return Task.ledger_id.in_(select(Ledger.id).where(Ledger.state == LedgerState.RUNNING.value))


def lit(choice: LightChoice) -> Condition:
    """Return the condition for tasks of the chosen lights."""
    certain = and_(_IS_OPEN, Task.deadline_doubtful.is_(False))
    dateless = Task.deadline_date.is_(None)
    chosen: list[Condition] = [
        and_(certain, ~dateless, *_within(first, last)) for first, last in choice.ranges
    ]
    if choice.recurring:
        chosen.append(and_(certain, dateless, Task.deadline_recurrence.is_not(None)))
    if choice.undated:
        unknown = and_(dateless, Task.deadline_recurrence.is_(None))
        chosen.append(and_(_IS_OPEN, or_(Task.deadline_doubtful.is_(True), unknown)))
        chosen.append(Task.completion == Completion.EXCLUDED.value)
    if choice.done:
        chosen.append(Task.completion.in_(FINISHED))
    return or_(*chosen) if chosen else Task.id.is_(None)


def _within(first: date | None, last: date | None) -> list[Condition]:
    limits = []
    if first is not None:
        limits.append(Task.deadline_date >= first)
    if last is not None:
        limits.append(Task.deadline_date <= last)
    return limits


def shown(today: date, until: date) -> dict[str, Condition]:
    """Return the condition of each ready-made selection.

    Args:
        until: the last day of the days ahead that DUE_7 looks at.
    """
    empty = or_(Entry.id.is_(None), Entry.text == "")
    certain = and_(_IS_OPEN, Task.deadline_doubtful.is_(False))
    assigned = select(Assignment.id).where(Assignment.task_id == Task.id).exists()
    return {
        Show.DUE_7: and_(certain, Task.deadline_date.between(today, until)),
        Show.CARRIED: and_(_IS_OPEN, Entry.carried.is_(True)),
        Show.NO_ENTRY: and_(_IS_OPEN, empty),
        Show.TO_CLOSE: Task.completion == Completion.DONE.value,
        Show.CLOSED: Task.completion == Completion.CLOSED.value,
        Show.EXTENDED: Task.first_deadline_text.is_not(None),
        Show.DOUBTFUL: Task.deadline_doubtful.is_(True),
        Show.NO_UNIT: ~assigned,
        Show.INSTRUCTIONS: Task.stage.is_not(None),
        Show.WITHDRAWN: ~COUNTS,
    }


SHOWS_OF_ENTRIES = frozenset({Show.CARRIED, Show.NO_ENTRY})


def find_query(
    wanted: Filter,
    choice: LightChoice | None,
    show: Condition | None,
    rounds: Mapping[int, int],
    spelled: Mapping[str, frozenset[int]],
) -> Select[Any]:  # Any: SQLAlchemy 2.0 and 2.1 type it differently
    """Return the query for the ids of the tasks that pass a filter, in its order.

    Args:
        spelled: the units that a word of the filter spells in pinyin.
    """
    words = wanted.text.split()
    keys = {key for key, _ in wanted.sort}
    conditions = [in_scope(wanted.ledger_id)]
    if wanted.show != Show.WITHDRAWN:
        conditions.append(COUNTS)
    if show is not None:
        conditions.append(show)
    if choice is not None:
        conditions.append(lit(choice))
    conditions += [_says(word, spelled.get(word, frozenset())) for word in words]
    if wanted.unit_id is not None:
        of_unit = select(Assignment.task_id).where(Assignment.unit_id == wanted.unit_id)
        conditions.append(Task.id.in_(of_unit))
    if wanted.section is not None:
        conditions.append(Task.section == wanted.section)
    if wanted.completion:
        conditions.append(Task.completion.in_([value.value for value in wanted.completion]))
    if wanted.codes:
        # One value however many codes: SQLite takes only so many in a list.
        listed = func.json_each(json.dumps(sorted(wanted.codes))).table_valued("value")
        conditions.append(Task.code.in_(select(listed.c.value)))
    query = select(Task.id).where(*conditions)
    if words or wanted.show in SHOWS_OF_ENTRIES or keys & {"entry", "state"}:
        query = query.outerjoin(Entry, shown_entry(rounds))
    return _sorted(query, wanted.sort)


def _says(word: str, spelled: frozenset[int]) -> Condition:
    """Return the condition that a word occurs in a task, its units or its entry, or spells a unit.

    LIKE ignores the case of Latin letters; where there are none, instr finds the same and is
    several times faster.
    """

    latin = any(sign.isascii() and sign.isalpha() for sign in word)
    pattern = "%" + "".join(f"\\{sign}" if sign in "\\%_" else sign for sign in word) + "%"

    def holds(column: Any) -> Condition:  # Any: mapped attributes of texts
        found: Condition = column.like(pattern, escape="\\") if latin else _instr(column, word) > 0
        return found

    also = select(UnitName.unit_id).where(holds(UnitName.name))
    called = or_(holds(Unit.name), holds(Unit.short_name), Unit.id.in_(also))
    units = select(Assignment.task_id).where(
        or_(
            holds(Assignment.printed),
            Assignment.unit_id.in_(_and_successors(called)),
            Assignment.unit_id.in_(spelled),
        )
    )
    columns = (Task.text, Task.number, Task.code, Entry.text, Task.instruction_leader)
    return or_(
        *(holds(column) for column in columns),
        Task.id.in_(units),
        _had_code(holds),
        Task.id.in_(_had_unit(holds, spelled)),
    )


def _and_successors(called: Condition) -> Select[Any]:  # Any: as above
    """Return the query for the ids of units, and of those that took their places."""
    found = select(Unit.id, Unit.successor_id).where(called).cte(recursive=True)
    later = aliased(Unit)
    found = found.union(
        select(later.id, later.successor_id).join(found, later.id == found.c.successor_id)
    )
    return select(found.c.id)


def _had_unit(holds: Callable[[Any], Condition], spelled: frozenset[int]) -> Select[Any]:
    """Return the query for tasks that a unit so called had until it was split or abolished."""
    from tracker.domain.reform import ReformKind  # only a search needs it

    ended = Reform.kind.in_((ReformKind.SPLIT.value, ReformKind.ABOLISH.value))
    said = func.json_tree(Handover.before, "$.roles").table_valued("value")
    names = select(said.c.value).select_from(said).where(holds(said.c.value))
    own = func.json_extract(Reform.units, "$[0]").in_(spelled)
    return (
        select(Handover.task_id)
        .join(Reform, Reform.id == Handover.reform_id)
        .where(ended, or_(names.correlate(Handover).exists(), own))
    )


def _had_code(holds: Callable[[Any], Condition]) -> Condition:
    """Return the condition that a task had a code in the ledger of an earlier year."""
    taken = select(Task.id, Task.carried_from_id).where(Task.carried_from_id.is_not(None))
    chain = taken.cte(recursive=True)
    older = aliased(Task)
    further = select(chain.c.id, older.carried_from_id).join(
        older, older.id == chain.c.carried_from_id
    )
    chain = chain.union(further.where(older.carried_from_id.is_not(None)))
    source = aliased(Task)
    found = select(chain.c.id).join(source, source.id == chain.c.carried_from_id)
    return Task.id.in_(found.where(holds(source.code)))


def _instr(column: Any, word: str) -> ColumnElement[int]:  # Any: as above
    return func.instr(column, word)


def group_query(ids: Sequence[int]) -> Executable:
    """Return the query for what tasks are grouped by: a row for each owning unit, leads first."""
    owns = and_(
        Assignment.task_id == Task.id,
        Assignment.role.in_((Role.LEAD.value, Role.RESPONSIBLE.value)),
    )
    lead_first = case((Assignment.role == Role.LEAD.value, 0), else_=1)
    return (
        select(
            Task.id,
            Task.section,
            Task.persons,
            Document.title,
            Document.file_name,
            Unit.name.label("unit"),
            Unit.position.label("place"),
        )
        .outerjoin(Document, Document.id == Task.document_id)
        .outerjoin(Assignment, owns)
        .outerjoin(Unit, Unit.id == Assignment.unit_id)
        .where(Task.id.in_(ids))
        .order_by(Task.id, lead_first, Assignment.position, Assignment.id)
    )


def _sorted(query: Select[Any], sort: tuple[tuple[str, bool], ...]) -> Select[Any]:
    order: list[Any] = []  # Any: columns of any type
    for key, downwards in sort:
        if key == "unit":
            places = _first_units()
            query = query.outerjoin(places, places.c.task_id == Task.id)
            columns: tuple[Any, ...] = (places.c.place,)
        else:
            columns = _SORTS[key]
        for column in columns:
            directed = column.desc() if downwards else column.asc()
            order.append(directed.nulls_last() if key in _HOLDS_NULLS else directed)
    return query.order_by(*order, Task.ledger_id, Task.position, Task.id)


def _first_units() -> Subquery:
    """Return the official place of each task's first lead, else of its first responsible unit."""
    lead = func.min(Unit.position).filter(Assignment.role == Role.LEAD.value)
    responsible = func.min(Unit.position).filter(Assignment.role == Role.RESPONSIBLE.value)
    return (
        select(Assignment.task_id, func.coalesce(lead, responsible).label("place"))
        .join(Unit, Unit.id == Assignment.unit_id)
        .group_by(Assignment.task_id)
        .subquery()
    )


_HOLDS_NULLS = frozenset({"unit", "deadline", "light", "entry", "state"})
"""Sorts whose values may be missing; those stand last either way. Others may use the index."""
_URGENCY = case(
    (Task.completion.in_(FINISHED), 4),
    (Task.completion == Completion.EXCLUDED.value, 3),
    (or_(Task.deadline_doubtful.is_(True), Task.deadline_date.is_(None)), 2),
    else_=1,
)
_SECTION_PLACE = func.min(Task.position).over(partition_by=(Task.ledger_id, Task.section))
_SORTS: dict[str, tuple[Any, ...]] = {
    "position": (Task.ledger_id, Task.position, Task.id),
    "code": (Task.id,),
    "number": (cast(Task.number, Integer), func.length(Task.number), Task.number),
    "section": (Task.ledger_id, _SECTION_PLACE),
    "task": (Task.text,),
    "deadline": (Task.deadline_date, Task.deadline_text),
    "light": (_URGENCY, Task.deadline_date),
    "entry": (Entry.text,),
    "state": (
        case({value.value: place for place, value in enumerate(Completion)}, value=Task.completion),
        Entry.state_text,
    ),
}
