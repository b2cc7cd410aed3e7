"""A plan under review and what the clerk has decided about it so far; knows nothing of Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.proposal import NEW_TASK, Decisions, cell_key, decision_key
from tracker.ui.imports.lines import Line, Result, answer_lines, lines_of, new_row_lines

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tracker.domain.proposal import Candidate
    from tracker.domain.table import Origin
    from tracker.ops.import_table import Import


class Review:
    """The lines of a plan and the decisions on them.

    Args:
        plan: the table read and compared.
        decisions: what was decided before the table was read again.

    Attributes:
        plan: as given; it is never changed.
    """

    def __init__(self, plan: Import, decisions: Decisions | None = None) -> None:
        self.plan = plan
        before = decisions or Decisions()
        self._lines = lines_of(plan)
        self._groups = {
            group: [line for line in self._lines if line.group is group] for group in Result
        }
        self._updated = len({line.task for line in self._groups[Result.UPDATE]})
        self._questions = {line.row.origin: line for line in self._lines if line.question}
        self._not_created: set[Origin] = set(before.not_created)
        self._refused: set[tuple[str, str]] = set(before.refused)
        self._settled: dict[tuple[str, str], int] = dict(before.settled)
        self._answers: dict[Origin, str] = {}
        matches = plan.proposal.matches
        self._held = {m.task: m.row.origin for m in matches if m.row.origin not in self._questions}
        for origin, answer in before.answers.items():
            line = self._questions.get(origin)
            if line is not None and answer in answers_to(line):
                self._answers[origin] = answer

    def lines(self, shown: Collection[Result]) -> list[Line]:
        """Return the lines under the counters `shown`; an answered row with what it changes."""
        lines: list[Line] = []
        for group in Result:
            if group is Result.WAITING and group in shown:
                lines += self._doubts()
            elif group in shown:
                lines += self._groups[group]
        return lines

    def _doubts(self) -> list[Line]:
        doubts = self._groups[Result.WAITING]
        return [line for doubt in doubts for line in (doubt, *self.parts_of(doubt))]

    def parts_of(self, line: Line) -> list[Line]:
        """Return what a doubtful row changes in the task it was said to be."""
        candidate = self.answer(line)
        if candidate is not None:
            return answer_lines(candidate)
        question = line.question
        is_new = question is not None and self._answers.get(line.row.origin) == NEW_TASK
        return new_row_lines(question.creation) if question is not None and is_new else []

    def counts(self) -> dict[Result, int]:
        """Return the counters: doubts not yet decided, tasks to update, rows to add, rows alike."""
        return {
            Result.WAITING: self.waiting(),
            Result.UPDATE: self._updated,
            Result.CREATE: len(self.plan.proposal.create),
            Result.SAME: self.plan.proposal.same,
        }

    def waiting(self) -> int:
        """Return how many doubts are not decided; they are not written."""
        return sum(self.is_open(line) for line in self._doubts())

    def to_write(self) -> int:
        """Return how many tasks would be written: updated and new ones."""
        doubts = self._doubts()
        cells = (*doubts, *self._groups[Result.UPDATE])
        updated = {line.task for line in cells if self._writes_cell(line)}
        answered = sum(self._makes_task(line) for line in doubts)
        refused = sum(c.row.origin in self._not_created for c in self.plan.proposal.create)
        return len(updated) + answered + len(self.plan.proposal.create) - refused

    def _makes_task(self, line: Line) -> bool:
        if line.question is not None:
            is_new = self._answers.get(line.row.origin) == NEW_TASK
            return is_new and not line.question.creation.held
        return line.is_held and line.creation is not None and bool(self.is_checked(line))

    def _writes_cell(self, line: Line) -> bool:
        return line.change is not None and bool(self.is_checked(line))

    def is_open(self, line: Line) -> bool:
        """Tell whether a line still waits for a decision."""
        if line.question is not None:
            return line.row.origin not in self._answers
        return line.conflict is not None and self._settled.get(_key(line)) is None

    def is_checked(self, line: Line) -> bool | None:
        """Tell whether a line will be written; None where there is nothing to write."""
        if line.question is not None:
            return line.row.origin in self._answers
        if line.conflict is not None:
            has_way = not line.is_held or bool(line.conflict.ways)
            return bool(self._settled.get(_key(line))) if has_way else None
        if line.change is not None:
            return cell_key(line.change) not in self._refused
        if line.creation is not None:
            return line.row.origin not in self._not_created
        return None

    def word(self, line: Line) -> str:
        """Return what becomes of a line, in a word."""
        if self.is_open(line):
            return Result.WAITING.value
        if line.question is not None:
            is_new = self._answers[line.row.origin] == NEW_TASK
            return Result.CREATE.value if is_new else Result.UPDATE.value
        if line.group is Result.SAME:
            return Result.SAME.value
        if not self.is_checked(line):
            is_cell = line.conflict is not None and line.creation is None
            return "保留台账" if is_cell else "不写入"
        return Result.CREATE.value if line.creation is not None else Result.UPDATE.value

    def answer(self, line: Line) -> Candidate | None:
        """Return the task that a doubtful row was said to be; None for none."""
        question = line.question
        if question is None:
            return None
        code = self._answers.get(line.row.origin)
        return next((c for c in question.candidates if c.task == code), None)

    def answer_of(self, origin: Origin) -> str | None:
        """Return what was said about a doubtful row: a task, `NEW_TASK`, or None while it waits."""
        return self._answers.get(origin)

    def answer_row(self, origin: Origin, code: str | None) -> bool:
        """Say which of its candidates a doubtful row is; None lets it wait again.

        Returns:
            Whether that could be taken: it is one of them, and no other row holds it.
        """
        self._answers.pop(origin, None)
        line = self._questions.get(origin)
        if code is None:
            return True
        if line is None or code not in answers_to(line) or self._holder(code, origin):
            return False
        self._answers[origin] = code
        return True

    def toggle(self, lines: Iterable[Line]) -> None:
        """Check the lines, or where all are checked uncheck them; a doubtful row stays as it is."""
        boxes = [line for line in lines if line.question is None]
        boxes = [line for line in boxes if self.is_checked(line) is not None]
        check = not all(self.is_checked(line) and not self.is_open(line) for line in boxes)
        for line in boxes:
            self._check(line, check)

    def _check(self, line: Line, check: bool) -> None:
        if line.conflict is not None:
            self._settled[_key(line)] = int(check)
        elif line.change is not None:
            self._refused.discard(_key(line)) if check else self._refused.add(_key(line))
        elif check:
            self._not_created.discard(line.row.origin)
        else:
            self._not_created.add(line.row.origin)

    def accept_all(self) -> None:
        """Check every update and every new row; what waits goes on waiting."""
        self._refused.clear()
        self._not_created.clear()

    def of_row(self, line: Line) -> list[Line]:
        """Return all lines that stem from the same row of the table."""
        every = self.lines(frozenset(Result))
        return [other for other in every if other.row.origin == line.row.origin]

    def decide(self, line: Line, choice: int) -> str:
        """Take the choice with this number (from 1) on a line that waits.

        Returns:
            Why the choice cannot be taken; empty where it was.
        """
        choices = self.choices(line)
        if not 1 <= choice <= len(choices):
            return ""
        if line.question is None:
            self._settled[_key(line)] = choice - 1
            return ""
        answer = answers_to(line)[choice - 1]
        holder = self._holder(answer, line.row.origin)
        if holder is not None:
            return f"表格第{holder.row}行已经对到这项任务；一项任务只能对应表中的一行"
        self._answers[line.row.origin] = answer
        return ""

    def undecide(self, line: Line) -> None:
        """Let a line wait again."""
        if line.question is not None:
            self._answers.pop(line.row.origin, None)
        elif line.conflict is not None:
            self._settled.pop(_key(line), None)

    def choices(self, line: Line) -> tuple[str, ...]:
        """Return what can be chosen for a line that waits or waited, in the user's words."""
        question = line.question
        if question is None and line.is_held and line.conflict is not None:
            stay = "先不写入" if line.creation is not None else "保留台账"
            return (stay, *(way.words for way in line.conflict.ways))
        if question is None:
            return ("保留台账", "采用表中") if line.conflict is not None else ()
        candidates = question.candidates
        if len(candidates) == 1:
            return ("是同一任务", "不是，新建")
        same = (f"是“{_short(f'{c.number} {c.text}')}”" for c in candidates)
        return (*same, "都不是，新建")

    def chosen(self, line: Line) -> int:
        """Return the number of the choice taken; 0 for none."""
        if line.question is not None:
            answer = self._answers.get(line.row.origin)
            return answers_to(line).index(answer) + 1 if answer is not None else 0
        settled = self._settled.get(_key(line)) if line.conflict is not None else None
        return 0 if settled is None else 1 + settled

    def is_decided(self) -> bool:
        """Tell whether the user decided anything that giving up would lose."""
        return bool(self._not_created or self._refused or self._answers or self._settled)

    def decisions(self) -> Decisions:
        """Return everything decided so far."""
        return Decisions(
            frozenset(self._not_created),
            frozenset(self._refused),
            dict(self._answers),
            dict(self._settled),
        )

    def _holder(self, task: str, asking: Origin) -> Origin | None:
        """Return the row that already stands for a task, if another one does."""
        if task == NEW_TASK:
            return None
        answered = (o for o, code in self._answers.items() if code == task and o != asking)
        return next(answered, self._held.get(task))


def answers_to(line: Line) -> tuple[str, ...]:
    """Return the answers a doubtful row can be given, in the order of its choices."""
    question = line.question
    if question is None:
        return ()
    return (*(candidate.task for candidate in question.candidates), NEW_TASK)


def _key(line: Line) -> tuple[str, str]:
    if line.conflict is not None:
        return decision_key(line.conflict)
    if line.change is None:
        raise ValueError("only a cell is kept under a key")
    return cell_key(line.change)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 16 else f"{words[:15]}…"
