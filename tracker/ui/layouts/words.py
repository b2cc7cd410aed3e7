"""Words and first values of the layout window."""

from __future__ import annotations

from tracker.domain.layout import COLUMN_WORDS

ALIGN_WORDS = {"left": "居左", "center": "居中", "right": "居右"}
PART_WORDS = {"title": "标题", "heading": "表头", "body": "正文", "meta": "标题下各行"}
MARGIN_WORDS = {"top": "上", "bottom": "下", "left": "左", "right": "右"}
FOOTER_WORDS = {
    "第 &P 页 共 &N 页": "第 1 页 共 3 页",
    "第 &P 页": "第 1 页",
    "— &P —": "— 1 —",
    "": "不印页码",
}
"""Forms of the page number, as they look on the first of three pages."""

SIZE_WORDS = {
    42.0: "初号",
    36.0: "小初",
    26.0: "一号",
    24.0: "小一",
    22.0: "二号",
    18.0: "小二",
    16.0: "三号",
    15.0: "小三",
    14.0: "四号",
    12.0: "小四",
    11.0: "",
    10.5: "五号",
    10.0: "",
    9.0: "小五",
    8.0: "",
    7.5: "六号",
}
"""Sizes in points with the names printers have for them."""

BLANK = "extra.blank"
_WIDTHS = {
    "number": 14.0,
    "percent": 18.0,
    "light": 24.0,
    "state": 22.0,
    "persons": 24.0,
    "group": 26.0,
    "task": 60.0,
    "progress": 90.0,
    "before": 80.0,
}
_WIDTH = 32.0
_LEFT = frozenset({"task", "progress", "before", "problems", "next_steps", "remark"})


def size_words(points: float) -> str:
    """Return how a size is called (“小四 12磅”)."""
    name = SIZE_WORDS.get(points, "")
    return f"{name}　{points:g}磅" if name else f"{points:g}磅"


def field_words(field: str) -> str:
    """Return what a column prints, in words."""
    known = COLUMN_WORDS.get(field)
    if known is None and field.startswith(BLANK):
        known = COLUMN_WORDS[BLANK]
    return known or field


def first_width(field: str) -> float:
    """Return the width a new column has."""
    return _WIDTHS.get(field, _WIDTH)


def first_align(field: str) -> str:
    """Return how a new column is aligned."""
    return "left" if field in _LEFT else "center"


def mm(value: float) -> str:
    """Return a length as the clerk reads it."""
    return f"{round(value, 1):g}"
