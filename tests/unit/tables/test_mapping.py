"""A table read as the clerk says, as it was found, and as it was last confirmed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.tables.conftest import grid_of
from tracker.base.errors import NoTable, UserError
from tracker.domain.mapping import Remembered, RowKind, SheetMapping, left_out
from tracker.files.flow import Flow
from tracker.files.reader import read_pasted
from tracker.files.source import Source
from tracker.tables.pipeline import read_table

STRANGE = [
    ["东河镇工作一览", "", "", ""],
    ["号头", "要干的活", "谁来干", "干到哪了"],
    ["1", "修缮东河桥面。", "镇建设所", "已备料。"],
    ["2", "清理河道淤积。", "镇水利站", ""],
]
FIELDS = ("number", "task", "responsible", "progress")

LAYOUTS = {
    "plain": "序号\t工作任务\t责任单位\t落实情况\n1\t修桥。\t县交通局\t开工。",
    "lead beside": "序号\t任务\t牵头单位\t责任单位\t进度\n1\t修桥。\t县交通局\t县财政局\t50%",
    "months": "序号\t任务\t7月进展\t8月进展\n1\t修桥。\t备料。\t\n2\t清淤。\t开工。\t过半。",
    "rounds and own": "任务\t落实情况\t上期进展\t1月\t2月\n修桥。\t开工。\t备料。\t甲\t乙",
    "twice": "序号\t任务\t完成时限\t办结时限\n1\t修桥。\t6月底\t9月底",
    "extra": "序号\t任务\t总投资\t备注\n1\t修桥。\t300\t无\n2\t清淤。\t20\t无",
    "stand in": "序号\t存在问题\t责任单位\n1\t桥面破损。\t县交通局",
    "sections": "序号\t任务\t责任单位\n一、路\n1\t修桥。\t县交通局\n二、水\n2\t清淤。\t水利局",
    "two tables": "序号\t任务\t单位\n1\t修桥。\t甲局\n\n另表\n任务\t牵头单位\n清淤。\t乙局",
    "page break": "序号\t任务\t单位\n1\t修桥。\t甲局\n序号\t任务\t单位\n2\t清淤。\t乙局",
}


def book(*grids):
    return Source("表.xlsx", "xlsx", Flow.of(""), grids)


def shown(table):
    """Everything of a table but how it came about."""
    said = [w for w in table.warnings if "按上次确认" not in w]
    return table.title, table.columns, table.date, table.rows, table.skipped, said


def kinds(table):
    return [kind for sheet in table.shapes for kind in sheet.kinds]


def memory(table):
    return [
        Remembered(t.headings, t.mapping.bottom - t.mapping.top + 1, t.mapping.fields)
        for sheet in table.shapes
        for t in sheet.tables
    ]


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS)
def test_reading_by_what_was_found_gives_the_same_table_again(text):
    source = read_pasted(text)
    found = read_table(source)
    mappings = [table.mapping for sheet in found.shapes for table in sheet.tables]
    again = read_table(source, mappings=mappings)
    assert shown(again) == shown(found)
    assert kinds(again) == kinds(found)
    known = read_table(source, remembered=memory(found))
    assert shown(known) == shown(found)
    assert all(table.is_remembered for sheet in known.shapes for table in sheet.tables)


def test_a_header_that_no_word_tells_is_read_where_the_clerk_shows_it():
    source = book(grid_of(STRANGE))
    with pytest.raises(NoTable):
        read_table(source)
    table = read_table(source, mappings=[SheetMapping("表", 2, 2, FIELDS)])
    assert [row.task for row in table.rows] == ["修缮东河桥面。", "清理河道淤积。"]
    assert table.rows[0].roles.responsible == ("镇建设所",)
    assert table.rows[0].progress == "已备料。"
    assert table.columns["task"] == "要干的活"
    assert table.title == "东河镇工作一览"
    assert kinds(table) == [RowKind.TITLE, RowKind.HEADER, RowKind.TASK, RowKind.TASK]


def test_a_header_shown_without_columns_is_read_by_its_words():
    source = read_pasted("说明\t本表供参考\n序号\t任务\t责任单位\n1\t修桥。\t县交通局")
    table = read_table(source, mappings=[SheetMapping("", 2, 2)])
    assert [row.task for row in table.rows] == ["修桥。"]


def test_a_header_repeated_at_a_page_break_is_known_by_its_words_alone():
    source = book(grid_of([*STRANGE, STRANGE[1], ["3", "疏通沟渠。", "镇水利站", ""]]))
    table = read_table(source, mappings=[SheetMapping("表", 2, 2, FIELDS)])
    assert [row.number for row in table.rows] == ["1", "2", "3"]
    assert [(s.row, s.why) for s in table.skipped] == [(5, "重复的表头")]
    assert kinds(table)[4] is RowKind.HEADER


def test_a_column_not_wanted_is_told_and_not_kept():
    text = "序号\t任务\t经费\t电话\n1\t修桥。\t300万元\t0123\n2\t清淤。\t\t0456"
    fields = ("number", "task", "extra", "ignored")
    table = read_table(read_pasted(text), mappings=[SheetMapping("", 1, 1, fields)])
    assert table.rows[0].extra == (("经费", "300万元"),)
    assert "按选择没有读取的栏：“电话”" in table.warnings


def test_an_empty_column_not_wanted_is_no_matter():
    text = "序号\t任务\t电话\n1\t修桥。\n2\t清淤。"
    table = read_table(
        read_pasted(text), mappings=[SheetMapping("", 1, 1, ("number", "task", "ignored"))]
    )
    assert table.warnings == ()


def test_columns_of_rounds_all_stay_and_the_last_filled_gives_the_progress():
    text = "事\t头一回\t再一回\n修桥。\t备料。\t开工。\n清淤。\t过半。\t"
    mapping = SheetMapping("", 1, 1, ("task", "rounds", "rounds"))
    table = read_table(read_pasted(text), mappings=[mapping])
    assert [row.progress for row in table.rows] == ["开工。", "过半。"]
    assert dict(table.rows[0].rounds) == {"头一回": "备料。", "再一回": "开工。"}


@pytest.mark.parametrize(
    ("mapping", "word"),
    [
        (SheetMapping("表", 2, 2, ("number", "extra", "lead", "progress")), "哪一栏是任务"),
        (SheetMapping("表", 2, 2), "哪一栏是任务"),
        (SheetMapping("表", 2, 2, ("number", "task", "note", "note")), "“谁来干”、“干到哪了”"),
        (SheetMapping("表", 9, 9, FIELDS), "没有第9至9行"),
        (SheetMapping("表", 3, 2, FIELDS), "表头不能是"),
        (SheetMapping("别的", 2, 2, FIELDS), "没有名为“别的”"),
        (left_out("表"), "都选了不读取"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_reason(mapping, word):
    with pytest.raises(UserError) as caught:
        read_table(book(grid_of(STRANGE)), mappings=[mapping])
    assert word in str(caught.value)


def test_a_task_column_beyond_the_sheet_is_none():
    with pytest.raises(NoTable):
        read_table(
            book(grid_of(STRANGE)),
            mappings=[SheetMapping("表", 2, 2, (*FIELDS[:1], *["extra"] * 3, "task"))],
        )


def test_two_headers_on_one_row_are_refused():
    mappings = [SheetMapping("表", 1, 2, FIELDS), SheetMapping("表", 2, 2, FIELDS)]
    with pytest.raises(UserError, match="两个表头重叠"):
        read_table(book(grid_of(STRANGE)), mappings=mappings)


def test_a_sheet_left_out_is_not_read_and_told():
    good = [["序号", "任务", "单位"], ["1", "修桥。", "甲局"]]
    source = book(grid_of(good, sheet="一"), grid_of(good, sheet="二"))
    table = read_table(source, mappings=[left_out("二")])
    assert [row.origin.sheet for row in table.rows] == ["一"]
    assert "工作表“二”按选择没有读取" in table.warnings
    assert [sheet.sheet for sheet in table.shapes] == ["一", "二"]
    assert set(table.shapes[1].kinds) == {RowKind.UNREAD}


def test_other_sheets_are_read_by_their_own_words():
    good = [["序号", "任务", "单位"], ["1", "修路。", "甲局"]]
    source = book(grid_of(STRANGE, sheet="一"), grid_of(good, sheet="二"))
    table = read_table(source, mappings=[SheetMapping("一", 2, 2, FIELDS)])
    assert [row.task for row in table.rows] == ["修缮东河桥面。", "清理河道淤积。", "修路。"]


def test_a_table_with_headings_once_confirmed_is_known_again():
    first = read_table(book(grid_of(STRANGE)), mappings=[SheetMapping("表", 2, 2, FIELDS)])
    later = [["东河镇十月一览"], [], STRANGE[1], ["1", "加固堤坝。", "镇水利站", ""]]
    table = read_table(book(grid_of(later)), remembered=memory(first))
    assert [row.task for row in table.rows] == ["加固堤坝。"]
    assert table.warnings == ("工作表“表”按上次确认的各栏读取",)
    assert table.shapes[0].tables[0].doubts == ()


@pytest.mark.parametrize(
    "heads",
    [
        ["号头", "要干的活", "谁来干", "干得怎样"],
        ["号头", "要干的活", "谁来干", "干到哪了", "备注"],
        ["要干的活", "号头", "谁来干", "干到哪了"],
        ["号头", "要干的活", "谁来干"],
    ],
)
def test_other_headings_are_never_read_by_what_is_remembered(heads):
    first = read_table(book(grid_of(STRANGE)), mappings=[SheetMapping("表", 2, 2, FIELDS)])
    rows = [heads, ["1", "加固堤坝。", "镇水利站", "", ""][: len(heads)]]
    with pytest.raises(NoTable):
        read_table(book(grid_of(rows)), remembered=memory(first))


def test_another_month_in_a_heading_is_the_same_heading():
    def text(month):
        return f"编号\t大事小事\t2026年{month}月情形\n1\t修桥。\t开工。"

    mapping = SheetMapping("", 1, 1, ("number", "task", "progress"))
    first = read_table(read_pasted(text(9)), mappings=[mapping])
    later = read_table(read_pasted(text(10)), remembered=memory(first))
    assert later.rows[0].progress == "开工。"
    assert later.columns["progress"] == "2026年10月情形"


def test_a_header_in_two_rows_is_known_again_with_its_groups():
    rows = [
        ["号", "活计", "人手", ""],
        ["", "", "为主", "为辅"],
        ["1", "修桥。", "甲局", "乙局"],
    ]
    merges = ((0, 2, 0, 3), (0, 0, 1, 0), (0, 1, 1, 1))
    fields = ("number", "task", "lead", "cooperating")
    mapping = SheetMapping("表", 1, 2, fields)
    first = read_table(book(grid_of(rows, merges)), mappings=[mapping])
    assert first.shapes[0].tables[0].printed == ("号", "活计", "人手／为主", "人手／为辅")
    later = read_table(book(grid_of(rows, merges)), remembered=memory(first))
    assert later.rows[0].roles.lead == ("甲局",)
    assert later.rows[0].roles.cooperating == ("乙局",)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("序号\t存在问题\t责任单位\n1\t桥面破损。\t甲局", "没有认出任务一栏"),
        (
            "序号\t任务\t完成时限\t办结时限\n1\t修桥。\t6月底前\t9月底前",
            "“办结时限”与“完成时限”一栏相似",
        ),
        (
            "序号\t任务\t甲乙丙丁\n1\t修桥。\t说了些什么。\n2\t清淤。\t又说了些什么。",
            "没有认出“甲乙丙丁”一栏",
        ),
    ],
)
def test_what_the_headings_leave_open_is_a_doubt(text, word):
    table = read_table(read_pasted(text))
    (found,) = table.shapes[0].tables
    assert word in "".join(found.doubts)
    settled = read_table(read_pasted(text), mappings=[found.mapping])
    assert settled.shapes[0].tables[0].doubts == ()


def test_figures_in_an_unknown_column_are_no_doubt():
    table = read_table(read_pasted("序号\t任务\t总投资\n1\t修桥。\t300\n2\t清淤。\t20"))
    assert table.shapes[0].tables[0].doubts == ()


def test_each_row_is_told_for_what_it_was_taken():
    text = (
        "东河镇任务落实情况表\n填报单位：某镇\n序号\t任务\t责任单位\n一、交通\n1\t修桥。\t甲局\n"
        "\t\t乙局\n合计\t1项\t\n填报人：张某"
    )
    rows = [line.split("\t") + [""] * (2 - line.count("\t")) for line in text.split("\n")]
    table = read_table(book(grid_of(rows)))
    (sheet,) = table.shapes
    assert [kind.name for kind in sheet.kinds] == [
        "TITLE", "SKIPPED", "HEADER", "SECTION", "TASK", "CONTINUED", "SKIPPED", "SKIPPED",
    ]  # fmt: skip
    assert sheet.reasons == {1: "填报信息", 6: "合计行", 7: "落款签字"}


CELL = st.sampled_from(
    ["", "序号", "任务", "修桥。", "甲局", "合计", "一、交通", "备注", "1", "7月"]
)


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=2, max_size=6), st.data())
def test_no_choice_of_header_and_columns_loses_a_row_unseen(rows, data):
    names = st.sampled_from(["number", "task", "lead", "rounds", "extra", "section"])
    top = data.draw(st.integers(1, len(rows)))
    fields = tuple(data.draw(st.lists(names, min_size=3, max_size=3)))
    source = book(grid_of(rows))
    try:
        table = read_table(source, mappings=[SheetMapping("表", top, top, fields)])
    except UserError:
        return
    (sheet,) = table.shapes
    assert len(sheet.kinds) == len(rows)
    for row, kind in zip(rows, sheet.kinds, strict=True):
        assert kind is not RowKind.BLANK or not any(row)
        assert kind in (RowKind.BLANK, RowKind.HEADER) or any(row)
    skipped = {s.row for s in table.skipped}
    for place, why in sheet.reasons.items():
        assert why
        assert place + 1 in skipped
