"""What tests of drawings share: Qt without a display, with Chinese fonts."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from tracker.printing.fonts import load_fonts


@pytest.fixture
def fonts(qapp):
    """An application that can draw Chinese."""
    load_fonts()
    return qapp
