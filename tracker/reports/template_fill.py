"""Filling the office's own workbook: everything of it kept, our rows where its rows were."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tracker.domain.content import EXTRA, STACKED
from tracker.files.sheet import column_number
from tracker.reports import template_book as others
from tracker.reports.continuation import round_up
from tracker.reports.looks import POINTS_PER_PIXEL, TALLEST_ROW
from tracker.reports.measure import Ruler
from tracker.reports.template_body import BodyWriter
from tracker.reports.template_columns import for_round
from tracker.reports.template_drawing import Heights, move_comments, move_drawings
from tracker.reports.template_package import (
    Parts,
    as_plain_workbook,
    parsed,
    remove_part,
    tag,
    written,
)
from tracker.reports.template_refs import RowShift
from tracker.reports.template_rows import PADDING, room
from tracker.reports.template_sheet import (
    Book,
    SheetView,
    shared_strings,
    string_list,
    text_runs,
)
from tracker.reports.template_shift import MARK, SheetShift
from tracker.reports.template_styles import Styles
from tracker.reports.template_value import RoundWords
from tracker.reports.template_words import (
    empty_placeholders,
    has_placeholder,
    period_warnings,
    placeholders,
    replaced,
)
from tracker.text.printable import printable

if TYPE_CHECKING:
    from tracker.domain.content import Content, ContentRow
    from tracker.reports.template_value import Template


def filled(
    template: Template, content: Content, words: RoundWords | None = None
) -> tuple[bytes, tuple[str, ...]]:
    """Return the filled workbook's bytes and the warnings.

    Raises:
        UserError: something in the template stands in the way.
    """
    template, told = for_round(template, words or RoundWords())
    filler = _Filler(template, content, words or RoundWords())
    data = filler.fill()
    return data, tuple(dict.fromkeys((*told, *filler.warnings)))


class _Filler:
    """Changes a package part by part."""

    def __init__(self, template: Template, content: Content, words: RoundWords) -> None:
        self.template, self.content, self.words = template, content, words
        self.parts = Parts.of(template.content, template.name)
        self.book = Book.of(self.parts)
        self.styles = Styles(self.parts, self.book.part)
        self.strings_part, self.strings = shared_strings(self.parts, self.book)
        root = parsed(self.parts.read(template.part))
        self.view = SheetView(root, self.styles, string_list(self.strings))
        self.values = placeholders(content, words)
        self.warnings: list[str] = list(template.warnings)

    def fill(self) -> bytes:
        """Return the package's bytes."""
        template, root = self.template, self.view.root
        prefix = f"{root.prefix}:" if root.prefix else ""
        rows = [self._clean(n, row) for n, row in enumerate(self.content.rows, 1)]
        body = BodyWriter(template, self.styles, Ruler(), prefix).body(rows)
        shift = RowShift(template.first, template.last, len(body.xml))
        heights = Heights(shift, self._old_heights(), tuple(body.heights))
        others.move_lists(self.parts, template, shift)
        has_formulas = next(root.iter(tag("f")), None) is not None
        sheet = SheetShift(self.view, template.sheet, shift)
        sheet.apply(body.merges)
        self._say_words()
        self.warnings += period_warnings(template, self.words)
        self.warnings += sheet.warnings
        if sheet.depends and body.continued:
            self.warnings.append(
                f"有 {body.continued} 行是上一行的续行，表里的公式会把它们也算进去"
            )
        self._write_sheet("".join(body.xml))
        self._other_parts(shift, heights, sheet, has_formulas)
        self.styles.store()
        as_plain_workbook(self.parts)
        self._say_set_up()
        return self.parts.packed()

    def _other_parts(
        self, shift: RowShift, heights: Heights, sheet: SheetShift, has_formulas: bool
    ) -> None:
        parts, template, book = self.parts, self.template, self.book
        self.warnings += move_drawings(parts, template.part, heights, self.values)
        self.warnings += move_comments(parts, template.part, shift)
        self.warnings += others.move_names(book, template, shift)
        self.warnings += others.move_other_sheets(parts, book, template, shift)
        self.warnings += others.move_pivots(parts, book, template, shift)
        others.move_charts(parts, template, shift)
        if sheet.depends:
            others.reckon_anew(book)
        if has_formulas:
            remove_part(parts, book.part, "calcChain")
        parts.write(book.part, written(book.root))
        others.forget_strings(parts, self.strings_part, self.strings, sheet.strings, book)
        remove_part(parts, "", "thumbnail")  # a picture of the old first page
        others.put_stamp(parts, self.content.properties)

    def _old_heights(self) -> Any:  # Any: from a row to its height
        known = {row: self.view.height(row) for row in self.view.rows}
        usual = self.view.height(-1)
        return lambda row: known.get(row, usual)

    def _clean(self, number: int, row: ContentRow) -> ContentRow:
        """Take out what a workbook cannot hold and say where."""
        cells: dict[str, Any] = {}  # Any: texts and tuples of texts, by the row's own fields
        extra, gone = dict(row.extra), 0
        for field in self.template.fields:
            cleaned = [printable(each) for each in row.lines(field)]
            gone += sum(count for _, count in cleaned)
            texts = tuple(text for text, _ in cleaned)
            if field.startswith(EXTRA):
                extra[field.removeprefix(EXTRA)] = texts[0]
            else:
                cells[field] = texts if field in STACKED else texts[0]
        if gone:
            told = f"第{number}行有{gone}个表格文件不能保存的控制字符，已略去"
            self.warnings.append(told)
        return replace(row, extra=extra, **cells)

    def _say_words(self) -> None:
        """Say the office's placeholders in cells around the table, in header and footer."""
        for row in self.view.root.iter(tag("row")):
            for cell in row.iterchildren(tag("c")):
                text = self.view.text(cell)
                if has_placeholder(text):
                    self._say(cell, text)
        for element in self.view.root.iter(*map(tag, _HEADERS)):
            if has_placeholder(element.text or ""):
                values = {name: said.replace("&", "&&") for name, said in self.values.items()}
                element.text = replaced(element.text, values)

    def _say(self, cell: Any, text: str) -> None:  # Any: an element of lxml
        self.warnings += (
            f"模板里的{each}没有可填的内容，留空" for each in empty_placeholders(text, self.values)
        )
        held = self.view.text_element(cell)
        if held is None:
            return
        own = cell.makeelement(tag("is"))
        own.extend(copy.deepcopy(each) for each in held)
        runs = text_runs(own)
        if any(has_placeholder(each.text or "") for each in runs):
            for each in runs:
                each.text = replaced(each.text or "", self.values)
        left = "".join(each.text or "" for each in runs)
        if has_placeholder(left):  # torn between two runs: the first one's look for all
            runs[0].text = replaced(left, self.values)
            for each in runs[1:]:
                each.text = ""
        for each in runs:
            each.text = printable(each.text or "")[0]
            each.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        for each in list(cell):
            cell.remove(each)
        cell.append(own)
        cell.set("t", "inlineStr")
        self._make_room(cell, "".join(each.text or "" for each in runs))

    def _make_room(self, cell: Any, text: str) -> None:  # Any: an element of lxml
        """Let a merged cell break its lines, and its row be as high, where the words need it."""
        area = next((a for a in self.view.merges() if a.starts_at(cell.get("r", ""))), None)
        if area is None or area.top != area.bottom:
            return
        columns = range(column_number(area.left), column_number(area.right) + 1)
        points = sum(map(self.view.pixels, columns)) * POINTS_PER_PIXEL
        look, ruler, row = self.styles.look(int(cell.get("s", "0"))), Ruler(), cell.getparent()
        lines = ruler.count_lines(text, room(points, look))
        if lines == 1:
            return
        cell.set("s", str(self.styles.wrapping(int(cell.get("s", "0")))))
        height = round_up(lines * ruler.pitch(look.font, look.size) + PADDING)
        if float(row.get("ht", "0")) < height:
            row.set("ht", f"{min(height, TALLEST_ROW):.16g}")
            row.set("customHeight", "1")

    def _write_sheet(self, rows: str) -> None:
        before, _, rest = written(self.view.root).partition(f"<?{MARK}".encode())
        after = rest.partition(b"?>")[2]
        self.parts.write(self.template.part, before + rows.encode() + after)

    def _say_set_up(self) -> None:
        if self.template.page.one_page_high and len(self.content.rows) > self._old_rows:
            self.warnings.append(
                "模板设为“调整为一页高”，行数比原表多，打印出来字会变小；"
                "请在模板的页面设置里把“页高”清空"
            )
        if self.view.root.find(tag("sheetProtection")) is not None:
            self.warnings.append("模板的工作表有保护，填好后仍受保护")
        if any(self.view.root.find(tag(name)) is not None for name in ("controls", "oleObjects")):
            self.warnings.append("模板里有控件或嵌入的对象，填好后请核对它们的位置")

    @property
    def _old_rows(self) -> int:
        return max(1, self.template.last - self.template.first + 1)


_HEADERS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
