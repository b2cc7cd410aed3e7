"""Lights, remaining times and reasons under the two rule sets."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.base.errors import FileProblem, UserError
from tracker.base.resources import load
from tracker.domain.deadline import Deadline
from tracker.domain.light_rules import (
    Band,
    DayUnit,
    Light,
    LightRules,
    light_rules,
    load_light_rules,
    read_light_rules,
)
from tracker.domain.terms import Completion, Recurrence
from tracker.domain.workdays import load_calendar
from tracker.insight.lights import Lighter, date_bounds, is_overdue, light_of, next_due

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.domain.task import TaskRow

CALENDAR = load_calendar()
DEFAULT = light_rules()
FIVE = light_rules("五级预警")
OPEN = Completion.IN_PROGRESS
DAYS = st.dates(date(2023, 6, 1), date(2028, 6, 1))


def due(day: date, **more: Any) -> Deadline:
    return Deadline("按期", day, **more)


@pytest.mark.parametrize(
    ("deadline", "today", "key", "remaining"),
    [
        (date(2026, 9, 18), date(2026, 9, 30), "red", "逾期12天"),
        (date(2026, 9, 18), date(2026, 9, 19), "red", "逾期1天"),
        (date(2026, 9, 18), date(2026, 9, 18), "amber", "今天到期"),
        (date(2026, 9, 18), date(2026, 9, 15), "amber", "剩3个工作日"),
        (date(2026, 9, 18), date(2026, 9, 14), "green", "剩4天"),
        (date(2026, 10, 7), date(2026, 10, 1), "amber", "剩6天（无工作日）"),
        (date(2026, 10, 10), date(2026, 9, 30), "amber", "剩3个工作日"),
        (date(2026, 10, 13), date(2026, 9, 30), "green", "剩13天"),
    ],
)
def test_the_default_rule_lights_by_days_past_and_working_days_to_go(
    deadline: date, today: date, key: str, remaining: str
) -> None:
    lit = light_of(due(deadline), OPEN, today, DEFAULT, CALENDAR)
    assert (lit.light.key, lit.remaining) == (key, remaining)


@pytest.mark.parametrize(
    ("deadline", "today", "key", "remaining"),
    [
        (date(2026, 9, 1), date(2026, 9, 9), "red", "逾期6个工作日"),
        (date(2026, 9, 1), date(2026, 9, 8), "amber", "逾期5个工作日"),
        (date(2026, 9, 4), date(2026, 9, 7), "amber", "逾期1个工作日"),
        (date(2026, 9, 4), date(2026, 9, 5), "blue", "过期未满1个工作日"),
        (date(2026, 9, 4), date(2026, 9, 4), "blue", "今天到期"),
        (date(2026, 9, 4), date(2026, 9, 1), "blue", "剩3个工作日"),
        (date(2026, 9, 4), date(2026, 8, 31), "green", "剩4天"),
    ],
)
def test_the_five_step_rule_counts_working_days(
    deadline: date, today: date, key: str, remaining: str
) -> None:
    lit = light_of(due(deadline), OPEN, today, FIVE, CALENDAR)
    assert (lit.light.key, lit.remaining) == (key, remaining)


@pytest.mark.parametrize(
    ("deadline", "completion", "key", "remaining"),
    [
        (None, OPEN, "grey", "无时限"),
        (Deadline("尽快"), OPEN, "grey", "无时限"),
        (Deadline("年底前后", doubtful=True), OPEN, "grey", "时限存疑"),
        (Deadline("3月", date(2025, 3, 31), doubtful=True), OPEN, "grey", "时限存疑"),
        (Deadline("长期坚持", recurrence=Recurrence.CONTINUOUS), OPEN, "green", "长期坚持"),
        (Deadline("每季度", recurrence=Recurrence.QUARTERLY), OPEN, "green", "每季度"),
        (due(date(2025, 1, 1)), Completion.EXCLUDED, "grey", "调整/取消"),
        (due(date(2025, 1, 1)), Completion.DONE, "done", "已完成"),
        (due(date(2025, 1, 1)), Completion.CLOSED, "done", "已销号"),
        (None, Completion.NOT_STARTED, "grey", "无时限"),
    ],
)
def test_what_has_no_certain_date_is_never_late(
    deadline: Deadline | None, completion: Completion, key: str, remaining: str
) -> None:
    for rules in load_light_rules():
        lit = light_of(deadline, completion, date(2026, 9, 30), rules, CALENDAR)
        assert (lit.light.key, lit.remaining) == (key, remaining)
        assert lit.reason.endswith("。")


@pytest.mark.parametrize(
    ("today", "remaining"),
    [
        (date(2026, 9, 17), "下次9月25日"),
        (date(2026, 9, 25), "今天到期"),
        (date(2026, 9, 26), "下次10月25日"),
        (date(2026, 12, 26), "下次2027年1月25日"),
    ],
)
def test_a_monthly_duty_shows_its_next_day_and_is_not_late(today: date, remaining: str) -> None:
    deadline = Deadline("每月25日前", recurrence=Recurrence.MONTHLY, day=25)
    lit = light_of(deadline, OPEN, today, DEFAULT, CALENDAR)
    assert (lit.light.key, lit.remaining) == ("green", remaining)


@given(DAYS, st.integers(1, 31))
def test_the_next_monthly_day_is_never_past_and_within_a_month(today: date, day: int) -> None:
    found = next_due(Recurrence.MONTHLY, day, today)
    assert found is not None
    assert 0 <= (found - today).days <= 31
    assert found.day == day or (found + timedelta(days=1)).day == 1


def test_a_stated_date_decides_although_the_work_comes_again() -> None:
    deadline = Deadline("按月调度，6月底前完成", date(2026, 6, 30), Recurrence.MONTHLY)
    lit = light_of(deadline, OPEN, date(2026, 7, 2), DEFAULT, CALENDAR)
    assert lit.light.key == "red"


@pytest.mark.parametrize(
    ("deadline", "reason"),
    [
        (
            date(2026, 9, 18),
            (
                "时限9月18日，今天9月30日，已过12天（8个工作日）；"
                "按“默认”规则，逾期1天及以上为“逾期”。"
            ),
        ),
        (
            date(2026, 9, 30),
            "时限9月30日，今天9月30日，当天到期；按“默认”规则，距时限3个工作日以内为“临期”。",
        ),
        (
            date(2027, 1, 4),
            (
                "时限2027年1月4日，今天9月30日，还有96天（64个工作日）；"
                "按“默认”规则，距时限超过3个工作日为“正常”（2027年的放假安排未收录，只按周末推算）。"
            ),
        ),
    ],
)
def test_a_reason_names_dates_and_rule(deadline: date, reason: str) -> None:
    assert light_of(due(deadline), OPEN, date(2026, 9, 30), DEFAULT, CALENDAR).reason == reason


def test_a_doubtful_date_is_named_but_accuses_nobody() -> None:
    deadline = Deadline("3月", date(2025, 3, 31), doubtful=True)
    lit = light_of(deadline, OPEN, date(2026, 9, 30), DEFAULT, CALENDAR)
    assert "暂读作2025年3月31日" in lit.reason
    assert not is_overdue(deadline, OPEN, date(2026, 9, 30))


def random_rules() -> st.SearchStrategy[LightRules]:
    """Any rule set that may stand in the list, thresholds of both units mixed."""

    def build(late: list[int], left: list[int], units: list[DayUnit]) -> LightRules:
        spare = iter(units)
        bands = [
            Band(Light(f"late{n}", "晚", "●", "#000000", "#ffffff"), next(spare), late=n)
            for n in sorted(late, reverse=True)
        ]
        bands += [
            Band(Light(f"left{n}", "近", "◐", "#000000", "#ffffff"), next(spare), left=n)
            for n in sorted(left)
        ]
        rest = Light("rest", "远", "○", "#000000", "#ffffff")
        grey, done = (Light(k, k, "–", "#000000", "#ffffff") for k in ("grey", "done"))
        return LightRules("试", (*bands, Band(rest, DayUnit.DAYS)), grey, done)

    few = st.lists(st.integers(1, 15), unique=True, max_size=3)
    return st.builds(build, few, few, st.lists(st.sampled_from(DayUnit), min_size=6, max_size=6))


@given(DAYS, DAYS, st.one_of(st.sampled_from(load_light_rules()), random_rules()))
def test_light_and_date_bounds_agree_for_every_date(
    day: date, today: date, rules: LightRules
) -> None:
    day = today + timedelta(days=(day - today).days % 60 - 30)
    bounds = date_bounds(rules, CALENDAR, today)
    within = [
        key
        for key, (first, last) in bounds.items()
        if (first is None or first <= day) and (last is None or day <= last)
    ]
    lighter = Lighter(rules, CALENDAR, today)
    assert within == [lighter.lit(due(day), OPEN).light.key]
    assert lighter.light(due(day), OPEN).key == within[0]


@given(DAYS, DAYS)
def test_thresholds_hold_as_the_rules_state_them(day: date, today: date) -> None:
    day = today + timedelta(days=(day - today).days % 60 - 30)
    left = CALENDAR.workdays_between(today, day)
    late = -left if day < today else 0
    expected = "red" if day < today else "amber" if left <= 3 else "green"
    assert light_of(due(day), OPEN, today, DEFAULT, CALENDAR).light.key == expected
    expected = "red" if late > 5 else "amber" if late >= 1 else "blue" if left <= 3 else "green"
    assert light_of(due(day), OPEN, today, FIVE, CALENDAR).light.key == expected


def test_the_ranges_follow_each_other_without_a_gap() -> None:
    bounds = list(date_bounds(DEFAULT, CALENDAR, date(2026, 9, 30)).items())
    assert bounds == [
        ("red", (None, date(2026, 9, 29))),
        ("amber", (date(2026, 9, 30), date(2026, 10, 11))),
        ("green", (date(2026, 10, 12), None)),
    ]


deadlines = st.one_of(
    st.none(),
    st.builds(
        Deadline,
        st.just("字"),
        st.none() | DAYS,
        st.none() | st.sampled_from(Recurrence),
        st.none() | st.integers(1, 31),
        st.booleans(),
    ),
)


@given(deadlines, st.sampled_from(Completion), DAYS)
def test_conditions_for_the_store_choose_what_the_light_says(
    deadline: Deadline | None, completion: Completion, today: date
) -> None:
    lighter = Lighter(DEFAULT, CALENDAR, today)
    shown = lighter.lit(deadline, completion).light
    assert lighter.light(deadline, completion) == shown
    for light in DEFAULT.lights:
        choice = lighter.choice({light.key})
        if completion in (Completion.DONE, Completion.CLOSED):
            chosen = choice.done
        elif completion is Completion.EXCLUDED or deadline is None or deadline.doubtful:
            chosen = choice.undated
        elif deadline.date is not None:
            chosen = any(
                (a is None or a <= deadline.date) and (b is None or deadline.date <= b)
                for a, b in choice.ranges
            )
        else:
            chosen = choice.recurring if deadline.recurrence else choice.undated
        assert chosen == (light == shown)


@given(deadlines, st.sampled_from(Completion), DAYS)
def test_red_means_an_open_task_with_a_certain_past_date(
    deadline: Deadline | None, completion: Completion, today: date
) -> None:
    lit = light_of(deadline, completion, today, DEFAULT, CALENDAR)
    assert (lit.light.key == "red") == is_overdue(deadline, completion, today)


def test_tasks_that_share_deadline_and_state_share_the_value(
    make_task: Callable[..., TaskRow],
) -> None:
    day = due(date(2026, 9, 30))
    tasks = [make_task(1, deadline=day), make_task(2, deadline=due(date(2026, 9, 30)))]
    lits = Lighter(DEFAULT, CALENDAR, date(2026, 9, 1)).lits(tasks)
    assert lits[1] is lits[2]


def test_every_light_of_a_set_differs_in_shape_and_reads_on_both_grounds() -> None:
    for rules in load_light_rules():
        assert len({light.shape for light in rules.lights}) == len(rules.lights)
        for light in rules.lights:
            assert min(contrast(light.on_light, ground) for ground in ("#ffffff", "#e8f0fa")) >= 4.5
            assert min(contrast(light.on_dark, ground) for ground in ("#1b1e23", "#2b3442")) >= 4.5


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_legend_states_every_condition() -> None:
    assert [(light.shape, words) for light, words in FIVE.legend()] == [
        ("●", "逾期6个工作日及以上"),
        ("◐", "逾期1至5个工作日"),
        ("◇", "距时限3个工作日以内"),
        ("○", "距时限超过3个工作日"),
        ("–", "没有明确时限"),
        ("✓", "已完成或已销号"),
    ]
    assert FIVE.light("blue").word == "临期"


def test_the_default_set_comes_first_and_others_by_name() -> None:
    assert [rules.name for rules in load_light_rules()] == ["默认", "五级预警"]
    with pytest.raises(UserError, match="默认、五级预警"):
        light_rules("没有的")


def _drop_threshold(data: dict[str, Any]) -> None:
    del data["set"][0]["light"][0]["late"]


def _two_thresholds(data: dict[str, Any]) -> None:
    data["set"][0]["light"][0]["left"] = 2


def _last_limited(data: dict[str, Any]) -> None:
    data["set"][0]["light"][-1]["left"] = 9


def _wrong_order(data: dict[str, Any]) -> None:
    data["set"][1]["light"][0]["late"] = 1


def _late_after_left(data: dict[str, Any]) -> None:
    data["set"][0]["light"].insert(2, {**data["set"][0]["light"][0], "key": "x"})


def _same_key(data: dict[str, Any]) -> None:
    data["set"][0]["light"][1]["key"] = "red"


def _unknown_colour(data: dict[str, Any]) -> None:
    data["set"][0]["done"]["colour"] = "没有"


def _bad_colour(data: dict[str, Any]) -> None:
    data["colour"]["red"]["light"] = "红"


def _bad_unit(data: dict[str, Any]) -> None:
    data["set"][0]["light"][0]["unit"] = "weeks"


def _no_days(data: dict[str, Any]) -> None:
    data["set"][0]["light"][0]["late"] = 0


def _bad_default(data: dict[str, Any]) -> None:
    data["default"] = "没有的"


def _no_lights(data: dict[str, Any]) -> None:
    data["set"][0]["light"] = []


def _same_name(data: dict[str, Any]) -> None:
    data["set"][1]["name"] = "默认"


@pytest.mark.parametrize(
    "spoil",
    [
        _drop_threshold,
        _two_thresholds,
        _last_limited,
        _wrong_order,
        _late_after_left,
        _same_key,
        _unknown_colour,
        _bad_colour,
        _bad_unit,
        _no_days,
        _bad_default,
        _no_lights,
        _same_name,
    ],
)
def test_a_broken_list_of_lights_is_refused_by_name(
    spoil: Callable[[dict[str, Any]], None],
) -> None:
    data = copy.deepcopy(load("lights.toml"))
    spoil(data)
    with pytest.raises(FileProblem, match=r"lights\.toml"):
        read_light_rules(data)
