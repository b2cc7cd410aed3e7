"""Whose a returned file is: by its stamp, its line 填报单位, its name; never silently guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from tracker.domain.unit import UnitNames, name_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tracker.domain.unit import UnitRow
    from tracker.files.source import Source

_LINE = re.compile(
    r"(?:填报|填表|报送|上报|反馈|报告)(?:单位|部门)(?:[（(][^（）()]{1,6}[）)])?\s*[：:]\s*(.*)",
    re.DOTALL,
)
_EDGE = 8
"""So many rows from the top and from the bottom tell whose a file is."""
_MOST_CELLS = 3
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Guess:
    """Whose a file is; `unit_id` is None where nobody can say, `reason` says why."""

    unit_id: int | None
    reason: str


class UnitFinder:
    """Finds units by the names they are known under, in any text."""

    def __init__(
        self, units: Sequence[UnitRow], heirs: Mapping[int, Sequence[int]] | None = None
    ) -> None:
        """Take the units.

        Args:
            heirs: by id of an abolished unit those that took over from it.
        """
        self._heirs = heirs or {}
        self._units = {unit.id: unit for unit in units}
        names = UnitNames.of(units)
        self._names = names
        found = {key: names.find(key) for key in (*names.ids, *names.elided)}
        self._known = sorted(
            (
                (key, unit_id)
                for key, unit_id in found.items()
                if unit_id is not None
                and len(key) >= _SHORTEST
                and not self._units[unit_id].is_collective
            ),
            key=lambda each: (-len(each[0]), each[0]),
        )

    def name(self, unit_id: int) -> str:
        """Return a unit's official name."""
        return self._units[unit_id].name

    def find(self, name: str) -> int | None:
        """Return the unit of a name; None where it is unknown or could mean several."""
        return self._names.find(name)

    def made_for(self, name: str) -> int | None:
        """Return the unit that had the name when a form was made for it, be it no more."""
        return self._names.direct(name)

    def within(self, text: str) -> frozenset[int]:
        """Return the units that a text names, the longest names first.

        A unit that is no more goes where one that took over is named too: 县旅游局（原县文旅局）.
        """
        key = name_key(text)
        found = set()
        for name, unit_id in self._known:
            if name in key:
                found.add(unit_id)
                key = key.replace(name, "\0")
        return frozenset(
            unit for unit in found if not found & {*self._heirs.get(unit, ())} - {unit}
        )


def guess_unit(
    finder: UnitFinder, source: Source | None, name: str, folder: str, stamped: str = ""
) -> Guess:
    """Return whose a file is, with the reason in words.

    Args:
        finder: knows the office's units.
        source: the file; None where it cannot be read.
        name: the file's name.
        folder: the folder it lay in.
        stamped: the unit that the form was made for.
    """
    line = _by_line(finder, source)
    if stamped:
        unit_id = finder.find(stamped)
        if unit_id is not None:
            if line and unit_id not in line:
                return _disagree(finder, "发出的是", {unit_id}, "填报单位一行写的是", line)
            return Guess(unit_id, "反馈表上的标记")
    by_name = finder.within(name.rpartition(".")[0] or name)
    ways = (
        ("填报单位一行", line),
        ("文件名", by_name),
        ("表头或落款", _by_edges(finder, source)),
        ("所在文件夹的名称", finder.within(folder)),
    )
    if line and by_name and not line & by_name:
        return _disagree(finder, "填报单位一行写的是", line, "文件名写的是", by_name)
    for words, found in ways:
        if len(found) == 1:
            return Guess(next(iter(found)), words)
        if found:
            named = "、".join(sorted(finder.name(u) for u in found))
            return Guess(None, f"{words}里不止一个单位：{named}")
    return Guess(None, "表上、文件名和文件夹名里都没有认得的单位名称")


def _disagree(
    finder: UnitFinder, one: str, ours: Sequence[int] | set[int] | frozenset[int],
    other: str, theirs: frozenset[int],
) -> Guess:  # fmt: skip
    def named(units: Sequence[int] | set[int] | frozenset[int]) -> str:
        return "、".join(sorted(finder.name(unit) for unit in units))

    return Guess(None, f"{one}“{named(ours)}”，{other}“{named(theirs)}”")


def _by_line(finder: UnitFinder, source: Source | None) -> frozenset[int]:
    """Return the units behind 填报单位：."""
    if source is None:
        return frozenset()
    for texts in _edges(source):
        for at, text in enumerate(texts):
            found = _LINE.search(text)
            if found:
                after = found.group(1).split("  ")[0].split("\t")[0]
                after = after or (texts[at + 1] if at + 1 < len(texts) else "")
                units = finder.within(after)
                if units:
                    return units
    return frozenset()


def _by_edges(finder: UnitFinder, source: Source | None) -> frozenset[int]:
    """Return the units that short lines at the top and the bottom name; not whom they greet."""
    if source is None:
        return frozenset()
    texts = (t for row in _edges(source) if len(row) <= _MOST_CELLS for t in row)
    told = [text for text in texts if not text.rstrip().endswith(("：", ":")) and len(text) <= 60]
    return finder.within("\n".join(told))


def _edges(source: Source) -> Iterator[list[str]]:
    """Yield the texts of the first and last rows and paragraphs."""
    for grid in source.grids:
        rows = grid.rows
        for row in chain(rows[:_EDGE], rows[max(_EDGE, len(rows) - _EDGE) :]):
            texts = [cell.text for cell in row if cell.text and not cell.text.isspace()]
            if texts:
                yield texts
    if source.flow.tables or not source.grids:
        lines = source.flow.paragraphs
        for line in chain(lines[:_EDGE], lines[max(_EDGE, len(lines) - _EDGE) :]):
            if not any(t.start <= line.start < t.end for t in source.flow.tables):
                yield [line.text]
