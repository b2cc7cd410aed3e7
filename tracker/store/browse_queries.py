"""Reads of the list of tasks: ids that pass a filter, pages of lines, and what is counted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, and_, case, cast, func, or_, select

from tracker.domain.browse import Show
from tracker.domain.terms import OPEN, Completion, LedgerState, Role, RoundState
from tracker.store.tables import (
    ASSIGNMENT,
    DOCUMENT,
    ENTRY,
    HANDOVER,
    LEDGER,
    REFORM,
    ROUND,
    TASK,
    UNIT,
    UNIT_NAME,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Connection, Executable, Select, Subquery

    from tracker.domain.browse import Filter, LightChoice

    Condition = ColumnElement[bool]

FINISHED = (Completion.DONE.value, Completion.CLOSED.value)
COUNTS = and_(TASK.c.withdrawn == "", TASK.c.merged_into_id.is_(None))
"""Which tasks count: neither withdrawn nor merged into another one."""

_IS_OPEN = TASK.c.completion.in_([value.value for value in OPEN])


def rounds_by_ledger(connection: Connection, round_id: int | None) -> dict[int, int]:
    """Return the round shown of each ledger: the one asked for, else the open one, else the last.

    Args:
        round_id: the round asked for; it counts for its own ledger.
    """
    query = select(ROUND.c.ledger_id, ROUND.c.id, ROUND.c.state).order_by(ROUND.c.number)
    chosen: dict[int, tuple[int, int]] = {}
    for ledger_id, id_, state in connection.execute(query):
        rank = 2 if id_ == round_id else int(state != RoundState.CLOSED)
        if rank >= chosen.get(ledger_id, (-1, 0))[0]:
            chosen[ledger_id] = (rank, id_)
    return {ledger_id: id_ for ledger_id, (_, id_) in chosen.items()}


def shown_entry(rounds: Mapping[int, int]) -> Condition:
    """Return the condition that joins a task to its entry in the round shown of its ledger."""
    if not rounds:
        return and_(ENTRY.c.task_id == TASK.c.id, ENTRY.c.round_id.is_(None))
    if len(rounds) == 1:
        ((ledger_id, round_id),) = rounds.items()
        return and_(
            ENTRY.c.task_id == TASK.c.id,
            ENTRY.c.round_id == round_id,
            TASK.c.ledger_id == ledger_id,
        )
    shown = case(dict(rounds), value=TASK.c.ledger_id)
    return and_(ENTRY.c.task_id == TASK.c.id, ENTRY.c.round_id == shown)


def in_scope(ledger_id: int | None) -> Condition:
    """Return the condition for tasks of one ledger, or of all that are not archived."""
    if ledger_id is not None:
        return TASK.c.ledger_id == ledger_id
    return TASK.c.ledger_id.in_(
        select(LEDGER.c.id).where(LEDGER.c.state == LedgerState.RUNNING.value)
    )


def lit(choice: LightChoice) -> Condition:
    """Return the condition for tasks of the chosen lights."""
    certain = and_(_IS_OPEN, TASK.c.deadline_doubtful.is_(False))
    dateless = TASK.c.deadline_date.is_(None)
    chosen: list[Condition] = [
        and_(certain, ~dateless, *_within(first, last)) for first, last in choice.ranges
    ]
    if choice.recurring:
        chosen.append(and_(certain, dateless, TASK.c.deadline_recurrence.is_not(None)))
    if choice.undated:
        unknown = and_(dateless, TASK.c.deadline_recurrence.is_(None))
        chosen.append(and_(_IS_OPEN, or_(TASK.c.deadline_doubtful.is_(True), unknown)))
        chosen.append(TASK.c.completion == Completion.EXCLUDED.value)
    if choice.done:
        chosen.append(TASK.c.completion.in_(FINISHED))
    return or_(*chosen) if chosen else TASK.c.id.is_(None)


def _within(first: date | None, last: date | None) -> list[Condition]:
    limits = []
    if first is not None:
        limits.append(TASK.c.deadline_date >= first)
    if last is not None:
        limits.append(TASK.c.deadline_date <= last)
    return limits


def shown(today: date, until: date) -> dict[str, Condition]:
    """Return the condition of each ready-made selection.

    Args:
        until: the last day of the days ahead that DUE_7 looks at.
    """
    empty = or_(ENTRY.c.id.is_(None), ENTRY.c.text == "")
    certain = and_(_IS_OPEN, TASK.c.deadline_doubtful.is_(False))
    assigned = select(ASSIGNMENT.c.id).where(ASSIGNMENT.c.task_id == TASK.c.id).exists()
    return {
        Show.DUE_7: and_(certain, TASK.c.deadline_date.between(today, until)),
        Show.CARRIED: and_(_IS_OPEN, ENTRY.c.carried.is_(True)),
        Show.NO_ENTRY: and_(_IS_OPEN, empty),
        Show.TO_CLOSE: TASK.c.completion == Completion.DONE.value,
        Show.CLOSED: TASK.c.completion == Completion.CLOSED.value,
        Show.EXTENDED: TASK.c.first_deadline_text.is_not(None),
        Show.DOUBTFUL: TASK.c.deadline_doubtful.is_(True),
        Show.NO_UNIT: ~assigned,
        Show.INSTRUCTIONS: TASK.c.stage.is_not(None),
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
        of_unit = select(ASSIGNMENT.c.task_id).where(ASSIGNMENT.c.unit_id == wanted.unit_id)
        conditions.append(TASK.c.id.in_(of_unit))
    if wanted.section is not None:
        conditions.append(TASK.c.section == wanted.section)
    if wanted.completion:
        conditions.append(TASK.c.completion.in_([value.value for value in wanted.completion]))
    if wanted.codes:
        # One value however many codes: SQLite takes only so many in a list.
        listed = func.json_each(json.dumps(sorted(wanted.codes))).table_valued("value")
        conditions.append(TASK.c.code.in_(select(listed.c.value)))
    query = select(TASK.c.id).where(*conditions)
    if words or wanted.show in SHOWS_OF_ENTRIES or keys & {"entry", "state"}:
        query = query.outerjoin(ENTRY, shown_entry(rounds))
    return _sorted(query, wanted.sort)


def _says(word: str, spelled: frozenset[int]) -> Condition:
    """Return the condition that a word occurs in a task, its units or its entry, or spells a unit.

    LIKE ignores the case of Latin letters; where there are none, instr finds the same and is
    several times faster.
    """

    latin = any(sign.isascii() and sign.isalpha() for sign in word)
    pattern = "%" + "".join(f"\\{sign}" if sign in "\\%_" else sign for sign in word) + "%"

    def holds(column: Any) -> Condition:  # Any: columns of texts
        found: Condition = column.like(pattern, escape="\\") if latin else _instr(column, word) > 0
        return found

    also = select(UNIT_NAME.c.unit_id).where(holds(UNIT_NAME.c.name))
    called = or_(holds(UNIT.c.name), holds(UNIT.c.short_name), UNIT.c.id.in_(also))
    units = select(ASSIGNMENT.c.task_id).where(
        or_(
            holds(ASSIGNMENT.c.printed),
            ASSIGNMENT.c.unit_id.in_(_and_successors(called)),
            ASSIGNMENT.c.unit_id.in_(spelled),
        )
    )
    columns = (TASK.c.text, TASK.c.number, TASK.c.code, ENTRY.c.text, TASK.c.instruction_leader)
    return or_(
        *(holds(column) for column in columns),
        TASK.c.id.in_(units),
        _had_code(holds),
        TASK.c.id.in_(_had_unit(holds, spelled)),
    )


def _and_successors(called: Condition) -> Select[Any]:  # Any: as above
    """Return the query for the ids of units, and of those that took their places."""
    found = select(UNIT.c.id, UNIT.c.successor_id).where(called).cte(recursive=True)
    later = UNIT.alias()
    found = found.union(
        select(later.c.id, later.c.successor_id).join(found, later.c.id == found.c.successor_id)
    )
    return select(found.c.id)


def _had_unit(holds: Callable[[Any], Condition], spelled: frozenset[int]) -> Select[Any]:
    """Return the query for tasks that a unit so called had until it was split or abolished."""
    from tracker.domain.reform import ReformKind  # only a search needs it

    ended = REFORM.c.kind.in_((ReformKind.SPLIT.value, ReformKind.ABOLISH.value))
    said = func.json_tree(HANDOVER.c.before, "$.roles").table_valued("value")
    names = select(said.c.value).select_from(said).where(holds(said.c.value))
    own = func.json_extract(REFORM.c.units, "$[0]").in_(spelled)
    return (
        select(HANDOVER.c.task_id)
        .join(REFORM, REFORM.c.id == HANDOVER.c.reform_id)
        .where(ended, or_(names.correlate(HANDOVER).exists(), own))
    )


def _had_code(holds: Callable[[Any], Condition]) -> Condition:
    """Return the condition that a task had a code in the ledger of an earlier year."""
    taken = select(TASK.c.id, TASK.c.carried_from_id).where(TASK.c.carried_from_id.is_not(None))
    chain = taken.cte(recursive=True)
    older = TASK.alias()
    further = select(chain.c.id, older.c.carried_from_id).join(
        older, older.c.id == chain.c.carried_from_id
    )
    chain = chain.union(further.where(older.c.carried_from_id.is_not(None)))
    source = TASK.alias()
    found = select(chain.c.id).join(source, source.c.id == chain.c.carried_from_id)
    return TASK.c.id.in_(found.where(holds(source.c.code)))


def _instr(column: Any, word: str) -> ColumnElement[int]:  # Any: as above
    return func.instr(column, word)


def group_query(ids: Sequence[int]) -> Executable:
    """Return the query for what tasks are grouped by: a row for each owning unit, leads first."""
    owns = and_(
        ASSIGNMENT.c.task_id == TASK.c.id,
        ASSIGNMENT.c.role.in_((Role.LEAD.value, Role.RESPONSIBLE.value)),
    )
    lead_first = case((ASSIGNMENT.c.role == Role.LEAD.value, 0), else_=1)
    return (
        select(
            TASK.c.id,
            TASK.c.section,
            TASK.c.persons,
            DOCUMENT.c.title,
            DOCUMENT.c.file_name,
            UNIT.c.name.label("unit"),
            UNIT.c.position.label("place"),
        )
        .outerjoin(DOCUMENT, DOCUMENT.c.id == TASK.c.document_id)
        .outerjoin(ASSIGNMENT, owns)
        .outerjoin(UNIT, UNIT.c.id == ASSIGNMENT.c.unit_id)
        .where(TASK.c.id.in_(ids))
        .order_by(TASK.c.id, lead_first, ASSIGNMENT.c.position, ASSIGNMENT.c.id)
    )


def _sorted(query: Select[Any], sort: tuple[tuple[str, bool], ...]) -> Select[Any]:
    order: list[Any] = []  # Any: columns of any type
    for key, downwards in sort:
        if key == "unit":
            places = _first_units()
            query = query.outerjoin(places, places.c.task_id == TASK.c.id)
            columns: tuple[Any, ...] = (places.c.place,)
        else:
            columns = _SORTS[key]
        for column in columns:
            directed = column.desc() if downwards else column.asc()
            order.append(directed.nulls_last() if key in _HOLDS_NULLS else directed)
    return query.order_by(*order, TASK.c.ledger_id, TASK.c.position, TASK.c.id)


def _first_units() -> Subquery:
    """Return the official place of each task's first lead, else of its first responsible unit."""
    lead = func.min(UNIT.c.position).filter(ASSIGNMENT.c.role == Role.LEAD.value)
    responsible = func.min(UNIT.c.position).filter(ASSIGNMENT.c.role == Role.RESPONSIBLE.value)
    return (
        select(ASSIGNMENT.c.task_id, func.coalesce(lead, responsible).label("place"))
        .join(UNIT, UNIT.c.id == ASSIGNMENT.c.unit_id)
        .group_by(ASSIGNMENT.c.task_id)
        .subquery()
    )


_HOLDS_NULLS = frozenset({"unit", "deadline", "light", "entry", "state"})
"""Sorts whose values may be missing; those stand last either way. Others may use the index."""
_URGENCY = case(
    (TASK.c.completion.in_(FINISHED), 4),
    (TASK.c.completion == Completion.EXCLUDED.value, 3),
    (or_(TASK.c.deadline_doubtful.is_(True), TASK.c.deadline_date.is_(None)), 2),
    else_=1,
)
_SECTION_PLACE = func.min(TASK.c.position).over(partition_by=(TASK.c.ledger_id, TASK.c.section))
_SORTS: dict[str, tuple[Any, ...]] = {
    "position": (TASK.c.ledger_id, TASK.c.position, TASK.c.id),
    "code": (TASK.c.id,),
    "number": (cast(TASK.c.number, Integer), func.length(TASK.c.number), TASK.c.number),
    "section": (TASK.c.ledger_id, _SECTION_PLACE),
    "task": (TASK.c.text,),
    "deadline": (TASK.c.deadline_date, TASK.c.deadline_text),
    "light": (_URGENCY, TASK.c.deadline_date),
    "entry": (ENTRY.c.text,),
    "state": (
        case(
            {value.value: place for place, value in enumerate(Completion)}, value=TASK.c.completion
        ),
        ENTRY.c.state_text,
    ),
}
_INTO = TASK.alias()
LINES = select(
    TASK.c.id,
    TASK.c.ledger_id,
    TASK.c.code,
    TASK.c.number,
    TASK.c.section,
    TASK.c.text,
    TASK.c.units_text,
    TASK.c.persons,
    TASK.c.deadline_text,
    TASK.c.deadline_date,
    TASK.c.deadline_recurrence,
    TASK.c.deadline_day,
    TASK.c.deadline_doubtful,
    TASK.c.first_deadline_text,
    TASK.c.first_deadline_date,
    TASK.c.completion,
    TASK.c.withdrawn,
    TASK.c.instruction_leader,
    TASK.c.instructed_on,
    TASK.c.instruction_text,
    TASK.c.stage,
    TASK.c.stages,
    _INTO.c.code.label("merged_into"),
).outerjoin(_INTO, _INTO.c.id == TASK.c.merged_into_id)
"""The query for lines of a list, to be narrowed down to some tasks."""
