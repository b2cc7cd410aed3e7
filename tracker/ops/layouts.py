"""Layouts of the 落实情况表: those that come with the program, and files of the office's own."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.base.errors import FileProblem, UserError
from tracker.base.paths import resource
from tracker.base.resources import load
from tracker.domain.content import ContentRow

if TYPE_CHECKING:
    from tracker.reports.looks import Layout

_KIND = "situation"
_ENDING = ".toml"


@dataclass(frozen=True, slots=True)
class LayoutName:
    """A layout by its name, with the words for it."""

    name: str
    label: str


def list_layouts() -> tuple[LayoutName, ...]:
    """Return the layouts that come with the program, the standard one first."""
    found = []
    for path in sorted(resource("layouts").glob(f"*{_ENDING}")):
        data = load(f"layouts/{path.name}")
        base = load(f"layouts/{data['base']}{_ENDING}") if "base" in data else {}
        if (base | data).get("kind") == _KIND:
            found.append(LayoutName(path.stem, str(data["label"])))
    return tuple(sorted(found, key=lambda each: each.name != "standard"))


def find_layout(name: str) -> Layout:
    """Return a layout by its name, or from a file of the office's own.

    Args:
        name: one of `list_layouts`, or the path of a `.toml` file.

    Raises:
        UserError: there is no such layout.
        FileProblem: the file cannot be read or is written wrongly.
    """
    from tracker.reports.looks import completed, load_layout, read_layout

    if name.lower().endswith(_ENDING):
        path = Path(name)
        return _with_known_columns(read_layout(completed(_read(path)), path.name))
    known = list_layouts()
    if name not in {each.name for each in known}:
        listed = "、".join(f"{each.name}（{each.label}）" for each in known)
        raise UserError(
            f"没有“{name}”这种版式", f"现有：{listed}", "请写其中一个，或一个 .toml 版式文件的路径"
        )
    return load_layout(name)


def _with_known_columns(layout: Layout) -> Layout:
    known = {field.name for field in fields(ContentRow)}
    unknown = [column.field for column in layout.columns if column.field not in known]
    if unknown:
        raise FileProblem(
            f"版式“{layout.name}”里没有“{unknown[0]}”这一栏",
            f"可用的栏：{'、'.join(sorted(known))}",
            "请改正该版式文件",
        )
    return layout


def _read(path: Path) -> dict[str, Any]:  # Any: values of TOML
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise FileProblem(
            f"版式文件“{path.name}”读不出", error.strerror or str(error), "请检查路径"
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FileProblem(
            f"版式文件“{path.name}”的写法有误", str(error), "请对照 standard.toml 改正"
        ) from error
    base = data.get("base", "standard")
    if base not in {each.name for each in list_layouts()}:
        raise FileProblem(
            f"版式文件“{path.name}”的写法有误", f"没有叫“{base}”的版式可作 base", "请改正 base"
        )
    return {"name": path.stem, "label": path.stem, **data, "base": base}
