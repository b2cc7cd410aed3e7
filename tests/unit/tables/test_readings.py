"""Each distinct cell is read once; what it means still depends on its column and its table."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.tables.conftest import grid_of
from tracker.base.errors import Cancelled
from tracker.base.progress import Progress
from tracker.domain.terms import Role
from tracker.duties.notes import read_unit_cell
from tracker.files.flow import Flow
from tracker.files.source import Source
from tracker.tables.cells import is_blank_mark
from tracker.tables.pipeline import read_table
from tracker.tables.readings import Readings, is_list


class Watched(Progress):
    """Keeps what it is told; the user asks to stop after `patience` steps."""

    def __init__(self, patience: int) -> None:
        super().__init__()
        self.patience = patience
        self.told: list[tuple[int, int]] = []

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        self.told.append((done, total))
        self.cancel_wanted = len(self.told) > self.patience
        super().step(text, done, total)


def long_table(count: int) -> Source:
    rows = [[str(n), f"整修{n}号桥", "县交通局", "9月底前"] for n in range(1, count + 1)]
    grid = grid_of([["序号", "任务", "牵头单位", "完成时限"], *rows])
    return Source("表.xlsx", "xlsx", Flow.of(""), (grid,))


def test_the_same_words_have_the_role_of_their_column(grids):
    head = ["任务", "牵头单位", "配合单位", "指导单位"]
    units = ["县水利局、县财政局"] * 3
    first, second = grids(grid_of([head, ["修渠", *units], ["清淤", *units]])).rows
    named = ("县水利局", "县财政局")
    assert first.roles.lead == first.roles.cooperating == first.roles.guiding == named
    assert second.roles == first.roles


def test_the_same_deadline_has_the_year_of_its_table(grids):
    def sheet(year: int, name: str):
        head = ["任务", "牵头单位", "完成时限"]
        rows = [[f"{year}年重点工作台账"], head, ["修渠", "县水利局", "9月底前"]]
        return grid_of(rows, ((0, 0, 0, 2),), name)

    rows = grids(sheet(2025, "去年"), sheet(2026, "今年")).rows
    days = [row.deadline.date for row in rows]
    assert days == [date(2025, 9, 30), date(2026, 9, 30)]


def test_reading_tells_how_far_it_is():
    progress = Watched(patience=1000)
    table = read_table(long_table(900), progress=progress)
    assert len(table.rows) == 900
    done = [step for step, _ in progress.told]
    assert done == sorted(done)
    assert len(done) > 10
    assert all(step <= total for step, total in progress.told)


@pytest.mark.parametrize("patience", [0, 3, 7, 11])
def test_reading_can_be_cancelled_in_the_middle(patience):
    with pytest.raises(Cancelled):
        read_table(long_table(900), progress=Watched(patience))


def test_a_task_with_a_row_for_each_of_many_units_keeps_every_note(grids):
    rows = [
        ["1" if n == 0 else "", "修渠" if n == 0 else "", f"县第{n}局", f"已修{n}里。"]
        for n in range(400)
    ]
    merges = ((1, 0, 400, 0), (1, 1, 400, 1))
    table = grids(grid_of([["序号", "任务", "责任单位", "进展情况"], *rows], merges))
    (row,) = table.rows
    assert row.unit_progress == tuple((f"县第{n}局", f"已修{n}里。") for n in range(400))


NAMES = (
    "县水利局", "县委宣传部", "各乡镇人民政府", "各镇党委", "政府", "管委会", "人民政府", "办事处",
    "县发展和改革局", "县文化和旅游局", "县司法局和县财政局", "县政协办", "县残联", "各牵头单位",
    "县公安局等部门", "其他有关部门", "会同县水利局", "县水利局牵头", "县水利局会同县财政局",
    "县住建局（人防办）", "①县水利局", "1县水利局", "县水利局：", "", " 县水利局", "县医疗保障局",
    "东关街道", "办事处", "县供电公司", "张三", "责任单位", "第一中学", "县委", "党委",
    "县水利局配合", "区", "以及县林业局", "县教育局牵头负责", "牵头单位县教育局",
)  # fmt: skip


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5), st.sampled_from(list(Role)))
def test_a_list_of_plain_names_is_read_as_the_whole_cell_would_be(names, role):
    text = "、".join(names)
    found, whole = Readings().units(text, role), read_unit_cell(text, role)
    assert found.read == whole or is_blank_mark(text)
    more = bool(whole.by_mark) or not is_list(text, whole.roles.names())
    assert found.says_more == more or is_blank_mark(text)
