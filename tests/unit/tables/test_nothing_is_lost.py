"""The law of the table reader: every word of a table stands in a row or among what was skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.tables.conftest import grid_of
from tracker.files.flow import Flow
from tracker.files.source import Source
from tracker.tables.pipeline import read_table

if TYPE_CHECKING:
    from tracker.domain.table import Table, TableRow

HEADINGS = [
    "序号", "类别", "工作任务", "具体举措", "牵头单位", "责任单位", "配合单位", "指导单位",
    "责任人", "责任领导", "完成时限", "状态", "完成率", "7月进展", "8月进展", "上期进展",
    "进展情况", "存在问题", "下一步打算", "备注", "年度目标", "佐证材料", "挂图", "",
]  # fmt: skip
WORDS = [
    "", "", "1", "2", "（1）", "（2）", "3（续）", "修渠", "一、经济发展", "（续）",
    "县水利局、县财政局", "第①项由县水利局牵头", "张三", "2026年9月底前", "长期", "80%", "约三成",
    "已完成", "合计", "注：甲", "填表人：李四", "县水利局：已修。",
    "①修渠；②清淤。", "/", "2026年9月30日", "甲\n乙", "增速<5%",
    "各单位要抓好落实，按月报送。",
]  # fmt: skip


@st.composite
def sheets(draw: st.DrawFn) -> tuple[list[list[object]], tuple[tuple[int, int, int, int], ...]]:
    """A header with a task column, rows of odd words, and cells merged downwards or across."""
    headings = draw(st.lists(st.sampled_from(HEADINGS), min_size=2, max_size=7, unique=True))
    headings = ["任务", *[h for h in headings if h != "任务"]]
    headings = draw(st.permutations(headings))
    width = len(headings)
    row = st.lists(st.sampled_from(WORDS), min_size=width, max_size=width + 1)
    rows: list[list[object]] = [list(headings), *draw(st.lists(row, min_size=1, max_size=7))]
    merges = []
    for column in draw(st.lists(st.integers(0, width - 1), max_size=3, unique=True)):
        top = draw(st.integers(1, len(rows) - 1))
        bottom = draw(st.integers(top, len(rows) - 1))
        if bottom > top:
            merges.append((top, column, bottom, column))
    covered = {(r, c) for top, c, bottom, _ in merges for r in range(top + 1, bottom + 1)}
    for r, c in covered:
        if c < len(rows[r]):
            rows[r][c] = ""
    return rows, tuple(merges)


def _row_words(row: TableRow) -> str:
    deadline = row.deadline.text if row.deadline else ""
    pairs = [f"{a}\n{b}" for a, b in (*row.rounds, *row.extra, *row.unit_progress)]
    parts = [
        row.number, row.task, row.section, " ".join(row.roles.names()), row.units_text, deadline,
        " ".join(row.persons), row.status_text, row.progress, row.problems, row.next_steps,
        row.note, f"{row.percent:g}%" if row.percent is not None else "", *pairs, *row.doubts,
    ]  # fmt: skip
    return "\n".join(parts)


def _all_words(table: Table) -> str:
    said = [_row_words(row) for row in table.rows] + [skipped.text for skipped in table.skipped]
    return "\n".join(said)


def _kept(word: str, said: str) -> bool:
    """Tell whether a cell's words stand somewhere, name by name or number by number."""
    number = word.strip("（）()").replace("（续）", "").replace("(续)", "")
    names = word.replace("、", "\n").split("\n")
    return (
        word in said
        or all(name in said for name in names)
        or word in ("/", "（续）", "3（续）")
        or (number.isdigit() and (f".{number}" in said or f"{number}%" in said))
    )


@settings(deadline=None)
@given(sheets())
def test_every_word_of_a_table_stands_somewhere(
    drawn: tuple[list[list[object]], tuple[tuple[int, int, int, int], ...]],
) -> None:
    rows, merges = drawn
    if len([heading for heading in rows[0] if heading]) < 2:
        return
    source = Source("表.xlsx", "xlsx", Flow.of(""), (grid_of(rows, merges),))
    if not any(h in HEADINGS[:-2] for h in rows[0]):
        return
    table = read_table(source)
    said = _all_words(table)
    lost = [word for row in rows[1:] for word in row if word and not _kept(str(word), said)]
    assert not lost, (lost, table)
