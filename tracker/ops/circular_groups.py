"""Counts of a circular beside the total: by section, by unit, past date, against last time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tracker.domain.circular import Figure
from tracker.insight.owners import NO_UNIT
from tracker.insight.rates import completion_over_rounds
from tracker.insight.tally import percent
from tracker.ops.board_facts import round_before
from tracker.ops.edition_values import edition_content
from tracker.text.wording import filled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.task import TaskRow
    from tracker.insight.owners import UnitBook
    from tracker.insight.rates import Rate
    from tracker.insight.round_stats import RoundStats
    from tracker.ops.round_facts import RoundContent
    from tracker.store.queries import View

    Words = Mapping[str, Any]  # Any: values of TOML
    Values = dict[str, str]
    Codes = frozenset[str]

Said = tuple[str, tuple[Figure, ...]]
"""A sentence, empty where there is nothing to say, and its figures in the order they stand."""
NOTHING: Said = ("", ())
_ORDINAL = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百\d]+[章节部类篇]|[（(][一二三四五六七八九十\d]+[)）]"
    r"|[一二三四五六七八九十]+(?=[、．.])|\d+(?=[、．.\s]))[、．.\s]*"
)
_OTHERS = "未分类"


@dataclass(frozen=True, slots=True)
class RateBefore:
    """The rate of the round before, in per cent with one decimal."""

    number: int
    percent: str


@dataclass(frozen=True, slots=True)
class _Group:
    """Tasks counted together."""

    name: str
    codes: tuple[str, ...]
    done: tuple[str, ...]
    out: tuple[str, ...]

    @property
    def of(self) -> int:
        """How many count for the rate."""
        return len(self.codes) - len(self.out)


def rate_before(view: View, ledger: LedgerRow, round_: RoundRow) -> RateBefore | None:
    """Return the rate of the round before where it is approved, or each entry states it."""
    earlier = round_before(view, round_)
    if earlier is None:
        return None
    stored = edition_content(view, earlier.id)
    if stored is not None:
        share = str(stored["stats"]["rate"]["percent"])
        return RateBefore(earlier.number, share) if share else None
    entries = {row: view.entries(row.id) for row in (earlier, round_)}
    trend = completion_over_rounds(tuple(entries.items()), view.tasks(ledger.id))
    point = trend.points[0]
    is_certain = point.rate.of.number and not point.unstated.number
    return RateBefore(earlier.number, point.rate.percent) if is_certain else None


def compared(words: Words, values: Values, rate: Rate, before: RateBefore | None) -> Said:
    """Return how the rate moved since the round before, in percentage points."""
    if before is None or not rate.percent:
        return NOTHING
    moved = Decimal(rate.percent) - Decimal(before.percent)
    points = str(abs(moved))
    more = {
        "上期": str(before.number),
        "上期完成率": before.percent,
        "提高": points if moved > 0 else "",
        "下降": points if moved < 0 else "",
        "持平": "" if moved else "持平",
    }
    stated = [Figure("上期完成率", f"{before.percent}%")]
    if moved:
        stated.append(Figure("提高" if moved > 0 else "下降", points))
    return filled(words["compare"], values | more), tuple(stated)


def due(words: Words, values: Values, content: RoundContent, stats: RoundStats) -> Said:
    """Return how many of the tasks past their date are finished, and how many are not."""
    past = tuple(
        task.code
        for task in content.tasks
        if task.deadline is not None
        and task.deadline.date is not None
        and not task.deadline.doubtful
        and task.deadline.date < stats.as_of
        and task.code not in stats.rate.excluded.codes
    )
    if not past:
        return NOTHING
    late = stats.overdue.codes
    done = tuple(code for code in past if code not in late)
    share = percent(len(late), len(past))
    more = {
        "到期": str(len(past)),
        "到期办结": str(len(done)),
        "逾期": str(len(late) or ""),
        "逾期率": share if late else "",
    }
    stated = [Figure("时限已过", str(len(past)), past), Figure("到期办结", str(len(done)), done)]
    if late:
        stated += [
            Figure("到期未办结", str(len(late)), late),
            Figure("到期未办结率", f"{share}%", late),
        ]
    return filled(words["due"], values | more), tuple(stated)


def by_section(
    words: Words, values: Values, tasks: Sequence[TaskRow], done: Codes, out: Codes
) -> Said:
    """Return the counts of each section, the best first; nothing where there is only one."""
    sections: dict[str, list[str]] = {}
    for task in tasks:
        name = _ORDINAL.sub("", task.section.split("\n")[-1]).strip() or _OTHERS
        sections.setdefault(name, []).append(task.code)
    groups = _groups(sections.items(), done, out)
    if len(groups) < 2:
        return NOTHING
    listed, stated = _listed(words["section_item"], "类别", groups, values)
    return filled(words["sections"], values | {"各类": listed}), stated


def by_unit(
    words: Words,
    values: Values,
    tasks: Sequence[TaskRow],
    done: Codes,
    out: Codes,
    book: UnitBook,
) -> Said:
    """Return the counts of each unit, the best first; nothing where there is only one."""
    units = {
        unit: [task.code for task in owned]
        for unit, owned in book.grouped(tasks).items()
        if unit != NO_UNIT
    }
    groups = _groups(units.items(), done, out)
    if len(groups) < 2:
        return NOTHING
    listed, stated = _listed(words["unit_item"], "单位", groups, values)
    shared = sum(len(group.codes) for group in groups) > len(
        {code for group in groups for code in group.codes}
    )
    more = {"各单位": listed, "计法": book.note(tasks).rstrip("。") if shared else ""}
    return filled(words["by_units"], values | more), stated


def _groups(
    named: Iterable[tuple[str, Sequence[str]]], done: Codes, out: Codes
) -> tuple[_Group, ...]:
    """Return the groups by their rate, the best first; those without one last."""
    groups = [
        _Group(
            name,
            tuple(codes),
            tuple(code for code in codes if code in done),
            tuple(code for code in codes if code in out),
        )
        for name, codes in named
    ]

    def worth(group: _Group) -> tuple[bool, float, int]:
        share = len(group.done) / group.of if group.of else 0.0
        return not group.of, -share, -group.of

    return tuple(sorted(groups, key=worth))


def _listed(
    item: Sequence[str], place: str, groups: Iterable[_Group], values: Values
) -> tuple[str, tuple[Figure, ...]]:
    parts, stated = [], []
    for group in groups:
        share = percent(len(group.done), group.of)
        more = {
            place: group.name,
            "项数": str(len(group.codes)),
            "剔除": str(len(group.out) or ""),
            "完成": str(len(group.done)),
            "完成率": share,
        }
        parts.append(filled(item, {**values, **more}))
        stated.append(Figure(group.name, str(len(group.codes)), group.codes))
        if group.out:
            stated.append(Figure(f"{group.name}·调整/取消", str(len(group.out)), group.out))
        stated.append(Figure(f"{group.name}·完成", str(len(group.done)), group.done))
        if share:
            stated.append(Figure(f"{group.name}·完成率", f"{share}%", group.done))
    return "；".join(parts), tuple(stated)
