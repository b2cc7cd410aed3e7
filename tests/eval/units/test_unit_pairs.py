"""Names of one unit are found, and no two units are taken for one, on many labelled pairs."""

from __future__ import annotations

import tomllib
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from tracker.base.resources import load
from tracker.domain.unit import UnitRow
from tracker.domain.unit_forms import read_unit_forms
from tracker.domain.unit_likeness import UnitLikeness

LABELS = ("same", "likely", "different")
GROUPS = tomllib.loads((Path(__file__).parent / "pairs.toml").read_text(encoding="utf-8"))["group"]
FORMS = read_unit_forms(load("unit_words.toml"), load("offices.toml"))

RECALL = {
    "held": {"same": 1.0, "shown": 0.99},
    "dev": {"same": 1.0, "shown": 1.0},
    "later": {"same": 1.0, "shown": 0.96},
}
"""Least share found: of the sure pairs as sure, of all true pairs as worth showing."""


def likeness_of(group):
    return UnitLikeness(FORMS, home=group["home"], known=group.get("known", ()))


def judged(part):
    """Yield label, what is said, and the pair, for every labelled pair of a part."""
    for group in GROUPS:
        if group["set"] == part:
            likeness = likeness_of(group)
            for label in LABELS:
                for a, b in group.get(label, ()):
                    yield label, likeness.compare(a, b).likeness.value, (a, b)


def test_enough_pairs_are_labelled_and_none_twice():
    counts = Counter(
        group["set"] for group in GROUPS for label in LABELS for _ in group.get(label, ())
    )
    assert counts["held"] >= 200
    assert counts["dev"] >= 300
    for group in GROUPS:
        pairs = [frozenset(pair) for label in LABELS for pair in group.get(label, ())]
        assert [pair for pair, times in Counter(pairs).items() if times > 1] == []


@pytest.mark.parametrize("part", RECALL)
def test_what_is_called_the_same_is_the_same(part):
    assert [pair for label, said, pair in judged(part) if said == "same" and label != "same"] == []


@pytest.mark.parametrize("part", RECALL)
def test_what_is_shown_may_be_the_same(part):
    shown = [(label, pair) for label, said, pair in judged(part) if said == "likely"]
    wrong = [pair for label, pair in shown if label == "different"]
    assert len(wrong) <= 0.05 * len(shown), wrong


@pytest.mark.parametrize("part", RECALL)
def test_few_true_pairs_are_missed(part):
    results = list(judged(part))
    sure = [(said, pair) for label, said, pair in results if label == "same"]
    true = [(said, pair) for label, said, pair in results if label != "different"]
    unsure = [pair for said, pair in sure if said != "same"]
    missed = [pair for said, pair in true if said == "different"]
    assert 1 - len(unsure) / len(sure) >= RECALL[part]["same"], unsure
    assert 1 - len(missed) / len(true) >= RECALL[part]["shown"], missed


def test_the_order_of_two_names_does_not_matter():
    for group in GROUPS:
        likeness = likeness_of(group)
        for label in LABELS:
            for a, b in group.get(label, ()):
                assert likeness.compare(a, b) == likeness.compare(b, a), (a, b)


@pytest.mark.parametrize(("part", "home"), [("held", ""), ("dev", "云岭县"), ("later", "临江区")])
def test_the_list_shows_every_pair_that_comparing_one_by_one_shows(part, home):
    names = dict.fromkeys(
        name
        for group in GROUPS
        if group["set"] == part
        for label in LABELS
        for pair in group.get(label, ())
        for name in pair
    )
    units = [UnitRow(at, name, position=at) for at, name in enumerate([*names][:250])]
    likeness = UnitLikeness(FORMS, home=home, known=names)
    found = {(pair.first.name, pair.second.name) for pair in likeness.near_duplicates(units)}
    assert found == {
        (a.name, b.name)
        for a, b in combinations(units, 2)
        if likeness.compare_units(a, b).is_worth_showing
    }


def test_every_shown_pair_says_why_in_chinese():
    for part in RECALL:
        for group in GROUPS:
            likeness = likeness_of(group)
            for label in LABELS if group["set"] == part else ():
                for a, b in group.get(label, ()):
                    reason = likeness.compare(a, b).reason
                    assert reason
                    assert not any("a" <= sign.lower() <= "z" for sign in reason), reason
