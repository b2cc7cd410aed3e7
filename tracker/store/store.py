"""One database file, opened: reads, units of work, undo and redo."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import event

from tracker.base.errors import StoreProblem
from tracker.store import journal
from tracker.store.engine import is_read_only, make_engine, problems_of
from tracker.store.queries import View

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from tracker.domain.history import Changes, StepRow
    from tracker.store.work import Work


class Store:
    """An opened database file. Made by `store.files.open_store` and `create_store`.

    Attributes:
        path: the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._reader = make_engine(path, writing=False)

    @cached_property
    def _writer(self) -> Engine:
        return make_engine(self.path, writing=True)

    def close(self) -> None:
        """Let go of the file; the writer keeps no connection."""
        self._reader.dispose()

    @contextmanager
    def read(self) -> Iterator[View]:
        """Give the queries, all of one moment."""
        with problems_of(self.path), self._reader.begin() as connection:
            yield View(connection)

    @contextmanager
    def change(self, label: str, who: str, now: datetime) -> Iterator[Work]:
        """Run one unit of work: one transaction, one journal step named `label`.

        Nothing stays behind on any exception. A unit that changes nothing leaves no step.
        """
        from tracker.store.mapping import open_session  # a file that is only read needs none of it
        from tracker.store.recorder import Recorder
        from tracker.store.work import Work

        with self._writing() as connection, open_session(connection) as session:
            recorder = Recorder()
            event.listen(session, "after_flush", recorder.after_flush)
            event.listen(session, "persistent_to_deleted", recorder.persistent_to_deleted)
            work = Work(session, recorder)
            yield work
            session.flush()
            if recorder.changes or work.barrier:
                journal.write_step(
                    connection,
                    recorder.changes,
                    label=label,
                    who=who,
                    at=now,
                    barrier=work.barrier,
                )
            work.changes = journal.summarize(recorder.changes)

    def undo(self, who: str, now: datetime) -> tuple[StepRow, Changes]:
        """Take the last step back as a new step.

        Raises:
            UserError: nothing to undo, or a barrier.
        """
        with self._writing() as connection:
            return journal.undo(connection, who, now)

    def redo(self, who: str, now: datetime) -> tuple[StepRow, Changes]:
        """Do again the step that was undone last.

        Raises:
            UserError: nothing to redo.
        """
        with self._writing() as connection:
            return journal.redo(connection, who, now)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if is_read_only(self.path):
            raise StoreProblem(
                f"台账文件是只读的：{self.path.name}",
                "文件设了“只读”，或没有写入的权限",
                "请取消“只读”属性，或把它复制到可以写入的文件夹再打开",
            )
        with problems_of(self.path), self._writer.begin() as connection:
            yield connection
