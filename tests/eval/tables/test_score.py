"""Every labelled table is read right, in every format that can hold it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.eval.tables.builder import FORMATS
from tests.eval.tables.layouts import every_layout
from tests.eval.tables.score import main
from tests.eval.tables.scoring import compare, score, skips
from tracker.tables.pipeline import read_table

LAYOUTS = every_layout()
MAIN = ("xlsx", "xls", "html", "csv", "pasted")
REST = tuple(kind for kind in FORMATS if kind not in MAIN)


def kinds_of(at, layout):
    """The formats to read a layout in: the quick ones, of the others each in its turn."""
    kinds = (*MAIN, REST[at % len(REST)])
    return [kind for kind in kinds if not skips(layout, kind)]


@pytest.mark.parametrize(
    ("at", "layout"), list(enumerate(LAYOUTS)), ids=[each.name for each in LAYOUTS]
)
def test_every_field_is_right(at, layout):
    wrong = [each for kind in kinds_of(at, layout) for each in score(layout, kind).wrong]
    assert not wrong


@pytest.mark.long
@pytest.mark.parametrize("kind", FORMATS)
def test_every_field_is_right_in_every_format(kind):
    wrong = [w for each in LAYOUTS if not skips(each, kind) for w in score(each, kind).wrong]
    assert not wrong


def test_a_layout_is_drawn_once_and_read_in_nearly_every_format():
    assert len({layout.name for layout in LAYOUTS}) == len(LAYOUTS) >= 100
    left_out = sum(bool(skips(layout, kind)) for layout in LAYOUTS for kind in FORMATS)
    assert left_out / (len(LAYOUTS) * len(FORMATS)) < 0.1


def test_a_difference_in_any_field_is_counted():
    layout = next(each for each in LAYOUTS if each.name == "two-row-group")
    table = read_table(FORMATS["csv"](layout))
    assert not compare(layout, "csv", table).wrong
    first = replace(table.rows[0], number="9", progress="", doubts=("疑",))
    changed = compare(layout, "csv", replace(table, title="", rows=(first, *table.rows[1:])))
    assert {w.field for w in changed.wrong} == {"title", "number", "progress", "doubtful", "lost"}
    fewer = compare(layout, "csv", replace(table, rows=table.rows[1:]))
    assert {w.field for w in fewer.wrong} == {"row", "lost"}


def test_a_saved_run_tells_what_changed(tmp_path, capsys):
    saved = tmp_path / "run.json"
    only = ["--layout", "state-words", "--format", "csv"]
    main([*only, "--save", str(saved)])
    run = json.loads(saved.read_text(encoding="utf-8"))
    wrong = {"row": "1", "field": "lead", "wanted": "['甲']", "got": "[]"}
    run["state-words | csv"]["wrong"].append(wrong)
    saved.write_text(json.dumps(run), encoding="utf-8")
    main([*only, "--compare", str(saved)])
    printed = capsys.readouterr().out
    assert "improved: 1\n   state-words | csv | 1 | lead | ['甲']" in printed
    assert "regressed: 0" in printed


@pytest.mark.parametrize("layout", LAYOUTS, ids=[each.name for each in LAYOUTS])
def test_reading_by_the_columns_found_gives_the_same_rows(layout):
    source = FORMATS["xls"](layout)
    table = read_table(source, date=layout.date)
    mappings = [each.mapping for shape in table.shapes for each in shape.tables]
    again = read_table(source, date=layout.date, mappings=mappings)
    assert again.rows == table.rows
