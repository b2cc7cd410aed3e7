"""A feedback form (反馈表): what one unit is sent to fill in for one round."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.text.numerals import to_half_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

CONTACT_SETTING = "forms.contact"
"""The setting that names who in the office answers the units' questions."""

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

NUMBER_LABEL = "表号："
"""Stands before a form's number above the table, where it survives every way of saving."""

STAMP_SHEET = "表号"
"""The hidden sheet that carries the stamp too: some programs drop a file's custom properties."""


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


def digest_of(rows: Iterable[FormRow]) -> str:
    """Return the SHA-256 of all fixed cells."""
    cells = ("\x1f".join(getattr(row, field) for field in FIXED) for row in rows)
    return hashlib.sha256("\x1e".join(cells).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class FormNumber:
    """The number printed on a form (表号): which ledger, round and unit, by their ids.

    As a text it ends with two digits that give away a digit misread or mistyped.
    """

    ledger_id: int
    round: int
    unit_id: int

    def __str__(self) -> str:
        return f"{self.ledger_id}-{self.round:02d}-{self.unit_id:03d}-{self._check:02d}"

    @property
    def _check(self) -> int:
        joined = f"{self.ledger_id:04d}{self.round:04d}{self.unit_id:06d}00"
        return 98 - int(joined) % 97

    @classmethod
    def read(cls, text: str) -> FormNumber | None:
        """Return the number behind `NUMBER_LABEL` in a text; None where none stands or it is wrong.

        Full-width figures and blanks, as another program may make them, are no matter.
        """
        plain = re.sub(r"\s", "", to_half_width(text))
        for found in _NUMBER.finditer(plain):
            *ids, check = map(int, found.groups())
            number = cls(*ids)
            if number._check == check:
                return number
        return None


_DASH = "[-－–—]"
_NUMBER = re.compile(
    rf"表号[:：](\d{{1,4}}){_DASH}(\d{{1,4}}){_DASH}(\d{{1,6}}){_DASH}(\d{{2}})(?!\d)"
)


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
            pieces: list[str] = []
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
        number: printed above the table (a `FormNumber`); empty for none.
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
    number: str = ""
