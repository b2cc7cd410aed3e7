"""The documents that tasks came from: their text with the passage, and the files themselves."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.base.atomic import replace_file
from tracker.base.errors import FileProblem, UserError
from tracker.ops.tasks import no_such_task

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.domain.browse import Original
    from tracker.ops.office import Office


def original_of(office: Office, code: str) -> Original:
    """Return the document a task came from, with its passage where that can be found.

    A row of a table has no place in a text; its passage is where the task's words stand, line
    breaks and blanks apart.

    Raises:
        UserError: no such task, or it came from no document.
    """
    with office.read() as view:
        task = view.task(code)
        if task is None:
            raise no_such_task(code)
        found = view.original(task.id)
    if found is None:
        raise UserError(f"任务 {code} 没有原文", "它是手工录入的", "")
    span = found.span
    if span is None or not 0 <= span[0] < span[1] <= len(found.text):
        span = _place_of(task.text, found.text)
    return replace(found, span=span)


def save_original(office: Office, original: Original, target: Path) -> Path:
    """Write the file a task came from to disk, to the letter; return where it lies.

    Raises:
        FileProblem: its bytes are gone, or the target cannot be written.
    """
    content = None
    if original.blob_hash is not None:
        with office.read() as view:
            content = view.blob(original.blob_hash)
    if content is None:
        raise FileProblem(
            f"“{original.title}”的原件不在台账里", "导入时没有存下文件", "请向来文单位索取原件"
        )

    def write(path: Path) -> None:
        path.write_bytes(content)

    replace_file(target, write)
    return target


def _place_of(words: str, text: str) -> tuple[int, int] | None:
    """Return where words stand in a text, the first time; None where they do not."""
    signs = [re.escape(sign) for sign in words if not sign.isspace()]
    found = re.search(r"\s*".join(signs), text) if signs else None
    return (found.start(), found.end()) if found is not None else None
