"""Replies without a table: paragraphs that name a task by its number or its words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.tables.returned import Expected, PlacedWords, Placement
from tracker.tables.returned_words import (
    Account,
    Leftover,
    gather_grid,
    gather_paragraphs,
    outside_tables,
)
from tracker.text.numerals import to_half_width
from tracker.text.segments import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tracker.domain.form import FormRow
    from tracker.files.source import Source
    from tracker.tables.returned_match import KnownTasks

_ITEM = re.compile(
    r"\s*(?:关于)?(?:第\s*([\d.\-]{1,8})\s*(?:项|条|号)(?:任务|工作|事项)?|(?:任务|事项)\s*([\d.\-]{1,8}))"
    r"(?:\s*[（(][^（）()]{1,40}[）)])?\s*(?:[：:，,、.．]|\s|$)"
)
_MARK = re.compile(r"\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}(?:\.\d{1,2})*[）)、.．]\s*)")
_BETWEEN = re.compile(r"\s*[：:。．，,；;、]?\s*(?:[：:]|—+)?\s*")
_SHEETS = frozenset({"xlsx", "xls", "csv"})
_LEAST_TITLE = 6
"""A task's words shorter than this may stand in any sentence."""


@dataclass(slots=True)
class _Head:
    """A line that opens what is said on a task.

    Attributes:
        rest: what the line says after the task's number and words.
        place: number of its paragraph.
        lines: the paragraphs that follow, as far as they surely go on with it.
    """

    code: str
    rest: str
    place: int
    lines: list[str] = field(default_factory=list)

    def end(self) -> None:
        """Keep what surely belongs here: nobody can say how far the last of several goes on."""
        del self.lines[0 if self.rest.strip() else 1 :]


def place_text(source: Source, known: KnownTasks, expected: Expected) -> Placement:
    """Place the paragraphs of a reply; what does not name its task surely stays without a place.

    Args:
        source: the file.
        known: the ledger's tasks.
        expected: what the unit reports on.
    """
    account, leftover = Account(expected.is_label), Leftover()
    heads = _heads(source, known, expected)
    often = {head.code for head in heads if sum(h.code == head.code for h in heads) > 1}
    words = []
    for head in heads:
        body = "\n".join(line for line in (head.rest, *head.lines) if line.strip())
        if head.code in often or not body:
            continue
        words.append(PlacedWords(head.code, body.strip(), place=f"第{head.place}段"))
        account.take(*head.lines, _first_line(source, head))
    is_sheet = source.kind in _SHEETS
    if source.flow.tables or is_sheet:
        for grid in source.grids:
            gather_grid(grid, None, account, leftover, {})
    if not is_sheet:
        gather_paragraphs(source, account, leftover)
    return Placement(tuple(words), (), leftover.unplaced(), "", len(words))


def _first_line(source: Source, head: _Head) -> str:
    return source.flow.paragraphs[head.place - 1].text


def _heads(source: Source, known: KnownTasks, expected: Expected) -> list[_Head]:
    """Return the lines that open a task, each with those that go on with it."""
    heads: list[_Head] = []
    closed = True
    for number, text in outside_tables(source):
        opened = _opened(text, known, expected.own)
        if opened is not None:
            heads.append(_Head(*opened, number))
            closed = False
        elif closed:
            continue
        elif _MARK.match(text) or _is_end(text):
            heads[-1].end()  # another numbered point: whose it is nobody can say
            closed = True
        else:
            heads[-1].lines.append(text)
    if not closed:
        heads[-1].end()
    return heads


_END = re.compile(
    r"\s*(?:特此|此致|以上|专此|妥否|联系人|填报人|联系电话|附件|20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*$)"
)


def _is_end(text: str) -> bool:
    """Tell whether a line closes the letter; what follows belongs to no task."""
    return _END.match(text) is not None


def _opened(text: str, known: KnownTasks, own: Mapping[str, FormRow]) -> tuple[str, str] | None:
    """Return the task that a line opens with, and the rest of the line."""
    found = _ITEM.match(text)
    marked = found or _MARK.match(text)
    rest = text[marked.end() :] if marked else text
    named = {code: _after_title(rest, code, known, own) for code in own}
    titled = {code: said for code, said in named.items() if said is not None}
    number = to_half_width(found.group(1) or found.group(2)).strip(".-") if found else ""
    counted = _numbered(number, own) if found else ""
    if len(titled) > 1 or (titled and counted and counted not in titled):
        return None
    if titled:
        return next(iter(titled.items()))
    return (counted, rest) if counted else None


def _numbered(number: str, own: Mapping[str, FormRow]) -> str:
    """Return the task that “第3项” means; nothing where the third of the form is another one."""
    codes = [code for code, row in own.items() if row.number == number]
    places = list(own)
    counted = number.isdecimal() and 0 < int(number) <= len(places)
    if len(codes) != 1 or (counted and places[int(number) - 1] != codes[0]):
        return ""
    return codes[0]


def _after_title(text: str, code: str, known: KnownTasks, own: Mapping[str, FormRow]) -> str | None:
    """Return what a line says after a task's own words; None where it does not begin with them."""
    for words in _ways_to_say(code, known, own):
        end = _end_of(text, words)
        if end is not None:
            return text[_BETWEEN.match(text, end).end() :]  # type: ignore[union-attr]
    return None


def _ways_to_say(code: str, known: KnownTasks, own: Mapping[str, FormRow]) -> Iterator[str]:
    """Yield a task's words, the longest first: whole, its first sentence, its first clause."""
    whole = own[code].task
    sentence = known.tasks[code].title if code in known.tasks else whole.split("。")[0]
    clause = re.split(r"[，,；;：:。]", whole)[0]
    for words in (whole, sentence, clause):
        if len(fold(words)) >= _LEAST_TITLE:
            yield words


def _end_of(text: str, words: str) -> int | None:
    """Return where `words` end in a text that begins with them, blanks and width apart."""
    wanted = fold(words).rstrip("。.")
    for at in range(len(text)):
        held = fold(text[: at + 1])
        if len(held) >= len(wanted):
            return at + 1 if held == wanted and _stops(text, at + 1) else None
        if not wanted.startswith(held):
            return None
    return None


def _stops(text: str, at: int) -> bool:
    """Tell whether the task's words are over there: a stop, a colon, a line's end."""
    return at >= len(text) or text[at] in "：:。，,；; 　\t（("
