"""Quantities of a task, and what is asked about the names of all."""

from __future__ import annotations

import pytest

from tracker.decompose.figures import figures_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("重点推动51个前期项目顺利开工。", [("前期项目", "51", "个")]),
        ("确保全年完成投资51亿元。", [("投资", "51", "亿元")]),
        (
            "绿化公路120公里，绿化率达到35%以上。",
            [("绿化公路", "120", "公里"), ("绿化率", "达到35", "%")],
        ),
        ("培训技工1.2万人次。", [("培训技工", "1.2", "万人次")]),
        ("建成约30座具备条件的泵站。", [("具备条件的泵站", "约30", "座")]),
    ],
)
def test_quantities_are_kept_to_the_letter(text, expected):
    assert [(one.name, one.value, one.unit) for one in figures_in(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "6月30日前完成。",
        "每人每月补助300元。",
        "按设备投资额的20%给予补贴，最高不超过50万元。",
        "减免3个月的房租。",
        "24小时内办结。",
        "落实《清河办法》第12条。",
    ],
)
def test_rates_limits_and_dates_are_no_quantities(text):
    assert figures_in(text) == ()


def test_an_elided_prefix_is_resolved_within_its_list(document):
    (draft,) = document(
        "1.清河。责任单位：区水利局、财政局、卫健委，园区管委会，税务局、各镇政府"
    ).drafts
    assert dict(draft.full_names) == {"财政局": "区财政局", "卫健委": "区卫健委"}
    assert draft.roles.responsible[1] == "财政局"


def test_a_prefix_printed_elsewhere_resolves_a_name(document):
    second = document("1.清河。（区水利局负责）\n2.截污。（水利局负责）").drafts[1]
    assert dict(second.full_names) == {"水利局": "区水利局"}


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        (
            "1.清河。（区卫健委负责）\n2.截污。（区卫健委负责）\n3.治水。（区卫健局负责）",
            "“区卫健局”与“区卫健委”是否同一单位，请确认",
        ),
        ("1.清河。（区域管局负责）", "“区域管局”与“区城管局”是否同一单位，请确认"),
    ],
)
def test_near_misses_are_asked_and_never_changed(document, text, doubt):
    last = document(text).drafts[-1]
    assert doubt in last.doubts
    assert last.roles.responsible[0] in text


def test_a_short_and_a_full_name_are_no_near_miss(document):
    made = document("1.清河。（区发改局负责）\n2.截污。（区发展和改革局负责）")
    assert not any(draft.doubts for draft in made.drafts)
