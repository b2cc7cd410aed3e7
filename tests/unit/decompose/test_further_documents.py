"""Further kinds of documents: rules in headings, numbers before dates, rosters, praise."""

from __future__ import annotations

import pytest

from tracker.domain.draft import DocumentKind, Member
from tracker.domain.table import Roles

_FIRST = Roles(("县水利局",), ("县财政局",))


@pytest.mark.parametrize(
    "text",
    [
        (
            "分工表\n| 序号 | 任务 | 责任单位（排在首位的为牵头单位） | 时限 |\n|---|---|---|---|\n"
            "| 1 | 修堤 | 县水利局、县财政局 | 6月底 |\n| 2 | 架桥 | 县交通局 | 年底 |\n"
        ),
        (
            "分工表\n说明：责任单位一栏排在首位的为牵头单位。\n序号\t任务\t责任单位\t时限\n"
            "1\t修堤\t县水利局、县财政局\t6月底\n2\t架桥\t县交通局\t年底\n"
        ),
    ],
)
def test_a_table_may_say_that_the_first_leads(document, text):
    first, second = document(text).drafts
    assert first.roles == _FIRST
    assert second.roles == Roles(("县交通局",))
    assert {one.field for one in first.passages if one.value == "县水利局"} == {"lead"}


def test_a_lead_column_beside_it_decides(document):
    text = (
        "分工表\n说明：责任单位排在首位的为牵头单位。\n序号\t任务\t牵头单位\t责任单位\n"
        "1\t修堤\t县水利局\t县财政局\n2\t架桥\t县交通局\t县住建局\n"
    )
    first, _ = document(text).drafts
    assert first.roles == _FIRST


def test_a_number_may_stand_before_a_year_or_month(document):
    lines = ["修堤。", "2026年一季度架桥。", "10月20日前清淤。"]
    text = "计划\n" + "\n".join(
        f"{number}、{words}（责任单位：县水利局）" for number, words in enumerate(lines, 1)
    )
    assert [draft.number for draft in document(text).drafts] == ["1", "2", "3"]


def test_two_months_are_no_number(document):
    text = "计划\n5、修堤。（责任单位：县水利局）\n6、7月架桥。（责任单位：县交通局）"
    assert "6" not in [draft.number for draft in document(text).drafts]


def test_parts_that_end_in_a_list_of_units_are_tasks_of_their_own(document):
    text = (
        "方案\n1.改造小区12个（县住建局、城关镇）；新建停车场3处（县城管局）；清淤5处（县水利局）。"
    )
    drafts = document(text).drafts
    assert [draft.roles.responsible for draft in drafts] == [
        ("县住建局", "城关镇"),
        ("县城管局",),
        ("县水利局",),
    ]


def test_a_numbered_heading_above_a_roster_is_not_its_body(document):
    text = (
        "关于成立清河专班的通知\n经研究，决定成立清河工作专班。\n一、组成人员\n"
        "组  长：王明远  县长\n副组长：海棠溪  副县长\n成  员：李青山  县水利局局长\n"
    )
    (roster,) = document(text).rosters
    assert roster.body == "清河工作专班"
    assert roster.members[1] == Member("海棠溪", "副县长", "副组长")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("清河县关于对先进单位予以通报表扬的决定", DocumentKind.OTHER),
        ("清河县水利局主要职责", DocumentKind.OTHER),
        ("清河县防汛应急预案", DocumentKind.REGULATION),
    ],
)
def test_praise_offices_and_emergency_plans_hold_no_tasks(document, title, kind):
    made = document(
        f"{title}\n一、水利类\n县水利局、县财政局\n二、交通类\n由县交通局牵头实施的改革获得肯定。\n"
    )
    assert made.kind is kind
    assert made.drafts == ()


def test_other_fields_between_two_notes_cut_no_task(document):
    text = (
        "清单\n1.修堤。\n责任单位：县水利局\n监理单位：省水利监理公司\n资金来源：专项资金\n完成时限：10月底\n"
        "2.架桥。\n责任单位：县交通局\n完成时限：年底\n"
    )
    first, second = document(text).drafts
    assert (first.number, second.number) == ("1", "2")
    assert first.roles == Roles(responsible=("县水利局",))
    assert first.deadline is not None
    assert "监理单位：省水利监理公司" in first.text


@pytest.mark.parametrize(
    "words",
    ["排查，倒排工期。", "1.排查排污口。2.建污水厂，9月底前投运。"],
    ids=["prose", "numbered"],
)
def test_a_form_with_its_time_above_its_measures_is_one_task(document, words):
    text = (
        f"整改方案\n一、水质下降问题\n整改时限：2026年12月底\n整改措施：{words}\n责任单位：县水利局\n"
        "二、矿山问题\n整改时限：2026年6月底前\n整改措施：修复。\n责任单位：县林业局\n"
    )
    first, second = document(text).drafts
    assert (first.number, second.number) == ("一", "二")
    assert first.roles == Roles(responsible=("县水利局",))
    assert first.deadline is not None
    assert first.deadline.text == "2026年12月底"


def test_supplementary_articles_are_no_tasks(document):
    text = (
        "若干措施\n第一条　修堤。（县水利局负责）\n第二条　架桥。（县交通局负责）\n"
        "第三条　本措施由县水利局负责解释。\n第四条　同一事项按从高不重复的原则执行。"
    )
    assert [draft.number for draft in document(text).drafts] == ["第一条", "第二条"]


def test_a_leader_above_all_tasks_hides_none(document):
    made = document(
        "任务分解表\n责任领导：李青山（副县长）\n一、水利\n1.修堤，5月底前完成。\n2.清淤。\n"
    )
    leader, *tasks = made.drafts
    assert leader.persons == ("李青山",)
    assert [draft.number for draft in tasks] == ["1", "2"]
