"""Rosters, however they are set."""

from __future__ import annotations

import pytest

from tracker.domain.draft import Member

_LINES = """青禾县清河指挥部成员名单
指 挥 长：公孙远  县委副书记、县长
副指挥长：乔安    副县长
成    员：居延    县水利局局长
          白  榆    县财政局局长
"""
_SENTENCE = """青禾县清河指挥部成员名单
指挥长：公孙远（县委副书记、县长）；副指挥长：乔安（副县长）；成员：居延（县水利局局长）、白榆（县财政局局长）。
"""
_SET_UP = """成立青禾县清河指挥部，组成人员如下：
指挥长：公孙远 县委副书记、县长
副指挥长：乔安 副县长
成员：居延 县水利局局长
白榆 县财政局局长
"""


@pytest.mark.parametrize("text", [_LINES, _SENTENCE, _SET_UP])
def test_a_roster_gives_names_posts_and_roles(document, text):
    (roster,) = document(text).rosters
    assert roster.body == "青禾县清河指挥部"
    assert roster.members == (
        Member("公孙远", "县委副书记、县长", "指挥长"),
        Member("乔安", "副县长", "副指挥长"),
        Member("居延", "县水利局局长", "成员"),
        Member("白榆", "县财政局局长", "成员"),
    )


def test_names_glued_to_posts_and_posts_on_two_lines_are_read(document):
    text = (
        "清河专班成员名单\n组  长：王明远县政府副县长\n(常务副组长)\n成  员：李  青县水利局局长\n"
        "赵敬之县政府办公室副主任、政务服务\n和数据管理局局长\n"
    )
    (roster,) = document(text).rosters
    assert [(one.name, one.role) for one in roster.members] == [
        ("王明远", "常务副组长"),
        ("李青", "成员"),
        ("赵敬之", "成员"),
    ]
    assert roster.members[-1].post == "县政府办公室副主任、政务服务和数据管理局局长"


def test_a_roster_is_no_task_and_leaves_the_others(document):
    made = document(
        "清河方案\n一、机构\n成立清河领导小组，成员如下：\n组长：王明 县长\n副组长：李青 副县长\n"
        "成员：赵之 县水利局局长\n二、任务\n1.清河。（县水利局负责）"
    )
    assert [draft.text for draft in made.drafts] == ["清河。"]
    assert len(made.rosters) == 1


def test_units_in_a_list_are_no_people(document):
    assert document("责任单位：县水利局\n县财政局\n县住建局\n各乡镇").rosters == ()


def test_a_table_of_members_is_a_roster(document):
    text = (
        "清河专班名单\n序号\t姓名\t职务\t备注\n1\t王明远\t县长\t组长\n"
        "2\t李青山\t县水利局局长\t成员\n3\t赵敬之\t县财政局局长\t成员\n"
    )
    (roster,) = document(text).rosters
    assert roster.body == "清河专班"
    assert roster.members[1] == Member("李青山", "县水利局局长", "成员")


def test_the_people_of_assignment_notes_are_no_roster(document):
    text = (
        "青禾县渠道责任清单\n1.修东渠。\n责任人：陆大江（县水利局局长）\n责任人：周小溪（县财政局局长）\n"
        "联络员：白小河（县水利局副局长）\n责任单位：县水利局\n"
    )
    assert not document(text).rosters
