"""Names of units that are, may be, or cannot be one unit; and what the clerk reads about them."""

from __future__ import annotations

import copy
import time
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.base.errors import FileProblem
from tracker.base.resources import load
from tracker.domain.unit import COLLECTIVE, UnitRow
from tracker.domain.unit_forms import read_unit_forms
from tracker.domain.unit_likeness import UnitLikeness, near_duplicates
from tracker.domain.unit_verdict import Likeness

FORMS = read_unit_forms(load("unit_words.toml"), load("offices.toml"))
PLAIN = UnitLikeness(FORMS)
HOME = UnitLikeness(FORMS, home="云岭县")
SAME, LIKELY, DIFFERENT = Likeness.SAME, Likeness.LIKELY, Likeness.DIFFERENT

WORDS = ["县", "市", "云岭县", "水利局", "发改", "委", "局", "办", "镇", "街道", "石桥", "（", "）"]
WORDS += ["第一", "中学", "集团", "公司", "各", "、", "分局", "人民政府", "共青团", "1", " ", "域"]
names = st.lists(st.sampled_from(WORDS), max_size=6).map("".join)


def units(*listed):
    return [UnitRow(at, name, position=at) for at, name in enumerate(listed, 1)]


def shown(*listed, home=""):
    return [
        (pair.first.name, pair.second.name, pair.verdict.likeness)
        for pair in near_duplicates(units(*listed), FORMS, home=home)
    ]


@pytest.mark.parametrize(
    ("a", "b", "likeness", "reason"),
    [
        ("县水利局", "水利局", SAME, "去掉级别后同名"),
        ("县发展和改革局", "县发改局", SAME, "简称：发展和改革局→发改局"),
        ("县发展和改革局", "县发展改革局", SAME, "只差“和”字"),
        ("县教育局 ", "县 教育局", SAME, "只差空格、括号或标点的写法"),
        ("县委办公室", "委办", SAME, "去掉级别后同名；简称：县委办公室→委办"),
        ("城关镇人民政府", "城关镇", SAME, "“城关镇人民政府”就是“城关镇”"),
        ("县财政局(财政局)", "县财政局", SAME, "括号里是简称或全称"),
        ("县卫健委", "县卫健局", LIKELY, "“委”“局”之别：卫健委、卫健局"),
        ("县卫健局", "县卫计局", LIKELY, "旧名：卫计局→卫健局"),
        (
            "自然资源和规划局", "规划资源局", LIKELY,
            "“自然资源和规划局”“规划资源局”是自然资源局的不同叫法",
        ),
        ("县教体局", "县教育局", LIKELY, "“教体局”可能是“教育局”合并或挂牌后的名称"),
        ("县商务和投促局", "县商务局", LIKELY, "“商务和投促局”可能是“商务局”合并或挂牌后的名称"),
        ("县商务局和投促局", "县商务局", DIFFERENT, "一个是内设或下属机构"),
        ("县域管局", "县城管局", LIKELY, "可能写错一个字：“域”应为“城”"),
        ("县财政局（金融办）", "县财政局", LIKELY, "一个多了括号里的“金融办”"),
        ("云岭县财政局", "县财政局", LIKELY, "如果“云岭县”就是本地，便是同一单位"),
        ("市水利局", "县水利局", DIFFERENT, "级别或地方不同：县、市"),
        ("城关镇", "城关街道", DIFFERENT, "街道和镇是两类单位"),
        ("各镇人民政府", "城关镇人民政府", DIFFERENT, "合称不与别的单位合并"),
        ("县财政局、县审计局", "县财政局", DIFFERENT, "其中一个写了几个单位"),
        ("县公安局", "县公安局交警大队", DIFFERENT, "一个是内设或下属机构"),
    ],
)  # fmt: skip
def test_a_verdict_says_why(a, b, likeness, reason):
    verdict = PLAIN.compare(a, b)
    assert (verdict.likeness, verdict.reason) == (likeness, reason)


def test_the_own_place_makes_sure_what_else_is_only_likely():
    assert PLAIN.compare("云岭县财政局", "财政局").likeness is LIKELY
    assert HOME.compare("云岭县财政局", "财政局").likeness is SAME
    assert HOME.compare("中共云岭县委组织部", "组织部").likeness is SAME
    assert HOME.compare("平湖县财政局", "财政局").likeness is DIFFERENT
    assert HOME.compare("市财政局", "财政局").likeness is DIFFERENT


def test_the_citys_office_for_the_own_place_may_be_the_own_office():
    verdict = HOME.compare("江州市公安局云岭分局", "县公安局")
    assert verdict.likeness is LIKELY
    assert "派出机构" in verdict.reason
    assert HOME.compare("江州市公安局平湖分局", "县公安局").likeness is DIFFERENT
    assert HOME.compare("江州市公安局", "江州市公安局云岭分局").likeness is DIFFERENT


def test_a_name_without_level_is_not_surely_one_of_two_levels():
    assert shown("水利局", "县水利局") == [("水利局", "县水利局", SAME)]
    assert shown("水利局", "县水利局", "市水利局") == [("水利局", "县水利局", LIKELY)]
    assert shown("水利局", "县水利局", "市水利局", home="云岭县") == [
        ("水利局", "县水利局", LIKELY)
    ]


def test_a_few_offices_of_the_city_do_not_make_it_the_own_level():
    county = ["市税务局", "市气象局", "市烟草局", "税务局", "教育局", "财政局"]
    assert shown(*county) == []
    city = ["市税务局", "市气象局", "市教育局", "市财政局", "税务局"]
    assert shown(*city) == [("市税务局", "税务局", SAME)]


def test_units_of_several_named_counties_are_not_offered_for_a_nameless_one():
    assert shown("云岭县财政局", "财政局") == [("云岭县财政局", "财政局", LIKELY)]
    assert shown("云岭县财政局", "平湖县财政局", "财政局") == []


def test_the_sure_pairs_come_first_then_the_official_order():
    pairs = shown("县卫健委", "县发改局", "县卫健局", "县发改委", "发改局")
    assert pairs == [
        ("县发改局", "发改局", SAME),
        ("县卫健委", "县卫健局", LIKELY),
        ("县发改局", "县发改委", LIKELY),
        ("县发改委", "发改局", LIKELY),
    ]


def test_a_name_that_the_office_keeps_for_another_unit_makes_them_the_same():
    one = UnitRow(1, "县能源集团", position=1, names=("县煤炭公司",))
    other = UnitRow(2, "县煤炭公司", position=2)
    (pair,) = near_duplicates([other, one], FORMS)
    assert (pair.first, pair.second) == (one, other)
    assert pair.verdict.likeness is SAME
    assert pair.verdict.reason == "“县煤炭公司”已登记为“县能源集团”的别名"


def test_towns_that_share_a_short_name_stay_two():
    town = UnitRow(1, "城关镇", short_name="城关")
    street = UnitRow(2, "城关街道办事处", short_name="城关")
    assert near_duplicates([town, street], FORMS) == ()


def test_offices_of_two_levels_that_share_a_short_name_stay_two():
    county = UnitRow(1, "县教育局", short_name="教育局")
    city = UnitRow(2, "市教育局", short_name="教育局")
    assert near_duplicates([county, city], FORMS) == ()


def test_a_shared_short_name_of_others_is_only_a_hint():
    one = UnitRow(1, "县营商服务中心", short_name="营商中心")
    other = UnitRow(2, "县营商促进办", short_name="营商中心")
    (pair,) = near_duplicates([one, other], FORMS)
    assert pair.verdict.likeness is LIKELY
    assert pair.verdict.reason == "两个单位都登记了“营商中心”这个名称"


def test_a_collective_by_its_kind_or_members_is_never_a_single_unit():
    single = UnitRow(1, "重点办")
    for other in (UnitRow(2, "县重点办", kind=COLLECTIVE), UnitRow(2, "县重点办", members=(1,))):
        assert near_duplicates([single, other], FORMS) == ()


def test_an_office_of_another_level_is_another_office():
    taken = [
        (low + name, high + name)
        for name, low, high in product(FORMS.spellings, "县区旗", "市州省")
        for likeness in (PLAIN, HOME)
        if likeness.compare(low + name, high + name).is_worth_showing
    ]
    assert taken == []


def test_no_short_name_stands_surely_for_two_offices():
    main = {}
    for name, meant in FORMS.spellings.items():
        for each in meant:
            if not each.relation:
                main.setdefault(name, set()).add(each.office)
    assert {name: offices for name, offices in main.items() if len(offices) > 1} == {}


@given(names, names)
def test_any_two_names_get_one_verdict_in_both_orders(a, b):
    for likeness in (PLAIN, HOME):
        verdict = likeness.compare(a, b)
        assert verdict == likeness.compare(b, a)
        assert verdict.reason


@given(names)
def test_every_name_is_the_same_as_itself(name):
    assert PLAIN.compare(name, name).likeness is SAME


@given(st.lists(names, max_size=6, unique=True))
def test_the_list_shows_what_comparing_two_by_two_shows(listed):
    rows = [UnitRow(at, name, position=at) for at, name in enumerate(listed)]
    likeness = UnitLikeness(FORMS, known=listed)
    expected = {
        (a.name, b.name)
        for at, a in enumerate(rows)
        for b in rows[at + 1 :]
        if a.name and b.name and likeness.compare_units(a, b).is_worth_showing
    }
    found = {(pair.first.name, pair.second.name) for pair in likeness.near_duplicates(rows)}
    assert found == expected


@pytest.mark.parametrize("pattern", ["县{}", "{}镇", "{}县水利局", "县公安局{}大队", "{}有限公司"])
def test_five_hundred_units_take_well_under_a_second(pattern):
    listed = [
        a + b
        for a in "云平清江石柳东西南北上下大小高青白红黄"
        for b in "岭湖水泉桥溪山原川河沟台塘坝沙阳安庄店寨堡集屯坪湾"
    ]
    rows = units(*(pattern.format(name) for name in listed[:475]), *list(FORMS.spellings)[:25])
    start = time.perf_counter()
    near_duplicates(rows, FORMS)
    assert time.perf_counter() - start < 1


def test_a_broken_list_is_named_with_what_is_missing():
    data = copy.deepcopy(load("unit_words.toml"))
    del data["office"][0]["words"]
    with pytest.raises(FileProblem) as caught:
        read_unit_forms(data)
    assert "unit_words.toml" in str(caught.value)


def test_what_only_the_list_of_offices_knows_is_never_sure():
    offices = {"names": {"云办": ["云计算办公室"], "水利局": ["水利水产局"]}}
    likeness = UnitLikeness(read_unit_forms(load("unit_words.toml"), offices))
    assert likeness.compare("县云办", "县云计算办公室").likeness is LIKELY
    assert likeness.compare("县水务局", "县水利水产局").likeness is LIKELY
    assert PLAIN.compare("县云办", "县云计算办公室").likeness is DIFFERENT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("县行政审批服务局", "县审批局"),
        ("县政务服务和数据管理局", "县政数局"),
        ("县投资促进服务中心", "县投促中心"),
    ],
)
def test_offices_for_services_go_by_short_names_too(one, other):
    assert PLAIN.compare(one, other).likeness is not DIFFERENT
