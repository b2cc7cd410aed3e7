"""Reads the numbers of printed reports back, as a reader with a pencil would: from words alone.

Nothing here knows how the program words or counts; a report is a file of any of its formats.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass, field
from shutil import which
from typing import TYPE_CHECKING

import pytest

from tests.helpers.pages import read_pages

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_COMPLETIONS = {
    "已销号": "closed",
    "已完成": "done",
    "推进中": "in_progress",
    "未启动": "not_started",
    "调整/取消": "excluded",
}
_PACES = {"滞后": "behind", "受阻": "blocked", "达序时": "on_track", "超序时": "ahead"}
_WORDS_OF_OFFICES = {
    "滞后": "in_progress",
    "受阻": "in_progress",
    "达到序时进度": "in_progress",
    "已取消": "excluded",
}
_FINISHED, _OPEN = {"closed", "done"}, {"in_progress", "not_started"}
_AGAIN = "（续）"


def squeezed(text: object) -> str:
    """Return a text without white space."""
    return "" if text is None else "".join(str(text).split())


def words_of(path: Path) -> str:
    """Return all words of a letter without white space and page numbers."""
    if path.suffix == ".docx":
        import docx

        return squeezed("".join(p.text for p in docx.Document(path).paragraphs))
    if which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    command = ["pdftotext", "-raw", str(path), "-"]
    out = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout
    return re.sub(r"—\d+—", "", squeezed(out.decode()))


@dataclass(frozen=True, slots=True)
class ToldByCircular:
    """What a circular says; None or empty where it says nothing of the kind.

    Attributes:
        shares: in tenths of a per cent, of `share_of` tasks.
        overdue, slow: the numbers of the tasks it names, and how many it says there are.
        groups: per passage by class or unit, what it says of each.
    """

    total: int
    completions: dict[str, int]
    shares: list[int]
    share_of: int | None
    paces: dict[str, int]
    rate: tuple[int, int, str] | None
    overdue: tuple[int, list[str]]
    slow: tuple[int, list[str]]
    returns: dict[str, object] | None
    groups: list[dict[str, Group]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Group:
    """A class or unit: tasks, those taken out, finished ones."""

    total: int
    excluded: int
    done: int


def read_circular(path: Path) -> ToldByCircular:
    """Read a 通报."""
    words = words_of(path)
    total = re.search(r"共有任务(\d+)项", words)
    assert total is not None, words
    listed = re.search(r"共有任务\d+项，其中(.*?)(?:，分别占|。)", words)
    shares = re.search(r"分别占(.*?)（以(\d+)项计）", words)
    paces = re.search(r"推进中的任务里，(.*?)。", words)
    return ToldByCircular(
        total=int(total[1]),
        completions=_counted(listed[1] if listed else "", _COMPLETIONS),
        shares=[int(a) * 10 + int(b) for a, b in re.findall(r"(\d+)\.(\d)%", shares[1])]
        if shares
        else [],
        share_of=int(shares[2]) if shares else None,
        paces=_counted(paces[1] if paces else "", _PACES),
        rate=_rate(words),
        overdue=_named(words, r"已过时限仍未完成的(\d+)项"),
        slow=_named(words, r"报为滞后或受阻的(\d+)项"),
        returns=_returns(words),
        groups=[_groups(said) for said in re.findall(r"按[^，。]{2,10}看，(.*?)。", words)],
    )


def _counted(said: str, keys: dict[str, str]) -> dict[str, int]:
    found = re.findall(r"([^、，\d]+)(\d+)项", said)
    return {keys[word]: int(number) for word, number in found}


def _rate(words: str) -> tuple[int, int, str] | None:
    found = re.search(r"应完成(\d+)项，已完成（含已销号）(\d+)项，完成率([\d.]+)%", words)
    return (int(found[2]), int(found[1]), found[3]) if found else None


def _named(words: str, heading: str) -> tuple[int, list[str]]:
    found = re.search(heading, words)
    if found is None:
        return 0, []
    clause = re.split(r"（[二三四五六]）|三、|另有\d+项任务", words[found.end() :], maxsplit=1)[0]
    return int(found[1]), re.findall(r"第([^项，第]+)项“", clause)


def _returns(words: str) -> dict[str, object] | None:
    found = re.search(r"应反馈(\d+)家，已反馈(\d+)家(.*?)。", words)
    if found is None:
        return None
    missing = re.search(r"未反馈的(\d+)家：([^；]*)", found[3])
    late = re.search(r"迟报的(\d+)家：([^；]*)", found[3])
    units = missing[2].split("、") if missing else []
    assert len(units) == int(missing[1] if missing else 0)
    assert len(late[2].split("、") if late else []) == int(late[1] if late else 0)
    return {
        "due": int(found[1]),
        "returned": int(found[2]),
        "late": int(late[1]) if late else 0,
        "missing": units,
    }


def _groups(said: str) -> dict[str, Group]:
    pattern = r"([^；，、]+?)(\d+)项(?:（调整/取消(\d+)项）)?(?:、完成(\d+)项)?(?:（[\d.]+%）)?"
    return {
        name: Group(int(total), int(out or 0), int(done or 0))
        for name, total, out, done in re.findall(pattern, said)
    }


@dataclass(frozen=True, slots=True)
class ToldByTable:
    """A table read back: what stands above it, and its rows by heading; all without white space."""

    above: str
    rows: list[dict[str, str]]

    def column(self, heading: str) -> list[str]:
        """Return the cells under a heading."""
        return [row[heading] for row in self.rows]

    def numbers(self) -> list[str]:
        """Return the printed numbers."""
        return [number for number in self.column("序号") if number]

    def completions(self) -> dict[str, int]:
        """Count the rows by the light's word."""
        found: dict[str, int] = {}
        for cell in self.column("亮灯"):
            word = next((w for w in ("已销号", "已完成", "调整/取消") if w in cell), "")
            key = _COMPLETIONS.get(word, "open")
            found[key] = found.get(key, 0) + 1
        return found

    def states(self) -> dict[str, int]:
        """Count the rows by the words for their state: finished, open, excluded.

        The words tell no more: a finished task may be closed besides, one held up not started.
        """
        found: dict[str, int] = {}
        for cell in self.column("状态"):
            word = cell.split("·")[0]
            key = _COMPLETIONS.get(word) or _WORDS_OF_OFFICES[word]
            key = "finished" if key in _FINISHED else "open" if key in _OPEN else key
            found[key] = found.get(key, 0) + 1
        return found

    def late(self) -> list[str]:
        """Return the numbers of the rows whose light says they are past their date."""
        return [row["序号"] for row in self.rows if "逾期" in row["亮灯"]]

    def by_unit(self, units: Iterable[str], heading: str = "牵头责任单位") -> dict[str, int]:
        """Count the rows of each unit."""
        cells = self.column(heading)
        counted = {unit: sum(unit in cell for cell in cells) for unit in units}
        return {unit: number for unit, number in counted.items() if number}


def read_table(path: Path) -> ToldByTable:
    """Read a table from a workbook, a document or a PDF; rows that go on are put together."""
    lines, above = _READERS[path.suffix](path)
    top = next(place for place, line in enumerate(lines) if "序号" in line)
    headings = lines[top]
    rows: list[dict[str, str]] = []
    for line in lines[top + 1 :]:
        row = dict(zip(headings, line, strict=False))
        if line == headings or len(row) < len(headings):
            continue
        if row["序号"].endswith(_AGAIN):
            for heading in headings:
                if not row[heading].endswith(_AGAIN):
                    rows[-1][heading] += row[heading]
        else:
            rows.append(row)
    return ToldByTable(above + "".join("".join(line) for line in lines[:top]), rows)


def _from_workbook(path: Path) -> tuple[list[list[str]], str]:
    import openpyxl

    sheet = openpyxl.load_workbook(path).worksheets[0]
    lines = [[squeezed(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    return lines, ""


def _from_document(path: Path) -> tuple[list[list[str]], str]:
    import docx

    document = docx.Document(path)
    lines = [[squeezed(cell.text) for cell in row.cells] for row in document.tables[0].rows]
    return lines, squeezed("".join(p.text for p in document.paragraphs))


def _from_pdf(path: Path) -> tuple[list[list[str]], str]:
    pages = read_pages(path)
    lines = [[cell.text for cell in row.cells] for page in pages for row in page.rows]
    return lines, pages[0].above


_READERS = {".xlsx": _from_workbook, ".docx": _from_document, ".pdf": _from_pdf}
