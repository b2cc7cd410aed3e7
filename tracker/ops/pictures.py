"""Pictures: the deadline view and the charts as PNG, SVG or PDF.

Each kind has a maker in `_MAKERS` that reads what it shows and returns a `Drawing`; formats,
paper and safe writing are the same for all. `printing` is imported only where something is drawn,
so that the command line starts without Qt.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.base.atomic import ensure_writable, replace_file
from tracker.base.errors import UserError
from tracker.domain.browse import Filter
from tracker.domain.grouping import GroupKey
from tracker.domain.wall_chart import NO_WALL_WISHES, WallColumn, WallWishes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from pathlib import Path

    from tracker.base.progress import Progress
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.ops.office import Office
    from tracker.printing.canvas import Drawing
    from tracker.printing.gantt_rows import GanttRows

KINDS = {
    "gantt": "时限图",
    "units": "各单位任务状态",
    "states": "任务状态分布",
    "trend": "各期完成率",
    "documents": "各文件亮灯",
    "lights": "各专项亮灯",
    "due": "到期分布",
    "late": "逾期任务",
}
"""What can be drawn, with the words for it."""

ENDINGS = (".png", ".svg", ".pdf")


_NO_TASKS = ("当前专项或筛选下没有任务", "请先导入、新增，或放宽筛选")
_EMPTY = {
    "trend": ("还没有轮次", "请先新开一期"),
    "late": ("没有逾期的任务", "不用出这张图"),
}


class NothingToDraw(UserError):
    """A picture of nothing was asked for."""

    def __init__(self, name: str, why: str, do: str) -> None:
        super().__init__(f"没有可画的{name}", why, do)


@dataclass(frozen=True, slots=True)
class PictureWishes:
    """What a user may choose about a picture.

    Attributes:
        wanted: which tasks the deadline view shows, and under what headings; None for the whole
            ledger by unit.
        paper: one of `wall_chart.PAPERS`; the size of the wall chart, else of the pages of a PDF.
        wall: how the wall chart is laid out.
        as_counted: the round is drawn as its reports count it, on their day, not on today; so a
            closed one always is.
    """

    wanted: Filter | None = None
    paper: str = "A3"
    wall: WallWishes = NO_WALL_WISHES
    as_counted: bool = False


NO_WISHES = PictureWishes()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a maker is given.

    Attributes:
        ledger: None for all that are not archived.
        round: None where there is none yet.
    """

    office: Office
    ledger: LedgerRow | None
    round: RoundRow | None
    today: date
    wishes: PictureWishes = NO_WISHES
    progress: Progress | None = field(default=None, compare=False)

    @property
    def wanted(self) -> Filter:
        """Which tasks count: those wished for, else all of the ledger."""
        ledger_id = self.ledger.id if self.ledger else None
        return self.wishes.wanted or Filter(ledger_id, group=GroupKey.UNIT)

    @property
    def round_id(self) -> int | None:
        """The round shown; None takes the current one."""
        return self.round.id if self.round else None

    @property
    def heading(self) -> str:
        """The ledger's name and the round, for a title."""
        name = self.ledger.name if self.ledger else "全部专项"
        return f"{name}（第{self.round.number}期）" if self.round else name


def write_picture(
    office: Office,
    kind: str,
    ledger: LedgerRow | None,
    round_: RoundRow | None,
    target: Path,
    today: date,
    *,
    wishes: PictureWishes = NO_WISHES,
    progress: Progress | None = None,
) -> Path:
    """Write a picture beside the target and swap it in; return where it lies.

    Args:
        kind: one of `KINDS`.
        target: its ending chooses the format.

    Raises:
        UserError: an unknown kind or ending, nothing to draw, or the target cannot be written.
        Cancelled: the user asked to stop.
    """
    ending = target.suffix.lower()
    if kind not in _MAKERS:
        raise UserError(f"没有“{kind}”这种图", f"现有：{'、'.join(_MAKERS)}", "请检查名称")
    if ending not in ENDINGS:
        raise UserError(
            f"不能存为“{target.suffix or target.name}”格式",
            "图片可存为 .png、.svg 或 .pdf",
            "请把文件名改为以其中一种结尾",
        )
    ensure_writable(target)
    from tracker.printing.canvas import write_drawing
    from tracker.printing.fonts import drawing_application
    from tracker.printing.pdf import Paper

    asked = Asked(office, ledger, round_, today, wishes, progress)
    paper = Paper(wishes.paper)
    with drawing_application():
        drawing = _MAKERS[kind](asked)
        replace_file(target, lambda path: write_drawing(drawing, path, ending, paper, progress))
    return target


def drawing_of(
    office: Office, kind: str, ledger: LedgerRow, round_: RoundRow, today: date
) -> Drawing:
    """Return a picture that is drawn elsewhere, as on the pages behind a circular.

    Raises:
        UserError: there is nothing to draw.
    """
    wishes = PictureWishes(as_counted=True)
    return _MAKERS[kind](Asked(office, ledger, round_, today, wishes))


def wall_rows(asked: Asked, columns: Iterable[WallColumn]) -> GanttRows:
    """Return what the wall chart shows, with the words of these columns.

    A closed round is shown as it was approved.

    Raises:
        UserError: there is nothing to draw.
        Cancelled: the user asked to stop.
    """
    from tracker.ops.gantt import read_counted, read_gantt

    wanted = tuple(dict.fromkeys((WallColumn.TASK, WallColumn.LEAD, *columns)))
    from_here = (asked.office, asked.wanted, asked.round_id, asked.today)
    rows = read_counted(*from_here, as_counted=asked.wishes.as_counted, columns=wanted)
    if rows is None:
        rows = read_gantt(*from_here, asked.progress, columns=wanted)
    if not len(rows):
        raise UserError("没有任务可画", "当前专项或筛选下没有任务", "请先导入、新增，或放宽筛选")
    return rows


def wall_title(asked: Asked) -> str:
    """Return what stands over the wall chart."""
    return f"{asked.heading}时限图"


def _gantt(asked: Asked) -> Drawing:
    from tracker.ops.gantt import gantt_drawing

    wishes = asked.wishes
    rows = wall_rows(asked, wishes.wall.columns)
    return gantt_drawing(rows, wall_title(asked), wishes.paper, wishes.wall, asked.progress)


def _chart(kind: str) -> Callable[[Asked], Drawing]:
    """Return the maker of one of the charts of `ops.charts`."""

    def make(asked: Asked) -> Drawing:
        from tracker.ops.charts import chart_drawing, read_charts

        from_here = (asked.office, asked.wanted, asked.round_id, asked.today, asked.progress)
        charts = read_charts(*from_here, as_counted=asked.wishes.as_counted)
        if charts.shape(kind).is_empty:
            raise NothingToDraw(KINDS[kind], *_EMPTY.get(kind, _NO_TASKS))
        # The lights of all ledgers stand side by side, whichever is in sight.
        return chart_drawing(charts, kind, "" if kind == "lights" else asked.heading)

    return make


_MAKERS: dict[str, Callable[[Asked], Drawing]] = {
    "gantt": _gantt,
    **{kind: _chart(kind) for kind in KINDS if kind != "gantt"},
}
