"""A bar of buttons in a narrow window."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from tracker.ui.widgets.folding import FoldingBar


def test_a_bar_folds_before_a_button_is_cut(qtbot, theme):
    left = [QPushButton(words) for words in ("各单位任务状态", "各专项亮灯", "各期完成率")]
    right = [QPushButton(words) for words in ("复制图", "存为图片…")]
    bar = FoldingBar(left, right)
    qtbot.addWidget(bar)
    bar.show()
    for width, rows in ((900, 1), (400, 2), (900, 1)):
        bar.resize(width, 80)
        qtbot.wait(20)
        assert (right[0].mapTo(bar, right[0].rect().topLeft()).y() > left[0].height()) is (
            rows == 2
        )
        assert all(b.width() >= b.sizeHint().width() for b in (*left, *right))
    assert bar.minimumSizeHint().width() < 400
