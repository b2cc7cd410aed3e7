"""Tasks in paragraphs that carry no number: one for each note, or for each sentence with 由."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.decompose.body import Measure, is_heading
from tracker.duties.prose import is_anybody, prose_roles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.decompose.body import Body, Span
    from tracker.decompose.outline import Node
    from tracker.duties.passages import Found

_LONGEST_HEADING = 30
_COUNTED = re.compile(r"第?[一二三四五六七八九十]{1,2}(?:是|要|，)|首先|其次|再次|最后")


@dataclass(frozen=True, slots=True)
class _Task:
    """A note with the lines it is about; `heading` is the line above them that is a heading."""

    note: Found
    lines: tuple[Span, ...]
    heading: Span | None


def unnumbered(body: Body, node: Node, notes: list[Found]) -> Iterator[Measure]:
    """Give the tasks of a node whose own words are paragraphs with notes.

    A heading above each of them is its title; a heading above some of them is their heading.
    """
    tasks = list(_tasks(body, node, notes))
    titled = all(task.heading is not None for task in tasks)
    above: Span | None = None
    for count, task in enumerate(tasks, 1):
        above = task.heading or above
        lines = (task.heading, *task.lines) if titled and task.heading else task.lines
        part = count if len(tasks) > 1 else 0
        yield Measure(node, part, lines, (task.note,), heading=None if titled else above)


def _tasks(body: Body, node: Node, notes: list[Found]) -> Iterator[_Task]:
    lines = [line for span in body.own(node) for line in _lines(body, span)]
    index = reached = 0
    for count, note in enumerate(notes):
        before: list[Span] = []
        while index < len(lines) and lines[index][0] <= note.start:
            start, end = lines[index]
            before.append((max(start, reached), min(end, max(note.end, start))))
            if end > note.end:
                break
            index += 1
        reached = note.end
        yield _task(body, note, [line for line in before if line[0] < line[1]], first=not count)


def _task(body: Body, note: Found, before: list[Span], *, first: bool) -> _Task:
    """Return what a note is about: the words before it in its line, else the lines above."""
    own = [line for line in before if body.text[line[0] : min(line[1], note.start)].strip()]
    if not own:
        return _Task(note, ((note.start, note.end),), None)
    headings = [line for line in own[:-1] if _is_short(body, line)]
    heading = headings[-1] if headings else None
    start = own.index(heading) + 1 if heading is not None else 0
    lines = own[start:] if not first or heading is not None else own[-1:]
    return _Task(note, tuple(lines), heading)


def _lines(body: Body, span: Span) -> list[Span]:
    lines: list[Span] = []
    position = span[0]
    for line in body.text[span[0] : span[1]].split("\n"):
        if line.strip():
            lines.append((position, position + len(line)))
        position += len(line) + 1
    return lines


def _is_short(body: Body, line: Span) -> bool:
    words = body.text[line[0] : line[1]].strip()
    return len(words) <= _LONGEST_HEADING and is_heading(words)


def paragraphs(body: Body) -> list[Measure]:
    """Return the paragraphs that say who does something, where nothing is numbered.

    A row of paragraphs 一要…, 二要… is one of tasks, whoever does them.
    """
    found: list[Measure] = []
    lines = [line for span in body.own(body.root) for line in _lines(body, span)]
    counted = [line for line in lines if _COUNTED.match(body.matched, line[0])]
    for line in lines:
        if len(counted) > 1 and line in counted:
            found.append(Measure(body.root, 0, (line,), ()))
        else:
            names = prose_roles(body.text[line[0] : line[1]], anywhere=True).roles.names()
            if any(not is_anybody(name) for name in names):
                found.append(Measure(body.root, 0, (line,), ()))
    return found
