"""Which stored units the names of a document stand for, and which names to ask about."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.duties.offices import near_misses, office_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tracker.domain.draft import Draft
    from tracker.domain.review import Review
    from tracker.domain.unit import UnitNames, UnitRow
    from tracker.domain.unit_gone import Gone


@dataclass(frozen=True, slots=True)
class UnitQuestion:
    """A printed name close to a unit that is known: is it the same?

    Attributes:
        printed: the name as the document has it, with the prefix it leaves out.
        units: names of the units it may be, the likeliest first.
        gone: why it cannot be the unit of that name, in words: that one is no more, and these
            took over from it.
    """

    printed: str
    units: tuple[str, ...]
    gone: str = ""


@dataclass(frozen=True, slots=True)
class UnitsFound:
    """What is known of a document's names.

    Attributes:
        folded: short and whole names of one office (区工信局 → 区工业和信息化局).
        questions: what the clerk should say.
        lost: by printed name what became of units that are no more and nobody took over from.
    """

    folded: Mapping[str, str] = field(default_factory=dict)
    questions: tuple[UnitQuestion, ...] = ()
    lost: Mapping[str, str] = field(default_factory=dict)

    def meanings(self, draft: Draft, review: Review) -> dict[str, str]:
        """Return what a draft's printed names stand for: as the clerk said, else as found."""
        full, said = dict(draft.full_names), dict(review.units)
        found: dict[str, str] = {}
        for name in draft.all_roles().names():
            whole = full.get(name, name)
            found[name] = said.get(name) or said.get(whole) or self.folded.get(whole, whole)
        return found

    def doubts_of(self, draft: Draft) -> tuple[str, ...]:
        """Return a doubt for each name of the draft that is asked about."""
        full, asked = dict(draft.full_names), {q.printed: q for q in self.questions}
        found = []
        for name in draft.all_roles().names():
            whole = full.get(name, name)
            if whole in self.lost:
                found.append(f"{self.lost[whole]}，请改写单位")
            elif whole in asked and asked[whole].gone:
                day = asked[whole].gone.partition("已")[2].partition("（")[0]
                found.append(f"“{name}”已{day}，是否由“{asked[whole].units[0]}”承接，请确认")
            elif whole in asked:
                found.append(f"“{name}”与“{asked[whole].units[0]}”是否同一单位，请确认")
        return tuple(found)

    def names_nobody(self, draft: Draft, review: Review) -> bool:
        """Tell whether a draft is for a unit that is no more, and nobody said who takes over."""
        gone = {q.printed for q in self.questions if q.gone} | set(self.lost)
        return any(meant in gone for meant in self.meanings(draft, review).values())


def find_units(
    drafts: Sequence[Draft],
    names: UnitNames,
    units: Sequence[UnitRow] = (),
    gone: Mapping[int, Gone] | None = None,
) -> UnitsFound:
    """Return what the names of a document stand for among the stored units.

    Args:
        drafts: the drafts of the document.
        names: finds stored units by name.
        units: the stored units.
        gone: those that are no more, by id.
    """
    counted = Counter(whole for draft in drafts for whole in _whole_names(draft))
    unknown = [name for name, _ in counted.most_common() if names.find(name) is None]
    stored = [name for unit in units for name in (unit.name, *unit.names)]
    folded = _folded(unknown, stored)
    left = [name for name in unknown if name not in folded]
    odd = near_misses([*stored, *stored, *left])
    odd |= {n: other for n in left if n not in odd and (other := _with_level(n, stored))}
    asked = [UnitQuestion(name, (odd[name],)) for name in left if name in odd]
    lost: dict[str, str] = {}
    for name in counted if gone else ():
        unit_id = names.find(name)
        unit = gone.get(unit_id) if gone and unit_id is not None else None
        if unit is not None and unit.into:
            into = tuple(each.name for each in unit.into)
            asked.append(UnitQuestion(name, into, unit.words(name)))
        elif unit is not None:
            lost[name] = unit.words(name)
    return UnitsFound(folded, tuple(asked), lost)


def _whole_names(draft: Draft) -> Iterator[str]:
    full = dict(draft.full_names)
    return (full.get(name, name) for name in draft.all_roles().names())


def _folded(unknown: Iterable[str], stored: Iterable[str]) -> dict[str, str]:
    """Return the names that are plainly short or long for another of the same office."""
    folded: dict[str, str] = {}
    known: dict[tuple[str, str], list[str]] = {}
    for name in stored:
        office = office_of(name)
        if office is not None:
            known.setdefault((office.prefix, office.short), []).append(name)
    for name in sorted(unknown, key=len, reverse=True):
        office = office_of(name)
        if office is None:
            continue
        same = known.setdefault((office.prefix, office.short), [])
        other = next((one for one in same if one != name and _is_short_for(name, one)), None)
        if other is None:
            same.append(name)
        else:
            folded[name] = other
    return folded


def _is_short_for(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    signs = iter(long)
    return len(short) < len(long) and all(sign in signs for sign in short)


def _with_level(name: str, stored: Sequence[str]) -> str:
    """Return the stored name that lacks only the level that `name` has (县教育局, 教育局)."""
    office = office_of(name)
    if office is None or not office.prefix:
        return ""
    bare = name.removeprefix(office.prefix)
    return bare if bare in stored else ""
