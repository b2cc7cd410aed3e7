"""Elided prefixes and near misses among names."""

from __future__ import annotations

import pytest

from tracker.duties.offices import full_names, near_misses, office_of
from tracker.duties.persons import bare_persons, is_bare_name, is_person
from tracker.duties.units import split_names


@pytest.mark.parametrize(
    ("name", "prefix", "short"),
    [
        ("区工业和信息化局", "区", "工信局"),
        ("工信局", "", "工信局"),
        ("区发改局（重点办）", "区", "发改局"),
        ("青禾县卫健委", "青禾县", "卫健局"),
    ],
)
def test_an_office_is_known_by_its_names(name: str, prefix: str, short: str) -> None:
    office = office_of(name)
    assert office is not None
    assert (office.prefix, office.short) == (prefix, short)


def test_an_unknown_name_is_no_office() -> None:
    assert office_of("青禾水务公司") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("区水利局、财政局", {"财政局": "区财政局"}),
        ("区水利局，财政局", {}),
        ("区水利局、农水局、各镇", {"农水局": "区农水局"}),
        ("区水利局、青禾水务公司、财政局", {"财政局": "区财政局"}),
        ("县委宣传部、县水利局、住建局（房管办）", {"住建局（房管办）": "县住建局（房管办）"}),
    ],
)
def test_a_prefix_reaches_to_the_end_of_its_list(text: str, expected: dict[str, str]) -> None:
    assert full_names(split_names(text), text) == expected


def test_a_prefix_reaches_over_the_comma_behind_the_lead() -> None:
    names = ("区教育局", "卫健委", "民政局")
    said = "区教育局牵头，卫健委、民政局配合"
    assert full_names(names, said) == {"卫健委": "区卫健委", "民政局": "区民政局"}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["区卫健委", "区卫健委", "区卫健局"], {"区卫健局": "区卫健委"}),
        (["区发改局", "区发展改革局"], {}),
        (["区水务局", "区税务局"], {}),
        (["东街道", "西街道"], {}),
        (["区域管局"], {"区域管局": "区城管局"}),
        (["县林业局", "县林叶局"], {"县林叶局": "县林业局"}),
    ],
)
def test_near_misses_are_found(names: list[str], expected: dict[str, str]) -> None:
    assert near_misses(names) == expected


@pytest.mark.parametrize("name", ["副县长王明", "各副县长", "分管副县长", "王明同志", "县委常委"])
def test_posts_tell_people(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize(
    "name", ["县长办公室", "县水利局", "各乡镇", "县长负责制", "公安", "云岩区"]
)
def test_units_are_no_people(name: str) -> None:
    assert not is_person(name)
    assert not is_bare_name(name)


def test_people_lose_their_posts() -> None:
    names = ("区委副书记", "区长王明", "区委常委", "副区长李青山", "赵之")
    assert bare_persons(names) == ("王明", "李青山", "赵之")
    assert bare_persons(("分管副县长",)) == ("分管副县长",)
