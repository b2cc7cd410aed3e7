"""What is wrong in a layout file, in words that say where; all of it, not only the first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.domain.layout import PAPER_CODES, PAPER_MM
from tracker.reports.measure import Ruler

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tracker.reports.looks import Layout

Json = dict[str, Any]  # Any: values of TOML

NARROWEST_MM = 6.0
LARGEST_SIZE = 72.0
_ALIGNS = ("left", "center", "right")
_LEAST_BODY_MM = 60.0
_MOST_FOR_HEADING = 0.4
_SLACK_MM = 2.5

_Rule = tuple["Callable[[Any], bool]", str]  # Any: a value of TOML


def _is_number(value: Any) -> bool:  # Any: a value of TOML
    return isinstance(value, int | float) and not isinstance(value, bool)


def _at_least(least: float) -> _Rule:
    return (lambda v: _is_number(v) and v >= least), f"应为不小于 {least:g} 的数"


def _between(least: float, most: float) -> _Rule:
    return (lambda v: _is_number(v) and least <= v <= most), f"应在 {least:g} 到 {most:g} 之间"


def _sizes() -> _Rule:
    def right(value: Any) -> bool:  # Any: a value of TOML
        return (
            isinstance(value, list)
            and bool(value)
            and all(_is_number(size) and 0 < size <= LARGEST_SIZE for size in value)
        )

    return right, f"应为一个或几个字号，大于 0，不超过 {LARGEST_SIZE:g} 磅"


_WORDS: _Rule = (lambda v: isinstance(v, str), "应为文字（加引号）")
_SAID: _Rule = (lambda v: isinstance(v, str) and bool(v.strip()), "应为文字（加引号），不能空着")
_SWITCH: _Rule = (lambda v: isinstance(v, bool), "应为 true 或 false")
_LIST: _Rule = (
    lambda v: isinstance(v, list) and all(isinstance(each, str) for each in v),
    "应为若干段文字",
)
_ALIGN: _Rule = (lambda v: v in _ALIGNS, "应为 left、center 或 right")

_LOOK = {"font": _SAID, "sizes": _sizes(), "align": _ALIGN, "padding": _at_least(0)}
_COLUMN = {"field": _SAID, "heading": _WORDS, "width_mm": _at_least(NARROWEST_MM), "align": _ALIGN}
_PAPERS = "、".join(f"{code}（{paper}）" for paper, code in PAPER_CODES.items())
_SIDES = {f"{side}_mm": _at_least(0) for side in ("top", "bottom", "left", "right")}
_REQUIRED: dict[str, dict[str, _Rule]] = {
    "page": {
        "paper": (lambda v: v in PAPER_CODES.values(), f"应为 {_PAPERS}"),
        "landscape": _SWITCH,
        "width_mm": _at_least(1),
        "height_mm": _at_least(1),
        **_SIDES,
        "header_mm": _at_least(0),
        "footer_mm": _at_least(0),
        "footer": _WORDS,
        "footer_font": _SAID,
        "footer_size": _between(1, LARGEST_SIZE),
    },
    "normal": {"font": _SAID, "size": _between(1, LARGEST_SIZE), "digit_px": _at_least(1)},
    "cell": {
        "side_padding": _at_least(0),
        "least_height": _between(1, 409),
        "width_share": _between(0.5, 1),
    },
    **dict.fromkeys(("annex", "title", "meta", "heading", "body"), _LOOK),
}
_OPTIONAL: dict[str, dict[str, _Rule]] = {
    "page": {"sides": _SWITCH},
    "frame": {
        "title": _WORDS,
        "annex": _WORDS,
        "meta": _LIST,
        "signature": _LIST,
        "legend": _SWITCH,
        "marks": _SWITCH,
    },
    "group": {"by": _WORDS, "merged": _SWITCH},
}
_MAY_MISS = {"below": _LOOK, "group_line": _LOOK}
_TOP = {"name": _SAID, "label": _SAID, "sheet": _SAID}
_SITUATION = "situation"
_KNOWN = {*_TOP, *_REQUIRED, *_MAY_MISS, *_OPTIONAL, "columns", "base", "kind"}
"""What a layout of the 落实情况表 may say; layouts of other tables may say more."""


def data_faults(data: Mapping[str, Any]) -> list[str]:  # Any: values of TOML
    """Return what is wrong with a layout as it is written."""
    found = [*_in_part("", data, _TOP, None)]
    if data.get("kind") == _SITUATION:
        strange = [key for key in data if key not in _KNOWN]
        found += [f"没有“{key}”这一项（可写：{'、'.join(sorted(_KNOWN))}）" for key in strange]
    for part, rules in (_REQUIRED | _MAY_MISS).items():
        if part in data or part not in _MAY_MISS:
            found += _in_part(part, data.get(part), rules, _OPTIONAL.get(part, {}))
    for part in ("frame", "group"):
        if part in data:
            found += _in_part(part, data[part], {}, _OPTIONAL[part])
    return found + list(_in_columns(data.get("columns")))


def layout_faults(layout: Layout) -> list[str]:
    """Return what cannot be printed of a layout that is written as it should be."""
    return [*_of_page(layout), *_of_columns(layout)]


def _in_part(
    part: str, entry: Any, needed: Mapping[str, _Rule], more: Mapping[str, _Rule] | None
) -> Iterator[str]:  # Any: a value of TOML
    """Say what is wrong in a part; unless `more` is None it may hold nothing else."""
    where = f"[{part}] " if part else ""
    if not isinstance(entry, dict):
        yield f"{where}缺少或写错了"
        return
    missing = [key for key in needed if key not in entry]
    if missing:
        yield f"{where}缺少或写错了 {'、'.join(missing)}"
    rules = {**needed, **(more or {})}
    for key, value in entry.items():
        if key not in rules:
            if more is not None:
                yield f"{where}里没有“{key}”这一项（可写：{'、'.join(rules)}）"
        elif not rules[key][0](value):
            yield f"{where}{key} = {_shown(value)}：{rules[key][1]}"


def _in_columns(entries: Any) -> Iterator[str]:  # Any: a value of TOML
    if not isinstance(entries, list) or not entries:
        yield "[[columns]] 缺少或写错了：至少要有一栏"
        return
    seen: set[str] = set()
    for place, entry in enumerate(entries, 1):
        for fault in _in_part("columns", entry, _COLUMN, {}):
            yield fault.replace("[columns]", f"第{place}栏", 1)
        field = entry.get("field") if isinstance(entry, dict) else None
        if isinstance(field, str) and field in seen:
            yield f"第{place}栏 field = {_shown(field)}：这一栏前面已有"
        elif isinstance(field, str):
            seen.add(field)


def _of_page(layout: Layout) -> Iterator[str]:
    page = layout.page
    paper = next(paper for paper, code in PAPER_CODES.items() if code == page.paper)
    short, long = PAPER_MM[paper]
    width, height = (long, short) if page.landscape else (short, long)
    if abs(page.width_mm - width) > 1 or abs(page.height_mm - height) > 1:
        lies = "横向" if page.landscape else "纵向"
        yield (
            f"[page] 写的是 {page.width_mm:g} × {page.height_mm:g} 毫米，"
            f"而 {paper} {lies}是 {width:g} × {height:g} 毫米"
        )
    if page.height_mm - page.top_mm - page.bottom_mm < _LEAST_BODY_MM:
        yield f"[page] 上下页边距太大，剩下的高度不足 {_LEAST_BODY_MM:g} 毫米"
    foot = page.footer_mm + Ruler().pitch(page.footer_font, page.footer_size) * 25.4 / 72
    if page.footer and foot > page.bottom_mm + _SLACK_MM:
        yield f"[page] 下边距 {page.bottom_mm:g} 毫米放不下页码，至少要 {foot - _SLACK_MM:.0f} 毫米"


def _of_columns(layout: Layout) -> Iterator[str]:
    page, ruler, size = layout.page, Ruler(), layout.body.sizes[0]
    if sum(column.pixels for column in layout.columns) > page.body_pixels:
        total = sum(column.pixels for column in layout.columns) / page.body_pixels
        room = page.width_mm - page.left_mm - page.right_mm
        yield f"各列相加宽于纸面：共 {total * room:.0f} 毫米，除去页边距只有 {room:.0f} 毫米"
    for place, column in enumerate(layout.columns, 1):
        name = f"第{place}栏“{column.heading}”"
        if layout.room(column.points, size) < 1:
            yield f"{name}太窄，{size:g} 磅的字一个也放不下"
            continue
        look = layout.heading
        lines = ruler.count_lines(column.heading, layout.room(column.points, look.sizes[0]))
        height = lines * ruler.pitch(look.font, look.sizes[0]) + look.padding
        if height > page.body_height * _MOST_FOR_HEADING:
            yield f"{name}的表头要折成 {lines} 行，太高：请加宽这一栏、缩短表头或改小字号"


def _shown(value: Any) -> str:  # Any: a value of TOML
    text = str(value).lower() if isinstance(value, bool) else repr(value)
    return text if len(text) <= 20 else f"{text[:20]}…"
