"""Labels without a colon in a sentence."""

from __future__ import annotations

import pytest

from tracker.domain.table import Roles
from tracker.duties.labelled import labelled_roles


def test_clauses_of_a_label_and_names_assign() -> None:
    found = labelled_roles("清理干渠，责任人周小溪，责任单位县水利局、县河道办，11月8日前完成。")
    assert found.roles == Roles(responsible=("县水利局", "县河道办"))
    assert found.persons == ("周小溪",)


def test_everybody_may_stand_beside_a_unit() -> None:
    found = labelled_roles("修闸，责任单位县水利局、各村。")
    assert found.roles == Roles(responsible=("县水利局", "各村"))


def test_a_lead_makes_the_others_cooperate() -> None:
    found = labelled_roles("修闸，牵头单位县水利局，责任单位县财政局。")
    assert found.roles == Roles(("县水利局",), ("县财政局",))


@pytest.mark.parametrize(
    "text",
    [
        "压实责任，责任单位要每月报送。",
        "落实责任人制度，责任人名单上墙。",
        "牵头单位负总责，责任单位各负其责。",
        "明确责任单位，县水利局已有方案。",
        "责任单位县水利局要抓好落实。",
    ],
)
def test_sentences_about_labels_assign_nothing(text: str) -> None:
    assert not labelled_roles(text)
