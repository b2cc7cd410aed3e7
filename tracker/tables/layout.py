"""Which column of a table gives which field of a row."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tracker.domain.mapping import BY_UNIT, EXTRA, IGNORED, SINGLE, TASK
from tracker.domain.terms import Role
from tracker.duties.reading import find_order_rule
from tracker.duties.units import is_unit_like
from tracker.tables.headings import (
    Heading,
    classify,
    is_period,
    stand_in_rank,
)
from tracker.tables.states import is_state
from tracker.tables.values import is_tick, percent_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tracker.tables.header import Column
    from tracker.tables.matrix import Matrix

_UNIT_ROLES = {role.value: role for role in Role}
_SHORT_HEADING = 8
_UNIT_WORDS, _LEADING = ("单位", "部门"), ("牵头", "主办", "主责")
_BY_PERIOD = frozenset({"status", "percent", "problems", "next_steps", "note"})
_AS_PRINTED = ("lead", "responsible", "cooperating", "guiding", "persons")


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a table by what they give; columns are named by their place in the grid.

    Attributes:
        task: the column of the tasks.
        spare: columns under the same heading as the task's, read where the task's cell is empty.
        single: field → column, for fields that one column gives.
        units: columns of units with the role that a plain name holds there.
        persons: columns of persons.
        rounds: progress columns of several months or rounds, in order; `former` are of the past.
        extra: columns that give no field.
        ignored: columns the clerk does not want.
        labels: column → heading, one for each column, no two alike.
        names: field → heading as printed.
        ticks: extra columns under state words (已完成, 推进中), of which each row ticks one.
        shares: the percent column holds shares of one (0.8), not points.
        speakers: columns, each for the progress of the unit that heads it (甲镇, 乙镇).
        first_leads: unit columns whose heading says that the first unit of a list leads.
        mixed: columns of persons whose heading names units too, with the role of those.
    """

    task: int
    spare: tuple[int, ...] = ()
    single: dict[str, int] = field(default_factory=dict)
    units: tuple[tuple[int, Role], ...] = ()
    persons: tuple[int, ...] = ()
    rounds: tuple[int, ...] = ()
    former: tuple[int, ...] = ()
    extra: tuple[int, ...] = ()
    ignored: tuple[int, ...] = ()
    labels: dict[int, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    ticks: tuple[int, ...] = ()
    shares: bool = False
    speakers: tuple[int, ...] = ()
    first_leads: frozenset[int] = frozenset()
    mixed: tuple[tuple[int, Role], ...] = ()


def layout_of(columns: tuple[Column, ...], matrix: Matrix, rows: Sequence[int]) -> Layout:
    """Settle what each column gives, where the headings alone leave it open by the cells."""
    counted = _filled(matrix, rows)
    filled = {c.index: counted[c.index] for c in columns}
    columns = tuple(c for c in columns if c.text or filled[c.index])
    columns = _with_unit_roles(_with_progress(_with_task(columns, filled), matrix, rows))
    task = _task_column(columns, filled)
    others = tuple(c for c in columns if c.index != task.index)
    same = tuple(c for c in others if c.field == "task" and c.text == task.text and c.text)
    others = _with_section(others, task, filled)
    single = _singles(others)
    rounds, former = _rounds(others)
    given = _Given(
        task.index,
        tuple(c.index for c in same),
        single,
        tuple((c.index, _UNIT_ROLES[c.field]) for c in others if c.field in _UNIT_ROLES),
        tuple(c.index for c in others if c.field == "persons"),
        rounds,
        former,
        speakers=tuple(c.index for c in others if _speaks(c, matrix, rows)),
    )
    printed = {c.field: c for c in reversed(others) if c.field in _AS_PRINTED}
    return _assembled(given, printed, columns, matrix, rows)


def layout_by(
    fields: Sequence[str], columns: tuple[Column, ...], matrix: Matrix, rows: Sequence[int]
) -> Layout:
    """Return the layout that the clerk's fields say; `fields` are by column, a task among them."""
    filled = _filled(matrix, rows)
    said = dict(enumerate(fields))
    wanted = {c.index: said.get(c.index, EXTRA) for c in columns}
    columns = tuple(c for c in columns if c.text or filled[c.index] or wanted[c.index] != EXTRA)
    tasks = [c for c in columns if wanted[c.index] == TASK]
    task = max(tasks, key=lambda c: (bool(filled[c.index]), c.index))

    def of(name: str) -> tuple[int, ...]:
        return tuple(c.index for c in columns if wanted[c.index] == name)

    halves = [c for c in columns if c.index in of("section") and c.text == task.text != ""]
    spare = (c.index for c in (*tasks, *halves) if c is not task)

    given = _Given(
        task.index,
        tuple(spare),
        {name: of(name)[0] for name in SINGLE if of(name)},
        tuple((at, role) for at, name in wanted.items() if (role := _UNIT_ROLES.get(name))),
        of("persons"),
        of("rounds"),
        of("previous"),
        of(IGNORED),
        of(BY_UNIT),
    )
    printed = {wanted[c.index]: c for c in reversed(columns) if wanted[c.index] in _AS_PRINTED}
    return _assembled(given, printed, columns, matrix, rows)


def fields_of(layout: Layout, width: int) -> tuple[str, ...]:
    """Return what each of `width` columns stands for; `layout_by` gives the layout again."""
    fields = [EXTRA] * width
    for index in (layout.task, *layout.spare):
        fields[index] = TASK
    for name, index in layout.single.items():
        fields[index] = name
    for index, role in layout.units:
        fields[index] = role.value
    for name, indexes in (
        ("persons", layout.persons),
        ("rounds", layout.rounds),
        ("previous", layout.former),
        (BY_UNIT, layout.speakers),
        (IGNORED, layout.ignored),
    ):
        for index in indexes:
            fields[index] = name
    return tuple(fields)


@dataclass(frozen=True, slots=True)
class _Given:
    """Which column gives what, before the columns that give nothing are gathered."""

    task: int
    spare: tuple[int, ...]
    single: dict[str, int]
    units: tuple[tuple[int, Role], ...]
    persons: tuple[int, ...]
    rounds: tuple[int, ...]
    former: tuple[int, ...]
    ignored: tuple[int, ...] = ()
    speakers: tuple[int, ...] = ()


def _assembled(
    given: _Given,
    printed: Mapping[str, Column],
    columns: tuple[Column, ...],
    matrix: Matrix,
    rows: Sequence[int],
) -> Layout:
    labels = _labels(columns)
    single, rounds = given.single, given.rounds
    used = {given.task, *single.values(), *rounds, *given.former, *given.persons}
    used |= {*dict(given.units), *given.spare, *given.ignored, *given.speakers}
    names = {"task": labels[given.task]} | {name: labels[at] for name, at in single.items()}
    names |= {name: labels[column.index] for name, column in printed.items()}
    if rounds and "progress" not in names:
        names["progress"] = labels[rounds[-1]]
    extra = tuple(c.index for c in columns if c.index not in used)
    stateless = "status" not in single
    return Layout(
        task=given.task,
        spare=given.spare,
        single=single,
        units=given.units,
        persons=given.persons,
        rounds=rounds,
        former=given.former,
        extra=extra,
        ignored=given.ignored,
        labels=labels,
        names=names,
        ticks=_ticked(matrix, rows, extra, labels) if stateless else (),
        shares=_holds_shares(matrix, rows, single.get("percent"), labels),
        speakers=given.speakers,
        mixed=tuple(_mixed(labels, given.persons)),
        first_leads=frozenset(at for at, _ in given.units if _says_first_leads(labels[at])),
    )


def _says_first_leads(heading: str) -> bool:
    # Most headings are short; the rule's patterns take their time to be made ready.
    return len(heading) > _SHORT_HEADING and find_order_rule(heading) is not None


def _mixed(labels: Mapping[int, str], persons: tuple[int, ...]) -> Iterator[tuple[int, Role]]:
    """Yield the columns such as 牵头领导和单位."""
    for column in persons:
        if any(word in labels[column] for word in _UNIT_WORDS):
            leads = any(word in labels[column] for word in _LEADING)
            yield column, Role.LEAD if leads else Role.RESPONSIBLE


def _speaks(column: Column, matrix: Matrix, rows: Sequence[int]) -> bool:
    """Tell whether a column below 进展情况 is headed by the unit that tells its progress."""
    above = classify(column.group) if column.group and not column.heading else None
    if above is None or above.field != "progress" or not is_unit_like(column.text):
        return False
    said = [text for row in rows if (text := matrix.pieces[row][column.index].text)]
    return any(not is_tick(text) for text in said)


def _filled(matrix: Matrix, rows: Sequence[int]) -> Counter[int]:
    """Count by column the cells that hold words of their own."""
    counted = (row for row in rows if row not in matrix.lines)
    return Counter([piece.place[1] for row in counted for piece in matrix.own(row)])


def _as(column: Column, name: str) -> Column:
    return replace(column, heading=Heading(name) if name else None)


def _with_task(columns: tuple[Column, ...], filled: dict[int, int]) -> tuple[Column, ...]:
    """Name the task column where its heading does not say so (存在问题, 指标名称)."""
    if any(c.field == "task" for c in columns):
        return columns
    ranks = {c.index: stand_in_rank(c.text) for c in columns}
    best = min(
        (rank, index) for index, rank in ranks.items() if rank is not None and index in filled
    )[1]
    return tuple(_as(c, "task") if c.index == best else c for c in columns)


def _task_column(columns: tuple[Column, ...], filled: dict[int, int]) -> Column:
    """Choose among several task columns: the finest, then by the order of the list.

    Of columns below one heading the right one is the finest; the others name classes.
    """
    candidates = [c for c in columns if c.field == "task"]
    best = min(candidates, key=lambda c: (-filled[c.index], _rank(c), c.index))
    same = [c for c in candidates if c.text == best.text and filled[c.index]]
    return max(same, key=lambda c: c.index, default=best)


def _rank(column: Column) -> int:
    return column.heading.rank if column.heading else 0


def _with_section(
    columns: tuple[Column, ...], task: Column, filled: dict[int, int]
) -> tuple[Column, ...]:
    """Take a coarser task column to the left, or a source column, for the section."""
    if any(c.field == "section" for c in columns):
        return columns
    coarse = [
        c
        for c in columns
        if c.field == "task"
        and c.index < task.index
        and (c.text == task.text or filled[c.index] < filled[task.index])
    ]
    sources = [c for c in columns if c.field == "source"]
    chosen = (coarse or sources)[:1]
    return tuple(_as(c, "section") if c in chosen else c for c in columns)


def _with_unit_roles(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Take 责任单位 beside a lead column as cooperating, and “单位” only for want of others."""
    named = [c for c in columns if c.field in _UNIT_ROLES and c.text not in ("单位", "部门")]
    lead = any(c.field == Role.LEAD for c in columns)

    def settled(column: Column) -> Column:
        if column.field != Role.RESPONSIBLE:
            return column
        if column not in named and named:
            return _as(column, "")
        return _as(column, Role.COOPERATING.value) if lead else column

    return tuple(settled(c) for c in columns)


def _with_progress(
    columns: tuple[Column, ...], matrix: Matrix, rows: Sequence[int]
) -> tuple[Column, ...]:
    """Read a column “进度” that holds sentences as the progress where there is no other."""
    if any(c.field == "progress" for c in columns):
        return columns
    for column in columns:
        if column.field != "percent":
            continue
        texts = [matrix.pieces[r][column.index] for r in rows if matrix.pieces[r][column.index]]
        if texts and not any(percent_of(piece) is not None for piece in texts):
            return tuple(_as(c, "progress") if c is column else c for c in columns)
    return columns


def _singles(columns: tuple[Column, ...]) -> dict[str, int]:
    """Return the column of each field that has one; a round of several is no such column."""
    single: dict[str, int] = {}
    several = len(_period_columns(columns)) > 1
    for exact in (True, False):
        for c in sorted(columns, key=lambda c: c.index):
            if c.field not in SINGLE or not c.heading or c.heading.exact != exact:
                continue
            if c.field != "progress" or not (several and c.heading.period):
                single.setdefault(c.field, c.index)
    return single | _latest(columns, single)


def _latest(columns: tuple[Column, ...], single: dict[str, int]) -> dict[str, int]:
    """Return the last of the columns that stand below one month each (4月: 进展, 问题; 5月 …)."""
    chosen = {c.field: c.text for c in columns if single.get(c.field) == c.index}
    return {
        c.field: c.index
        for c in columns
        if c.field in _BY_PERIOD and is_period(c.group) and chosen.get(c.field) == c.text
    }


def _period_columns(columns: tuple[Column, ...]) -> list[Column]:
    return [c for c in columns if c.field == "progress" and c.heading and c.heading.period]


def _rounds(columns: tuple[Column, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    former = tuple(c.index for c in columns if c.field == "previous")
    periods = tuple(c.index for c in _period_columns(columns))
    return (periods if len(periods) > 1 else ()), former


def _labels(columns: tuple[Column, ...]) -> dict[int, str]:
    """Name every column by its heading; the group and the place tell apart what is alike."""
    labels: dict[int, str] = {}
    texts = Counter(column.text for column in columns)
    for column in columns:
        label = column.text or f"第{column.index + 1}列"
        of_period = texts[label] > 1 and is_period(column.group)
        if column.group and (of_period or label in labels.values()):
            label = f"{column.group}／{label}"
        if label in labels.values():
            label = f"{label}（第{column.index + 1}列）"
        labels[column.index] = label
    return labels


def _ticked(
    matrix: Matrix, rows: Sequence[int], columns: Sequence[int], labels: Mapping[int, str]
) -> tuple[int, ...]:
    """Return the columns under state words in which cells are only ticked."""
    states = [at for at in columns if is_state(labels[at])]
    found = [matrix.pieces[row][at] for row in rows for at in states]
    texts = [piece.text for piece in found if piece]
    return tuple(states) if len(states) > 1 and texts and all(map(is_tick, texts)) else ()


def _holds_shares(
    matrix: Matrix, rows: Sequence[int], column: int | None, labels: dict[int, str]
) -> bool:
    """Tell whether all bare numbers of a percent column lie between 0 and 1, not all whole."""
    if column is None or "%" in labels[column] or "％" in labels[column]:
        return False
    pieces = [matrix.pieces[r][column] for r in rows]
    bare = [percent_of(p) for p in pieces if p and not p.text.strip().endswith(("%", "％"))]
    numbers = [n for n in bare if n is not None]
    return bool(numbers) and all(0 <= n <= 1 for n in numbers) and any(n % 1 for n in numbers)
