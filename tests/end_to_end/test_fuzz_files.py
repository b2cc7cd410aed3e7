"""Damaged files of every kind: no crash, no hang, and the office stays as it was."""

from __future__ import annotations

import random
import sqlite3
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from tests.eval.tables import builder
from tests.eval.tables.layouts import every_layout
from tests.helpers.locking import locked_package
from tests.helpers.mutations import DAMAGES, ENDINGS
from tracker.base.errors import PasswordNeeded, UserError
from tracker.ops.history import undo_step
from tracker.ops.import_table import apply_import, propose_import, read_source, read_text
from tracker.ops.office import create_office

NOW = datetime(2026, 3, 2, 9, 30)
FEW, MANY = 64, 2000
LONGEST = 20
"""Seconds that one small file may take on a slow machine before it counts as hanging."""
OLD = Path(__file__).parents[1] / "old_files"
KEPT_APART = ("journal", "journal_change", "counter", "blob", "sqlite_sequence")

WRITERS = {
    ".xlsx": builder.xlsx,
    ".xls": builder.xls,
    ".docx": builder.docx,
    ".html": builder.page,
    ".mht": builder.web_archive,
    ".xml": builder.spreadsheet_xml,
    ".doc": lambda _layout: (OLD / "document.doc").read_bytes(),
    ".pdf": builder.pdf,
    ".csv": builder.comma,
    ".txt": builder.tabs,
    "locked": lambda layout: locked_package(builder.xlsx(layout), "123"),
}


def stored(path):
    """Everything an office holds, but for its journal and what only grows."""
    with closing(sqlite3.connect(path)) as database:
        names = [
            row[0] for row in database.execute("select name from sqlite_master where sql > ''")
        ]
        tables = [
            name
            for (name,) in database.execute("select name from sqlite_master where type = 'table'")
            if not name.startswith(KEPT_APART) and "search" not in name
        ]
        content = {
            name: sorted(map(repr, database.execute(f"select * from {name}"))) for name in tables
        }
    return names, content


@pytest.fixture
def busy_office(tmp_path):
    """An office with a ledger in it."""
    path = tmp_path / "办公室.db"
    office = create_office(path, NOW)
    text = "序号\t工作任务\t牵头单位\t落实情况\n1\t修缮老桥\t县住建局\t完工。\n"
    plan = propose_import(office, read_text(text), ledger="重点工作")
    apply_import(office, plan, who="张三", now=NOW)
    yield office, path
    office.close()


def damaged_files(count, seed):
    """Give (description, name, bytes) of damaged files, the kinds and the damages in turn."""
    chance = random.Random(seed)
    layouts = every_layout()
    whole = {}
    for at in range(count):
        ending = list(WRITERS)[at % len(WRITERS)]
        layout = layouts[chance.randrange(len(layouts))] if at >= len(WRITERS) else layouts[0]
        if (ending, layout.name) not in whole:
            whole[ending, layout.name] = WRITERS[ending](layout)
        data = whole[ending, layout.name]
        damages = [chance.choice(DAMAGES) for _ in range(chance.choice((0, 1, 1, 1, 2)))]
        for damage in damages:
            data = damage(data, chance) or b"\0"
        name = f"进展{chance.choice(ENDINGS) if not damages or chance.random() < 0.3 else ending}"
        told = "+".join(damage.__name__ for damage in damages)
        yield f"{at}: {ending} {layout.name} {told} as {name}", name, data


def opened(source):
    """Read a file, with its password where one is asked for."""
    try:
        return read_source(source)
    except PasswordNeeded:
        return read_source(source, password="123")


def import_it(office, path, source):
    """Import a file as the clerk would; what is written is taken back."""
    try:
        plan = propose_import(office, opened(source), ledger="重点工作")
        outcome = apply_import(office, plan, who="张三", now=NOW)
    except UserError:
        return "refused"
    if outcome.changes:
        undo_step(office, who="张三", now=NOW)
        return "taken"
    return "same"


def run(busy_office, tmp_path, count, seed):
    office, path = busy_office
    before = stored(path)
    ended = {"refused": 0, "taken": 0, "same": 0}
    for told, name, data in damaged_files(count, seed):
        source = tmp_path / name
        source.write_bytes(data)
        began = time.perf_counter()
        try:
            ended[import_it(office, path, source)] += 1
        except Exception as error:
            kept = tmp_path / "failed"
            kept.write_bytes(data)
            raise AssertionError(f"{told} (kept in {kept})") from error
        assert time.perf_counter() - began < LONGEST, told
        assert stored(path) == before, told
        source.unlink()
    return ended


def test_damaged_files_do_no_harm(busy_office, tmp_path):
    ended = run(busy_office, tmp_path, FEW, 5)
    assert min(ended["refused"], ended["taken"]) > FEW // 8


@pytest.mark.long
def test_two_thousand_damaged_files_do_no_harm(busy_office, tmp_path):
    ended = run(busy_office, tmp_path, MANY, 2026)
    assert min(ended["refused"], ended["taken"]) > MANY // 8
