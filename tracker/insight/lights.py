"""Which light a task has today, how long it still has, and why, in a sentence.

A unit is never accused on uncertain ground: a doubtful deadline and a task that only comes again
and again (每月、长期坚持) are never late. Where a deadline states a date, the date decides.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tracker.domain.browse import LightChoice
from tracker.domain.light_rules import DayUnit
from tracker.domain.terms import COMPLETION_WORDS, Completion, Recurrence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tracker.domain.deadline import Deadline
    from tracker.domain.light_rules import Light, LightRules
    from tracker.domain.task import TaskRow
    from tracker.domain.workdays import Calendar

RECURRENCE_WORDS = {
    Recurrence.WEEKLY: "每周",
    Recurrence.HALF_MONTHLY: "每半月",
    Recurrence.MONTHLY: "每月",
    Recurrence.QUARTERLY: "每季度",
    Recurrence.HALF_YEARLY: "每半年",
    Recurrence.YEARLY: "每年",
    Recurrence.CONTINUOUS: "长期坚持",
}
FINISHED = frozenset({Completion.DONE, Completion.CLOSED})

DateRange = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Lit:
    """A light with the short text beside it and its reason.

    Attributes:
        remaining: “逾期12天”, “剩3个工作日”, “今天到期”, “长期坚持”, “无时限” …
        reason: a Chinese sentence that names the dates and the rule.
    """

    light: Light
    remaining: str
    reason: str


@dataclass(frozen=True, slots=True)
class Lighter:
    """Gives lights under one rule set on one day; made once, asked for every task."""

    rules: LightRules
    calendar: Calendar
    today: date
    _ends: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ends: list[int] = []
        for band in self.rules.bands[:-1]:
            end = band.last_date(self.calendar, self.today)
            if end is not None:
                ends.append(max((end, *ends)))
        object.__setattr__(self, "_ends", tuple(ends))

    def lit(self, deadline: Deadline | None, completion: Completion) -> Lit:
        """Return the light of a task with its remaining time and reason."""
        if completion in FINISHED:
            word = COMPLETION_WORDS[completion]
            return Lit(self.rules.done, word, f"任务{word}，不再计时限。")
        if completion is Completion.EXCLUDED:
            word = COMPLETION_WORDS[completion]
            return Lit(self.rules.undated, word, f"任务已列为“{word}”，不计时限。")
        if deadline is None:
            return Lit(self.rules.undated, self.rules.undated.word, "任务没有写明时限。")
        if deadline.doubtful:
            return Lit(self.rules.undated, "时限存疑", _doubt_reason(deadline))
        if deadline.date is not None:
            return self._dated(deadline.date)
        if deadline.recurrence is not None:
            return self._recurring(deadline, deadline.recurrence)
        reason = f"时限写作“{deadline.text}”，没有具体日期。"
        return Lit(self.rules.undated, self.rules.undated.word, reason)

    def light(self, deadline: Deadline | None, completion: Completion) -> Light:
        """Return the light alone, without making its texts."""
        if completion in FINISHED:
            return self.rules.done
        if completion is Completion.EXCLUDED or deadline is None or deadline.doubtful:
            return self.rules.undated
        if deadline.date is not None:
            return self.rules.bands[self._band(deadline.date)].light
        return self.rules.steady if deadline.recurrence is not None else self.rules.undated

    def lits(self, tasks: Iterable[TaskRow]) -> dict[int, Lit]:
        """Return the lights by task id; tasks that share deadline and state share the value."""
        made: dict[tuple[Deadline | None, Completion], Lit] = {}
        found: dict[int, Lit] = {}
        for task in tasks:
            key = (task.deadline, task.completion)
            if key not in made:
                made[key] = self.lit(*key)
            found[task.id] = made[key]
        return found

    def date_bounds(self) -> dict[str, DateRange]:
        """Return first and last date of each light of open tasks; None stands for no limit.

        A light that no date gives today is left out. The ranges hold for open tasks (neither done,
        closed nor excluded) whose deadline has a date and is not doubtful. Of the other open ones
        those that are not doubtful and have a recurrence get `rules.steady`, all else
        `rules.undated`.
        """
        bounds: dict[str, DateRange] = {}
        first: date | None = None
        for band, end in zip(self.rules.bands, (*self._ends, None), strict=True):
            last = date.fromordinal(end) if end is not None else None
            if first is None or last is None or first <= last:
                bounds[band.light.key] = (first, last)
            if last is not None:
                first = last + timedelta(days=1)
        return bounds

    def choice(self, keys: Collection[str]) -> LightChoice:
        """Return the conditions on stored values under which a task has one of these lights."""
        bounds = self.date_bounds()
        return LightChoice(
            ranges=tuple(bounds[key] for key in bounds if key in keys),
            recurring=self.rules.steady.key in keys,
            undated=self.rules.undated.key in keys,
            done=self.rules.done.key in keys,
        )

    def _band(self, day: date) -> int:
        ordinal = day.toordinal()
        return sum(end < ordinal for end in self._ends)

    def _dated(self, day: date) -> Lit:
        index = self._band(day)
        band = self.rules.bands[index]
        rule = f"按“{self.rules.name}”规则，{self.rules.condition(index)}为“{band.light.word}”"
        reason = f"{self._distance(day)}；{rule}{self._caution(day)}。"
        return Lit(band.light, self._remaining(day, band.unit), reason)

    def _remaining(self, day: date, unit: DayUnit) -> str:
        days = (day - self.today).days
        if days == 0:
            return "今天到期"
        if unit is DayUnit.DAYS:
            return f"剩{days}天" if days > 0 else f"逾期{-days}天"
        workdays = self.calendar.workdays_between(self.today, day)
        if days > 0:
            return f"剩{workdays}个工作日" if workdays else f"剩{days}天（无工作日）"
        return f"逾期{-workdays}个工作日" if workdays else "过期未满1个工作日"

    def _distance(self, day: date) -> str:
        days = (day - self.today).days
        dates = f"时限{self._day_words(day)}，今天{self._day_words(self.today)}"
        if days == 0:
            return f"{dates}，当天到期"
        workdays = abs(self.calendar.workdays_between(self.today, day))
        passed = "还有" if days > 0 else "已过"
        return f"{dates}，{passed}{abs(days)}天（{workdays}个工作日）"

    def _caution(self, day: date) -> str:
        years = sorted({day.year, self.today.year})
        unknown = [year for year in years if not self.calendar.is_known(year)]
        if not unknown:
            return ""
        words = "、".join(f"{year}年" for year in unknown)
        return f"（{words}的放假安排未收录，只按周末推算）"

    def _recurring(self, deadline: Deadline, recurrence: Recurrence) -> Lit:
        light, word = self.rules.steady, RECURRENCE_WORDS[recurrence]
        if recurrence is Recurrence.CONTINUOUS:
            return Lit(light, word, f"时限为“{deadline.text or word}”，不按逾期计。")
        due = next_due(recurrence, deadline.day, self.today)
        if due is None:
            return Lit(light, word, f"时限为“{deadline.text or word}”，周期性任务不按逾期计。")
        next_time = self._day_words(due)
        remaining = "今天到期" if due == self.today else f"下次{next_time}"
        today = self._day_words(self.today)
        reason = (
            f"{word}{deadline.day}日前，今天{today}，下一次到{next_time}；周期性任务不按逾期计。"
        )
        return Lit(light, remaining, reason)

    def _day_words(self, day: date) -> str:
        year = f"{day.year}年" if day.year != self.today.year else ""
        return f"{year}{day.month}月{day.day}日"


def light_of(
    deadline: Deadline | None,
    completion: Completion,
    today: date,
    rules: LightRules,
    calendar: Calendar,
) -> Lit:
    """Return the light of one task; for many tasks make one `Lighter`."""
    return Lighter(rules, calendar, today).lit(deadline, completion)


def date_bounds(rules: LightRules, calendar: Calendar, today: date) -> dict[str, DateRange]:
    """Return the range of deadlines of each light; see `Lighter.date_bounds`."""
    return Lighter(rules, calendar, today).date_bounds()


def is_overdue(deadline: Deadline | None, completion: Completion, today: date) -> bool:
    """Return whether an open task's certain date has passed."""
    if completion in FINISHED or completion is Completion.EXCLUDED:
        return False
    if deadline is None or deadline.doubtful or deadline.date is None:
        return False
    return deadline.date < today


def next_due(recurrence: Recurrence, day: int | None, today: date) -> date | None:
    """Return the next monthly due day, today included; None where no day is stated.

    A month that is too short ends on its last day.
    """
    if recurrence is not Recurrence.MONTHLY or day is None:
        return None
    due = _in_month(today.year, today.month, day)
    if due >= today:
        return due
    year, month = divmod(today.year * 12 + today.month, 12)
    return _in_month(year, month + 1, day)


def _in_month(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


def _doubt_reason(deadline: Deadline) -> str:
    if deadline.date is None:
        return f"时限写作“{deadline.text}”，读不准日期，待核定。"
    day = deadline.date
    read = f"{day.year}年{day.month}月{day.day}日"
    return f"时限写作“{deadline.text}”，暂读作{read}，待核定；核定前不按逾期计。"
