"""Layouts of the 落实情况表: those of the program, those the office keeps, files it shares."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.base.atomic import ensure_writable, replace_file
from tracker.base.errors import FileProblem, UserError, reason
from tracker.base.paths import resource
from tracker.base.resources import load
from tracker.domain.content import EXTRA, ContentRow
from tracker.domain.history import Changes
from tracker.ops.layout_drafts import data_of, draft_of
from tracker.ops.outcome import Outcome
from tracker.store.models import Setting

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tracker.domain.layout import LayoutDraft
    from tracker.domain.ledger import LedgerRow
    from tracker.ops.office import Office
    from tracker.reports.looks import Layout
    from tracker.store.queries import View

Json = dict[str, Any]  # Any: values of TOML

STANDARD = "standard"
_KIND = "situation"
_ENDING = ".toml"
_KEPT = "layout:"
_TEMPLATES = "模板"
_STANDING = "standing_layout:"
_NOT_CELLS = frozenset({"new", "extra"})


@dataclass(frozen=True, slots=True)
class LayoutName:
    """A layout by its name, with the words for it.

    Attributes:
        own: the office keeps it; the others come with the program.
    """

    name: str
    label: str
    own: bool = False


def list_layouts(office: Office | None = None) -> tuple[LayoutName, ...]:
    """Return the layouts that come with the program, the standard one first, then the office's."""
    found = []
    for path in sorted(resource("layouts").glob(f"*{_ENDING}")):
        data = load(f"layouts/{path.name}")
        base = load(f"layouts/{data['base']}{_ENDING}") if "base" in data else {}
        if (base | data).get("kind") == _KIND:
            found.append(LayoutName(path.stem, str(data["label"])))
    found.sort(key=lambda each: each.name != STANDARD)
    if office is not None:
        with office.read() as view:
            kept = view.settings(_KEPT)
        found += [LayoutName(data["name"], data["label"], own=True) for data in kept.values()]
    return tuple(found)


def find_layout(name: str, office: Office | None = None) -> Layout:
    """Return a layout by its name, or from a file.

    Args:
        name: one of `list_layouts`, or the path of a `.toml` file.
        office: whose own layouts are known as well.

    Raises:
        UserError: there is no such layout.
        FileProblem: the file cannot be read or is written wrongly.
    """
    data = layout_named(name, office)
    return checked(data, data["name"])


def layout_named(name: str, office: Office | None = None) -> Json:
    """Return a layout as it is written, with all it takes from its base.

    Raises:
        UserError, FileProblem: as `find_layout` does.
    """
    from tracker.reports.looks import completed, layout_data

    if name.lower().endswith(_ENDING):
        return completed(_read(Path(name)))
    if office is not None:
        with office.read() as view:
            kept: Json | None = view.setting(_KEPT + name)
        if kept is not None:
            return kept
    known = list_layouts(office)
    if name not in {each.name for each in known}:
        listed = "、".join(f"{each.name}（{each.label}）" for each in known)
        raise UserError(
            f"没有“{name}”这种版式", f"现有：{listed}", "请写其中一个，或一个 .toml 版式文件的路径"
        )
    return layout_data(name)


def checked(data: Mapping[str, Any], name: str) -> Layout:  # Any: values of TOML
    """Return the layout that `data` describes, if every column of it can be filled.

    Raises:
        FileProblem: it is written wrongly.
    """
    from tracker.reports.looks import read_layout

    layout = read_layout(dict(data), name)
    known = {field.name for field in fields(ContentRow)} - _NOT_CELLS
    unknown = [
        c.field for c in layout.columns if c.field not in known and not c.field.startswith(EXTRA)
    ]
    if unknown:
        raise FileProblem(
            f"版式“{layout.name}”里没有“{unknown[0]}”这一栏",
            f"可用的栏：{'、'.join(sorted(known))}",
            "请改正该版式文件",
        )
    return layout


def edit_layout(name: str, office: Office | None = None) -> LayoutDraft:
    """Return a layout to be edited.

    Args:
        name, office: as `find_layout` takes them; a shared `.toml` file is opened so too.

    Raises:
        UserError, FileProblem: as `find_layout` does.
    """
    data = layout_named(name, office)
    checked(data, data["name"])
    return draft_of(data)


def layout_of(draft: LayoutDraft) -> Layout:
    """Return an edited layout as it prints.

    Raises:
        FileProblem: it cannot be printed so; the message says what is wrong.
    """
    return checked(data_of(draft), draft.label)


def save_layout(
    office: Office, draft: LayoutDraft, *, who: str, now: datetime
) -> Outcome[LayoutName]:
    """Keep a layout in the office under its label, in place of its own one of that label.

    Raises:
        UserError: it has no label, or that of one that comes with the program.
        FileProblem: it cannot be printed so.
    """
    label = draft.label.strip()
    if not label:
        raise UserError("版式还没有名称", "", "请写一个名称，如“常务会落实情况表”")
    check_label(label)
    if any(label in (each.label, each.name) for each in list_layouts()):
        raise UserError(f"“{label}”是程序自带的版式", "自带的版式不改", "请换一个名称另存")
    data = {**data_of(draft), "name": label, "label": label}
    checked(data, label)
    with office.change(f"保存版式“{label}”", who, now) as work:
        kept = work.find_setting(_KEPT + label)
        if kept is None:
            work.add(Setting(key=_KEPT + label, value=data))
        else:
            kept.value = data
    return Outcome(LayoutName(label, label, own=True), work.changes, f"已保存版式“{label}”")


def check_label(label: str) -> None:
    """Refuse a name that would be taken for a file or a template.

    Raises:
        UserError: it begins or ends like one.
    """
    if label.startswith(_TEMPLATES) or label.lower().endswith((_ENDING, ".xlsx")):
        raise UserError(
            f"版式不能叫“{label}”",
            f"以“{_TEMPLATES}”开头的是模板，以 {_ENDING}、.xlsx 结尾的是文件",
            "请换一个名称",
        )


def remove_layout(office: Office, name: str, *, who: str, now: datetime) -> Outcome[str]:
    """Take a layout of the office's own away; what was printed in it stays as it was.

    Raises:
        UserError: the office keeps none of that name.
    """
    with office.change(f"删除版式“{name}”", who, now) as work:
        kept = work.find_setting(_KEPT + name)
        if kept is None:
            raise UserError(f"没有保存过版式“{name}”", "", "自带的版式不能删除")
        work.remove(kept)
    return Outcome(name, work.changes, f"已删除版式“{name}”")


def share_layout(draft: LayoutDraft, target: Path) -> None:
    """Write a layout as a `.toml` file that another office can take.

    Raises:
        FileProblem: it cannot be printed so, or the target cannot be written.
    """
    import tomli_w

    ensure_writable(target)
    layout_of(draft)
    text = f"# {draft.label}：落实情况表的版式\n\n{tomli_w.dumps(data_of(draft))}"
    replace_file(target, lambda temporary: _write(temporary, text))


def _write(target: Path, text: str) -> None:
    target.write_text(text, encoding="utf-8", newline="\n")


def standing_layout(view: View, ledger: LedgerRow) -> Json:
    """Return the layout in which a ledger's tables are printed where none is named."""
    from tracker.reports.looks import layout_data

    name = view.setting(f"{_STANDING}{ledger.id}")
    kept: Json | None = view.setting(f"{_KEPT}{name}") if name else None
    if kept is not None:
        return kept
    shipped = {each.name for each in list_layouts()}
    return layout_data(name if name in shipped else STANDARD)


def choose_standing_layout(
    office: Office, ledger: LedgerRow, name: str, *, who: str, now: datetime
) -> Outcome[str]:
    """Let a ledger's tables be printed in a layout from now on where none is named.

    Raises:
        UserError, FileProblem: as `find_layout` does.
    """
    label = layout_named(name, office)["label"]
    key = f"{_STANDING}{ledger.id}"
    with office.read() as view:
        if view.setting(key) == name:
            return Outcome(name, Changes(), f"“{ledger.name}”用的就是版式“{label}”")
    with office.change(f"“{ledger.name}”改用版式“{label}”", who, now) as work:
        kept = work.find_setting(key)
        if kept is None:
            work.add(Setting(key=key, value=name))
        else:
            kept.value = name
    return Outcome(name, work.changes, f"“{ledger.name}”的表今后按版式“{label}”印")


def _read(path: Path) -> Json:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise FileProblem(f"版式文件“{path.name}”读不出", reason(error), "请检查路径") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FileProblem(
            f"版式文件“{path.name}”的写法有误", str(error), "请对照 standard.toml 改正"
        ) from error
    base = data.get("base", STANDARD)
    if base not in {each.name for each in list_layouts()}:
        raise FileProblem(
            f"版式文件“{path.name}”的写法有误", f"没有叫“{base}”的版式可作 base", "请改正 base"
        )
    return {"name": path.stem, "label": path.stem, **data, "base": base}
