"""Texts on their way into a cell of a workbook, where not every character may stand."""

from __future__ import annotations

import re

_ESCAPE_LIKE = re.compile(r"(?<=_x[0-9A-Fa-f]{2})(?=[0-9A-Fa-f]{2}_)")
# What Excel would take for a formula, a number, a date or a truth value once it is edited
_MISREAD = re.compile(
    r"\s*[=+\-@']"
    r"|[\s\d.,%/:()￥$¥eE年月日时分秒+\-]{1,40}$"
    r"|(?i:true|false)$"
)
_PLAIN_NUMBER = re.compile(r"0|[1-9]\d{0,8}", re.ASCII)


def runs(text: str) -> list[str]:
    """Return `text` cut inside every literal `_x0041_`, which a workbook takes for an escape.

    Written as runs of one cell the pieces are no escape to any program, and every reader joins
    them again.
    """
    return _ESCAPE_LIKE.split(text) if "_x" in text else [text]


def could_be_misread(text: str) -> bool:
    """Return whether Excel would make something else of `text` when its cell is edited."""
    return _MISREAD.match(text) is not None


def is_plain_number(text: str) -> bool:
    """Return whether `text` may be stored as a whole number and still be shown to the letter."""
    return _PLAIN_NUMBER.fullmatch(text) is not None
