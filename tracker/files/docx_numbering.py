"""The automatic numbers of a document: what Word shows before a paragraph of a list."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.files.docx_numbers import shown_number
from tracker.files.docx_styles import Styles, is_on, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.files.package import Element, Package

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_MOST_LABEL = 200
# After these a number needs no gap before the words.
_CLOSED = frozenset("、，。：；）】〕》」．.)]:-—·")
_POINTS = frozenset(".．")


@dataclass(slots=True)
class Level:
    """One level of a list: its number format, its text with `%1`, where it starts and restarts.

    Attributes:
        restart: begin anew after this level or a higher one (1 is the highest); 0 for never.
        legal: show the numbers of all levels in plain digits.
        style: the paragraph style that stands for this level.
    """

    start: int = 1
    format: str = "decimal"
    pattern: str = ""
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str = ""


@dataclass(slots=True)
class _Abstract:
    levels: dict[int, Level] = field(default_factory=dict)
    link: str = ""


@dataclass(slots=True)
class _List:
    """A list instance: the shape it takes its levels from, and what it changes of them."""

    abstract: str = ""
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


class Numbering:
    """Counts the paragraphs of each list in the order in which they stand."""

    def __init__(self, package: Package | None, part: str, styles: Styles) -> None:
        """Read the lists in `part`; a document may be without."""
        self._styles = styles
        self._abstracts: dict[str, _Abstract] = {}
        self._lists: dict[int, _List] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[int] = set()
        self._resolved: dict[str, tuple[int, int] | None] = {}
        if package is not None and part and package.has(part):
            _Parser(self._abstracts, self._lists).read(package.elements(part))

    @classmethod
    def of(
        cls,
        shapes: Mapping[str, dict[int, Level]],
        lists: Mapping[int, tuple[str, dict[int, int], dict[int, Level]]],
    ) -> Numbering:
        """Return the numbering of a document of another format.

        Args:
            shapes: the levels of each shape of a list.
            lists: for each list its shape, where its levels start instead, its own levels.
        """
        numbering = cls(None, "", Styles())
        numbering._abstracts = {key: _Abstract(levels) for key, levels in shapes.items()}
        numbering._lists = {key: _List(*own) for key, own in lists.items()}
        return numbering

    def place(self, style: str, list_id: int | None, level: int | None) -> tuple[int, int] | None:
        """Return the list and level of a paragraph, from itself and else its style; None for none.

        Args:
            style: the paragraph's style; empty for the default one.
            list_id: the list it names itself; 0 takes it out of the style's list.
            level: the level it names itself, from 0.
        """
        name = style or self._styles.default
        if list_id is None or level is None:
            if name not in self._resolved:
                self._resolved[name] = self._of_style(name)
            of_style = self._resolved[name]
            if list_id is None:
                if of_style is None:
                    return None
                list_id = of_style[0]
                level = of_style[1] if level is None else level
            elif level is None:
                linked = self._linked_level(list_id, name)
                level = linked if linked is not None else 0
        if list_id not in self._lists or not 0 <= (level or 0) < _LEVELS:
            return None
        return list_id, level or 0

    def label(self, place: tuple[int, int]) -> tuple[str, str]:
        """Count one paragraph on; return what Word shows before it and what stands between.

        The second is “tab”, “space” or “nothing”.
        """
        list_id, at = place
        own = self._lists[list_id]
        key = self._shape(own.abstract)
        counts = self._counts.setdefault(key, [None] * _LEVELS)
        if list_id not in self._begun:
            self._begun.add(list_id)
            for started in own.starts:
                counts[started] = None
        for above in range(at):
            # A level passed over counts as begun: 1.1 without a 1 before it makes the next one 2.
            if counts[above] is None:
                counts[above] = self._start(own, key, above)
        now = counts[at]
        counts[at] = self._start(own, key, at) if now is None else now + 1
        for below in range(at + 1, _LEVELS):
            restart = self._level(own, key, below).restart
            if restart is None or at < restart:
                counts[below] = None
        level = self._level(own, key, at)
        return self._written(own, key, level, counts), level.suffix

    def _written(self, own: _List, key: str, level: Level, counts: list[int | None]) -> str:
        if level.format == "bullet":
            # A point or star is drawn, not written; words and numbers are kept.
            return level.text if any(map(str.isalnum, level.text)) else ""
        if level.format == "none" and not _PLACE.sub("", level.text).strip():
            return ""

        def number(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            shown = self._level(own, key, at)
            count = counts[at]
            value = self._start(own, key, at) if count is None else count
            return shown_number(value, "decimal" if level.legal else shown.format, shown.pattern)

        return _PLACE.sub(number, level.text)

    def _level(self, own: _List, key: str, at: int) -> Level:
        shape = self._abstracts.get(key)
        return own.levels.get(at) or (shape.levels.get(at) if shape else None) or Level()

    def _start(self, own: _List, key: str, at: int) -> int:
        return own.starts[at] if at in own.starts else self._level(own, key, at).start

    def _shape(self, key: str) -> str:
        """Follow the link of a shape that takes its levels from a list style."""
        for _ in range(_LEVELS):
            shape = self._abstracts.get(key)
            if shape is None or not shape.link or shape.levels:
                return key
            style = self._styles.by_id.get(shape.link)
            linked = self._lists.get(style.list_id) if style and style.list_id else None
            if linked is None or linked.abstract == key:
                return key
            key = linked.abstract
        return key

    def _of_style(self, name: str) -> tuple[int, int] | None:
        list_id = level = None
        for _, style in self._styles.chain(name):
            list_id = style.list_id if list_id is None else list_id
            level = style.level if level is None else level
        if list_id is None or list_id == 0:
            return None
        linked = self._linked_level(list_id, name)
        return list_id, linked if linked is not None else (level or 0)

    def _linked_level(self, list_id: int, name: str) -> int | None:
        own = self._lists.get(list_id)
        shape = self._abstracts.get(self._shape(own.abstract)) if own else None
        levels = shape.levels if shape and name else {}
        return next((at for at, level in levels.items() if level.style == name), None)


def numbered(label: str, suffix: str, text: str) -> str:
    """Return a paragraph with its automatic number before it.

    A tab after the number is only a distance: it stays away where the number ends in a mark of
    its own, and is one blank elsewhere (“1.推进”, “第一条 为了”, “1. 5亿元”).
    """
    if not label or not text or suffix == "nothing":
        return label + text
    if suffix == "space":
        return f"{label} {text}"
    last, first = label[-1], text[0]
    merges = last in _POINTS and first.isdigit()
    closed = last in _CLOSED or _is_ringed(last)
    return f"{label}{'' if closed and not merges else ' '}{text}"


def _is_ringed(sign: str) -> bool:
    """Tell ①, ⑴ and ⒈, numbers in one sign that bring their own mark."""
    return sign.isnumeric() and not sign.isdecimal() and not sign.isalpha()


class _Parser:
    """Gathers levels, shapes and lists from the elements, inner ones first."""

    def __init__(self, abstracts: dict[str, _Abstract], lists: dict[int, _List]) -> None:
        self._abstracts = abstracts
        self._lists = lists
        self._level = Level(start=0)
        self._start: int | None = None
        self._shape = _Abstract()
        self._list = _List()

    def read(self, elements: list[Element]) -> None:
        """Take the elements of the numbering part."""
        for element in elements:
            given = element.attributes
            if "lvl" in element.path[:-1]:
                self._take_level(element.tag, given)
            elif element.tag == "lvl":
                self._end_level(whole(given.get("ilvl")) or 0, element.path)
            elif element.tag in ("numStyleLink", "abstractNumId", "startOverride"):
                self._take(element.tag, given.get("val", ""))
            elif element.tag == "lvlOverride" and self._start is not None:
                self._list.starts[_bounded(whole(given.get("ilvl")))] = self._start
                self._start = None
            elif element.tag == "abstractNum":
                self._abstracts[given.get("abstractNumId", "")] = self._shape
                self._shape = _Abstract()
            elif element.tag == "num":
                self._lists[whole(given.get("numId")) or 0] = self._list
                self._list = _List()

    def _take(self, tag: str, value: str) -> None:
        if tag == "numStyleLink":
            self._shape.link = value
        elif tag == "abstractNumId":
            self._list.abstract = value
        else:
            self._start = whole(value)

    def _take_level(self, tag: str, given: dict[str, str]) -> None:
        value, level = given.get("val"), self._level
        if tag == "start":
            level.start = whole(value) or 0
        elif tag == "numFmt":
            # Where a plain format stands beside a custom one for old programs, the custom counts.
            if level.format != "custom":
                level.format, level.pattern = value or "decimal", given.get("format", "")
        elif tag == "lvlText":
            level.text = (value or "")[:_MOST_LABEL]
        elif tag == "suff":
            level.suffix = value or "tab"
        elif tag == "lvlRestart":
            level.restart = whole(value)
        elif tag == "isLgl":
            level.legal = is_on(value)
        elif tag == "pStyle":
            level.style = value or ""

    def _end_level(self, at: int, path: tuple[str, ...]) -> None:
        levels = self._list.levels if "lvlOverride" in path else self._shape.levels
        levels[_bounded(at)] = self._level
        self._level = Level(start=0)


def _bounded(level: int | None) -> int:
    return min(max(level or 0, 0), _LEVELS - 1)
