"""The one way to write: a unit of work that journals, commits once, and rolls back by default."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from tracker.base.errors import UserError
from tracker.domain.history import Changes
from tracker.domain.terms import LedgerState, RoundState
from tracker.store.insert import cut_loose, insert_rows
from tracker.store.models import (
    Assignment,
    Attachment,
    Base,
    Blob,
    Counter,
    Document,
    Edition,
    Entry,
    FormReturn,
    Ledger,
    Note,
    Part,
    ReturnedFile,
    Round,
    Setting,
    Task,
)
from tracker.store.slip_model import Slip
from tracker.store.unit_work import UnitWork

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from tracker.store.recorder import Recorder

_PORTION = 500
"""How many ids a query asks for at once."""


class Work(UnitWork):
    """Finders of the rows an op may change; the op sets their attributes.

    JSON columns are replaced as a whole, never changed in place.

    Attributes:
        changes: what the step touched; filled when the unit of work is committed.
        barrier: set by the op where the step cannot be undone; the reason, in the user's words.
    """

    def __init__(self, session: Session, recorder: Recorder) -> None:
        super().__init__(session)
        self._recorder = recorder
        self._counters: dict[str, Counter] = {}
        self.changes = Changes()
        self.barrier = ""

    def add(self, row: Base) -> None:
        """Add a new row; its id is known after this call."""
        self._session.add(row)
        self._session.flush()

    def add_all(self, rows: list[Base]) -> None:
        """Add many new rows at once; cheaper than one by one."""
        self._session.add_all(rows)
        self._session.flush()

    def add_tasks(self, tasks: Sequence[Task]) -> None:
        """Store new tasks with their parts, units and entries, many times as fast as `add_all`.

        The tasks are not to be used afterwards.
        """
        self._session.flush()
        insert = partial(insert_rows, self._session.connection(), self._recorder)
        insert(Task, [(task, {}) for task in tasks])
        parts = [(part, {"task_id": task.id}) for task in tasks for part in task.parts]
        insert(Part, parts)
        units = [(held, _links(task, held)) for task in tasks for held in task.assignments]
        insert(Assignment, units)
        entries = [(entry, {"task_id": task.id}) for task in tasks for entry in task.entries]
        insert(Entry, entries)
        cut_loose((*tasks, *(row for row, _ in (*parts, *units, *entries))))

    def let_go(self, rows: Iterable[Base]) -> None:
        """Forget rows that were stored and that the op no longer needs; they would be read again.

        Rows that point at each other live until the next collection, which holds the window up
        the longer the more there are.
        """
        for row in rows:
            self._session.expire(row)

    def flush(self) -> None:
        """Send what was changed so far, where a unique name must be free before it is taken."""
        self._session.flush()

    def remove(self, row: Base) -> None:
        """Delete a row; undo brings it back."""
        self._session.delete(row)

    def ledger(self, ledger_id: int) -> Ledger:
        """Return a ledger by its id, as reads give it."""
        found = self._session.get(Ledger, ledger_id)
        if found is None:
            raise UserError("这个专项已经不在台账里", "", "请重新打开台账")
        return found

    def find_ledger(self, name: str) -> Ledger | None:
        """Return the ledger of that name, if there is one."""
        return self._session.scalar(select(Ledger).where(Ledger.name == name))

    def task(self, code: str) -> Task:
        """Return a task by its code.

        Raises:
            UserError: there is none.
        """
        found = self._session.scalar(select(Task).where(Task.code == code))
        if found is None:
            raise UserError(f"没有编号为“{code}”的任务", "", "请用 task list 查看编号")
        return found

    def tasks_called(self, codes: Iterable[str]) -> list[Task]:
        """Return the tasks of these codes in their order, each once, with units and parts.

        Raises:
            UserError: there is no task of one of them.
        """
        wanted = list(dict.fromkeys(codes))
        found: dict[str, Task] = {}
        query = select(Task).options(selectinload(Task.parts), selectinload(Task.assignments))
        for start in range(0, len(wanted), _PORTION):
            some = query.where(Task.code.in_(wanted[start : start + _PORTION]))
            found |= {task.code: task for task in self._session.scalars(some)}
        return [found[code] if code in found else self.task(code) for code in wanted]

    def row_of_task(self, table: str, row_id: int) -> tuple[Task, Entry | None]:
        """Return the task behind a row of a trace, and the entry where the row is one.

        Args:
            table: `entry`, else `row_id` is the task's.

        Raises:
            UserError: the row is gone.
        """
        entry = self._session.get(Entry, row_id) if table == Entry.__table__.name else None
        task_id = entry.task_id if entry is not None else row_id
        found = self._session.get(Task, task_id)
        if found is None or (entry is None and table == Entry.__table__.name):
            raise UserError("这一项已经不在台账里", "", "请刷新后再试")
        return found, entry

    def ledger_of_kind(self, kind: str) -> Ledger | None:
        """Return the first running ledger of a kind, if there is one."""
        query = select(Ledger).where(Ledger.kind == kind, Ledger.state == LedgerState.RUNNING.value)
        return self._session.scalars(query.order_by(Ledger.id)).first()

    def tasks(self, ledger: Ledger, *, duties: bool = False) -> list[Task]:
        """Return the ledger's tasks in their printed order.

        Args:
            ledger: the ledger.
            duties: load parts and units of all at once; one by one they cost a flush each.
        """
        query = select(Task).where(Task.ledger_id == ledger.id).order_by(Task.position, Task.id)
        if duties:
            query = query.options(selectinload(Task.parts), selectinload(Task.assignments))
        return list(self._session.scalars(query))

    def load_parts_and_units(self, tasks: Sequence[Task]) -> None:
        """Read the parts and assignments of many tasks at once; each by itself takes a query."""
        query = select(Task).options(selectinload(Task.parts), selectinload(Task.assignments))
        for start in range(0, len(tasks), _PORTION):
            ids = [task.id for task in tasks[start : start + _PORTION]]
            self._session.scalars(query.where(Task.id.in_(ids))).all()

    def rounds(self, ledger: Ledger) -> list[Round]:
        """Return the ledger's rounds by number."""
        query = select(Round).where(Round.ledger_id == ledger.id).order_by(Round.number)
        return list(self._session.scalars(query))

    def open_round(self, ledger: Ledger) -> Round | None:
        """Return the latest round that is not closed."""
        standing = [r for r in self.rounds(ledger) if r.state != RoundState.CLOSED]
        return standing[-1] if standing else None

    def entry(self, task: Task, round_: Round) -> Entry | None:
        """Return the entry of a task in a round, if there is one."""
        query = select(Entry).where(Entry.task_id == task.id, Entry.round_id == round_.id)
        return self._session.scalar(query)

    def entries(self, round_: Round) -> dict[int, Entry]:
        """Return the round's entries by task id."""
        query = select(Entry).where(Entry.round_id == round_.id)
        return {entry.task_id: entry for entry in self._session.scalars(query)}

    def round_of(self, ledger: Ledger, number: int) -> Round:
        """Return the ledger's round of that number.

        Raises:
            UserError: there is none.
        """
        for row in self.rounds(ledger):
            if row.number == number:
                return row
        raise UserError(f"专项“{ledger.name}”没有第{number}期", "", "请用 round list 查看期数")

    def form_return(self, round_: Round, unit_id: int) -> FormReturn:
        """Return where a unit stands in a round; a new row where nothing was noted yet."""
        query = select(FormReturn).where(
            FormReturn.round_id == round_.id, FormReturn.unit_id == unit_id
        )
        found = self._session.scalar(query)
        if found is None:
            found = FormReturn(round_id=round_.id, unit_id=unit_id)
            self.add(found)
        return found

    def returned_files(self, round_: Round) -> list[ReturnedFile]:
        """Return the files that came back in a round, as they were collected."""
        query = select(ReturnedFile).where(ReturnedFile.round_id == round_.id)
        return list(self._session.scalars(query.order_by(ReturnedFile.id)))

    def returned_file(self, file_id: int) -> ReturnedFile:
        """Return a file that came back in a round.

        Raises:
            UserError: it is gone.
        """
        found = self._session.get(ReturnedFile, file_id)
        if found is None:
            raise UserError("这份来件已经不在台账里", "", "请刷新后再试")
        return found

    def round_by_id(self, round_id: int) -> Round:
        """Return a round by its id, as reads give it.

        Raises:
            UserError: it is gone.
        """
        found = self._session.get(Round, round_id)
        if found is None:
            raise UserError("这一期已经不在台账里", "", "请刷新后再试")
        return found

    def notes(self, round_: Round) -> list[Note]:
        """Return what was reported in a round, the earliest first."""
        query = select(Note).where(Note.round_id == round_.id).order_by(Note.id)
        return list(self._session.scalars(query))

    def editions(self, round_: Round) -> list[Edition]:
        """Return the editions of a round by version."""
        query = select(Edition).where(Edition.round_id == round_.id)
        return list(self._session.scalars(query.order_by(Edition.version)))

    def attachment(self, attachment_id: int) -> Attachment:
        """Return a file kept with a task.

        Raises:
            UserError: it is gone.
        """
        found = self._session.get(Attachment, attachment_id)
        if found is None:
            raise UserError("这份佐证材料已经不在台账里", "", "请刷新后再试")
        return found

    def attachments(self, task: Task) -> list[Attachment]:
        """Return the files kept with a task, the earliest first."""
        query = select(Attachment).where(Attachment.task_id == task.id)
        return list(self._session.scalars(query.order_by(Attachment.id)))

    def document_of(self, ledger: Ledger, blob_hash: str) -> Document | None:
        """Return the document that was read from this very file, if it was read before."""
        query = select(Document).where(
            Document.ledger_id == ledger.id, Document.blob_hash == blob_hash
        )
        return self._session.scalar(query)

    def find_setting(self, key: str) -> Setting | None:
        """Return a setting's row, if it was ever set."""
        return self._session.get(Setting, key)

    def next_position(self, ledger: Ledger) -> int:
        """Return the place after the ledger's last task."""
        query = select(func.max(Task.position)).where(Task.ledger_id == ledger.id)
        return (self._session.scalar(query) or 0) + 1

    def count(self, name: str) -> int:
        """Return the next number of a kind; a number once given is never given again."""
        counter = self._counters.get(name) or self._session.get(Counter, name)
        if counter is None:
            counter = Counter(name=name, value=0)
            self._session.add(counter)
        self._counters[name] = counter  # the session forgets rows that nobody holds
        counter.value += 1
        return counter.value

    def count_on(self, name: str, number: int) -> int:
        """Give a number of a kind that the user chose; all before it are passed over for good.

        Raises:
            UserError: it was given before, or passed over.
        """
        last = self.count(name) - 1
        if number <= last:
            raise UserError(f"{number}号已经用过或已跳过", f"最后给出的是{last}号", "请用后面的号")
        self._counters[name].value = number
        return number

    def slip(self, code: str) -> Slip:
        """Return a slip by its number as printed.

        Raises:
            UserError: there is none.
        """
        found = self._session.scalar(select(Slip).where(Slip.code == code))
        if found is None:
            raise UserError(f"没有编号为“{code}”的单子", "", "请用 slip list 查看编号")
        return found

    def keep(self, content: bytes) -> str:
        """Keep a file's bytes once and return their SHA-256."""
        digest = hashlib.sha256(content).hexdigest()
        if self._session.get(Blob, digest) is None:
            self._session.add(Blob(hash=digest, size=len(content), content=content))
            self._session.flush()
        return digest


def _links(task: Task, assignment: Assignment) -> dict[str, int | None]:
    part = assignment.part
    return {"task_id": task.id, "part_id": part.id if part is not None else None}
