"""A table without the characters that no workbook can hold, and where they stood."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tracker.domain.content import EXTRA, STACKED
from tracker.reports.continuation import GROUP
from tracker.text.printable import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tracker.domain.content import Content, ContentRow
    from tracker.reports.continuation import Marks
    from tracker.reports.looks import Layout


def writable(content: Content, layout: Layout) -> tuple[Content, tuple[str, ...]]:
    """Take out what a workbook cannot hold and say where, in the user's words."""
    cleaner = _Cleaner(layout)
    clean, all_clean = cleaner.clean, cleaner.all_clean
    cleaned = replace(
        content,
        title=clean(content.title, lambda: "标题"),
        annex=clean(content.annex, lambda: "附件标记"),
        meta=all_clean(content.meta, "标题下的说明"),
        headings=all_clean(content.headings or layout.headings, "表头"),
        rows=tuple(cleaner.row(index, row) for index, row in enumerate(content.rows, 1)),
        signature=all_clean(content.signature, "签字行"),
        legend=all_clean(content.legend, "图例"),
    )
    return cleaned, tuple(cleaner.warnings)


class _Cleaner:
    """Cleans texts and gathers what it took out."""

    def __init__(self, layout: Layout) -> None:
        self.warnings: list[str] = []
        self._titles = {column.field: column.heading for column in layout.columns}
        if layout.group:
            self._titles.setdefault(GROUP, "分组")

    def clean(self, text: str, where: Callable[[], str]) -> str:
        """Return a text without what cannot be written."""
        kept, gone = printable(text)
        if gone:
            self.warnings.append(f"{where()}有{gone}个表格文件不能保存的控制字符，已略去")
        return kept

    def all_clean(self, texts: Iterable[str], name: str) -> tuple[str, ...]:
        """Return texts of one kind without what cannot be written."""
        return tuple(self.clean(text, lambda: name) for text in texts)

    def row(self, index: int, row: ContentRow) -> ContentRow:
        """Return a row without what cannot be written."""
        # Nothing that Python calls printable has to go; most rows are, and this is quick to ask
        if all(line.isprintable() for field in self._titles for line in row.lines(field)):
            return row

        def place(field: str) -> Callable[[], str]:
            return lambda: f"第{index}行（序号“{printable(row.number)[0]}”）“{self._titles[field]}”"

        cells: dict[str, Any] = {}  # Any: texts and tuples of texts, by the row's own fields
        extra = dict(row.extra)
        for field in self._titles:
            lines = tuple(self.clean(line, place(field)) for line in row.lines(field))
            if field.startswith(EXTRA):
                extra[field.removeprefix(EXTRA)] = lines[0]
            else:
                cells[field] = lines if field in STACKED else lines[0]
        new = {field: _moved(row.text(field), marks) for field, marks in row.new.items()}
        return replace(row, **cells, extra=extra, new=new)


def _moved(text: str, marks: Marks) -> Marks:
    """Return where marked stretches stand in the cleaned text."""
    places = ((len(printable(text[:a])[0]), len(printable(text[:b])[0])) for a, b in marks)
    return tuple((a, b) for a, b in places if a < b)
