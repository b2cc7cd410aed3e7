"""A name after a reform stands in the form the old one stood in."""

from __future__ import annotations

import pytest

from tracker.domain.unit import UnitRow
from tracker.domain.unit_printing import rewritten, successor_name

OLD = UnitRow(1, "县文化和旅游局", "县文旅局")
PLAIN = UnitRow(1, "县商务局")


@pytest.mark.parametrize(
    ("printed", "old", "new", "wanted"),
    [
        ("县文化和旅游局", OLD, UnitRow(2, "县文体旅局", "县文旅体局"), "县文体旅局"),
        ("文化和旅游局", OLD, UnitRow(2, "县文体旅局"), "文体旅局"),
        ("县文旅局", OLD, UnitRow(2, "县文化体育和旅游局", "县文体旅局"), "县文体旅局"),
        ("文旅局", OLD, UnitRow(2, "县文化体育和旅游局", "文体旅局"), "文体旅局"),
        ("县文旅局", OLD, UnitRow(2, "县文化体育和旅游局", "文体旅局"), "县文体旅局"),
        ("县商务局", PLAIN, UnitRow(2, "县甲局"), "县甲局"),
        ("县商务局", PLAIN, UnitRow(2, "云岭投资公司"), "云岭投资公司"),
        ("商务局", PLAIN, UnitRow(2, "县委社工部"), "县委社工部"),
        ("商务局", PLAIN, UnitRow(2, "云岭投资公司"), "云岭投资公司"),
    ],
)
def test_full_short_and_elided_forms_are_kept(printed, old, new, wanted):
    assert successor_name(printed, old, new) == wanted


@pytest.mark.parametrize(
    ("text", "names", "standing", "wanted"),
    [
        ("由甲局牵头，县甲局配合", {"甲局": ["乙局"]}, ["县甲局"], "由乙局牵头，县甲局配合"),
        ("甲局、丙局牵头", {"甲局": ["乙局"], "丙局": ["乙局"]}, [], "乙局牵头"),
        ("甲局、丁局", {"甲局": []}, ["丁局"], "丁局"),
        ("丁局、甲局", {"甲局": []}, ["丁局"], "丁局"),
        ("甲局", {"甲局": ["乙局", "丙局"]}, [], "乙局、丙局"),
    ],
)
def test_only_the_names_in_a_cell_change(text, names, standing, wanted):
    assert rewritten(text, names, standing) == wanted
