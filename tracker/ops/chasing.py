"""Chasing many units at once, and the files they sent, taken out of the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.base.atomic import replace_file
from tracker.base.errors import UserError
from tracker.ops.outcome import Outcome
from tracker.ops.rounds import standing_round

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from tracker.domain.ledger import RoundRow
    from tracker.domain.returned import ReturnedFileRow
    from tracker.ops.office import Office


def note_reminders(
    office: Office,
    round_: RoundRow,
    said: Mapping[str, str],
    *,
    who: str,
    now: datetime,
) -> Outcome[int]:
    """Note that several units were reminded (催办), in one step; return how many.

    Args:
        said: what each was told, by the unit's name.

    Raises:
        UserError: no such unit, or a closed round.
    """
    with office.change(f"记录催办：{len(said)}家", who, now) as work:
        row = standing_round(work, round_.id)
        names = work.unit_names()
        for unit, words in said.items():
            unit_id = names.find(unit)
            if unit_id is None:
                raise UserError(f"没有叫“{unit}”的单位", "", "请写单位在台账里的名称")
            returned = work.form_return(row, unit_id)
            noted = {"at": now.isoformat(), "whom": unit, "said": words, "by": who}
            returned.calls = sorted([*returned.calls, noted], key=lambda each: each["at"])
    return Outcome(len(said), work.changes, f"已给{len(said)}家各记一次催办")


def save_returned_file(office: Office, file: ReturnedFileRow, target: Path) -> None:
    """Write a returned file as it came in.

    Raises:
        UserError: its bytes are gone.
        FileProblem: it cannot be written there.
    """
    with office.read() as view:
        content = view.blob(file.blob_hash)
    if content is None:
        raise UserError(f"“{file.name}”的内容不在台账里", "", "请向单位再要一份")

    def write(path: Path) -> None:
        path.write_bytes(content)

    replace_file(target, write)
