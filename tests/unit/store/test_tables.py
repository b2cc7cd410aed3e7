"""The rows that ops change say of every column what the tables say."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from sqlalchemy import JSON, inspect
from sqlalchemy.orm import Mapped

from tracker.store import mapping, models, slip_model, unit_models
from tracker.store.tables import METADATA, UNJOURNALED

ROOT = Path(__file__).resolve().parents[3]
MODULES = (models, slip_model, unit_models)
KNOWN = {"Any": Any, "Mapped": Mapped, "date": date, "datetime": datetime}
ROWS = [
    row
    for module in MODULES
    for row in vars(module).values()
    if isinstance(row, type) and issubclass(row, models.Base) and row.__module__ == module.__name__
]
ROWS.remove(models.Base)


def held(row):
    """What each attribute of a row is said to hold."""
    known = KNOWN | {other.__name__: other for other in ROWS}
    said = {name: text for name, text in row.__annotations__.items() if not name.startswith("__")}
    hints = get_type_hints(type("Hints", (), {"__annotations__": said}), known)
    return {name: get_args(hint)[0] for name, hint in hints.items()}


def kinds_of(value):
    return set(get_args(value)) if isinstance(value, UnionType) else {value}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.__name__)
def test_a_row_names_each_column_with_its_type(row):
    said = held(row)
    columns = {column.name: column for column in row.__table__.columns}
    assert [name for name in said if name in columns] == list(columns)
    for name, column in columns.items():
        kinds = kinds_of(said[name])
        assert (NoneType in kinds) == column.nullable, name
        if isinstance(column.type, JSON):
            assert {get_origin(kind) or kind for kind in kinds - {NoneType}} <= {list, dict, Any}
        else:
            assert kinds - {NoneType} == {column.type.python_type}, name


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.__name__)
def test_a_row_names_each_relation_with_its_rows(row):
    said = held(row)
    relations = inspect(row).relationships
    assert said.keys() - {column.name for column in row.__table__.columns} == {*relations.keys()}
    for name, relation in relations.items():
        other = relation.mapper.class_
        assert kinds_of(said[name]) - {NoneType} == {list[other] if relation.uselist else other}


def test_every_row_is_mapped_and_every_table_that_undo_knows_has_one():
    assert {mapper.class_ for mapper in mapping.REGISTRY.mappers} == set(ROWS)
    named = {row.__table__.name for row in ROWS}
    assert METADATA.tables.keys() - named == UNJOURNALED - {"blob", "counter"}


def test_a_row_takes_no_word_it_does_not_know():
    with pytest.raises(TypeError, match="Ledger has no nam"):
        models.Ledger(nam="x")


READ_A_FILE = """
import sys
sys.path.insert(0, sys.argv[1])
from datetime import datetime
from pathlib import Path
from tracker.store.files import create_store, open_store
path, now = Path(sys.argv[2]), datetime(2026, 3, 2)
create_store(path, now).close()
store = open_store(path, now)
with store.read() as view:
    view.ledgers(), view.units(), view.people(), view.reforms(), view.slips(), view.steps()
    view.tasks(1), view.printed(1, 1), view.returns(1), view.document_files(1)
assert "sqlalchemy" in sys.modules
assert not {"sqlalchemy.orm", "tracker.store.work"} & sys.modules.keys()
with store.change("建", "张三", now) as work:
    from tracker.store.models import Ledger
    work.add(Ledger(name="要点"))
store.undo("张三", now)
store.close()
"""


def test_a_file_is_opened_and_read_without_the_orm(tmp_path):
    subprocess.run(
        [sys.executable, "-c", READ_A_FILE, str(ROOT), str(tmp_path / "台账.db")],
        timeout=60,
        check=True,
    )
