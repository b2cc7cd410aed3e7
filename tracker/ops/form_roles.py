"""What a unit has to do with a task, in the words of its form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.terms import ROLE_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tracker.domain.reporting import Assigned, Duty
    from tracker.domain.unit import UnitRow


class RoleWords:
    """Says roles with what a unit needs to know: its parts of a task, the collective it is in.

    A township that finds 各镇人民政府 in the document is told that this is where it is asked.
    """

    def __init__(
        self,
        assigned: Iterable[Assigned],
        units: Iterable[UnitRow],
        named: Mapping[tuple[int, int], Sequence[int]] | None = None,
    ) -> None:
        self._members = {unit.id: unit.members for unit in units}
        self._named = named or {}
        self._by_task: dict[int, list[Assigned]] = {}
        for each in assigned:
            self._by_task.setdefault(each.task_id, []).append(each)

    def of(self, duty: Duty, unit_id: int) -> str:
        """Return the role: “牵头单位”, “牵头单位（②）”, “责任单位（各镇人民政府）” on two lines."""
        word = ROLE_WORDS[duty.role]
        held = [a for a in self._by_task.get(duty.task.id, ()) if a.role is duty.role]
        own = {a.printed for a in held if a.unit_id == unit_id}
        if own:
            parts = duty.task.parts
            marks = [part.mark for part in parts if own & set(part.roles.of(duty.role))]
            return f"{word}（{''.join(marks)}）" if 0 < len(marks) < len(parts) else word
        collective = next((a.printed for a in held if unit_id in self._behind(a)), "")
        return f"{word}\n（{collective}）" if collective else word

    def _behind(self, one: Assigned) -> Sequence[int]:
        members = self._members.get(one.unit_id, ())
        return self._named.get((one.task_id, one.unit_id), members)
