"""What can be wrong with a file that should hold a progress table, in the user's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.base.errors import NoTable, UserError

if TYPE_CHECKING:
    from tracker.files.grid import Grid
    from tracker.files.source import Source


def no_sheet(source: Source, sheet: str) -> UserError:
    """Return the problem that a file has no sheet of that name."""
    names = "、".join(f"“{grid.sheet}”" for grid in source.grids if grid.sheet)
    why = f"文件里有工作表{names}" if names else "这个文件没有工作表"
    return UserError(f"没有名为“{sheet}”的工作表", why, "请改选其中一张，或去掉表名")


def no_table(source: Source) -> NoTable:
    """Return the problem that a file holds no progress table."""
    what = f"“{source.name}”里没有找到进展表" if source.name else "粘贴的文字里没有找到进展表"
    return NoTable(
        what,
        "需要一行表头，其中有任务一栏（如“工作任务”“目标任务”“重点任务”“事项”），"
        "另有序号、责任单位、完成时限、落实情况等至少一栏，各栏以单元格或制表符分开",
        "请检查表头的写法，或把表格从 Excel 中复制后粘贴",
    )


def no_table_in(grid: Grid) -> str:
    """Return the warning that a sheet beside a table holds none."""
    what = "表格" if grid.ruled else "工作表"
    return (
        f"{what}“{grid.sheet}”中没有找到进展表，未读取"
        if grid.sheet
        else "有一部分内容不是进展表，未读取"
    )
