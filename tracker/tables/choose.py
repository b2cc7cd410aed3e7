"""What is left of a proposal once the clerk has decided."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.proposal import (
    NEW_TASK,
    CellChange,
    Match,
    cell_key,
    decision_key,
    held_row,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.domain.proposal import (
        Candidate,
        Conflict,
        Creation,
        Decisions,
        Proposal,
        Question,
    )


def choose_from(proposal: Proposal, decisions: Decisions) -> Proposal:
    """Return the part of a proposal that the clerk wants.

    Disputed cells and doubtful rows about which nothing was decided stay in `conflict`; those
    that were decided are gone from it: written as an update or a creation, or left as stored.

    Raises:
        UserError: two rows were said to be the same task.
    """
    chosen = _Chosen(proposal, decisions)
    for conflict in proposal.conflict:
        chosen.decide(conflict)
    return replace(
        proposal,
        create=tuple(c for c in chosen.create if c.row.origin not in decisions.not_created),
        update=tuple(c for c in chosen.update if cell_key(c) not in decisions.refused),
        conflict=tuple(chosen.conflict),
        matches=tuple(chosen.matches.values()),
    )


class _Chosen:
    """Gathers what is left, one conflict after the other."""

    def __init__(self, proposal: Proposal, decisions: Decisions) -> None:
        self.create: list[Creation] = list(proposal.create)
        self.update: list[CellChange] = list(proposal.update)
        self.conflict: list[Conflict] = []
        self.matches = {match.row.origin: match for match in proposal.matches}
        self._decisions = decisions
        asked = {c.question.row.origin for c in proposal.conflict if c.question is not None}
        self._held = {
            m.task: m.row.origin.row for m in proposal.matches if m.row.origin not in asked
        }

    def decide(self, conflict: Conflict) -> None:
        """Take over what the clerk said about one conflict."""
        if conflict.question is not None:
            self._answer(conflict, conflict.question)
        else:
            self._settle((conflict,))

    def _settle(self, disputed: Iterable[Conflict]) -> None:
        for conflict in disputed:
            taken = self._decisions.settled.get(decision_key(conflict))
            if taken is None or (conflict.change is None and taken > len(conflict.ways)):
                self.conflict.append(conflict)
            elif taken and conflict.change is not None:
                self.update.append(conflict.change)
            elif taken:
                self._write(conflict.ways[taken - 1].written)

    def _write(self, written: CellChange | Creation) -> None:
        if isinstance(written, CellChange):
            self.update.append(written)
        else:
            self.create.append(written)

    def _answer(self, conflict: Conflict, question: Question) -> None:
        origin = question.row.origin
        answer = self._decisions.answers.get(origin)
        if answer is None:
            self.conflict.append(conflict)
            return
        if answer == NEW_TASK:
            self.matches.pop(origin, None)
            if question.creation.held:
                self._settle((held_row(question.creation),))
            else:
                self.create.append(question.creation)
            return
        candidate = next(c for c in question.candidates if c.task == answer)
        self._hold(candidate, origin.row)
        self.matches[origin] = Match(answer, question.row, candidate.score, candidate.reasons)
        self.update += candidate.update
        self._settle(candidate.conflict)

    def _hold(self, candidate: Candidate, row: int) -> None:
        if candidate.task in self._held:
            raise twice_held(self._held[candidate.task], row, candidate.text)
        self._held[candidate.task] = row


def twice_held(one: int, other: int, text: str) -> UserError:
    """Return the problem that two rows of a table were said to be the same task."""
    return UserError(
        f"表格第{one}行和第{other}行都对到了同一任务",
        f"任务是“{text}”",
        "一项任务只能对应表中的一行，请改选其中一行",
    )
