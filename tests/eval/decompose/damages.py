"""Damages that leave the meaning alone: the result must stay as it was."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_NARROW = str.maketrans("（）：；，", "():;,")
_WIDE = str.maketrans("():;", "（）：；")
_ITEM_NUMBER = re.compile(
    r"(?m)^([ 　\t]*(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|第[一二三四五六七八九十]{1,3}条"
    r"|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、]))[ 　\t\u00a0]*"
)
_BESIDE_DIGITS = re.compile(r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=\d)(?=[\u4e00-\u9fff])")
_TABLE_RULE = re.compile(r"[|: -]+")
_PAGE_LINE = re.compile(r"(?m)^[ \t]*(?:[—-] ?\d+ ?[—-]|第 ?\d+ ?页.*|\d+ ?/ ?\d+)[ \t]*$")


def drop_line_breaks(text: str) -> str:
    """Return the text in one line; the printed page numbers go with the lines they stood on."""
    return re.sub(r"[\r\n]+", "", _PAGE_LINE.sub("", text))


def double_line_breaks(text: str) -> str:
    """Return the text with an empty line after each."""
    return text.replace("\n", "\n\n")


def narrow_brackets(text: str) -> str:
    """Return the text with half-width brackets, colons and stops."""
    return text.translate(_NARROW)


def widen_brackets(text: str) -> str:
    """Return the text with full-width brackets, colons and stops; a table's rule stays."""
    lines = text.split("\n")
    return "\n".join(x if _TABLE_RULE.fullmatch(x) else x.translate(_WIDE) for x in lines)


def blank_after_numbers(text: str) -> str:
    """Return the text with a blank after each item number."""
    return _ITEM_NUMBER.sub(r"\1 ", text)


def blanks_beside_digits(text: str) -> str:
    """Return the text with a blank wherever a digit meets a character, as one editor does it."""
    return _BESIDE_DIGITS.sub(" ", text)


def windows_line_ends(text: str) -> str:
    """Return the text with the line ends of Windows."""
    return text.replace("\n", "\r\n")


def indented(text: str) -> str:
    """Return the text with each line two full-width blanks in."""
    return re.sub(r"(?m)^(?=.)", "　　", text)


DAMAGES: dict[str, Callable[[str], str]] = {
    "line breaks dropped": drop_line_breaks,
    "line breaks doubled": double_line_breaks,
    "brackets narrowed": narrow_brackets,
    "brackets widened": widen_brackets,
    "blank after numbers": blank_after_numbers,
    "blanks beside digits": blanks_beside_digits,
    "Windows line ends": windows_line_ends,
    "lines indented": indented,
}
