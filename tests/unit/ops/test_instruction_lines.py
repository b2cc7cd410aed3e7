"""Instructions pasted together: what is said is read, what is not said stays empty."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.base.errors import UserError
from tracker.ops.history import undo_step
from tracker.ops.instruction_lines import read_instructions
from tracker.ops.instructions import InstructionWords, list_instructions, new_instructions
from tracker.ops.tasks import TaskWords

TODAY = date(2026, 3, 2)


def read(pasted):
    return [
        (line.leader, line.on, line.lead, line.cooperating, line.deadline, line.text)
        for line in read_instructions(pasted, TODAY)
    ]


def test_a_numbered_list_names_leader_and_day_before_the_words():
    pasted = """1. 韩立新县长3月1日批示：请县水利局牵头，会同县住建局抓紧核实，月底前报结果。
2、2月27日，石广平书记批示：请县教育局五日内拿出方案。
（三）罗运来同志批示：转县信访局办理。"""
    assert read(pasted) == [
        (
            *("韩立新县长", date(2026, 3, 1), "县水利局", "县住建局", "月底前"),
            "请县水利局牵头，会同县住建局抓紧核实，月底前报结果。",
        ),
        ("石广平书记", date(2026, 2, 27), "县教育局", "", "五日内", "请县教育局五日内拿出方案。"),
        ("罗运来同志", None, "县信访局", "", "", "转县信访局办理。"),
    ]


def test_leader_and_day_may_stand_before_the_words_without_saying_more():
    first, second = read_instructions(
        "1. 王书记 3月2日 请县住建局牵头，排查老旧小区隐患。\n2. 李县长3月5日：抓紧办理。",
        date(2026, 3, 20),
    )
    assert (first.leader, first.on) == ("王书记", date(2026, 3, 2))
    assert first.text == "请县住建局牵头，排查老旧小区隐患。"
    assert first.lead == "县住建局"
    assert (second.leader, second.on, second.text) == ("李县长", date(2026, 3, 5), "抓紧办理。")


def test_in_a_chat_name_and_time_speak_for_the_lines_below():
    pasted = """韩立新 2026/3/1 10:22
请县交通运输局核查青石桥限高架，3日内报我。

石广平 2月28日 下午4:05
把老人食堂补贴缺口摸清，月底前报。
东门小学门口拥堵的事，请县公安局拿个办法"""
    assert read(pasted) == [
        (
            *("韩立新", date(2026, 3, 1), "县交通运输局", "", "3日内"),
            "请县交通运输局核查青石桥限高架，3日内报我。",
        ),
        ("石广平", date(2026, 2, 28), "", "", "月底前", "把老人食堂补贴缺口摸清，月底前报。"),
        (
            *("石广平", date(2026, 2, 28), "县公安局", "", ""),
            "东门小学门口拥堵的事，请县公安局拿个办法",
        ),
    ]


def test_a_table_with_headings_is_read_by_them():
    pasted = (
        "序号\t批示领导\t批示日期\t批示内容\t责任单位\t完成时间\n"
        '1\t韩立新\t2026-3-1\t"请抓紧核实。\n并报结果。"\t县水利局\t3月20日\n'
        "2\t石广平\t2月28日\t同意，请办。\t县财政局、县发改局\t5个工作日\n"
    )
    assert read(pasted) == [
        ("韩立新", date(2026, 3, 1), "县水利局", "", "3月20日", "请抓紧核实。\n并报结果。"),
        ("石广平", date(2026, 2, 28), "县财政局、县发改局", "", "5个工作日", "同意，请办。"),
    ]


def test_a_table_without_headings_is_read_by_its_cells():
    pasted = (
        "韩立新\t3月1日\t请把老旧小区漏水问题解决好，报结果。\t县住建局\t月底前\n"
        "石广平\t12月28日\t同意，按程序抓紧办理到位。\t县财政局\t10日内"
    )
    assert [line[:5] for line in read(pasted)] == [
        ("韩立新", date(2026, 3, 1), "县住建局", "", "月底前"),
        ("石广平", date(2025, 12, 28), "县财政局", "", "10日内"),
    ]


def test_a_bare_sentence_is_an_instruction_of_somebody():
    assert read("请把路灯修好") == [("", None, "", "", "", "请把路灯修好")]


@pytest.mark.parametrize(
    ("words", "lead"),
    [
        ("请核实信中所说的欠薪，限期清欠。", ""),
        ("请立新县长阅处。", ""),
        ("责成县城管局立即整改。", "县城管局"),
        ("交县医保局、县卫健局研究处理。", "县医保局、县卫健局"),
    ],
)
def test_only_what_is_surely_a_unit_is_its_lead(words, lead):
    assert read(words)[0][2] == lead


@pytest.mark.parametrize("pasted", ["", "\n \n"])
def test_nothing_pasted_is_nothing(pasted):
    assert read(pasted) == []


@given(st.lists(st.text("请县水利局月底前报批示：3日1. 、\u3000“”", min_size=1), max_size=4))
def test_no_words_of_a_list_are_lost(lines):
    kept = read_instructions("\n".join(lines), TODAY)
    wanted = [line.strip() for line in lines if line.strip()]
    assert [line.words for line in kept] == wanted
    assert all(line.words.endswith(line.text) for line in kept)


def test_several_are_one_step(office, now):
    several = [
        (TaskWords(lead="县水利局", deadline="月底前"), InstructionWords("韩立新", TODAY, words))
        for words in ("请办。", "请核。")
    ]
    outcome = new_instructions(office, several, who="张三", now=now)
    assert outcome.sentence == "已新增 2 件批示"
    assert [row.line.text for row in list_instructions(office, TODAY)] == ["请办。", "请核。"]
    undo_step(office, who="张三", now=now)
    assert list_instructions(office, TODAY) == ()


def test_one_without_a_leader_stops_them_all(office, now):
    several = [
        (TaskWords(), InstructionWords(leader, TODAY, "请办。")) for leader in ("韩立新", " ")
    ]
    with pytest.raises(UserError, match="第 2 件"):
        new_instructions(office, several, who="张三", now=now)
    assert list_instructions(office, TODAY) == ()
