"""A bar of buttons in a narrow window."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from tracker.ui.widgets.folding import FoldingBar


def test_a_bar_folds_before_a_button_is_cut(qtbot, theme):
    left = [QPushButton(words) for words in ("各单位任务状态", "各专项亮灯", "各期完成率")]
    right = [QPushButton(words) for words in ("复制图", "存为图片…")]
    bar = FoldingBar(left, right)
    window = QWidget()
    qtbot.addWidget(window)
    bar.setParent(window)
    window.show()
    bar.show()
    whole = bar.sizeHint().width()
    least = bar.minimumSizeHint().width()
    for width, is_folded in ((whole + 20, False), (least, True), (whole + 20, False)):
        bar.resize(width, 100)
        QApplication.sendPostedEvents()
        tops = [button.mapTo(bar, button.rect().topLeft()).y() for button in (left[0], right[0])]
        assert (tops[1] > tops[0]) is is_folded
        assert all(button.width() >= button.sizeHint().width() for button in (*left, *right))
