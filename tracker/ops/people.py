"""Leaders (领导): the list with posts and what they are in charge of, from and to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.ops.outcome import Outcome
from tracker.ops.units import Registrar
from tracker.store.unit_models import Person, PersonUnit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from tracker.domain.person import PersonRow
    from tracker.domain.unit_list import PersonWords
    from tracker.ops.office import Office
    from tracker.store.work import Work


def list_people(office: Office) -> tuple[PersonRow, ...]:
    """Return the leaders in their order, those who have left too."""
    with office.read() as view:
        return view.people()


def find_person(office: Office, name: str) -> PersonRow:
    """Return the leader of that name, the one in office before one who has left.

    Raises:
        UserError: there is none.
    """
    found = [person for person in list_people(office) if person.name == name.strip()]
    if not found:
        raise UserError(f"领导名单里没有“{name}”", "", "请核对姓名，或先登记")
    return min(found, key=lambda person: person.valid_to is not None)


def add_person(office: Office, words: PersonWords, *, who: str, now: datetime) -> Outcome[int]:
    """Add a leader at the end of the list; return his id.

    Raises:
        UserError: no name, one of that name is in office, or an unknown or abolished unit.
    """
    name = (words.name or "").strip()
    if not name:
        raise UserError("请填写领导姓名")
    with office.change(f"新增领导：{name}", who, now) as work:
        if any(person.name == name and person.valid_to is None for person in work.people()):
            raise UserError(f"“{name}”已在领导名单里", "", "同名的请在姓名后注明职务")
        place = max((person.position for person in work.people()), default=0) + 1
        person = Person(name=name, position=place)
        work.add(person)
        _write(work, person, words)
        person_id = person.id
    return Outcome(person_id, work.changes, f"已新增领导“{name}”")


def edit_person(
    office: Office, person_id: int, words: PersonWords, *, who: str, now: datetime
) -> Outcome[int]:
    """Edit a leader in the list; return his id. Tasks that name him stay as they are.

    Raises:
        UserError: no name, an unknown or abolished unit, or an end before the beginning.
    """
    with office.change("修改领导", who, now) as work:
        person = work.person(person_id)
        _write(work, person, words)
        name = person.name
    return Outcome(person_id, work.changes, f"已修改“{name}”")


def remove_person(office: Office, person_id: int, *, who: str, now: datetime) -> Outcome[str]:
    """Take a leader out of the list; tasks that name him stay as they are. Return his name."""
    with office.change("删除领导", who, now) as work:
        person = work.person(person_id)
        name = person.name
        work.remove(person)
    return Outcome(name, work.changes, f"已从名单里删除“{name}”")


def order_people(
    office: Office, ids: Sequence[int], *, who: str, now: datetime
) -> Outcome[tuple[int, ...]]:
    """Put the leaders into an order; those not named follow in the order they had."""
    with office.change("调整领导顺序", who, now) as work:
        people = {person.id: person for person in work.people()}
        wanted = [each for each in dict.fromkeys(ids) if each in people]
        rest = [each for each in people if each not in set(wanted)]
        for place, each in enumerate([*wanted, *rest], 1):
            if people[each].position != place:
                people[each].position = place
    return Outcome((*wanted, *rest), work.changes, "领导顺序已调整")


def _write(work: Work, person: Person, words: PersonWords) -> None:
    if words.name is not None:
        if not words.name.strip():
            raise UserError("请填写领导姓名")
        person.name = words.name.strip()
    if words.post is not None:
        person.post = words.post.strip()
    if words.charge is not None:
        person.charge = words.charge.strip()
    if words.valid_from is not None:
        person.valid_from = _day(words.valid_from)
    if words.valid_to is not None:
        person.valid_to = _day(words.valid_to)
    if person.valid_from and person.valid_to and person.valid_to < person.valid_from:
        raise UserError("任职的止日早于起日", "", "请改正日期")
    if words.units is not None:
        _set_units(work, person, words.units)


def _day(typed: date | str) -> date | None:
    return None if isinstance(typed, str) else typed


def _set_units(work: Work, person: Person, names: Sequence[str]) -> None:
    wanted = [name.strip() for name in names if name.strip()]
    known = work.unit_names()
    for name in wanted:
        if known.find(name) is None:
            raise UserError(f"没有登记过单位“{name}”", "", "请先在单位名单里新增")
    registrar = Registrar(work)
    ids = list(dict.fromkeys(registrar.unit_id(name) for name in wanted))
    if ids != [each.unit_id for each in person.units]:
        person.units = [PersonUnit(unit_id=each, position=at) for at, each in enumerate(ids, 1)]
