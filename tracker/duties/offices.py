"""Names of offices: what an elided prefix stands for, which spellings may be one office."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from tracker.base.resources import load
from tracker.duties.units import ends_as_unit
from tracker.duties.vocabulary import plain, unit_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_LONGEST_PREFIX = 8
_SHORTEST = 4
_LINKS = re.compile(r"[、\s]*(?:及|和|与|以及)?[、\s]*|(?:共同)?(?:牵头|主办)[，,；;]\s*")
_PLAIN_OFFICE = re.compile(r"[^省市县区旗州镇乡各有相（(]{2,4}[局委办]")
_BRACKETED = re.compile(r"[（(][^（()）]*[）)]$")
_SERIAL = re.compile(r"[镇乡村校院]$|街道(?:办事处)?$|公司$|银行$|支行$|社区$|园区$|医院$")


@dataclass(frozen=True, slots=True)
class Office:
    """A name taken apart.

    Attributes:
        prefix: whose office it is (区, 示范区); empty where the name leaves it out.
        short: the usual short name.
        printed: the name without the prefix.
    """

    prefix: str
    short: str
    printed: str


@lru_cache(maxsize=4096)
def office_of(name: str) -> Office | None:
    """Return the office a name stands for; None where the list does not know it."""
    bare = plain(_BRACKETED.sub("", name))
    for start in range(min(len(bare), _LONGEST_PREFIX + 1)):
        prefix, rest = bare[:start], bare[start:]
        if rest in _offices() and (not prefix or prefix[-1] in unit_words().regions):
            return Office(name[:start], _offices()[rest], rest)
    return None


def full_names(
    names: Sequence[str], text: str, known: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return what names that leave out their prefix stand for (工信局 → 区工信局).

    Args:
        names: the names as printed.
        text: the note they stand in; a comma or stop ends what a prefix reaches over, but
            not the one behind 牵头.
        known: what `whole_names` makes of the names of the whole document.
    """
    found: dict[str, str] = {}
    prefix, end = "", 0
    for name, start in _placed(names, text):
        if _LINKS.fullmatch(text, end, start) is None:
            prefix = ""
        end = start + len(name)
        office = office_of(name)
        if office is not None and office.prefix:
            prefix = office.prefix
        elif prefix and (office is not None or _PLAIN_OFFICE.fullmatch(plain(name))):
            found[name] = prefix + name
        elif not ends_as_unit(name):
            prefix = ""
    known = known or {}
    for name in names:
        if name not in found and name in known and office_of(name) is not None:
            found[name] = known[name]
    return found


def whole_names(names: Iterable[str]) -> dict[str, str]:
    """Return what each name without its prefix must stand for: the only whole name like it."""
    wholes: dict[str, set[str]] = {}
    for name in dict.fromkeys(names):
        office = office_of(name)
        if office is not None and office.prefix:
            wholes.setdefault(name[len(office.prefix) :], set()).add(name)
    return {bare: found.pop() for bare, found in wholes.items() if len(found) == 1}


def _placed(names: Sequence[str], text: str) -> list[tuple[str, int]]:
    """Return the names in the order they stand, each with its place."""
    placed: list[tuple[str, int]] = []
    for name in names:
        at = text.find(name)
        # a shorter name may stand inside a longer one before
        while at > 0 and any(start <= at < start + len(other) for other, start in placed):
            at = text.find(name, at + 1)
        if at >= 0:
            placed.append((name, at))
    return sorted(placed, key=lambda pair: pair[1])


def near_misses(names: Sequence[str]) -> dict[str, str]:
    """Return the names that may be another printed name, or an office, written differently.

    Args:
        names: every name of the document, as often as it is printed.

    Returns:
        the rarer name → the one it may stand for.
    """
    counts = Counter(names)
    order = sorted(counts, key=lambda name: -counts[name])
    by_office: dict[tuple[str, str], list[str]] = {}
    by_gap: dict[str, list[str]] = {}
    found: dict[str, str] = {}
    for name in order:
        office = office_of(name)
        other = _misread(name) if office is None else None
        if office is not None:
            earlier = by_office.setdefault((office.prefix, office.short), [])
            other = next((one for one in earlier if _differ(office, one)), None)
            earlier.append(name)
        gaps = _gaps(name)
        if other is None and office is None:
            near = (one for gap in gaps for one in by_gap.get(gap, ()))
            other = next((one for one in near if office_of(one) is not None), None)
        for gap in gaps:
            by_gap.setdefault(gap, []).append(name)
        if other is not None and other not in found:
            found[name] = other
    return found


def _differ(office: Office, other: str) -> bool:
    """Whether both may be one office, yet none is plainly short for the other (卫健委, 卫健局)."""
    second = office_of(other)
    if second is None:
        return False
    short, long = sorted((office.printed, second.printed), key=len)
    return short != long and not _is_short_for(short, long)


def _gaps(name: str) -> list[str]:
    """Return `name` with each sign in turn left open, to find what differs by one."""
    if len(name) < _SHORTEST or _SERIAL.search(name):
        return []
    regions = unit_words().regions
    return [f"{name[:at]}*{name[at + 1 :]}" for at, sign in enumerate(name) if sign not in regions]


def _is_short_for(short: str, long: str) -> bool:
    signs = iter(long)
    return all(sign in signs for sign in short)


def _misread(name: str) -> str | None:
    """Return the office meant where a sign is easily taken for another (区域管局 → 区城管局)."""
    for position, sign in enumerate(name):
        for right in _pairs().get(sign, ""):
            mended = name[:position] + right + name[position + 1 :]
            if office_of(mended) is not None:
                return mended
    return None


@cache
def _offices() -> dict[str, str]:
    listed = load("offices.toml")["names"]
    offices = {other: short for short, others in listed.items() for other in others}
    return offices | {short: short for short in listed}


@cache
def _pairs() -> dict[str, str]:
    pairs: dict[str, str] = {}
    for wrong, right in load("offices.toml")["misread"]["pairs"]:
        pairs[wrong] = pairs.get(wrong, "") + right
    return pairs
