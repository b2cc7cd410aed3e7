"""A form's number, digest and stamp; what it says beside its rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.forms import form, row
from tracker.domain.form import FormNumber, FormStamp, digest_of
from tracker.domain.form_words import covering_note, guide_of, is_form_text, line_of, states
from tracker.tables.states import is_state

NUMBERS = st.builds(FormNumber, st.integers(1, 9999), st.integers(1, 9999), st.integers(1, 999999))


@given(NUMBERS)
def test_a_number_is_read_as_it_was_printed(number):
    assert FormNumber.read(f"第3期　表号：{number}。") == number


@given(NUMBERS, st.data())
def test_a_misread_digit_is_noticed(number, data):
    printed = str(number)
    places = [i for i, c in enumerate(printed) if c.isdigit()]
    place = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != printed[place]]))
    misread = printed[:place] + other + printed[place + 1 :]
    assert FormNumber.read(f"表号：{misread}") is None


@pytest.mark.parametrize(
    "text",
    [
        "表号：２－０３－０１７－９２",
        "表号:2-03-017-92",
        "表 号： 2 - 03 - 017 - 92",
        "表号：2—03—017—92",
    ],
)
def test_full_width_figures_blanks_and_long_dashes_are_no_matter(text):
    assert FormNumber.read(text) == FormNumber(2, 3, 17)


@pytest.mark.parametrize(
    "text", ["", "表号：", "2-03-017-92", "表号：2-03-017", "表号：2-03-017-93"]
)
def test_no_number_is_guessed(text):
    assert FormNumber.read(text) is None


def test_the_digest_tells_any_changed_fixed_cell():
    rows = (row("1"), row("2"))
    changed = [replace(rows[0], **{cell: "改"}) for cell in ("code", "task", "before", "role")]
    digests = {digest_of((one, rows[1])) for one in (rows[0], *changed)}
    assert len(digests) == 5
    assert digest_of((row("1", task="甲乙", role=""),)) != digest_of(
        (row("1", task="甲", role="乙"),)
    )


def test_a_stamp_with_very_many_codes_comes_back_whole():
    codes = tuple(f"12-{number:04d}" for number in range(300))
    stamp = replace(form().stamp, codes=codes)
    properties = stamp.properties()
    assert max(map(len, properties.values())) <= 255
    assert FormStamp.read(properties) == stamp


def test_every_offered_state_is_one_the_program_understands():
    assert states()
    assert all(is_state(word) for word in states())


def test_what_is_not_known_is_not_said():
    bare = replace(form(), cut_off=None, due=None)
    assert line_of(bare) == "填报单位：县住建局　　第3期"
    note = covering_note(bare, "甲.xlsx", "")
    assert note == (
        "县住建局：请报“春季重点工作”第3期进展情况，涉及你单位2项任务，反馈表见附件“甲.xlsx”。"
        "请填写白色格子，打印后由负责人签字并盖章，电子表和盖章件一并反馈。"
    )


def test_the_note_names_due_date_with_weekday_and_contact():
    note = covering_note(form(), "甲.xlsx", "周明 0999-8812")
    assert "进展请写到2026年3月31日。" in note
    assert "请于2026年4月3日（星期五）前报来。" in note
    assert note.endswith("联系人：周明 0999-8812。")


def test_the_forms_own_words_are_told_from_what_a_unit_wrote():
    sent = form()
    own = (sent.title, line_of(sent), guide_of(sent), "表号：2-03-017-92", "填报人", "填报人：")
    assert all(is_form_text(text, sent) for text in own)
    assert is_form_text("请于 2026年4月3日（星期五）\n前反馈", sent)
    moved = replace(sent, due=date(2026, 4, 9), cut_off=date(2026, 4, 1))
    assert all(is_form_text(text, moved) for text in own)
    for written in ("填报人：王五", f"{line_of(sent)}　王五", "已完成。", "填报单位：县水利局"):
        assert not is_form_text(written, sent)
