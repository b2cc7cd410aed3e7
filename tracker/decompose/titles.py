"""How the text of a task begins: its title."""

from __future__ import annotations

from tracker.text.segments import sentences


def title_of(text: str) -> str:
    """Return the first sentence without its 。; a heading on a line of its own is one."""
    for start, end in sentences(text):
        return text[start:end].rstrip("。")
    return ""


def without_separator(text: str) -> str:
    """Return `text` without the ， or ； that parted it from the note before it."""
    return text.lstrip("，、；,; \n") or text
