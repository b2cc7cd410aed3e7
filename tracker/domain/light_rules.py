"""Rule sets of lights (亮灯): which light a deadline gets, with its word, shape and colours.

Places differ in colours, words and thresholds, so a set is data (`resources/lights.toml`). The
lights of a set cut the line of dates, from the longest past to the farthest ahead, so that every
date has exactly one light.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tracker.base.errors import FileProblem, UserError
from tracker.base.resources import load

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from tracker.domain.workdays import Calendar

_FILE = "lights.toml"


class DayUnit(StrEnum):
    """In what a threshold and the remaining time are counted."""

    DAYS = "days"
    WORKDAYS = "workdays"

    @property
    def word(self) -> str:
        """The unit's Chinese word after a number."""
        return "天" if self is DayUnit.DAYS else "个工作日"


@dataclass(frozen=True, slots=True)
class Light:
    """A light as it is shown; the shape and the word tell it apart without colour.

    Attributes:
        key: its name within the rule set (`red`, `amber`, `green`, `blue`, `grey`, `done` …).
        on_light: the colour on a light ground, as `#rrggbb`.
        on_dark: the colour on a dark ground.
    """

    key: str
    word: str
    shape: str
    on_light: str
    on_dark: str


@dataclass(frozen=True, slots=True)
class Band:
    """The dates that give one light.

    Attributes:
        unit: what the thresholds and the remaining time are counted in.
        late: lit from so many past the deadline on; None for a light before the deadline.
        left: lit from so many before the deadline on.
    """

    light: Light
    unit: DayUnit
    late: int | None = None
    left: int | None = None

    def last_date(self, calendar: Calendar, today: date) -> int | None:
        """Return the ordinal of the last deadline that reaches the threshold today; None for all.

        A deadline that lies earlier reaches it too.
        """
        if self.late is not None:
            if self.unit is DayUnit.DAYS:
                return today.toordinal() - self.late
            first = calendar.add_workdays(today + timedelta(days=1), -self.late)
            return first.toordinal() - 1
        if self.left is not None:
            if self.unit is DayUnit.DAYS:
                return today.toordinal() + self.left
            return calendar.add_workdays(today, self.left + 1).toordinal() - 1
        return None


@dataclass(frozen=True, slots=True)
class LightRules:
    """A named set of lights.

    Attributes:
        bands: the lights of dated tasks, the longest past first; the last takes all other dates.
        undated: the light where no date is known, or the task was taken out.
        done: the light of what is finished or closed.
    """

    name: str
    bands: tuple[Band, ...]
    undated: Light
    done: Light

    @property
    def steady(self) -> Light:
        """The light of a task that is not near its deadline, or comes again and again."""
        return self.bands[-1].light

    @property
    def lights(self) -> tuple[Light, ...]:
        """Every light of the set, the gravest first."""
        return (*(band.light for band in self.bands), self.undated, self.done)

    def light(self, key: str) -> Light:
        """Return the light called `key`; raises KeyError where the set has none."""
        return {light.key: light for light in self.lights}[key]

    def legend(self) -> tuple[tuple[Light, str], ...]:
        """Return every light with the condition under which it is lit, for screen and paper."""
        dated = tuple((band.light, self.condition(n)) for n, band in enumerate(self.bands))
        return (*dated, (self.undated, "没有明确时限"), (self.done, "已完成或已销号"))

    def condition(self, index: int) -> str:
        """Return in Chinese when the light of the `index`-th band is lit."""
        band = self.bands[index]
        before = self.bands[index - 1] if index else None
        if band.late is not None:
            return _late_words(band, before)
        if band.left is not None:
            return f"距时限{band.left}{band.unit.word}以内" if band.left else "当天到期"
        if before and before.left is not None:
            return f"距时限超过{before.left}{before.unit.word}" if before.left else "未到时限"
        return "其余有时限的"


def _late_words(band: Band, before: Band | None) -> str:
    if before is None or before.late is None:
        return f"逾期{band.late}{band.unit.word}及以上"
    if before.unit is not band.unit or band.late is None:
        return f"逾期{band.late}{band.unit.word}及以上、不到{before.late}{before.unit.word}"
    last = before.late - 1
    span = str(last) if last == band.late else f"{band.late}至{last}"
    return f"逾期{span}{band.unit.word}"


def read_light_rules(data: Mapping[str, Any]) -> tuple[LightRules, ...]:  # Any: parsed TOML
    """Return the rule sets of the parsed list, the default one first.

    Raises:
        FileProblem: a set is incomplete or its thresholds are out of order.
    """
    try:
        sets = tuple(_rules(entry, data["colour"]) for entry in data["set"])
        default = data.get("default", sets[0].name if sets else "")
    except (KeyError, TypeError, ValueError) as error:
        raise _broken(f"有一段缺项或写错：{error}") from error
    if default not in [rules.name for rules in sets]:
        raise _broken(f"没有名为“{default}”的默认规则")
    if len({rules.name for rules in sets}) < len(sets):
        raise _broken("有两套规则同名")
    return tuple(sorted(sets, key=lambda rules: rules.name != default))


@cache
def load_light_rules() -> tuple[LightRules, ...]:
    """Return the rule sets of `resources/lights.toml`, the default one first."""
    return read_light_rules(load(_FILE))


def light_rules(name: str = "") -> LightRules:
    """Return the rule set of that name, the default one where the name is empty.

    Raises:
        UserError: no set has this name.
    """
    sets = load_light_rules()
    found = next((rules for rules in sets if not name or rules.name == name), None)
    if found is None:
        listed = "、".join(rules.name for rules in sets)
        raise UserError(f"没有名为“{name}”的亮灯规则", f"现有：{listed}", "请检查名称")
    return found


def _rules(entry: Mapping[str, Any], colours: Mapping[str, Any]) -> LightRules:
    bands = tuple(_band(light, colours) for light in entry["light"])
    name = str(entry["name"])
    rules = LightRules(
        name, bands, _light(entry["undated"], colours), _light(entry["done"], colours)
    )
    _check(rules)
    return rules


def _light(entry: Mapping[str, Any], colours: Mapping[str, Any]) -> Light:
    colour = colours[entry["colour"]]
    for value in (colour["light"], colour["dark"]):
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
            raise ValueError(f"颜色“{value}”应写成 #rrggbb")
    words = (entry["key"], entry["word"], entry["shape"])
    return Light(*words, on_light=colour["light"], on_dark=colour["dark"])


def _band(entry: Mapping[str, Any], colours: Mapping[str, Any]) -> Band:
    late, left = entry.get("late"), entry.get("left")
    if late is not None and left is not None:
        raise ValueError(f"“{entry['word']}”不能同时写 late 和 left")
    for value, least in ((late, 1), (left, 0)):
        if value is not None and (type(value) is not int or value < least):
            raise ValueError(f"“{entry['word']}”的天数应是不小于{least}的整数")
    return Band(_light(entry, colours), DayUnit(entry["unit"]), late, left)


def _check(rules: LightRules) -> None:
    """Refuse what would leave a date without a light or a light without a date."""
    keys = [light.key for light in rules.lights]
    if len(set(keys)) < len(keys):
        raise ValueError(f"“{rules.name}”中有两盏灯的 key 相同")
    *limited, last = rules.bands
    if last.late is not None or last.left is not None:
        raise ValueError(f"“{rules.name}”的最后一盏灯不应写 late 或 left")
    for band in limited:
        if band.late is None and band.left is None:
            raise ValueError(f"“{band.light.word}”缺 late 或 left")
    for band, following in pairwise(limited):
        late_again = band.late is None and following.late is not None
        if late_again or (band.unit is following.unit and _rank(following) <= _rank(band)):
            raise ValueError(f"“{following.light.word}”应排在“{band.light.word}”之前")


def _rank(band: Band) -> int:
    return -band.late if band.late is not None else band.left or 0


def _broken(why: str) -> FileProblem:
    return FileProblem(f"资料“{_FILE}”的写法有误", why, "请改正该文件或重新安装程序")
