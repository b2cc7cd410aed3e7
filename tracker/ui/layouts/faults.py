"""What keeps a layout in hand from being printed, in words and where to mend it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.domain.layout import NARROWEST_MM, PLACES
from tracker.text.wording import places
from tracker.ui.layouts.words import field_words, mm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.domain.layout import LayoutDraft

_LEAST_HEIGHT_MM = 80.0
"""Title, heading and a row need so much between the margins."""
_PAIR = re.compile(r"\{[^{}]*\}")
_SLACK_MM = 0.05
_LINE = 1.2
_MM_PER_POINT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Fault:
    """Something to mend.

    Attributes:
        place: `columns`, `paper`, `title`, `annex`, `meta` or `signature`.
    """

    place: str
    words: str


def faults(draft: LayoutDraft) -> tuple[Fault, ...]:
    """Return what is to be mended before the layout can be printed."""
    return (*_of_columns(draft), *_of_paper(draft), *_of_words(draft))


def _of_columns(draft: LayoutDraft) -> Iterator[Fault]:
    if not draft.columns:
        yield Fault("columns", "一栏也没有，印不出表：请加一栏")
        return
    over = draft.used_mm - draft.room_mm
    if draft.room_mm > 0 and over > _SLACK_MM:
        yield Fault("columns", f"各栏比纸面宽 {mm(over)} 毫米：请改窄，或点“按纸宽分配”")
    for column in draft.columns:
        if column.width_mm < NARROWEST_MM:
            name = column.heading or field_words(column.field)
            yield Fault(
                "columns",
                f"“{name}”只有 {mm(column.width_mm)} 毫米宽：至少要 {mm(NARROWEST_MM)} 毫米",
            )


def _of_paper(draft: LayoutDraft) -> Iterator[Fault]:
    margins = draft.margins_mm
    high = draft.page_mm[1] - margins.get("top", 0.0) - margins.get("bottom", 0.0)
    if high < _LEAST_HEIGHT_MM:
        yield Fault("paper", f"上下边距之间只剩 {mm(max(high, 0.0))} 毫米，放不下表：请改小边距")
    foot = _foot_mm(draft)
    if margins.get("bottom", 0.0) < foot:
        yield Fault("paper", f"下边距至少要 {mm(foot)} 毫米，不然页码压在表上；也可以不印页码")
    if draft.room_mm < NARROWEST_MM:
        yield Fault("paper", "左右边距之间放不下表：请改小边距")


def _foot_mm(draft: LayoutDraft) -> float:
    """Return how much of the bottom margin the page number takes."""
    page = draft.data.get("page", {})
    if not draft.footer or not page:
        return 0.0
    return float(math.ceil(page["footer_mm"] + page["footer_size"] * _LINE * _MM_PER_POINT))


def _of_words(draft: LayoutDraft) -> Iterator[Fault]:
    yield from _in("title", () if draft.title is None else (draft.title,))
    yield from _in("annex", () if draft.annex is None else (draft.annex,))
    yield from _in("meta", draft.meta or ())
    yield from _in("signature", draft.signature)
    if draft.title is not None and not draft.title.strip():
        yield Fault("title", "标题是空的：请写标题，或勾选“同报表”")


def _in(place: str, lines: Iterable[str]) -> Iterator[Fault]:
    joined = "\n".join(lines)
    for name in sorted(places(joined) - set(PLACES)):
        yield Fault(place, f"没有“{{{name}}}”这个占位：可用的是上面几个按钮")
    if re.search(r"[{}]", _PAIR.sub("", joined)):
        yield Fault(place, "大括号不成对：占位要写成“{标题}”这样，可点上面的按钮插入")
