"""A number and its format code → the text a sheet shows.

Covers what offices use: General, decimals, thousands, percent, literals, sections and conditions,
dates and times with 年月日 and 上午/下午. Colours and [DBNum] are left out.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tracker.files.format_code import GENERAL, Section, sections_of
from tracker.files.shown_date import moment_of, show_date
from tracker.files.shown_number import general_text, show_number

if TYPE_CHECKING:
    from datetime import date


def show(raw: str, code: str, *, from_1904: bool = False) -> tuple[str, date | float | None]:
    """Return the text that a sheet shows for a stored number, and the number or date itself.

    Args:
        raw: the number as the file writes it.
        code: the format code.
        from_1904: whether the workbook counts days from 1904.
    """
    try:
        number = float(raw)
    except ValueError:
        return raw, None
    if not math.isfinite(number):
        return raw, None
    if code == GENERAL:
        return (general_text(raw, number) if number else "0"), number
    section, absolute = _choose(sections_of(code), number)
    if section is None:
        return general_text(raw, number), number
    if not section.is_date():
        return show_number(section, raw, -number if absolute else number), number
    moment = moment_of(section, number, from_1904)
    if moment is None:
        return general_text(raw, number), number
    value = moment.date() if section.is_calendar() else number
    return show_date(section, number, moment), value


def is_date_format(code: str) -> bool:
    """Tell whether `code` shows a date or a time."""
    sections = sections_of(code)
    return bool(sections) and sections[0].is_date()


def _choose(sections: tuple[Section, ...], number: float) -> tuple[Section | None, bool]:
    """Return the section for `number` and whether it shows the number without its sign."""
    if any(section.condition for section in sections):
        chosen = next((section for section in sections[:3] if section.holds(number)), None)
        return chosen, False
    negative = number < 0 and len(sections) > 1
    index = 1 if negative else 2 if number == 0 and len(sections) > 2 else 0
    section = sections[index]
    # “;;;” hides a number from the reader; it is not taken from the clerk.
    if not section.tokens and number != 0:
        return None, False
    return section, negative
