"""The command `decompose`, as a script calls it."""

from __future__ import annotations

import io
import sys

import pytest

from tests.helpers.command import command

_PLAN = """青禾县清河工作方案
青禾政办〔2026〕5号
一、主要任务
1. 清理河道淤泥。完成干流8公里，9月底前验收。
（责任人：王明；牵头单位：县水利局；责任单位：县财政局、住建局）
2. 封堵排污口。
"""


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "清河 方案.txt"
    path.write_text(_PLAN, encoding="utf-8")
    return path


def test_the_json_keeps_the_contract(plan):
    ran = command("decompose", plan, "--date", "2026-03-01", "--json")
    made = ran.json
    assert set(made) == {"kind", "document", "tasks", "rosters", "warnings"}
    assert made["kind"] == "plan"
    assert made["document"] == {
        "title": "青禾县清河工作方案",
        "number": "青禾政办〔2026〕5号",
        "issuer": "",
        "date": "2026-03-01",
    }
    first = made["tasks"][0]
    assert first["number"] == "1"
    assert first["path"] == ["一、主要任务"]
    assert (first["title"], first["text"]) == (
        "清理河道淤泥",
        "清理河道淤泥。完成干流8公里，9月底前验收。",
    )
    assert (first["lead"], first["cooperating"]) == (["县水利局"], ["县财政局", "住建局"])
    assert (first["responsible"], first["guiding"], first["persons"]) == ([], [], ["王明"])
    assert first["full_names"] == {"住建局": "县住建局"}
    assert first["deadline"] == {
        "text": "9月底前",
        "date": "2026-09-30",
        "recurrence": None,
        "day": None,
        "doubtful": False,
    }
    assert first["figures"] == [{"name": "干流", "value": "8", "unit": "公里"}]
    start, end = first["quote"]["start"], first["quote"]["end"]
    assert _PLAN[start:end].startswith("1. 清理")
    assert _PLAN[start:end].endswith("住建局）")


def test_doubts_give_the_status_for_waiting(plan):
    ran = command("decompose", plan)
    assert ran.status == 3
    assert "存疑：没有写明责任单位，请确认" in ran.out
    assert "共 2 项" in ran.out


def test_a_plain_document_gives_the_status_for_done(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("1.清河。（县水利局负责）", encoding="utf-8")
    assert command("decompose", path).status == 0


def test_a_text_may_come_over_a_pipe(monkeypatch):
    stdin = io.TextIOWrapper(io.BytesIO("1.清河。（县水利局负责）".encode("gb18030")))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert command("decompose", "-", "--json").json["tasks"][0]["responsible"] == ["县水利局"]


def test_a_missing_file_is_a_sentence(tmp_path):
    ran = command("decompose", tmp_path / "没有.txt")
    assert ran.status == 1
    assert ran.err.startswith("错误：找不到文件")


def test_a_date_that_is_none_is_wrong_usage(plan):
    assert command("decompose", plan, "--date", "三月").status == 2
