"""A document on the desk: its drafts as the clerk has them now, and the way back.

Every change of the review goes through here and becomes a step of its own undo; nothing is
written to the ledger.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tracker.base.errors import UserError
from tracker.domain.review import Review, Steps
from tracker.ops.drafts import DraftPlan, Standing
from tracker.ui.decompose.doubts import dispute_of, doubts_of, quoted
from tracker.ui.decompose.facts import Facts, facts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tracker.domain.review import ReviewDraft
    from tracker.ops.draft_units import UnitQuestion
    from tracker.ops.drafts import DraftChange
    from tracker.ui.kit import Kit

_WHICH_TASK = "请先选这一项是台账里的哪一项"
_WHICH_UNIT = "请先选那个名称是不是已有的单位"


class Desk(QObject):
    """What is under review.

    Attributes:
        plan: the document, compared with what is stored; None for nothing.

    Signals:
        stepped: the review is another now.
    """

    stepped = Signal()

    def __init__(self, kit: Kit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.plan: DraftPlan | None = None
        self._steps = Steps((Review(),))
        self._saved = Review()
        self._by_id: tuple[Review, dict[int, ReviewDraft]] = (Review(), {})
        self._known: dict[int, Facts] = {}
        self._questions: dict[str, UnitQuestion] = {}

    def begin(
        self,
        plan: DraftPlan | None,
        review: Review | None = None,
        known: Mapping[int, Facts] | None = None,
    ) -> None:
        """Put another document on the desk, or none; who shows the desk shows it afterwards.

        Args:
            plan: the document.
            review: how far its review is; without it it has just begun.
            known: what is known of its drafts, where it was worked out before.
        """
        self.plan = plan
        first = Review() if plan is None else plan.review
        self._saved = first if review is None else review
        self._steps = Steps((self._saved,))
        self._known = dict(known or {})
        self._questions = {q.printed: q for q in plan.units.questions} if plan else {}

    # What there is

    @property
    def now(self) -> Review:
        """The review as it is."""
        return self._steps.now

    @property
    def text(self) -> str:
        """The document's text."""
        return self.plan.decomposed.source.flow.text if self.plan is not None else ""

    @property
    def is_touched(self) -> bool:
        """Whether giving up would lose anything."""
        return self.now != self._saved

    def keep(self) -> None:
        """Note that the review was put by as it is."""
        self._saved = self.now

    def of(self, draft_id: int) -> ReviewDraft | None:
        """Return a draft; None where there is none of that id."""
        if self._by_id[0] is not self.now:
            self._by_id = (self.now, {each.id: each for each in self.now.drafts})
        return self._by_id[1].get(draft_id)

    def at(self, place: int) -> ReviewDraft | None:
        """Return the draft whose passage holds a character of the text, the closest one."""
        holding = [d for d in self.now.drafts if d.draft.quote.start <= place < d.draft.quote.end]
        return min(
            holding,
            key=lambda d: (d.dropped, d.draft.quote.end - d.draft.quote.start),
            default=None,
        )

    def facts(self, each: ReviewDraft) -> Facts:
        """Return what is known of a draft."""
        known = self._known.get(each.id)
        if known is not None and known.of is each:
            return known
        if self.plan is None:
            return Facts(each, Standing.NEW, (), waits=False, has_units=False)
        known = self._known[each.id] = facts_of(self.plan, each)
        return known

    def standing(self, each: ReviewDraft) -> Standing:
        """Return how a draft stands to what is stored."""
        return self.facts(each).standing

    def changes(self, each: ReviewDraft) -> tuple[DraftChange, ...]:
        """Return what a draft would change in its stored task."""
        return self.facts(each).changes

    def waits(self, each: ReviewDraft) -> bool:
        """Tell whether the clerk still has to look at a draft."""
        return self.facts(each).waits

    def meanings(self, each: ReviewDraft) -> dict[str, str]:
        """Return what a draft's printed names stand for."""
        if self.plan is None:
            return {}
        return self.plan.units.meanings(each.draft, self.now)

    def question_of(self, each: ReviewDraft, doubt: str) -> UnitQuestion | None:
        """Return what a doubt asks about a name; None where it is about something else."""
        names = quoted(doubt)
        whole = dict(each.draft.full_names)
        found = self._questions.get(whole.get(names[0], names[0])) if len(names) == 2 else None
        return found if found is not None and names[1] in found.units else None

    def unit_questions(self, each: ReviewDraft) -> list[UnitQuestion]:
        """Return the names of a draft of which it is not decided which unit they are."""
        found = (self.question_of(each, doubt) for doubt in doubts_of(each))
        return [question for question in found if question is not None]

    def _disputes(self, each: ReviewDraft) -> set[str]:
        return {dispute_of(c) for c in self.changes(each) if c.disputed}

    def counts(self) -> tuple[int, int]:
        """Return how many drafts would be written, and how many doubtful ones are not chosen.

        What agrees with what is stored is not written.
        """
        written = waiting = 0
        for each in self.now.drafts:
            facts = self.facts(each)
            if not each.will_be_stored:
                waiting += facts.waits
            elif facts.standing is not Standing.SAME:
                written += 1
        return written, waiting

    # Steps

    def do(self, step: Callable[[Review], Review]) -> bool:
        """Take a step; say what is wrong where it cannot be taken."""
        try:
            after = step(self.now)
        except UserError as error:
            self._kit.messages.problem(error)
            return False
        before = self._steps
        self._steps = self._steps.then(after)
        if self._steps is not before:
            self.stepped.emit()
        return True

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self._steps.at > 0

    def undo(self) -> None:
        """Take the last step back."""
        self._go(self._steps.back())

    def redo(self) -> None:
        """Take the step again that was taken back."""
        self._go(self._steps.forward())

    def _go(self, steps: Steps) -> None:
        if steps.at != self._steps.at:
            self._steps = steps
            self.stepped.emit()

    def accept(self, ids: Iterable[int]) -> bool:
        """Take drafts as they are: chosen, all their doubts looked at.

        A draft of which a question is open cannot be taken; what to do is told.

        Returns:
            Whether all of them were taken.
        """
        drafts = [each for i in dict.fromkeys(ids) if (each := self.of(i)) and not each.dropped]
        asked = [each for each in drafts if each.task is None or self.unit_questions(each)]
        if asked:
            words = _WHICH_TASK if asked[0].task is None else _WHICH_UNIT
            count = f"有 {len(asked)} 项没有勾选：" if len(drafts) > 1 else ""
            self._kit.messages.tell(f"{count}{words}（按 1、2……）")
        wanted = {each.id for each in drafts} - {each.id for each in asked}

        def taken(each: ReviewDraft) -> ReviewDraft:
            if each.id not in wanted:
                return each
            seen = frozenset(doubts_of(each)) | self._disputes(each)
            return replace(each, chosen=True, settled=each.settled | seen)

        self.do(lambda now: replace(now, drafts=tuple(taken(each) for each in now.drafts)))
        return not asked
