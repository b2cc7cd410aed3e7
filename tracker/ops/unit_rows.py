"""Lists of units as other offices keep them: which column of a sheet holds what."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.domain.unit import name_key
from tracker.domain.unit_list import UnitRead

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Rows = Sequence[Sequence[str]]

_NAME = (
    *("单位名称", "单位全称", "全称", "机构名称", "部门名称", "责任单位", "名称", "单位", "部门"),
    *("乡镇", "镇街", "乡镇街道"),
)
_COLUMNS = {
    "short_name": ("简称", "规范简称", "单位简称"),
    "names": ("曾用名、别称", "曾用名", "别称", "其他名称", "原名称", "旧名称", "又名"),
    "members": ("包括单位", "成员单位", "成员"),
    "contact": ("联系人", "联络员", "联络人", "经办人", "姓名"),
    "phone": ("电话", "联系电话", "办公电话", "手机", "手机号", "手机号码", "联系方式"),
}
_BOTH = re.compile(r"(联系人|联络员|联络人|经办人|姓名).*(电话|手机|方式)")
"""A column that holds the name of a person and a number."""
_DEEPEST = 12
"""The headings stand within so many rows from the top."""
_ASIDE = re.compile(r"[（(][^（）()]*[）)]$")
_NUMBER = re.compile(r"[+\d][\d\- ]{4,}\d")
_PLACE = re.compile(r"^[（(]?\d{1,3}[)）.．、]")
_SEVERAL = re.compile(r"[、，,；;/／]+|\n(?=[县区市州省旗])")
_TENS = "[一二三四五六七八九十]+"
_NO_UNIT = re.compile(rf"^({_TENS}、|[（(]{_TENS}[)）]|合计|总计|小计|备?注)")
"""Headings between units, sums, remarks."""
_ANYBODY = re.compile(r"^(各|有关|相关|其他)")


@dataclass(frozen=True, slots=True)
class UnitRows:
    """What was read of a file.

    Attributes:
        rows: the units; each has a number of its own, through all sheets.
        told: what the clerk should know of the reading, each a sentence.
    """

    rows: tuple[UnitRead, ...]
    told: tuple[str, ...] = ()


def read_unit_rows(sheets: Sequence[tuple[str, Rows]]) -> UnitRows | None:
    """Return the units of all sheets that have a column of units; None where none has.

    Args:
        sheets: the title and the texts of each sheet or table.
    """
    found: list[UnitRead] = []
    told: list[str] = []
    unread: list[str] = []
    before = 0
    for title, rows in sheets:
        read = _sheet(rows, before)
        if read is None:
            unread += [title] if any(text.strip() for row in rows for text in row) else []
            continue
        if before:
            told.append(f"“{title}”的行号接着前一张表数，它的第1行算第{before + 1}行")
        several = [split for unit in _with_names(read, told) for split in _each(unit, told)]
        found += _right_way(several, title, told)
        before += len(rows)
    if not before:
        return None
    if unread:
        told.append(f"{'、'.join(f'“{title}”' for title in unread)}里没有单位一栏，没有读入")
    return UnitRows(tuple(found), tuple(told))


def _sheet(rows: Rows, before: int) -> list[UnitRead] | None:
    for at, row in enumerate(rows[:_DEEPEST]):
        below = rows[at + 1] if at + 1 < len(rows) else ()
        blocks = _blocks(row, ())
        if not blocks:
            continue
        start = at + 1
        if _continues(row, below, blocks):
            blocks, start = _blocks(row, below), at + 2
        read = (
            _unit(number + before, each, block)
            for block in blocks
            for number, each in enumerate(rows[start:], start + 1)
        )
        return list(read)
    return None


def _with_names(read: Iterable[UnitRead], told: list[str]) -> Iterator[UnitRead]:
    """Yield the rows that name a unit; tell of others that say anything."""
    for unit in read:
        if unit.name and not _NO_UNIT.search(unit.name):
            yield unit
        elif said := "、".join(filter(None, (unit.name, unit.contact, unit.phone))):
            told.append(f"第{unit.row}行没有写单位，“{said}”没有读入")


def _heading(text: str) -> str:
    return _ASIDE.sub("", name_key(text))


def _continues(row: Sequence[str], below: Sequence[str], blocks: Sequence[Columns]) -> bool:
    """Tell whether the headings go on in the row below: a name stands in none of its columns."""
    first = next(iter(blocks))["name"][0]
    under = below[first] if first < len(below) else ""
    words = {word for some in _COLUMNS.values() for word in some}
    is_open = not under.strip() or name_key(under) == name_key(row[first])
    return is_open and any(_heading(text) in words for text in below)


Columns = dict[str, tuple[int, ...]]
"""By what they hold, the columns of one list; several where two hold the same kind of thing."""


def _blocks(row: Sequence[str], below: Sequence[str]) -> list[Columns]:
    """Return the lists that stand side by side under a row of headings."""
    headed = [_heading(text) for text in row]
    word = next((word for word in _NAME if word in headed), None)
    if word is None:
        return []
    lower = [_heading(text) for text in below] + [""] * max(len(headed) - len(below), 0)
    places = [at for at, text in enumerate(headed) if text == word]
    if len({*places}) > 1 and places == list(range(places[0], places[-1] + 1)):
        places = places[:1]  # one heading merged over several columns
    ends = [*places[1:], len(headed)]
    found = []
    for number, (place, end) in enumerate(zip(places, ends, strict=True)):
        columns: Columns = {"name": (place,)}
        for at in range(place if number else 0, end):
            kind = _kind(lower[at]) or _kind(headed[at])
            if kind and at != place:
                columns[kind] = (*columns.get(kind, ()), at)
        found.append(columns)
    return found


def _kind(heading: str) -> str:
    if _BOTH.search(heading):
        return "both"
    return next((kind for kind, words in _COLUMNS.items() if heading in words), "")


def _unit(number: int, row: Sequence[str], columns: Mapping[str, tuple[int, ...]]) -> UnitRead:
    def cells(kind: str) -> Iterable[str]:
        return (row[at].strip() for at in columns.get(kind, ()) if at < len(row))

    def listed(kind: str) -> tuple[str, ...]:
        parts = re.split(r"[、，,；;\n]+", "、".join(cells(kind)))
        return tuple(part.strip() for part in parts if part.strip())

    def joined(kind: str) -> str:
        return "、".join(dict.fromkeys(text for text in cells(kind) if text))

    contact, phone = joined("contact"), joined("phone")
    both = joined("both")
    if not phone and _NUMBER.search(contact):
        contact, phone = _parted(contact)
    if both:
        who, called = _parted(both)
        contact, phone = contact or who, "、".join(dict.fromkeys(filter(None, (phone, called))))
    return UnitRead(
        row=number,
        name=_PLACE.sub("", re.sub(r"[^\S\n]+", "", next(iter(cells("name")), ""))),
        short_name=joined("short_name"),
        names=listed("names"),
        members=listed("members"),
        contact=contact,
        phone=phone,
    )


def _parted(text: str) -> tuple[str, str]:
    """Part a person from the number behind the name; one that says neither clearly stays whole."""
    numbers = _NUMBER.findall(text)
    who = re.sub(r"[ ，,、：:；;/（(]*$", "", _NUMBER.split(text)[0]).strip()
    rest = "".join(_NUMBER.split(text)[1:]).strip(" ，,、：:；;/（）()\n")
    if not numbers or rest:
        return text.strip(), ""
    return who, "、".join(number.strip() for number in numbers)


def _each(unit: UnitRead, told: list[str]) -> list[UnitRead]:
    """Part a cell that names several units; what stands beside them is of none in particular."""
    name = unit.name
    parts = [part for part in _SEVERAL.split(name) if part]
    if _ANYBODY.search(name) or min(map(len, parts), default=0) < 3:
        parts = [re.sub(r"\s+", "", name)]
    if len(parts) == 1:
        return [replace(unit, name="".join(parts[0].split()))]
    beside = "、".join(filter(None, (unit.short_name, *unit.names, unit.contact, unit.phone)))
    if beside:
        told.append(f"第{unit.row}行写了{len(parts)}个单位，旁边的“{beside}”没有写入，请分别填写")
    return [UnitRead(row=unit.row, name=part) for part in parts]


def _right_way(read: list[UnitRead], title: str, told: list[str]) -> list[UnitRead]:
    """Change full and short names over where the list has them the wrong way round."""
    both = [unit for unit in read if unit.short_name]
    longer = [unit for unit in both if len(unit.short_name) > len(unit.name)]
    shorter = [unit for unit in both if len(unit.short_name) < len(unit.name)]
    if len(longer) <= len(shorter):
        return read
    told.append(f"“{title}”里全称、简称两栏写反了，已对调")
    return [
        replace(unit, name="".join(unit.short_name.split()), short_name=unit.name)
        if unit in longer
        else unit
        for unit in read
    ]
