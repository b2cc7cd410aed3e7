"""Which measures become drafts, with which words and units."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.domain.table import Roles


def drafts(document, text, day=None):
    return document(text, day).drafts


def test_a_measure_with_a_note_is_a_task(document):
    text = "一、水利\n1. 加固水库。十月底前完工。（牵头单位：县水利局；责任单位：县财政局）"
    (draft,) = drafts(document, text)
    assert (draft.number, draft.path, draft.title) == ("1", ("一、水利",), "加固水库")
    assert draft.text == "加固水库。十月底前完工。"
    assert draft.roles == Roles(lead=("县水利局",), cooperating=("县财政局",))


def test_several_notes_cut_a_measure_into_parts(document):
    text = "3. 降低成本。减免房租。（县财政局负责）\n加大补贴。（县工信局负责）"
    first, second = drafts(document, text)
    assert (first.number, second.number) == ("3.1", "3.2")
    assert (first.text, second.text) == ("降低成本。减免房租。", "加大补贴。")


def test_notes_inside_a_paragraph_cut_it(document):
    text = "（二）改善环境。清理河道。（县水利局负责）绿化道路。（县林业局、县交通运输局负责）"
    first, second = drafts(document, text)
    assert (first.title, second.title) == ("改善环境", "绿化道路")
    assert second.roles.responsible == ("县林业局", "县交通运输局")


def test_a_note_hands_its_units_out_to_the_parts_it_names(document):
    text = (
        "1. 抓好两件事：①清理河道；②绿化道路。（第①项由县水利局牵头，第②项由县林业局、"
        "县住建局负责，各乡镇配合）\n2. 修路。（县交通局负责）"
    )
    first = drafts(document, text)[0]
    assert not first.roles
    assert [item.roles for item in first.items] == [
        Roles(lead=("县水利局",)),
        Roles(cooperating=("各乡镇",), responsible=("县林业局", "县住建局")),
    ]


def test_parts_that_a_note_miscounts_leave_its_units_with_the_task(document):
    text = "1. 抓好两件事：①清河道；②绿化路。（第③项由县水利局牵头）\n2. 修路。（县交通局负责）"
    first = drafts(document, text)[0]
    assert first.roles == Roles(lead=("县水利局",))
    assert not any(item.roles for item in first.items)


def test_the_sign_behind_a_note_opens_no_task(document):
    text = "（二）改善环境。清理河道（县水利局负责）；、绿化道路。树种本地化。（县林业局负责）"
    second = drafts(document, text)[1]
    assert (second.title, second.text) == ("绿化道路", "绿化道路。树种本地化。")


def test_closing_words_belong_to_no_task(document):
    text = "1.修桥。（县交通运输局负责）\n2.铺路。（县住建局负责）\n各单位要认真落实。"
    assert [draft.text for draft in drafts(document, text)] == ["修桥。", "铺路。"]


def test_a_note_behind_a_heading_is_about_the_words_below(document):
    text = (
        "（一）修桥（牵头单位：县交通运输局）\n加固桥墩。\n"
        "（二）铺路（牵头单位：县住建局）\n拓宽路面。"
    )
    assert [draft.text for draft in drafts(document, text)] == [
        "修桥\n加固桥墩。",
        "铺路\n拓宽路面。",
    ]


def test_points_without_notes_stay_with_their_measure(document):
    text = "（一）修桥（牵头单位：县交通运输局）\n1.查病害。\n2.定方案。"
    (draft,) = drafts(document, text)
    assert draft.text == "修桥\n1.查病害。\n2.定方案。"


def test_a_note_behind_the_last_point_means_them_all(document):
    text = (
        "（一）修桥。\n1.查病害；\n2.定方案。\n责任单位：县交通运输局\n"
        "（二）铺路。\n1.测线路；\n2.定标准。\n责任单位：县住建局"
    )
    first, second = drafts(document, text)
    assert (first.number, first.roles.responsible) == ("（一）", ("县交通运输局",))
    assert second.text == "铺路。\n1.测线路；\n2.定标准。"


def test_a_brother_without_a_note_is_a_task_with_a_doubt(document):
    text = "1.修桥。（县交通运输局负责）\n2.铺路。\n3.种树。（县林业局负责）"
    second = drafts(document, text)[1]
    assert second.doubts == ("没有写明责任单位，请确认",)
    assert not second.roles


def test_sections_without_notes_are_no_tasks_beside_noted_ones(document):
    text = (
        "一、总体要求\n坚持以人为本。\n二、任务\n1.修桥。"
        "（县交通运输局负责）\n三、要求\n（一）加强领导。要重视。"
    )
    assert [draft.number for draft in drafts(document, text)] == ["1"]


def test_without_any_note_the_leaves_are_tasks(document):
    text = (
        "治水工作方案\n一、总体要求\n（一）指导思想。治水。\n二、任务\n"
        "（一）截污。建管网。\n（二）清淤。挖淤泥。"
    )
    assert [draft.title for draft in drafts(document, text)] == ["截污", "清淤"]


def test_parts_with_units_of_their_own_are_items(document):
    text = "1.办实事。①建学校（县教育局负责）；②建医院（县卫健局负责）。"
    (draft,) = drafts(document, text)
    assert draft.roles == Roles()
    assert [(item.mark, item.text, item.roles.names()) for item in draft.items] == [
        ("①", "建学校", ("县教育局",)),
        ("②", "建医院", ("县卫健局",)),
    ]
    assert draft.all_roles().responsible == ("县教育局", "县卫健局")


def test_paragraphs_without_numbers_are_tasks_by_their_notes(document):
    text = (
        "青禾县服务保障安排\n交通\n加密班车。（县交通运输局牵头，县公安局配合）\n"
        "优化信号灯。（县公安局负责）\n食宿\n抽检餐具。（县卫健局负责）"
    )
    made = drafts(document, text)
    assert [draft.title for draft in made] == ["加密班车", "优化信号灯", "抽检餐具"]
    assert [draft.path for draft in made] == [("交通",), ("交通",), ("食宿",)]


def test_a_note_about_all_above_is_shared(document):
    text = "（一）排查。\n（二）整治。\n以上任务由县应急局牵头，各乡镇配合，6月底前完成。"
    first, second = drafts(document, text)
    assert first.roles == second.roles == Roles(("县应急局",), ("各乡镇",))
    assert "末尾写明以上各项的责任单位，已一并填写，请确认" in first.doubts


def test_the_same_as_above_is_filled_in_and_asked(document):
    text = "1.修桥。（责任单位：县交通运输局）\n2.铺路。（责任单位：同上）"
    second = drafts(document, text)[1]
    assert second.roles.responsible == ("县交通运输局",)
    assert second.doubts


def test_the_first_of_a_list_leads_from_the_rule_on(document):
    text = (
        "1.修桥。（县交通运输局、县财政局负责）\n"
        "2.铺路。（县住建局、县财政局负责，排在第一位的为牵头单位，下同）\n"
        "3.种树。（县林业局、县水利局负责）"
    )
    made = drafts(document, text)
    assert [draft.roles.lead for draft in made] == [(), ("县住建局",), ("县林业局",)]


def test_units_not_listed_any_more_are_a_warning(document):
    made = document(
        "1.修桥。（县交通运输局负责。以下均需各乡镇配合，不再列出）\n2.铺路。（县住建局负责）"
    )
    assert made.warnings == ("原文写明“以下均需各乡镇配合，不再列出”，未逐项展开，请自行掌握",)
    assert made.drafts[1].roles.names() == ("县住建局",)


def test_a_note_beats_prose(document):
    text = "1.修桥。县财政局要落实资金。由县审计局负责审核。（责任单位：县交通运输局）"
    (draft,) = drafts(document, text)
    assert draft.roles.names() == ("县交通运输局",)
    assert draft.doubts == ("正文写有“县财政局要落实资金。”，未据此作分派，请确认",)


_FLOOD_TALK = "在防汛会上的讲话\n\n（2026年4月8日）\n\n同志们：\n\n下面，我讲三点意见。\n\n{}"


@pytest.mark.parametrize("counted", [("第一，", "第二，", "第三，"), ("一、", "二、", "三、")])
def test_who_leads_in_a_speech_without_notes_is_asked(document, counted):
    said = (
        "{}排查隐患，县水利局牵头，县应急局、县城管局配合，5月底前完成。\n"
        "{}备足物资。县应急局牵头，县财政局配合。\n{}由县政府办牵头，落实值班。"
    )
    first, second, third = document(_FLOOD_TALK.format(said.format(*counted))).drafts
    assert not first.roles
    assert first.deadline.text == "5月底前"
    assert not second.roles
    assert second.doubts == ("正文写有“县应急局牵头，县财政局配合。”，未据此作分派，请确认",)
    assert third.roles == Roles(("县政府办",))


def test_a_unit_alone_below_a_label_with_units_is_asked(document):
    text = (
        "青禾县治水方案\n一、清淤\n挖走淤泥。\n牵头单位：县水利局\n县应急局\n"
        "二、护坡\n种草护坡。\n责任单位：县林业局\n"
    )
    first, second = drafts(document, text)
    assert first.roles == Roles(("县水利局",))
    assert first.doubts == ("责任单位下面另起一行写有“县应急局”，未作分派，请确认",)
    assert second.doubts == ()


@pytest.mark.parametrize(
    "below",
    ["县应急局\n2026年3月2日", "联系电话：123456", "以上请认真落实。", "县水利局"],
)
def test_what_signs_or_follows_a_label_is_not_asked(document, below):
    (*_, last) = drafts(document, f"一、清淤\n挖走淤泥。\n责任单位：县水利局\n\n{below}")
    assert last.roles == Roles(responsible=("县水利局",))
    assert not [doubt for doubt in last.doubts if "另起一行" in doubt]


@pytest.mark.parametrize(
    "text",
    [
        "近日，县住建局会同县城管局开展检查，共查工地20个。下一步，将加大力度。",
        "停车管理办法\n第一条 为管好停车，制定本办法。\n第二条 县住建局负责。\n第三条 违者改正。",
        "一图读懂补贴\n一、谁能申请？\n街道初审。\n二、怎么申请？\n窗口。",
    ],
)
def test_news_and_rules_hold_no_tasks(document, text):
    assert drafts(document, text) == ()


def test_a_pasted_request_is_a_task(document):
    (draft,) = drafts(document, "请县财政局会同县教育局核实缺口，4月15日前报县政府。")
    assert draft.roles == Roles(("县财政局",), ("县教育局",))


def test_nothing_is_lost_from_a_document_in_one_line(document):
    text = (
        "青禾县治水方案为治水，制定本方案。一、截污1.建管网。责任单位：县住建局、各镇人民政府"
        "2.修泵站，6月底前完工。责任单位：县水利局二、清淤3.挖淤泥。（牵头单位：县水利局；"
        "责任单位：县城管局4.建档案。责任单位：县水利局"
    )
    made = drafts(document, text)
    assert [draft.number for draft in made] == ["1", "2", "3", "4"]
    assert made[0].roles.responsible == ("县住建局", "各镇人民政府")
    assert made[2].roles == Roles(("县水利局",), ("县城管局",))
    assert made[1].path == ("一、截污",)


def test_a_heading_may_say_when_all_below_it_is_due(document):
    text = "一、6月底前完成的任务\n1.修桥。（县交通运输局负责）\n二、其他\n2.铺路。（县住建局负责）"
    first, second = drafts(document, text, date(2026, 3, 2))
    assert first.deadline.date == date(2026, 6, 30)
    assert second.deadline is None


def test_paragraphs_counted_by_words_are_tasks_of_a_speech(document):
    text = (
        "在全县会议上的讲话\n一要修桥。县交通运输局要抓紧。\n二要铺路。由县住建局牵头，各乡镇配合。"
    )
    first, second = drafts(document, text)
    assert (first.title, second.title) == ("一要修桥", "二要铺路")
    assert second.roles == Roles(("县住建局",), ("各乡镇",))


_SPEECH = """在全县水利会上的讲话
一、认清形势
当前形势总体向好，也有不少难处。
二、突出重点，抓好落实
第一，全力修好渠道。要盯住三条干渠，逐段疏浚。（县水利局牵头，县财政局配合）要补齐闸门。（县水利局负责）对老渠要多看几眼。
第二，全力管好水库。要查清库容。（县水利局牵头，县应急局配合）
第三，看住山塘。（县水利局负责）
三、强化保障
各级各部门要把水利当作大事来抓。县政府督查室要每月督查一次。（县政府督查室负责）
"""


def test_the_first_sentence_of_an_ordinal_paragraph_is_a_heading(document):
    found = [draft for draft in document(_SPEECH).drafts if draft.number.startswith("二")]
    assert [draft.text for draft in found] == [
        "要盯住三条干渠，逐段疏浚。",
        "要补齐闸门。",
        "对老渠要多看几眼。",
        "要查清库容。",
        "第三，看住山塘。",
    ]
    section = "二、突出重点，抓好落实"
    assert [draft.path for draft in found] == [
        *[(section, "第一，全力修好渠道。")] * 3,
        (section, "第二，全力管好水库。"),
        (section,),
    ]
    assert [draft.number for draft in found] == ["二.1", "二.2", "二.3", "二.4", "二.5"]
    assert found[2].doubts
    assert not found[2].roles


def test_general_words_beside_sections_of_tasks_are_no_task(document):
    assert not any("总体向好" in draft.text for draft in document(_SPEECH).drafts)


def test_a_sentence_about_the_unit_of_the_note_raises_no_doubt(document):
    last = document(_SPEECH).drafts[-1]
    assert last.roles.responsible == ("县政府督查室",)
    assert not last.doubts


def item_roles(draft):
    return [(item.text, item.roles.names()) for item in draft.items]


def test_a_list_closes_a_part_as_one_beside_it_does(document):
    (draft,) = drafts(
        document,
        "一、保供。①查线路（县发改局、县教育局）；②备车3台（国网青禾供电公司）；③走访驻军单位（县民政局）。",
    )
    assert not draft.roles
    assert draft.text == "保供。①查线路；②备车3台；③走访驻军单位。"
    assert item_roles(draft) == [
        ("查线路", ("县发改局", "县教育局")),
        ("备车3台", ("国网青禾供电公司",)),
        ("走访驻军单位", ("县民政局",)),
    ]


def test_the_other_name_of_a_unit_in_a_part_is_no_list(document):
    (draft,) = drafts(
        document,
        "一、保供。①查线路（县发改局）；②走访供电所（国网青禾供电公司）；③支持乡镇企业（园区）。",
    )
    assert item_roles(draft) == [
        ("查线路", ("县发改局",)),
        ("走访供电所（国网青禾供电公司）", ()),
        ("支持乡镇企业（园区）", ()),
    ]


def test_a_note_before_a_further_part_is_that_of_its_own_part(document):
    first, second = drafts(
        document,
        "一、保供。①查线路（县发改局负责）；②备车3台。\n二、排涝。①清管网；②备泵3台。（县水利局负责）",
    )
    assert not first.roles
    assert item_roles(first) == [("查线路", ("县发改局",)), ("备车3台", ())]
    assert second.roles == Roles(responsible=("县水利局",))


def test_the_last_item_of_minutes_keeps_what_the_meeting_asked(document):
    item = "会议听取了汇报。\n会议要求，由县{}局牵头，6月底前完成。\n"
    items = f"一、治水\n{item.format('水利')}二、护林\n{item.format('林业')}"
    text = f"会议纪要\n{items}会议强调，各单位要尽职。"
    first, last = drafts(document, text)
    assert [one.roles.lead for one in (first, last)] == [("县水利局",), ("县林业局",)]
    assert last.text == "护林\n会议听取了汇报。\n会议要求，由县林业局牵头，6月底前完成。"


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("；由县审计局负责审核。", ["由县审计局负责审核。"]),
        ("。竣工后，由县审计局负责审核。", ["竣工后，由县审计局负责审核。"]),
        ("。县水利局会同县财政局把关。", []),
        ("。由各责任单位负责落实。", []),
    ],
)
def test_what_a_task_without_a_note_gives_to_others_is_asked(document, said, asked):
    text = (
        f"县政府常务会议纪要\n一、修渠\n会议决定，由县水利局会同县财政局修渠{said}\n二、护林\n略。"
    )
    first = drafts(document, text)[0]
    assert first.roles == Roles(("县水利局",), ("县财政局",))
    assert list(first.doubts) == [f"正文写有“{one}”，未据此作分派，请确认" for one in asked]
