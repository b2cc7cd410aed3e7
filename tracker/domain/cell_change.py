"""Changes of single cells of the ledger before they are written: each old beside new."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """A cell that may be changed in the list or pasted into."""

    PROGRESS = "progress"
    STATE = "state"
    PERCENT = "percent"
    PROBLEMS = "problems"
    NEXT_STEPS = "next_steps"
    NOTE = "note"
    DEADLINE = "deadline"
    PERSONS = "persons"


FIELD_WORDS = {
    Field.PROGRESS: "落实情况",
    Field.STATE: "办理状态",
    Field.PERCENT: "完成率",
    Field.PROBLEMS: "存在问题",
    Field.NEXT_STEPS: "下步打算",
    Field.NOTE: "备注",
    Field.DEADLINE: "完成时限",
    Field.PERSONS: "责任领导",
}

TEXTS = (Field.PROGRESS, Field.PROBLEMS, Field.NEXT_STEPS, Field.NOTE)
"""Cells of running text, in which words may be looked for and replaced."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell, as it is and as it is to be.

    Attributes:
        task_id, code, number: of the task.
        problem: why it cannot be written so; empty where it can.
    """

    task_id: int
    code: str
    number: str
    field: Field
    old: str
    new: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class CellChanges:
    """What a paste or a replacement would do.

    Attributes:
        cells: those that would change, and those that cannot.
        same: how many say so already.
        empty: how many pasted cells are empty and change nothing.
        beyond: how many pasted rows lie below the last task.
        outside: how many filled cells lie right of the last column.
    """

    cells: tuple[CellChange, ...] = ()
    same: int = 0
    empty: int = 0
    beyond: int = 0
    outside: int = 0

    @property
    def good(self) -> tuple[CellChange, ...]:
        """Return the changes that can be written."""
        return tuple(cell for cell in self.cells if not cell.problem)

    @property
    def bad(self) -> tuple[CellChange, ...]:
        """Return those that cannot."""
        return tuple(cell for cell in self.cells if cell.problem)
