"""Layouts between the form in which the office edits them and the one in which they are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.base.resources import load
from tracker.domain.layout import (
    PAPER_CODES,
    ColumnDraft,
    FontSet,
    GroupBy,
    LayoutDraft,
    Paper,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Json = dict[str, Any]  # Any: values of TOML

_BY_HEADING = ("annex", "heading", "group_line")
_BY_BODY = ("meta", "body", "below")
_SIZED = ("title", "heading", "body", "meta")
_SMALLER = 4.0
"""A title that does not fit on one line may be so many points smaller."""


def font_sets() -> tuple[FontSet, ...]:
    """Return the sets of fonts that a layout may choose (`resources/font_sets.toml`)."""
    return tuple(FontSet(**entry) for entry in load("font_sets.toml")["sets"])


def draft_of(data: Mapping[str, Any]) -> LayoutDraft:  # Any: values of TOML
    """Return a whole layout (one that has taken what it lacks from its base) to be edited.

    Raises:
        KeyError, ValueError: it lacks an entry; read it by `reports.looks.read_layout` first.
    """
    page, frame, group = data["page"], data.get("frame", {}), data.get("group", {})
    meta = frame.get("meta")
    papers = {code: paper for paper, code in PAPER_CODES.items()}
    return LayoutDraft(
        name=data["name"],
        label=data["label"],
        columns=tuple(
            ColumnDraft(c["field"], c["heading"], float(c["width_mm"]), c["align"])
            for c in data["columns"]
        ),
        paper=papers.get(page["paper"], Paper.A4),
        landscape=page["landscape"],
        margins_mm={side: page[f"{side}_mm"] for side in ("top", "bottom", "left", "right")},
        fonts=_set_of(data),
        sizes_pt={part: float(data[part]["sizes"][0]) for part in _SIZED},
        title=frame.get("title"),
        annex=frame.get("annex"),
        meta=None if meta is None else tuple(meta),
        signature=tuple(frame.get("signature", ())),
        legend=frame.get("legend", False),
        marks=frame.get("marks", False),
        group=GroupBy(group.get("by", "")),
        merged=group.get("merged", False),
        footer=page["footer"],
        data=data,
    )


def data_of(draft: LayoutDraft) -> Json:
    """Return an edited layout as it is kept: all it had, what was edited over it."""
    data: Json = {**draft.data, "name": draft.name, "label": draft.label}
    data.pop("base", None)
    data["page"] = _page(draft)
    data["frame"] = _frame(draft)
    data["group"] = {"by": draft.group.value, "merged": draft.merged}
    data["columns"] = [
        {"field": c.field, "heading": c.heading, "width_mm": c.width_mm, "align": c.align}
        for c in draft.columns
    ]
    for part in (*_SIZED, "annex", "below", "group_line"):
        if part in draft.data:
            data[part] = dict(draft.data[part])
    for part in _SIZED:
        data[part]["sizes"] = _sizes(part, draft.sizes_pt[part], draft.data[part]["sizes"])
    if draft.fonts is not None:
        _set_fonts(data, draft.fonts, draft.sizes_pt)
    return data


def _sizes(part: str, size: float, before: Sequence[float]) -> list[float]:
    """Return the sizes to try; a title may still give way to fit on one line."""
    if size == before[0]:
        return list(before)
    return [size, size - _SMALLER] if part == "title" and size > 2 * _SMALLER else [size]


def _page(draft: LayoutDraft) -> Json:
    width, height = draft.page_mm
    return {
        **draft.data["page"],
        "paper": PAPER_CODES[draft.paper],
        "landscape": draft.landscape,
        "width_mm": width,
        "height_mm": height,
        "footer": draft.footer,
        **{f"{side}_mm": value for side, value in draft.margins_mm.items()},
    }


def _frame(draft: LayoutDraft) -> Json:
    frame: Json = {
        "signature": list(draft.signature),
        "legend": draft.legend,
        "marks": draft.marks,
    }
    said = {"title": draft.title, "annex": draft.annex}
    frame |= {key: value for key, value in said.items() if value is not None}
    return frame if draft.meta is None else frame | {"meta": list(draft.meta)}


def _set_fonts(data: Json, fonts: FontSet, sizes: Mapping[str, float]) -> None:
    plain = {"sizes": [sizes["body"]], "align": "left", "padding": 6.0}
    for part in (*_BY_HEADING, *_BY_BODY):
        data[part] = {**data.get(part, plain)}
        data[part]["font"] = fonts.heading if part in _BY_HEADING else fonts.body
    data["title"]["font"] = fonts.title
    data["page"]["footer_font"] = fonts.page_number


def _set_of(data: Mapping[str, Any]) -> FontSet | None:
    used = (data["title"]["font"], data["heading"]["font"], data["body"]["font"])
    found = (each for each in font_sets() if (each.title, each.heading, each.body) == used)
    return next(found, None)
