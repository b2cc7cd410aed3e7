"""Sending the forms of a round (发反馈表): who gets which, the files, the index, the notes."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.base.progress import Progress
from tracker.domain.form import (
    CONTACT_SETTING,
    NUMBER_LABEL,
    Form,
    FormNumber,
    FormRow,
    FormStamp,
    digest_of,
)
from tracker.domain.form_words import states, title_of
from tracker.domain.reporting import reporting_of
from tracker.domain.terms import RoundState
from tracker.ops.form_files import FormFiles
from tracker.ops.form_folder import delivering
from tracker.ops.form_roles import RoleWords
from tracker.ops.last_year import entries_before
from tracker.ops.outcome import Outcome
from tracker.store.models import Setting
from tracker.text.days import long_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tracker.domain.entry import EntryRow
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.reporting import Duty, Reporting, Unresolved
    from tracker.domain.returned import ReturnRow
    from tracker.domain.task import TaskRow
    from tracker.domain.unit import UnitRow
    from tracker.ops.office import Office
    from tracker.store.work import Work

BARRIER = "反馈表已经发给各单位，发出之前的操作不能再撤销"
_NOT_YET = datetime.min


@dataclass(frozen=True, slots=True)
class FormPlan:
    """What is to be sent.

    Attributes:
        forms: one for each unit that reports, in official order; leave some out to send only
            to the others.
        unresolved: collective names of which nobody knows the members.
        without_unit: tasks that nobody is to report on.
        exempt: units that need not report this round and get no form.
    """

    reporting: Reporting
    forms: tuple[Form, ...]
    unresolved: tuple[Unresolved, ...] = ()
    without_unit: tuple[TaskRow, ...] = ()
    exempt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CoveringNote:
    """What is said to a unit by phone or OA when its form is sent."""

    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent.

    Attributes:
        paths: the forms' files, unit by unit.
        renewed: units that had been sent a form of this round before.
        warnings: what the clerk should know about the files.
    """

    paths: tuple[Path, ...]
    index_path: Path
    notes: tuple[CoveringNote, ...]
    unresolved: tuple[Unresolved, ...] = ()
    without_unit: tuple[TaskRow, ...] = ()
    renewed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def plan_forms(
    office: Office,
    ledger: LedgerRow,
    round_: RoundRow,
    *,
    cooperating: bool = False,
    named: Mapping[tuple[int, int], Sequence[int]] | None = None,
) -> FormPlan:
    """Return which unit would get which form; nothing is written.

    Args:
        cooperating: cooperating units report too.
        named: the units that the clerk names for a collective, as in `reporting_of`;
            `name_members` makes it.

    Raises:
        UserError: the round is closed.
    """
    _refuse_closed(round_.number, round_.state)
    with office.read() as view:
        tasks, units = view.tasks(ledger.id), view.units()
        held = {row.unit_id: row for row in view.returns(round_.id)}
        before = entries_before(view, round_)
        assigned = view.assigned(ledger.id)
    reporting = reporting_of(tasks, assigned, units, cooperating=cooperating, named=named)
    maker = _Maker(ledger, round_, held)
    rows = _Rows(before, RoleWords(assigned, units, named))
    by_id = {unit.id: unit for unit in units}
    excused = [i for i in reporting.duties if i in held and held[i].exempt]
    return FormPlan(
        reporting,
        tuple(
            maker.form(by_id[unit_id], rows.of(duties, unit_id))
            for unit_id, duties in reporting.duties.items()
            if unit_id not in excused
        ),
        reporting.unresolved,
        reporting.without_unit,
        tuple(by_id[unit_id].name for unit_id in excused),
    )


def name_members(
    office: Office, plan: FormPlan, members: Mapping[str, Sequence[str]]
) -> dict[tuple[int, int], list[int]]:
    """Return what the clerk named for collectives of a plan, in the form `plan_forms` takes.

    Args:
        members: units by the collective's name as printed; none leaves the collective out.

    Raises:
        UserError: the plan does not ask for that collective, or a unit is not known or is no more.
    """
    with office.read() as view:
        names, gone = view.unit_names(), view.gone_units()
    found: dict[tuple[int, int], list[int]] = {}
    for printed, units in members.items():
        asked = [each for each in plan.unresolved if each.printed == printed]
        if not asked:
            waiting = "、".join(each.printed for each in plan.unresolved) or "无"
            raise UserError(f"“{printed}”不在待定之列", f"待定的：{waiting}", "请核对名称")
        ids = {unit: names.find(unit) for unit in units}
        if strange := [unit for unit, unit_id in ids.items() if unit_id is None]:
            raise UserError(
                f"没有登记过的单位：{'、'.join(strange)}", "", "请用 unit list 核对名称"
            )
        known = [unit_id for unit_id in ids.values() if unit_id is not None]
        if lost := [gone[unit_id].words() for unit_id in known if unit_id in gone]:
            raise UserError("；".join(lost), "", "请改为承接的单位")
        found |= {(task.id, each.unit_id): known for each in asked for task in each.tasks}
    return found


def send_forms(
    office: Office,
    ledger: LedgerRow,
    round_: RoundRow,
    folder: Path,
    *,
    plan: FormPlan,
    who: str,
    now: datetime,
    word: bool = False,
    contact: str | None = None,
    progress: Progress | None = None,
) -> Outcome[Sent]:
    """Write the forms of a plan and their index into a folder, and keep what each unit was sent.

    All files are there or none, and only then anything is stored. Sending again renews the forms
    of the plan's units; what other units were sent stands. A file of the same name is replaced
    only where it is a form of this round that nobody filled in or saved.

    Args:
        word: write each form as a Word document too.
        contact: who answers the units' questions, with the phone number; kept for the next
            time. None takes the one kept.

    Raises:
        UserError: nothing to send, the round is closed, or a file cannot be written.
        Cancelled: the user asked to stop.
    """
    if not plan.forms:
        raise UserError("没有可发的反馈表", "没有单位要在本期报进展", "请先给任务登记责任单位")
    forms = tuple(replace(f, stamp=replace(f.stamp, at=now)) for f in plan.forms)
    with office.read() as view:
        spoken = contact if contact is not None else view.setting(CONTACT_SETTING) or ""
        phones = {unit.name: unit for unit in view.units()}
        before = {row.unit_id for row in view.returns(round_.id) if row.sent_at is not None}
    files = FormFiles(round_, forms, (".xlsx", ".docx") if word else (".xlsx",), spoken.strip())
    with delivering(folder) as delivery:
        files.write(delivery, now, progress or Progress())
        files.write_index(delivery, ledger, phones, now)
        with office.change(f"发反馈表：第{round_.number}期 {len(forms)} 家", who, now) as work:
            _store(work, ledger, round_, forms, now)
            if contact is not None:
                _keep_contact(work, files.contact)
            work.barrier = BARRIER
            *paths, index = delivery.put_in_place()
    sent = Sent(
        tuple(paths),
        index,
        tuple(CoveringNote(form.unit, note) for form, note in files.notes),
        plan.unresolved,
        plan.without_unit,
        tuple(form.unit for form in forms if _unit_id(form) in before),
        (*files.warnings, *_without_due(round_, forms)),
    )
    return Outcome(sent, work.changes, _sentence(round_, forms, sent))


def sent_form(office: Office, ledger: LedgerRow, round_: RoundRow, unit_id: int) -> Form | None:
    """Return the form that a unit was sent last in a round, to the letter; None for none."""
    with office.read() as view:
        held = {row.unit_id: row for row in view.returns(round_.id)}
        units = {unit.id: unit for unit in view.units()}
    row = held.get(unit_id)
    if row is None or row.sent_at is None:
        return None
    form = _Maker(ledger, round_, held).form(units[unit_id], row.sent)
    return replace(form, stamp=replace(form.stamp, at=row.sent_at))


def form_of_number(office: Office, number: FormNumber) -> Form | None:
    """Return the form with that printed number (表号); None where none was sent."""
    with office.read() as view:
        ledgers = [row for row in view.ledgers() if row.id == number.ledger_id]
        rounds = [row for row in view.rounds(number.ledger_id) if row.number == number.round]
    if not ledgers or not rounds:
        return None
    return sent_form(office, ledgers[0], rounds[0], number.unit_id)


def kept_contact(office: Office) -> str:
    """Return who answered the units' questions the last time; empty where nobody was named."""
    with office.read() as view:
        return view.setting(CONTACT_SETTING) or ""


class _Maker:
    """Makes the forms of one round."""

    def __init__(
        self,
        ledger: LedgerRow,
        round_: RoundRow,
        held: Mapping[int, ReturnRow],
    ) -> None:
        self._ledger = ledger
        self._round = round_
        self._held = held

    def form(self, unit: UnitRow, rows: tuple[FormRow, ...]) -> Form:
        """Return a unit's form with these rows."""
        ledger, round_ = self._ledger, self._round
        codes = tuple(row.code for row in rows)
        stamp = FormStamp(ledger.name, round_.number, unit.name, _NOT_YET, codes, digest_of(rows))
        own = self._held.get(unit.id)
        return Form(
            title_of(ledger.name),
            unit.name,
            round_.number,
            rows,
            stamp,
            sender=ledger.office,
            cut_off=round_.cut_off,
            due=(own.due if own else None) or round_.feedback_due,
            states=states(),
            number=str(FormNumber(ledger.id, round_.number, unit.id)),
        )


class _Rows:
    """Makes the rows of forms."""

    def __init__(self, before: Mapping[int, EntryRow], roles: RoleWords) -> None:
        self._before = before
        self._roles = roles

    def of(self, duties: Sequence[Duty], unit_id: int) -> tuple[FormRow, ...]:
        """Return a unit's rows."""
        return tuple(self._row(duty, unit_id) for duty in duties)

    def _row(self, duty: Duty, unit_id: int) -> FormRow:
        task, entry = duty.task, self._before.get(duty.task.id)
        deadline = task.deadline
        day = deadline.date if deadline else None
        printed = deadline.text if deadline else ""
        return FormRow(
            task.code,
            task.number,
            task.text,
            self._roles.of(duty, unit_id),
            printed or (long_date(day) if day else ""),
            _said_before(entry) if entry else "",
        )


def _said_before(entry: EntryRow) -> str:
    """Return last round's state and text as printed, the state on a line of its own."""
    percent = f"{entry.percent:g}%" if entry.percent is not None else ""
    state = f"{entry.state_text}（{percent}）" if entry.state_text and percent else ""
    state = state or entry.state_text or percent
    return "\n".join(part for part in (f"【{state}】" if state else "", entry.text) if part)


def _store(
    work: Work, ledger: LedgerRow, round_: RoundRow, forms: Sequence[Form], now: datetime
) -> None:
    """Keep what each unit was sent; the round now collects."""
    row = work.round_of(work.ledger(ledger.id), round_.number)
    _refuse_closed(row.number, RoundState(row.state))
    for form in forms:
        held = work.form_return(row, _unit_id(form))
        held.sent_at, held.sent = now, [asdict(each) for each in form.rows]
    row.state = RoundState.COLLECTING


def _without_due(round_: RoundRow, forms: Sequence[Form]) -> tuple[str, ...]:
    """Say that nobody was told a day, where the round has none."""
    if all(form.due for form in forms):
        return ()
    return (f"第{round_.number}期没有定反馈时限，表上和说明里都没有写，逾期也无从算起",)


def _keep_contact(work: Work, contact: str) -> None:
    found = work.find_setting(CONTACT_SETTING)
    if found is None:
        work.add(Setting(key=CONTACT_SETTING, value=contact))
    else:
        found.value = contact


def _unit_id(form: Form) -> int:
    number = FormNumber.read(f"{NUMBER_LABEL}{form.number}")
    if number is None:
        raise ValueError(f"no number on the form of {form.unit}")
    return number.unit_id


def _refuse_closed(number: int, state: RoundState) -> None:
    if state is RoundState.CLOSED:
        raise UserError(f"第{number}期已定稿，不能再改", "", "请先重新打开这一期")


def _sentence(round_: RoundRow, forms: Sequence[Form], sent: Sent) -> str:
    tasks = len({row.code for form in forms for row in form.rows})
    words = f"已写好第{round_.number}期 {len(forms)} 家单位的反馈表（{tasks} 项任务）"
    if sent.renewed:
        words += f"，其中 {len(sent.renewed)} 家是重发"
    waiting = len(sent.unresolved) + len(sent.without_unit)
    return f"{words}；另有 {waiting} 处待定，没有发" if waiting else words
