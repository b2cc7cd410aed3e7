"""The title of a task."""

from __future__ import annotations

from tracker.text.segments import sentences


def title_of(text: str) -> str:
    """Return the first sentence without its 。; a heading on a line of its own is one."""
    for start, end in sentences(text):
        return text[start:end].lstrip("，、；,; ").rstrip("。")
    return ""
