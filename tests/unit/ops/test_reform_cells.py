"""Cells of units from which a name goes: what is left says what is stored, and reads well."""

from __future__ import annotations

import pytest

from tracker.domain.terms import Role
from tracker.ops.reform_cells import says, without


def held(lead="", cooperating=""):
    names = {Role.LEAD: lead, Role.COOPERATING: cooperating}
    return {role: tuple(words.split("、")) if words else () for role, words in names.items()}


CASES = (
    ("县甲局、县乙局牵头", ["县乙局"], held("县甲局"), "县甲局牵头"),
    ("县甲局、县乙局牵头", ["县甲局"], held("县乙局"), "县乙局牵头"),
    ("县甲局牵头，县乙局配合", ["县乙局"], held("县甲局"), "县甲局牵头"),
    (
        "县甲局牵头，县乙局、县丙局配合",
        ["县丙局"],
        held("县甲局", "县乙局"),
        "县甲局牵头，县乙局配合",
    ),
    (
        "牵头单位：县甲局\n配合单位：县甲局、县乙局",
        ["县甲局"],
        held("县甲局", "县乙局"),
        "牵头单位：县甲局\n配合单位：县乙局",
    ),
    ("牵头单位：县甲局\n配合单位：县甲局", ["县甲局"], held("县甲局"), "牵头单位：县甲局"),
    (
        "第①项由县甲局牵头，第②项由县乙局牵头，县丙局配合",
        ["县丙局"],
        held("县甲局、县乙局"),
        "第①项由县甲局牵头，第②项由县乙局牵头",
    ),
    (
        "县甲局牵头，县甲局配合，县乙局配合",
        ["县甲局"],
        held("县甲局", "县乙局"),
        "县甲局牵头，县乙局配合",
    ),
)


@pytest.mark.parametrize(("cell", "names", "wanted", "left"), CASES)
def test_a_name_goes_with_the_words_that_are_about_it(cell, names, wanted, left):
    assert without(cell, names, wanted) == left
    assert says(left, wanted)


def test_a_cell_that_cannot_say_what_is_stored_is_left_to_the_clerk():
    assert without("甲、乙两家", ["县乙局"], held("县甲局")) is None
    assert without("县甲局牵头", [], held("县乙局")) is None
