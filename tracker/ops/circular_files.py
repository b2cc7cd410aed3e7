"""A letter (通报, 责任分解通知) as a file: Word or PDF, tables annexed on pages of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.base.atomic import ensure_writable, replace_file
from tracker.base.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tracker.domain.circular import Circular
    from tracker.domain.content import Content
    from tracker.domain.page import PrintedPage
    from tracker.reports.looks import Layout

    Annex = tuple[Content, Layout]

ENDINGS = (".docx", ".pdf")
"""What a letter can be written as."""


def check_letter_ending(target: Path, report: str = "通报") -> None:
    """Refuse an ending that no letter is written with.

    Raises:
        UserError: another ending than `ENDINGS`.
    """
    if target.suffix.lower() not in ENDINGS:
        raise UserError(
            f"不能写成“{target.suffix or target.name}”格式",
            f"{report}可以写成 Word 文档（.docx）或 PDF（.pdf）",
            "请把文件名改为以其中一种结尾",
        )


def write_circular(
    circular: Circular, target: Path, annexes: Sequence[Annex] = ()
) -> tuple[str, ...]:
    """Write a letter in the format that the target's ending names; return warnings.

    It is written beside the target and swapped in.

    Args:
        annexes: tables that follow on pages of their own, each with its layout.

    Raises:
        UserError: another ending, or the target cannot be written.
    """
    check_letter_ending(target)
    ensure_writable(target)
    warnings: list[str] = []

    def write(temporary: Path) -> None:
        warnings.extend(_write(target.suffix.lower(), circular, annexes, temporary))

    replace_file(target, write)
    return tuple(warnings)


def letter_pages(circular: Circular, annexes: Sequence[Annex] = ()) -> tuple[PrintedPage, ...]:
    """Return the pages as they are printed, for the preview and the printer."""
    from tracker.reports.circular_pages import circular_pages

    return circular_pages(circular, annexes)


def _write(
    ending: str, circular: Circular, annexes: Sequence[Annex], target: Path
) -> tuple[str, ...]:
    if ending == ".docx":
        from tracker.reports.circular_docx import write_circular_docx

        return write_circular_docx(circular, target, annexes=annexes)
    from tracker.printing.fonts import drawing_application
    from tracker.printing.pages import write_pages

    with drawing_application():
        write_pages(letter_pages(circular, annexes), circular.title, target)
    return ()
