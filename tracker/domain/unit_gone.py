"""Units that are no more and whose place no single one took: what is said of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from tracker.domain.reform import REFORM_WORDS, ReformKind
from tracker.domain.unit import UnitNames
from tracker.text.days import long_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.domain.reform import ReformRow
    from tracker.domain.unit import UnitRow


class ReformLike(Protocol):
    """A reform as it is kept."""

    @property
    def id(self) -> int:
        """Given in the order they were carried out."""

    @property
    def kind(self) -> str:
        """What it did."""

    @property
    def units(self) -> Sequence[int]:
        """Ids of the units it speaks of."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A unit that was abolished.

    Attributes:
        into: units that stand now and took over some of what it did; none is known for some.
        how: what was done, in a word (拆分, 撤销).
    """

    unit: UnitRow
    into: tuple[UnitRow, ...] = ()
    how: str = REFORM_WORDS[ReformKind.ABOLISH]

    def words(self, printed: str = "") -> str:
        """Return what became of it: “县文旅局”已于2026年3月2日撤销（拆分为甲、乙）."""
        name = self.unit.name
        called = f"{printed}（{name}）" if printed and printed != name else name
        day = f"于{long_date(self.unit.valid_to)}" if self.unit.valid_to is not None else ""
        names = "、".join(unit.name for unit in self.into)
        split = self.how == REFORM_WORDS[ReformKind.SPLIT]
        into = f"（{'拆分为' if split else '任务由'}{names}{'' if split else '承接'}）"
        return f"“{called}”已{day}撤销{into if names else ''}"


def gone_units(units: Iterable[UnitRow], reforms: Iterable[ReformLike]) -> dict[int, Gone]:
    """Return the abolished units without a single successor, by id.

    Args:
        units: all units.
        reforms: all reforms, in any order.
    """
    by_id = {unit.id: unit for unit in units}
    names = UnitNames.of(by_id.values())
    ended = (ReformKind.SPLIT, ReformKind.ABOLISH)
    kept = sorted((r for r in reforms if r.kind in ended), key=lambda r: r.id)
    found: dict[int, Gone] = {}
    for unit in by_id.values():
        if not unit.is_abolished or unit.successor is not None:
            continue
        into: dict[int, UnitRow] = {}
        how = REFORM_WORDS[ReformKind.ABOLISH]
        for reform in kept:
            if not reform.units or reform.units[0] != unit.id:
                continue
            how, into = REFORM_WORDS[ReformKind(reform.kind)], {}
            for each in reform.units[1:]:
                standing = names.standing(each)
                if standing in by_id and standing not in names.abolished:
                    into[standing] = by_id[standing]
        found[unit.id] = Gone(unit, tuple(into.values()), how)
    return found


def as_before(units: Iterable[UnitRow], reforms: Iterable[ReformRow]) -> tuple[UnitRow, ...]:
    """Return the units as they were before reforms.

    Args:
        units: as they are now.
        reforms: the latest first.
    """
    by_id = {unit.id: unit for unit in units}
    for reform in reforms:
        held = [by_id[unit_id] for unit_id in reform.units if unit_id in by_id]
        if reform.kind is ReformKind.RENAME:
            by_id |= {unit.id: replace(unit, name=reform.old[0]) for unit in held if reform.old}
        elif reform.kind in (ReformKind.MERGE, ReformKind.SPLIT, ReformKind.ABOLISH):
            ended = held if reform.kind is ReformKind.MERGE else held[:1]
            gone = (unit for unit in ended if unit.valid_to == reform.on)
            by_id |= {unit.id: replace(unit, valid_to=None, successor=None) for unit in gone}
    return tuple(by_id.values())
