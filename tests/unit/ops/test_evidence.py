"""Files kept with a task, and looks at closed tasks."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.base.errors import FileProblem, UserError
from tracker.domain.task import Revisit
from tracker.ops import evidence
from tracker.ops.evidence import (
    attach,
    attach_bytes,
    attachment_bytes,
    detach,
    list_attachments,
    save_attachment,
    size_words,
)
from tracker.ops.revisits import add_revisit
from tracker.ops.tasks import ClosingWords, close_task, find_task, reopen_task
from tracker.ops.trace import trace
from tracker.store.check import check_file

WHO = "张三"


@pytest.fixture
def by(now):
    return {"who": WHO, "now": now}


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "现场 照片.jpg"
    path.write_bytes(b"\xff\xd8 bytes of a picture")
    return path


@pytest.fixture
def closed(office, ledger, by):
    words = ClosingWords("已通车", date(2026, 2, 20), WHO, no_evidence_because="现场看过")
    close_task(office, "1-001", words, **by)


def test_a_file_is_kept_under_its_name_and_comes_out_as_it_was(office, ledger, by, photo, tmp_path):
    done = attach(office, "1-001", [photo], remark="拍于桥头", **by)
    (kept,) = list_attachments(office, "1-001")
    assert done.value == (kept.id,)
    assert (kept.name, kept.size, kept.remark, kept.added_by) == (
        "现场 照片.jpg",
        photo.stat().st_size,
        "拍于桥头",
        WHO,
    )
    target = tmp_path / "取出.jpg"
    assert save_attachment(office, kept, target) == target
    assert target.read_bytes() == photo.read_bytes() == attachment_bytes(office, kept)


def test_a_folder_gets_the_file_under_a_name_that_is_free(office, ledger, by, photo, tmp_path):
    attach(office, "1-001", [photo], **by)
    attach_bytes(office, "1-001", '截图: "3/4".png', b"picture", **by)
    one, other = list_attachments(office, "1-001")
    folder = tmp_path / "取出"
    folder.mkdir()
    names = [save_attachment(office, each, folder).name for each in (one, one, other)]
    assert names == ["现场 照片.jpg", "现场 照片(2).jpg", "截图_ _3_4_.png"]


def test_the_same_file_twice_changes_nothing(office, ledger, by, photo):
    attach(office, "1-001", [photo], **by)
    again = attach(office, "1-001", [photo], **by)
    assert (again.value, bool(again.changes)) == ((), False)
    photo.write_bytes(b"another picture of that name")
    attach(office, "1-001", [photo], **by)
    assert [a.name for a in list_attachments(office, "1-001")] == ["现场 照片.jpg"] * 2


def test_removing_and_adding_can_be_undone(office, ledger, by, photo, now, office_path):
    attach(office, "1-001", [photo], **by)
    (kept,) = list_attachments(office, "1-001")
    detach(office, kept.id, **by)
    assert list_attachments(office, "1-001") == ()
    office.undo(WHO, now)
    assert list_attachments(office, "1-001") == (kept,)
    assert attachment_bytes(office, kept) == photo.read_bytes()
    office.undo(WHO, now)
    assert list_attachments(office, "1-001") == ()
    assert check_file(office_path) == ()


def test_of_several_files_all_are_kept_or_none(office, ledger, by, photo, tmp_path):
    empty = tmp_path / "空.pdf"
    empty.write_bytes(b"")
    with pytest.raises(FileProblem, match="空文件"):
        attach(office, "1-001", [photo, empty], **by)
    assert list_attachments(office, "1-001") == ()


@pytest.mark.parametrize(("name", "problem"), [("没有.pdf", "读不了“没有.pdf”"), (".", "是文件夹")])
def test_what_cannot_be_read_is_said_plainly(office, ledger, by, tmp_path, name, problem):
    with pytest.raises(FileProblem, match=problem):
        attach(office, "1-001", [tmp_path / name], **by)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    office, ledger, by, photo, monkeypatch
):
    monkeypatch.setattr(evidence, "LARGEST", 10)
    with pytest.raises(FileProblem, match="太大了。一份佐证材料最大 50 MB"):
        attach(office, "1-001", [photo], **by)
    with pytest.raises(FileProblem, match="太大了"):
        attach_bytes(office, "1-001", "图.png", b"x" * 11, **by)


@pytest.mark.parametrize(
    ("size", "words"), [(1, "1 KB"), (3 * 1024, "3 KB"), (4_718_592, "4.5 MB")]
)
def test_sizes_are_shown_as_people_say_them(size, words):
    assert size_words(size) == words


def test_a_closing_names_the_files_kept_with_the_task(office, ledger, by, photo):
    attach(office, "1-001", [photo], **by)
    close_task(office, "1-001", ClosingWords("已通车", date(2026, 3, 1), WHO), **by)
    assert find_task(office, "1-001").closings[0].evidence == "现场 照片.jpg"


def test_a_closing_without_any_evidence_is_still_refused(office, ledger, by):
    with pytest.raises(UserError, match="佐证材料"):
        close_task(office, "1-001", ClosingWords("已通车", date(2026, 3, 1), WHO), **by)


def test_evidence_and_revisits_stand_in_the_trace(office, ledger, by, photo, closed):
    attach(office, "1-001", [photo], **by)
    (kept,) = list_attachments(office, "1-001")
    detach(office, kept.id, **by)
    add_revisit(office, "1-001", Revisit(date(2026, 3, 1), "李四", "桥面完好", holds=True), **by)
    lines = [(line.field, line.old, line.new) for line in trace(office, "1-001")]
    assert ("佐证材料", "", "现场 照片.jpg") in lines
    assert ("佐证材料", "现场 照片.jpg", "") in lines
    assert ("回访", "", "2026年3月1日 李四：桥面完好（保持）") in lines


@pytest.mark.parametrize("holds", [True, False])
def test_a_revisit_is_kept_and_says_what_may_be_done(office, ledger, by, closed, now, holds):
    found = Revisit(date(2026, 3, 1), "李四", "看了护栏", holds=holds)
    done = add_revisit(office, "1-001", found, **by)
    assert find_task(office, "1-001").revisits == (found,)
    assert ("可以恢复办理" in done.sentence) is not holds
    office.undo(WHO, now)
    assert find_task(office, "1-001").revisits == ()


def test_only_closed_tasks_are_revisited(office, ledger, by, closed):
    look = Revisit(date(2026, 3, 1), "李四", "在建", holds=True)
    with pytest.raises(UserError, match="没有销号"):
        add_revisit(office, "1-002", look, **by)
    reopen_task(office, "1-001", "返工", **by)
    with pytest.raises(UserError, match="没有销号"):
        add_revisit(office, "1-001", look, **by)


@pytest.mark.parametrize(
    ("look", "problem"),
    [
        (Revisit(date(2026, 2, 1), "李四", "好", holds=True), "早于销号的日期"),
        (Revisit(date(2026, 4, 1), "李四", "好", holds=True), "还没有到"),
        (Revisit(date(2026, 3, 1), " ", "好", holds=True), "回访人"),
        (Revisit(date(2026, 3, 1), "李四", "", holds=True), "看到的情况"),
    ],
)
def test_a_revisit_says_who_saw_what_on_a_day_that_fits(office, closed, by, look, problem):
    with pytest.raises(UserError, match=problem):
        add_revisit(office, "1-001", look, **by)
