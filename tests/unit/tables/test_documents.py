"""Tables of a document are read with the lines around them, pieces cut by pages as one."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from tests.helpers.documents import cell, document, level, listed, lists, paragraph, row, table
from tracker.base.errors import UserError
from tracker.files.reader import read_bytes, read_file
from tracker.files.reading import Request
from tracker.tables.pipeline import read_table

if TYPE_CHECKING:
    from tracker.domain.table import Table

P = paragraph
HEADER = row("序号", "工作任务", "责任单位", "落实情况")
TITLE = P("云溪县重点工作落实情况表")
RESTART, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def read(body: str, sheet: str | None = None, **parts: str) -> Table:
    source = read_bytes(document(body, **parts), Request("表.docx"))
    return read_table(source, sheet=sheet)


def rows_of(result: Table) -> list[tuple[str, str, str, str]]:
    return [(r.number, r.section, r.task, r.progress) for r in result.rows]


def skipped(result: Table) -> list[tuple[int, str, str]]:
    return [(s.row, s.why, s.text) for s in result.skipped]


def test_the_lines_above_and_below_give_title_and_date():
    body = (
        P("各镇（街道）：") + P("现将有关情况通报如下。") + P("附件1") + TITLE
        + P("填报单位：县督查室") + P("（截至2026年6月底）")
        + table(HEADER, row("1", "修路", "县住建局", "已开工。"))
        + P("注：每月更新。") + P("填表人：张三") + P("2026年7月3日") + P("抄送：县委办。")
    )  # fmt: skip
    got = read(body)
    assert (got.title, got.date) == ("云溪县重点工作落实情况表", date(2026, 7, 3))
    assert rows_of(got) == [("1", "", "修路", "已开工。")]
    assert (got.rows[0].origin.sheet, got.rows[0].origin.row) == ("", 2)
    assert skipped(got) == [
        (0, "附件或续表标记", "附件1"),
        (0, "填报信息", "填报单位：县督查室"),
        (0, "填报信息", "（截至2026年6月底）"),
        (0, "说明", "注：每月更新。"),
        (0, "落款签字", "填表人：张三"),
        (0, "落款日期", "2026年7月3日"),
    ]
    assert got.skipped[0].place == "表外文字"
    assert got.warnings == ("表格之外还有 3 段文字，没有作为表格读取",)


def test_headings_between_tables_are_the_sections_of_the_rows_below():
    body = (
        TITLE + P("一、产业发展") + table(HEADER, row("1", "修路", "甲局", "完成"))
        + P("二、民生保障") + table(HEADER, row("2", "建校", "乙局", "推进中"))
    )  # fmt: skip
    got = read(body)
    assert rows_of(got) == [
        ("1", "一、产业发展", "修路", "完成"),
        ("2", "二、民生保障", "建校", "推进中"),
    ]
    assert skipped(got) == [(3, "重复的表头", "序号\t工作任务\t责任单位\t落实情况")]
    assert [r.origin.row for r in got.rows] == [2, 4]


@pytest.mark.parametrize(
    "mark", ["", "续表", "附表（续）", "（续）", "云溪县重点工作落实情况表（续）", "— 2 —"]
)
def test_a_header_repeated_on_the_next_page_heads_the_same_table(mark):
    body = (
        TITLE + table(HEADER, row("一、产业", "", "", ""), row("1", "修路", "甲局", "完成"))
        + P(mark) + table(HEADER, row("2", "架桥", "乙局", "完成"))
    )  # fmt: skip
    got = read(body)
    assert rows_of(got) == [("1", "一、产业", "修路", "完成"), ("2", "一、产业", "架桥", "完成")]
    assert got.title == "云溪县重点工作落实情况表"
    assert got.warnings == ()


def test_a_table_without_header_goes_on_where_its_numbers_do():
    first = table(HEADER, row("1", "修路", "甲局", "完成"))
    on = table(row("2", "架桥", "乙局", "完成"), row("3", "植树", "丙局", ""))
    got = read(TITLE + first + P() + P("- 2 -") + on)
    assert [r.number for r in got.rows] == ["1", "2", "3"]
    assert [r.origin.row for r in got.rows] == [2, 3, 4]
    section = table(row("二、民生", "", "", ""), row("1", "架桥", "乙局", "完成"))
    assert [r.section for r in read(TITLE + first + P() + section).rows] == ["", "二、民生"]
    for other in (
        table(*(row(str(n), "任务", "乙局", "完成") for n in range(7, 12))),
        table(*(row("2", "架桥", "乙局") for _ in range(5))),
        P("另一件事的说明文字。") + table(*(row(str(n), "任务", "乙局", "") for n in range(2, 7))),
    ):
        got = read(TITLE + first + P() + other)
        assert [r.number for r in got.rows] == ["1"]
        assert any("“表2”中没有找到进展表" in warning for warning in got.warnings)


def test_a_row_torn_by_the_page_is_made_whole_where_that_is_sure():
    first = table(HEADER, row("1", "修路", "甲局", "已完成路基，正在进行"))
    for repeated in ((), (HEADER,)):
        on = table(*repeated, row("", "", "", "路面铺设。"), row("2", "架桥", "乙局", "完成"))
        got = read(TITLE + first + P() + on)
        assert [r.progress for r in got.rows] == ["已完成路基，正在进行路面铺设。", "完成"]
        assert "已接到上一行" in got.warnings[0]


def test_halves_of_cells_are_joined_as_they_were():
    first = table(HEADER, row("1", "修路，", "区住建局", "已完成。"))
    on = table(row("", "含桥梁。", "区交通局", ""), row("2", "植树", "乙局", "完成"))
    got = read(TITLE + first + P() + on)
    assert (got.rows[0].task, got.rows[0].progress) == ("修路，含桥梁。", "已完成。")
    assert got.rows[0].roles.responsible == ("区住建局", "区交通局")


def test_a_row_without_number_that_may_be_torn_is_asked_about():
    first = table(HEADER, row("1", "修路。", "甲局", "完成。"))
    on = table(row("", "架桥", "乙局", "完成。"), row("2", "植树", "丙局", "完成。"))
    got = read(TITLE + first + P() + on)
    assert [r.task for r in got.rows] == ["修路。", "架桥", "植树"]
    assert any("第3行没有序号" in warning for warning in got.warnings)


def test_different_tables_are_all_read_each_with_its_name():
    other = table(
        row("序号", "任务", "牵头单位", "完成时限"), row("1", "架桥", "乙局", "2026年底前")
    )
    names = table(*(row("张三", "主任", "1380000") for _ in range(5)))
    first = table(HEADER, row("1", "修路", "甲局", "完成"))
    body = TITLE + first + P("民生任务清单") + other + P("名单") + names
    got = read(body)
    assert [(r.origin.sheet, r.task) for r in got.rows] == [("表1", "修路"), ("表2", "架桥")]
    assert (0, "另一张表的标题", "民生任务清单") in skipped(got)
    assert "表格“表3”中没有找到进展表，未读取" in got.warnings
    assert [r.task for r in read(body, sheet="表2").rows] == ["架桥"]
    with pytest.raises(UserError, match="没有名为“表9”"):
        read(body, sheet="表9")


def test_tables_with_the_same_header_but_another_title_stay_apart():
    one = table(HEADER, row("一、产业", "", "", ""), row("1", "修路", "甲局", "完成"))
    two = table(HEADER, row("1", "架桥", "乙局", "完成"))
    got = read(TITLE + one + P("云溪县民生任务表") + two)
    assert [(r.origin.sheet, r.section) for r in got.rows] == [("表1", "一、产业"), ("表2", "")]


def test_strips_drawn_as_tables_serve_as_lines():
    body = (
        TITLE + table(row("填报单位：甲局", "日期：2026年5月6日"))
        + table(HEADER, row("1", "修路", "甲局", "完成"))
        + table(row("填表人：张三", "审核人：李四"))
    )  # fmt: skip
    got = read(body)
    assert (got.title, got.date) == ("云溪县重点工作落实情况表", date(2026, 5, 6))
    assert [why for _, why, _ in skipped(got)] == ["填报信息", "落款签字"]


def test_the_title_of_the_document_serves_a_table_far_below():
    body = (
        TITLE + P("各单位要认真对照，逐项落实。") + table(HEADER, row("1", "修路", "甲局", "完成"))
    )
    assert read(body).title == "云溪县重点工作落实情况表"


def test_a_document_without_a_progress_table_says_so():
    with pytest.raises(UserError, match="没有找到进展表"):
        read(TITLE + table(row("姓名", "电话"), row("张三", "1380000")))


def test_automatic_numbers_of_a_column_are_the_numbers_of_the_tasks():
    body = table(
        HEADER, *(row(cell(listed("")), text, "甲局", "完成") for text in ("修路", "架桥", "植树"))
    )
    got = read(body, numbering=lists(level(0, "decimal", "%1")))
    assert [r.number for r in got.rows] == ["1", "2", "3"]


# A layout: rows of texts; None goes on the area above, "<" the area to the left.
LONG = "一是完成征地拆迁；二是完成管网改造，累计铺设12.5公里，占年度任务的83.3%。" * 6
LAYOUTS = {
    "groups": [
        ["序号", "工作任务", "责任分工", "<", "完成时限", "落实情况"],
        [None, None, "牵头单位", "配合单位", None, None],
        ["一、产业发展", "<", "<", "<", "<", "<"],
        ["1", "建设园区", "县住建局", "县财政局、县发改局", "2026年9月底", LONG],
        ["2", "招商引资", "县商务局\n县投促局", "各镇人民政府", "长期坚持", ""],
        ["二、民生保障", "<", "<", "<", "<", "<"],
        ["3", "新建小学", "县教育局", "", "2026年12月31日", "已封顶。\n\n正在装修。"],
    ],
    "areas": [
        ["类别", "序号", "重点任务", "责任单位", "进展情况", "备注"],
        ["城建", "1", "改造老旧小区", "县住建局", "完成3个", "甲"],
        [None, None, None, "县城管局", "拆违20处", ""],
        [None, "2", "修路", "县交通局", "推进中", "乙"],
        ["农业", "3", "①修渠；②打井。", "县水利局", "①完成；②推进中。", ""],
        [None, "4", "植树", None, None, ""],
    ],
    "plain": [
        ["事项", "牵头领导", "牵头单位：", "7月进展", "8月进展", "完成率"],
        ["办好实事", "张三", "县民政局", "启动", "过半", "55%"],
        ["（1）助餐", "李四", "牵头单位：县民政局；配合单位：县卫健局", "", "", "80%"],
        ["合计", "", "", "", "", ""],
    ],
}


def _areas(layout):
    """Return the merged areas as (top, left, bottom, right), and the text of each."""
    spoken = {}
    for r, texts in enumerate(layout):
        for c, text in enumerate(texts):
            if text == "<":
                spoken[r, c] = spoken[r, c - 1]
            elif text is None:
                spoken[r, c] = spoken[r - 1, c]
            else:
                spoken[r, c] = (r, c)
    areas = {}
    for (r, c), head in spoken.items():
        top, left, bottom, right = areas.get(head, (*head, *head))
        areas[head] = (top, left, max(bottom, r), max(right, c))
    return areas


def as_docx(layout) -> bytes:
    areas = _areas(layout)
    rows = []
    for r, texts in enumerate(layout):
        cells = []
        for c, text in enumerate(texts):
            area = next(a for a in areas.values() if a[0] <= r <= a[2] and a[1] <= c <= a[3])
            if c != area[1]:
                continue
            span = f'<w:gridSpan w:val="{area[3] - area[1] + 1}"/>'
            down = "" if area[0] == area[2] else (RESTART if r == area[0] else ON)
            content = "".join(map(paragraph, (text or "").split("\n")))
            cells.append(cell(content, span + down))
        rows.append(row(*cells))
    return document(paragraph("云溪县任务表") + table(*rows))


def as_xlsx(layout, path) -> None:
    book = Workbook()
    book.active.title = "表"
    book.active.append(["云溪县任务表"])
    for texts in layout:
        book.active.append([text if text not in (None, "<") else None for text in texts])
    for top, left, bottom, right in _areas(layout).values():
        if (top, left) != (bottom, right):
            book.active.merge_cells(None, top + 2, left + 1, bottom + 2, right + 1)
    book.save(path)


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_same_table_as_a_workbook_and_as_a_document_gives_the_same_rows(name, tmp_path):
    as_xlsx(LAYOUTS[name], tmp_path / "表.xlsx")
    (tmp_path / "表.docx").write_bytes(as_docx(LAYOUTS[name]))
    book, text = (read_table(read_file(tmp_path / f"表{end}")) for end in (".xlsx", ".docx"))
    assert len(book.rows) > 1
    assert [_plain(r) for r in text.rows] == [_plain(r) for r in book.rows]
    assert (text.title, text.columns, text.date) == (book.title, book.columns, book.date)
    assert [s.text for s in text.skipped] == [s.text for s in book.skipped]


def _plain(result):
    return {key: value for key, value in asdict(result).items() if key != "origin"}
