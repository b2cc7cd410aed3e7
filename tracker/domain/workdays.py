"""Working days: weekends, public holidays and the weekends that are worked in exchange."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from tracker.base.errors import FileProblem, UserError
from tracker.base.resources import load

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE = "holidays.toml"
_SATURDAY = 5
_LAST = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked.

    Attributes:
        off: days that nobody works although they may be weekdays.
        on: weekends that are worked in exchange.
        years: the years whose table is known; of others only the weekends are.
        names: the holiday a day of `off` belongs to.
    """

    off: frozenset[date] = frozenset()
    on: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()
    names: Mapping[date, str] = field(default_factory=dict, compare=False)
    _changed: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _sums: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        changes = {day.toordinal(): -1 for day in self.off if day.weekday() < _SATURDAY}
        changes |= {day.toordinal(): 1 for day in self.on if day.weekday() >= _SATURDAY}
        object.__setattr__(self, "_changed", tuple(sorted(changes)))
        sums = accumulate((changes[day] for day in sorted(changes)), initial=0)
        object.__setattr__(self, "_sums", tuple(sums))

    def is_workday(self, day: date) -> bool:
        """Return whether `day` is worked."""
        return day in self.on or (day.weekday() < _SATURDAY and day not in self.off)

    def is_known(self, year: int) -> bool:
        """Return whether the holidays of `year` are known, not only its weekends."""
        return year in self.years

    def workdays_between(self, start: date, end: date) -> int:
        """Return the working days after `start` up to and including `end`; negative backwards."""
        return self._up_to(end.toordinal()) - self._up_to(start.toordinal())

    def add_workdays(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day`, before it where `count` is negative.

        Raises:
            UserError: the result lies outside the years that a date can hold.
        """
        if count == 0:
            return day
        if count > 0:
            return self._nth(self._up_to(day.toordinal()) + count)
        return self._nth(self._up_to(day.toordinal() - 1) + count + 1)

    def _up_to(self, ordinal: int) -> int:
        """Count the working days from the first day there is; that day was a Monday."""
        weeks, rest = divmod(ordinal, 7)
        changed = self._sums[bisect_right(self._changed, ordinal)]
        return weeks * _SATURDAY + min(rest, _SATURDAY) + changed

    def _nth(self, number: int) -> date:
        if not 1 <= number <= self._up_to(_LAST):
            raise UserError("工作日数超出了日历的范围", "", "请检查所填的天数")
        low, high = 1, _LAST
        while low < high:
            middle = (low + high) // 2
            if self._up_to(middle) < number:
                low = middle + 1
            else:
                high = middle
        return date.fromordinal(low)


def read_calendar(data: Mapping[str, Any]) -> Calendar:  # Any: parsed TOML
    """Return the calendar that the parsed list of holidays describes.

    Raises:
        FileProblem: an entry is incomplete or contradicts another one.
    """
    names: dict[date, str] = {}
    on: set[date] = set()
    years: set[int] = set()
    try:
        for table in data.get("year", ()):
            years.add(int(table["year"]))
            for holiday in table.get("holiday", ()):
                names |= dict.fromkeys(_days(holiday["from"], holiday["to"]), holiday["name"])
                on.update(_day(day) for day in holiday.get("work", ()))
    except (KeyError, TypeError, ValueError) as error:
        raise _broken(f"有一段缺项或写错：{error}") from error
    if both := on & set(names):
        raise _broken(f"{min(both)}既列为放假又列为上班")
    return Calendar(frozenset(names), frozenset(on), frozenset(years), names)


@cache
def load_calendar() -> Calendar:
    """Return the calendar of `resources/holidays.toml`."""
    return read_calendar(load(_FILE))


def _day(value: object) -> date:
    if type(value) is not date:
        raise ValueError(f"“{value}”应写成 2026-10-01 这样的日期")
    return value


def _days(first: object, last: object) -> list[date]:
    start, end = _day(first), _day(last)
    if end < start:
        raise ValueError(f"放假的末日{end}早于首日{start}")
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


def _broken(why: str) -> FileProblem:
    return FileProblem(f"资料“{_FILE}”的写法有误", why, "请改正该文件或重新安装程序")
