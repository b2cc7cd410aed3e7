"""分工调整: one leader takes over from another, in the list of leaders and in open tasks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.reform import TaskTouch
from tracker.domain.terms import Role
from tracker.ops.reform_tasks import Touched, duties_kept
from tracker.store.unit_models import Person, PersonUnit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.domain.reform import ReformRequest
    from tracker.domain.unit import UnitNames
    from tracker.store.models import Task
    from tracker.store.work import Work

PERSON = "责任领导"


@dataclass(frozen=True, slots=True)
class ChargeChange:
    """What a change of 分工 did.

    Attributes:
        units: ids of the units that went over.
        others: what else changed, each a sentence.
    """

    tasks: list[Touched]
    units: tuple[int, ...]
    others: tuple[str, ...]


def change_charge(work: Work, request: ReformRequest) -> ChargeChange:
    """Let one leader take over units, or everything, from another; open tasks follow.

    With `units` only these go over and the tasks that they lead or are responsible for; with
    `tasks` only those. With neither the leader leaves: all go over and his time ends.

    Raises:
        UserError: the leader is neither in the list nor named in a task, or both are the same.
    """
    old, new = request.old[0].strip(), request.leader.strip()
    if old == new:
        raise UserError("交接前后是同一位领导", old, "请另选接任的领导")
    names = work.unit_names()
    moved = _unit_ids(names, request.units)
    giving = next((p for p in work.people() if p.name == old and p.valid_to is None), None)
    tasks = [_handed(work, task, old, new, giving) for task in _tasks(work, request, old, moved)]
    if giving is None and not tasks:
        raise UserError(f"“{old}”不在领导名单里，在办任务里也没有", "", "请核对姓名，或先登记领导")
    leaves = not moved and request.tasks is None
    others = _lists(work, request, giving, new, moved, leaves=leaves)
    return ChargeChange(tasks, moved, others)


def _unit_ids(known: UnitNames, names: Iterable[str]) -> tuple[int, ...]:
    found = []
    for name in names:
        unit_id = known.find(name)
        if unit_id is None:
            raise UserError(f"没有登记过单位“{name}”", "", "请从单位名单里选择")
        found.append(unit_id)
    return tuple(dict.fromkeys(found))


def _tasks(work: Work, request: ReformRequest, old: str, moved: tuple[int, ...]) -> list[Task]:
    people = [p.name for p in work.people()]
    tasks = [
        task
        for task in work.open_tasks(moved or None)
        if any(_names(each, old, people) for each in task.persons)
    ]
    if request.tasks is not None:
        return [task for task in tasks if task.code in request.tasks]
    if not moved:
        return tasks
    own = {Role.LEAD.value, Role.RESPONSIBLE.value}
    return [
        task
        for task in tasks
        if any(a.unit_id in moved and a.role in own for a in task.assignments)
    ]


def _names(printed: str, name: str, people: Iterable[str]) -> bool:
    """Whether a printed leader is the one of that name, with or without the post.

    What stands behind the name must begin as a post does: 张明远副县长 is not 张明.
    """
    longer = [each for each in people if name in each and each != name]
    if any(each in printed for each in longer):
        return False
    before, found, after = printed.partition(name)
    return bool(found and _BEFORE.fullmatch(before) and _BEHIND.fullmatch(after))


_POST = r"(?:书记|秘书长|检察长|董事长|[^长]长|主任|常委|委员|成员|组员|调研员|主席)"
_BEFORE = re.compile(rf"(?:[一-鿿、]*{_POST}[：:\s]*)?")
_BEHIND = re.compile(
    r"(?:同志)?|[（(][^（）()]+[）)]|\s+\S.*"
    rf"|(?:(?:[县区市省旗州镇乡](?:委|长|政府)|副|代|常务|党|政府|人大|政协|[一二三四]级).*?)?{_POST}"
)


def _handed(work: Work, task: Task, old: str, new: str, giving: Person | None) -> Touched:
    touched = Touched(task, duties_kept(task))
    people = [p.name for p in work.people()]
    before = "、".join(task.persons)
    post = giving.post if giving is not None else ""
    doubts = []
    named = []
    for each in task.persons:
        if not _names(each, old, people):
            named.append(each)
            continue
        named.append(each.replace(old, new, 1))
        if each != old:
            doubts.append(f"“{named[-1]}”的职务请核对" + (f"（原为{post}）" if post else ""))
    task.persons = list(dict.fromkeys(named))
    touched.touches.append(
        TaskTouch(
            code=task.code,
            ledger=work.ledger(task.ledger_id).name,
            number=task.number,
            text=task.text,
            unit=old,
            roles=(PERSON,),
            before=before,
            after="、".join(task.persons),
            chosen=(new,),
            doubts=tuple(doubts),
        )
    )
    return touched


def _lists(
    work: Work,
    request: ReformRequest,
    giving: Person | None,
    new: str,
    moved: tuple[int, ...],
    *,
    leaves: bool,
) -> tuple[str, ...]:
    """Change the list of leaders."""
    if request.tasks is not None:
        return ()
    taking = next((p for p in work.people() if p.name == new and p.valid_to is None), None)
    said = []
    if taking is None:
        position = max((p.position for p in work.people()), default=0) + 1
        taking = Person(name=new, position=position, valid_from=request.on)
        work.add(taking)
        said.append(f"{new}新登记为领导，请补写职务")
    held = [each.unit_id for each in giving.units] if giving is not None else []
    going = [unit_id for unit_id in held if leaves or unit_id in moved]
    going += [unit_id for unit_id in moved if unit_id not in going]
    own = [each.unit_id for each in taking.units]
    _set_units(taking, [*own, *(unit_id for unit_id in going if unit_id not in own)])
    if giving is not None:
        _set_units(giving, [unit_id for unit_id in held if unit_id not in going])
        if leaves:
            giving.valid_to = request.on
            said.append(f"{giving.name}的任职到此为止")
    return tuple(said)


def _set_units(person: Person, ids: list[int]) -> None:
    if [each.unit_id for each in person.units] != ids:
        person.units = [PersonUnit(unit_id=each, position=at) for at, each in enumerate(ids, 1)]
