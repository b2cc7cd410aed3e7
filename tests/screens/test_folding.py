"""Bars of buttons that fold in two rows rather than be cut."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from tracker.ui.widgets.folding import FoldingBar


@pytest.fixture
def holder(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    return holder


@pytest.fixture
def parts(qtbot, holder):
    left, right = QLabel("共 3 个单位"), QPushButton("逐组核对")
    bar = FoldingBar((left,), (right,))
    bar.setParent(holder)
    bar.resize(left.sizeHint().width() + right.sizeHint().width() + 60, 80)
    holder.resize(600, 100)
    holder.show()
    qtbot.waitExposed(holder)
    return bar, left, right


def top(bar, widget):
    return widget.mapTo(bar, widget.rect().topLeft()).y()


def is_folded(bar, left, right):
    return top(bar, right) >= top(bar, left) + left.height()


def test_what_has_room_stands_in_one_row(parts):
    assert not is_folded(*parts)


def test_words_that_grow_fold_the_bar_and_shorter_ones_unfold_it(qtbot, parts):
    bar, left, right = parts
    left.setText("共 23 个单位，另有 1 个已撤销，名单里还有 2 个合称没有登记成员")
    qtbot.waitUntil(lambda: is_folded(bar, left, right), timeout=2000)
    assert right.width() >= right.sizeHint().width()
    left.setText("共 3 个单位")
    qtbot.waitUntil(lambda: not is_folded(bar, left, right), timeout=2000)


def test_a_bar_folds_where_there_is_less_room(qtbot, parts):
    bar, left, right = parts
    bar.resize(bar.minimumSizeHint().width(), 80)
    qtbot.waitUntil(lambda: is_folded(bar, left, right), timeout=2000)
