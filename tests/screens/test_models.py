"""Every model of a list keeps the rules of Qt, filled and empty; a new one cannot be forgotten."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester

import tracker.ui
from tracker.ops.instruction_lines import read_instructions
from tracker.ui.instructions.paste_model import DEADLINE, LEADER, ON, TEXT, PastedModel

HERE = Path(__file__).parent
TESTERS = {"QAbstractItemModelTester", "qtmodeltester"}
FILLED = {
    "BoardModel": "test_board.py::test_the_model_is_sound",
    "ChangeModel": (
        "test_ledger_columns.py::test_words_are_found_as_they_are_typed_and_replaced_where_ticked"
    ),
    "ColumnModel": "test_layouts.py::test_the_model_keeps_what_qt_asks_of_models",
    "DraftModel": "test_decompose_text.py::test_the_model_keeps_the_rules_of_qt",
    "FileModel": "test_collect_page.py::test_the_models_keep_the_rules_of_qt",
    "InstructionsModel": "test_instructions.py::test_the_model_is_sound",
    "LeaderModel": "test_units_window.py::test_the_models_keep_qts_promises",
    "LineModel": "test_collect_page.py::test_the_models_keep_the_rules_of_qt",
    "LinesModel": "test_units_window.py::test_the_models_keep_qts_promises",
    "ListRows": "test_meeting_papers.py::test_each_list_is_shown_with_its_count_and_rows",
    "MatchModel": "test_import_flow.py::test_the_model_of_matches_keeps_the_rules_of_qt",
    "NumbersModel": "test_charts.py::test_every_number_of_the_table_counts_its_tasks",
    "PastedModel": "test_models.py::test_pasted_instructions_keep_the_rules_of_qt",
    "ReviewModel": "test_imports.py::test_the_model_keeps_the_rules_of_qt",
    "SendModel": "test_send_forms.py::test_the_model_keeps_the_rules_of_qt",
    "SheetModel": "test_import_columns.py::test_the_sheet_keeps_the_rules_of_qt",
    "SlipsModel": "test_slips.py::test_the_model_is_sound",
    "TaskModel": "test_ledger.py::test_the_model_keeps_qts_rules",
    "TouchModel": "test_units_wizard.py::test_the_table_keeps_qts_promises",
    "UnitModel": "test_units_window.py::test_the_models_keep_qts_promises",
}
"""Where each model is tried with rows in it; a new model gets such a test and a line here."""


def models():
    """Every model class of the window, by walking its package."""
    found = set()
    for each in pkgutil.walk_packages(tracker.ui.__path__, "tracker.ui."):
        module = importlib.import_module(each.name)
        found |= {
            thing
            for thing in vars(module).values()
            if inspect.isclass(thing)
            and issubclass(thing, QAbstractItemModel)
            and thing.__module__ == each.name
        }
    return found


def test_every_model_is_tried_with_rows_in_it():
    names = {model.__name__ for model in models()}
    assert names - set(FILLED) == set(), "没有用 QAbstractItemModelTester 试过"
    assert set(FILLED) - names == set(), "已经没有了"


@pytest.mark.parametrize("place", sorted(set(FILLED.values())))
def test_the_test_of_a_model_uses_the_tester(place):
    file, name = place.split("::")
    tree = ast.parse((HERE / file).read_text(encoding="utf-8"))
    found = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == name]
    assert len(found) == 1, place
    used = {n.id for n in ast.walk(found[0]) if isinstance(n, ast.Name)}
    assert used & TESTERS, place


def needs_nothing(model):
    made = inspect.signature(model.__init__).parameters.values()
    required = [p for p in made if p.default is p.empty and p.name != "self"]
    return not [p for p in required if p.kind is not p.VAR_POSITIONAL]


def test_every_model_that_can_be_made_alone_is_sound_when_empty(qtbot):
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    tried = [model for model in models() if needs_nothing(model)]
    assert len(tried) >= 11
    for model in tried:
        made = model()
        QAbstractItemModelTester(made, fatal, made)
        assert made.rowCount() == 0, model


@pytest.fixture
def pasted():
    model = PastedModel(date(2026, 3, 2))
    model.show_lines(
        read_instructions("请办好第一件。\n请办好第二件，月底前报。", date(2026, 3, 2))
    )
    return model


def test_pasted_instructions_keep_the_rules_of_qt(qtmodeltester, pasted):
    qtmodeltester.check(pasted)
    pasted.set_leader("韩立新")
    assert pasted.setData(pasted.index(0, DEADLINE), "下周五")
    pasted.drop([1])
    qtmodeltester.check(pasted)
    pasted.show_lines(())
    qtmodeltester.check(pasted)


def test_a_pasted_cell_takes_what_can_be_read(pasted):
    assert not pasted.setData(pasted.index(0, ON), "哪天来着")
    assert not pasted.setData(pasted.index(0, TEXT), "  ")
    assert pasted.setData(pasted.index(0, ON), "2.28")
    assert pasted.setData(pasted.index(0, LEADER), "石广平")
    assert pasted.setData(pasted.index(0, DEADLINE), "猴年马月")
    assert pasted.unread() == 0
    assert pasted.data(pasted.index(0, DEADLINE)).startswith("▲")
    assert pasted.setData(pasted.index(0, DEADLINE), "3日内")
    assert pasted.unread() is None
    (words, source), (_words, other) = pasted.typed()
    assert (words.deadline, source.leader, source.on) == ("3日内", "石广平", date(2026, 2, 28))
    assert (other.leader, other.on) == ("", date(2026, 3, 2))
    assert pasted.missing() == 1
    assert pasted.data(pasted.index(1, LEADER), Qt.ItemDataRole.DisplayRole) == "▲ 没有领导"
