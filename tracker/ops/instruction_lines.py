"""Instructions pasted together: from a table of Word or Excel, a numbered list, or a chat."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tracker.ops.deadline_words import understand_deadline
from tracker.text.numerals import to_half_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HEADINGS = {
    "leader": ("领导", "批示人", "交办人"),
    "on": ("日期", "批示时间", "交办时间", "时间"),
    "deadline": ("时限", "限期", "期限", "完成时间", "办结时间"),
    "lead": ("单位", "部门", "承办", "牵头"),
    "text": ("批示", "内容", "原文", "事项", "要求", "指示"),
}
"""A heading belongs to the first kind one of whose words it holds; 完成时间 before 时间."""
_NUMBER = re.compile(
    r"\s*(?:[(（]?\d{1,3}(?:[)）、．]|\.(?!\d))|[(（][一二三四五六七八九十]{1,3}[)）]"
    r"|[一二三四五六七八九十]{1,3}、|[①-⑳●·•▪-])\s*"
)
_DAY = r"(?:(?P<year>(?:20)?\d\d)[年/.-])?(?P<month>\d{1,2})[月/.-](?P<day>\d{1,2})[日号]?"
_ONE_DAY = re.compile(_DAY)
_CLOCK = r"(?:[上下]午|晚上|凌晨|早上|中午)?\s*\d{1,2}[:：]\d\d(?:[:：]\d\d)?"
_CHAT = re.compile(rf"(?P<leader>[^\s:：，,。]{{2,12}})\s+(?:{_DAY}\s*)?{_CLOCK}\s*[:：]?")
_POST = r"(?:书记|[县市区州旗镇乡]长|主席|主任|常委|部长|局长|秘书长|[一-鿿]{1,2}总)"
_BARE_DAY = re.sub(r"\?P<\w+>", "?:", _DAY)
_HEAD = re.compile(
    rf"(?:{_BARE_DAY}[，,]?\s*)?(?P<leader>[一-鿿]{{1,8}}?(?:{_POST}|同志)|[一-鿿]{{2,3}})(?:同志)?"
    rf"[（(]?(?:于|在)?(?:{_BARE_DAY})?[)）]?[，,]?\s*(?:作出)?(?:批示|指示|交办|批)(?:要求|指出|如下)?"
    r"\s*[:：]\s*"
)
_DATED_HEAD = re.compile(
    rf"(?P<leader>[一-鿿]{{1,3}}(?:{_POST}|同志))\s*[（(]?{_BARE_DAY}[)）]?[\s，,：:]+"
)
"""王书记 3月2日 请…: post and day stand before the words, without 批示."""
_SPANS = re.compile(
    r"(?:[本这]|下{0,2})个?(?:周|星期|礼拜)[一二三四五六日天](?:之前|以前|前)?"
    r"|[本当这]?个?月[底末](?:之前|以前|前)?|(?:本?季度?|年)[底末](?:之前|以前|前)?"
    r"|(?<![\d月])\d{1,2}日(?:之前|以前|前)|(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|[底末])(?:之前|以前|前)"
    r"|(?:\d{1,3}|[一二两三四五六七八九十]{1,3})个?(?:工作日|天|日|周|星期|月)(?:之内|以内|内)"
    r"|[明后]天(?:之前|以前|前)?"
)
_PASSED_ON = re.compile(
    r"(?:转|交|责成)(?P<names>[^，,。；;：:]{2,40}?)(?:阅|办|研|落实|处理|核|整改)"
)
_OVERRUN = re.compile(r"(.*?局)[^局]{1,4}[办处]")
"""县公安局|拿个办(法): the name ends before."""
_SURE = re.compile(
    r"(?:局|委|办|办公室|办事处|委员会|管委会|政府|街道|[镇乡]|中心|公司|集团|法院|检察院|医院|学校|"
    r"党校|[大支总中]队|联合会|总工会|团委|[妇残]联|供销社|(?:组织|宣传|统战|社会工作)部|院)$"
)
"""Ends of names that are no words of a sentence; 请核实信中所… names no 所."""
_LATELY = 180
_AGO = {"今天": 0, "昨天": 1, "前天": 2}
_CELLS = 2


@dataclass(frozen=True, slots=True)
class InstructionLine:
    """One instruction as it was pasted.

    Attributes:
        words: all that stood there; what was read from it stands in the others.
        leader: who instructed; empty where it is not said.
        on: the day of the instruction; None where it is not said.
        text: the instruction's own words.
        lead, cooperating: the units that it names, as they are typed into a form.
        deadline: the words of its deadline.
    """

    words: str
    leader: str = ""
    on: date | None = None
    text: str = ""
    lead: str = ""
    cooperating: str = ""
    deadline: str = ""


def read_instructions(pasted: str, today: date) -> tuple[InstructionLine, ...]:
    """Return the instructions in pasted text: one for each row of a table, each line of a list.

    In a chat the line with name and time speaks for the lines below it. What is not said stays
    empty; of the words themselves none is changed.

    Args:
        pasted: the text as it came from the clipboard.
        today: the day that gives the year where none is written; no instruction is later.
    """
    rows = [row for row in _rows(pasted) if any(row)]
    if any(len(row) >= _CELLS for row in rows):
        return tuple(_of_table(rows, today))
    return tuple(_of_list([row[0] for row in rows], today))


def _rows(pasted: str) -> list[list[str]]:
    """Return the cells of each line; a cell with several lines comes in quotation marks."""
    if "\t" not in pasted:
        return [[line.strip()] for line in pasted.splitlines()]
    if pasted.count('"') % 2:  # a stray mark, not one around a cell
        return [[cell.strip() for cell in line.split("\t")] for line in pasted.splitlines()]
    reader = csv.reader(io.StringIO(pasted, newline=""), delimiter="\t")
    return [[cell.strip() for cell in row] for row in reader]


# A table


def _of_table(rows: list[list[str]], today: date) -> Iterator[InstructionLine]:
    kinds = _headings(rows[0])
    for row in rows[1:] if kinds else rows:
        cells = dict(_by_heading(row, kinds) if kinds else _by_looks(row, today))
        text = cells.get("text", "")
        if not text:
            continue
        line = _read(text, today)
        on = day_named(cells.get("on", ""), today)
        yield replace(
            line,
            words="　".join(filter(None, row)),
            leader=cells.get("leader", "") or line.leader,
            on=on or line.on,
            lead=cells.get("lead", "") or line.lead,
            cooperating="" if cells.get("lead") else line.cooperating,
            deadline=cells.get("deadline", "") or line.deadline,
        )


def _headings(row: list[str]) -> list[str]:
    """Return the kind of each column; nothing where the row is no header."""
    kinds = [_kind(cell) if len(cell) <= 10 else "" for cell in row]
    return kinds if "text" in kinds and len({*kinds} - {""}) >= _CELLS else []


def _kind(cell: str) -> str:
    words = "".join(cell.split())
    order = ("leader", "deadline", "on", "lead", "text")
    return next((kind for kind in order if any(w in words for w in _HEADINGS[kind])), "")


def _by_heading(row: list[str], kinds: Sequence[str]) -> Iterator[tuple[str, str]]:
    taken: set[str] = set()
    for kind, cell in zip(kinds, row, strict=False):
        if kind and kind not in taken and cell:
            taken.add(kind)
            yield kind, cell


def _by_looks(row: list[str], today: date) -> Iterator[tuple[str, str]]:
    """Tell cells without headings by what they hold; the longest are the words."""
    from tracker.duties.units import ends_as_unit, split_names

    cells = [cell for cell in row if cell and not re.fullmatch(r"\d{1,3}[.、]?", cell)]
    text = max(cells, key=len, default="")
    seen = {"text"}
    for cell in cells:
        if cell is text:
            kind = "text"
        elif "on" not in seen and _is_lately(cell, today):
            kind = "on"
        elif all(ends_as_unit(name) for name in split_names(cell)):
            kind = "lead"
        elif _means_day(cell, today):
            kind = "deadline"
        else:
            kind = "leader"
        if kind == "text" or kind not in seen:
            seen.add(kind)
            yield kind, cell


def _is_lately(cell: str, today: date) -> bool:
    """Tell whether a cell is nothing but a day of the last months."""
    day = day_named(cell, today) if _ONE_DAY.fullmatch(to_half_width(cell)) else None
    return day is not None and (today - day).days < _LATELY


def _means_day(cell: str, today: date) -> bool:
    found = understand_deadline(cell, today)
    return found is not None and not found.doubtful


# A list, or a chat


def _of_list(lines: list[str], today: date) -> Iterator[InstructionLine]:
    said = InstructionLine("")
    for words in lines:
        chat = _CHAT.fullmatch(to_half_width(words))
        if chat is not None:
            said = InstructionLine("", words[: len(chat["leader"])], day_named(words, today))
            continue
        line = _read(words, today)
        yield replace(line, leader=line.leader or said.leader, on=line.on or said.on)


def _read(words: str, today: date) -> InstructionLine:
    """Read one instruction: what stands before its words, the units and the deadline in them."""
    number = _NUMBER.match(words)
    rest = words[number.end() :] if number else words
    head = _HEAD.match(rest) or _DATED_HEAD.match(rest)
    text = rest[head.end() :] if head else rest
    leader = head["leader"] if head else ""
    on = day_named(head[0], today) if head else None
    lead, cooperating = _units(text)
    span = _SPANS.search(to_half_width(text))
    deadline = text[span.start() : span.end()] if span else ""
    if deadline and not _means_day(deadline, today):
        deadline = ""
    return InstructionLine(words, leader, on, text, lead, cooperating, deadline)


def _units(text: str) -> tuple[str, str]:
    from tracker.duties.prose import prose_roles
    from tracker.duties.units import ends_as_unit, split_names

    roles = prose_roles(text, anywhere=True).roles
    lead = [name for name in map(_trimmed, roles.lead) if _SURE.search(name)]
    cooperating = [name for name in roles.cooperating if _SURE.search(name)]
    if not lead and (passed := _PASSED_ON.search(text)):
        lead = [name for name in split_names(passed["names"]) if ends_as_unit(name)]
    return "、".join(lead), "、".join(cooperating)


def _trimmed(name: str) -> str:
    over = _OVERRUN.fullmatch(name)
    return over[1] if over else name


def day_named(words: str, today: date) -> date | None:
    """Return the last day not after today that words name; None where they name none.

    Args:
        words: “3月1日”, “2026-3-1”, “3.1”, “今天”, “昨天”, “前天”; others may stand around it.
        today: the day that gives the year; a year that is written counts, even one to come.
    """
    plain = to_half_width(words)
    found = _ONE_DAY.search(plain)
    if found is None:
        back = _AGO.get(plain.strip())
        return None if back is None else today - timedelta(days=back)
    month, day = int(found["month"]), int(found["day"])
    written = found["year"]
    years = [int(written) % 100 + 2000] if written else [today.year, today.year - 1]
    for year in years:
        try:
            named = date(year, month, day)
        except ValueError:  # 30 February, 31 April
            continue
        if named <= today or written:
            return named
    return None
