"""A day in words, as official documents write it (GB/T 9704-2012, 7.3.5.4: no leading zeros)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


def long_date(day: date) -> str:
    """Return “2026年9月30日”."""
    return f"{day.year}年{day.month}月{day.day}日"
