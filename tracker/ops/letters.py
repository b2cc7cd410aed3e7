"""A letter in hand: what it says, what follows it, and the pages that will be printed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.ops.circular import base_in, circular_in
from tracker.ops.circular_annexes import CHARTS, chart_pictures, situation_annexes
from tracker.ops.circular_edits import edits_in
from tracker.ops.circular_files import letter_pages, write_circular
from tracker.ops.edition_values import edition_content
from tracker.ops.notice import compose_notice, notice_annexes
from tracker.ops.report_checks import check_words, waiting

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from tracker.domain.circular import Circular
    from tracker.domain.circular_edit import CircularEdits
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.page import PrintedPage
    from tracker.ops.circular_files import Annex
    from tracker.ops.office import Office


@dataclass(frozen=True, slots=True)
class Draft:
    """What the clerk may change in a circular.

    Attributes:
        composed: the circular as the wording says it; of a closed round, as it was approved.
        edits: what was changed.
        is_closed: only number and date may still change.
    """

    composed: Circular
    edits: CircularEdits
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it will be printed.

    Attributes:
        circular: its words.
        annexes: tables inside the same file.
        pages: all of it, page by page.
        draft: what the clerk may change; None where there is nothing.
        doubts: numbers in it that do not agree, in words; those waved off are left out.
    """

    circular: Circular
    annexes: tuple[Annex, ...]
    pages: tuple[PrintedPage, ...]
    draft: Draft | None = None
    doubts: tuple[str, ...] = ()


def circular_letter(
    office: Office,
    ledger: LedgerRow,
    round_: RoundRow,
    now: datetime,
    *,
    with_table: bool = False,
    with_charts: bool = False,
) -> Letter:
    """Return the circular of a round with what shall follow it.

    Raises:
        UserError: the ledger has no task.
    """
    with office.read() as view:
        circular = circular_in(view, ledger, round_, now)
        draft = Draft(
            base_in(view, ledger, round_, now),
            edits_in(view, round_.id),
            edition_content(view, round_.id) is not None,
        )
    if with_charts:
        pictures = chart_pictures(office, ledger, round_, now.date(), CHARTS)
        circular = replace(circular, pictures=pictures)
    annexes = situation_annexes(office, ledger, round_, now) if with_table else ()
    doubts = doubts_of(office, ledger, round_, circular, now)
    return Letter(circular, annexes, letter_pages(circular, annexes), draft, doubts)


def doubts_of(
    office: Office, ledger: LedgerRow, round_: RoundRow, circular: Circular, now: datetime
) -> tuple[str, ...]:
    """Return in words which numbers of a circular do not agree, but for those waved off."""
    found = waiting(check_words(office, ledger, round_, circular, now))
    return tuple(f"{each.passages[0].place.words}：{each.reckoning}" for each in found)


def notice_letter(
    office: Office, ledger: LedgerRow, now: datetime, *, with_table: bool = True
) -> Letter:
    """Return the notice that sends the breakdown round, with the table or without.

    Raises:
        UserError: the ledger has no task.
    """
    notice = compose_notice(office, ledger, now=now)
    annexes = notice_annexes(office, ledger, now) if with_table else ()
    return Letter(notice, annexes, letter_pages(notice, annexes))


def write_letter(letter: Letter, target: Path) -> Path:
    """Write a letter as .docx or .pdf; return where it lies.

    Raises:
        UserError: another ending, or the target cannot be written.
    """
    write_circular(letter.circular, target, letter.annexes)
    return target
