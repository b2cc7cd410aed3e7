"""A Word document (.docx, .docm, also one saved by WPS) → running text, grids, properties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.files.document_reading import reading_of, words_around
from tracker.files.docx_blocks import Seen
from tracker.files.docx_numbering import Numbering
from tracker.files.docx_story import Story
from tracker.files.docx_styles import Styles
from tracker.files.docx_table import blocks_text
from tracker.files.package import DAMAGE, Damaged, Package, custom_properties, damaged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.files.package import Relation
    from tracker.files.reading import Reading, Request

_NOTES = {"footnote": ("footnotes", "脚注"), "endnote": ("endnotes", "尾注")}
_AROUND = (("header", "页眉"), ("footer", "页脚"))


def read_document(data: bytes, request: Request) -> Reading:
    """Read a document: its text as Word shows it with all tracked changes accepted.

    Raises:
        FileProblem: damaged, locked, too large, or without text.
        Cancelled: the user asked to stop.
    """
    try:
        return _Reader(Package(data, request.name), request).reading()
    except Damaged as error:
        raise damaged(request.name, str(error), "Word") from error
    except DAMAGE as error:
        raise damaged(request.name, program="Word") from error


class _Reader:
    """Reads the parts of one document."""

    def __init__(self, package: Package, request: Request) -> None:
        self._package = package
        self._request = request
        self._seen = Seen()
        self._root = next(
            (link.target for link in package.relations("") if link.type == "officeDocument"),
            "word/document.xml",
        )
        self._links = package.relations(self._root)
        self._styles = Styles.read(package, self._part("styles"))
        self._numbering = Numbering(package, self._part("numbering"), self._styles)

    def reading(self) -> Reading:
        """Return what the document gives."""
        blocks = self._story(self._root).blocks
        notes = list(self._notes())
        around = {words: self._around(type_) for type_, words in _AROUND}
        properties = custom_properties(self._package)
        return reading_of(self._request.name, blocks, notes, self._seen, around, properties)

    def _part(self, type_: str) -> str:
        return next((link.target for link in self._links if link.type == type_), "")

    def _story(self, part: str) -> Story:
        def step(paragraph: int) -> None:
            self._request.step(f"正在读取“{self._request.name}”", paragraph)

        story = Story(self._styles, self._numbering, self._seen, step)
        story.read(self._package.chunks(part))
        return story

    def _notes(self) -> Iterator[str]:
        """Yield the notes that the text refers to, each with its kind and number."""
        referred = list(dict.fromkeys(self._seen.notes))
        for kind, (type_, words) in _NOTES.items():
            wanted = [note for of, note in referred if of == kind]
            part = self._part(type_)
            if not wanted or not self._package.has(part):
                continue
            held = self._story(part).notes
            found = [blocks_text(held[note]).strip() for note in wanted if note in held]
            yield from (f"［{words}{number}］{text}" for number, text in enumerate(found, 1))

    def _around(self, type_: str) -> list[str]:
        """Return what headers or footers hold beside page numbers."""
        links = (link for link in self._links if link.type == type_)
        return [self._words_of(link) for link in links if self._package.has(link.target)]

    def _words_of(self, link: Relation) -> str:
        # Numbers and pictures there are nothing to count or to warn of.
        plain = Numbering(self._package, "", self._styles)
        story = Story(self._styles, plain, Seen())
        story.read(self._package.chunks(link.target))
        return words_around(story.blocks)
