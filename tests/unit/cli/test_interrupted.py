"""Ctrl+C and names with spaces round them on the command line."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from tests.helpers.command import command

_MAIN = Path(__file__).parents[3] / "main.py"


def test_ctrl_c_is_answered_in_a_line_of_chinese(monkeypatch, capsys):
    spec = importlib.util.spec_from_file_location("started", _MAIN)
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("tracker.cli.main.run", interrupted)
    monkeypatch.setattr("sys.argv", ["main.py", "stats"])
    assert program.main() == 130
    told = capsys.readouterr().err
    assert told.startswith("已中断")
    assert told.count("\n") == 1


def test_spaces_round_a_ledgers_name_make_no_second_ledger(tmp_path):
    office = tmp_path / "台账.db"
    table = tmp_path / "表.csv"
    table.write_text("序号,具体目标任务,牵头单位\n1,修渠,县水利局\n", encoding="utf-8")
    command("ledger", "new", " 水利 专项 ", "--db", office)
    done = command("import", table, "--db", office, "--ledger", " 水利 专项 ", "--apply")
    assert done.status == 0
    names = [each["name"] for each in command("ledger", "list", "--db", office, "--json").json]
    assert names == ["水利 专项"]
