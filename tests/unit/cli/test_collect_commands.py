"""The command `collect`."""

from __future__ import annotations

import pytest

from tests.helpers.collecting import CULTURE, HOUSING, RESCUE, SENT, WATER, filled, make_county
from tests.helpers.command import command
from tracker.store.files import create_store

KEYS = {"create", "update", "same", "conflict", "findings", "missing"}


@pytest.fixture
def county(tmp_path):
    office = create_store(tmp_path / "台账.db", SENT)
    yield make_county(office, tmp_path)
    office.close()


def collect(county, *words):
    return command("collect", *words, "--db", county.office.path, "--round", 2, now=SENT)


def test_collecting_proposes_and_applies_on_wish(county):
    path = county.returned(WATER, "水利.xlsx", filled("汛前"))
    ran = collect(county, path, "--json")
    assert ran.status == 0
    assert ran.json.keys() >= KEYS
    assert {u["field"] for u in ran.json["update"]} == {"progress"}
    assert county.notes() == ()
    assert collect(county, path, "--apply").status == 0
    assert len(county.notes()) == 4
    again = collect(county, path, "--apply", "--json")
    assert again.json["same"] == 1
    assert again.json["update"] == []


def test_what_waits_ends_in_three(county):
    empty = county.returned(WATER, "空.xlsx")
    ran = collect(county, empty)
    assert ran.status == 3
    assert "空白　县水利局" in ran.out


def test_the_missing_are_listed_with_what_to_remind_them_of(county):
    from datetime import datetime

    paths = [county.returned(unit, f"{unit}.xlsx", filled()) for unit in (WATER, HOUSING, CULTURE)]
    ran = command(
        "collect", *paths, "--db", county.office.path, "--round", 2, "--json",
        now=datetime(2026, 3, 18, 9),
    )  # fmt: skip
    assert ran.status == 3
    (missing,) = ran.json["missing"]
    assert (missing["unit"], missing["due"]) == (RESCUE, "2026-03-13")
    assert missing["working_days_late"] == 3
    assert RESCUE in missing["reminder"]


def test_a_path_that_is_not_there_is_an_error(county):
    ran = collect(county, county.folder / "没有")
    assert ran.status == 1
    assert ran.err.startswith("错误：找不到")
