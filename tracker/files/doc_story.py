"""A part of an old Word file (body, a footnote, a text box) → paragraphs and tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.files.doc_forms import take_form
from tracker.files.doc_table import Tables
from tracker.files.docx_blocks import RawTable, Seen
from tracker.files.docx_fields import Field
from tracker.files.docx_numbering import numbered
from tracker.files.docx_symbols import symbol
from tracker.files.xls_records import mended

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tracker.files.doc_file import Part, WordFile
    from tracker.files.doc_properties import Look, ParagraphLook, Properties
    from tracker.files.doc_shapes import Drawn
    from tracker.files.docx_numbering import Numbering

_END = re.compile("[\r\x07]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f]")
_CELL_END, _PAGE_END = "\x07", "\x0c"
_EMBEDDED = re.compile(r"\s*(?:EMBED|LINK)\b", re.IGNORECASE)
_STEP = 500


@dataclass(slots=True)
class Document:
    """What the parts of a file share.

    Attributes:
        drawn: what is anchored at which character.
        sections: the characters that end a section.
        notes: by the character that refers to it, the kind and number of a note.
        step: told the number of paragraphs now and then.
    """

    file: WordFile
    properties: Properties
    numbering: Numbering | None
    fonts: tuple[str, ...] = ()
    seen: Seen = field(default_factory=Seen)
    drawn: Mapping[int, Drawn] = field(default_factory=dict)
    sections: frozenset[int] = frozenset()
    notes: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    step: Callable[[int], None] | None = None


@dataclass(slots=True)
class _Paragraph:
    """A paragraph being read: its words, its list, and what boxes anchored in it hold."""

    look: ParagraphLook
    parts: list[str] = field(default_factory=list)
    boxes: list[str | RawTable] = field(default_factory=list)


def read_story(document: Document, part: Part) -> list[str | RawTable]:
    """Return the paragraphs and tables of a part.

    Raises:
        Damaged, struct.error …: see `ole.OLE_DAMAGE`.
        FileProblem: it holds too much.
        Cancelled: the user asked to stop.
    """
    return _Story(document, in_box=False).read(part)


class _Story:
    def __init__(self, document: Document, *, in_box: bool) -> None:
        self._document = document
        self._in_box = in_box
        self._seen = document.seen
        self._tables = Tables()
        self._fields: list[Field] = []
        self._waiting: _Paragraph | None = None
        self._paragraph: _Paragraph | None = None

    def read(self, part: Part) -> list[str | RawTable]:
        text, at, count = self._document.file.text, part.start, 0
        end = min(part.end, len(text))
        while at < end:
            stop = self._paragraph_end(at, end)
            self._take(at, stop)
            at = stop
            count += 1
            if self._document.step is not None and count % _STEP == 0:
                self._document.step(count)
        self._flush()
        return self._tables.finish()

    def _paragraph_end(self, at: int, end: int) -> int:
        """Return the place behind the paragraph that begins at `at`."""
        found = _END.search(self._document.file.text, at, end)
        stop = found.end() if found else end
        # The end of a section ends a paragraph as well; that of a page does not.
        page = self._document.file.text.find(_PAGE_END, at, stop)
        while page >= 0:
            if page in self._document.sections:
                return page + 1
            page = self._document.file.text.find(_PAGE_END, page + 1, stop)
        return stop

    def _take(self, start: int, stop: int) -> None:
        """Take one paragraph with the sign that ends it."""
        document, last = self._document, stop - 1
        look = document.properties.paragraph(last)
        mark = document.file.text[last]
        ends = mark in "\r\x07\x0c"
        waiting = self._waiting
        if waiting is not None and (look.ends_row or look.depth != waiting.look.depth):
            self._flush()
        self._tables.enter(look.depth)
        if look.ends_row and look.depth:
            removed = document.properties.look(last).deleted
            self._tables.end_row(look, removed=removed)
            return
        self._paragraph = _Paragraph(look)
        self._words(start, last if ends else stop)
        ends_cell = look.depth > 0 and (mark == _CELL_END or look.ends_cell)
        self._end_paragraph(last, ends_cell=ends_cell)

    def _end_paragraph(self, last: int, *, ends_cell: bool) -> None:
        paragraph, self._paragraph = self._paragraph, None
        if paragraph is None:
            return
        # A field that never reached its result would swallow the rest of the document.
        self._fields = [open_ for open_ in self._fields if open_.in_result]
        mark = self._document.properties.look(last)
        removed = mark.deleted or self._document.properties.hides(mark, paragraph.look.style)
        if mark.deleted or mark.inserted:
            self._seen.changes += 1
        above, self._waiting = self._waiting, None
        if above is not None:
            paragraph = _joined(above, paragraph)
        if removed and not ends_cell:
            self._waiting = paragraph
            return
        self._keep(paragraph)
        if ends_cell:
            self._tables.end_cell()

    def _flush(self) -> None:
        """Keep a paragraph whose end is gone, where no other follows it."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None and (any(waiting.parts) or waiting.boxes):
            self._keep(waiting)

    def _keep(self, paragraph: _Paragraph) -> None:
        text = "".join(paragraph.parts)
        text = text if text.isascii() else mended(text)
        look, numbering = paragraph.look, self._document.numbering
        if look.list_id is not None and numbering is not None:
            place = numbering.place("", look.list_id, look.level)
            if place is not None:
                text = numbered(*numbering.label(place), text)
        self._tables.add([text, *paragraph.boxes])

    # Words

    def _words(self, start: int, stop: int) -> None:
        document = self._document
        style = self._paragraph.look.style if self._paragraph else 0
        for first, last, look in document.properties.runs(start, stop):
            if look.inserted or look.deleted:
                self._seen.changes += 1
            if look.deleted:
                self._skip(first, last)
            elif document.properties.hides(look, style):
                self._seen.hidden += len(_CONTROL.sub("", document.file.text[first:last]))
                self._skip(first, last)
            else:
                self._run(first, last, look)

    def _skip(self, first: int, last: int) -> None:
        """Pass over characters that are not shown, but not over where fields begin and end."""
        text = self._document.file.text
        for at in range(first, last):
            if text[at] in "\x13\x14\x15":
                self._field_sign(text[at])

    def _run(self, first: int, last: int, look: Look) -> None:
        text = self._document.file.text
        if look.symbol is not None:
            font, code = look.symbol
            fonts = self._document.fonts
            name = fonts[font] if font < len(fonts) else ""
            self._add(symbol(name, f"{code:x}") * (last - first))
            return
        at = first
        for found in _CONTROL.finditer(text, first, last):
            self._add(text[at : found.start()])
            self._control(found[0], found.start(), look)
            at = found.end()
        self._add(text[at:last])

    def _add(self, text: str) -> None:
        if not text:
            return
        for open_ in reversed(self._fields):
            if not open_.in_result:
                open_.instruction.append(text)
                return
            open_.is_filled = True
        if self._paragraph is not None:
            self._paragraph.parts.append(text)

    def _control(self, sign: str, cp: int, look: Look) -> None:
        """Take a sign that stands for something else."""
        if sign in "\x13\x14\x15":
            self._field_sign(sign)
        elif sign == "\x0b":
            self._add("\n")
        elif sign in "\x0c\x0e":
            if self._paragraph is not None and self._paragraph.parts:
                self._add("\n")
        elif sign == "\x1e":
            self._add("-")
        elif sign == "\x01":
            self._picture(look)
        elif sign == "\x08":
            self._anchor(cp)
        elif sign == "\x05":
            self._seen.comments += 1
        elif cp in self._document.notes:
            self._seen.notes.append(self._document.notes[cp])

    def _field_sign(self, sign: str) -> None:
        if sign == "\x13":
            self._fields.append(Field())
        elif sign == "\x14" and self._fields:
            self._fields[-1].in_result = True
        elif sign == "\x15" and self._fields:
            self._add(self._fields.pop().shown())

    def _picture(self, look: Look) -> None:
        if look.is_form and self._fields and look.picture is not None:
            take_form(self._fields[-1], self._document.file.data, look.picture)
        elif any(_EMBEDDED.match("".join(open_.instruction)) for open_ in self._fields):
            self._seen.embedded += 1
        elif look.picture is not None and not look.is_form:
            self._seen.pictures += 1

    def _anchor(self, cp: int) -> None:
        """Take what is drawn here: the words of text boxes stand behind the paragraph."""
        drawn = self._document.drawn.get(cp)
        if drawn is None or self._paragraph is None or self._in_box:
            return
        self._seen.pictures += drawn.pictures
        self._paragraph.boxes += drawn.words
        for box in drawn.boxes:
            blocks = _Story(self._document, in_box=True).read(box)
            while blocks and not blocks[-1]:
                blocks.pop()
            self._paragraph.boxes += blocks


def _joined(above: _Paragraph, below: _Paragraph) -> _Paragraph:
    """Return two paragraphs as one; it is numbered like the first that holds words."""
    if not any(above.parts):
        below.boxes[:0] = above.boxes
        return below
    above.parts += below.parts
    above.boxes += below.boxes
    return above
