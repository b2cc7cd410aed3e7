"""What the clerk does to the drafts: each command becomes a step of the review."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.draft_edit import (
    add_draft,
    choose,
    drop,
    is_task,
    keep_field,
    merge,
    restore,
    split_at,
    split_items,
    stands_for,
)
from tracker.ops.draft_words import draft_from_text
from tracker.ui.decompose.doubts import dispute_of
from tracker.ui.decompose.keys import Command
from tracker.ui.decompose.model import Sieve

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.domain.draft import Draft
    from tracker.domain.review import Review, ReviewDraft
    from tracker.ui.decompose.review_page import ReviewPage
    from tracker.ui.kit import Kit


class Handling:
    """Carries out the commands on the drafts of a review page."""

    def __init__(self, kit: Kit, page: ReviewPage) -> None:
        self._kit = kit
        self._page = page
        self._commands: dict[Command, Callable[[], None]] = {
            Command.NEXT: self.next,
            Command.ACCEPT: self.accept,
            Command.MERGE: self.merge,
            Command.SPLIT: self.split,
            Command.DROP: self.drop_or_restore,
            Command.TAKE: self.take,
            Command.UNDO: page.desk.undo,
            Command.REDO: page.desk.redo,
        }

    def do(self, command: Command) -> None:
        """Carry a command out, after what was typed is taken over."""
        if self._page.panel.editor.take_over():
            self._commands[command]()

    def _chosen(self) -> list[ReviewDraft]:
        drafts = (self._page.model.draft(row) for row in self._page.table.rows())
        return [each for each in drafts if each is not None]

    # Doubts

    def next(self) -> None:
        """Take the next doubtful draft in hand, wherever it is listed."""
        page = self._page
        if page.table.go_to_next_waiting():
            return
        waiting = [each for each in page.desk.now.drafts if page.desk.waits(each)]
        if waiting:
            page.go_to(waiting[0].id)
        else:
            self._kit.messages.tell("没有存疑的任务了")

    def accept(self) -> None:
        """Take the selected drafts as they are, and go on to the next doubtful one."""
        page, chosen = self._page, self._chosen()
        taken = page.desk.accept(each.id for each in chosen)
        if taken and any(page.desk.waits(each) for each in page.desk.now.drafts):
            self.next()

    def answer(self, code: str) -> None:
        """Say which stored task the draft in hand is."""
        each = self._page.current()
        if each is None:
            return
        taken = [d for d in self._page.desk.now.drafts if code and d.task == code and d is not each]
        if taken:
            why = f"第{taken[0].draft.number}项“{taken[0].draft.title}”已经对到这项任务"
            do = "请先把那一项改选，再选这一项"
            self._kit.messages.problem(UserError("两项不能对到同一项任务", why, do))
            return

        def step(now: Review) -> Review:
            decided = is_task(now, each.id, code)
            return choose(decided, [each.id]) if not each.doubts else decided

        self._page.desk.do(step)

    def name(self, printed: str, unit: str) -> None:
        """Say which unit a printed name stands for."""
        self._page.desk.do(lambda now: stands_for(now, printed, unit))

    def keep_field(self, field: str, kept: bool) -> None:
        """Say whether the stored task keeps its own field; a dispute is settled by it."""
        desk, each = self._page.desk, self._page.current()
        if each is None:
            return
        seen = {dispute_of(c) for c in desk.changes(each) if c.field == field and c.disputed}

        def step(now: Review) -> Review:
            return settled_also(keep_field(now, each.id, field, kept=kept), each.id, seen)

        desk.do(step)

    # Ticks

    def tick_all(self) -> None:
        """Tick what is listed; among doubtful drafts all, elsewhere those without a doubt."""
        desk, page = self._page.desk, self._page
        listed = [each for each in page.model.drafts() if not each.dropped]
        if page.model.sieve is Sieve.WAITING:
            sure = [d for d in listed if d.task is not None and not desk.unit_questions(d)]
        else:
            sure = [each for each in listed if not desk.waits(each) or each.chosen]
        if sure and all(each.chosen and not desk.waits(each) for each in sure):
            desk.do(lambda now: choose(now, [each.id for each in sure], chosen=False))
            self._kit.messages.tell(f"已取消勾选 {len(sure)} 项")
            return
        desk.accept(each.id for each in sure)
        left = len(listed) - len(sure)
        rest = f"；{left} 项存疑，请逐项看过再勾选" if left else ""
        self._kit.messages.tell(f"已勾选 {len(sure)} 项{rest}")

    def drop_or_restore(self) -> None:
        """Put the selected drafts aside, or bring them back."""
        chosen = self._chosen()
        ids = [each.id for each in chosen]
        if not ids:
            return
        if all(each.dropped for each in chosen):
            self._page.desk.do(lambda now: restore(now, ids))
            self._kit.messages.tell(f"已恢复 {len(ids)} 项")
        else:
            self._page.desk.do(lambda now: drop(now, ids))
            self._kit.messages.tell(f"已删 {len(ids)} 项，在“已删”里可以恢复", "撤回", self._undo)

    def _undo(self) -> None:
        self._page.desk.undo()

    # Merging, splitting, taking

    def merge(self) -> None:
        """Make one draft of the selected ones."""
        chosen = self._chosen()
        if len(chosen) < 2:
            why = "现在只选中了一项" if chosen else ""
            do = "请按住 Ctrl 或 Shift 再选一项"
            self._kit.messages.problem(UserError("合并需要选中两项以上", why, do))
            return
        first, *others = sorted(chosen, key=lambda each: each.draft.quote.start)

        def step(now: Review) -> Review:
            for other in others:
                now = merge(now, first.id, other.id)
            return now

        if self._page.desk.do(step):
            self._page.go_to(first.id)

    def split(self) -> None:
        """Split the draft in hand: where the cursor stands, else into its parts ①②③."""
        page, each = self._page, self._page.current()
        if each is None:
            return
        at = page.panel.editor.typed_before()
        if at is None and page.text.view.hasFocus():
            at = place_in(each.draft, page.desk.text, page.text.view.place())
        text = page.desk.text
        if at is not None and 0 < at < len(each.draft.text):
            page.desk.do(lambda now: split_at(now, each.id, at, text))
        elif len(each.draft.items) > 1:
            page.desk.do(lambda now: split_items(now, each.id, text))
        else:
            page.panel.edit()
            self._kit.messages.tell("请把光标放到要拆开的地方，再按 Ctrl+K")

    def take(self) -> None:
        """Make a draft of the words selected on the left."""
        page = self._page
        plan, span = page.desk.plan, page.text.view.chosen_span()
        if plan is None:
            return
        if span is None:
            do = "请在左侧按住鼠标选中任务的原文，再按 Ctrl+T"
            self._kit.messages.problem(UserError("还没有选中文字", "", do))
            return
        made: list[int] = []

        def step(now: Review) -> Review:
            after, draft_id = add_draft(now, draft_from_text(plan.decomposed, *span))
            made.append(draft_id)
            return after

        if page.desk.do(step):
            page.go_to(made[-1])


def settled_also(review: Review, draft_id: int, seen: set[str]) -> Review:
    """Return the review with more doubts of a draft looked at."""
    if not seen:
        return review
    return replace(
        review,
        drafts=tuple(
            replace(each, settled=each.settled | seen) if each.id == draft_id else each
            for each in review.drafts
        ),
    )


def place_in(draft: Draft, document: str, place: int) -> int | None:
    """Return where in a draft's text a character of the document stands; None where it does not.

    Args:
        draft: the draft.
        document: the document's text.
        place: a place in it.
    """
    beside = {
        at
        for passage in draft.passages
        if passage.field in ("note", "number")
        for at in range(passage.quote.start, passage.quote.end)
    }
    said = [
        at
        for passage in draft.passages
        if passage.field == "text"
        for at in range(passage.quote.start, passage.quote.end)
        if at not in beside and not document[at].isspace()
    ]
    letters = [at for at, sign in enumerate(draft.text) if not sign.isspace()]
    if [document[at] for at in said] != [draft.text[at] for at in letters]:
        return None  # it was written anew
    return next((at for here, at in zip(said, letters, strict=True) if here >= place), None)
