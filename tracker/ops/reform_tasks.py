"""The open tasks of a reform: their units change hands, the cell of units is rewritten."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tracker.domain.reform import NOBODY, ReformKind, TaskTouch
from tracker.domain.terms import ROLE_WORDS, Role
from tracker.domain.unit_printing import rewritten, successor_name
from tracker.ops.reform_cells import says, without
from tracker.ops.tasks import printed_names
from tracker.store.models import Assignment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.domain.reform import ReformRequest
    from tracker.domain.unit import UnitRow
    from tracker.ops.reform_cells import Held
    from tracker.ops.reform_units import UnitChange
    from tracker.store.models import Part, Task
    from tracker.store.work import Work

STRONGEST = (Role.LEAD, Role.RESPONSIBLE, Role.COOPERATING, Role.GUIDING)
"""Where one unit comes to hold two roles in a task, the first of these stays."""


@dataclass(slots=True)
class Touched:
    """A task as a reform changes it.

    Attributes:
        before: what stood in its cells, as a handover keeps it.
        took: by id of the old unit, the ids of those that took its place.
        touches: what is shown of it, one for each old unit.
        needs_cell: its cell of units could not be rewritten and the clerk has not done so.
    """

    task: Task
    before: dict[str, Any]  # Any: values of JSON
    took: dict[int, tuple[int, ...]] = field(default_factory=dict)
    touches: list[TaskTouch] = field(default_factory=list)
    needs_cell: bool = False

    @property
    def words(self) -> str:
        """What changed, in words: “县商务局 → 县商务和投资促进局”."""
        return "；".join(f"{t.unit} → {'、'.join(t.chosen) or '移出'}" for t in self.touches)


def duties_kept(task: Task) -> dict[str, Any]:  # Any: values of JSON
    """Return what a handover keeps of a task: its cells of units and leaders."""
    return {
        "units_text": task.units_text,
        "persons": list(task.persons),
        "roles": {role.value: list(printed_names(task, role)) for role in Role},
    }


def duty_words(task: Task) -> str:
    """Return the units of a task as they are printed."""
    if task.units_text:
        return task.units_text
    listed = ((role, printed_names(task, role)) for role in Role)
    return "；".join(f"{ROLE_WORDS[role]}：{'、'.join(names)}" for role, names in listed if names)


def _held(task: Task) -> Held:
    return {role: printed_names(task, role) for role in Role}


def hand_tasks_over(work: Work, request: ReformRequest, change: UnitChange) -> list[Touched]:
    """Give the open tasks of the old units to those that take their place; return them."""
    tasks = work.open_tasks([unit.id for unit in change.old])
    if request.kind is ReformKind.HAND_OVER and request.tasks is not None:
        wanted = frozenset(request.tasks)
        tasks = [task for task in tasks if task.code in wanted]
    ledgers: dict[int, str] = {}
    found = []
    for task in tasks:
        if task.ledger_id not in ledgers:
            ledgers[task.ledger_id] = work.ledger(task.ledger_id).name
        found.append(hand_one_over(task, ledgers[task.ledger_id], request, change))
    return found


def hand_one_over(task: Task, ledger: str, request: ReformRequest, change: UnitChange) -> Touched:
    """Give one task of the old units to those that take their place.

    Args:
        ledger: the name of its ledger.
    """
    return _Hands(task, ledger, request, change).over()


class _Hands:
    """One task on its way from the old units to the new ones."""

    def __init__(self, task: Task, ledger: str, request: ReformRequest, change: UnitChange) -> None:
        self._task, self._ledger = task, ledger
        self._request, self._change = request, change
        self._touched = Touched(task, duties_kept(task))
        self._printed: dict[str, tuple[str, ...]] = {}
        self._dropped: list[str] = []
        self._was = {id(held): held.unit_id for held in task.assignments}
        self._cell_said = bool(task.units_text) and says(task.units_text, _held(task))
        self._standing = {
            a.printed for a in task.assignments if a.unit_id not in {u.id for u in change.old}
        }

    def over(self) -> Touched:
        """Change the task; return what was changed."""
        task, before = self._task, duty_words(self._task)
        drafts = []
        for old in self._change.old:
            own = [a for a in task.assignments if a.unit_id == self._was[id(a)] == old.id]
            roles = [Role(a.role) for a in own]
            chosen = self._chosen(old)
            if not roles or self._stays(old, chosen):
                continue
            drafts.append((old, tuple(dict.fromkeys(ROLE_WORDS[r] for r in roles)), chosen))
            if chosen is not None:
                self._give(old, chosen)
        doubts = [*self._join_doubles(), *self._rewrite_cell(), *self._left_alone()]
        after = duty_words(task)
        is_open = any(chosen is None for _, _, chosen in drafts)
        for old, roles_words, chosen in drafts:
            self._touched.touches.append(
                TaskTouch(
                    code=task.code,
                    ledger=self._ledger,
                    number=task.number,
                    text=task.text,
                    unit=old.name,
                    roles=roles_words,
                    before=before,
                    after="" if is_open else after,
                    successors=self._choices(),
                    chosen=self._words(chosen),
                    doubts=tuple(doubts),
                    has_cell=bool(self._touched.before["units_text"] or task.units_text),
                    needs_cell=self._touched.needs_cell,
                )
            )
        return self._touched

    def _choices(self) -> tuple[str, ...]:
        is_free = self._request.kind in (ReformKind.SPLIT, ReformKind.ABOLISH)
        return tuple(unit.name for unit in self._change.successors) if is_free else ()

    def _words(self, chosen: tuple[UnitRow, ...] | None) -> tuple[str, ...]:
        if chosen is None:
            return ()
        return tuple(unit.name for unit in chosen) or (NOBODY,)

    def _chosen(self, old: UnitRow) -> tuple[UnitRow, ...] | None:
        """Return who takes the old unit's place here; none at all, or None: not chosen yet."""
        by_name = {unit.name: unit for unit in self._change.successors}
        if self._request.kind not in (ReformKind.SPLIT, ReformKind.ABOLISH):
            return self._change.successors
        said = self._request.chosen.get((self._task.code, old.name), self._request.otherwise)
        if said == (NOBODY,):
            return ()
        found = tuple(by_name[name] for name in said if name in by_name)
        return found or None

    def _stays(self, old: UnitRow, chosen: tuple[UnitRow, ...] | None) -> bool:
        """Tell whether others are merged into the unit, which keeps its names."""
        if self._request.kind is not ReformKind.MERGE or not chosen:
            return False
        new = chosen[0]
        return (new.id, new.name, new.short_name) == (old.id, old.name, old.short_name)

    def _give(self, old: UnitRow, chosen: Sequence[UnitRow]) -> None:
        """Put the new units where the old one stood, in each of its roles and parts."""
        task = self._task
        self._touched.took[old.id] = tuple(unit.id for unit in chosen)
        ordered: list[Assignment] = []
        for held in sorted(task.assignments, key=lambda a: (a.position, a.id or 0)):
            if held.unit_id != old.id:
                ordered.append(held)
                continue
            names = tuple(successor_name(held.printed, old, unit) for unit in chosen)
            self._printed[held.printed] = names
            pairs = list(zip(chosen, names, strict=True))
            ordered += self._in_place_of(held, pairs)
        for position, held in enumerate(ordered, 1):
            if held.position != position:
                held.position = position

    def _in_place_of(
        self, held: Assignment, pairs: Sequence[tuple[UnitRow, str]]
    ) -> list[Assignment]:
        task, request = self._task, self._request
        if not pairs:
            task.assignments.remove(held)
            return []
        made = [held]
        held.unit_id, held.printed = pairs[0][0].id, pairs[0][1]
        held.valid_from, held.basis = request.on, request.basis.strip()
        for unit, printed in pairs[1:]:
            new = Assignment(
                unit_id=unit.id,
                role=held.role,
                position=held.position,
                printed=printed,
                valid_from=request.on,
                basis=request.basis.strip(),
            )
            new.part = held.part
            self._was[id(new)] = self._was[id(held)]
            task.assignments.append(new)
            made.append(new)
        return made

    def _join_doubles(self) -> list[str]:
        """Keep one of several assignments of a unit to the task or to one of its parts."""
        task, said = self._task, []
        best: dict[tuple[int, Part | None], Assignment] = {}
        ordered = sorted(task.assignments, key=lambda a: (a.position, a.id or 0))
        for held in ordered:
            key = (held.unit_id, held.part)
            other = best.get(key)
            if other is None:
                best[key] = held
                continue
            if held.role != other.role:
                if self._was[id(held)] == self._was[id(other)]:
                    continue  # one unit held both before, as the office wanted
                words = "、".join(ROLE_WORDS[Role(a.role)] for a in (other, held))
                said.append(f"“{held.printed}”兼{words}，只留前者")
                stronger = STRONGEST.index(Role(held.role)) < STRONGEST.index(Role(other.role))
                held, other = (other, held) if stronger else (held, other)
                best[key] = other
                self._dropped.append(held.printed)
            task.assignments.remove(held)
        return said

    def _rewrite_cell(self) -> list[str]:
        """Write the new names into the cell of units, where it says more than a list."""
        task = self._task
        own = self._request.cells.get(task.code)
        if own is not None:
            task.units_text = own.strip("\n")
            return []
        if not task.units_text or not self._printed:
            return []
        cell = task.units_text
        changed = rewritten(cell, self._printed, sorted(self._standing))
        missing = [name for name in self._printed if name not in cell]
        task.units_text = changed
        if missing:
            self._touched.needs_cell = True
            return [f"单位栏里没有“{'、'.join(missing)}”的字样，请写明改后的单位栏"]
        out = [name for name, new in self._printed.items() if not new]
        if self._cell_said and (out or not says(changed, _held(task))):
            kept = {name: new for name, new in self._printed.items() if new}
            return self._once_only(rewritten(cell, kept, sorted({*self._standing, *out})), out)
        if any(not names for names in self._printed.values()):
            return ["单位栏去掉了一个单位，请核对"]
        twice = [n for some in self._printed.values() for n in some if changed.count(n) > 1]
        return [f"单位栏里“{name}”不止一处，请核对" for name in dict.fromkeys(twice)]

    def _once_only(self, cell: str, out: Sequence[str]) -> list[str]:
        """Take out of the cell what it says beyond the units that are stored.

        Args:
            out: names that go out altogether.
        """
        shorter = without(cell, [*out, *dict.fromkeys(self._dropped)], _held(self._task))
        if shorter is None:
            self._touched.needs_cell = True
            return ["单位栏改后与承担单位对不上，请写明改后的单位栏"]
        self._task.units_text = shorter
        return ["单位栏去掉了一个单位，请核对" if out else "单位栏改后同一单位只留一处，请核对"]

    def _left_alone(self) -> list[str]:
        task = self._task
        said = []
        if any(printed in task.text for printed in self._printed):
            said.append("任务文字里有旧名称，原文不改")
        roles = {a.role for a in task.assignments}
        if not roles & {Role.LEAD.value, Role.RESPONSIBLE.value}:
            said.append("移出后没有牵头或责任单位")
        return said
