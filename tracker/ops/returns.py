"""What the clerk notes about a unit's return by hand: reported otherwise, exempt, due day, calls.

Every one is an ordinary step that undo takes back; a closed round refuses them all.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.returned import WAY_WORDS, FileKind, FindingKind, Standing, Way
from tracker.domain.unit import UnitRow
from tracker.ops.notes import NoteWords
from tracker.ops.outcome import Outcome
from tracker.ops.rounds import standing_round
from tracker.ops.typed_reports import Typing, latest_note

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from tracker.domain.collection import EntryConflict
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.returned import ByHand, Call
    from tracker.ops.office import Office
    from tracker.store.models import FormReturn, ReturnedFile, Round, Unit
    from tracker.store.work import Work

_GIVEN = "归入 "


def mark_reported(
    office: Office,
    ledger: LedgerRow,
    round_: RoundRow,
    unit: str,
    by_hand: ByHand,
    reports: Mapping[str, NoteWords] | None = None,
    *,
    who: str,
    now: datetime,
) -> Outcome[tuple[EntryConflict, ...]]:
    """Note that a unit reported, though not by a file; return the entries that were left alone.

    Args:
        unit: by any of its names.
        by_hand: how, when, who at the unit, and a word.
        reports: what it said, by code of the task; what is blank is passed over.

    Raises:
        UserError: no such unit or task, nobody named, a day in the future, or a closed round.
    """
    _check_by_hand(by_hand, now.date())
    way = WAY_WORDS[by_hand.way]
    with office.change(f"登记已报（{way}）：{unit}", who, now) as work:
        returned, row = _return_of(work, ledger, round_, unit)
        noted = {**asdict(by_hand), "way": by_hand.way.value, "on": by_hand.on.isoformat()}
        if noted not in returned.by_hand:
            returned.by_hand = [*returned.by_hand, noted]
        origin = "paper" if by_hand.way is Way.PAPER else by_hand.way.value
        typing = Typing(office, work, round_, row, origin=origin, by=by_hand.given_by, now=now)
        count, waiting = typing.add(reports or {})
    texts = f"，记下 {count} 项原报" if count else ""
    sentence = f"{row.name}第{round_.number}期已登记为已报（{way}）{texts}{_left(waiting)}"
    return Outcome(waiting, work.changes, sentence if work.changes else "没有变化")


def type_report(
    office: Office,
    ledger: LedgerRow,
    round_: RoundRow,
    unit: str,
    reports: Mapping[str, NoteWords],
    *,
    who: str,
    now: datetime,
    file_id: int | None = None,
) -> Outcome[tuple[EntryConflict, ...]]:
    """Type in what a unit's scan or unreadable file says; return the entries left alone.

    Args:
        file_id: the file that was typed off; None where there is none.

    Raises:
        UserError: no such unit, task or file, or a closed round.
    """
    with office.change(f"录入来件：{unit}", who, now) as work:
        _, row = _return_of(work, ledger, round_, unit)
        if file_id is not None and work.returned_file(file_id).round_id != round_.id:
            raise UserError("这份来件不是本期的", "", "请先换到收它的那一期")
        typing = Typing(office, work, round_, row, origin="typed", now=now, file_id=file_id)
        count, waiting = typing.add(reports)
    sentence = f"已录入{row.name} {count} 项原报{_left(waiting)}" if count else "没有变化"
    return Outcome(waiting, work.changes, sentence)


def unmark_reported(
    office: Office,
    ledger: LedgerRow,
    round_: RoundRow,
    unit: str,
    place: int | None = None,
    *,
    who: str,
    now: datetime,
) -> Outcome[str]:
    """Take back a note that a unit reported by hand; what it said stays; return its name.

    Args:
        place: which of them, from 0; None takes back all.

    Raises:
        UserError: no such unit, nothing noted, or a closed round.
    """
    with office.change(f"取消登记：{unit}", who, now) as work:
        returned, row = _return_of(work, ledger, round_, unit)
        kept = [] if place is None else [n for i, n in enumerate(returned.by_hand) if i != place]
        if len(kept) == len(returned.by_hand):
            raise UserError(
                f"{row.name}第{round_.number}期没有这样的登记",
                "可能已经撤销",
                "请刷新后再看这家的登记",
            )
        returned.by_hand = kept
    return Outcome(row.name, work.changes, f"已取消{row.name}的登记；已记下的原报仍保留")


def mark_exempt(
    office: Office,
    ledger: LedgerRow,
    round_: RoundRow,
    unit: str,
    reason: str,
    *,
    who: str,
    now: datetime,
) -> Outcome[str]:
    """Let a unit off this round (免报); return its name.

    Raises:
        UserError: no such unit, no reason, or a closed round.
    """
    if not reason.strip():
        raise UserError("免报需要写明理由", "", "请填写理由，如 机构改革期间由代管单位报")
    with office.change(f"本期免报：{unit}", who, now) as work:
        returned, row = _return_of(work, ledger, round_, unit)
        returned.exempt = reason.strip()
    return Outcome(row.name, work.changes, f"{row.name}第{round_.number}期免报")


def unmark_exempt(
    office: Office, ledger: LedgerRow, round_: RoundRow, unit: str, *, who: str, now: datetime
) -> Outcome[str]:
    """Ask a unit to report again after all; return its name.

    Raises:
        UserError: no such unit, it was not exempt, or a closed round.
    """
    with office.change(f"取消免报：{unit}", who, now) as work:
        returned, row = _return_of(work, ledger, round_, unit)
        if not returned.exempt:
            raise UserError(f"{row.name}第{round_.number}期没有免报", "可能已经撤销", "不用再取消")
        returned.exempt = ""
    return Outcome(row.name, work.changes, f"{row.name}第{round_.number}期仍须报送")


def move_due(
    office: Office,
    ledger: LedgerRow,
    round_: RoundRow,
    unit: str,
    due: date | None,
    reason: str = "",
    *,
    who: str,
    now: datetime,
) -> Outcome[str]:
    """Give a unit a due day of its own; return its name.

    Args:
        due: None lets the round's day hold again.

    Raises:
        UserError: no such unit, no reason for another day, or a closed round.
    """
    if due is not None and not reason.strip():
        raise UserError("单独调整期限需要写明理由", "", "请填写理由")
    with office.change(f"调整报送期限：{unit}", who, now) as work:
        returned, row = _return_of(work, ledger, round_, unit)
        returned.due, returned.due_reason = due, reason.strip() if due else ""
    until = f"{due.month}月{due.day}日" if due else "本期统一的期限"
    return Outcome(row.name, work.changes, f"{row.name}的报送期限改为{until}")


def add_call(
    office: Office,
    ledger: LedgerRow,
    round_: RoundRow,
    unit: str,
    call: Call,
    *,
    who: str,
    now: datetime,
) -> Outcome[int]:
    """Note a call or message that chased a unit (催办); return how many it has had.

    Raises:
        UserError: no such unit, neither who nor what was said, or a closed round.
    """
    if not (call.whom.strip() or call.said.strip()):
        raise UserError("催办记录至少要写明找了谁或说了什么", "", "请填写其中一样")
    with office.change(f"记录催办：{unit}", who, now) as work:
        returned, row = _return_of(work, ledger, round_, unit)
        noted = {
            "at": call.at.isoformat(),
            "whom": call.whom.strip(),
            "said": call.said.strip(),
            "by": call.by.strip() or who,
        }
        returned.calls = sorted([*returned.calls, noted], key=lambda each: each["at"])
    count = len(returned.calls)
    return Outcome(count, work.changes, f"已记录，{row.name}第{round_.number}期催办{count}次")


def claim_file(office: Office, file_id: int, unit: str, *, who: str, now: datetime) -> Outcome[str]:
    """Say whose a returned file is (认领); return the unit's name.

    Its words stay where they are: those without a place wait for one, or the file is read again
    as that unit's (`ops.collect` with `claimed`).

    Raises:
        UserError: no such file or unit, or a closed round.
    """
    with office.change(f"认领来件：{unit}", who, now) as work:
        file = work.returned_file(file_id)
        round_ = standing_round(work, file.round_id)
        row = _unit(work, unit)
        if file.unit_id != row.id and any(n.file_id == file.id for n in work.notes(round_)):
            held = work.unit(file.unit_id).name if file.unit_id is not None else "另一单位"
            raise UserError(
                f"“{file.name}”的内容已经记在{held}名下", "", "请先撤销收表，再改为别的单位"
            )
        file.unit_id = row.id
        file.remarks = [
            {**remark, "settled": f"已认领为{row.name}"}
            if remark["kind"] == FindingKind.UNKNOWN_UNIT
            else remark
            for remark in file.remarks
        ]
        if file.kind == FileKind.SCAN and _has_readable(work, round_, row, file):
            file.standing = Standing.COPY.value
    return Outcome(row.name, work.changes, f"“{file.name}”已认领为{row.name}的来件")


def check_file(
    office: Office, file_id: int, words: str = "已核", *, who: str, now: datetime
) -> Outcome[str]:
    """Say that everything found about a file was looked at (核过); return the file's name.

    Raises:
        UserError: no such file, or a closed round.
    """
    with office.change("核对来件", who, now) as work:
        file = work.returned_file(file_id)
        standing_round(work, file.round_id)
        said = words.strip() or "已核"
        file.remarks = [{**r, "settled": r.get("settled") or said} for r in file.remarks]
    return Outcome(file.name, work.changes, f"“{file.name}”的发现已核")


def settle_unplaced(
    office: Office, file_id: int, place: int, words: str, *, who: str, now: datetime
) -> Outcome[str]:
    """Say what was done about words that belong to no task; they are kept; return the file's name.

    Args:
        place: which of the file's, from 0.

    Raises:
        UserError: no such file or words, nothing said, or a closed round.
    """
    if not words.strip():
        raise UserError("请写明怎样处理这段文字", "", "例如“与任务无关”")
    with office.change("处理未归文字", who, now) as work:
        file = work.returned_file(file_id)
        standing_round(work, file.round_id)
        _settle(file, place, words.strip())
    return Outcome(file.name, work.changes, "已记下处理情况，原文仍保留")


def take_unplaced(
    office: Office, file_id: int, place: int, code: str, *, who: str, now: datetime
) -> Outcome[tuple[EntryConflict, ...]]:
    """Give words of a file to a task as a note of its unit; return the entries left alone.

    What the unit said on that task before stays before them.

    Args:
        place: which of the file's, from 0.

    Raises:
        UserError: no such file, words or task, a file of nobody, or a closed round.
    """
    with office.change(f"归入任务 {code}", who, now) as work, office.read() as view:
        file = work.returned_file(file_id)
        standing_round(work, file.round_id)
        if file.unit_id is None:
            raise UserError(f"“{file.name}”还不知是哪个单位的", "", "请先认领，再归入任务")
        row, task = work.unit(file.unit_id), work.task(code)
        text = _settle(file, place, _taken(file, place, task.code))
        round_ = next(r for r in view.rounds(task.ledger_id) if r.id == file.round_id)
        held = latest_note(view, round_, row, task)
        words = NoteWords(f"{held.text}\n{text}".lstrip("\n") if held else text)
        if held is not None:
            words = NoteWords(
                words.text, held.state_text, held.percent, held.problems, held.next_steps
            )
        source = held.file_id if held is not None else file.id
        typing = Typing(office, work, round_, row, origin="form", now=now, file_id=source)
        _, waiting = typing.add({code: words})
    return Outcome(waiting, work.changes, f"已归入 {code}{_left(waiting)}")


def _check_by_hand(by_hand: ByHand, today: date) -> None:
    if not by_hand.given_by.strip():
        raise UserError("请写明是谁报来的", "", "填写报送人的姓名或职务")
    if by_hand.on > today:
        raise UserError("报来的日期还没有到", "", "请写实际报来的日期")


def _unit(work: Work, name: str) -> Unit:
    found = work.unit_names().find(name.strip())
    if found is None:
        raise UserError(f"没有叫“{name}”的单位", "", "请用 unit list 查看单位名称")
    row = work.unit(found)
    members = tuple(member.member_id for member in row.members)
    if UnitRow(row.id, row.name, kind=row.kind, members=members).is_collective:
        raise UserError(f"“{row.name}”是合称，不是一个单位", "", "请登记到具体的单位")
    return row


def _return_of(
    work: Work, ledger: LedgerRow, round_: RoundRow, unit: str
) -> tuple[FormReturn, Unit]:
    if round_.ledger_id != ledger.id:
        raise UserError(f"第{round_.number}期不是专项“{ledger.name}”的", "", "请重新选择期数")
    row = standing_round(work, round_.id)
    found = _unit(work, unit)
    return work.form_return(row, found.id), found


def _taken(file: ReturnedFile, place: int, code: str) -> str:
    """Return what is noted of words that go to a task; some concern two tasks."""
    settled = file.unplaced[place].get("settled", "") if 0 <= place < len(file.unplaced) else ""
    earlier = settled.removeprefix(_GIVEN).split("、") if settled.startswith(_GIVEN) else []
    if code in earlier:
        raise UserError(f"这段文字已经归入 {code}", "", "请选别的任务；归错了可以撤销")
    return _GIVEN + "、".join([*earlier, code])


def _settle(file: ReturnedFile, place: int, words: str) -> str:
    if not 0 <= place < len(file.unplaced):
        raise UserError("这段文字已经不在这份来件里", "", "请刷新后再试")
    held = file.unplaced[place]
    file.unplaced = [
        {**each, "settled": words} if index == place else each
        for index, each in enumerate(file.unplaced)
    ]
    return held["text"]


def _has_readable(work: Work, round_: Round, unit: Unit, file: ReturnedFile) -> bool:
    unread = {FileKind.SCAN.value, FileKind.UNREADABLE.value}
    return any(
        other.id != file.id and other.unit_id == unit.id and other.kind not in unread
        for other in work.returned_files(round_)
    )


def _left(waiting: Sequence[EntryConflict]) -> str:
    count = len({conflict.task for conflict in waiting})
    return f"；{count} 项核定稿已改过，未动，请核对" if count else ""
