"""The circular (通报) of a round: composed, changed by the clerk, kept at closing, written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tracker.base.errors import UserError
from tracker.domain.circular_edit import LATE
from tracker.domain.stamp import Stamp
from tracker.ops.board import board_of
from tracker.ops.circular_annexes import chart_pictures, situation_annexes
from tracker.ops.circular_compose import Composer
from tracker.ops.circular_edits import edits_in
from tracker.ops.circular_files import check_letter_ending, write_circular
from tracker.ops.circular_groups import rate_before
from tracker.ops.circular_words import words_in
from tracker.ops.edition_values import circular_from, edition_content
from tracker.ops.round_facts import content_from

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from tracker.domain.circular import Circular
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.ops.office import Office
    from tracker.store.queries import View

    Words = Mapping[str, Any]  # Any: values of TOML


def compose_circular(
    office: Office,
    ledger: LedgerRow,
    round_: RoundRow,
    *,
    now: datetime,
    words: Words | None = None,
) -> Circular:
    """Return the circular of a round as it would be printed now, with the clerk's changes.

    A closed round prints what was approved; number and date may be filled in later.

    Args:
        words: another wording than the office's (`ops.circular_words`), to try it; what is kept
            of a closed round does not follow it.

    Raises:
        UserError: the ledger has no task.
        FileProblem: the wording in `resources/circular.toml` is broken.
    """
    with office.read() as view:
        return circular_in(view, ledger, round_, now, words)


def try_words(
    office: Office, ledger: LedgerRow, round_: RoundRow, words: Words, *, now: datetime
) -> Circular:
    """Return what the circular would be in another wording, without the clerk's changes to it.

    Raises:
        UserError: the ledger has no task.
    """
    with office.read() as view:
        return composed_in(view, ledger, round_, now, words)


def circular_in(
    view: View, ledger: LedgerRow, round_: RoundRow, now: datetime, words: Words | None = None
) -> Circular:
    """Return the circular of a round from an open view."""
    edits = edits_in(view, round_.id)
    base = base_in(view, ledger, round_, now, words)
    if view.edition_part(round_.id, "circular") is not None:
        return edits.with_fields(base, LATE)
    return edits.applied(base)


def base_in(
    view: View, ledger: LedgerRow, round_: RoundRow, now: datetime, words: Words | None = None
) -> Circular:
    """Return what the clerk's changes are made to: as approved, else as the wording says it."""
    stored = edition_content(view, round_.id)
    if stored is None or not stored.get("circular"):
        return composed_in(view, ledger, round_, now, words)
    kept = circular_from(stored["circular"], now)
    number = round_.circular_number or kept.number
    properties = Stamp(stored["ledger"]["name"], round_.number, now).properties()
    return replace(kept, number=number, properties=properties)


def composed_in(
    view: View, ledger: LedgerRow, round_: RoundRow, now: datetime, words: Words | None = None
) -> Circular:
    """Return the circular as the wording says it, without the clerk's changes."""
    content = content_from(view, ledger, round_)
    if not content.tasks:
        raise UserError(f"专项“{ledger.name}”里没有任务，无从通报", "", "请先导入表格或新增任务")
    today = now.date()
    composer = Composer(
        content,
        words or words_in(view),
        content.ledger or ledger,
        round_,
        today,
        rate_before(view, ledger, round_),
    )
    return composer.compose(board_of(view, ledger, round_, today, at=now), now)


def export_circular(
    office: Office,
    ledger: LedgerRow,
    round_: RoundRow,
    target: Path,
    *,
    now: datetime,
    words: Words | None = None,
    with_table: bool = False,
    charts: Sequence[str] = (),
) -> tuple[Circular, tuple[str, ...]]:
    """Write the circular of a round; return what was printed, and warnings.

    Args:
        words: as in `compose_circular`.
        with_table: the 落实情况表 follows inside the same file.
        charts: pictures that follow (附图), by their kind in `ops.pictures`.

    Raises:
        UserError: another ending than .docx or .pdf, nothing to tell, or the target cannot be
            written.
    """
    check_letter_ending(target)
    circular = compose_circular(office, ledger, round_, now=now, words=words)
    annexes = situation_annexes(office, ledger, round_, now) if with_table else ()
    if charts:
        pictures = chart_pictures(office, ledger, round_, now.date(), charts)
        circular = replace(circular, pictures=pictures)
    return circular, write_circular(circular, target, annexes)
