"""What the ledger view writes: one cell, or a field of several tasks, through the runner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.base.errors import UserError
from tracker.domain.terms import COMPLETION_WORDS, Completion
from tracker.ops.browse import task_lines
from tracker.ops.cell_changes import apply_cells
from tracker.ops.entries import EntryWords, write_entry
from tracker.ops.task_changes import edit_many
from tracker.ops.tasks import TaskWords, edit_task
from tracker.ui.ledger.words import Column, closing_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from tracker.domain.cell_change import CellChange
    from tracker.ops.office import Office
    from tracker.ops.outcome import Outcome
    from tracker.ui.kit import Kit
    from tracker.ui.ledger.model import TaskModel

TITLES = {Column.ENTRY: "保存落实情况", Column.STATE: "保存状态", Column.DEADLINE: "保存时限"}


class Writer:
    """Saves what was typed; words that could not be saved are kept for the next try.

    Attributes:
        kept: words that were refused, by task code and column.
    """

    def __init__(self, kit: Kit, model: TaskModel, view: QWidget) -> None:
        self._kit = kit
        self._model = model
        self._view = view
        self.kept: dict[tuple[str, int], str] = {}

    def save_cell(self, task: tuple[int, str], column: int, words: str) -> None:
        """Save one cell; it shows the new words at once and the old ones again if refused."""
        hub = self._kit.hub
        task_id, code = task
        if hub.office is None:
            return
        refusal = self._refusal(column, words)
        if refusal is not None:
            self.kept[code, column] = words
            self._kit.messages.problem(refusal)
            return
        work = self._work(hub.office, code, column, words)
        self._model.show_typed(task_id, **_shown(column, words))

        def done(outcome: Outcome[str]) -> None:
            self.kept.pop((code, column), None)
            self._model.drop_typed(task_id)
            if outcome.changes:
                self._kit.messages.tell(outcome.sentence)

        def failed() -> None:
            self.kept[code, column] = words
            self._model.drop_typed(task_id)

        self._kit.runner.write(
            TITLES[Column(column)],
            lambda _progress: work(),
            done,
            initiator=self._view,
            failed=failed,
        )

    def _refusal(self, column: int, words: str) -> UserError | None:
        hub = self._kit.hub
        if column == Column.ENTRY and hub.ledger is not None and hub.round is None:
            return UserError(
                "这个专项还没有轮次，落实情况没有地方填",
                "所填的文字已保留，再次打开即可看到",
                "请先用“轮次 → 新开一期”，或导入上期表",
            )
        if column == Column.STATE and words.strip() in closing_words():
            return UserError(
                f"不能直接把状态写成“{words.strip()}”",
                "销号要写明完成情况、确认人和佐证",
                "请用“任务 → 销号”",
            )
        return None

    def _work(
        self, office: Office, code: str, column: int, words: str
    ) -> Callable[[], Outcome[str]]:
        """Return the op with everything it needs, to be called in the worker."""
        hub = self._kit.hub
        stamp: dict[str, Any] = {"who": hub.who, "now": hub.now}  # Any: keywords of an op
        number = hub.round.number if hub.round else None
        if column == Column.DEADLINE:
            return lambda: edit_task(office, code, TaskWords(deadline=words), **stamp)
        if column == Column.ENTRY:
            entry = EntryWords(progress=words)
            return lambda: write_entry(office, code, entry, round_number=number, **stamp)
        completion = _completion_of(words)
        if hub.round is None and completion is not None:
            return lambda: edit_task(office, code, TaskWords(completion=completion), **stamp)
        entry = EntryWords(state=words)
        return lambda: write_entry(office, code, entry, round_number=number, **stamp)

    def write_cells(self, cells: Sequence[CellChange], title: str) -> None:
        """Write changed cells in one step."""
        hub = self._kit.hub
        office, round_, who, now = hub.office, hub.round, hub.who, hub.now
        if office is None:
            return
        self._kit.runner.write(
            f"正在{title}",
            lambda _progress: apply_cells(office, cells, title, who=who, now=now, round_=round_),
            lambda outcome: self._kit.messages.tell(outcome.sentence),
            initiator=self._view,
        )

    def save_many(self, ids: Sequence[int], words: TaskWords) -> None:
        """Change a field of several tasks in one step."""
        hub = self._kit.hub
        if hub.office is None or not ids:
            return
        office, who, now = hub.office, hub.who, hub.now

        def work() -> Outcome[int]:
            codes = [line.code for line in task_lines(office, ids, None, now.date())]
            return edit_many(office, codes, words, who=who, now=now)

        self._kit.runner.write(
            f"正在修改 {len(ids)} 项",
            lambda _progress: work(),
            lambda outcome: self._kit.messages.tell(outcome.sentence),
            initiator=self._view,
        )


def _completion_of(words: str) -> Completion | None:
    return {word: state for state, word in COMPLETION_WORDS.items()}.get(words.strip())


def _shown(column: int, words: str) -> dict[str, Any]:  # Any: TaskLine's own fields
    """Return the fields of a line that show the typed words while they are being saved."""
    if column == Column.ENTRY:
        return {"entry_text": words, "carried": False}
    if column == Column.STATE:
        return {"entry_state": words}
    return {}
