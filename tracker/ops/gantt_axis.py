"""The time that stands above the bars of the deadline view (时限图)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tracker.domain.workdays import load_calendar
from tracker.insight.timeline import PIXELS_PER_DAY, Zoom, days_off, ticks

if TYPE_CHECKING:
    from tracker.printing.gantt_rows import Axis

_SHADED_DAY = 3.2  # pixels; over narrower days the stripes would cover the whole chart
_LAST_DAY = date.max.toordinal()
_LEAST_PIXELS = ((Zoom.MONTH, 2.7), (Zoom.QUARTER, 1.0))  # so that a label with its year fits
_MARKED_DAYS = (10, 20)
_WIDE_DAY = 7.0  # pixels a day from which on every fifth day is marked


def zoom_of(pixels: float) -> Zoom:
    """Return the length of pieces that suits so many pixels a day."""
    return next((zoom for zoom, least in _LEAST_PIXELS if pixels >= least), Zoom.YEAR)


def make_axis(first: int, width: float, pixels: float, text_size: float = 13.0) -> Axis:
    """Return what stands above the bars from the day `first` on.

    Args:
        first: an ordinal.
        pixels: how wide a day is.
        text_size: larger text takes longer pieces.
    """
    from tracker.printing.gantt_rows import Axis

    start = date.fromordinal(max(1, min(first, _LAST_DAY)))
    end = date.fromordinal(max(1, min(first + int(width / pixels) + 1, _LAST_DAY)))
    plain = pixels * 13.0 / text_size
    zoom = zoom_of(plain)
    shades = days_off(load_calendar(), start, end) if plain >= _SHADED_DAY else ()
    return Axis(
        first=first,
        width=width,
        pixels=pixels,
        pieces=tuple(
            (tick.start.toordinal(), tick.end.toordinal(), tick.label)
            for tick in ticks(zoom, start, end)
        ),
        marks=_marks(zoom, start, end, plain),
        off=tuple((a.toordinal(), b.toordinal()) for a, b in shades),
    )


def _marks(zoom: Zoom, start: date, end: date, pixels: float) -> tuple[tuple[int, str], ...]:
    """Return days of a month where pieces are months, months where they are quarters."""
    if zoom is Zoom.MONTH:
        days = _MARKED_DAYS if pixels < _WIDE_DAY else tuple(range(5, 31, 5))
        months = [tick.start for tick in ticks(Zoom.MONTH, start, end)]
        found = (
            (month.toordinal() + day - 1, str(day))
            for month in months
            for day in days
            if month.month != 2 or day <= 28
        )
        return tuple(found)
    if zoom is Zoom.QUARTER:
        months = [tick.start for tick in ticks(Zoom.MONTH, start, end)]
        return tuple((month.toordinal(), f"{month.month}月") for month in months)
    if pixels < PIXELS_PER_DAY[Zoom.YEAR]:
        return ()
    quarters = [tick.start for tick in ticks(Zoom.QUARTER, start, end)]
    return tuple((day.toordinal(), f"{day.month}月") for day in quarters)
