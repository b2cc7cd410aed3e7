"""The sample office: an invented county with ledgers, rounds and entries, made through the ops.

The texts lie in `resources/sample`; their dates are relative, so that some deadlines have always
just passed and others are near, whenever the sample is made.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
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
from tracker.ops.notes import NoteWords, add_note
from tracker.ops.office import create_office
from tracker.ops.rounds import new_round
from tracker.ops.tasks import (
    ClosingWords,
    TaskWords,
    close_task,
    extend_deadline,
    list_tasks,
    new_task,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from tracker.domain.ledger import LedgerRow
    from tracker.ops.office import Office

SAMPLE_NAME = "示例台账.db"

_DAY = re.compile(r"\{([+-]\d+)(底)?\}")
_PER_ROUND = ("note", "state")
_MORNING = time(9, 0)


@dataclass(frozen=True, slots=True)
class SampleDays:
    """Turns the relative days of the sample's texts into dates.

    Attributes:
        today: the day the sample is made.
        issued: the day the tasks were given out; dates of another year name their year.
    """

    today: date
    issued: date

    def day(self, offset: int) -> date:
        """Return the day so many days after today."""
        return self.today + timedelta(days=offset)

    def words(self, text: str) -> str:
        """Return a text with its {+30}, {+60底} and {年} written out."""
        return _DAY.sub(self._written, text).replace("{年}", str(self.issued.year))

    def _written(self, found: re.Match[str]) -> str:
        day = self.day(int(found[1]))
        year = "" if day.year == self.issued.year else f"{day.year}年"
        return f"{year}{day.month}月" + ("底" if found[2] else f"{day.day}日")


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
        self._plan = load("sample/office.toml")
        issued = now.date() + timedelta(days=self._plan["issued"])
        self._days = SampleDays(now.date(), issued)
        self._steps: list[tuple[int, Callable[[datetime], object]]] = []

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

    def _plan_ledger(self, book: dict[str, Any]) -> None:
        rounds = self._plan["rounds"]
        self._on(rounds[0]["on"], self._new_ledger, book)
        for number, plan in enumerate(rounds, 1):
            self._on(plan["on"], self._new_round, book, number)
            self._on(plan["on"], self._import, book, number)
        for task in book["task"]:
            if "extend" in task:
                self._on(rounds[1]["on"], self._extend, book, task)
            if "closed" in task:
                self._on(task["closed"]["on"], self._close, book, task)
        for words in book.get("report", ()):
            self._on(rounds[-1]["on"], self._report, book, words)
        for words in book.get("later", ()):
            self._on(rounds[-1]["on"], self._add, book, words)

    def _plan_instructions(self, book: dict[str, Any]) -> None:
        self._on(self._plan["rounds"][0]["on"], self._new_instructions)
        for words in book["instruction"]:
            self._on(words["on"], self._instruct, words)
            for stage, offset in words["steps"]:
                self._on(offset, self._advance, words, Stage(stage))

    def _ledger(self, book: dict[str, Any]) -> LedgerRow:
        return choose_ledger(self._office, book["name"])

    def _code(self, book: dict[str, Any], words: str) -> str:
        """Return the code of the one task in which the words stand."""
        rows = list_tasks(self._office, self._ledger(book))
        (code,) = [row.code for row in rows if words in row.text]
        return code

    def _new_ledger(self, at: datetime, book: dict[str, Any]) -> None:
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

    def _new_round(self, at: datetime, book: dict[str, Any], number: int) -> None:
        plan = self._plan["rounds"][number - 1]
        new_round(
            self._office,
            self._ledger(book),
            who=self._who,
            now=at,
            number=number,
            cut_off=self._days.day(plan["cut_off"]),
            feedback_due=self._days.day(plan["due"]),
        )

    def _import(self, at: datetime, book: dict[str, Any], number: int) -> None:
        """Import the table that came in for a round."""
        proposal = propose_import(
            self._office,
            read_text(sample_table(book, number, self._days)),
            ledger=book["name"],
            round_number=number,
            date=self._days.issued,
        )
        apply_import(self._office, proposal, who=self._who, now=at)

    def _extend(self, at: datetime, book: dict[str, Any], task: dict[str, Any]) -> None:
        words = task["extend"]
        extend_deadline(
            self._office,
            self._code(book, self._days.words(task["task"])),
            self._days.words(words["to"]),
            words["reason"],
            who=self._who,
            now=at,
        )

    def _close(self, at: datetime, book: dict[str, Any], task: dict[str, Any]) -> None:
        code = self._code(book, self._days.words(task["task"]))
        closing = _closing(task["closed"], at)
        close_task(self._office, code, closing, who=self._who, now=at)

    def _report(self, at: datetime, book: dict[str, Any], words: dict[str, Any]) -> None:
        """Keep what a unit reported on the last round, as it came in."""
        add_note(
            self._office,
            self._code(book, words["task"]),
            words["unit"],
            NoteWords(self._days.words(words["text"]), problems=words.get("problems", "")),
            who=self._who,
            now=at,
            origin=words.get("origin", "form"),
            reported_by=words["by"],
        )

    def _new_instructions(self, at: datetime) -> None:
        new_ledger(self._office, LEDGER_NAME, who=self._who, now=at, kind=LEDGER_KIND)

    def _instruct(self, at: datetime, words: dict[str, Any]) -> None:
        new_instruction(
            self._office,
            choose_ledger(self._office, LEDGER_NAME),
            _task_words(words, self._days),
            InstructionWords(words["leader"], at.date(), words["text"]),
            who=self._who,
            now=at,
        )

    def _advance(self, at: datetime, words: dict[str, Any], stage: Stage) -> None:
        closing = _closing(words["closed"], at) if stage is Stage.CLOSED else None
        code = self._code({"name": LEDGER_NAME}, words["task"])
        advance(self._office, code, stage, at.date(), who=self._who, now=at, closing=closing)

    def _add(self, at: datetime, book: dict[str, Any], words: dict[str, Any]) -> None:
        task = _task_words(words, self._days)
        new_task(self._office, self._ledger(book), task, who=self._who, now=at)


def _closing(words: dict[str, Any], at: datetime) -> ClosingWords:
    return ClosingWords(words["statement"], at.date(), words["by"], words["evidence"])


def _task_words(words: dict[str, Any], days: SampleDays) -> TaskWords:
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


def sample_table(book: dict[str, Any], number: int, days: SampleDays) -> str:
    """Return the table of one round as text, as an office copies it out of its sheet.

    Args:
        book: a ledger of `resources/sample`.
        number: the round, from 1.
    """
    columns: dict[str, str] = book["columns"]
    last = max(len(task["notes"]) for task in book["task"])
    lines = [days.words(book["title"]), "\t".join(["序号", *columns.values()])]
    for place, task in enumerate(book["task"], 1):
        cells = [_cell(task, key, number, last) for key in columns]
        lines.append("\t".join([str(place), *(days.words(cell) for cell in cells)]))
    return "\n".join(lines) + "\n"


def _cell(task: dict[str, Any], key: str, number: int, last: int) -> str:
    """Return a cell; the last table brings the problems, the next steps and the new deadlines."""
    if key in _PER_ROUND:
        values: Sequence[str] = task[f"{key}s"]
        return values[number - 1]
    if key in ("problem", "next") and number < last:
        return ""
    value: str = task.get(key, "")
    if key == "due" and number == last and "extend" in task:
        value = task["extend"]["to"]
    return value
