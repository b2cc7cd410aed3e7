"""A printed table written as a file: the same content as workbook, document or PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.base.atomic import replace_file
from tracker.base.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.domain.content import Content
    from tracker.reports.looks import Layout

ENDINGS = (".xlsx", ".docx", ".pdf")
"""What a printed table can be written as."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A written report: where it lies and what the clerk should know about it."""

    path: Path
    rows: int
    warnings: tuple[str, ...]


def check_ending(target: Path, report: str) -> None:
    """Refuse an ending that no table is written with.

    Raises:
        UserError: another ending than `ENDINGS`.
    """
    if target.suffix.lower() not in ENDINGS:
        raise UserError(
            f"不能写成“{target.suffix or target.name}”格式",
            f"{report}可以写成 .xlsx、.docx 或 .pdf",
            "请把文件名改为以其中一种结尾",
        )


def export_table(content: Content, layout: Layout, target: Path) -> Exported:
    """Write a table in the format that the target's ending names, beside it and swapped in.

    Raises:
        UserError: the target cannot be written.
    """
    warnings: list[str] = []

    def write(temporary: Path) -> None:
        warnings.extend(_write(target.suffix.lower(), content, layout, temporary))

    replace_file(target, write)
    return Exported(target, len(content.rows), tuple(warnings))


def _write(ending: str, content: Content, layout: Layout, target: Path) -> tuple[str, ...]:
    if ending == ".xlsx":
        from tracker.reports.situation_xlsx import write_situation_xlsx

        return write_situation_xlsx(content, layout, target)
    if ending == ".docx":
        from tracker.reports.table_docx import write_table_docx

        return write_table_docx(content, layout, target)
    from tracker.printing.fonts import drawing_application
    from tracker.printing.pages import write_pages
    from tracker.reports.table_pages import table_pages

    with drawing_application():
        write_pages(table_pages(content, layout), content.title, target)
    return ()
