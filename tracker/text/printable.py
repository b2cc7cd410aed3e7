"""Texts as a file may hold them: one kind of line end, no characters that XML forbids."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c]")


def printable(text: str) -> tuple[str, int]:
    """Return `text` as a workbook may hold it and how many characters had to go.

    Every kind of line end becomes `\\n`; only characters that XML forbids are taken out.
    """
    return _FORBIDDEN.subn("", _LINE_ENDS.sub("\n", text))
