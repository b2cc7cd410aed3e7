"""The document behind a task: its text with the passage, and the file itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.helpers.plans import decomposed
from tests.helpers.samples import situation_text
from tracker.base.errors import FileProblem, UserError
from tracker.ops.apply_drafts import apply_drafts
from tracker.ops.drafts import all_decided, propose_drafts
from tracker.ops.import_table import apply_import, propose_import, read_source, read_text
from tracker.ops.ledgers import choose_ledger
from tracker.ops.sources import original_of, save_original
from tracker.ops.tasks import TaskWords, edit_task, list_tasks

DONE = "李四"


def test_a_row_of_a_table_is_found_in_the_text_it_came_from(office, now):
    apply_import(office, propose_import(office, read_text(situation_text())), who=DONE, now=now)
    for task in list_tasks(office, choose_ledger(office, None)):
        found = original_of(office, task.code)
        start, end = found.span
        assert "".join(found.text[start:end].split()) == "".join(task.text.split())


def test_a_draft_of_a_document_keeps_its_place_in_it(office, now):
    plan = propose_drafts(office, decomposed())
    apply_drafts(office, plan, all_decided(plan), who=DONE, now=now)
    for task in list_tasks(office, choose_ledger(office, None)):
        found = original_of(office, task.code)
        start, end = found.span
        assert "".join(task.title.split())[:8] in "".join(found.text[start:end].split())


def test_a_task_written_anew_has_its_document_but_no_passage(office, now):
    apply_import(office, propose_import(office, read_text(situation_text())), who=DONE, now=now)
    edit_task(office, "1-001", TaskWords(text="完全改写过的一句。"), who=DONE, now=now)
    found = original_of(office, "1-001")
    assert found.span is None
    assert "滨河步道" in found.text


def test_a_task_typed_by_hand_has_no_document(office, ledger):
    with pytest.raises(UserError, match="没有原文"):
        original_of(office, "1-001")
    with pytest.raises(UserError, match="没有编号"):
        original_of(office, "9-999")


def test_the_file_is_written_to_the_letter(office, now, tmp_path):
    path = tmp_path / "落实情况表.txt"
    path.write_text(situation_text(), encoding="utf-8")
    apply_import(office, propose_import(office, read_source(path)), who=DONE, now=now)
    found = original_of(office, "1-001")
    assert found.file_name == "落实情况表.txt"
    written = save_original(office, found, tmp_path / "另存.txt")
    assert written.read_bytes() == path.read_bytes()


def test_a_file_that_was_never_kept_is_said_to_be_missing(office, now, tmp_path):
    apply_import(office, propose_import(office, read_text(situation_text())), who=DONE, now=now)
    found = replace(original_of(office, "1-001"), blob_hash=None)
    with pytest.raises(FileProblem, match="原件不在台账里"):
        save_original(office, found, tmp_path / "另存.txt")
