"""The four slips (提示单、问题单、督办单、反馈单): issued, replied to, closed, listed, written."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from tracker.base.atomic import ensure_writable, replace_file
from tracker.base.errors import UserError
from tracker.base.file_names import report_name
from tracker.domain.slip import SlipLine, SlipPage, SlipWords, counter_name, slip_code
from tracker.domain.slip_words import broken, kind_words
from tracker.domain.workdays import load_calendar
from tracker.ops.outcome import Outcome
from tracker.ops.slip_words import caution_of, ledger_of, proposal
from tracker.store.slip_model import Slip
from tracker.text.days import long_date
from tracker.text.wording import filled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from pathlib import Path

    from tracker.domain.ledger import LedgerRow
    from tracker.domain.slip import SlipChoice, SlipProposal, SlipRow
    from tracker.domain.slip_words import KindWords
    from tracker.ops.office import Office
    from tracker.store.queries import View
    from tracker.store.work import Work

_BRACKETS = str.maketrans("[]()（）【】", "〔〕〔〕〔〕〔〕")


def propose_slip(
    office: Office, ledger: LedgerRow | None, choice: SlipChoice, *, who: str, today: date
) -> SlipProposal:
    """Return what a new slip would say; nothing is stored.

    Args:
        ledger: where a slip without tasks goes; tasks bring their own.

    Raises:
        UserError: no unit, a collective, no such task, or days that cannot be.
    """
    with office.read() as view:
        return proposal(view, ledger, choice, who=who, today=today)


def new_slip(
    office: Office,
    ledger: LedgerRow | None,
    choice: SlipChoice,
    words: SlipWords | None = None,
    *,
    who: str,
    now: datetime,
) -> Outcome[str]:
    """Issue a slip; return its number as printed, which is never given again.

    Args:
        words: what it says; None takes what is proposed. The sentence about the day of reply is
            always the program's own.

    Raises:
        UserError: as `propose_slip`; nothing to say; a number that was given before.
    """
    held = propose_slip(office, ledger, choice, who=who, today=now.date())
    said = _checked(words or held.words)
    kind = kind_words(choice.kind)
    with office.change(f"开{kind.word}：{held.unit}", who, now) as work:
        name = counter_name(kind.prefix, held.issued_on.year)
        number = work.count(name) if choice.number is None else work.count_on(name, choice.number)
        row = Slip(
            ledger_id=_ledger_id(office, ledger, held.tasks),
            kind=held.kind.value,
            code=slip_code(kind.prefix, held.issued_on.year, number),
            unit_id=held.unit_id,
            unit=held.unit,
            tasks=list(held.tasks),
            words=asdict(replace(said, reply=held.words.reply)),
            issued_on=held.issued_on,
            days=held.days,
            reply_due=held.reply_due,
            created_at=now,
            created_by=who,
        )
        work.add(row)
        code = row.code
    due = f"，请于{long_date(held.reply_due)}前回复" if held.reply_due else ""
    caution = f"；{held.caution}" if held.caution else ""
    return Outcome(code, work.changes, f"已开{kind.word} {code}（{held.unit}）{due}{caution}")


def reply_slip(
    office: Office, code: str, on: date, words: str, *, who: str, now: datetime
) -> Outcome[str]:
    """Note what a unit answered; an earlier reply is kept beside it. Return the slip's number.

    Raises:
        UserError: no such slip, nothing said, a day that cannot be, or it is closed.
    """
    if not words.strip():
        raise UserError("回复内容没有填写", "", "请照原话录入，或写明回复材料存放在哪里")
    code = find_slip(office, code).code
    with office.change(f"登记回复：{code}", who, now) as work:
        row = _standing(work, code)
        _check_day(row, on, now.date(), "回复")
        noted = {"on": on.isoformat(), "words": words.strip(), "by": who, "at": now.isoformat()}
        row.replies = [*row.replies, noted]
    return Outcome(code, work.changes, f"已登记{code}的回复")


def close_slip(
    office: Office, code: str, on: date, words: str = "", *, who: str, now: datetime
) -> Outcome[str]:
    """Close a slip (办结); return its number.

    Raises:
        UserError: no such slip, it is closed, a day that cannot be, or a reply was asked for,
            none came, and nothing says why it is closed all the same.
    """
    code = find_slip(office, code).code
    with office.change(f"办结：{code}", who, now) as work:
        row = _standing(work, code)
        _check_day(row, on, now.date(), "办结")
        if row.reply_due is not None and not row.replies and not words.strip():
            raise UserError(f"{row.code}还没有回复", "", "没有回复就办结的，请写明理由")
        row.closed_on, row.closed_words = on, words.strip()
    return Outcome(code, work.changes, f"{code}已办结")


def list_slips(office: Office, today: date, ledger: LedgerRow | None = None) -> list[SlipLine]:
    """Return the slips of a ledger, or of all, the latest issued first."""
    with office.read() as view:
        return slip_lines(view, view.slips(ledger.id if ledger else None), today)


def slip_lines(view: View, slips: Sequence[SlipRow], today: date) -> list[SlipLine]:
    """Return slips with what is worked out of them today, from an open view."""
    calendar = load_calendar()
    ledgers = {row.id: row.name for row in view.ledgers()}
    numbers = view.printed_numbers(sorted({code for slip in slips for code in slip.tasks}))
    return [
        SlipLine(
            slip=slip,
            kind_word=kind_words(slip.kind).word,
            ledger=ledgers[slip.ledger_id],
            numbers=tuple(numbers.get(code, "") for code in slip.tasks),
            late=slip.late(today, calendar),
            caution=caution_of(slip.issued_on, slip.reply_due),
        )
        for slip in slips
    ]


def find_slip(office: Office, code: str) -> SlipRow:
    """Return a slip by its number; brackets of any form will do.

    Raises:
        UserError: there is none.
    """
    with office.read() as view:
        found = view.slip(code) or view.slip(plain_code(code))
    if found is None:
        raise UserError(f"没有编号为“{code}”的单子", "", "请用 slip list 查看编号")
    return found


def export_slip(office: Office, code: str, target: Path) -> tuple[str, ...]:
    """Write a slip as .docx, as it was issued; return warnings.

    Raises:
        UserError: no such slip, another ending than .docx, or the target cannot be written.
    """
    slip = find_slip(office, code)
    check_target(target)
    from tracker.reports.slip_docx import write_slip_docx

    warnings: list[str] = []

    def write(temporary: Path) -> None:
        warnings.extend(write_slip_docx(slip_page(slip), temporary))

    replace_file(target, write)
    return tuple(warnings)


def check_target(target: Path) -> None:
    """See that a slip can be written there, before it is given a number.

    Raises:
        UserError: another ending, or the target cannot be written.
    """
    if target.suffix.lower() != ".docx":
        raise UserError(
            f"不能写成“{target.suffix or target.name}”格式",
            "单子写成 Word 文档（.docx）",
            "请把文件名改为以 .docx 结尾",
        )
    ensure_writable(target)


def slip_page(slip: SlipRow) -> SlipPage:
    """Return a slip as it is printed; what is empty is left out.

    Raises:
        FileProblem: the wording in `resources/slips.toml` is broken.
    """
    kind, words = kind_words(slip.kind), slip.words
    try:
        return _page(slip, kind, words)
    except (KeyError, TypeError) as error:
        raise broken(error) from error


def file_name(slip: SlipRow) -> str:
    """Return the name a slip's file is offered under; the day it was issued on stands first."""
    word = kind_words(slip.kind).word
    return report_name(slip.unit, f"{word} {slip.code}", ".docx", day=slip.issued_on)


def plain_code(code: str) -> str:
    """Return a slip's number with the brackets that official documents use."""
    return "".join(code.split()).translate(_BRACKETS)


def _page(slip: SlipRow, kind: KindWords, words: SlipWords) -> SlipPage:
    labels = kind.labels
    values = {
        "编号": slip.code,
        "单子": kind.word,
        "单位": slip.unit,
        "发文机关": words.signature,
    }
    rows = (
        (labels["unit"], slip.unit),
        (labels["basis"], words.basis),
        (labels["matter"], words.matter),
        (labels["ask"], words.ask),
        (labels["reply"], words.reply),
    )
    return SlipPage(
        title=words.title,
        code=slip.code,
        issuer=f"{labels['issuer']}：{words.issuer}" if words.issuer else "",
        rows=tuple((label, text) for label, text in rows if text),
        contact=tuple(
            (labels[name], text)
            for name, text in (("clerk", words.clerk), ("phone", words.phone))
            if text
        ),
        signature=words.signature,
        date=slip.issued_on,
        cut=labels["cut"],
        receipt_title=filled(kind.sentences["receipt_title"], values),
        receipt_unit=(labels["receipt_unit"], slip.unit),
        receipt=tuple((line.cells, line.lines) for line in kind.receipt),
        created=slip.created_at,
    )


def _checked(words: SlipWords) -> SlipWords:
    """Return the words without blanks at their ends; a slip must say something."""
    said = SlipWords(**{name: text.strip() for name, text in asdict(words).items()})
    if not said.matter:
        raise UserError("单子里没有写事项", "", "请选择任务，或写明事项")
    if not said.title:
        raise UserError("单子没有标题", "", "请填写标题")
    return said


def _ledger_id(office: Office, ledger: LedgerRow | None, codes: tuple[str, ...]) -> int:
    with office.read() as view:
        return ledger_of(view, ledger, codes).id


def _standing(work: Work, code: str) -> Slip:
    row = work.slip(code)
    if row.closed_on is not None:
        raise UserError(
            f"{row.code}已经办结",
            f"办结于{long_date(row.closed_on)}",
            "还要督办的，请另开一张督办单",
        )
    return row


def _check_day(row: Slip, on: date, today: date, what: str) -> None:
    if on > today:
        raise UserError(f"{what}日期还没有到", "", "请写实际的日期")
    if on < row.issued_on:
        raise UserError(
            f"{what}日期早于开单日期", f"{row.code}开于{long_date(row.issued_on)}", "请检查日期"
        )
