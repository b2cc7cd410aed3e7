"""The sample office of the window: made in a temporary place, gone with the window."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.ops.history import next_undo
from tracker.ops.office import open_office

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.ops.office import Office
    from tracker.ui.kit import Kit
    from tracker.ui.recent import Choices

OPENED = "这是虚构的示例，关闭程序时删除；有改动会先问您是否留下"
_ANSWERS = ("存为台账文件…", "不留")


class Samples:
    """Makes sample offices, and takes them away again; what was changed only if the user agrees."""

    def __init__(self, kit: Kit, choices: Choices) -> None:
        self._kit = kit
        self._choices = choices
        self._folders: list[Path] = []
        self._made: dict[Path, int] = {}

    def holds(self, path: Path) -> bool:
        """Return whether a file is a sample; those are no recent files."""
        return path.parent in self._folders

    def open(self, show: Callable[[Office], None]) -> None:
        """Make a sample office and hand it over."""
        from tracker.ops.sample import SAMPLE_NAME, make_sample

        who, now = self._kit.hub.who, self._kit.hub.now
        folder = Path(tempfile.mkdtemp(prefix="tracker-"))
        self._folders.append(folder)

        def opened(office: Office) -> None:
            self._made[office.path] = _last_step(office)
            show(office)
            self._kit.messages.tell(OPENED)

        self._kit.runner.read(
            "正在准备示例",
            lambda progress: open_office(
                make_sample(folder / SAMPLE_NAME, who=who, now=now, progress=progress), now
            ),
            opened,
        )

    def may_go(self) -> bool:
        """Ask about samples that were changed; return whether all may be taken away now."""
        return all(self._may_go(path) for path in tuple(self._made) if self._is_changed(path))

    def _is_changed(self, path: Path) -> bool:
        current = self._kit.hub.office
        if current is not None and current.path == path:
            return _last_step(current) != self._made[path]
        office = open_office(path, self._kit.hub.now)
        try:
            return _last_step(office) != self._made[path]
        finally:
            office.close()

    def _may_go(self, path: Path) -> bool:
        answer = self._kit.messages.choose(
            "示例里有改动，要留下吗？",
            "示例在临时文件夹里，关闭程序时删除；存为台账文件，以后可以再打开。",
            _ANSWERS,
        )
        return answer == 1 or (answer == 0 and self._keep(path))

    def _keep(self, path: Path) -> bool:
        """Copy a sample where the user wants it; return whether that was done."""
        from tracker.ui.commands import OFFICE_KINDS
        from tracker.ui.exports import documents

        asked = self._kit.messages.ask_save("留下示例", str(documents() / path.name), OFFICE_KINDS)
        if not asked:
            return False
        from tracker.ops.upkeep import backup_office

        target = Path(asked).with_suffix(".db")
        try:
            backup_office(path, self._kit.hub.now, target)
        except UserError as error:
            self._kit.messages.problem(error)
            return False
        self._choices.remember(target)
        del self._made[path]  # the user's now; the folder goes
        return True

    def remove(self) -> None:
        """Take all samples away; their files are closed."""
        for folder in self._folders:
            # What a virus scanner still holds is left to the system's own cleaning.
            shutil.rmtree(folder, ignore_errors=True)
        self._folders.clear()
        self._made.clear()


def _last_step(office: Office) -> int:
    step = next_undo(office)
    return step.id if step else 0
