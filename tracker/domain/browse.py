"""What a list of tasks shows: the filter, a page of lines, the counts beside it, one task whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from tracker.domain.grouping import GroupKey
from tracker.domain.terms import OPEN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from tracker.domain.deadline import Deadline
    from tracker.domain.entry import EntryRow, NoteRow
    from tracker.domain.instruction import Instruction
    from tracker.domain.ledger import RoundRow
    from tracker.domain.milestone import Milestone
    from tracker.domain.slip import SlipLine
    from tracker.domain.table import Roles
    from tracker.domain.task import Former, PartRow, TaskRow
    from tracker.domain.terms import Completion, Pace


class Show(StrEnum):
    """The ready-made selections on the left of the window; `Filter.show` holds one of them."""

    DUE_7 = "due7"
    CARRIED = "carried"
    NO_ENTRY = "no_entry"
    TO_CLOSE = "to_close"
    CLOSED = "closed"
    EXTENDED = "extended"
    DOUBTFUL = "doubtful"
    NO_UNIT = "no_unit"
    INSTRUCTIONS = "instructions"
    WITHDRAWN = "withdrawn"


SHOW_WORDS = {
    Show.DUE_7: "7天内到期",
    Show.CARRIED: "沿用上期未更新",
    Show.NO_ENTRY: "本期未填",
    Show.TO_CLOSE: "待销号",
    Show.CLOSED: "已销号",
    Show.EXTENDED: "延期过的",
    Show.DOUBTFUL: "时限待核",
    Show.NO_UNIT: "没有单位",
    Show.INSTRUCTIONS: "单项批示",
    Show.WITHDRAWN: "已撤回、并入",
}

SORT_KEYS = (
    "position",
    "code",
    "number",
    "section",
    "task",
    "unit",
    "deadline",
    "light",
    "entry",
    "state",
)
"""What a list may be sorted by; any of them downwards too."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which tasks a list shows, and in which order.

    Attributes:
        ledger_id: the ledger; None for all that are not archived.
        text: words that must all occur in number, code, task, units or this round's entry.
        lights: keys of lights; empty for all.
        unit_id: only tasks in which this unit has any role.
        section: only this section; "" means tasks without one.
        completion: states of completion; empty for all.
        show: one of `Show`; without WITHDRAWN, withdrawn and merged tasks are left out.
        codes: only these tasks; empty for all. A bar of a chart knows the tasks behind it.
        about: in words what `codes` are (“县住建局·滞后”); selects nothing itself.
        sort: pairs of a key of `SORT_KEYS` and whether it goes downwards, the first the foremost.
        group: under what headings the tasks stand; selects nothing itself.
    """

    ledger_id: int | None
    text: str = ""
    lights: frozenset[str] = frozenset()
    unit_id: int | None = None
    section: str | None = None
    completion: frozenset[Completion] = frozenset()
    show: str | None = None
    codes: frozenset[str] = frozenset()
    about: str = ""
    sort: tuple[tuple[str, bool], ...] = (("position", False),)
    group: GroupKey = GroupKey.NONE


@dataclass(frozen=True, slots=True)
class LightChoice:
    """Chosen lights as conditions on stored values; the rules of lights give them.

    Attributes:
        ranges: first and last deadline of open tasks with a certain date; None for no limit.
        recurring: open tasks that only come again and again.
        undated: open tasks without a date or with a doubtful one, and those taken out.
        done: what is finished or closed.
    """

    ranges: tuple[tuple[date | None, date | None], ...] = ()
    recurring: bool = False
    undated: bool = False
    done: bool = False


@dataclass(frozen=True, slots=True)
class StoredLine:
    """A line as it is stored, before it is given its light.

    Attributes:
        merged_into: code of the task it was merged into.
    """

    id: int
    ledger_id: int
    code: str
    number: str
    section: str
    text: str
    roles: Roles
    units_text: str
    persons: tuple[str, ...]
    deadline: Deadline | None
    first_deadline: Deadline | None
    completion: Completion
    withdrawn: str
    merged_into: str
    instruction: Instruction | None
    entry: EntryRow | None
    notes: int


@dataclass(frozen=True, slots=True)
class StoredCounts:
    """Numbers as the database gives them, before lights are known.

    Attributes:
        states: deadline (its date and kind only), completion, and how many tasks have both.
    """

    states: tuple[tuple[Deadline | None, Completion, int], ...]
    shows: Mapping[str, int]
    ledgers: tuple[NamedCount, ...]
    units: tuple[NamedCount, ...]
    sections: tuple[NamedCount, ...]


@dataclass(frozen=True, slots=True)
class StoredChange:
    """One row of a task before and after a step, as the journal keeps it.

    Attributes:
        before, after: changed columns, or all of them for a new or deleted row; None for no row.
    """

    step_id: int
    at: datetime
    who: str
    label: str
    table: str
    row_id: int
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One line of the list of tasks.

    Attributes:
        units_text: the unit cell to the letter where it says more than a list of names.
        light, remaining, reason: the light's key, “剩3个工作日”, and why it is this light.
        entry_id: None where the round has no entry for the task.
        carried: the entry was taken over from the round before and not touched since.
        notes: how many reports of units (原报) the round has for it.
        withdrawn: why it was withdrawn or where it was merged into; empty while it counts.
        instruction: who instructed it, when, and how far it is; None for ordinary tasks.
    """

    id: int
    ledger_id: int
    code: str
    number: str
    section: str
    text: str
    lead: tuple[str, ...]
    cooperating: tuple[str, ...]
    responsible: tuple[str, ...]
    guiding: tuple[str, ...]
    units_text: str
    persons: tuple[str, ...]
    deadline: Deadline | None
    first_deadline: Deadline | None
    completion: Completion
    light: str
    remaining: str
    reason: str
    entry_id: int | None = None
    entry_text: str = ""
    entry_state: str = ""
    pace: Pace | None = None
    percent: float | None = None
    problems: str = ""
    next_steps: str = ""
    remark: str = ""
    carried: bool = False
    notes: int = 0
    withdrawn: str = ""
    instruction: Instruction | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still worked on, so that its entry is waited for in each round."""
        return self.completion in OPEN and not self.withdrawn

    @property
    def deadline_date(self) -> date | None:
        """The day it is due; None where it has none."""
        return self.deadline.date if self.deadline else None


@dataclass(frozen=True, slots=True)
class NamedCount:
    """How many tasks stand behind a name on the left; `id` None where the name itself selects."""

    id: int | None
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class SideCounts:
    """The numbers on the left and at the foot of the window.

    Attributes:
        total: tasks that count (withdrawn and merged ones do not).
        lights: tasks by light, in the chosen ledger.
        shows: tasks by `Show`, in the chosen ledger.
        completion: tasks by state of completion.
        ledgers: all running ledgers with their tasks, whatever is chosen.
        units: units with a task in the chosen ledger, in their official order.
        sections: in the order printed; "" counts tasks without one and may be missing.
    """

    total: int = 0
    lights: Mapping[str, int] = field(default_factory=dict)
    shows: Mapping[str, int] = field(default_factory=dict)
    completion: Mapping[Completion, int] = field(default_factory=dict)
    ledgers: tuple[NamedCount, ...] = ()
    units: tuple[NamedCount, ...] = ()
    sections: tuple[NamedCount, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a task came from (出处): the document and the place in it.

    Attributes:
        document_id: None where the task was typed.
        has_file: the original file lies in the database.
        sheet, row: the place in a table; "" and None for a text.
        words: the passage of the document to the letter, number and assignment note included.
    """

    document_id: int | None = None
    title: str = ""
    number: str = ""
    issued_on: date | None = None
    file_name: str = ""
    has_file: bool = False
    sheet: str = ""
    row: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Original:
    """The whole document that a task came from (原文).

    Attributes:
        text: as it was read, to the letter.
        blob_hash: under which the file itself is kept; None where it was pasted.
        span: where the task's passage begins and ends in the text; None where nobody knows.
    """

    title: str
    file_name: str
    text: str
    blob_hash: str | None = None
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class RoundEntry:
    """A task's entry in one round.

    Attributes:
        ledger: the ledger of another year in which it was written; empty for the task's own.
    """

    round: RoundRow
    entry: EntryRow
    ledger: str = ""


@dataclass(frozen=True, slots=True)
class Relative:
    """A task merged into this one, the one this was merged into, or pieces of a split one."""

    code: str
    number: str
    text: str
    roles: Roles
    why: str = ""


@dataclass(frozen=True, slots=True)
class TaskCard:
    """Everything the detail panel shows of one task.

    Attributes:
        line: the task as the list shows it, with light and this round's entry.
        round: the round that is shown; None where the ledger has none.
        entry: this round's entry; None where there is none.
        before: the entry of the round before; None where there is none.
        entries: the entries of all rounds, the latest first; those of earlier years stand last.
        notes: what units reported (原报), all rounds, the latest first.
        merged: tasks merged into this one, with their units.
        merged_into: the task this one was merged into.
        milestones: the steps on the way to its deadline, by the day they are due.
        parts: the parts ①② with units of their own (also in `task.parts`).
        goes_on: the tasks of later years that go on from it (结转到).
        slips: the slips that name it, the latest issued first.
        must_date: its deadline came over from another year and has passed (请核定新时限).
    """

    task: TaskRow
    line: TaskLine
    ledger_name: str
    source: Passage
    round: RoundRow | None = None
    entry: EntryRow | None = None
    before: RoundEntry | None = None
    entries: tuple[RoundEntry, ...] = ()
    notes: tuple[NoteRow, ...] = ()
    merged: tuple[Relative, ...] = ()
    merged_into: Relative | None = None
    instruction: Instruction | None = None
    milestones: tuple[Milestone, ...] = ()
    goes_on: tuple[Former, ...] = ()
    must_date: bool = False
    slips: tuple[SlipLine, ...] = ()

    @property
    def parts(self) -> tuple[PartRow, ...]:
        """The parts of the task."""
        return self.task.parts


@dataclass(frozen=True, slots=True)
class TraceLine:
    """One value of a task that a step changed (留痕).

    Attributes:
        label: the step in the user's words (“修改任务”, “撤销：修改任务”).
        field: the name of the value in Chinese (“时限”, “落实情况（第2期）”).
        old, new: the values as a reader sees them: dates, words of states, names joined by 、.
        table, row_id, column: where it is stored; column names the whole value (`deadline`).
        restorable: the old value can be written again and differs from what stands there now.
    """

    step_id: int
    at: datetime
    who: str
    label: str
    field: str
    old: str
    new: str
    table: str
    row_id: int
    column: str
    restorable: bool = False
