"""Units that were registered twice under two spellings: shown with the reason, joined on wish."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from tracker.base.errors import UserError
from tracker.base.resources import load
from tracker.domain.unit import name_key
from tracker.domain.unit_forms import read_unit_forms
from tracker.domain.unit_likeness import UnitLikeness
from tracker.domain.unit_list import DuplicatePlan, NearPair
from tracker.domain.unit_verdict import Likeness
from tracker.ops.outcome import Outcome
from tracker.store.models import (
    Assignment,
    FormReturn,
    Note,
    ReturnedFile,
    Setting,
    UnitMember,
    UnitName,
)
from tracker.store.slip_model import Slip
from tracker.store.unit_models import PersonUnit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tracker.ops.office import Office
    from tracker.store.models import Unit
    from tracker.store.queries import View
    from tracker.store.work import Work

APART_SETTING = "units.apart"
"""Pairs of names that the clerk has said are two units."""

_HOME = re.compile(r"^(?:.{2,6}?(?:省|市|州))?(?P<home>.{2,6}?(?:县|区|市|旗))")


def near_duplicates(office: Office) -> tuple[NearPair, ...]:
    """Return the pairs of units that are or may be one, the sure ones first.

    Pairs that the clerk keeps apart and units that were abolished are left out.
    """
    with office.read() as view:
        units = [unit for unit in view.units() if not unit.is_abolished]
        apart = {frozenset(map(name_key, pair)) for pair in view.setting(APART_SETTING) or ()}
        likeness = unit_likeness(view)
    return tuple(
        NearPair(p.first, p.second, p.verdict.reason, p.verdict.likeness is Likeness.SAME)
        for p in likeness.near_duplicates(units)
        if frozenset((name_key(p.first.name), name_key(p.second.name))) not in apart
    )


def unit_likeness(view: View) -> UnitLikeness:
    """Return what compares the names of this office's units."""
    forms = read_unit_forms(load("unit_words.toml"), load("offices.toml"))
    names = [name for unit in view.units() for name in (unit.name, *unit.names)]
    return UnitLikeness(forms, home=_home(view), known=names)


def _home(view: View) -> str:
    """Return the office's own county as its ledgers sign; empty where they do not agree."""
    signed = (_HOME.match(ledger.office) for ledger in view.ledgers() if ledger.office)
    counted = Counter(found["home"] for found in signed if found)
    return next(iter(counted)) if len(counted) == 1 else ""


def keep_apart(
    office: Office, one_id: int, other_id: int, *, who: str, now: datetime
) -> Outcome[tuple[str, str]]:
    """Say that two units are not one; the pair is not shown again."""
    with office.change("记为不同单位", who, now) as work:
        pair = [work.unit(one_id).name, work.unit(other_id).name]
        found = work.find_setting(APART_SETTING)
        if found is None:
            work.add(Setting(key=APART_SETTING, value=[pair]))
        elif pair not in found.value:
            found.value = [*found.value, pair]
    return Outcome((pair[0], pair[1]), work.changes, f"“{pair[0]}”和“{pair[1]}”不再提示")


def plan_duplicates(office: Office, keep_id: int, other_ids: Sequence[int]) -> DuplicatePlan:
    """Return what joining would move; nothing is stored.

    Raises:
        UserError: fewer than two units.
    """
    with office.read() as view:
        units = {unit.id: unit for unit in view.units()}
        others = _others(keep_id, other_ids)
        counts = view.counts_of_units(others)
    return DuplicatePlan(units[keep_id], tuple(units[each] for each in others), *counts)


def _others(keep_id: int, other_ids: Sequence[int]) -> list[int]:
    others = [each for each in dict.fromkeys(other_ids) if each != keep_id]
    if not others:
        raise UserError("请至少选择两个单位")
    return others


def merge_duplicates(
    office: Office, keep_id: int, other_ids: Sequence[int], *, who: str, now: datetime
) -> Outcome[str]:
    """Join units that are one under several spellings; return the name of the one that stays.

    The other spellings become its other names. Everything that spoke of the others speaks of it;
    what is printed stays to the letter. That is no reform: the unit was one all along.

    Raises:
        UserError: fewer than two units.
    """
    others = _others(keep_id, other_ids)
    with office.change("合并重复登记的单位", who, now) as work:
        keep = work.unit(keep_id)
        gone = [work.unit(each) for each in others]
        for unit in gone:
            _take_over(work, keep, unit)
        names = "、".join(unit.name for unit in gone)
        for unit in gone:
            _take_names(work, keep, unit)
        name = keep.name
    return Outcome(name, work.changes, f"“{names}”已并入“{name}”，并记为它的别称")


def _take_over(work: Work, keep: Unit, other: Unit) -> None:
    """Let everything that names `other` name `keep`."""
    named: tuple[Assignment | Note | ReturnedFile | Slip, ...] = (
        *work.of_unit(Assignment, other.id),
        *work.of_unit(Note, other.id),
        *work.of_unit(ReturnedFile, other.id),
        *work.of_unit(Slip, other.id),
    )
    for row in named:
        row.unit_id = keep.id
    for form in work.of_unit(FormReturn, other.id):
        _join_form(work, keep, form)
    for person in work.people():
        held = [each.unit_id for each in person.units]
        if other.id in held:
            ids = dict.fromkeys(keep.id if each == other.id else each for each in held)
            person.units = [PersonUnit(unit_id=each, position=at) for at, each in enumerate(ids, 1)]
    members = [each.member_id for each in keep.members] + [m.member_id for m in other.members]
    members = [each for each in dict.fromkeys(members) if each not in (keep.id, other.id)]
    if other.members:
        _set_members(keep, members)
    for unit in work.units():
        if unit.successor_id == other.id:
            unit.successor_id = keep.id if unit.id != keep.id else None
        held = [each.member_id for each in unit.members]
        if other.id in held and unit.id not in (keep.id, other.id):
            _set_members(
                unit, list(dict.fromkeys(keep.id if each == other.id else each for each in held))
            )
    keep.contact, keep.phone = keep.contact or other.contact, keep.phone or other.phone
    keep.short_name = keep.short_name or other.short_name


def _set_members(unit: Unit, ids: list[int]) -> None:
    if [each.member_id for each in unit.members] != ids:
        unit.members = [UnitMember(member_id=each, position=at) for at, each in enumerate(ids, 1)]


def _join_form(work: Work, keep: Unit, form: FormReturn) -> None:
    """Give a form to the unit that stays; where it has one in that round, join the two."""
    own = next((f for f in work.of_unit(FormReturn, keep.id) if f.round_id == form.round_id), None)
    if own is None:
        form.unit_id = keep.id
        return
    held = {each["code"] for each in own.sent}
    own.sent = [*own.sent, *(each for each in form.sent if each["code"] not in held)]
    own.sent_at = own.sent_at or form.sent_at
    own.due, own.due_reason = own.due or form.due, own.due_reason or form.due_reason
    own.exempt = own.exempt if form.exempt else ""
    own.by_hand = _joined(own.by_hand, form.by_hand)
    own.calls = _joined(own.calls, form.calls)
    work.remove(form)


def _joined(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted([*one, *other], key=lambda each: str(each.get("at", "")))


def _take_names(work: Work, keep: Unit, other: Unit) -> None:
    names = [other.name, other.short_name, *(each.name for each in other.names)]
    work.remove(other)
    work.flush()
    known = {keep.name, *(each.name for each in keep.names)}
    for name in dict.fromkeys(name for name in names if name and name not in known):
        keep.names.append(UnitName(name=name))
