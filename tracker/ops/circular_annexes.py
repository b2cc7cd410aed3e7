"""What may follow a circular in the same file: its 落实情况表, and charts as pictures (附图)."""

from __future__ import annotations

import struct
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.circular import Picture
from tracker.ops.pictures import KINDS, drawing_of
from tracker.ops.reports import situation_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.ops.circular_files import Annex
    from tracker.ops.office import Office
    from tracker.printing.canvas import Sheet

CHARTS = ("states", "units", "gantt")
"""The pictures of a circular, by their kind in `ops.pictures`; the last is the wall chart."""
_WALL = "gantt"


def situation_annexes(
    office: Office, ledger: LedgerRow, round_: RoundRow, now: datetime
) -> tuple[Annex, ...]:
    """Return the 落实情况表 of a round with the layout it is printed in, to be annexed.

    Raises:
        UserError: nothing to print.
    """
    return (situation_in(office, ledger, round_, now),)


def chart_pictures(
    office: Office,
    ledger: LedgerRow,
    round_: RoundRow,
    today: date,
    kinds: Sequence[str] = CHARTS,
) -> tuple[Picture, ...]:
    """Return charts as pictures for the pages behind a circular; the wall chart page by page.

    A chart that has nothing to show is left out.

    Raises:
        UserError: an unknown kind.
    """
    from tracker.printing.fonts import drawing_application
    from tracker.printing.pdf import Paper

    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        raise UserError(f"没有“{unknown[0]}”这种图", f"现有：{'、'.join(KINDS)}", "请检查名称")
    found: list[Picture] = []
    with drawing_application():
        for kind in kinds:
            try:
                drawing = drawing_of(office, kind, ledger, round_, today)
            except UserError:  # nothing of this kind to draw: the others still tell something
                continue
            sheets = drawing.pages(Paper.A4) if kind == _WALL else [drawing.whole()]
            for number, sheet in enumerate(sheets, 1):
                part = f"（{number}）" if len(sheets) > 1 else ""
                found.append(_picture(sheet, f"{KINDS[kind]}{part}"))
    return tuple(found)


def _picture(sheet: Sheet, caption: str) -> Picture:
    from tracker.printing.canvas import write_sheet

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "chart.png"
        write_sheet(sheet, path)
        png = path.read_bytes()
    # width and height stand in the first chunk of every PNG
    width, height = struct.unpack(">II", png[16:24])
    return Picture(png, caption, float(width), float(height))
