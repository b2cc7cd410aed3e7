"""What may be chosen about the wall chart (挂图): its columns, how the sheet lies, its tiles."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class WallColumn(StrEnum):
    """A column beside the bars, from left to right."""

    NUMBER = "number"
    TASK = "task"
    LEAD = "lead"
    COOPERATING = "cooperating"
    PERSONS = "persons"
    DEADLINE = "deadline"
    STEPS = "steps"
    STATE = "state"


WALL_COLUMN_WORDS = {
    WallColumn.NUMBER: "序号",
    WallColumn.TASK: "任务",
    WallColumn.LEAD: "牵头单位",
    WallColumn.COOPERATING: "配合单位",
    WallColumn.PERSONS: "责任领导",
    WallColumn.DEADLINE: "时限",
    WallColumn.STEPS: "时间节点",
    WallColumn.STATE: "状态",
}

PAPERS = ("A4", "A3", "A2", "A1", "A0")
"""From the smallest to the largest; each is half of the next."""

TILES = ("A4", "A3")
"""Papers that an office printer takes, from which a larger chart is glued together."""

USUAL_COLUMNS = (WallColumn.NUMBER, WallColumn.TASK, WallColumn.LEAD)


@dataclass(frozen=True, slots=True)
class WallWishes:
    """How the wall chart is laid out on its paper.

    Attributes:
        columns: those beside the bars, in the order of `WallColumn`.
        upright: the sheet stands; else it lies.
        fit: letters as large, or as small, as it takes to fill one sheet, within what can be
            read; else letters of the usual size on as many sheets as it takes.
        tiles: the paper a larger chart is cut into; empty for whole sheets.
    """

    columns: tuple[WallColumn, ...] = USUAL_COLUMNS
    upright: bool = False
    fit: bool = False
    tiles: str = ""

    def tiles_for(self, paper: str) -> str:
        """Return the paper of the tiles; empty where they would not be smaller than the chart."""
        smaller = self.tiles and PAPERS.index(self.tiles) < PAPERS.index(paper)
        return self.tiles if smaller else ""


NO_WALL_WISHES = WallWishes()
