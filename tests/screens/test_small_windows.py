"""A small window with large text keeps in sight what is worked with."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from tracker.ui.returns.line_detail import LineDetail


def test_a_long_title_of_a_returned_line_takes_no_room_from_the_files(qtbot, kit):
    kit.theme.set_size(18)
    detail = LineDetail(kit)
    qtbot.addWidget(detail)
    detail.show()
    before = detail.minimumSizeHint().width()
    detail.title.setText("【落实情况】29　①改造提升农村公路120公里；②实施村道安防工程65公里" * 2)
    QApplication.processEvents()
    few_signs = detail.fontMetrics().horizontalAdvance("国" * 5)
    assert detail.minimumSizeHint().width() <= before + few_signs
    kit.theme.set_size(13)
