"""How a feedback form looks: the layout `form`, and what it says beyond a table's layout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.base.errors import FileProblem
from tracker.base.resources import load
from tracker.domain.form import FIXED, OPEN
from tracker.reports.looks import load_layout

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.reports.looks import Layout

_NAME = "form"


@dataclass(frozen=True, slots=True)
class FormLook:
    """The look of a form.

    Attributes:
        fixed_fill: the colour behind cells that the unit is not to change (RRGGBB).
        code_color: the colour of codes and of the form's number (RRGGBB).
        sign_heights: heights of the rows for signature and seal, in points.
        sizes: sizes of the columns that differ from the body's, by field.
    """

    layout: Layout
    fixed_fill: str
    code_color: str
    sign_heights: tuple[float, float]
    sizes: Mapping[str, float]

    def size(self, field: str) -> float:
        """Return the size of a column's text."""
        return float(self.sizes.get(field, self.layout.body.sizes[0]))


def load_form_look() -> FormLook:
    """Return the look of forms.

    Raises:
        FileProblem: the layout's file is missing, wrong, or lacks a column of the form.
    """
    layout, data = load_layout(_NAME), load(f"layouts/{_NAME}.toml")
    lacking = (FIXED.keys() | OPEN.keys()) ^ {column.field for column in layout.columns}
    if lacking:
        raise _broken(f"各栏应恰是 {'、'.join((*FIXED, *OPEN))}")
    try:
        entry = data["form"]
        first, second = entry["sign_heights"]
        return FormLook(
            layout,
            entry["fixed_fill"],
            entry["code_color"],
            (float(first), float(second)),
            entry["sizes"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _broken(f"缺少或写错了：{error}") from error


def _broken(why: str) -> FileProblem:
    return FileProblem(f"版式“{_NAME}”的写法有误", why, "请改正该版式文件或重新安装程序")
