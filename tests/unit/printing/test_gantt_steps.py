"""Milestones on the bars: told apart by shape and colour, never covered by the words beside."""

from __future__ import annotations

from array import array
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter

from tests.helpers.timelines import TODAY, timeline_rows
from tracker.domain.light_rules import light_rules
from tracker.domain.milestone import MilestoneState
from tracker.ops.gantt import gantt_drawing
from tracker.printing.canvas import write_svg
from tracker.printing.gantt_rows import Axis, GanttRows, Heading, Kind, Step
from tracker.printing.gantt_steps import StepPainter, states_in
from tracker.printing.looks import PAPER_LOOK
from tracker.printing.texts import Face

DONE = Step(TODAY - 40, "完成招标", MilestoneState.DONE)
PASSED = Step(TODAY - 10, "主体封顶 60%", MilestoneState.PASSED)
COMING = Step(TODAY + 90, "交付使用", MilestoneState.COMING)
LOOK = replace(PAPER_LOOK, size=20.0)


@pytest.fixture
def painted(fonts):
    """Draw one diamond of a state on a bar's ground; return the colour at an offset."""

    def paint(state):
        image = QImage(60, 60, QImage.Format.Format_RGB32)
        image.fill(QColor("#23774a"))
        painter = QPainter(image)
        steps = StepPainter(timeline_rows(1), LOOK, Face(LOOK.font()))
        steps.draw_one(painter, QPointF(30.5, 30.5), state)
        painter.end()
        return image

    return paint


def at(image, x, y):
    return image.pixelColor(x, y).name()


def test_a_diamond_is_filled_hollow_or_dotted(painted):
    assert at(painted(MilestoneState.DONE), 30, 30) == LOOK.text
    assert at(painted(MilestoneState.COMING), 30, 30) == LOOK.surface
    assert at(painted(MilestoneState.PASSED), 30, 30) == LOOK.alarm
    assert at(painted(MilestoneState.PASSED), 34, 30) == LOOK.surface


@pytest.mark.parametrize("state", MilestoneState)
def test_its_bar_goes_on_around_it(painted, state):
    image = painted(state)
    assert at(image, 30, 10) == at(image, 50, 50) == "#23774a"


def one_row(*steps, kind=Kind.DATED):
    """One task with a bar of 300 days, or without, and these milestones."""
    return GanttRows(
        today=TODAY,
        first=TODAY - 100,
        last=TODAY + 200,
        palette=light_rules().lights,
        headings=(Heading("", 0, 1),),
        ids=array("q", [7]),
        codes=["1-001"],
        numbers=["1"],
        titles=["修缮城东老桥"],
        units=["县住建局"],
        remaining=["剩200天"],
        kinds=bytes([kind]),
        lights=bytes([2]),
        starts=array("i", [TODAY - 100]),
        ends=array("i", [TODAY + 200 if kind == Kind.DATED else 0]),
        first_ends=array("i", [0]),
        late_to=array("i", [0]),
        steps={7: steps} if steps else {},
    )


def test_only_milestones_in_sight_are_drawn(fonts):
    steps = StepPainter(one_row(DONE, PASSED, COMING), LOOK, Face(LOOK.font()))
    axis = Axis(TODAY - 20, 200.0, 4.0)
    assert [(x, step.words) for x, step in steps.places(0, axis)] == [(42.0, "主体封顶 60%")]


@given(
    st.lists(st.integers(-40, 240), max_size=4, unique=True).map(sorted),
    st.floats(0, 700),
    st.booleans(),
)
def test_words_stand_beside_the_diamonds_or_stay(days, x, forward):
    found = [Step(TODAY + day, "节点", MilestoneState.COMING) for day in days]
    steps = StepPainter(one_row(*found), LOOK, Face(LOOK.font()))
    axis = Axis(TODAY, 800.0, 4.0)
    moved = steps.clear_of(0, axis, x, 60.0, forward=forward)
    assert moved == x or (moved > x) == forward
    if moved != x:
        assert 0 <= moved <= 740
        for place, _ in steps.places(0, axis):
            assert not moved - steps.half < place < moved + 60 + steps.half


def test_a_picture_says_what_is_due_and_what_the_signs_mean(fonts, tmp_path):
    written = tmp_path / "时限图.svg"
    write_svg(gantt_drawing(one_row(DONE, PASSED, COMING), "时限图"), written)
    text = written.read_text(encoding="utf-8")
    for words in ("主体封顶 60%", "交付使用", "节点已完成", "节点未到", "节点已过"):
        assert words in text
    assert "节点未记完成" not in text
    write_svg(gantt_drawing(one_row(), "时限图"), written)
    assert "节点" not in written.read_text(encoding="utf-8")


def test_a_task_without_a_bar_shows_its_milestones(fonts, tmp_path):
    written = tmp_path / "时限图.svg"
    write_svg(gantt_drawing(one_row(COMING, kind=Kind.NONE), "时限图"), written)
    assert "交付使用" in written.read_text(encoding="utf-8")


def test_the_legend_names_each_state_once():
    assert states_in(((PASSED, COMING), (COMING, DONE))) == (
        MilestoneState.DONE,
        MilestoneState.COMING,
        MilestoneState.PASSED,
    )
