"""The sample office: an invented county with ledgers, rounds and entries, made through the ops."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from tracker.base.progress import Progress
from tracker.base.resources import load
from tracker.domain.instruction import Stage
from tracker.ops.import_table import apply_import, propose_import, read_text
from tracker.ops.instructions import (
    LEDGER_KIND,
    LEDGER_NAME,
    InstructionWords,
    advance,
    new_instruction,
)
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.milestones import MilestoneWords, set_milestones
from tracker.ops.notes import NoteWords, Report, add_notes
from tracker.ops.office import create_office
from tracker.ops.rounds import new_round
from tracker.ops.sample_words import SampleDays, sample_table, words_by_unit
from tracker.ops.task_changes import merge_tasks, withdraw_task
from tracker.ops.tasks import (
    ClosingWords,
    TaskWords,
    close_task,
    extend_deadline,
    list_tasks,
    new_task,
    reopen_task,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tracker.domain.ledger import LedgerRow
    from tracker.domain.task import TaskRow
    from tracker.ops.office import Office

SAMPLE_NAME = "示例台账.db"

_MORNING = time(9, 0)

Words = dict[str, Any]  # Any: parsed TOML


def make_sample(path: Path, *, who: str, now: datetime, progress: Progress | None = None) -> Path:
    """Make the sample office at `path` and return the path.

    Args:
        who: stands in the trace as the one who did it.
        now: the day the sample's deadlines are counted from.
        progress: told how far it is; may cancel it, then nothing stays behind.

    Raises:
        StoreProblem: there is a file already.
        FileProblem: it cannot be written there.
        Cancelled: the user asked to stop.
    """
    office = create_office(path, now)
    complete = False
    try:
        _Maker(office, who, now, progress or Progress()).make()
        complete = True
    finally:
        office.close()
        if not complete:
            path.unlink(missing_ok=True)
    return path


class _Maker:
    """Fills one office step by step, each step on its own day, the earliest first."""

    def __init__(self, office: Office, who: str, now: datetime, progress: Progress) -> None:
        self._office = office
        self._who = who
        self._now = now
        self._progress = progress
        self._plan: Words = load("sample/office.toml")
        issued = now.date() + timedelta(days=self._plan["issued"])
        self._days = SampleDays(now.date(), issued)
        self._steps: list[tuple[int, Callable[[datetime], object]]] = []
        self._ledgers: dict[str, LedgerRow] = {}
        self._tasks: dict[str, tuple[TaskRow, ...]] = {}

    def make(self) -> None:
        """Do every step."""
        self._plan_instructions(load(f"sample/{self._plan['instructions']}"))
        for name in self._plan["ledgers"]:
            self._plan_ledger(load(f"sample/{name}"))
        self._steps.sort(key=lambda step: step[0])
        for done, (offset, act) in enumerate(self._steps):
            self._progress.step("正在制作示例", done, len(self._steps))
            act(min(datetime.combine(self._days.day(offset), _MORNING), self._now))

    def _on(self, offset: int, act: Callable[..., object], *arguments: object) -> None:
        """Plan a step for a day; the moment comes first among its arguments."""
        self._steps.append((offset, lambda at: act(at, *arguments)))

    def _plan_ledger(self, book: Words) -> None:
        rounds = self._plan["rounds"]
        self._on(rounds[0]["opened"], self._new_ledger, book)
        for number, plan in enumerate(rounds, 1):
            self._on(plan["opened"], self._new_round, book, number)
            self._on(plan["filled"], self._import, book, number)
        for task in book["task"]:
            self._plan_changes(book, task)
        for unit, returned in self._plan["returned"].items():
            self._on(returned["on"], self._report, book, unit, returned)
        for words in book.get("report", ()):
            self._on(words["on"], self._correct, book, words)
        for words in book.get("later", ()):
            self._on(rounds[-1]["filled"], self._add, book, words)

    def _plan_changes(self, book: Words, task: Words) -> None:
        """Plan what happens to a task beside its rounds."""
        if "steps" in task:
            self._on(self._plan["rounds"][-1]["opened"], self._break_down, book, task)
        if "extend" in task:
            self._on(self._plan["rounds"][1]["filled"], self._extend, book, task)
        for key, act in (
            ("closed", self._close),
            ("reopened", self._reopen),
            ("withdrawn", self._withdraw),
            ("merged", self._merge),
        ):
            if key in task:
                self._on(task[key]["on"], act, book, task)

    def _plan_instructions(self, book: Words) -> None:
        self._on(self._plan["rounds"][0]["opened"], self._new_instructions)
        for words in book["instruction"]:
            code: list[str] = []
            self._on(words["on"], self._instruct, words, code)
            for stage, offset in words["steps"]:
                self._on(offset, self._advance, words, code, Stage(stage))

    def _task(self, book: Words, task: Words) -> TaskRow:
        """Return the stored task; the first table stored them in the order of the texts."""
        place: int = book["task"].index(task)
        return self._tasks[book["name"]][place]

    def _code_of(self, book: Words, words: str) -> str:
        """Return the code of the one task in which the words stand."""
        (task,) = [task for task in self._tasks[book["name"]] if words in task.text]
        return task.code

    def _new_ledger(self, at: datetime, book: Words) -> None:
        new_ledger(
            self._office,
            book["name"],
            who=self._who,
            now=at,
            year=self._days.issued.year,
            kind=book["kind"],
            rhythm=book["rhythm"],
            filled_by=self._plan["office"],
            table_title=self._days.words(book["title"]),
        )
        self._ledgers[book["name"]] = choose_ledger(self._office, book["name"])

    def _new_round(self, at: datetime, book: Words, number: int) -> None:
        plan = self._plan["rounds"][number - 1]
        new_round(
            self._office,
            self._ledgers[book["name"]],
            who=self._who,
            now=at,
            number=number,
            cut_off=self._days.day(plan["cut_off"]),
            feedback_due=self._days.day(plan["due"]),
        )

    def _import(self, at: datetime, book: Words, number: int) -> None:
        """Import the table that the office has filled in for a round."""
        proposal = propose_import(
            self._office,
            read_text(sample_table(book, number, self._days)),
            ledger=book["name"],
            round_number=number,
            date=self._days.issued,
        )
        apply_import(self._office, proposal, who=self._who, now=at)
        if number == 1:
            self._tasks[book["name"]] = list_tasks(self._office, self._ledgers[book["name"]])

    def _break_down(self, at: datetime, book: Words, task: Words) -> None:
        steps = [
            MilestoneWords(
                due=self._days.day(step["due"]),
                what=step["what"],
                figure=step.get("figure", ""),
                done_on=self._days.day(step["done"]) if "done" in step else None,
            )
            for step in task["steps"]
        ]
        set_milestones(self._office, self._task(book, task).code, steps, who=self._who, now=at)

    def _extend(self, at: datetime, book: Words, task: Words) -> None:
        words = task["extend"]
        extend_deadline(
            self._office,
            self._task(book, task).code,
            self._days.words(words["to"]),
            words["reason"],
            who=self._who,
            now=at,
        )

    def _close(self, at: datetime, book: Words, task: Words) -> None:
        code = self._task(book, task).code
        close_task(self._office, code, _closing(task["closed"], at), who=self._who, now=at)

    def _reopen(self, at: datetime, book: Words, task: Words) -> None:
        code = self._task(book, task).code
        reopen_task(self._office, code, task["reopened"]["reason"], who=self._who, now=at)

    def _withdraw(self, at: datetime, book: Words, task: Words) -> None:
        code = self._task(book, task).code
        withdraw_task(self._office, code, task["withdrawn"]["reason"], who=self._who, now=at)

    def _merge(self, at: datetime, book: Words, task: Words) -> None:
        words = task["merged"]
        into = self._code_of(book, words["into"])
        code = self._task(book, task).code
        merge_tasks(self._office, [code], into, words["reason"], who=self._who, now=at)

    def _report(self, at: datetime, book: Words, unit: str, returned: Words) -> None:
        """Keep what a unit reported on the last round, as it came in: its whole form at once."""
        reports = []
        for task, words in zip(self._tasks[book["name"]], book["task"], strict=True):
            text = words_by_unit(words, task.roles.lead).get(unit)
            if text:
                reports.append(self._read(task, unit, text, words, returned))
        add_notes(self._office, reports, who=self._who, now=at)

    def _correct(self, at: datetime, book: Words, words: Words) -> None:
        """Keep what a unit reported afterwards."""
        code = self._code_of(book, words["task"])
        (task,) = [task for task in self._tasks[book["name"]] if task.code == code]
        report = self._read(task, words["unit"], words["text"], words, words)
        add_notes(self._office, [report], who=self._who, now=at)

    def _read(self, task: TaskRow, unit: str, text: str, said: Words, returned: Words) -> Report:
        """Return what a unit says on a task; its lead also names problems and next steps."""
        is_first = task.roles.lead[:1] == (unit,)
        return Report(
            task.code,
            unit,
            NoteWords(
                self._days.words(text),
                problems=self._days.words(said.get("problem", "")) if is_first else "",
                next_steps=self._days.words(said.get("next", "")) if is_first else "",
            ),
            origin=returned.get("origin", "form"),
            reported_by=returned["by"],
            round_number=len(self._plan["rounds"]),
        )

    def _new_instructions(self, at: datetime) -> None:
        new_ledger(self._office, LEDGER_NAME, who=self._who, now=at, kind=LEDGER_KIND)
        self._ledgers[LEDGER_NAME] = choose_ledger(self._office, LEDGER_NAME)

    def _instruct(self, at: datetime, words: Words, code: list[str]) -> None:
        made = new_instruction(
            self._office,
            self._ledgers[LEDGER_NAME],
            _task_words(words, self._days),
            InstructionWords(words["leader"], at.date(), words["text"]),
            who=self._who,
            now=at,
        )
        code.append(made.value)

    def _advance(self, at: datetime, words: Words, code: list[str], stage: Stage) -> None:
        closing = _closing(words["closed"], at) if stage is Stage.CLOSED else None
        advance(self._office, code[0], stage, at.date(), who=self._who, now=at, closing=closing)

    def _add(self, at: datetime, book: Words, words: Words) -> None:
        task = _task_words(words, self._days)
        new_task(self._office, self._ledgers[book["name"]], task, who=self._who, now=at)


def _closing(words: Words, at: datetime) -> ClosingWords:
    return ClosingWords(words["statement"], at.date(), words["by"], words["evidence"])


def _task_words(words: Words, days: SampleDays) -> TaskWords:
    def typed(name: str) -> str | None:
        return days.words(words[name]) if name in words else None

    return TaskWords(
        text=typed("task"),
        number=typed("number"),
        section=typed("section"),
        lead=typed("lead"),
        cooperating=typed("cooperating"),
        persons=typed("persons"),
        deadline=typed("deadline"),
    )
