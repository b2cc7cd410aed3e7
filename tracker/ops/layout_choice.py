"""Which layout a ledger prints in, and layouts under another name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.ops.layouts import LayoutName, check_label, list_layouts, standing_layout
from tracker.ops.outcome import Outcome
from tracker.store.models import Setting

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.ops.office import Office

_KEPT = "layout:"
_STANDING = "standing_layout:"


def standing_name(office: Office, ledger: LedgerRow) -> str:
    """Return the name of the layout in which a ledger's tables are printed."""
    with office.read() as view:
        return str(standing_layout(view, ledger)["name"])


def approved_label(office: Office, round_: RoundRow) -> str:
    """Return the label of the layout in which a round was approved; empty while it is open."""
    with office.read() as view:
        stored = view.edition_part(round_.id, "layout")
    return str(stored["data"]["label"]) if stored is not None else ""


def rename_layout(
    office: Office, name: str, label: str, *, who: str, now: datetime
) -> Outcome[LayoutName]:
    """Give a layout of the office's own another name; ledgers that print in it go on doing so.

    Raises:
        UserError: the office keeps none of that name, or the new one is empty or taken.
    """
    label = label.strip()
    if not label:
        raise UserError("版式还没有名称", "", "请写一个名称，如“常务会落实情况表”")
    check_label(label)
    if any(label in (each.label, each.name) for each in list_layouts(office) if each.name != name):
        raise UserError(f"已有叫“{label}”的版式", "", "请换一个名称")
    with office.read() as view:
        ledgers = [key for key, value in view.settings(_STANDING).items() if value == name]
    with office.change(f"版式“{name}”改名为“{label}”", who, now) as work:
        kept = work.find_setting(_KEPT + name)
        if kept is None:
            raise UserError(f"没有保存过版式“{name}”", "", "自带的版式不能改名，可以另存")
        if label != name:
            data = {**kept.value, "name": label, "label": label}
            work.remove(kept)
            work.add(Setting(key=_KEPT + label, value=data))
            for standing in (work.find_setting(key) for key in ledgers):
                if standing is not None:
                    standing.value = label
    renamed = LayoutName(label, label, own=True)
    return Outcome(renamed, work.changes, f"版式“{name}”已改名为“{label}”")
