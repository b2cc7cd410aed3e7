"""Sentences of the office's own wording, filled in."""

from __future__ import annotations

import pytest

from tracker.text.wording import filled, places

VALUES = {"项数": "3", "文号": "", "单位": "县水利局"}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ("共{项数}项。", "共3项。"),
        (["根据{文号}，", "{单位}有{项数}项", "。"], "县水利局有3项。"),
        (["没有占位。"], "没有占位。"),
        ([], ""),
    ],
)
def test_a_part_without_its_value_is_left_out(parts, expected):
    assert filled(parts, VALUES) == expected


def test_a_place_that_nobody_knows_is_a_fault():
    with pytest.raises(KeyError):
        filled("{没有这个}", VALUES)


def test_places_are_named():
    assert places(["{甲}和{乙}", "{甲}"]) == {"甲", "乙"}
