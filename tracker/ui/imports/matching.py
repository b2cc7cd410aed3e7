"""Which task each row of a table stands for, and what the clerk says about it; no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from tracker.domain.proposal import NEW_TASK

if TYPE_CHECKING:
    from tracker.domain.proposal import Match, Question
    from tracker.domain.table import Origin, TableRow
    from tracker.domain.task import TaskRow
    from tracker.ops.import_table import Import
    from tracker.ui.imports.review import Review

MOST_FOUND = 50
"""How many tasks a search lists."""


class State(Enum):
    """How a row stands; the value is the word on its counter."""

    ASKED = "待定"
    CHOSEN = "已选定"
    NEW = "新增"
    FOUND = "已对上"


@dataclass(frozen=True, slots=True)
class MatchLine:
    """A row of the table, as it was compared.

    Attributes:
        match: the task it was taken for; for a doubtful row the likeliest.
        question: the doubtful row's candidates.
    """

    row: TableRow
    match: Match | None = None
    question: Question | None = None

    @property
    def origin(self) -> Origin:
        """Where the row stands."""
        return self.row.origin


@dataclass(frozen=True, slots=True)
class Choice:
    """A task a row may be, or `NEW_TASK`.

    Attributes:
        score: how sure it is, by words, number and units; None where nothing was compared.
    """

    code: str
    number: str = ""
    text: str = ""
    score: float | None = None
    reasons: tuple[str, ...] = ()


class Matching:
    """The rows of a plan with their tasks, and the clerk's word on them.

    A doubtful row that is said to be one of its candidates is settled in the review at once;
    anything else needs a new comparison.

    Args:
        plan: the table read and compared.
        review: the decisions on the same plan.

    Attributes:
        lines: doubtful rows first, then those the clerk has settled, new ones, the rest.
        groups: the same by how they stood when they were compared; what is said about a row
            leaves it where it is.
    """

    def __init__(self, plan: Import, review: Review) -> None:
        self._plan = plan
        self._review = review
        self._said: dict[Origin, str] = {}
        self._chosen: dict[Origin, str] = {}  # picked by search, to be offered again
        self._tasks = {task.code: task for task in plan.tasks}
        self._words: list[tuple[str, TaskRow]] = []
        proposal = plan.proposal
        questions = {c.question.row.origin: c.question for c in proposal.conflict if c.question}
        matches = {match.row.origin: match for match in proposal.matches}
        lines = [
            MatchLine(row, matches.get(row.origin), questions.get(row.origin))
            for row in plan.table.rows
        ]
        self.lines = sorted(lines, key=self._rank)
        self._by_origin = {line.origin: line for line in self.lines}
        self.groups: dict[State, list[MatchLine]] = {state: [] for state in State}
        for line in self.lines:
            asked = line.question is not None
            self.groups[State.ASKED if asked else self.state(line)].append(line)

    def _rank(self, line: MatchLine) -> int:
        if line.question is not None:
            return 0
        if line.origin in self._plan.given:
            return 1
        return 2 if line.match is None else 3

    # How things stand

    def code(self, line: MatchLine) -> str | None:
        """Return the task a row stands for, `NEW_TASK`, or None while it waits."""
        if line.origin in self._said:
            return self._said[line.origin]
        if line.question is not None:
            return self._review.answer_of(line.origin)
        return line.match.task if line.match is not None else NEW_TASK

    def task(self, line: MatchLine) -> TaskRow | None:
        """Return the task a row stands for, or while it waits the likeliest."""
        code = self.code(line)
        if code is None and line.match is not None:
            code = line.match.task
        return self._tasks.get(code or "")

    def state(self, line: MatchLine) -> State:
        """Return how a row stands."""
        if line.origin in self._said:
            return State.NEW if self._said[line.origin] == NEW_TASK else State.CHOSEN
        return self._state_of(line, self.code(line))

    def _state_of(self, line: MatchLine, code: str | None) -> State:
        if code is None:
            return State.ASKED
        if code == NEW_TASK:
            return State.NEW
        said = line.question is not None or line.origin in self._plan.given
        return State.CHOSEN if said else State.FOUND

    def counts(self) -> dict[State, int]:
        """Return how many rows stand how."""
        counts = {state: len(lines) for state, lines in self.groups.items()}
        counts[State.ASKED] = 0
        for line in self.groups[State.ASKED]:
            counts[self.state(line)] += 1
        for origin in self._said:
            line = self._by_origin[origin]
            if line.question is None:
                counts[self._state_of(line, self._compared(line))] -= 1
                counts[self.state(line)] += 1
        return counts

    def choices(self, line: MatchLine) -> tuple[Choice, ...]:
        """Return what can be chosen for a row, the likeliest first, at last a new task."""
        choices = []
        if line.question is not None:
            choices = [
                Choice(c.task, c.number, c.text, min(c.score, 1.0), c.reasons)
                for c in line.question.candidates
            ]
        elif line.match is not None:
            match, task = line.match, self._tasks.get(line.match.task)
            if task is not None:
                score, reasons = min(match.score, 1.0), match.reasons
                choices = [Choice(task.code, task.number, task.text, score, reasons)]
        found = self._tasks.get(self._chosen.get(line.origin, ""))
        if found is not None and found.code not in [choice.code for choice in choices]:
            choices.append(Choice(found.code, found.number, found.text, None, ("查找选定",)))
        return (*choices, Choice(NEW_TASK))

    # Deciding

    def decide(self, line: MatchLine, code: str) -> str:
        """Say which task a row is.

        Returns:
            Why that cannot be; empty where it was taken.
        """
        holder = self._holder(code, line)
        if holder is not None:
            return (
                f"表格第{holder.origin.row}行已经对到这项任务；一项任务只能对应表中的一行，"
                "请先改选那一行"
            )
        if code not in [choice.code for choice in self.choices(line)]:
            self._chosen[line.origin] = code
        self._said.pop(line.origin, None)
        if line.question is not None:
            if not self._review.answer_row(line.origin, code):
                self._said[line.origin] = code
        elif code != self._compared(line):
            self._said[line.origin] = code
        return ""

    def undecide(self, line: MatchLine) -> None:
        """Take back what was said about a row since it was compared."""
        self._said.pop(line.origin, None)
        if line.question is not None:
            self._review.answer_row(line.origin, None)

    def _compared(self, line: MatchLine) -> str:
        return line.match.task if line.match is not None else NEW_TASK

    def _holder(self, code: str, asking: MatchLine) -> MatchLine | None:
        if code == NEW_TASK:
            return None
        others = (line for line in self.lines if line.origin != asking.origin)
        return next((line for line in others if self.code(line) == code), None)

    @property
    def must_compare(self) -> bool:
        """Whether something was said that only a new comparison can carry out."""
        return bool(self._said)

    def given(self) -> dict[Origin, str]:
        """Return all that was said, for a new comparison."""
        return {**self._plan.given, **self._review.decisions().answers, **self._said}

    # Another task

    def find(self, words: str) -> list[TaskRow]:
        """Return the tasks that hold all the words, in their order; the first few of many."""
        if not self._words:
            self._words = [(_folded(task), task) for task in self._plan.tasks]
        parts = words.lower().split()
        if not parts:
            return []
        found = (task for text, task in self._words if all(part in text for part in parts))
        return [task for task, _ in zip(found, range(MOST_FOUND), strict=False)]


def _folded(task: TaskRow) -> str:
    units = " ".join(task.roles.names())
    return f"{task.number} {task.section} {task.text} {units}".lower()
