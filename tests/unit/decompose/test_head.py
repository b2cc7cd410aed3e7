"""What a document says of itself, and what kind it is."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.domain.draft import DocumentKind
from tracker.domain.table import Roles

_LETTER = """青禾县人民政府办公室文件

青禾政办〔2025〕17号

青禾县人民政府办公室关于印发
青禾县水源保护方案的通知

各乡镇人民政府，县直各单位：

现将《青禾县水源保护方案》印发给你们，请认真落实。

青禾县人民政府办公室
2025年4月9日

青禾县水源保护方案

一、主要任务

1. 划定保护区。（责任单位：县水利局）
"""


def test_a_letter_with_an_enclosure_names_itself(document):
    made = document(_LETTER, None)
    assert made.kind is DocumentKind.PLAN
    assert made.head.title == "青禾县水源保护方案"
    assert made.head.number == "青禾政办〔2025〕17号"
    assert made.head.issuer == "青禾县人民政府办公室"
    assert made.head.date == date(2025, 4, 9)
    assert [draft.title for draft in made.drafts] == ["划定保护区"]


def test_the_entries_above_a_web_page_are_read(document):
    made = document(
        "索 引 号：0056/2025\n发文字号：青禾办〔2025〕3号 有 效 性：有效\n"
        "成文日期：2025-01-20 发布日期：2025-02-01\n清水行动方案\n一、任务\n（一）清河。挖泥。",
        None,
    )
    assert (made.head.number, made.head.date) == ("青禾办〔2025〕3号", date(2025, 1, 20))


def test_the_date_that_the_user_gives_goes_before_the_printed_one(document):
    made = document(_LETTER, date(2025, 5, 1))
    assert made.head.date == date(2025, 5, 1)


def test_a_number_that_is_only_referred_to_is_not_its_own(document):
    made = document(
        "青禾县清河方案\n根据《意见》（省发〔2024〕8号），制定方案。\n1.清河。（县水利局负责）"
    )
    assert made.head.number == ""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("青禾县政府常务会议纪要\n一、由县水利局牵头清河。\n二、听取汇报。", DocumentKind.MINUTES),
        (
            "在全县水利会议上的讲话\n同志们：\n一、抓清河。要抓紧。\n二、抓截污。",
            DocumentKind.SPEECH,
        ),
        ("政府工作报告\n一、回顾\n二、任务\n（一）清河。", DocumentKind.WORK_REPORT),
        (
            "督 办 通 知\n县水利局：\n一、清河。请县水利局核查。\n二、报结果。",
            DocumentKind.INSTRUCTION,
        ),
        ("关于清河进展情况的通报\n截至8月底，完成3项。", DocumentKind.CIRCULAR),
        (
            "青禾县河道管理办法\n第一条 为管河。\n第二条 管河。\n第三条 施行。",
            DocumentKind.REGULATION,
        ),
        (
            "政策解读：清河方案怎么看\n一、为何出台？\n为了清河。\n二、谁来做？\n部门。",
            DocumentKind.ARTICLE,
        ),
        ("近日，记者走进青禾县。河水清了。岸绿了。", DocumentKind.ARTICLE),
        ("青禾县清河任务分解表\n1.清河。（县水利局负责）", DocumentKind.PLAN),
    ],
)
def test_the_title_and_the_make_tell_the_kind(document, text, kind):
    assert document(text).kind is kind


def test_the_year_of_the_title_serves_where_no_date_is_printed(document):
    (draft,) = document("2025年清河工作要点\n1.清河，9月底前完成。（县水利局负责）", None).drafts
    assert draft.deadline.date == date(2025, 9, 30)


def test_the_list_of_annexes_numbers_no_tasks(document):
    made = document(
        "青禾县清河方案\n1.清河。（县水利局负责）\n附件：1.任务表\n2.名单\n3.地图\n"
        "青禾县人民政府\n2025年4月9日\n抄送：县委办公室。",
        None,
    )
    assert [(draft.number, draft.text) for draft in made.drafts] == [("1", "清河。")]


_TWO_TASKS = "1.修东渠。（责任单位：县水利局）\n2.修西渠。（责任单位：县财政局）\n"


@pytest.mark.parametrize("above", ["", "附件1\n", "附件\n\n", "附件2：\n"])
def test_a_plain_first_line_is_the_title(document, above):
    text = f"{above}青禾县灌区整修要务一览\n{_TWO_TASKS}"
    assert document(text).head.title == "青禾县灌区整修要务一览"


@pytest.mark.parametrize(
    "first", ["为修好灌区，定如下几条", "各乡镇人民政府：", "青禾县水利局", "修渠。"]
)
def test_a_sentence_an_address_or_a_unit_is_no_title(document, first):
    text = f"{first}\n{_TWO_TASKS}"
    assert document(text).head.title == ""


@pytest.mark.parametrize(
    ("title", "day"), [("青禾县政府常务会议纪要", date(2026, 5, 11)), ("青禾县治水方案", None)]
)
def test_minutes_without_another_date_have_that_of_the_meeting(document, title, day):
    text = (
        f"{title}\n2026年5月11日，县长主持召开会议。纪要如下：\n"
        "一、治水\n会议要求，由县水利局牵头，县财政局配合，6月底前清完淤泥。\n出席：周明\n列席：县发改局"
    )
    made = document(text, None)
    assert made.head.date == day
    (draft,) = made.drafts
    assert draft.roles == Roles(("县水利局",), ("县财政局",))
    assert draft.deadline.doubtful is (day is None)
    assert "列席" not in draft.text
