"""The form as a Word document: it says what the workbook says."""

from __future__ import annotations

from dataclasses import replace

import docx
import pytest

from tests.helpers.forms import LONG, SENT, form, row
from tracker.domain.form import FIXED, OPEN
from tracker.domain.form_words import is_form_text
from tracker.files.reader import read_file
from tracker.reports.form_docx import write_form_docx
from tracker.tables.form_stamp import number_of, stamp_of
from tracker.tables.pipeline import read_table


def written(sent, folder):
    target = folder / "03期 反馈表.docx"
    assert write_form_docx(sent, target, SENT) == ()
    return target


def test_the_table_has_the_fixed_texts_and_open_cells(tmp_path):
    sent = form(row("1"), row("2", before="【滞后】\n甲<&>乙\n丙"))
    tables = docx.Document(str(written(sent, tmp_path))).tables
    cells = [[cell.text for cell in each.cells] for each in tables[0].rows]
    assert cells[0] == [*FIXED.values(), *OPEN.values()]
    assert [line[: len(FIXED)] for line in cells[1:]] == [
        [getattr(each, field) for field in FIXED] for each in sent.rows
    ]
    assert not any("".join(line[len(FIXED) :]) for line in cells[1:])


def test_the_heading_is_repeated_and_no_row_is_torn(tmp_path):
    xml = docx.Document(str(written(form(), tmp_path))).tables[0]._tbl.xml
    assert xml.count("<w:tblHeader/>") == 1
    assert xml.count("<w:cantSplit/>") == 3


def test_the_stamp_and_the_number_are_found_again(tmp_path):
    sent = form()
    source = read_file(written(sent, tmp_path))
    assert stamp_of(source) == sent.stamp
    assert stamp_of(replace(source, properties={})) is None
    assert str(number_of(replace(source, properties={}))) == sent.number


def test_only_the_tasks_are_read_as_a_table(tmp_path):
    sent = form(row("1"), row("2", before=LONG * 12))
    table = read_table(read_file(written(sent, tmp_path)))
    assert table.title == sent.title
    assert [each.task for each in table.rows] == [each.task for each in sent.rows]
    assert not any(each.progress for each in table.rows)


def test_every_paragraph_and_label_is_the_forms_own_text(tmp_path):
    sent = form()
    document = docx.Document(str(written(sent, tmp_path)))
    texts = [p.text for p in document.paragraphs if p.text]
    texts += [cell.text for each in document.tables[1].rows for cell in each.cells if cell.text]
    assert len(texts) > 8
    assert all(is_form_text(text, sent) for text in texts)


@pytest.mark.parametrize("number", ["", "2-03-017-92"])
def test_a_form_without_a_number_prints_none(tmp_path, number):
    source = read_file(written(replace(form(), number=number), tmp_path))
    assert ("表号" in source.flow.text) == bool(number)


def test_the_same_form_gives_the_same_bytes(tmp_path):
    for name in ("a.docx", "b.docx"):
        write_form_docx(form(), tmp_path / name, SENT)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
