"""An old Word document (.doc, .wps; Word 97 to 2003) → running text, grids, properties."""

from __future__ import annotations

import struct
from itertools import pairwise
from typing import TYPE_CHECKING

from tracker.files.doc_file import Part, WordFile, plc_entries
from tracker.files.doc_lists import numbering_of
from tracker.files.doc_properties import Properties
from tracker.files.doc_shapes import drawn_in
from tracker.files.doc_story import Document, read_story
from tracker.files.document_reading import reading_of, words_around
from tracker.files.docx_blocks import Seen
from tracker.files.docx_table import blocks_text
from tracker.files.ole import OLE_DAMAGE, Container
from tracker.files.package import Damaged, damaged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.files.docx_numbering import Numbering
    from tracker.files.reading import Reading, Request

_SECTIONS, _HEADERS, _FONTS = 6, 11, 15
_SECTION_BYTES = 12
# Kind, its words, the block of the references and that of the texts.
_NOTES = (("footnote", "脚注", 2, 3), ("endnote", "尾注", 46, 47))
# Six stories speak of the lines between notes; then six for each section.
_FIRST_HEADER, _PER_SECTION = 6, 6
_HEADER_KINDS = ("页眉", "页眉", "页脚", "页脚", "页眉", "页脚")


def read_old_document(data: bytes, request: Request) -> Reading:
    """Read a document: its text as Word shows it with all tracked changes accepted.

    Raises:
        FileProblem: damaged, of an older format, too large, or without text.
        PasswordNeeded: it is locked.
        Cancelled: the user asked to stop.
    """
    try:
        container = Container(data)
        return _Reader(WordFile(container, request), request).reading(container)
    except Damaged as error:
        raise damaged(request.name, str(error), "Word") from error
    except OLE_DAMAGE as error:
        raise damaged(request.name, program="Word") from error


class _Reader:
    """Reads the parts of one document."""

    def __init__(self, file: WordFile, request: Request) -> None:
        self._file = file
        self._request = request
        self._properties = Properties(file)
        drawn, self._loose = drawn_in(file)
        self._held = dict(self._note_texts())
        sections = frozenset(
            stop - 1 for _, stop, _ in plc_entries(file.block(_SECTIONS), _SECTION_BYTES)
        )
        self._document = Document(
            file,
            self._properties,
            numbering_of(file),
            _fonts(file.block(_FONTS)),
            drawn=drawn,
            sections=sections,
            notes={cp: note for cp, (note, _) in self._held.items()},
            step=self._step,
        )

    def reading(self, container: Container) -> Reading:
        """Return what the document gives."""
        document = self._document
        blocks = read_story(document, self._file.body)
        for part in self._loose:
            held = read_story(document, part)
            blocks += held if blocks_text(held).strip() else []
        notes = list(self._notes())
        around = self._around()
        properties = container.custom_properties()
        return reading_of(self._request.name, blocks, notes, document.seen, around, properties)

    def _step(self, paragraph: int) -> None:
        self._request.step(f"正在读取“{self._request.name}”", paragraph)

    def _note_texts(self) -> Iterator[tuple[int, tuple[tuple[str, str], Part]]]:
        """Yield each note: the character that refers to it, its kind and number, its text."""
        parts = {"footnote": self._file.footnotes, "endnote": self._file.endnotes}
        for kind, _, references, texts in _NOTES:
            cps = [cp for cp, _, _ in plc_entries(self._file.block(references), 2)]
            base, end = parts[kind].start, parts[kind].end
            places = _numbers(self._file.block(texts))
            for number, (cp, (start, stop)) in enumerate(
                zip(cps, pairwise(places), strict=False), 1
            ):
                part = Part(base + start, min(base + stop, end))
                yield cp, ((kind, str(number)), part)

    def _notes(self) -> Iterator[str]:
        """Yield the notes that the text refers to, each with its kind and number."""
        referred = set(self._document.seen.notes)
        for kind, words, _, _ in _NOTES:
            wanted = [
                part
                for _, (note, part) in sorted(self._held.items())
                if note in referred and note[0] == kind
            ]
            for number, part in enumerate(wanted, 1):
                yield f"［{words}{number}］{blocks_text(read_story(self._document, part)).strip()}"

    def _around(self) -> dict[str, list[str]]:
        """Return what headers and footers hold beside page numbers."""
        around: dict[str, list[str]] = {"页眉": [], "页脚": []}
        # Numbers and pictures there are nothing to count or to warn of.
        plain: Numbering | None = None
        document = Document(self._file, self._properties, plain, seen=Seen())
        base, end = self._file.headers.start, self._file.headers.end
        places = _numbers(self._file.block(_HEADERS))
        for index, (start, stop) in enumerate(pairwise(places)):
            part = Part(base + start, min(base + stop, end))
            if index < _FIRST_HEADER or part.start >= part.end:
                continue
            kind = _HEADER_KINDS[(index - _FIRST_HEADER) % _PER_SECTION]
            around[kind].append(words_around(read_story(document, part)))
        return around


def _numbers(block: bytes) -> tuple[int, ...]:
    return struct.unpack_from(f"<{len(block) // 4}I", block)


def _fonts(block: bytes) -> tuple[str, ...]:
    """Return the names of the fonts."""
    if len(block) < 4:
        return ()
    (count,) = struct.unpack_from("<H", block)
    names, at = [], 4
    for _ in range(count):
        if at >= len(block):
            break
        size = block[at]
        name = block[at + 40 : at + 1 + size].decode("utf-16-le", "replace")
        names.append(name.partition("\0")[0])
        at += 1 + size
    return tuple(names)
