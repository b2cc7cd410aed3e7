"""How the reports of several units become the entry of a task (核定稿 from 原报)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tracker.domain.collection import EntryChange, EntryConflict
from tracker.domain.terms import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from tracker.domain.entry import EntryRow, NoteRow
    from tracker.domain.reporting import Assigned
    from tracker.domain.returned import ReturnedFileRow
    from tracker.domain.unit import UnitRow

_TEXTS = {"progress": "text", "problems": "problems", "next_steps": "next_steps"}
FIELDS = (*_TEXTS, "state", "percent")
"""What of a report goes to the entry."""
_ORDER = (Role.LEAD, Role.RESPONSIBLE, Role.COOPERATING, Role.GUIDING)
_STORED = "台账"
_UNKNOWN_STATE = "（不是认得的状态）"


@dataclass(frozen=True, slots=True)
class Said:
    """What one unit reported on a task.

    Attributes:
        at, place: when it was said, and which of those said at one moment came later.
        decides: the unit's role is the one whose word on state and percentage counts.
    """

    task_id: int
    unit: str
    at: datetime
    place: str = ""
    text: str = ""
    state: str = ""
    percent: float | None = None
    problems: str = ""
    next_steps: str = ""
    decides: bool = True

    @property
    def words(self) -> tuple[str, str, str, str, str]:
        """The words alone, for comparing."""
        shown = percent_words(self.percent)
        return self.text, self.state, shown, self.problems, self.next_steps


@dataclass(frozen=True, slots=True)
class Joined:
    """The reports on a task as one entry.

    Attributes:
        values: by field; a field that nobody reported is empty.
        percent: the number behind `values["percent"]`.
        disputed: by field those who disagree; its value is empty then.
    """

    values: Mapping[str, str]
    percent: float | None = None
    disputed: Mapping[str, tuple[Said, ...]] = field(default_factory=dict)


NOTHING_SAID = Joined(dict.fromkeys(FIELDS, ""))


def percent_words(value: float | None) -> str:
    """Return a percentage as it is shown; empty where there is none."""
    return "" if value is None else f"{value:g}%"


def said_in(note: NoteRow, files: Mapping[int, ReturnedFileRow]) -> Said:
    """Return a stored note's words; said when its file was saved, else when it was noted.

    Args:
        note: the note.
        files: the returned files of the round by id.
    """
    file = files.get(note.file_id) if note.file_id is not None else None
    return Said(
        note.task_id,
        note.unit,
        (file.saved_at if file else None) or note.at,
        stored_tie(file) if file else "",
        note.text,
        note.state_text,
        note.percent,
        note.problems,
        note.next_steps,
    )


def stored_tie(file: ReturnedFileRow) -> str:
    """Return what puts a stored file behind others of the same moment that were stored before.

    A file that comes in now stands behind all of them; its tie begins with 1.
    """
    return f"0{file.received_at.isoformat()}{file.id:09d}"


class Speakers:
    """Knows in which order units stand on each task, and whose word decides."""

    def __init__(self, assigned: Iterable[Assigned], units: Sequence[UnitRow]) -> None:
        members = {unit.id: unit.members or (unit.id,) for unit in units}
        self._ids = {unit.name: unit.id for unit in units}
        self._official = {unit.id: place for place, unit in enumerate(units)}
        self._held: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
        for place, one in enumerate(assigned):
            held = self._held[one.task_id]
            for unit_id in members.get(one.unit_id, ()):
                rank = (_ORDER.index(one.role), place)
                held[unit_id] = min(held.get(unit_id, rank), rank)

    def has_duty(self, task_id: int, unit_id: int) -> bool:
        """Tell whether a unit has to do with a task, in whatever role."""
        return unit_id in self._held.get(task_id, {})

    def latest(self, said: Iterable[Said]) -> dict[int, tuple[Said, ...]]:
        """Return each unit's latest words by task, the units in the order of the task."""
        found: dict[int, dict[str, Said]] = defaultdict(dict)
        for one in sorted(said, key=lambda one: (one.at, one.place)):
            found[one.task_id][one.unit] = one
        return {task: self._in_order(task, by.values()) for task, by in found.items()}

    def _in_order(self, task_id: int, said: Iterable[Said]) -> tuple[Said, ...]:
        held = self._held.get(task_id, {})
        best = min((rank for rank, _ in held.values()), default=len(_ORDER))

        def rank(one: Said) -> tuple[int, int, int]:
            unit_id = self._ids.get(one.unit, 0)
            role, place = held.get(unit_id, (len(_ORDER), 0))
            return role, place, self._official.get(unit_id, len(self._official))

        ordered = sorted(said, key=rank)
        return tuple(replace(one, decides=rank(one)[0] == best) for one in ordered)


def joined_entry(said: Sequence[Said]) -> Joined:
    """Join what units reported on one task.

    A single report stands to the letter; several stand one a line behind their units' names.
    State and percentage are those of the units whose word decides (the leads'); where these
    disagree they are left open.

    Args:
        said: the latest words of each unit, in the order in which they are printed.
    """
    values = {name: _lines(said, column) for name, column in _TEXTS.items()}
    deciding = [one for one in said if one.decides]
    states = _different(deciding, lambda one: one.state.strip())
    percents = _different(deciding, lambda one: percent_words(one.percent))
    disputed = {}
    for name, found in (("state", states), ("percent", percents)):
        values[name] = next(iter(found)) if len(found) == 1 else ""
        if len(found) > 1:
            disputed[name] = tuple(found.values())
    percent = next(iter(percents.values())).percent if len(percents) == 1 else None
    return Joined(values, percent, disputed)


def _lines(said: Sequence[Said], column: str) -> str:
    spoken = [(one.unit, str(getattr(one, column))) for one in said]
    spoken = [(unit, words) for unit, words in spoken if words.strip()]
    if len(spoken) == 1:
        return spoken[0][1]
    return "\n".join(f"{unit}：{words}" if unit else words for unit, words in spoken)


def _different(said: Iterable[Said], words: Callable[[Said], str]) -> dict[str, Said]:
    """Return the first who says each of the different things."""
    found: dict[str, Said] = {}
    for one in said:
        if words(one):
            found.setdefault(words(one), one)
    return found


def entry_values(entry: EntryRow | None) -> dict[str, str]:
    """Return what stands in an entry, by field; all empty where there is none."""
    if entry is None:
        return dict.fromkeys(FIELDS, "")
    return {
        "progress": entry.text,
        "problems": entry.problems,
        "next_steps": entry.next_steps,
        "state": entry.state_text,
        "percent": percent_words(entry.percent),
    }


@dataclass(frozen=True, slots=True)
class EntryStanding:
    """An entry as it stands, and what it was made from.

    Attributes:
        entry: None where there is none yet.
        before: the entry of the round before, from which it started.
        joined: the reports stored so far, as the machine joins them.
    """

    entry: EntryRow | None
    before: EntryRow | None = None
    joined: Joined = NOTHING_SAID

    def is_machines(self, name: str) -> bool:
        """Tell whether nobody has touched a field: it may be written over.

        A field that still says what the round before said is nobody's only where the machine has
        written the entry's text; else the clerk may have let last round's words stand.
        """
        stored = entry_values(self.entry)
        if self.entry is None or self.entry.carried or not stored[name].strip():
            return True
        if stored[name] == self.joined.values[name]:
            return True
        written = self.joined.values["progress"]
        carried = entry_values(self.before)[name] == stored[name]
        return carried and bool(written) and stored["progress"] == written


def changes_of(
    code: str, standing: EntryStanding, joined: Joined, knows_state: Callable[[str], bool]
) -> tuple[tuple[EntryChange, ...], tuple[EntryConflict, ...]]:
    """Return what the reports on a task change in its entry, and what the clerk must settle.

    An empty field never empties a stored one.

    Args:
        code: the task's.
        standing: the entry as it stands.
        joined: all reports, those that came in now among them.
        knows_state: tells whether a word for the state is understood.
    """
    stored = entry_values(standing.entry)
    update: list[EntryChange] = []
    conflict: list[EntryConflict] = []
    for name in FIELDS:
        new = joined.values[name]
        if name in joined.disputed:
            if joined.disputed[name] != standing.joined.disputed.get(name):
                conflict += _dispute(code, name, stored[name], joined.disputed[name])
        elif not new.strip() or new in (stored[name], standing.joined.values[name]):
            continue  # nothing said, or nothing new said
        else:
            percent = joined.percent if name == "percent" else None
            change = EntryChange(code, name, stored[name], new, percent)
            strange = name == "state" and not knows_state(new)
            if standing.is_machines(name) and not strange:
                update.append(change)
            else:
                source = f"单位所报{_UNKNOWN_STATE}" if strange else "单位所报"
                sources = (_STORED, source)
                conflict.append(
                    EntryConflict(code, name, (stored[name], new), sources, (None, change))
                )
    return tuple(update), tuple(conflict)


def _dispute(code: str, name: str, stored: str, said: Sequence[Said]) -> Iterator[EntryConflict]:
    """Yield the question which of several leads is right, unless the stored one is an answer."""
    words = [one.state.strip() if name == "state" else percent_words(one.percent) for one in said]
    if stored in words:
        return
    changes = [
        EntryChange(code, name, stored, word, one.percent if name == "percent" else None)
        for word, one in zip(words, said, strict=True)
    ]
    held = [(stored, _STORED, None)] if stored else []
    yield EntryConflict(
        code,
        name,
        (*(value for value, _, _ in held), *words),
        (*(source for _, source, _ in held), *(one.unit for one in said)),
        (*(None for _ in held), *changes),
    )
