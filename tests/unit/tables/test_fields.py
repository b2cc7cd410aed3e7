from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.tables.conftest import grid_of
from tracker.domain.table import Roles
from tracker.domain.terms import Recurrence
from tracker.files.grid import Cell
from tracker.files.reader import read_pasted
from tracker.tables.labels import spoken_by_units
from tracker.tables.pipeline import read_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet

    from tracker.domain.table import Table


LEAD_AND_COOPERATING = Roles(lead=("县水利局",), cooperating=("县财政局",))


@pytest.mark.parametrize(
    ("headings", "cells", "roles"),
    [
        ("责任单位", "县水利局、县财政局", Roles(responsible=("县水利局", "县财政局"))),
        ("牵头单位\t责任单位", "县水利局\t县财政局", LEAD_AND_COOPERATING),
        ("责任单位", "牵头单位：县水利局；配合单位：县财政局", LEAD_AND_COOPERATING),
        (
            "责任单位\t配合单位",
            "县水利局\t县财政局",
            Roles(responsible=("县水利局",), cooperating=("县财政局",)),
        ),
        (
            "主办单位\t协办单位\t指导单位",
            "县水利局\t县财政局\t市水利局",
            Roles(lead=("县水利局",), cooperating=("县财政局",), guiding=("市水利局",)),
        ),
        ("牵头单位", "/", Roles()),
    ],
)
def test_the_role_comes_from_the_column_or_the_cell(
    pasted: Callable[..., Table], headings: str, cells: str, roles: Roles
) -> None:
    (row,) = pasted(f"序号\t任务\t{headings}\n1\t修渠\t{cells}").rows
    assert row.roles == roles
    assert row.doubts == ()


def test_parts_carry_their_own_units_and_progress(pasted: Callable[..., Table]) -> None:
    (row,) = pasted(
        "序号\t任务\t牵头单位\t落实情况\n"
        "1\t抓好：①修渠；②清淤。\t第①项由县水利局牵头，第②项由县农业农村局牵头\t①渠已修。②淤未清。"
    ).rows
    assert [(i.mark, i.text, i.roles.lead, i.progress) for i in row.items] == [
        ("①", "修渠", ("县水利局",), "渠已修"),
        ("②", "清淤", ("县农业农村局",), "淤未清"),
    ]
    assert row.roles.lead == ("县水利局", "县农业农村局")
    assert row.units_text == "第①项由县水利局牵头，第②项由县农业农村局牵头"
    assert row.progress == "①渠已修。②淤未清。"


def test_parts_without_marks_in_the_progress_have_none(pasted: Callable[..., Table]) -> None:
    (row,) = pasted("任务\t牵头单位\t落实情况\n①修渠；②清淤。\t县水利局\t都在推进。").rows
    assert [(i.roles, i.progress) for i in row.items] == [(Roles(), ""), (Roles(), "")]
    assert row.units_text == ""


def test_a_unit_cell_that_names_no_unit_is_kept(pasted: Callable[..., Table]) -> None:
    (row,) = pasted("任务\t责任单位\n修渠\t待定").rows
    said = row.roles.names() or dict(row.extra).get("责任单位")
    assert said in (("待定",), "待定")


def test_persons_are_split_and_a_second_column_keeps_its_heading(
    pasted: Callable[..., Table],
) -> None:
    (row,) = pasted("任务\t责任领导\t责任人\n修渠\t张三、李四\t王五").rows
    assert row.persons == ("张三", "李四", "王五")
    assert row.extra == (("责任人", "王五"),)


@pytest.mark.parametrize(
    ("cell", "text", "day", "recurrence"),
    [
        ("2026年9月30日", "2026年9月30日", date(2026, 9, 30), None),
        ("9月底前", "9月底前", date(2026, 9, 30), None),
        ("长期坚持", "长期坚持", None, Recurrence.CONTINUOUS),
        ("46295", "46295", date(2026, 9, 30), None),
    ],
)
def test_the_deadline_cell_is_read_against_the_date(
    pasted: Callable[..., Table], cell: str, text: str, day: date | None, recurrence: Recurrence
) -> None:
    (row,) = pasted(f"任务\t完成时限\n修渠\t{cell}", date(2026, 3, 1)).rows
    assert row.deadline is not None
    assert (row.deadline.text, row.deadline.date) == (text, day)
    assert row.deadline.recurrence == recurrence


@pytest.mark.parametrize("cell", ["", "/", "—"])
def test_an_empty_deadline_cell_leaves_it_to_the_task(
    pasted: Callable[..., Table], cell: str
) -> None:
    table = pasted(
        f"任务\t完成时限\t备注\n9月底前修完渠道。\t{cell}\t甲\n修路\t{cell}\t乙", date(2026, 3, 1)
    )
    first, second = table.rows
    assert first.deadline is not None
    assert first.deadline.date == date(2026, 9, 30)
    assert second.deadline is None


def test_a_typed_date_is_the_deadline(workbook: Callable[..., Table]) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["序号", "任务", "完成时限"])
        sheet.append([1, "修渠", date(2026, 9, 30)])
        sheet["C2"].number_format = 'm"月"d"日"'

    (row,) = workbook(fill).rows
    assert row.deadline is not None
    assert row.deadline.date == date(2026, 9, 30)
    assert row.deadline.text


@pytest.mark.parametrize(
    ("heading", "cells", "percents"),
    [
        ("完成率", ["89.8%", "100％"], [89.8, 100.0]),
        ("完成率", ["80", "5.5"], [80.0, 5.5]),
        ("完成率", ["0.8", "1"], [80.0, 100.0]),
        ("完成率（%）", ["0.8", "1"], [0.8, 1.0]),
        ("完成进度", ["８０%", ""], [80.0, None]),
    ],
)
def test_a_percentage_is_read_in_points(
    pasted: Callable[..., Table], heading: str, cells: list[str], percents: list[float | None]
) -> None:
    lines = "\n".join(f"任务{n}\t{cell}\t甲" for n, cell in enumerate(cells))
    assert [row.percent for row in pasted(f"任务\t{heading}\t备注\n{lines}").rows] == percents


def test_a_percentage_formatted_in_a_sheet_is_read_as_shown(
    workbook: Callable[..., Table],
) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["序号", "任务", "完成率", "落实情况"])
        sheet.append([1, "修渠", 0.898, "在修"])
        sheet["C2"].number_format = "0.0%"

    assert workbook(fill).rows[0].percent == 89.8


def test_words_in_a_percent_column_are_kept(pasted: Callable[..., Table]) -> None:
    rows = pasted("任务\t完成率\t落实情况\n甲\t50%\t一\n乙\t已完成\t二\n丙\t约三成\t三").rows
    assert [(row.percent, row.status_text) for row in rows] == [
        (50.0, ""),
        (None, "已完成"),
        (None, ""),
    ]
    assert rows[2].extra == (("完成率", "约三成"),)


def test_a_rate_column_that_holds_sentences_is_the_progress(
    pasted: Callable[..., Table],
) -> None:
    table = pasted("任务\t责任单位\t进度\n修渠\t县水利局\t已完成选线。")
    assert table.rows[0].progress == "已完成选线。"
    assert table.columns["progress"] == "进度"


def test_rounds_side_by_side_are_all_kept(pasted: Callable[..., Table]) -> None:
    rows = pasted("任务\t7月进展\t8月进展\t9月进展\n修渠\t选线\t开工\t\n修路\t\t\t").rows
    assert rows[0].rounds == (("7月进展", "选线"), ("8月进展", "开工"))
    assert [row.progress for row in rows] == ["开工", ""]


def test_the_last_round_is_never_this_round(pasted: Callable[..., Table]) -> None:
    rows = pasted("任务\t上期进展\t本期进展\n修渠\t选线\t开工\n修路\t设计\t").rows
    assert [row.progress for row in rows] == ["开工", ""]
    assert rows[1].rounds == (("上期进展", "设计"),)


def test_quarterly_targets_are_no_rounds(grids: Callable[..., Table]) -> None:
    rows: list[list[object]] = [
        ["序号", "任务", "序时目标", "", "落实情况"],
        ["", "", "第一季度", "第二季度", ""],
        [1, "修渠", "选线", "开工", "在选线"],
    ]
    merges = ((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4))
    (row,) = grids(grid_of(rows, merges)).rows
    assert (row.progress, row.rounds) == ("在选线", ())
    assert row.extra == (("第一季度", "选线"), ("第二季度", "开工"))


def test_other_columns_are_kept_by_their_heading(pasted: Callable[..., Table]) -> None:
    (row,) = pasted(
        "序号\t任务\t年度目标\t状态\t存在问题\t下一步打算\t佐证材料\t联系人\t备注\t挂图作战\n"
        "1\t修渠\t3公里\t推进中\t缺钱\t争取\t照片\t张三\t无\t是"
    ).rows
    assert (row.status_text, row.problems, row.next_steps, row.note) == (
        "推进中",
        "缺钱",
        "争取",
        "无",
    )
    assert row.extra == (
        ("年度目标", "3公里"),
        ("佐证材料", "照片"),
        ("联系人", "张三"),
        ("挂图作战", "是"),
    )


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        (
            "县水利局：渠已修。县财政局：款已拨。",
            (("县水利局", "渠已修。"), ("县财政局", "款已拨。")),
        ),
        (
            "水利局：渠已修。\n【县财政局】款已拨。",
            (("县水利局", "渠已修。"), ("县财政局", "款已拨。")),
        ),
        (
            "县水利局:渠已修；县公安局：路已封。",
            (("县水利局", "渠已修；"), ("县公安局", "路已封。")),
        ),
        ("县水利局（牵头）：渠已修。", (("县水利局", "渠已修。"),)),
        ("县公安局：路已封。", ()),
        ("东干渠：已修。西干渠：在修。", ()),
        ("截至9月，县水利局：已修。", ()),
        ("县水利局已修渠。", ()),
    ],
)
def test_units_that_speak_in_turn_are_told_apart(
    text: str, notes: tuple[tuple[str, str], ...]
) -> None:
    assert spoken_by_units(text, ("县水利局", "县财政局(国资办)")) == tuple(
        (name.replace("县财政局", "县财政局(国资办)"), words) for name, words in notes
    )


NOTE = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=40
).filter(lambda text: not text.startswith('"') and "&" not in text and "<" not in text)


@given(st.lists(st.tuples(NOTE, NOTE), min_size=1, max_size=5))
def test_any_notes_read_back_to_the_letter(notes: list[tuple[str, str]]) -> None:
    lines = [f"{n}\t任务{n}\t{progress}\t{note}" for n, (progress, note) in enumerate(notes, 1)]
    table = read_table(read_pasted("序号\t任务\t落实情况\t备注\n" + "\n".join(lines)))
    assert [(r.number, r.task, r.progress, r.note) for r in table.rows] == [
        (str(n), f"任务{n}", progress.strip(), note.strip())
        for n, (progress, note) in enumerate(notes, 1)
    ]


def test_cells_keep_their_inner_breaks_and_blanks(grids: Callable[..., Table]) -> None:
    rows: list[list[object]] = [
        ["序号", "任务", "落实情况"],
        [Cell("1.0", 1.0), "　修 渠\n并清淤 ", " 已修  3.5 公里\n\n增速<5% "],
    ]
    (row,) = grids(grid_of(rows)).rows
    assert (row.number, row.task, row.progress) == (
        "1",
        "修 渠\n并清淤",
        "已修  3.5 公里\n\n增速<5%",
    )


@pytest.mark.parametrize(
    ("headings", "cells", "units_text", "extra"),
    [
        (
            "牵头单位\t配合单位",
            "县水利局\t县财政局、县审计局等部门",
            "",
            (("配合单位", "县财政局、县审计局等部门"),),
        ),
        ("牵头单位\t配合单位", "县水利局等部门\t县财政局", "县水利局等部门", ()),
        (
            "牵头单位\t责任单位",
            "县水利局\t县林业局牵头，县财政局配合",
            "县水利局\n县林业局牵头，县财政局配合",
            (),
        ),
        ("责任单位", "县水利局、县财政局等部门", "县水利局、县财政局等部门", ()),
    ],
)
def test_only_the_cells_that_name_leads_are_printed_in_their_place(
    pasted: Callable[..., Table],
    headings: str,
    cells: str,
    units_text: str,
    extra: tuple[tuple[str, str], ...],
) -> None:
    (row,) = pasted(f"序号\t任务\t{headings}\n1\t修渠\t{cells}").rows
    assert (row.units_text, row.extra) == (units_text, extra)


def test_units_among_leaders_are_units_where_the_heading_says_so(grids):
    rows = [
        ["序号", "任务", "牵头领导和单位"],
        ["1", "修渠", "贺川\n县水利局"],
        ["2", "清淤", "李局"],
    ]
    first, second = grids(grid_of(rows)).rows
    assert (first.persons, first.roles.lead) == (("贺川",), ("县水利局",))
    assert (second.persons, second.roles.lead) == (("李局",), ())


def test_state_words_that_end_like_offices_are_no_units(grids):
    rows = [["序号", "任务", "责任单位", "完成情况", ""], ["", "", "", "已办结", "正在办"]]
    rows += [["1", "修渠", "县水利局", "", "√"]]
    (row,) = grids(grid_of(rows, ((0, 3, 0, 4),))).rows
    assert (row.status_text, row.unit_progress, row.progress) == ("正在办", (), "")


def test_a_column_for_each_unit_is_told_of_and_nothing_doubted(grids):
    rows = [["序号", "任务", "责任单位", "进展情况", ""], ["", "", "", "柳林镇", "石桥乡"]]
    rows += [[str(n), f"修第{n}条渠", "县水利局", "已修。", "未修。"] for n in range(1, 4)]
    table = grids(grid_of(rows, ((0, 3, 0, 4),)))
    assert table.rows[0].unit_progress == (("柳林镇", "已修。"), ("石桥乡", "未修。"))
    assert "“柳林镇”、“石桥乡”各读作这个单位的进展" in "".join(table.warnings)
    assert [doubt for shape in table.shapes for t in shape.tables for doubt in t.doubts] == []


def test_units_responsible_below_progress_stay_units(grids):
    rows = [["序号", "任务", "落实情况", ""], ["", "", "责任单位", "进展"]]
    rows += [["1", "修渠", "县水利局", "已修。"]]
    (row,) = grids(grid_of(rows, ((0, 2, 0, 3),))).rows
    assert (row.roles.responsible, row.progress, row.unit_progress) == (("县水利局",), "已修。", ())
