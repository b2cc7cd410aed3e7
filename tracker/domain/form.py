"""A feedback form (反馈表): what one unit is sent to fill in for one round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_PREFIX = "tracker."

FIXED = {
    "code": "任务编号",
    "number": "序号",
    "task": "工作任务",
    "role": "职责",
    "deadline": "完成时限",
    "before": "上期进展",
}
"""Columns of a form that the unit is not to change, by field."""

OPEN = {
    "progress": "本期进展",
    "state": "办理状态",
    "percent": "完成率（%）",
    "problems": "存在问题",
    "next_steps": "下步打算",
}
"""Columns that the unit fills in, by field."""

SIGNATURE = {"filled_by": "填报人", "phone": "联系电话", "signed_by": "单位负责人（签字）"}
"""What the unit fills in below the table, by field."""


@dataclass(frozen=True, slots=True)
class FormRow:
    """One task as it stands on a unit's form; the fixed cells, to the letter.

    Attributes:
        role: what the unit has to do with it, in words (“牵头单位”).
        before: last round's state and entry, as printed.
    """

    code: str
    number: str
    task: str
    role: str
    deadline: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class FormStamp:
    """What tells a returned form although it was renamed or saved by another program.

    Attributes:
        at: when the form was made.
        codes: its tasks, in the order of its rows.
        digest: of all fixed cells (`digest_of`).
    """

    ledger: str
    round: int
    unit: str
    at: datetime
    codes: tuple[str, ...]
    digest: str

    def properties(self) -> dict[str, str]:
        """Return the stamp as a document's custom properties.

        Office keeps no more than 255 characters in one, so that the codes stand in several.
        """
        joined, size = " ".join(self.codes), 250
        pieces = [joined[start : start + size] for start in range(0, len(joined), size)]
        return {
            f"{_PREFIX}ledger": self.ledger,
            f"{_PREFIX}round": str(self.round),
            f"{_PREFIX}at": self.at.isoformat(),
            f"{_PREFIX}unit": self.unit,
            f"{_PREFIX}digest": self.digest,
            **{f"{_PREFIX}codes{place}": piece for place, piece in enumerate(pieces)},
        }

    @classmethod
    def read(cls, properties: Mapping[str, str]) -> FormStamp | None:
        """Return the stamp among a file's properties; None where there is none or it is broken."""
        try:
            pieces = []
            while f"{_PREFIX}codes{len(pieces)}" in properties:
                pieces.append(properties[f"{_PREFIX}codes{len(pieces)}"])
            return cls(
                properties[f"{_PREFIX}ledger"],
                int(properties[f"{_PREFIX}round"]),
                properties[f"{_PREFIX}unit"],
                datetime.fromisoformat(properties[f"{_PREFIX}at"]),
                tuple("".join(pieces).split()),
                properties[f"{_PREFIX}digest"],
            )
        except (KeyError, ValueError):
            return None


@dataclass(frozen=True, slots=True)
class Form:
    """A whole form for one unit.

    Attributes:
        title: printed above the table.
        unit: the unit's name, as it is printed.
        sender: the office that asks; empty where it is not known.
        cut_off: the day up to which progress is reported.
        due: the day by which the form is to be back.
        states: the words offered for the state.
    """

    title: str
    unit: str
    round: int
    rows: tuple[FormRow, ...]
    stamp: FormStamp
    sender: str = ""
    cut_off: date | None = None
    due: date | None = None
    states: tuple[str, ...] = ()
