"""Every writer of the program by name, called as the window calls it: for tests of bad targets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.helpers.offices import add_tasks
from tracker.domain.slip import SlipChoice, SlipKind
from tracker.ops.archive import make_archive
from tracker.ops.breakdown import export_breakdown
from tracker.ops.circular import export_circular
from tracker.ops.extracts import export_extract, export_extracts
from tracker.ops.forms import plan_forms, send_forms
from tracker.ops.layouts import edit_layout, share_layout
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.lists import ListKind, export_list
from tracker.ops.notice import export_notice
from tracker.ops.pack import write_pack
from tracker.ops.pictures import write_picture
from tracker.ops.reports import export_situation
from tracker.ops.rounds import list_rounds, new_round
from tracker.ops.sheet_charts import export_with_charts
from tracker.ops.slips import export_slip, list_slips, new_slip
from tracker.ops.unit_years import export_unit_records, export_units
from tracker.ops.year import export_year

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.ops.office import Office

WHO = "张三"


@dataclass(frozen=True)
class Desk:
    """What the writers write from."""

    office: Office
    now: datetime

    @property
    def ledger(self) -> LedgerRow:
        return choose_ledger(self.office, None)

    @property
    def round(self) -> RoundRow:
        return list_rounds(self.office, self.ledger)[-1]


def furnish(office: Office, now: datetime) -> None:
    """Put a ledger with tasks, a round and a slip into an empty office."""
    new_ledger(office, "春季重点工作", who=WHO, now=now, year=2026)
    ledger = choose_ledger(office, None)
    add_tasks(office, ledger, now)
    new_round(office, ledger, who=WHO, now=now)
    choice = SlipChoice(SlipKind.SUPERVISION, "县住建局", ("1-001",))
    new_slip(office, ledger, choice, who=WHO, now=now)


def _of_round(op: Callable[..., object]) -> Callable[[Desk, Path], object]:
    return lambda desk, at: op(desk.office, desk.ledger, desk.round, at, now=desk.now)


def _of_ledger(op: Callable[..., object]) -> Callable[[Desk, Path], object]:
    return lambda desk, at: op(desk.office, desk.ledger, at, now=desk.now)


def _picture(kind: str) -> Callable[[Desk, Path], object]:
    def write(desk: Desk, at: Path) -> object:
        return write_picture(desk.office, kind, desk.ledger, desk.round, at, desk.now.date())

    return write


def _slip(desk: Desk, at: Path) -> object:
    (line,) = list_slips(desk.office, desk.now.date())
    return export_slip(desk.office, line.slip.code, at)


def _list(desk: Desk, at: Path) -> object:
    kind = ListKind.UNFINISHED
    return export_list(desk.office, desk.ledger, desk.round, kind, at, now=desk.now)


def _extract(desk: Desk, at: Path) -> object:
    return export_extract(desk.office, desk.ledger, desk.round, "县住建局", at, now=desk.now)


def _layout(desk: Desk, at: Path) -> object:
    return share_layout(edit_layout("standard", desk.office), at)


def _forms(desk: Desk, folder: Path) -> object:
    plan = plan_forms(desk.office, desk.ledger, desk.round)
    return send_forms(
        desk.office, desk.ledger, desk.round, folder, plan=plan, who=WHO, now=desk.now
    )


TABLE, LETTER, PICTURE = (".xlsx", ".docx", ".pdf"), (".docx", ".pdf"), (".png", ".svg", ".pdf")

FILES: dict[str, tuple[Callable[[Desk, Path], object], tuple[str, ...]]] = {
    "situation": (_of_round(export_situation), TABLE),
    "charted": (_of_round(export_with_charts), (".xlsx",)),
    "breakdown": (_of_ledger(export_breakdown), TABLE),
    "circular": (_of_round(export_circular), LETTER),
    "notice": (_of_ledger(export_notice), LETTER),
    "slip": (_slip, (".docx",)),
    "list": (_list, TABLE),
    "extract": (_extract, TABLE),
    "year": (_of_ledger(export_year), TABLE),
    "units": (_of_ledger(export_units), TABLE),
    "layout": (_layout, (".toml",)),
    "gantt": (_picture("gantt"), PICTURE),
    "chart": (_picture("units"), PICTURE),
}
"""Writers of one file, with the endings they take."""

IN_A_FOLDER: dict[str, Callable[[Desk, Path], object]] = {
    "extracts": _of_round(export_extracts),
    "pack": _of_round(write_pack),
}
"""Writers that make a new folder inside the one named."""

INTO_A_FOLDER: dict[str, Callable[[Desk, Path], object]] = {
    "forms": _forms,
    "archive": _of_ledger(make_archive),
    "unit_records": _of_ledger(export_unit_records),
}
"""Writers that fill the folder named, and make it where there is none."""

EVERY_FILE = [(name, ending) for name, (_, endings) in FILES.items() for ending in endings]


def write_file(desk: Desk, name: str, at: Path) -> object:
    """Call one of `FILES`."""
    return FILES[name][0](desk, at)
