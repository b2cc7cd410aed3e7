"""The worker lanes: results come home, errors are told apart, cancel rolls back."""

from __future__ import annotations

import sys
import threading

import pytest
from PySide6.QtWidgets import QApplication

from tracker.base.errors import UserError
from tracker.domain.history import Changes
from tracker.ops.outcome import Outcome


def idle(qtbot, kit):
    qtbot.waitUntil(lambda: not kit.runner.is_busy, timeout=5000)


def test_work_runs_in_another_thread_and_comes_home(qtbot, kit):
    seen = {}
    kit.runner.read(
        "读",
        lambda progress: threading.current_thread(),
        lambda thread: seen.update(work=thread, home=threading.current_thread()),
    )
    idle(qtbot, kit)
    assert seen["work"] is not seen["home"]
    assert seen["home"] is threading.main_thread()


def test_a_step_is_told_to_every_view_before_its_done(qtbot, kit):
    order = []
    kit.hub.changed.connect(
        lambda changes, initiator: order.append((changes.of("task"), initiator))
    )
    kit.runner.write(
        "写",
        lambda progress: Outcome("1-001", Changes((("task", frozenset({1})),)), "好"),
        lambda outcome: order.append(outcome.value),
        initiator="台账",
    )
    idle(qtbot, kit)
    assert order == [(frozenset({1}), "台账"), "1-001"]


def test_writing_is_one_at_a_time_and_in_order(qtbot, kit):
    order = []

    def work(name):
        def run(progress):
            order.append(f"{name} 始")
            threading.Event().wait(0.01)
            order.append(f"{name} 终")
            return Outcome(name, Changes(), "")

        return run

    for name in ("甲", "乙", "丙"):
        kit.runner.write(name, work(name))
    idle(qtbot, kit)
    assert order == ["甲 始", "甲 终", "乙 始", "乙 终", "丙 始", "丙 终"]


def test_what_the_user_can_mend_is_shown_as_a_message(qtbot, kit, messages):
    failed = []

    def work(progress):
        raise UserError("写不进去", "磁盘已满", "请清理磁盘")

    kit.runner.write("写", work, failed=lambda: failed.append(True))
    idle(qtbot, kit)
    assert messages.problems == ["写不进去。磁盘已满。请清理磁盘"]
    assert failed == [True]


def test_a_bug_reaches_the_crash_dialogs_hook(qtbot, kit, monkeypatch):
    caught = []
    monkeypatch.setattr(sys, "excepthook", lambda *error: caught.append(error[0]))
    kit.runner.read("读", lambda progress: 1 / 0, lambda value: None)
    idle(qtbot, kit)
    assert caught == [ZeroDivisionError]


def test_cancel_stops_the_work_and_says_that_nothing_was_written(qtbot, kit, messages):
    begun = threading.Event()

    def work(progress):
        begun.set()
        while True:
            progress.step("第1份", 1, 2)
            threading.Event().wait(0.005)

    kit.runner.read("读", work, lambda value: None)
    begun.wait(2)
    kit.runner.cancel()
    idle(qtbot, kit)
    assert messages.said == ["已取消，没有写入任何内容"]


def test_a_bar_is_wanted_only_after_a_while(qtbot, kit):
    shown = []
    kit.runner.shown.connect(shown.append)
    kit.runner.read("快", lambda progress: None, lambda value: None)
    idle(qtbot, kit)
    assert shown == []
    stop = threading.Event()
    kit.runner.read("慢", lambda progress: stop.wait(5), lambda value: None)
    with qtbot.waitSignal(kit.runner.shown, timeout=3000):
        pass
    stop.set()
    idle(qtbot, kit)


@pytest.mark.parametrize("dark", [False, True])
def test_both_palettes_keep_a_contrast_of_four_and_a_half(theme, dark):
    theme.set_dark(dark)

    def luminance(colour):
        parts = [colour.redF(), colour.greenF(), colour.blueF()]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(first, second):
        lighter, darker = sorted(
            (luminance(theme.colours.of(first)), luminance(theme.colours.of(second))), reverse=True
        )
        return (lighter + 0.05) / (darker + 0.05)

    for name in ("text", "quiet", "accent", "red", "amber", "green", "grey", "violet"):
        for ground in ("surface", "panel"):
            assert contrast(name, ground) >= 4.5, (name, ground)
    for name in ("red", "amber", "green", "violet", "accent"):
        assert contrast(name, f"{name}_soft") >= 4.5, name
    theme.set_dark(None)


def test_after_the_end_nothing_is_started_and_what_failed_was_told(qtbot, kit, messages):
    started = []
    kit.hub.changed.connect(lambda *_: kit.runner.read("读", started.append, started.append))

    def refuse(_progress):
        raise UserError("没有保存", "磁盘已满", "请腾出空间")

    kit.runner.write("写", refuse)
    kit.runner.write(
        "写", lambda _progress: Outcome("1-001", Changes((("task", frozenset({1})),)), "好")
    )
    kit.runner.finish()
    assert len(messages.problems) == 1
    assert not kit.runner.is_busy
    QApplication.sendPostedEvents()
    assert started == []


def test_settling_tells_why_something_was_not_saved(qtbot, kit, messages):
    done = []

    def refuse(_progress):
        raise UserError("没有保存", "磁盘已满", "请腾出空间")

    def save(_progress):
        return Outcome("1-001", Changes((("task", frozenset({1})),)), "好")

    kit.runner.write("写", save, lambda _outcome: kit.runner.write("再写", save, done.append))
    assert kit.runner.settle() == ()
    assert len(done) == 1
    kit.runner.write("写", refuse, refused=lambda error: done.append(error))
    assert kit.runner.settle() == ("没有保存。磁盘已满。请腾出空间",)
    kit.runner.write("写", save)
    assert kit.runner.settle() == ()
    assert not kit.runner.is_busy
