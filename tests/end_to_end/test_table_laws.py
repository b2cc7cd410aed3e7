"""Laws of import for every layout: nothing twice, nothing new from a part, undo is exact."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import datetime

import pytest

from tests.eval.tables.builder import FORMATS, clip
from tests.eval.tables.layouts import every_layout
from tests.eval.tables.picture import Sheet
from tests.eval.tables.scoring import skips
from tracker.ops.history import redo_step, undo_step
from tracker.ops.import_table import apply_import, propose_import, read_source, read_text
from tracker.ops.ledgers import choose_ledger
from tracker.ops.office import create_office
from tracker.ops.reports import export_situation
from tracker.ops.rounds import choose_round

NOW = datetime(2026, 3, 2, 9, 30)
LAYOUTS = every_layout()
GROWING = ("journal", "journal_change", "counter", "blob", "sqlite_sequence")


def stored(path):
    """Every text an office holds, but for its journal and what only grows."""
    with closing(sqlite3.connect(path)) as database:
        tables = database.execute("select name from sqlite_master where type = 'table'").fetchall()
        return {
            name: sorted(map(repr, database.execute(f"select * from {name}")))
            for (name,) in tables
            if name not in GROWING and "search" not in name
        }


def proposed(office, source):
    return propose_import(office, source, ledger="台账").proposal


def changes_nothing(proposal, rows):
    return (proposal.same, proposal.create, proposal.update, proposal.conflict) == (
        rows,
        (),
        (),
        (),
    )


def part_of(source, keep):
    """A pasted table of the header and some rows of an exported sheet."""
    grid = source.grids[0]
    texts = [tuple(cell.text for cell in row) for row in grid.rows]
    head = next(at for at, row in enumerate(texts) if "序号" in row)
    body = [at for at in range(head + 1, len(texts)) if texts[at][:1] and texts[at][0]]
    kept = [head, *(at for at in body if keep())]
    width = max(map(len, texts))
    rows = tuple((*texts[at], *[""] * (width - len(texts[at]))) for at in kept)
    return read_text(clip(Sheet("", rows, (), frozenset(), frozenset()))), len(kept) - 1


def some_always(layouts, step=8):
    """Some layouts in every run, all in the long one; tables side by side share rows."""
    for at, layout in enumerate(layouts):
        always = at % step == 0 or layout.name.startswith("side-by-side")
        yield pytest.param(layout, id=layout.name, marks=() if always else pytest.mark.long)


@pytest.mark.parametrize("layout", list(some_always(LAYOUTS)))
def test_a_table_of_any_layout_comes_in_once_and_goes_again_without_a_trace(layout, tmp_path):
    path = tmp_path / "台账.db"
    office = create_office(path, NOW)
    before = stored(path)
    source = FORMATS["xlsx"](layout)
    plan = propose_import(office, source, ledger="台账", date=layout.date)
    apply_import(office, plan, who="张三", now=NOW)
    after = stored(path)

    rows = len(layout.rows)
    assert changes_nothing(proposed(office, source), rows)
    if not skips(layout, "xls"):
        assert changes_nothing(proposed(office, FORMATS["xls"](layout)), rows)

    out = tmp_path / "表.xlsx"
    ledger = choose_ledger(office, None)
    export_situation(office, ledger, choose_round(office, ledger, None), out, now=NOW)
    back = read_source(out)
    assert changes_nothing(proposed(office, back), rows)
    chance = random.Random(layout.name)
    part, kept = part_of(back, lambda: chance.random() < 0.6)
    if kept:
        found = proposed(office, part)
        assert found.create == ()

    undo_step(office, who="张三", now=NOW)
    assert stored(path) == before
    redo_step(office, who="张三", now=NOW)
    assert stored(path) == after
    office.close()
