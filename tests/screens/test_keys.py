"""The keys of the window: none twice, none that text fields use themselves."""

from __future__ import annotations

from collections import Counter

from PySide6.QtGui import QKeySequence

from tracker.ui.actions import ACTIONS

EDITING = (
    *("Cut", "Copy", "Paste", "SelectAll", "Delete", "Backspace", "DeleteStartOfWord"),
    *("DeleteEndOfWord", "MoveToNextWord", "MoveToPreviousWord", "MoveToStartOfDocument"),
    *("MoveToEndOfDocument", "SelectNextWord", "SelectPreviousWord", "InsertParagraphSeparator"),
)
WINDOWS = ("Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+A", "Ctrl+Insert", "Shift+Insert", "Alt+F4")
"""What fields and the system of the office's computers use, wherever the test runs."""


def test_no_key_stands_for_two_actions():
    keys = Counter(QKeySequence(words.key).toString() for words in ACTIONS if words.key)
    assert not [key for key, count in keys.items() if count > 1]


def test_no_key_is_one_that_text_fields_use(qapp):
    used = {
        key.toString()
        for name in EDITING
        for key in QKeySequence.keyBindings(getattr(QKeySequence.StandardKey, name))
    }
    used |= {QKeySequence(key).toString() for key in WINDOWS}
    keys = {QKeySequence(words.key).toString(): words.name for words in ACTIONS if words.key}
    # 销号 is Ctrl+D, which deletes a character only in fields of X11.
    found = {name for key, name in keys.items() if key in used and key != "Ctrl+D"}
    assert not found


def test_no_entry_is_named_like_another():
    names = Counter(words.name for words in ACTIONS)
    assert not [name for name, count in names.items() if count > 1]
