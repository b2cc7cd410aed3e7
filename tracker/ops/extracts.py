"""Extracts (摘录): what one unit has to do with the tasks of a round, for the unit to take away."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.base.atomic import ensure_writable
from tracker.base.errors import UserError
from tracker.base.file_names import distinct_names, report_name, safe_name
from tracker.base.progress import Progress
from tracker.domain.content import Content
from tracker.domain.reporting import Assigned, Duty
from tracker.domain.terms import ROLE_WORDS, Role
from tracker.ops.form_roles import RoleWords
from tracker.ops.list_facts import list_facts
from tracker.ops.new_folder import new_folder
from tracker.ops.table_files import ENDINGS, Exported, check_ending, export_table
from tracker.text.days import long_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.task import TaskRow
    from tracker.insight.round_stats import UnitFigures
    from tracker.ops.list_facts import ListFacts
    from tracker.ops.office import Office

EXTRACT = "任务摘录"
_OWN, _COLLECTIVE = "own", "collective"
_ROLES = (Role.LEAD, Role.RESPONSIBLE, Role.COOPERATING, Role.GUIDING)


@dataclass(frozen=True, slots=True)
class Extract:
    """One unit's extract.

    Attributes:
        own: codes of the tasks that count with it: it leads, or is responsible where nobody does.
        done, overdue: those of them that are finished, or past their date.
        others: codes of the tasks it has another part in.
    """

    unit: str
    content: Content
    own: tuple[str, ...]
    done: tuple[str, ...]
    overdue: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExportedExtracts:
    """The extracts of all units in a folder.

    Attributes:
        without_unit: codes of tasks that name no unit, so that no extract shows them.
    """

    folder: Path
    paths: tuple[Path, ...]
    extracts: tuple[Extract, ...]
    without_unit: tuple[str, ...]
    warnings: tuple[str, ...]


def read_extract(
    office: Office, ledger: LedgerRow, round_: RoundRow, unit: str, *, now: datetime
) -> Extract:
    """Return the extract of a unit, named by any of its names; a closed round's as approved.

    Raises:
        UserError: no such unit, or it has nothing to do with any task.
    """
    facts = list_facts(office, ledger, round_, now)
    name = facts.book.official(unit)
    found = next((each for each in make_extracts(facts, name)), None)
    if found is not None:
        return found
    if name in {row.name for row in facts.content.units}:
        why = f"专项“{facts.ledger.name}”第{round_.number}期没有“{name}”的任务"
        raise UserError("没有可摘录的任务", why, "请检查单位和专项")
    raise UserError(f"没有登记过单位“{unit}”", "", "请用 unit list 核对名称")


def export_extract(
    office: Office, ledger: LedgerRow, round_: RoundRow, unit: str, target: Path, *, now: datetime
) -> tuple[Extract, Exported]:
    """Write the extract of a unit as .xlsx, .docx or .pdf, beside the target and swapped in.

    Raises:
        UserError: another ending, as `read_extract`, or the target cannot be written.
    """
    check_ending(target, EXTRACT)
    ensure_writable(target)
    found = read_extract(office, ledger, round_, unit, now=now)
    return found, write_extract(found, target)


def export_extracts(
    office: Office,
    ledger: LedgerRow,
    round_: RoundRow,
    parent: Path,
    *,
    now: datetime,
    ending: str = ENDINGS[0],
    progress: Progress | None = None,
) -> ExportedExtracts:
    """Write the extracts of all units into a new folder in `parent`: all of them, or none.

    Raises:
        UserError: the ledger has no task, or the folder cannot be written.
        Cancelled: the user asked to stop.
    """
    check_ending(parent / f"{EXTRACT}{ending}", EXTRACT)
    name = report_name(ledger.name, EXTRACT, "", round_number=round_.number, day=now.date())
    with new_folder(parent, name) as folder:
        facts = list_facts(office, ledger, round_, now)
        found = tuple(make_extracts(facts))
        written = write_extracts(found, folder.waiting, ending, progress or Progress())
    warnings = dict.fromkeys(warning for each in written for warning in each.warnings)
    return ExportedExtracts(
        folder.place or parent,
        tuple(folder.at_last(each.path) for each in written),
        found,
        without_unit(facts),
        tuple(warnings),
    )


def write_extracts(
    found: tuple[Extract, ...], folder: Path, ending: str, progress: Progress
) -> list[Exported]:
    """Write extracts into a folder, numbered in the order they come in.

    Raises:
        UserError: one cannot be written.
        Cancelled: the user asked to stop.
    """
    stems = distinct_names([safe_name(each.unit) or EXTRACT for each in found])
    written = []
    for place, (extract, stem) in enumerate(zip(found, stems, strict=True), 1):
        progress.step(f"正在写“{extract.unit}”的摘录", place - 1, len(found))
        written.append(write_extract(extract, folder / f"{place:02d} {stem} {EXTRACT}{ending}"))
    return written


def write_extract(found: Extract, target: Path) -> Exported:
    """Write an extract that is made already.

    Raises:
        UserError: the target cannot be written.
    """
    from tracker.reports.looks import load_layout

    return export_table(found.content, load_layout("list_extract"), target)


def without_unit(facts: ListFacts) -> tuple[str, ...]:
    """Return the codes of tasks that name no unit at all."""
    return tuple(task.code for task in facts.content.tasks if not task.roles)


def make_extracts(facts: ListFacts, only: str = "") -> Iterator[Extract]:
    """Yield the extract of every unit that has a part in a task, in official order.

    Args:
        only: the official name of the one unit wanted.
    """
    maker = _Maker(facts)
    for unit in facts.book.ordered(maker.held):
        if not only or unit == only:
            yield maker.extract(unit)


class _Maker:
    """Makes extracts.

    Attributes:
        held: by official name of a unit, the tasks it has a part in, in printed order.
    """

    def __init__(self, facts: ListFacts) -> None:
        self._facts = facts
        self._book = facts.book
        units = facts.content.units
        self._ids = {unit.name: unit.id for unit in units}
        names = {unit.id: unit.name for unit in units}
        self._members = {u.name: tuple(names[i] for i in u.members if i in names) for u in units}
        self._figures: Mapping[str, UnitFigures] = {u.unit: u for u in facts.stats.units}
        self._direct: dict[tuple[str, int], list[Role]] = {}
        self._through: dict[tuple[str, int], list[Role]] = {}
        self.held: dict[str, list[TaskRow]] = {}
        assigned = [each for task in facts.content.tasks for each in self._assigned(task)]
        self._words = RoleWords(assigned, units)

    def extract(self, unit: str) -> Extract:
        """Return the extract of a unit that has a part in a task."""
        facts, own = self._facts, self._figures.get(unit)
        codes = frozenset(own.total.codes) if own else frozenset()
        kinds = {task.code: self._kind(unit, task, codes) for task in self.held[unit]}
        order = (_OWN, *_ROLES, _COLLECTIVE)
        tasks = sorted(self.held[unit], key=lambda task: order.index(kinds[task.code]))
        rows = tuple(
            replace(row, extra={**row.extra, "role": self._role(unit, task)})
            for task in tasks
            for row in (facts.rows[task.code],)
        )
        title = f"{facts.ledger.name}第{facts.round.number}期{EXTRACT}（{unit}）"
        meta = (_said(own, Counter(kinds.values())), f"截至{long_date(facts.as_of)}")
        return Extract(
            unit,
            Content(title, meta=meta, rows=rows, created=facts.now),
            own=own.total.codes if own else (),
            done=own.done.codes if own else (),
            overdue=own.overdue.codes if own else (),
            others=tuple(task.code for task in tasks if kinds[task.code] != _OWN),
        )

    def _assigned(self, task: TaskRow) -> Iterator[Assigned]:
        """Yield who has a part in a task, and remember whose task it is."""
        for role in _ROLES:
            for printed in task.roles.of(role):
                unit = self._book.official(printed)
                self._hold(self._direct, unit, task, role)
                for member in self._members.get(unit, ()):
                    self._hold(self._through, member, task, role)
                # A name that is registered nowhere stands for itself.
                unit_id = self._ids.setdefault(unit, -1 - len(self._ids))
                yield Assigned(task.id, unit_id, role, printed)

    def _hold(
        self, roles: dict[tuple[str, int], list[Role]], unit: str, task: TaskRow, role: Role
    ) -> None:
        held = self.held.setdefault(unit, [])
        if task not in held[-1:]:
            held.append(task)
        if role not in roles.setdefault((unit, task.id), []):
            roles[unit, task.id].append(role)

    def _kind(self, unit: str, task: TaskRow, own: frozenset[str]) -> str:
        if task.code in own:
            return _OWN
        direct = self._direct.get((unit, task.id))
        return direct[0] if direct else _COLLECTIVE

    def _role(self, unit: str, task: TaskRow) -> str:
        direct = self._direct.get((unit, task.id), [])
        roles = direct or self._through[unit, task.id]
        unit_id = self._ids[unit]
        return "\n".join(self._words.of(Duty(task, role), unit_id) for role in roles)


def _said(own: UnitFigures | None, kinds: Mapping[str, int]) -> str:
    """Return the head: first what the unit is counted with, then what else it has a part in."""
    numbers = (
        (own.total.number, own.done.number, own.overdue.number) if own is not None else (0, 0, 0)
    )
    said = "牵头（责任）{}项，已完成{}项，逾期{}项".format(*numbers)
    others = [f"{ROLE_WORDS[role]}{kinds[role]}项" for role in _ROLES if kinds[role]]
    if kinds[_COLLECTIVE]:
        others.append(f"在合称之内{kinds[_COLLECTIVE]}项")
    return f"{said}；另有{'、'.join(others)}" if others else said
