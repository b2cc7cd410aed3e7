"""Edits of a layout as values: columns fill the paper, faults are said, undo undoes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.layout import NARROWEST_MM, ColumnDraft, GroupBy, Paper
from tracker.ops.layouts import edit_layout, layout_of, list_layouts
from tracker.ui.layouts.desk import DraftDesk
from tracker.ui.layouts.edits import (
    add_column,
    addable,
    change_margin,
    choose_group,
    choose_paper,
    move_border,
    move_column,
    remove_columns,
)
from tracker.ui.layouts.faults import faults
from tracker.ui.layouts.words import size_words

STANDARD = edit_layout("standard")


@pytest.mark.parametrize("name", [each.name for each in list_layouts()])
def test_no_layout_of_the_program_has_a_fault(name):
    assert faults(edit_layout(name)) == ()


def test_every_column_can_be_added_once_and_the_blank_one_always():
    draft = STANDARD
    for field in addable(STANDARD):
        draft = add_column(draft, field, len(draft.columns))
    assert addable(draft) == ("extra.blank",)
    assert add_column(draft, "light", 0) == draft
    assert add_column(draft, "extra.blank", 0).columns[0].field == "extra.blank.2"


@given(
    st.lists(
        st.tuples(st.sampled_from("amrpbg"), st.integers(0, 30), st.floats(-80, 80)), max_size=12
    )
)
def test_whatever_is_edited_a_layout_without_faults_can_be_printed(steps):
    draft = STANDARD
    for kind, number, length in steps:
        row = number % max(len(draft.columns), 1)
        if kind == "a":
            fields = addable(draft)
            draft = add_column(draft, fields[number % len(fields)], row)
        elif kind == "m" and draft.columns:
            draft = move_column(draft, row, number % len(draft.columns))
        elif kind == "r" and draft.columns:
            draft = remove_columns(draft, {row})
        elif kind == "p":
            draft = choose_paper(draft, list(Paper)[number % 3], landscape=number % 2 == 0)
        elif kind == "b" and draft.columns:
            draft = move_border(draft, row, length)
        elif kind == "g":
            draft = choose_group(draft, list(GroupBy)[number % 3], merged=number % 2 == 0)
    if not faults(draft):
        layout_of(draft)
    assert all(column.width_mm >= NARROWEST_MM for column in draft.columns)
    assert len({column.field for column in draft.columns}) == len(draft.columns)


def test_columns_that_leave_room_on_purpose_keep_their_width():
    narrow = replace(STANDARD, columns=STANDARD.columns[:2])
    assert choose_paper(narrow, Paper.A3, landscape=True).columns == narrow.columns
    assert change_margin(narrow, "left", 30.0).columns == narrow.columns
    assert remove_columns(narrow, {0}).columns == narrow.columns[1:]


def test_a_border_goes_no_farther_than_the_next_column_can_give():
    moved = move_border(STANDARD, 0, 500.0)
    assert moved.columns[1].width_mm == NARROWEST_MM
    assert moved.used_mm == pytest.approx(STANDARD.used_mm)
    moved = move_border(STANDARD, 0, -500.0)
    assert moved.columns[0].width_mm == NARROWEST_MM
    assert move_border(STANDARD, 3, 50.0) == STANDARD  # the paper ends there
    spare = replace(STANDARD, columns=STANDARD.columns[:2])
    assert move_border(spare, 1, 20.0).columns[1].width_mm == 82.0


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        ({"columns": ()}, "columns", "一栏也没有"),
        ({"columns": (ColumnDraft("task", "任务", 300.0),)}, "columns", "宽 39 毫米"),
        ({"columns": (ColumnDraft("task", "任务", 5.0),)}, "columns", "只有 5 毫米"),
        ({"title": "{标题}{谁}"}, "title", "没有“{谁}”"),
        ({"title": "  "}, "title", "标题是空的"),
        ({"annex": "附件{期"}, "annex", "不成对"),
        ({"meta": ("期}",)}, "meta", "不成对"),
        ({"signature": ("{签字}",)}, "signature", "没有“{签字}”"),
        ({"margins_mm": {"top": 90, "bottom": 90}}, "paper", "放不下表"),
        ({"margins_mm": {"left": 150, "right": 150, "bottom": 15}}, "paper", "放不下表"),
    ],
)
def test_a_fault_is_said_where_it_is_mended(change, place, words):
    (found, *_) = faults(replace(STANDARD, **change))
    assert found.place == place
    assert words in found.words


def test_sizes_are_called_as_printers_call_them():
    assert size_words(12.0) == "小四　12磅"
    assert size_words(10.5) == "五号　10.5磅"
    assert size_words(13.0) == "13磅"


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["", "甲", "乙"])), max_size=20))
def test_undo_takes_every_edit_back_and_redo_does_them_again(edits):
    desk = DraftDesk(STANDARD)
    for number, key in edits:
        desk.edit(replace(desk.draft, signature=(str(number),)), key)
    last = desk.draft
    steps = 0
    while desk.can_undo:
        desk.undo()
        steps += 1
    assert desk.draft == STANDARD
    assert not desk.is_dirty
    for _ in range(steps):
        desk.redo()
    assert desk.draft == last
    assert not desk.can_redo


def test_what_is_saved_under_a_name_can_still_be_undone_under_that_name():
    desk = DraftDesk(STANDARD)
    desk.edit(replace(desk.draft, legend=True))
    desk.saved(replace(desk.draft, name="甲", label="甲"))
    assert not desk.is_dirty
    desk.undo()
    assert desk.draft == replace(STANDARD, name="甲", label="甲")
    assert desk.is_dirty
