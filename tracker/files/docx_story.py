"""A story of a document (body, footnotes, a header) read as a stream into paragraphs and tables.

Read with expat itself: python-docx passes over tracked insertions, content controls, text boxes and
automatic numbers, and words would be lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.files.docx_blocks import RawCell, RawRow, RawTable, Seen
from tracker.files.docx_inline import WORD, Given, Inline, Paragraph, Place, attribute
from tracker.files.docx_numbering import numbered
from tracker.files.docx_styles import whole
from tracker.files.docx_table import table_text
from tracker.files.limits import MAX_CHARACTERS
from tracker.files.package import Damaged, too_much, xml_parser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tracker.files.docx_numbering import Numbering
    from tracker.files.docx_styles import Styles

_MATH = (
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
)
_DRAWING = (
    "http://schemas.openxmlformats.org/drawingml/2006/",
    "http://purl.oclc.org/ooxml/drawingml/",
)
_NEWER_CHART = "http://schemas.microsoft.com/office/drawing/2014/chartex chart"
_CHOICE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_VML = "urn:schemas-microsoft-com:vml"
_DEEPEST = 100
_WIDEST = 200
_STEP = 500
# No office draws more in a document; a cell costs far more here than on a sheet.
_MOST_CELLS = 600_000

# Old properties of tracked changes, readings above ruby text.
_LEFT_OUT = (
    "rPrChange", "pPrChange", "tblPrChange", "tblPrExChange", "tblGridChange", "trPrChange",
    "tcPrChange", "sectPrChange", "numberingChange", "rt", "delText", "delInstrText",
)  # fmt: skip


class Story(Inline):
    """Takes the elements of one part.

    Attributes:
        blocks: the paragraphs and tables outside notes.
        notes: those of each footnote or endnote by its id.
    """

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        seen: Seen,
        step: Callable[[int], None] | None = None,
    ) -> None:
        """`step` is told the number of paragraphs now and then; the rest is the document's."""
        super().__init__(styles, seen)
        self.blocks: list[str | RawTable] = []
        self.notes: dict[str, list[str | RawTable]] = {}
        self.place = Place(self.blocks)
        self._numbering = numbering
        self._step = step
        self._back: list[Place] = []
        self._choices: list[bool] = []
        self._paragraphs = 0
        self._cells = 0
        self._starts = self._start_handlers()
        self._ends = self._end_handlers()

    def read(self, chunks: Iterable[bytes]) -> None:
        """Read the part.

        Raises:
            Damaged, ExpatError …: see `package.DAMAGE`.
            FileProblem: it holds too much.
            Cancelled: the user asked to stop.
        """
        parser = xml_parser(self._start, self._end, with_namespaces=True)
        parser.CharacterDataHandler = self._data
        for chunk in chunks:
            parser.Parse(chunk)
        parser.Parse(b"", True)
        self._flush()

    def _start(self, name: str, given: Given) -> None:
        if self._skip:
            self._skip += 1
            return
        handle = self._starts.get(name)
        if handle is not None:
            handle(given)

    def _end(self, name: str) -> None:
        if self._skip:
            self._skip -= 1
            return
        handle = self._ends.get(name)
        if handle is not None:
            handle()

    def _data(self, text: str) -> None:
        if self._taking is not None and not self._skip:
            self._taking.append(text)

    def _paragraph(self, _given: Given) -> None:
        self._end_paragraph()
        self.place.paragraph = Paragraph()

    def _end_paragraph(self) -> None:
        place, paragraph = self.place, self.place.paragraph
        if paragraph is None:
            return
        place.paragraph = place.run = None
        # A field that never reached its result would swallow the rest of the document.
        if place.fields:
            place.fields[:] = [open_ for open_ in place.fields if open_.in_result]
        removed = paragraph.mark_removed or self.hides_paragraph(paragraph)
        above, place.waiting = place.waiting, None
        if above is not None:
            paragraph = _joined(above, paragraph)
        if removed:
            place.waiting = paragraph
        else:
            self._keep(paragraph)

    def _flush(self) -> None:
        """Keep a paragraph whose end is gone, where no other follows it."""
        waiting, self.place.waiting = self.place.waiting, None
        if waiting is not None and (any(waiting.parts) or waiting.boxes):
            self._keep(waiting)

    def _keep(self, paragraph: Paragraph) -> None:
        text = "".join(paragraph.parts)
        at = self._numbering.place(paragraph.style, paragraph.list_id, paragraph.level)
        if at is not None:
            text = numbered(*self._numbering.label(at), text)
        self.place.blocks.append(text)
        self.place.blocks.extend(paragraph.boxes)
        self._paragraphs += 1
        if self._step is not None and self._paragraphs % _STEP == 0:
            self._step(self._paragraphs)
        if self.characters > MAX_CHARACTERS:
            raise too_much(f"最多读 {MAX_CHARACTERS} 个字")

    def _enter(self, place: Place) -> None:
        if len(self._back) >= _DEEPEST:
            raise Damaged("表格或文本框套得太深")
        self._back.append(self.place)
        self.place = place

    def _leave_place(self) -> Place:
        """Go back to where the reading was before; return the place left."""
        self._end_paragraph()
        self._flush()
        left = self.place
        if not self._back:
            raise Damaged("段落和表格的次序乱了")
        self.place = self._back.pop()
        return left

    def _table(self, _given: Given) -> None:
        self._flush()
        self._enter(Place([], table=RawTable(), fields=self.place.fields))

    def _end_table(self) -> None:
        table = self._leave_place().table
        if table is None:
            raise Damaged("段落和表格的次序乱了")
        if self._back:
            table.text = table_text(table)
            # Nested tables repeat their text on each level above.
            self.characters += len(table.text)
        self.place.blocks.append(table)

    def _row(self, _given: Given) -> None:
        if self.place.table is None:
            raise Damaged("有一行不在表格里")
        self.place.row = RawRow()

    def _end_row(self) -> None:
        table, row = self.place.table, self.place.row
        if table is not None and row is not None and not row.removed:
            table.rows.append(row)
        self.place.row = None

    def _cell(self, _given: Given) -> None:
        if self.place.row is None:
            raise Damaged("有一格不在表格的行里")
        self._cells += 1
        if self._cells > _MOST_CELLS:
            raise too_much(f"最多读 {_MOST_CELLS} 格")
        cell = RawCell()
        self._enter(Place(cell.blocks, cell=cell, fields=self.place.fields))

    def _end_cell(self) -> None:
        cell, row = self._leave_place().cell, self.place.row
        if cell is not None and row is not None and not cell.removed:
            row.cells.append(cell)

    def _column(self, given: Given) -> None:
        if self.place.table is not None and len(self.place.table.widths) < _WIDEST:
            self.place.table.widths.append(max(whole(attribute(given, "w")) or 0, 0))

    def _columns_before(self, given: Given) -> None:
        if self.place.row is not None:
            self.place.row.before = _bounded(given)

    def _columns_after(self, given: Given) -> None:
        if self.place.row is not None:
            self.place.row.after = _bounded(given)

    def _hidden_row(self, given: Given) -> None:
        if self.place.row is not None and attribute(given, "val") not in ("0", "false", "off"):
            self.place.row.removed = True
            self.seen.hidden += 1

    def _span(self, given: Given) -> None:
        if self.place.cell is not None:
            self.place.cell.span = max(_bounded(given), 1)

    def _goes_down(self, given: Given) -> None:
        if self.place.cell is not None:
            self.place.cell.down = attribute(given, "val") or "continue"

    def _joins_left(self, given: Given) -> None:
        if self.place.cell is not None:
            self.place.cell.joins = attribute(given, "val") != "restart"

    def _deleted_cell(self, _given: Given) -> None:
        if self.place.cell is not None:
            self.place.cell.removed = True
            self.seen.changes += 1

    def _box(self, _given: Given) -> None:
        self._enter(Place([]))

    def _end_box(self) -> None:
        held = self._leave_place().blocks
        around = self.place.paragraph
        (around.boxes if around is not None else self.place.blocks).extend(held)

    def _drawn_words(self, given: Given) -> None:
        """Take the words of a drawn title (WordArt of old files)."""
        words, around = given.get("string", "").strip(), self.place.paragraph
        if words and around is not None:
            around.boxes.append(words)

    def _note_text(self, given: Given) -> None:
        if attribute(given, "type") in ("separator", "continuationSeparator", "continuationNotice"):
            self._skip = 1
            return
        blocks: list[str | RawTable] = []
        self.notes[attribute(given, "id") or ""] = blocks
        self._enter(Place(blocks))

    def _end_note_text(self) -> None:
        self._leave_place()

    def _alternatives(self, _given: Given) -> None:
        self._choices.append(False)

    def _end_alternatives(self) -> None:
        if self._choices:
            self._choices.pop()

    def _alternative(self, _given: Given) -> None:
        """Read the first of several ways to say the same, pass over the others."""
        if not self._choices:
            return
        if self._choices[-1]:
            self._skip = 1
        self._choices[-1] = True

    def _start_handlers(self) -> dict[str, Callable[[Given], None]]:
        """Return what is done where an element begins; those that only wrap others need nothing."""
        own: dict[str, Callable[[Given], None]] = {
            **dict.fromkeys(_LEFT_OUT, self.leave),
            **dict.fromkeys(("t", "instrText"), self.text),
            **dict.fromkeys(("tab", "ptab"), self.tab),
            **dict.fromkeys(("br", "cr"), self.line_break),
            **dict.fromkeys(("del", "moveFrom"), self.deleted),
            **dict.fromkeys(("ins", "moveTo"), self.inserted),
            **dict.fromkeys(("object", "altChunk", "subDoc"), self.embedded),
            **dict.fromkeys(("footnote", "endnote"), self._note_text),
            "p": self._paragraph, "r": self.run, "rPr": self.run_properties,
            "pPr": self.paragraph_properties, "trPr": self.row_properties,
            "sdtPr": self.control_properties, "pStyle": self.paragraph_style,
            "rStyle": self.run_style, "vanish": self.vanish, "numId": self.list_id,
            "ilvl": self.list_level, "noBreakHyphen": self.hyphen, "sym": self.sign,
            "footnoteReference": self.footnote, "endnoteReference": self.endnote,
            "commentReference": self.comment, "sdt": self.control,
            "sdtContent": self.control_content, "showingPlcHdr": self.prompt,
            "fldChar": self.field_sign, "fldSimple": self.simple_field,
            "listEntry": self.form_entry, "default": self.form_default,
            "result": self.form_result, "checkBox": self.form_box, "checked": self.form_ticked,
            "tbl": self._table, "tr": self._row, "tc": self._cell, "gridCol": self._column,
            "gridBefore": self._columns_before, "gridAfter": self._columns_after,
            "hidden": self._hidden_row, "gridSpan": self._span, "vMerge": self._goes_down,
            "hMerge": self._joins_left, "cellDel": self._deleted_cell, "txbxContent": self._box,
        }  # fmt: skip
        drawn = {"picture pic": self.picture, "chart chart": self.chart}
        drawn["diagram relIds"] = self.chart
        return {
            **{f"{space} {tag}": handle for space in WORD for tag, handle in own.items()},
            **{f"{space}{tag}": handle for space in _DRAWING for tag, handle in drawn.items()},
            **dict.fromkeys((f"{space} t" for space in _MATH), self.text),
            **dict.fromkeys((f"{_CHOICE} Choice", f"{_CHOICE} Fallback"), self._alternative),
            f"{_CHOICE} AlternateContent": self._alternatives,
            f"{_VML} textpath": self._drawn_words,
            f"{_VML} imagedata": self.picture,
            _NEWER_CHART: self.chart,
        }

    def _end_handlers(self) -> dict[str, Callable[[], None]]:
        own: dict[str, Callable[[], None]] = {
            **dict.fromkeys(("rPr", "pPr", "trPr", "sdtPr"), self.end_properties),
            **dict.fromkeys(("footnote", "endnote"), self._end_note_text),
            "t": self.end_text, "instrText": self.end_instruction, "r": self.end_run,
            "sdt": self.end_control, "sdtContent": self.end_control_content,
            "fldSimple": self.end_simple_field, "p": self._end_paragraph,
            "tbl": self._end_table, "tr": self._end_row, "tc": self._end_cell,
            "txbxContent": self._end_box,
        }  # fmt: skip
        return {
            **{f"{space} {tag}": handle for space in WORD for tag, handle in own.items()},
            **dict.fromkeys((f"{space} t" for space in _MATH), self.end_text),
            f"{_CHOICE} AlternateContent": self._end_alternatives,
        }


def _joined(above: Paragraph, below: Paragraph) -> Paragraph:
    """Return two paragraphs as one; it is numbered like the first that holds words."""
    if not any(above.parts):
        below.boxes[:0] = above.boxes
        return below
    above.parts += below.parts
    above.boxes += below.boxes
    return above


def _bounded(given: Given) -> int:
    return min(max(whole(attribute(given, "val")) or 0, 0), _WIDEST)
