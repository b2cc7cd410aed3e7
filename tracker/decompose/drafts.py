"""A measure becomes a draft: its words, units, persons, deadline, parts and doubts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.decompose.body import HEADINGS_ONLY, NO_UNITS
from tracker.decompose.figures import figures_in
from tracker.decompose.headings import heading_of
from tracker.decompose.marks import Style
from tracker.decompose.sources import passages_of
from tracker.decompose.titles import title_of, without_separator
from tracker.domain.draft import Draft, Quote
from tracker.domain.table import NO_ROLES, Item, Roles
from tracker.domain.terms import Role
from tracker.duties.deadlines import read_deadline_cell, states_deadline
from tracker.duties.items import mark_number, read_items
from tracker.duties.labelled import labelled_roles
from tracker.duties.passages import Found, find_notes
from tracker.duties.plan_deadlines import find_plan_deadline
from tracker.duties.prose import further_sentences, prose_roles, unassigned_sentences
from tracker.duties.reading import Note, read_note
from tracker.duties.unit_lists import is_unit_list
from tracker.duties.vocabulary import plain
from tracker.text.dates import find_dates

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.decompose.body import Body, Measure, Span
    from tracker.decompose.outline import Node
    from tracker.decompose.view import View
    from tracker.domain.deadline import Deadline

_NO_PATH = (Style.ANNEX,)
_MOST_QUOTED = 24
_LONGEST_STACKED = 40
_NEXT_PART = re.compile(r"[；;。\s]*(?:[②-⑳⑵-⒇❷-❿]|[（(]\s*(?:[2-9]|1\d)\s*[)）])")
_OPENERS = "（(【[〔［"
_HEADING_MARK = re.compile(r"^[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．]?\s*")
_DUE_BELOW = re.compile(r"(?P<when>.{2,20}?)的?(?:任务|事项|工作|项目)(?:[（(].*[）)])?。?")


@dataclass(slots=True)
class Drafting:
    """What drafting goes by; the rule 下同 is carried from note to note.

    Attributes:
        day: gives the year where a sentence names none.
        issued: the document's date, from which 印发后30日内 counts.
        prose: sentences assign, for the document has no notes.
        first_leads: the first of a list leads.
        last_roles: the units of the task before, which 同上 means.
    """

    view: View
    body: Body
    day: date | None
    issued: date | None
    prose: bool
    first_leads: bool = False
    last_roles: Roles = NO_ROLES

    def draft(self, measure: Measure) -> Draft:
        """Return the draft of one measure."""
        notes = [self._note(found) for found in (*measure.notes, *measure.shared)]
        gaps = [(note.start, note.end) for note in measure.notes]
        text = without_separator(self._words(measure.spans, gaps))
        items = self._items(measure, text)
        in_items = any(item.roles for item in items)
        note = NO_NOTE if in_items or not notes else _joined(notes)
        if items and note.by_mark:
            note, items = _handed_out(note, items)
            in_items = any(item.roles for item in items)
        if note.same_as_above:
            note = replace(note, roles=self.last_roles)
        doubts = [*measure.doubts, *note.doubts, *self._left_below(measure, note)]
        roles, persons = note.roles, note.persons
        if not notes:
            spoken = prose_roles(text, anywhere=self.prose) or labelled_roles(text)
            roles, persons = spoken.roles, spoken.persons
        if roles or in_items:
            doubts = [doubt for doubt in doubts if doubt != NO_UNITS]
        self.last_roles = roles or self.last_roles
        known = [name for held in (roles, *(item.roles for item in items)) for name in held.names()]
        others = () if notes else further_sentences(text, known)
        doubts += _unassigned((*unassigned_sentences(text, known), *others))
        path = self._path(measure)
        deadline = self._deadline(note, _before_items(text, items) if in_items else text)
        deadline = deadline or self._due_by_heading(path)
        if deadline is not None and deadline.doubtful:
            doubts.append(f"时限“{deadline.text}”不能确定日期，请确认")
        return Draft(
            number=_number(measure),
            path=path,
            title=title_of(text),
            text=text,
            quote=self._quote(measure),
            roles=roles,
            persons=persons,
            deadline=deadline,
            items=items,
            figures=figures_in(text),
            passages=passages_of(self.view, measure, roles, persons, deadline),
            doubts=tuple(dict.fromkeys(doubts)),
        )

    def _path(self, measure: Measure) -> tuple[str, ...]:
        above = measure.node.above()
        if measure.heading is not None or not _number(measure):
            above.append(measure.node)
        path = [heading_of(self.body, node) for node in above if _is_heading(node)]
        if measure.heading is not None:
            path.append(self.view.text[slice(*measure.heading)].strip())
        return tuple(filter(None, path))

    def _note(self, span: Found) -> Note:
        note = read_note(self.view.text[span.start : span.end], first_leads=self.first_leads)
        self.first_leads = self.first_leads or note.onward
        return note

    def _words(self, spans: Sequence[Span], gaps: Sequence[Span]) -> str:
        """Return the words of the spans less the gaps, paragraphs parted by a line end."""
        pieces: list[str] = []
        for start, end in spans:
            position = start
            for first, last in gaps:
                if start <= first < end:
                    pieces.append(self.view.text[position:first])
                    position = min(last, end)
            pieces.append(self.view.text[position:end])
            pieces.append("\n")
        lines = (line.strip() for line in "".join(pieces).split("\n"))
        return "\n".join(line for line in lines if line)

    def _items(self, measure: Measure, text: str) -> tuple[Item, ...]:
        """Return the parts ①②③, each with the units that its own words name."""
        whole = text
        if len(measure.notes) > 1 or self._goes_on_behind(measure):
            whole = self._words(measure.spans, ())
        printed = [self.view.text[note.start : note.end] for note in measure.notes]
        items: list[Item] = []
        for mark, words in read_items(whole):
            notes = _notes_in(words, printed) if measure.notes else []
            note = _joined([read_note(words[n.start : n.end]) for n in notes]) if notes else NO_NOTE
            own = words
            for found in reversed(notes):
                own = own[: found.start] + own[found.end :]
            own = own.strip().rstrip("；;。").rstrip()
            deadline = self._deadline(note, own)
            items.append(Item(mark, own, note.roles, note.persons, deadline))
        return tuple(items)

    def _goes_on_behind(self, measure: Measure) -> bool:
        """Whether a part ② follows the only note, which is then that of the part before it."""
        if not measure.notes:
            return False
        start, end = measure.notes[0].end, measure.spans[-1][1]
        return _NEXT_PART.match(self.body.matched, start, end) is not None

    def _deadline(self, note: Note, text: str) -> Deadline | None:
        if note.deadline:
            return read_deadline_cell(note.deadline, self.day)
        return find_plan_deadline(text, self.day, self.issued)

    def _due_by_heading(self, path: Sequence[str]) -> Deadline | None:
        """Return the deadline that a heading states for all below it (6月底前完成的任务)."""
        for heading in reversed(path):
            words = _HEADING_MARK.sub("", heading)
            found = _DUE_BELOW.fullmatch(words)
            if found is not None and states_deadline(found["when"]):
                return find_plan_deadline(found["when"], self.day, self.issued)
        return None

    def _left_below(self, measure: Measure, note: Note) -> list[str]:
        """Return the doubt about a unit alone on the line below a label with its units.

        It may be one more of them, or head what follows.
        """
        text = self.view.text
        last = measure.notes[-1] if measure.notes else None
        if last is None or text[last.start] in _OPENERS or not note.roles:
            return []
        below = text[last.end : measure.node.end].split("\n", 1)[1:]
        line, _, onward = below[0].lstrip().partition("\n") if below else ("", "", "")
        words = line.strip().rstrip("。；;、，,")
        signs = (date.start for date in find_dates(onward.lstrip()[:_MOST_QUOTED]))
        if len(words) > _LONGEST_STACKED or not is_unit_list(words) or next(signs, None) == 0:
            return []
        known = words in note.roles.names()
        return [] if known else [f"责任单位下面另起一行写有“{words}”，未作分派，请确认"]

    def _quote(self, measure: Measure) -> Quote:
        """Return the whole passage: its number, its words, its notes."""
        mark = measure.node.mark
        start, end = measure.spans[0][0], measure.spans[-1][1]
        if _number(measure) and mark is not None and measure.part <= 1:
            start = mark.start
        start = min(start, *(note.start for note in measure.notes), start)
        end = max(end, *(note.end for note in measure.notes), end)
        text = self.view.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return self.view.quote(start, end)


def _before_items(text: str, items: Sequence[Item]) -> str:
    """Return the words before the first part: what the parts say holds for themselves."""
    return text[: text.find(items[0].mark)]


NO_NOTE = Note()


def _is_heading(node: Node) -> bool:
    return node.mark is not None and node.mark.style not in _NO_PATH


def _number(measure: Measure) -> str:
    mark = measure.node.mark
    printed = mark.printed if mark is not None and mark.style not in HEADINGS_ONLY else ""
    return f"{printed}.{measure.part}" if measure.part and printed else printed


def _joined(notes: Sequence[Note]) -> Note:
    """Return the notes as one: 排在后面的补充前面的."""
    if len(notes) == 1:
        return notes[0]
    roles = NO_ROLES
    for note in notes:
        roles = roles.joined(note.roles)
    return Note(
        roles,
        tuple(pair for note in notes for pair in note.by_mark),
        tuple(dict.fromkeys(name for note in notes for name in note.persons)),
        next((note.deadline for note in notes if note.deadline), ""),
        doubts=tuple(doubt for note in notes for doubt in note.doubts),
    )


def _handed_out(note: Note, items: tuple[Item, ...]) -> tuple[Note, tuple[Item, ...]]:
    """Give the parts the units that the task's note names for them (第①项由甲局牵头)."""
    numbers = [mark_number(item.mark) for item in items]
    roles_of = {mark_number(mark): roles for mark, roles in note.by_mark}
    if not roles_of.keys() <= set(numbers):
        return note, items
    named = {name for roles in roles_of.values() for name in roles.names()}
    given = tuple(
        replace(item, roles=item.roles.joined(roles_of.get(number, NO_ROLES)))
        for item, number in zip(items, numbers, strict=True)
    )
    own = (tuple(n for n in note.roles.of(role) if n not in named) for role in Role)
    return replace(note, roles=Roles(*own)), given


def _unassigned(said: Sequence[str]) -> list[str]:
    """Return the doubts about sentences that give units something to do, without a note."""
    return [f"正文写有“{_short(words)}”，未据此作分派，请确认" for words in said]


def _notes_in(words: str, printed: Sequence[str]) -> list[Found]:
    """Return the notes of a part, those that only the parts beside it show to be notes too."""
    notes = find_notes(words, plain(words), 0, len(words))
    for note in printed:
        at = words.find(note) if note[0] in _OPENERS else -1
        if at >= 0 and not any(one.start <= at < one.end for one in notes):
            notes.append(Found(at, at + len(note)))
    return sorted(notes, key=lambda one: one.start)


def _short(words: str) -> str:
    return words if len(words) <= _MOST_QUOTED else words[:_MOST_QUOTED] + "……"
