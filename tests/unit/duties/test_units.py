"""Where one unit's name ends and the next begins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.duties.units import is_unit_like, split_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("县教育局、县水利局，林业局；供销社", ["县教育局", "县水利局", "林业局", "供销社"]),
        ("县教育局 县水利局\n林业局　审计局", ["县教育局", "县水利局", "林业局", "审计局"]),
        ("县教育局/县水利局|林业局", ["县教育局", "县水利局", "林业局"]),
        ("各县（市、区）人民政府、各镇（街道）", ["各县（市、区）人民政府", "各镇（街道）"]),
        ("“清河、护河”行动各成员单位、水利局", ["“清河、护河”行动各成员单位", "水利局"]),
        ("1. 教育局 2. 水利局", ["教育局", "水利局"]),
        ("1、教育局\n2、水利局", ["教育局", "水利局"]),
        ("①教育局②水利局", ["教育局", "水利局"]),
        ("教育局、水利局、教育局。", ["教育局", "水利局"]),
        ("——", []),
        ("", []),
    ],
)
def test_names_are_split_at_separators_outside_brackets(text: str, names: list[str]) -> None:
    assert list(split_names(text)) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("县商务局\n(夜市提升领导小组办公室)", ["县商务局(夜市提升领导小组办公室)"]),
        ("县应急局 （县安办） 县教育局", ["县应急局（县安办）", "县教育局"]),
        ("县商务局(夜市\n提升办)", ["县商务局(夜市提升办)"]),
        ("县商务局、（县安办）", ["县商务局", "（县安办）"]),
    ],
)
def test_a_bracketed_line_joins_the_unit_above(text: str, names: list[str]) -> None:
    assert list(split_names(text)) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("教育局、水利局等部门", ["教育局", "水利局"]),
        ("教育局、水利局等有关部门和单位", ["教育局", "水利局"]),
        ("教育局、水利局等5个单位", ["教育局", "水利局"]),
        ("教育局等县直有关单位及各镇人民政府", ["教育局", "各镇人民政府"]),
        ("各有关单位", ["各有关单位"]),
        ("县直有关部门", ["县直有关部门"]),
        ("高等教育中心", ["高等教育中心"]),
    ],
)
def test_the_words_for_others_after_a_list_are_dropped(text: str, names: list[str]) -> None:
    assert list(split_names(text)) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("县教育局和县水利局", ["县教育局", "县水利局"]),
        ("县直各部门及各镇人民政府", ["县直各部门", "各镇人民政府"]),
        ("县文化和旅游局", ["县文化和旅游局"]),
        ("县人力资源和社会保障局", ["县人力资源和社会保障局"]),
        ("和平区教育局", ["和平区教育局"]),
        ("政府和社会资本合作中心", ["政府和社会资本合作中心"]),
        ("县教育局及其下属单位", ["县教育局及其下属单位"]),
    ],
)
def test_and_splits_only_between_two_units(text: str, names: list[str]) -> None:
    assert list(split_names(text)) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("县 审 计 局", ["县审计局"]),
        ("县 审 计 局 县 水 利 局", ["县审计局", "县水利局"]),
        ("县住房和城乡\n建设局", ["县住房和城乡建设局"]),
        ("东门街道\n办事处", ["东门街道办事处"]),
        ("人事科 办公室", ["人事科", "办公室"]),
        ("工业园区\n建设科", ["工业园区", "建设科"]),
    ],
)
def test_torn_names_are_healed_only_when_that_is_certain(text: str, names: list[str]) -> None:
    assert list(split_names(text)) == names


@pytest.mark.parametrize(
    ("name", "answer"),
    [("水利局", True), ("各镇", True), ("商务局(夜市办)", True), ("干部", False), ("局", False)],
)
def test_a_unit_is_known_by_its_ending(name: str, answer: bool) -> None:
    assert is_unit_like(name) is answer


@given(st.lists(st.text(alphabet="甲丙丁戊己庚", min_size=2, max_size=6), max_size=6))
def test_no_name_of_a_list_is_lost_or_changed(words: list[str]) -> None:
    names = [word + "局" for word in words]
    assert list(split_names("、".join(names))) == list(dict.fromkeys(names))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("中央、省驻县单位", ["中央、省驻县单位"]),
        ("中央、 省驻县单位", ["中央、省驻县单位"]),
        ("中央 、\n省驻县单位", ["中央、省驻县单位"]),
        ("市，县水利局", ["市", "县水利局"]),
        ("市、，县水利局", ["市", "县水利局"]),
        ("各镇党委、 政府", ["各镇党委、政府"]),
        ("各镇党委，政府", ["各镇党委", "政府"]),
    ],
)
def test_one_name_for_two_levels_is_printed_as_it_stands(text: str, names: list[str]) -> None:
    assert list(split_names(text)) == names


@given(st.text(alphabet="甲乙局和及等部门、，；/ \n（）()“”1.①各县市中央驻党委政府"))
def test_every_letter_of_a_name_comes_from_the_text(text: str) -> None:
    letters = "".join(text.split())
    for name in split_names(text):
        assert "".join(name.split()) in letters
