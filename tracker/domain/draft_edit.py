"""What the clerk does to drafts in review: each step gives the next `Review`.

Nothing here stores or reads files. Ids stay the same through all steps, so that `review.Steps` can
go back and forward. No step loses a character of a draft's text: what is dropped stays in the
review and can be restored.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.draft import Quote
from tracker.domain.draft_pieces import later_of, pieces_of, title_of, united
from tracker.domain.proposal import NEW_TASK
from tracker.domain.review import Review, ReviewDraft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tracker.domain.deadline import Deadline
    from tracker.domain.draft import Draft
    from tracker.domain.table import Item, Roles
    from tracker.domain.terms import Role


def begin_review(drafts: Sequence[Draft]) -> Review:
    """Return the review of drafts as read: those without a doubt are chosen."""
    listed = tuple(
        ReviewDraft(index + 1, draft, chosen=not draft.doubts, origins=(index,))
        for index, draft in enumerate(drafts)
    )
    return Review(listed, next_id=len(listed) + 1)


def choose(review: Review, ids: Iterable[int], *, chosen: bool = True) -> Review:
    """Tick drafts, or untick them."""
    return _each(review, ids, lambda each: replace(each, chosen=chosen))


def drop(review: Review, ids: Iterable[int]) -> Review:
    """Put drafts aside; `restore` brings them back."""
    return _each(review, ids, lambda each: replace(each, dropped=True))


def restore(review: Review, ids: Iterable[int]) -> Review:
    """Bring dropped drafts back."""
    return _each(review, ids, lambda each: replace(each, dropped=False))


def settle(review: Review, draft_id: int) -> Review:
    """Note that the clerk looked at all doubts of a draft and takes it."""
    return _each(
        review,
        [draft_id],
        lambda each: replace(each, chosen=True, settled=frozenset(each.draft.doubts)),
    )


def is_task(review: Review, draft_id: int, code: str | None) -> Review:
    """Say which stored task a draft is: a code, `NEW_TASK`, or None for still open."""
    return _each(review, [draft_id], lambda each: replace(each, task=code))


def keep_field(review: Review, draft_id: int, field: str, *, kept: bool = True) -> Review:
    """Say whether the stored task keeps its own `field` (as in `DraftChange.field`)."""
    fields = {field}
    return _each(
        review,
        [draft_id],
        lambda each: replace(each, kept=each.kept | fields if kept else each.kept - fields),
    )


def stands_for(review: Review, name: str, unit: str | None) -> Review:
    """Say which unit a name stands for; itself: its own unit; None: not decided.

    The doubts about the name are settled with it.

    Args:
        review: the state before.
        name: as printed, or with the prefix that the print leaves out.
        unit: the unit's name.
    """
    others = tuple(pair for pair in review.units if pair[0] != name)
    units = others if unit is None else (*others, (name, unit))
    drafts = tuple(_asked_about(each, name, decided=unit is not None) for each in review.drafts)
    return replace(review, units=units, drafts=drafts)


def _asked_about(each: ReviewDraft, name: str, *, decided: bool) -> ReviewDraft:
    """Settle the doubts that ask about a name, or open them again."""
    called = {name, *(printed for printed, full in each.draft.full_names if full == name)}
    starts = tuple(f"“{one}”与“" for one in called)
    asked = {doubt for doubt in each.draft.doubts if doubt.startswith(starts)}
    if not asked:
        return each
    settled = each.settled | asked if decided else each.settled - asked
    return replace(each, settled=settled, chosen=settled >= set(each.draft.doubts))


def put(review: Review, draft_id: int, draft: Draft) -> Review:
    """Put an edited draft in the place of the one it was."""
    return _each(review, [draft_id], lambda each: replace(each, draft=draft))


def edit_number(review: Review, draft_id: int, number: str) -> Review:
    """Change the number."""
    return put(review, draft_id, replace(review.of(draft_id).draft, number=number.strip()))


def edit_path(review: Review, draft_id: int, path: Sequence[str]) -> Review:
    """Change the headings above."""
    kept = tuple(part.strip() for part in path if part.strip())
    return put(review, draft_id, replace(review.of(draft_id).draft, path=kept))


def edit_units(review: Review, draft_id: int, role: Role, names: Sequence[str]) -> Review:
    """Give a role to units; parts lose units that the task no longer has in this role.

    Where the units stand with the parts, a name that no part has is added to the task itself.
    """
    draft = review.of(draft_id).draft
    wanted = tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
    items = tuple(
        replace(
            item,
            roles=_with_role(item.roles, role, [n for n in item.roles.of(role) if n in wanted]),
        )
        for item in draft.items
    )
    in_items = {name for item in items for name in item.roles.of(role)}
    own = [name for name in wanted if name not in in_items or name in draft.roles.of(role)]
    roles = _with_role(draft.roles, role, own)
    return put(review, draft_id, replace(draft, roles=roles, items=items))


def edit_persons(review: Review, draft_id: int, persons: Sequence[str]) -> Review:
    """Change the persons."""
    kept = tuple(dict.fromkeys(name.strip() for name in persons if name.strip()))
    return put(review, draft_id, replace(review.of(draft_id).draft, persons=kept))


def edit_deadline(review: Review, draft_id: int, deadline: Deadline | None) -> Review:
    """Change the deadline; `ops.drafts.read_deadline` reads it from words."""
    return put(review, draft_id, replace(review.of(draft_id).draft, deadline=deadline))


def edit_text(review: Review, draft_id: int, text: str, items: Sequence[Item]) -> Review:
    """Change the words; `items` are the parts read from them (`ops.drafts.edit_text` reads them).

    Raises:
        UserError: no words are left.
    """
    if not text.strip():
        raise UserError("任务内容不能为空", "", "不要这一项时请用“删除”")
    draft = review.of(draft_id).draft
    changed = replace(draft, text=text, title=title_of(text), items=tuple(items))
    return put(review, draft_id, changed)


def merge(review: Review, first_id: int, second_id: int) -> Review:
    """Make one draft of two: words one below the other, units united; the first id stays.

    Raises:
        UserError: both are the same, or are two different stored tasks.
    """
    if first_id == second_id:
        raise UserError("合并需要选中两项")
    first, second = review.of(first_id), review.of(second_id)
    one, other = first.draft, second.draft
    together = replace(
        one,
        number=one.number or other.number,
        text=f"{one.text}\n{other.text}",
        quote=Quote(min(one.quote.start, other.quote.start), max(one.quote.end, other.quote.end)),
        roles=one.roles.joined(other.roles),
        persons=united(one.persons, other.persons),
        deadline=later_of(one.deadline, other.deadline),
        items=one.items + other.items,
        figures=united(one.figures, other.figures),
        full_names=united(one.full_names, other.full_names),
        passages=united(one.passages, other.passages),
        doubts=united(one.doubts, other.doubts),
    )
    merged = replace(
        first,
        draft=together,
        task=_one_task(first.task, second.task),
        chosen=first.chosen and second.chosen,
        dropped=False,
        origins=united(first.origins, second.origins),
        settled=first.settled | second.settled,
    )
    kept = tuple(each for each in review.drafts if each.id != second_id)
    return replace(review, drafts=tuple(merged if d.id == first_id else d for d in kept))


def _one_task(first: str | None, second: str | None) -> str | None:
    """Return which stored task the merged draft is: the one that either is."""
    known = {code for code in (first, second) if code}
    if len(known) > 1:
        raise UserError(
            "这两项在台账里是两条任务，不能合并成一项",
            "",
            "请先写入，再在台账里用“并入”",
        )
    return next(iter(known), None if None in (first, second) else NEW_TASK)


def split_at(review: Review, draft_id: int, position: int, document: str = "") -> Review:
    """Make two drafts of one, cut before the character `position` of its text.

    Both keep units, persons and the stored task's place; the first keeps the id and what is
    stored. A deadline or quantity stays with the words that state it; one from the note with both.

    Args:
        review: the state before.
        draft_id: the draft to cut.
        position: where its text is cut.
        document: the text that `quote` counts in; without it both keep the whole passage.

    Raises:
        UserError: one side would have no words.
    """
    text = review.of(draft_id).draft.text
    if not (text[:position].strip() and text[position:].strip()):
        raise UserError("拆分的位置应在文字中间", "", "请把光标放到要拆开的地方")
    return _cut(review, draft_id, [position], document, {})


def split_items(review: Review, draft_id: int, document: str = "") -> Review:
    """Make a draft of each part ①②③; words before the first mark stay with the first.

    Raises:
        UserError: the draft has no parts, or they do not stand in its text.
    """
    draft = review.of(draft_id).draft
    places: list[int] = []
    for item in draft.items:
        found = draft.text.find(item.mark, places[-1] + 1 if places else 0)
        if found < 0:
            break
        places.append(found)
    if len(places) < 2 or len(places) < len(draft.items):
        raise UserError("这一项没有可以拆开的①②③分项", "", "请把光标放到要拆开的地方再拆分")
    owned = dict(enumerate(draft.items))
    return _cut(review, draft_id, places[1:], document, owned)


def _cut(
    review: Review,
    draft_id: int,
    cuts: Sequence[int],
    document: str,
    owned: dict[int, Item],
) -> Review:
    whole = review.of(draft_id)
    pieces = pieces_of(whole.draft, cuts, document, owned)
    made = [replace(whole, draft=pieces[0])]
    for offset, piece in enumerate(pieces[1:]):
        task = whole.task if whole.task is None else NEW_TASK
        made.append(replace(whole, id=review.next_id + offset, draft=piece, task=task))
    drafts = [d for each in review.drafts for d in (made if each.id == draft_id else [each])]
    return replace(review, drafts=tuple(drafts), next_id=review.next_id + len(pieces) - 1)


def add_draft(review: Review, draft: Draft) -> tuple[Review, int]:
    """Add a draft made by hand in its place in the document; return its id as well."""
    new = ReviewDraft(review.next_id, draft)
    at = next(
        (i for i, d in enumerate(review.drafts) if d.draft.quote.start > draft.quote.start),
        len(review.drafts),
    )
    drafts = (*review.drafts[:at], new, *review.drafts[at:])
    return replace(review, drafts=drafts, next_id=new.id + 1), new.id


def _each(
    review: Review, ids: Iterable[int], change: Callable[[ReviewDraft], ReviewDraft]
) -> Review:
    wanted = set(ids)
    unknown = wanted - {each.id for each in review.drafts}
    if unknown:
        raise KeyError(min(unknown))
    drafts = tuple(change(each) if each.id in wanted else each for each in review.drafts)
    return replace(review, drafts=drafts)


def _with_role(roles: Roles, role: Role, names: Sequence[str]) -> Roles:
    return replace(roles, **{role.value: tuple(names)})
