"""Reviews put by and gone on with."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.plans import CORRECTED, PLAN, TITLE, decomposed
from tracker.base.errors import UserError
from tracker.domain import draft_edit as edits
from tracker.domain.deadline import Deadline
from tracker.domain.draft import (
    DecomposedDocument,
    DocumentHead,
    DocumentKind,
    Draft,
    Figure,
    Member,
    Passage,
    Quote,
    Roster,
)
from tracker.domain.review import Review, ReviewDraft
from tracker.domain.table import Item, Roles
from tracker.domain.terms import Recurrence
from tracker.ops.apply_drafts import apply_drafts
from tracker.ops.drafts import Standing, all_decided, propose_drafts, standing
from tracker.ops.history import undo_step
from tracker.ops.ledgers import list_ledgers
from tracker.ops.put_by import open_reviews
from tracker.ops.review_json import dumped, loaded
from tracker.ops.saved_reviews import discard_review, resume_review, save_review

WHO = "张三"


@pytest.fixture
def plan(office):
    return propose_drafts(office, decomposed())


@pytest.fixture
def review(plan):
    return edits.drop(edits.edit_number(edits.merge(plan.review, 3, 4), 1, "一"), [2])


def test_a_review_is_put_by_and_gone_on_with_to_the_letter(office, plan, review, now):
    saved = save_review(office, plan, review, who=WHO, now=now)
    (found,) = open_reviews(office)
    assert (found.title, found.ledger, found.saved_at) == (TITLE, TITLE, now)
    assert (found.drafts, found.waiting) == (2, 0)
    again, resumed = resume_review(office, saved.value)
    assert resumed == review
    assert again.decomposed.document == plan.decomposed.document
    assert again.decomposed.source.flow.text == PLAN
    assert list_ledgers(office) == ()


def test_what_is_resumed_is_stored_as_if_it_had_never_been_put_by(office, plan, review, now):
    review_id = save_review(office, plan, review, who=WHO, now=now).value
    again, resumed = resume_review(office, review_id)
    apply_drafts(office, again, resumed, who=WHO, now=now, saved_as=review_id)
    assert open_reviews(office) == ()
    same = propose_drafts(office, decomposed())
    assert {standing(same, each) for each in same.review.chosen()} == {Standing.SAME}
    undo_step(office, who=WHO, now=now)
    assert [each.id for each in open_reviews(office)] == [review_id]


def test_putting_by_again_writes_over_it_and_undo_goes_back(office, plan, review, now, later):
    review_id = save_review(office, plan, plan.review, who=WHO, now=now).value
    save_review(office, plan, review, who=WHO, now=later, review_id=review_id)
    assert resume_review(office, review_id)[1] == review
    undo_step(office, who=WHO, now=later)
    assert resume_review(office, review_id)[1] == plan.review


def test_several_reviews_are_listed_the_newest_first(office, plan, now, later):
    save_review(office, plan, plan.review, who=WHO, now=now)
    other = propose_drafts(office, decomposed(CORRECTED), ledger="另一个")
    save_review(office, other, other.review, who=WHO, now=later)
    assert [each.ledger for each in open_reviews(office)] == ["另一个", TITLE]


def test_a_review_thrown_away_is_gone(office, plan, now):
    review_id = save_review(office, plan, plan.review, who=WHO, now=now).value
    discard_review(office, review_id, who=WHO, now=now)
    assert open_reviews(office) == ()
    with pytest.raises(UserError, match="已经不在"):
        resume_review(office, review_id)
    with pytest.raises(UserError, match="已经不在"):
        discard_review(office, review_id, who=WHO, now=now)


def test_what_was_stored_in_the_meantime_is_not_stored_twice(office, plan, review, now, later):
    review_id = save_review(office, plan, plan.review, who=WHO, now=now).value
    apply_drafts(office, plan, all_decided(plan), who=WHO, now=later)
    again, resumed = resume_review(office, review_id)
    assert [each.task for each in resumed.drafts] == ["1-001", "1-002", "1-003", "1-004"]
    assert {standing(again, each) for each in resumed.drafts} == {Standing.SAME}


def test_a_task_that_went_in_the_meantime_is_asked_about(office, plan, now, later):
    apply_drafts(office, plan, all_decided(plan), who=WHO, now=now)
    again = propose_drafts(office, decomposed(CORRECTED))
    chosen = edits.is_task(all_decided(again), 4, "1-002")
    review_id = save_review(office, again, chosen, who=WHO, now=now).value
    with office.change("撤回", WHO, later) as work:
        work.task("1-002").withdrawn = "不再实施"
    _, resumed = resume_review(office, review_id)
    assert resumed.of(4).task is None
    assert not resumed.of(4).will_be_stored


WORDS = st.text(max_size=8)
TUPLES = st.lists(WORDS, max_size=2).map(tuple)
DEADLINES = st.none() | st.builds(
    Deadline,
    WORDS,
    st.none() | st.dates(date(1990, 1, 1)),
    st.none() | st.sampled_from(Recurrence),
    st.none() | st.integers(1, 31),
    st.booleans(),
)
ROLES = st.builds(Roles, TUPLES, TUPLES, TUPLES, TUPLES)
QUOTES = st.builds(Quote, st.integers(0, 99), st.integers(0, 99))
DRAFTS = st.builds(
    Draft,
    WORDS,
    TUPLES,
    WORDS,
    WORDS,
    QUOTES,
    ROLES,
    TUPLES,
    DEADLINES,
    st.lists(st.builds(Item, WORDS, WORDS, ROLES, TUPLES, DEADLINES, WORDS), max_size=2).map(tuple),
    st.lists(st.builds(Figure, WORDS, WORDS, WORDS), max_size=2).map(tuple),
    st.lists(st.tuples(WORDS, WORDS), max_size=2).map(tuple),
    st.lists(st.builds(Passage, WORDS, WORDS, QUOTES), max_size=2).map(tuple),
    TUPLES,
)
ROSTERS = st.builds(
    Roster, WORDS, st.lists(st.builds(Member, WORDS, WORDS, WORDS), max_size=2).map(tuple), QUOTES
)
DOCUMENTS = st.builds(
    DecomposedDocument,
    st.sampled_from(DocumentKind),
    st.builds(DocumentHead, WORDS, WORDS, WORDS, st.none() | st.dates(date(1990, 1, 1))),
    st.lists(DRAFTS, max_size=2).map(tuple),
    st.lists(ROSTERS, max_size=1).map(tuple),
    TUPLES,
)
SETS = st.frozensets(WORDS, max_size=2)
REVIEWS = st.builds(
    Review,
    st.lists(
        st.builds(
            ReviewDraft,
            st.integers(1, 9),
            DRAFTS,
            st.none() | WORDS,
            st.booleans(),
            st.booleans(),
            SETS,
            st.lists(st.integers(0, 9), max_size=2).map(tuple),
            SETS,
        ),
        max_size=2,
    ).map(tuple),
    st.lists(st.tuples(WORDS, WORDS), max_size=2).map(tuple),
    st.integers(1, 9),
)


@settings(deadline=None, max_examples=50)
@given(DOCUMENTS, REVIEWS, REVIEWS)
def test_whatever_a_review_holds_comes_back(document, proposed, review):
    tasks = {each.id: each.task for each in proposed.drafts}
    assert loaded(dumped(document, proposed, review)) == (document, tasks, review)
