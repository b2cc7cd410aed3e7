from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.proposals import make_row, stored_task
from tracker.base.errors import Cancelled
from tracker.base.progress import Progress
from tracker.tables.candidates import Candidates
from tracker.tables.match import match_rows

LIBRARY = "建成县图书馆新馆并对外开放，配套建设社区分馆6处。"
RIVER = "完成清水河下游段清淤疏浚，修复护岸12公里。"
SCHOOL = "改扩建乡镇寄宿制学校，新增学位800个。"
MARKET = "规范城区农贸市场管理，整治占道经营。"

STORED = [
    stored_task(make_row(text, str(number), lead=lead), number)
    for number, (text, lead) in enumerate(
        [(LIBRARY, "县文旅局"), (RIVER, "县水利局"), (SCHOOL, "县教育局"), (MARKET, "县城管局")], 1
    )
]


def only(row, tasks=STORED):
    pairs = match_rows([row], tasks)
    return pairs[0] if pairs else None


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (make_row(RIVER, "2"), "分类、序号、任务文字都相同"),
        (make_row(RIVER, "2", section="二、生态"), "序号、任务文字相同"),
        (make_row(RIVER, "17"), "任务文字相同"),
        (make_row(RIVER), "任务文字相同"),
        (make_row(f"  {RIVER[:9]}\n{RIVER[9:]} "), "任务文字相同"),
        (make_row(RIVER.replace("12", "１２").replace("，", ",")), "任务文字相同"),
    ],
    ids=["whole", "other section", "renumbered", "no number", "broken lines", "full width"],
)
def test_the_same_words_are_the_same_task(row, reason):
    pair = only(row)
    assert (pair.task, pair.sure, pair.reasons) == (1, True, (reason,))


def test_a_task_put_in_other_words_is_asked_about_where_number_and_units_agree():
    words = "整治农贸市场和周边道路占道摆摊，规范经营秩序。"
    pair = only(make_row(words, "4", lead="县城管局"))
    assert (pair.task, pair.sure) == (3, False)
    assert only(make_row(words, "4", lead="县商务局")) is None
    assert only(make_row("开展冬春季森林防火巡查。", "4", lead="县城管局")) is None


@pytest.mark.parametrize(
    "row",
    [
        make_row("完成清水河下游河段清淤疏浚，修复护岸12公里。", "9"),
        make_row("完成清水河下游段清淤疏浚，修复护岸15公里。", "2", lead="县水利局"),
        make_row("修复护岸12公里，完成清水河下游段清淤疏浚。", "9"),
        make_row(f"{RIVER}同步建设亲水步道和沿河绿化带。", "2", lead="县水利局"),
        make_row("清水河下游段清淤疏浚，修复破损护岸。", "8", lead="县水利局"),
    ],
    ids=["one sign", "another figure", "clauses moved", "went on", "shortened"],
)
def test_reworded_tasks_are_recognised(row):
    pair = only(row)
    assert (pair.task, pair.sure) == (1, True)
    assert pair.reasons[0].startswith("任务文字相似度")


@pytest.mark.parametrize(
    "row",
    [
        make_row("疏浚清水河下游河段，加固护岸。", "2", lead="县水利局"),
        make_row("推进农贸市场改造，规范占道经营整治。", "30", lead="县城管局"),
    ],
    ids=["number and unit", "unit"],
)
def test_weak_likeness_is_asked_about(row):
    pair = only(row)
    assert pair is not None
    assert not pair.sure


@pytest.mark.parametrize(
    "row",
    [
        make_row("举办全县职工技能竞赛，培训产业工人2000人次。", "2", lead="县水利局"),
        make_row("整修清水河护岸，疏通下游河道。", "77", lead="县财政局"),
        make_row(""),
        make_row("清淤", "40"),
    ],
    ids=["number and unit alone", "weak without help", "empty", "a word of it"],
)
def test_other_words_are_another_task(row):
    assert only(row) is None


def test_one_pattern_with_another_figure_is_asked_about():
    tasks = [stored_task(make_row("改造供水管网3号泵站并通过验收。", "3", lead="县水利局"))]
    pair = only(make_row("改造供水管网5号泵站并通过验收。", "5", lead="县水利局"), tasks)
    assert not pair.sure
    assert "数字不同" in pair.reasons


def test_a_close_second_task_makes_a_match_doubtful_and_is_offered():
    tasks = [
        stored_task(make_row("建设城东停车场，新增泊位300个。", "1", lead="县城管局"), 1),
        stored_task(make_row("建设城西停车场，新增泊位300个。", "2", lead="县城管局"), 2),
    ]
    pair = only(make_row("建设城北停车场，新增泊位300个。", "9", lead="县城管局"), tasks)
    assert not pair.sure
    assert "还有一项同样相近" in pair.reasons
    assert {pair.task, *(other.task for other in pair.others)} == {0, 1}


def test_two_rows_as_near_to_one_task_are_both_asked_about():
    rows = [
        make_row("建成县图书馆新馆并对外开放，配套建设社区分馆7处。", at=3),
        make_row("建成县图书馆新馆并对外开放，配套建设社区分馆8处。", at=4),
    ]
    pairs = match_rows(rows, STORED)
    assert [(pair.row, pair.task, pair.sure) for pair in pairs] == [(0, 0, False), (1, 0, False)]


def test_the_better_row_takes_the_task_and_the_other_is_new():
    rows = [
        make_row("推进县图书馆新馆建设，配套社区分馆。", "20", lead="县文旅局"),
        make_row(LIBRARY.replace("6处", "六处"), "1", lead="县文旅局"),
    ]
    pairs = match_rows(rows, STORED)
    assert [(pair.row, pair.task, pair.sure) for pair in pairs] == [(1, 0, True)]


def test_equal_tasks_are_taken_one_by_one():
    tasks = [
        stored_task(make_row(MARKET, n, section=s), i)
        for i, (n, s) in enumerate([("1", "甲"), ("2", "甲"), ("1", "乙")], 1)
    ]
    rows = [
        make_row(MARKET, "1", section="乙"),
        make_row(MARKET),
        make_row(MARKET, "1", section="甲"),
    ]
    pairs = match_rows(rows, tasks)
    assert [(pair.row, pair.task) for pair in pairs] == [(0, 2), (1, 1), (2, 0)]


TEXTS = st.lists(
    st.sampled_from(["修建", "道路", "3公里", "5公里", "学校", "验收", "，", "一期", "县城"]),
    min_size=1,
    max_size=8,
).map("".join)
ROWS = st.lists(st.builds(make_row, TEXTS, st.sampled_from(["", "1", "2", "3"])), max_size=8)


@settings(deadline=None)
@given(rows=ROWS, kept=ROWS)
def test_no_two_rows_take_one_task(rows, kept):
    tasks = [stored_task(row, number) for number, row in enumerate(kept, 1)]
    pairs = match_rows(rows, tasks)
    taken = [pair.task for pair in pairs if pair.sure]
    assert len(taken) == len(set(taken))
    assert len({pair.row for pair in pairs}) == len(pairs)
    asked = {task for p in pairs if not p.sure for task in (p.task, *(o.task for o in p.others))}
    assert not asked & set(taken)


@settings(deadline=None)
@given(rows=ROWS, data=st.data())
def test_rows_in_any_order_find_their_own_tasks(rows, data):
    tasks = [stored_task(row, number) for number, row in enumerate(rows, 1)]
    shuffled = data.draw(st.permutations(rows))
    pairs = match_rows(shuffled, tasks)
    assert len(pairs) == len(rows)
    assert all(pair.sure for pair in pairs)
    assert all(shuffled[pair.row].task == tasks[pair.task].text for pair in pairs)


def test_matching_can_be_cancelled():
    progress = Progress(cancel_wanted=True)
    with pytest.raises(Cancelled):
        match_rows([make_row("从未见过的一项任务")], STORED, progress)


def test_the_text_that_shares_most_comes_first_among_thousands():
    texts = [(number, f"推进第{number}号地块征收工作") for number in range(3000)]
    near = Candidates(texts).of("推进第1234号地块房屋征收工作")
    assert near[0] == 1234
    assert len(near) <= 25


def test_a_text_that_shares_nothing_has_no_candidates():
    assert Candidates([(0, "清水河清淤")]).of("建校舍") == []


def test_a_code_beside_quite_other_words_is_asked_about():
    rows = [
        make_row(RIVER, "1", extra=(("任务编码", "1-002"),)),
        make_row(f"继续{SCHOOL}", "2", extra=(("任务编码", "1-003"),)),
        make_row("编印统计年鉴。", "3", extra=(("任务编码", "1-004"),)),
    ]
    pairs = match_rows(rows, STORED)
    assert [(pair.task, pair.sure) for pair in pairs] == [(1, True), (2, True), (3, False)]
    assert pairs[2].reasons == ("任务编码相同", "任务文字不同")


def test_numbers_that_only_look_like_codes_are_none():
    rows = [make_row(LIBRARY, "1-002"), make_row("编印统计年鉴。", "1-003")]
    assert [(pair.row, pair.task) for pair in match_rows(rows, STORED)] == [(0, 0)]


def test_another_place_in_the_same_words_is_asked_about():
    tasks = [stored_task(make_row("建设柳林镇文化站并免费开放", "1", lead="县文旅局"))]
    pair = only(make_row("建设东湖镇文化站并免费开放", "1", lead="县文旅局"), tasks)
    assert not pair.sure
    assert "地点不同" in pair.reasons
