"""When a file was last saved, by its own word."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.helpers.collecting import set_saved
from tracker.files.saved import saved_at

OLD_FILES = Path(__file__).parents[2] / "old_files"


def test_a_workbook_says_it_in_local_time(tmp_path):
    path = tmp_path / "表.xlsx"
    openpyxl.Workbook().save(path)
    set_saved(path, datetime(2026, 3, 9, 8))
    said = datetime(2026, 3, 9, 8, tzinfo=UTC).astimezone().replace(tzinfo=None)
    assert saved_at(path.read_bytes()) == said


@pytest.mark.parametrize("name", ["table.xls", "document.doc"])
def test_an_old_file_says_it_or_nothing(name):
    found = saved_at((OLD_FILES / name).read_bytes())
    assert (found is None) == (name == "document.doc")


def test_what_does_not_say_it_gives_nothing():
    book = BytesIO()
    openpyxl.Workbook().save(book)
    for content in (b"", b"PK\x03\x04", book.getvalue()[:200], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        assert saved_at(content) is None
