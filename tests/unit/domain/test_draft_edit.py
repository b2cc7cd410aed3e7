"""The clerk's steps on drafts: nothing is lost, ids stay, undo is exact."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.base.errors import UserError
from tracker.domain import draft_edit as edits
from tracker.domain.deadline import Deadline
from tracker.domain.draft import Draft, Figure, Quote
from tracker.domain.review import Steps
from tracker.domain.table import Item, Roles
from tracker.domain.terms import Role

DOCUMENT = "1.修渠。清淤18公里，6月底前完成。再建水闸3座。（县水利局）\n2.植树。①造林；②抚育。"
WORDS = "修渠。清淤18公里，6月底前完成。再建水闸3座。"
CANAL = Draft(
    "1",
    ("一、工程",),
    "修渠",
    WORDS,
    Quote(0, DOCUMENT.index("\n")),
    roles=Roles(lead=("县水利局",)),
    deadline=Deadline("6月底前", date(2026, 6, 30)),
    figures=(Figure("", "18", "公里"), Figure("水闸", "3", "座")),
    doubts=("正文写有“再建水闸3座”，未据此作分派，请确认",),
)
TREES = Draft(
    "2",
    ("一、工程",),
    "植树",
    "植树。①造林；②抚育。",
    Quote(DOCUMENT.index("2.植树"), len(DOCUMENT)),
    items=(
        Item("①", "造林", Roles(responsible=("县林业局",)), ("李强",)),
        Item("②", "抚育", Roles(responsible=("县财政局",)), (), Deadline("年底前")),
    ),
)


@pytest.fixture
def review():
    return edits.begin_review([CANAL, TREES])


def letters(text):
    return sorted("".join(text.split()))


def words_of(review):
    return letters("".join(each.draft.text for each in review.drafts))


def test_a_draft_with_a_doubt_is_not_chosen_until_it_is_settled(review):
    assert [each.chosen for each in review.drafts] == [False, True]
    settled = edits.settle(review, 1)
    assert settled.of(1).chosen
    assert settled.of(1).doubts == ()


def test_two_drafts_become_one_with_both_words_and_all_units(review):
    merged = edits.merge(review, 1, 2)
    (one,) = merged.drafts
    assert one.draft.text == f"{CANAL.text}\n{TREES.text}"
    assert one.draft.number == "1"
    assert one.draft.all_roles() == Roles(("县水利局",), responsible=("县林业局", "县财政局"))
    assert one.draft.quote == Quote(0, len(DOCUMENT))
    assert one.origins == (0, 1)
    assert one.id == 1


def test_of_two_deadlines_the_later_stays(review):
    later = edits.edit_deadline(review, 2, Deadline("年底前", date(2026, 12, 31)))
    assert edits.merge(later, 1, 2).of(1).draft.deadline == Deadline("年底前", date(2026, 12, 31))


def test_two_stored_tasks_are_not_merged_here(review):
    both = edits.is_task(edits.is_task(review, 1, "1-001"), 2, "1-002")
    with pytest.raises(UserError, match="两条任务"):
        edits.merge(both, 1, 2)


def test_a_draft_is_cut_where_the_clerk_says(review):
    cut = edits.split_at(review, 1, WORDS.index("再建"), DOCUMENT)
    first, second, _ = (each.draft for each in cut.drafts)
    assert (first.text, second.text) == ("修渠。清淤18公里，6月底前完成。", "再建水闸3座。")
    assert (first.number, second.number) == ("1.1", "1.2")
    assert second.title == "再建水闸3座"
    assert first.roles == second.roles == CANAL.roles
    assert (first.deadline, second.deadline) == (CANAL.deadline, None)
    assert first.figures == CANAL.figures[:1]
    assert second.figures == CANAL.figures[1:]
    assert (first.doubts, second.doubts) == ((), CANAL.doubts)
    assert DOCUMENT[second.quote.start : second.quote.end] == "再建水闸3座。（县水利局）"
    assert DOCUMENT[first.quote.start : first.quote.end] == "1.修渠。清淤18公里，6月底前完成。"
    assert [each.id for each in cut.drafts] == [1, 3, 2]


def test_only_the_first_piece_stays_the_stored_task(review):
    stored = edits.is_task(review, 1, "1-001")
    assert [d.task for d in edits.split_at(stored, 1, 3).drafts] == ["1-001", "", ""]


@pytest.mark.parametrize("position", [0, len(WORDS), -99, 999])
def test_a_cut_that_leaves_nothing_is_refused(review, position):
    with pytest.raises(UserError, match="中间"):
        edits.split_at(review, 1, position)


def test_a_draft_falls_into_its_parts_with_their_units(review):
    first, second = (d.draft for d in edits.split_items(review, 2, DOCUMENT).drafts[1:])
    assert (first.text, second.text) == ("植树。①造林；", "②抚育。")
    assert first.roles == Roles(responsible=("县林业局",))
    assert second.roles == Roles(responsible=("县财政局",))
    assert first.persons == ("李强",)
    assert second.deadline == Deadline("年底前")
    assert first.items == second.items == ()


def test_a_draft_without_parts_does_not_fall(review):
    with pytest.raises(UserError, match="①②③"):
        edits.split_items(review, 1)


def test_units_of_parts_go_where_the_task_loses_them(review):
    changed = edits.edit_units(review, 2, Role.RESPONSIBLE, ["县财政局", "县水利局"]).of(2).draft
    assert changed.roles == Roles(responsible=("县水利局",))
    assert [item.roles.responsible for item in changed.items] == [(), ("县财政局",)]
    assert set(changed.all_roles().responsible) == {"县财政局", "县水利局"}


def test_what_is_dropped_can_be_restored(review):
    gone = edits.drop(review, [2])
    assert gone.chosen() == ()
    assert edits.restore(gone, [2]) == review


def test_a_draft_made_by_hand_stands_in_its_place(review):
    made, new = edits.add_draft(review, Draft("", (), "补", "补", Quote(5, 6)))
    assert [each.id for each in made.drafts] == [1, new, 2]
    assert made.of(new).origins == ()


def test_a_decision_on_a_name_settles_its_doubts_and_can_be_taken_back():
    asked = "“县区域管局”与“县城管局”是否同一单位，请确认"
    review = edits.begin_review([Draft("1", (), "甲", "甲", Quote(0, 1), doubts=(asked,))])
    said = edits.stands_for(review, "县区域管局", "县城管局")
    assert said.units == (("县区域管局", "县城管局"),)
    assert said.of(1).doubts == ()
    assert said.of(1).chosen
    assert edits.stands_for(said, "县区域管局", None) == review


def test_an_unknown_id_is_a_bug(review):
    with pytest.raises(KeyError):
        edits.drop(review, [9])


def test_undo_and_redo_walk_the_states(review):
    steps = Steps((review,))
    steps = steps.then(edits.drop(review, [1])).then(edits.drop(review, [1, 2]))
    assert steps.back().now == edits.drop(review, [1])
    assert steps.back().back().back().now == review
    assert steps.back().forward().now == steps.now
    other = steps.back().then(review)
    assert len(other.states) == 3
    assert other.forward() == other
    assert steps.then(steps.now) is steps


def one_edit(review, kind, first, second, place):
    ids = [each.id for each in review.drafts]
    one, other = ids[first % len(ids)], ids[second % len(ids)]
    text = review.of(one).draft.text
    return {
        "merge": lambda: edits.merge(review, one, other),
        "split": lambda: edits.split_at(review, one, place % (len(text) + 1), DOCUMENT),
        "items": lambda: edits.split_items(review, one, DOCUMENT),
        "drop": lambda: edits.drop(review, [one]),
        "restore": lambda: edits.restore(review, [one, other]),
        "number": lambda: edits.edit_number(review, one, str(place)),
        "units": lambda: edits.edit_units(review, one, Role.LEAD, [f"第{place}局"]),
        "settle": lambda: edits.settle(review, one),
    }[kind]()


KINDS = ["merge", "split", "items", "drop", "restore", "number", "units", "settle"]
EDIT = st.tuples(st.sampled_from(KINDS), st.integers(0, 9), st.integers(0, 9), st.integers(0, 60))


@settings(max_examples=150)
@given(st.lists(EDIT, max_size=12))
def test_no_edit_loses_a_letter_of_any_draft(operations):
    review = edits.begin_review([CANAL, TREES])
    before = words_of(review)
    for operation in operations:
        try:
            review = one_edit(review, *operation)
        except UserError:
            continue
        assert words_of(review) == before
        ids = [each.id for each in review.drafts]
        assert len(set(ids)) == len(ids)
        assert max(ids) < review.next_id
        named = {name for each in review.drafts for name in each.draft.all_roles().names()}
        assert "县财政局" in named
        for each in review.drafts:
            assert 0 <= each.draft.quote.start < each.draft.quote.end <= len(DOCUMENT)
