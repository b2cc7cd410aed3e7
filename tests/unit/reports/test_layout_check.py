"""What is wrong in a layout file is told with its place, all at once."""

from __future__ import annotations

import copy
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.base.errors import FileProblem
from tracker.base.paths import resource
from tracker.reports.looks import Layout, layout_data, load_layout, read_layout

STANDARD = layout_data()
COLUMN = {"field": "remark", "heading": "备注", "width_mm": 20.0, "align": "left"}


def changed(*path, to=None):
    """Return the standard layout with one entry changed, or taken out."""
    data = copy.deepcopy(STANDARD)
    entry = data
    for key in path[:-1]:
        entry = entry.setdefault(key, {}) if isinstance(entry, dict) else entry[key]
    if to is None:
        del entry[path[-1]]
    else:
        entry[path[-1]] = to
    return data


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (changed("label"), "缺少或写错了 label"),
        (changed("page", "paper"), "[page] 缺少或写错了 paper"),
        (changed("page", "paper", to=11), "[page] paper = 11：应为 9（A4）、8（A3）、12（B4）"),
        (changed("page", "papre", to=9), "[page] 里没有“papre”这一项"),
        (changed("page", "landscape", to="是"), "[page] landscape = '是'：应为 true 或 false"),
        (changed("page", "top_mm", to=-1), "[page] top_mm = -1：应为不小于 0 的数"),
        (changed("page", "top_mm", to="14"), "[page] top_mm = '14'：应为不小于 0 的数"),
        (changed("page", "width_mm", to=210.0), "而 A4 横向是 297 × 210 毫米"),
        (changed("page", "top_mm", to=150.0), "上下页边距太大"),
        (changed("page", "bottom_mm", to=5.0), "放不下页码，至少要 11 毫米"),
        (changed("page", "sides", to=1), "[page] sides = 1：应为 true 或 false"),
        (changed("body", "font"), "[body] 缺少或写错了 font"),
        (changed("body", "font", to=" "), "[body] font = ' '：应为文字（加引号），不能空着"),
        (changed("body", "sizes", to=[]), "[body] sizes = []：应为一个或几个字号"),
        (changed("body", "sizes", to=[0]), "大于 0，不超过 72 磅"),
        (changed("body", "sizes", to=[73.0]), "大于 0，不超过 72 磅"),
        (changed("body", "sizes", to=12.0), "[body] sizes = 12.0"),
        (changed("body", "align", to="middle"), "应为 left、center 或 right"),
        (changed("body", to="仿宋"), "[body] 缺少或写错了"),
        (changed("cell", "width_share", to=3), "[cell] width_share = 3：应在 0.5 到 1 之间"),
        (changed("columns", to=[]), "至少要有一栏"),
        (changed("columns"), "至少要有一栏"),
        (changed("columns", 1, "width_mm", to=5.0), "第2栏 width_mm = 5.0：应为不小于 6 的数"),
        (changed("columns", 1, "heading"), "第2栏 缺少或写错了 heading"),
        (changed("columns", 1, "field", to="number"), "第2栏 field = 'number'：这一栏前面已有"),
        (changed("columns", 3, "width_mm", to=200.0), "各列相加宽于纸面：共 322 毫米"),
        (changed("columns", 0, "heading", to="序" * 80), "表头要折成"),
        (changed("frame", "signature", to="填表人："), "[frame] signature = '填表人：'"),
        (changed("frame", "legends", to=True), "[frame] 里没有“legends”这一项"),
        (changed("group", "merged", to="是"), "[group] merged = '是'：应为 true 或 false"),
        (changed("below", to={"font": "仿宋"}), "[below] 缺少或写错了 sizes、align、padding"),
        (changed("colums", to=[COLUMN]), "没有“colums”这一项"),
    ],
)
def test_a_fault_is_told_with_its_place(data, told):
    with pytest.raises(FileProblem) as caught:
        read_layout(data, "本县")
    assert "版式“本县”的写法有误" in str(caught.value)
    assert told in str(caught.value)


def test_a_column_too_narrow_for_its_letters_is_told():
    data = changed("columns", 0, "width_mm", to=7.0)
    data["body"]["sizes"] = [16.0]
    with pytest.raises(FileProblem, match="第1栏“序号”太窄，16 磅的字一个也放不下"):
        read_layout(data, "本县")


def test_all_faults_are_told_at_once():
    data = changed("body", "align", to="middle")
    data["page"]["top_mm"] = "高"
    data["columns"][0]["width_mm"] = 1
    with pytest.raises(FileProblem) as caught:
        read_layout(data, "本县")
    assert [word in str(caught.value) for word in ("align", "top_mm", "width_mm")] == [True] * 3


def test_faults_that_are_too_many_to_tell_are_counted():
    data = {key: {} for key in ("page", "normal", "cell", "annex", "title", "meta", "body")}
    with pytest.raises(FileProblem, match="另有6处"):
        read_layout(data, "空")


def _printed_as_tables():
    letters = {"circular", "slip"}
    return sorted(
        path.stem
        for path in resource("layouts").glob("*.toml")
        if "columns" in layout_data(path.stem) and path.stem not in letters
    )


@pytest.mark.parametrize("name", _printed_as_tables())
def test_every_table_that_comes_with_the_program_is_right(name):
    assert isinstance(load_layout(name), Layout)


@given(
    st.sampled_from(
        ["page", "cell", "body", "title", "normal", "columns", "frame", "group", "below"]
    ),
    st.one_of(
        st.none(),
        st.integers(),
        st.text(max_size=5),
        st.lists(st.integers(), max_size=3),
        st.dictionaries(st.sampled_from(["font", "sizes", "by"]), st.integers(), max_size=2),
    ),
)
def test_whatever_stands_in_a_file_is_read_or_told(part, value):
    data = copy.deepcopy(STANDARD) | {part: value}
    with suppress(FileProblem):
        assert isinstance(read_layout(data, "随便"), Layout)
