"""What a unit leads or does, said behind its verb: 甲局负责日常监管，乙局负责渣土运输."""

from __future__ import annotations

import re
from functools import cache

from tracker.duties.notes import is_name
from tracker.duties.offices import office_of
from tracker.duties.tokens import Kind, tokenize
from tracker.duties.units import ends_as_unit, split_names
from tracker.duties.vocabulary import any_of, plain, role_words

_CLAUSE = re.compile(r"[^，,；;。\n]+")
_OBJECT = r"(?P<object>[^\W\d_的]{2,16})"
_BEGINNINGS = "省市县区州旗镇乡各团"
_LEADING = re.compile(r"[含由对凡如及以经在]|本\w*由")
_BODIES = ("公司", "集团", "银行", "支行", "分行", "大学", "学院", "街道", "管委会", "合作社")
_HINT = re.compile(r"(?:牵头|负责|配合|协助|指导)[^\W\d_]")
_PEOPLE = re.compile(r"(?:人|同志|领导|单位|部门|主体|责任|机制|制度|工作组)")


def without_objects(text: str) -> str:
    """Return an assignment without what each unit has to do in it: 甲局负责，乙局负责."""
    if _HINT.search(plain(text)) is None:
        return text
    pieces: list[str] = []
    position = 0
    for clause in _CLAUSE.finditer(text):
        cut = _object_at(clause.group())
        if cut is not None:
            pieces.append(text[position : clause.start() + cut])
            position = clause.end()
    return "".join([*pieces, text[position:]])


def _object_at(clause: str) -> int | None:
    """Return where the object of a clause of units, verb and object begins; None for others."""
    found = _pattern().fullmatch(plain(clause))
    if found is None or _PEOPLE.match(found["object"]) or ends_as_unit(found["object"]):
        return None
    names = split_names(clause[: found.end("names")])
    if not names or not all(map(_is_whole, names)):
        return None
    whole = any(token.kind is Kind.VERB for token in tokenize(clause))
    return None if whole else found.start("object")


def _is_whole(name: str) -> bool:
    """Whether it is a unit's name from its first sign on, not 含县医院 or 本方案由县某局."""
    begins = plain(name)[0] in _BEGINNINGS or name.endswith(_BODIES) or office_of(name) is not None
    return begins and not _LEADING.match(name) and ends_as_unit(name) and is_name(name)


@cache
def _pattern() -> re.Pattern[str]:
    manner = any_of(role_words().manner)
    return re.compile(
        rf"(?P<names>.{{2,60}}?)(?:{manner})?(?:牵头负责|负责牵头|具体负责|牵头|负责|配合|协助|指导){_OBJECT}"
    )
