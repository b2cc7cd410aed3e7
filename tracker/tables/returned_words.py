"""Keeps account of the words of a returned file, so that none of them is lost."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.domain.form import FIXED, OPEN, SIGNATURE
from tracker.domain.mapping import RowKind
from tracker.domain.returned import Unplaced
from tracker.tables.cells import clean, is_blank_mark, squeezed
from tracker.tables.notices import notice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tracker.domain.mapping import SheetShape
    from tracker.files.grid import Grid
    from tracker.files.source import Source

NO_REPORT = "标题、表头、落款等，不是填报内容"
"""Settles words that are kept but wait for nobody."""

SIGNED = re.compile(
    rf"\s*(?:{'|'.join(map(re.escape, SIGNATURE.values()))}|填报日期|单位（盖章）)\s*(?:[：:]|$)"
)
"""Opens a cell for a signature."""
_GUIDE = "填写说明"
_BODY = frozenset({RowKind.TASK, RowKind.CONTINUED})
_FRAME = {RowKind.TITLE, RowKind.SECTION}
_FRAME_REASONS = frozenset(
    {
        "填报信息",
        "落款签字",
        "落款日期",
        "落款单位",
        "列号",
        "只有序号的空行",
        "重复的表头",
        "合计行",
    }
)
_PAGE_MARKS = frozenset({"页码", "分隔线"})
_LONGEST_FRAME = 80
_HEADINGS = frozenset(squeezed(heading) for heading in (*FIXED.values(), *OPEN.values()))
_FEWEST = 4
"""So many signs must stand inside a longer text to be taken for a part of it."""


def word_key(text: str) -> str:
    """Return a text as it is accounted for: to the letter, but for blanks and stray tags."""
    return squeezed(clean(text))


class Account:
    """What of a file has a place; every place covers the words once."""

    def __init__(self, is_label: Callable[[str], bool] | None = None) -> None:
        """Begin with nothing but what our form itself prints."""
        self._held: Counter[str] = Counter()
        self._texts: dict[str, None] = {}
        self._is_label = is_label

    def take(self, *texts: str) -> None:
        """Note that these words have a place."""
        for text in texts:
            key = word_key(text)
            if key:
                self._held[key] += 1
                self._texts[key] = None

    def covers(self, text: str) -> bool:
        """Tell whether words have a place; the same words in another cell need another one."""
        key = word_key(text)
        if is_blank_mark(key):
            return True  # “/” says that there is nothing to say
        if self._held[key] > 0:
            self._held[key] -= 1
            return True
        if self._is_label is not None and self._is_label(text):
            return True
        return len(key) >= _FEWEST and any(key in held != key for held in self._texts)


@dataclass(slots=True)
class Leftover:
    """Words without a place, gathered while a file is gone through.

    Attributes:
        waiting: for the clerk.
        frame: titles, signatures and the like, as they stand.
    """

    waiting: list[Unplaced] = field(default_factory=list)
    frame: list[str] = field(default_factory=list)

    def unplaced(self) -> tuple[Unplaced, ...]:
        """Return all of it, what waits for nobody in one."""
        if not self.frame:
            return tuple(self.waiting)
        kept = Unplaced("标题和落款", "\n".join(self.frame), NO_REPORT)
        return (*self.waiting, kept)


def place_of(sheet: str, number: int, task: str = "", column: str = "") -> str:
    """Return in words where a row or a cell of it stands."""
    where = f"{sheet} 第{number}行" if sheet else f"第{number}行"
    where += f"“{column}”栏" if column else ""
    return f"{where}（{task}）" if task else where


def gather_grid(
    grid: Grid,
    shape: SheetShape | None,
    account: Account,
    leftover: Leftover,
    tasks: Mapping[tuple[str, int], str],
) -> None:
    """Go through a sheet row by row and gather what has no place.

    Args:
        grid: the sheet.
        shape: what its rows were taken for; None where it was not read as a table.
        account: what has a place.
        leftover: gets the rest.
        tasks: for rows (sheet, number) that were placed, which task they speak of, in words.
    """
    for at, row in enumerate(grid.rows):
        filled = [(c, x.text) for c, x in enumerate(row) if x.text and not x.text.isspace()]
        kind = shape.kinds[at] if shape and at < len(shape.kinds) else RowKind.UNREAD
        if not filled:
            continue
        if kind is RowKind.HEADER:
            leftover.frame += (text for _, text in filled if word_key(text) not in _HEADINGS)
            continue
        filled = [(column, text) for column, text in filled if not account.covers(text)]
        if not filled:
            continue
        number, texts = grid.numbers[at], [text for _, text in filled]
        reason = shape.reasons.get(at, "") if shape else ""
        if _is_frame(texts, kind, reason) or _is_guide(shape, number, texts):
            leftover.frame.append("　".join(texts))
        else:
            alone = len(filled) == 1 and kind in _BODY
            column = _heading(shape, number, filled[0][0]) if alone else ""
            place = place_of(grid.sheet, number, tasks.get((grid.sheet, number), ""), column)
            leftover.waiting.append(Unplaced(place, "　".join(texts)))


def _is_guide(shape: SheetShape | None, number: int, texts: Sequence[str]) -> bool:
    """Tell whether a row is the guide above a form, as the office may have worded it since."""
    tops = [table.mapping.top for table in shape.tables] if shape else []
    return bool(tops) and number < min(tops) and all(text.startswith(_GUIDE) for text in texts)


def _heading(shape: SheetShape | None, number: int, column: int) -> str:
    """Return the heading above a cell; empty where there is none."""
    above = [t for t in shape.tables if t.mapping.bottom < number] if shape else []
    if not above:
        return ""
    printed = max(above, key=lambda table: table.mapping.bottom).printed
    return printed[column] if column < len(printed) else ""


def _is_frame(texts: Sequence[str], kind: RowKind, reason: str) -> bool:
    """Tell whether a row is a title, a signature and the like, and no longer than one is."""
    if kind in _BODY:
        return False
    signed = any(SIGNED.match(text) for text in texts)
    if not (signed or kind in _FRAME or reason in _FRAME_REASONS):
        return False
    return all(len(text) <= _LONGEST_FRAME and "。" not in text for text in texts)


def gather_paragraphs(source: Source, account: Account, leftover: Leftover) -> None:
    """Gather the paragraphs outside of tables that have no place, neighbours together."""
    run: list[tuple[int, str]] = []
    for number, text in outside_tables(source):
        if run and number != run[-1][0] + 1:
            _flush(run, leftover)  # a table stands between
        if account.covers(text):
            _flush(run, leftover)
        elif notice(text) in _PAGE_MARKS:
            leftover.frame.append(text)
        else:
            run.append((number, text))
    _flush(run, leftover)


def _flush(run: list[tuple[int, str]], leftover: Leftover) -> None:
    if run:
        first, last = run[0][0], run[-1][0]
        place = f"第{first}段" if first == last else f"第{first}—{last}段"
        leftover.waiting.append(Unplaced(place, "\n".join(text for _, text in run)))
        run.clear()


def outside_tables(source: Source) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs of a document that stand in no table, with their number."""
    tables = source.flow.tables
    for number, paragraph in enumerate(source.flow.paragraphs, 1):
        if not any(place.start <= paragraph.start < place.end for place in tables):
            yield number, paragraph.text


def rows_of(grids: Iterable[Grid]) -> dict[tuple[str, int], tuple[str, ...]]:
    """Return the cells' texts of every row, by sheet and number."""
    return {
        (grid.sheet, number): tuple(cell.text for cell in row)
        for grid in grids
        for number, row in zip(grid.numbers, grid.rows, strict=True)
    }
