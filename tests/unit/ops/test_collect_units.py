"""Whose a returned file is."""

from __future__ import annotations

import pytest

from tracker.domain.unit import COLLECTIVE, UnitRow
from tracker.files.reader import read_pasted
from tracker.ops.collect_units import UnitFinder, guess_unit

FINDER = UnitFinder(
    (
        UnitRow(1, "县水利局", names=("县水务局",)),
        UnitRow(2, "县水利局水库管理所"),
        UnitRow(3, "县农业农村局", short_name="农业农村局"),
        UnitRow(4, "市水利局"),
        UnitRow(5, "各镇人民政府", kind=COLLECTIVE),
        UnitRow(6, "河西镇人民政府"),
    )
)
PLAIN = "序号\t工作任务\t进展\n1\t修渠\t完成"


def guess(text=PLAIN, name="新建.xlsx", folder="收到", stamped=""):
    return guess_unit(FINDER, read_pasted(text), name, folder, stamped)


@pytest.mark.parametrize(
    ("given", "unit", "reason"),
    [
        ({"stamped": "县水利局"}, 1, "反馈表上的标记"),
        ({"stamped": "县水务局"}, 1, "反馈表上的标记"),
        ({"stamped": "县水利局", "name": "县农业农村局.xlsx"}, 1, "反馈表上的标记"),
        ({"text": f"填报单位：县水利局\n{PLAIN}"}, 1, "填报单位一行"),
        ({"text": f"填报单位（盖章）： 县水务局　　日期：3月\n{PLAIN}"}, 1, "填报单位一行"),
        ({"name": "03期-县水利局-反馈表(1).xlsx"}, 1, "文件名"),
        ({"name": "县水利局水库管理所.xls"}, 2, "文件名"),
        ({"name": "农业农村局报送.docx"}, 3, "文件名"),
        ({"folder": "河西镇人民政府"}, 6, "所在文件夹的名称"),
        ({"text": f"县水利局重点工作进展\n{PLAIN}"}, 1, "表头或落款"),
    ],
)
def test_a_unit_is_known_by_what_the_file_says(given, unit, reason):
    found = guess(**given)
    assert (found.unit_id, found.reason) == (unit, reason)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "没有认得的单位名称"),
        ({"name": "县水利局转县农业农村局.xlsx"}, "不止一个单位：县农业农村局、县水利局"),
        ({"text": f"填报单位：县水利局\n{PLAIN}", "name": "县农业农村局.xlsx"}, "文件名写的是"),
        ({"text": f"填报单位：县水利局\n{PLAIN}", "stamped": "县农业农村局"}, "发出的是"),
        ({"name": "各镇人民政府.xlsx"}, "没有认得的单位名称"),
        ({"text": f"县水利局：\n{PLAIN}"}, "没有认得的单位名称"),
        ({"name": "水利局.xlsx"}, "没有认得的单位名称"),
    ],
    ids=[
        "nothing",
        "two",
        "line and name",
        "stamp and line",
        "collective",
        "greeted",
        "two levels",
    ],
)
def test_in_doubt_nobody_is_named_and_the_reason_is_told(given, words):
    found = guess(**given)
    assert found.unit_id is None
    assert words in found.reason
