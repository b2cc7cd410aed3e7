"""Further ways in which offices write who does it and when."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.domain.table import Roles
from tracker.duties.deadlines import read_deadline_cell
from tracker.duties.labelled import labelled_roles
from tracker.duties.passages import find_notes
from tracker.duties.persons import bare_persons
from tracker.duties.plan_deadlines import find_plan_deadline
from tracker.duties.reading import read_note
from tracker.duties.units import split_names

DAY = date(2025, 2, 10)


@pytest.mark.parametrize(
    ("note", "roles"),
    [
        (
            "责任单位：县水利局牵头，县财政局按职责分工负责",
            Roles(("县水利局",), responsible=("县财政局",)),
        ),
        (
            "牵头单位：县水利局；责任单位：县财政局负责",
            Roles(("县水利局",), ("县财政局",)),
        ),
        ("（县水利局负责牵头）", Roles(("县水利局",))),
        (
            "（县水利局牵头，县财政局按属地管理原则负责）",
            Roles(("县水利局",), responsible=("县财政局",)),
        ),
        (
            "（县水利局牵头，县财政局、县电信公司等参与建设）",
            Roles(("县水利局",), ("县财政局", "县电信公司")),
        ),
        (
            "（县水利局牵头，县财政局、县住建局各司其职）",
            Roles(("县水利局",), responsible=("县财政局", "县住建局")),
        ),
        ("（县水利局、县财政局，9月底前完成）", Roles(responsible=("县水利局", "县财政局"))),
        ("【责任单位】县水利局【完成时限】8月底", Roles(responsible=("县水利局",))),
        ("牵头部门：县水利局；协同部门：县财政局", Roles(("县水利局",), ("县财政局",))),
        ("——县水利局牵头，县财政局配合", Roles(("县水利局",), ("县财政局",))),
    ],
)
def test_a_note_is_found_and_read(note: str, roles: Roles) -> None:
    text = f"修堤。{note}"
    found = find_notes(text, text, 0, len(text))
    assert read_note(text[found[0].start : found[-1].end]).roles == roles


def test_steps_of_a_schedule_are_its_deadline() -> None:
    note = read_note("进度安排：4月底前开工；9月底前更新100台；12月底前完工；责任单位：县水利局")
    assert note.deadline == "4月底前开工；9月底前更新100台；12月底前完工"
    assert note.roles == Roles(responsible=("县水利局",))


@pytest.mark.parametrize("joined", ["中央、省驻县单位", "省、市、县属企业", "市、县统计局"])
def test_levels_before_a_name_are_part_of_it(joined: str) -> None:
    assert split_names(f"县水利局、{joined}、各乡镇") == ("县水利局", joined, "各乡镇")


def test_a_label_may_be_said_rather_than_printed() -> None:
    assert labelled_roles("修堤，责任单位为县水利局、县财政局").roles == Roles(
        responsible=("县水利局", "县财政局")
    )


def test_a_comrade_is_a_person_by_name() -> None:
    assert bare_persons(("王明远同志",)) == ("王明远",)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("到2025年培育企业100家。", date(2025, 12, 31)),
        ("力争到2026年，覆盖率超过八成。", date(2026, 12, 31)),
        ("上半年引进企业20家。", date(2025, 6, 30)),
        ("11月15日至20日组织演练。", date(2025, 11, 20)),
        ("去年遗留的6处3月底前拆除，其余5月底前清零。", date(2025, 5, 31)),
        ("一周内清运完毕。", date(2025, 2, 17)),
    ],
)
def test_a_plan_says_when(text: str, due: date) -> None:
    found = find_plan_deadline(text, DAY, DAY)
    assert found is not None
    assert found.date == due


@pytest.mark.parametrize(
    "text", ["2025年新增就业5万人。", "3个工作日内办结。", "上半年新增了6家。"]
)
def test_a_target_or_a_service_is_no_deadline(text: str) -> None:
    assert find_plan_deadline(text, DAY, DAY) is None


def test_a_span_of_days_ends_on_its_last() -> None:
    due = read_deadline_cell("11月15日至20日", DAY)
    assert due is not None
    assert (due.date, due.doubtful) == (date(2025, 11, 20), False)


def test_the_sound_of_a_sign_does_not_hide_a_festival() -> None:
    due = find_plan_deadline("国庆节(jié)前开演。", DAY, DAY)
    assert due is not None
    assert due.date == date(2025, 9, 30)
