"""The manual opens from the help menu; its pictures are there and made by the script."""

from __future__ import annotations

import argparse
import re

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument

from tests.screens.pictures import DAY, PAGE, Story
from tracker.base.paths import resource
from tracker.ui.help import ManualWindow
from tracker.ui.messages import WindowMessages

FOLDER = resource("manual")
LEAVE = 1
"""The answer that does not keep the sample."""
README = resource("manual.md").parents[1] / "README.md"


def named(path):
    return set(
        re.findall(r"!\[[^\]]*\]\((?:resources/)?manual/([\w-]+)\.png\)", path.read_text("utf-8"))
    )


def test_every_picture_the_manual_names_is_there_and_no_other():
    shown = named(resource("manual.md"))
    assert shown
    assert {path.stem for path in FOLDER.glob("*.png")} == shown | named(README)


def test_a_chapter_of_the_list_comes_to_the_top(qtbot):
    window = ManualWindow()
    qtbot.addWidget(window)
    window.show()
    names = [window.contents.item(row).text() for row in range(window.contents.count())]
    assert names == [block.text() for block in window.text.chapters()]
    window.contents.setCurrentRow(len(names) // 2)
    block = window.text.chapters()[len(names) // 2]
    top = window.text.document().documentLayout().blockBoundingRect(block).top()
    assert 0 <= top - window.text.verticalScrollBar().value() <= 24


@pytest.mark.parametrize("width", [860, 1400])
def test_no_picture_is_wider_than_the_window(qtbot, width):
    window = ManualWindow()
    qtbot.addWidget(window)
    window.resize(width, 700)
    window.show()
    for name in named(resource("manual.md")):
        kind = QTextDocument.ResourceType.ImageResource
        picture = window.text.loadResource(kind, QUrl(f"manual/{name}.png"))
        assert 0 < picture.width() <= window.text.viewport().width()


def test_the_script_makes_the_pictures_that_the_manual_names(qapp, tmp_path, monkeypatch):
    monkeypatch.setattr(WindowMessages, "choose", lambda *_asked: LEAVE)
    options = argparse.Namespace(
        out=str(tmp_path), size="1280x720", text=13, dark=False, papers=False, windows=False
    )
    story = Story(qapp, options, lambda: DAY)
    story.go()
    story.window.close()
    made = {path.stem for path in tmp_path.glob("*.png")} | {PAGE}
    assert made == named(resource("manual.md")) | named(README)
