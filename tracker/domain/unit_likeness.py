"""Whether two names stand for the same unit: surely, likely, or not.

For showing a clerk what may be one unit; nothing is merged by it. What a printed name stands for
while tables are read is told by `tracker.domain.unit.UnitNames`, which never goes by likeness.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from tracker.domain.unit import COLLECTIVE, name_key
from tracker.domain.unit_forms import MAIN
from tracker.domain.unit_parts import COUNTIES, INNER_TOWN, Kind, NameReader, Parts, company_root
from tracker.domain.unit_verdict import (
    NOTHING,
    Likeness,
    Verdict,
    different,
    likely,
    offices,
    same,
    shortened,
    weakest,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.domain.unit import UnitRow
    from tracker.domain.unit_forms import UnitForms

_UPPER = "一个写了上级，一个没写"
_COLLECTIVE = "合称不与别的单位合并"
_SHORTEST_ROOT = 2
"""Fewer signs than this before 公司 or 集团 tell no company from another."""
_SHORTEST_TEXT = 3
"""A shorter name is not taken for one with a word more."""
_FEWEST, _TIMES = 3, 2
"""So many offices of a 市, and so many for each without a level, make it the office's own."""
_STEM = 2
"""So many signs of a place's name tell it from others: 云岭 and 云岭县 are one place."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two units that are, or may be, one; the first stands earlier in the official order."""

    first: UnitRow
    second: UnitRow
    verdict: Verdict


class UnitLikeness:
    """Tells which names may stand for one unit."""

    def __init__(self, forms: UnitForms, *, home: str = "", known: Iterable[str] = ()) -> None:
        """Take what is known of the office.

        Args:
            forms: the ways names are written (`read_unit_forms`).
            home: the office's own county, district or city by its name (云岭县); empty if unknown.
            known: the names of all its units; they tell which level is left out, and where a
                name without its level could mean several units.
        """
        self._forms = forms
        self._reader = NameReader(forms, home)
        self._levels: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._named: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._cities, self._bare = 0, 0
        for name in known:
            self._learn(name)
        self._own = self._reader.home[-1:] or self._own_level()

    def compare(self, a: str, b: str) -> Verdict:
        """Return whether two names stand for the same unit; either order gives the same."""
        one, other = sorted((self._reader.parts(a), self._reader.parts(b)), key=_order)
        if one.key == other.key:
            return same("写法相同" if a == b else "只差空格、括号或标点的写法")
        verdict = self._compare(one, other)
        return verdict if verdict.is_worth_showing else self._mended(one, other) or verdict

    def compare_units(self, one: UnitRow, other: UnitRow) -> Verdict:
        """Return whether two units are the same, by all the names they are known under."""
        if self._is_collective(one) != self._is_collective(other):
            return different(_COLLECTIVE)
        verdict = self.compare(one.name, other.name)
        if verdict.likeness is Likeness.SAME or len(_names(one)) == len(_names(other)) == 1:
            return verdict
        parts = self._reader.parts(one.name), self._reader.parts(other.name)
        if self._places(*parts).likeness is Likeness.DIFFERENT:
            return verdict
        return self._by_other_names(one, other) or verdict

    def near_duplicates(self, units: Iterable[UnitRow]) -> tuple[Pair, ...]:
        """Return the units that are or may be one: the sure ones first, then in official order."""
        listed = sorted(units, key=lambda unit: (unit.position, unit.id))
        shared: dict[tuple[str, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for at, unit in enumerate(listed):
            for key, place in set(self._marks(unit)):
                shared[key][place].append(at)
        seen = {pair for places in shared.values() for pair in _meeting(places)}
        pairs = [
            Pair(listed[i], listed[j], self.compare_units(listed[i], listed[j]))
            for i, j in sorted(seen)
        ]
        worth = [pair for pair in pairs if pair.verdict.is_worth_showing]
        return tuple(sorted(worth, key=lambda pair: pair.verdict.likeness is not Likeness.SAME))

    def _marks(self, unit: UnitRow) -> Iterator[tuple[tuple[str, str], str]]:
        """Yield what a unit may share with one like it, with the place that a name has."""
        for name in _names(unit):
            yield ("whole", name_key(name)), ""
            parts = self._reader.parts(name)
            for each in (parts, *(other for _, _, other in self._reader.mended(name))):
                for mark in self._reader.marks(each):
                    yield mark, each.place.name[:_STEM]

    def _is_collective(self, unit: UnitRow) -> bool:
        stands_for_several = unit.kind == COLLECTIVE or bool(unit.members)
        return stands_for_several or self._reader.parts(unit.name).kind is Kind.COLLECTIVE

    def _learn(self, name: str) -> None:
        parts = self._reader.parts(name)
        if parts.kind is Kind.OFFICE:
            self._cities += parts.place.level == "市" and not parts.place.name
            self._bare += parts.place.is_left_out
        if parts.place.level and not (parts.place.name or parts.place.upper):
            for key in self._reader.marks(parts):
                self._levels[key].add(parts.place.level)
        if parts.place.name:
            for key in self._reader.marks(parts):
                self._named[key].add(parts.place.name[:_STEM])

    def _own_level(self) -> str:
        """Return the level that the known names leave out; empty where they do not tell."""
        levels = {level for found in self._levels.values() for level in found}
        counties = levels & set(COUNTIES)
        if counties:
            return counties.pop() if len(counties) == 1 else ""
        # a county's list may leave out its own level and write 市 only before the city's offices
        is_city = self._cities >= max(_FEWEST, _TIMES * self._bare)
        return "市" if levels == {"市"} and is_city else ""

    def _compare(self, one: Parts, other: Parts) -> Verdict:
        if Kind.COLLECTIVE in {one.kind, other.kind}:
            return different(_COLLECTIVE)
        if one.is_joint or other.is_joint:
            return different("其中一个写了几个单位")
        grounds = [self._places(one, other), self._cores(one, other), self._asides(one, other)]
        for ground in grounds:
            if not ground.is_worth_showing:
                return ground
        if one.is_local != other.is_local:
            grounds.append(likely("上级的派出机构就是本地的这个部门"))
        if one.front != other.front:
            grounds.append(likely(f"前面多了“{one.front or other.front}”"))
        return weakest(grounds)

    def _places(self, one: Parts, other: Parts) -> Verdict:
        a, b = one.place, other.place
        if a.upper and b.upper and a.upper != b.upper and "市" not in {a.upper, b.upper}:
            return different(f"所属不同：{a.upper}、{b.upper}")
        return self._homes(one, other) if self._reader.home else self._levels_of(one, other)

    def _homes(self, one: Parts, other: Parts) -> Verdict:
        """Compare whose units they are where the office's own place is known."""
        own = [self._is_own(each) for each in (one, other)]
        if own[0] != own[1]:
            return different(_places_differ(one, other))
        if not own[0]:
            return self._elsewhere(one, other)
        if one.place.is_left_out != other.place.is_left_out:
            return self._left_out(one, other)
        return same("" if one.place == other.place else "本级的两种写法")

    def _elsewhere(self, one: Parts, other: Parts) -> Verdict:
        """Compare the places of two units that are both not of the office's own place."""
        a, b = one.place, other.place
        if (a.level, a.name) == (b.level, b.name):
            return same("") if a.upper == b.upper else likely(_UPPER)
        if a.level == b.level and not (a.name and b.name):
            return likely(f"如果“{a.name or b.name}”就是上级，便是同一单位")
        return different(_places_differ(one, other))

    def _is_own(self, parts: Parts) -> bool:
        place = parts.place
        if place.is_home or place.is_left_out:
            return True
        return not place.name and place.level == self._own

    def _levels_of(self, one: Parts, other: Parts) -> Verdict:
        """Compare whose units they are where nobody said which place is the office's own."""
        a, b = one.place, other.place
        if (a.level, a.name) == (b.level, b.name):
            return same("") if a.upper == b.upper else likely(_UPPER)
        if a.name and b.name:
            if a.name.startswith(b.name) or b.name.startswith(a.name):
                return likely(f"地名写法不同：{a.name}、{b.name}")
            return different(_places_differ(one, other))
        if a.name or b.name:
            named, plain = (one, other) if a.name else (other, one)
            return self._maybe_home(named, plain)
        level = a.level or b.level
        if (a.level and b.level) or not (
            level == self._own or (not self._own and level in COUNTIES)
        ):
            return different(_places_differ(one, other))
        return self._left_out(one, other)

    def _maybe_home(self, named: Parts, plain: Parts) -> Verdict:
        """Judge a unit of a place by its name and one of no named place."""
        place, level = named.place, plain.place.level or self._own
        if not level and place.level in COUNTIES:
            level = place.level
        fits = level == place.level if place.level else level in COUNTIES
        several = any(len(self._named.get(k, ())) > 1 for k in self._reader.marks(named))
        if not level or not fits or several:
            return different(_places_differ(named, plain))
        return likely(f"如果“{place.name}”就是本地，便是同一单位")

    def _left_out(self, one: Parts, other: Parts) -> Verdict:
        """Judge two names of which one leaves out its level; it may be missing from several."""
        levels = set().union(
            *(self._levels.get(key, set()) for p in (one, other) for key in self._reader.marks(p))
        )
        others = sorted(levels - {self._own, one.place.level, other.place.level})
        if others:
            return likely(f"一个没写级别，台账里另有“{others[0]}”一级的同名单位")
        return same("去掉级别后同名")

    def _cores(self, one: Parts, other: Parts) -> Verdict:
        kinds = {one.kind, other.kind}
        if kinds == {Kind.OFFICE}:
            return offices(one, other)
        if kinds == {Kind.TOWN}:
            if one.core != other.core:
                return different(NOTHING)
            if one.town != other.town:
                return different(f"{one.town}和{other.town}是两类单位")
            return same("" if one.bare == other.bare else f"“{one.bare}”就是“{other.bare}”")
        if Kind.BRANCH in kinds:
            return self._branches(one, other)
        if kinds == {Kind.OFFICE, Kind.TEXT}:
            return self._texts(one, other)
        if len(kinds) > 1:
            return different(NOTHING)
        if one.core == other.core:
            return same(shortened(one.bare, other.bare))
        if kinds == {Kind.COMPANY}:
            return self._companies(one, other)
        return self._texts(one, other)

    def _branches(self, one: Parts, other: Parts) -> Verdict:
        """Compare a part of a unit with another, or with one whose parent is left out."""
        if one.core != other.core:
            return different("一个是内设或下属机构")
        if one.kind is other.kind:
            return offices(one, other)
        branch = one if one.kind is Kind.BRANCH else other
        parents = {each.office for each in branch.spellings if each.relation == MAIN}
        if parents & self._forms.branches.get(branch.core, frozenset()):
            return likely(f"“{branch.core}”前面省了主管单位")
        return different("一个写了主管单位，看不出是不是同一家")

    def _companies(self, one: Parts, other: Parts) -> Verdict:
        roots = [company_root(self._forms.loosened(each.core)) for each in (one, other)]
        if len(roots[0]) < _SHORTEST_ROOT or roots[0] != roots[1]:
            return different(NOTHING)
        if {each.core.endswith("分公司") for each in (one, other)} == {True, False} and any(
            "集团" in each.core for each in (one, other)
        ):
            return different("一个是分公司")
        return likely(f"可能是同一公司的不同写法：{one.bare}、{other.bare}")

    def _texts(self, one: Parts, other: Parts) -> Verdict:
        long, short = sorted((one.core, other.core), key=len, reverse=True)
        if self._forms.loosened(long) == self._forms.loosened(short):
            return likely(f"简称：{one.bare}→{other.bare}")
        for filler in self._forms.fillers:
            if (
                len(short) >= _SHORTEST_TEXT
                and filler in long
                and long.replace(filler, "", 1) == short
            ):
                return likely(f"只多“{filler}”二字")
        if INNER_TOWN.sub("", long) == short:
            return likely("一个省了“镇、乡、街道”字样")
        return different(NOTHING)

    def _asides(self, one: Parts, other: Parts) -> Verdict:
        """Compare what stands in brackets behind the names."""
        if one.aside == other.aside:
            return same("")
        if one.aside and other.aside:
            return different("括号里写的不同")
        aside, whole = (one.aside, one) if one.aside else (other.aside, other)
        if aside.endswith(self._forms.inner):
            return different("括号里是内设或下属机构")
        inside = self._reader.parts(aside)
        if {i.group for i in inside.spellings} & {w.group for w in whole.spellings}:
            return same("括号里是简称或全称")
        return likely(f"一个多了括号里的“{aside}”")

    def _mended(self, one: Parts, other: Parts) -> Verdict | None:
        """Return that a sign was taken for another, if then the names would be the same."""
        for wrong, right in ((one, other), (other, one)):
            for sign, meant, parts in self._reader.mended(wrong.key):
                if self._compare(parts, right).likeness is Likeness.SAME:
                    return likely(f"可能写错一个字：“{sign}”应为“{meant}”")
        return None

    def _by_other_names(self, one: UnitRow, other: UnitRow) -> Verdict | None:
        """Judge by the names that the office keeps for its units."""
        for unit, second in ((one, other), (other, one)):
            for name in _names(unit)[1:]:
                if name_key(name) == name_key(second.name):
                    return same(f"“{name}”已登记为“{unit.name}”的别名")
        if self._reader.parts(one.name).kind is self._reader.parts(other.name).kind is Kind.TOWN:
            return None  # 城关镇 and 城关街道 may both be short 城关
        theirs = {name_key(name) for name in _names(other)}
        for name in _names(one)[1:]:
            if name_key(name) in theirs:
                return likely(f"两个单位都登记了“{name}”这个名称")
        for unit, second in ((one, other), (other, one)):
            for name in _names(unit)[1:]:
                if self.compare(name, second.name).likeness is Likeness.SAME:
                    return likely(f"“{unit.name}”的别名“{name}”与“{second.name}”是一个名称")
        return None


def near_duplicates(
    units: Iterable[UnitRow], forms: UnitForms, *, home: str = ""
) -> tuple[Pair, ...]:
    """Return the units of an office that are or may be one, the sure ones first.

    Args:
        units: all units of the office.
        forms: the ways names are written (`read_unit_forms`).
        home: the office's own county, district or city by its name; empty if unknown.
    """
    listed = tuple(units)
    likeness = UnitLikeness(forms, home=home, known=[unit.name for unit in listed])
    return likeness.near_duplicates(listed)


def _places_differ(one: Parts, other: Parts) -> str:
    called = [each.place.name or each.place.level or "没写级别" for each in (one, other)]
    return f"级别或地方不同：{called[0]}、{called[1]}"


def _meeting(places: dict[str, list[int]]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of one mark that can be one unit: not those of two named places."""
    unnamed = places.get("", [])
    for place, at in places.items():
        yield from combinations(at, 2)
        if place:
            yield from ((min(i, j), max(i, j)) for i in unnamed for j in at if i != j)


def _names(unit: UnitRow) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in (unit.name, unit.short_name, *unit.names) if name))


def _order(parts: Parts) -> tuple[int, str]:
    return -len(parts.bare), parts.key
