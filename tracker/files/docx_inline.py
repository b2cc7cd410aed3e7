"""What stands inside a paragraph of a document: runs, breaks, signs, fields, tracked changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.files.docx_fields import Field
from tracker.files.docx_styles import is_on, whole
from tracker.files.docx_symbols import symbol

if TYPE_CHECKING:
    from tracker.files.docx_blocks import RawCell, RawRow, RawTable, Seen
    from tracker.files.docx_styles import Styles

WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_SPACE = "http://www.w3.org/XML/1998/namespace space"
_MARK, _RUN, _PARAGRAPH, _ROW, _OTHER = "mark", "run", "paragraph", "row", "other"

Given = dict[str, str]
"""The attributes of an element, names with their namespace."""


@dataclass(slots=True)
class Paragraph:
    """A paragraph being read.

    Attributes:
        list_id: the list it names itself; 0 takes it out of its style's list.
        mark_removed: its end is deleted or hidden, so that the next one goes on with it.
        boxes: what text boxes anchored in it hold.
    """

    parts: list[str] = field(default_factory=list)
    style: str = ""
    list_id: int | None = None
    level: int | None = None
    mark_removed: bool = False
    boxes: list[str | RawTable] = field(default_factory=list)


@dataclass(slots=True)
class Run:
    """A run being read: hidden by itself, or perhaps by its style."""

    hidden: bool | None = None
    style: str = ""


@dataclass(slots=True)
class Place:
    """Where the reading stands; text boxes, tables and cells open a place of their own.

    Attributes:
        waiting: paragraphs whose end is deleted or hidden, waiting for the next one.
    """

    blocks: list[str | RawTable]
    paragraph: Paragraph | None = None
    run: Run | None = None
    table: RawTable | None = None
    row: RawRow | None = None
    cell: RawCell | None = None
    waiting: Paragraph | None = None
    fields: list[Field] = field(default_factory=list)


def attribute(given: Given, name: str) -> str | None:
    """Return an attribute of WordprocessingML, in whichever of its namespaces."""
    for space in WORD:
        value = given.get(f"{space} {name}")
        if value is not None:
            return value
    return given.get(name)


class Inline:
    """Keeps the text of the paragraph being read; the methods take elements as they come.

    Attributes:
        seen: what was left out or changed, for warnings.
        characters: how many were read so far.
    """

    def __init__(self, styles: Styles, seen: Seen) -> None:
        """`styles` are the document's."""
        self.seen = seen
        self.characters = 0
        self.place = Place([])
        self._styles = styles
        self._skip = 0
        self._taking: list[str] | None = None
        self._keeps_space = False
        self._contexts: list[str] = []
        self._prompts: list[bool] = []
        self._prompting = 0
        self._hidden_styles: dict[str, bool] = {}

    def add(self, text: str) -> None:
        """Take text as it is shown: into the paragraph, or into a field's instruction."""
        place = self.place
        for open_ in reversed(place.fields):
            if not open_.in_result:
                open_.instruction.append(text)
                return
            open_.is_filled = True
        if place.paragraph is None or self._prompting:
            return
        if self._is_hidden():
            self.seen.hidden += len(text)
            return
        place.paragraph.parts.append(text)
        self.characters += len(text)

    def hides(self, style: str) -> bool:
        """Tell whether a style hides its text."""
        if style not in self._hidden_styles:
            self._hidden_styles[style] = self._styles.hides(style)
        return self._hidden_styles[style]

    def hides_paragraph(self, paragraph: Paragraph) -> bool:
        """Tell whether the style of a paragraph hides it."""
        return self.hides(paragraph.style or self._styles.default)

    def _is_hidden(self) -> bool:
        run, paragraph = self.place.run, self.place.paragraph
        if run is not None and run.hidden is not None:
            return run.hidden
        if run is not None and run.style and self.hides(run.style):
            return True
        return paragraph is not None and self.hides_paragraph(paragraph)

    def _context(self) -> str:
        return self._contexts[-1] if self._contexts else ""

    def leave(self, _given: Given) -> None:
        """Pass over an element with all that is in it."""
        self._skip = 1

    def run(self, _given: Given) -> None:
        """Begin a run."""
        self.place.run = Run()

    def end_run(self) -> None:
        """End a run."""
        self.place.run = None

    def text(self, given: Given) -> None:
        """Begin the text of a run."""
        self._taking = []
        self._keeps_space = given.get(_SPACE) == "preserve"

    def end_text(self) -> None:
        """End the text of a run; blanks around it count only where the file says so."""
        text = "".join(self._taking or ()).replace("\r", "").replace("\n", " ")
        self._taking = None
        text = text if self._keeps_space else text.strip(" \t")
        if text:
            self.add(text)

    def end_instruction(self) -> None:
        """End a piece of a field's instruction."""
        text = "".join(self._taking or ())
        self._taking = None
        fields = self.place.fields
        if fields and not fields[-1].in_result:
            fields[-1].instruction.append(text)

    def tab(self, _given: Given) -> None:
        """Take a tab; the same tag in a paragraph's properties only sets a stop."""
        if not self._contexts:
            self.add("\t")

    def line_break(self, given: Given) -> None:
        """Take a line break; one of a page or column ends a line that has begun."""
        paragraph = self.place.paragraph
        if attribute(given, "type") not in ("page", "column") or (paragraph and paragraph.parts):
            self.add("\n")

    def hyphen(self, _given: Given) -> None:
        """Take a hyphen at which no line is broken."""
        self.add("-")

    def sign(self, given: Given) -> None:
        """Take a sign of a symbol font."""
        self.add(symbol(attribute(given, "font") or "", attribute(given, "char") or ""))

    def footnote(self, given: Given) -> None:
        """Note that a footnote is referred to here."""
        self._note("footnote", given)

    def endnote(self, given: Given) -> None:
        """Note that an endnote is referred to here."""
        self._note("endnote", given)

    def _note(self, kind: str, given: Given) -> None:
        if not self._is_hidden():
            self.seen.notes.append((kind, attribute(given, "id") or ""))

    def comment(self, _given: Given) -> None:
        """Count a comment."""
        self.seen.comments += 1

    def picture(self, _given: Given) -> None:
        """Count a picture."""
        self.seen.pictures += 1

    def chart(self, _given: Given) -> None:
        """Count a chart or diagram."""
        self.seen.charts += 1

    def embedded(self, _given: Given) -> None:
        """Count another file inside the document, and pass over its preview."""
        self.seen.embedded += 1
        self._skip = 1

    def run_properties(self, _given: Given) -> None:
        """Begin properties: of a run, of the paragraph's end, of something else."""
        around = self._context()
        if around == _PARAGRAPH:
            self._contexts.append(_MARK)
        else:
            in_run = not around and self.place.run is not None
            self._contexts.append(_RUN if in_run else _OTHER)

    def paragraph_properties(self, _given: Given) -> None:
        """Begin the properties of a paragraph."""
        self._contexts.append(_PARAGRAPH)

    def row_properties(self, _given: Given) -> None:
        """Begin the properties of a row."""
        self._contexts.append(_ROW)

    def end_properties(self) -> None:
        """End properties."""
        if self._contexts:
            self._contexts.pop()

    def vanish(self, given: Given) -> None:
        """Note that a run or the end of a paragraph is hidden."""
        hidden = is_on(attribute(given, "val"))
        context = self._context()
        if context == _RUN and self.place.run is not None:
            self.place.run.hidden = hidden
        elif context == _MARK and hidden and self.place.paragraph is not None:
            self.place.paragraph.mark_removed = True

    def run_style(self, given: Given) -> None:
        """Note the style of a run."""
        if self._context() == _RUN and self.place.run is not None:
            self.place.run.style = attribute(given, "val") or ""

    def paragraph_style(self, given: Given) -> None:
        """Note the style of a paragraph."""
        if self.place.paragraph is not None:
            self.place.paragraph.style = attribute(given, "val") or ""

    def list_id(self, given: Given) -> None:
        """Note the list of a paragraph."""
        if self.place.paragraph is not None:
            self.place.paragraph.list_id = whole(attribute(given, "val"))

    def list_level(self, given: Given) -> None:
        """Note the level of a paragraph in its list."""
        if self.place.paragraph is not None:
            self.place.paragraph.level = whole(attribute(given, "val"))

    def deleted(self, _given: Given) -> None:
        """Take a tracked deletion as accepted: of text, of a paragraph's end, of a row."""
        self.seen.changes += 1
        context = self._context()
        if context == _MARK and self.place.paragraph is not None:
            self.place.paragraph.mark_removed = True
        elif context == _ROW and self.place.row is not None:
            self.place.row.removed = True
        else:
            self._skip = 1

    def inserted(self, _given: Given) -> None:
        """Take a tracked insertion as accepted."""
        self.seen.changes += 1

    def control_properties(self, _given: Given) -> None:
        """Begin the properties of a content control."""
        self._contexts.append(_OTHER)

    def control(self, _given: Given) -> None:
        """Begin a content control."""
        self._prompts.append(False)

    def end_control(self) -> None:
        """End a content control."""
        if self._prompts:
            self._prompts.pop()

    def prompt(self, given: Given) -> None:
        """Note that a control shows only what to fill in."""
        if self._prompts and is_on(attribute(given, "val")):
            self._prompts[-1] = True
            self.seen.prompts += 1

    def control_content(self, _given: Given) -> None:
        """Begin what a control holds."""
        self._prompting += bool(self._prompts and self._prompts[-1])

    def end_control_content(self) -> None:
        """End what a control holds."""
        self._prompting -= bool(self._prompts and self._prompts[-1])

    def field_sign(self, given: Given) -> None:
        """Take the begin, the separator or the end of a field."""
        kind, fields = attribute(given, "fldCharType"), self.place.fields
        if kind == "begin":
            fields.append(Field())
        elif kind == "separate" and fields:
            fields[-1].in_result = True
        elif kind == "end" and fields:
            self.add(fields.pop().shown())

    def simple_field(self, given: Given) -> None:
        """Begin a field whose result stands inside its element."""
        self.place.fields.append(Field([attribute(given, "instr") or ""], in_result=True))

    def end_simple_field(self) -> None:
        """End such a field."""
        if self.place.fields:
            self.add(self.place.fields.pop().shown())

    def form_entry(self, given: Given) -> None:
        """Take an entry of a drop-down box of an old form."""
        if self.place.fields:
            self.place.fields[-1].choices.append(attribute(given, "val") or "")

    def form_default(self, given: Given) -> None:
        """Take the state of a form box that nobody changed."""
        if self.place.fields:
            self.place.fields[-1].set_default(attribute(given, "val"))

    def form_result(self, given: Given) -> None:
        """Take the chosen entry of a drop-down box."""
        if self.place.fields:
            self.place.fields[-1].chosen = whole(attribute(given, "val"))

    def form_box(self, _given: Given) -> None:
        """Begin a tick box of an old form."""
        if self.place.fields:
            self.place.fields[-1].ticked = False

    def form_ticked(self, given: Given) -> None:
        """Take the state of a tick box."""
        if self.place.fields:
            self.place.fields[-1].ticked = is_on(attribute(given, "val"))
