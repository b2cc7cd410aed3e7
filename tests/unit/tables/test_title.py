from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.domain.table import Table

TABLE = "\n序号\t任务\t完成时限\n1\t修渠\t6月底前\n"


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("某某县重点工作落实情况表", "某某县重点工作落实情况表"),
        ("## 某某县重点工作落实情况表\n", "某某县重点工作落实情况表"),
        ("某某县重点工作落实情况表\n\n附件2\n", "某某县重点工作落实情况表"),
        ("附件2：某某县重点工作台账", "某某县重点工作台账"),
        (
            "某某县贯彻落实全市水利工作会议精神\n重点任务分解表",
            "某某县贯彻落实全市水利工作会议精神重点任务分解表",
        ),
        ("某某县水利局\n重点任务分解表", "重点任务分解表"),
        ("水利工作台账\n交通工作台账", "交通工作台账"),
        ("重点工作台账\n（截至2026年9月底）", "重点工作台账"),
        ("重点工作台账\n填报单位：县府办\t2026年9月30日", "重点工作台账"),
        ("重点工作台账\n现将情况通报如下，请认真对照。", "重点工作台账"),
        ("各镇人民政府：\n请按下表抓好落实。", ""),
        ("", ""),
    ],
)
def test_the_title_is_the_nearest_heading_above(
    pasted: Callable[..., Table], above: str, title: str
) -> None:
    assert pasted(above + TABLE).title == title


@pytest.mark.parametrize(
    ("above", "day"),
    [
        ("重点工作台账\n（截至2026年9月底）", date(2026, 9, 30)),
        ("重点工作台账\n填报日期：2026-9-28", date(2026, 9, 28)),
        ("重点工作台账\n填报单位：县府办\t填报时间：2026年9月28日", date(2026, 9, 28)),
        ("县府办\n2025年10月15日\n\n台账", date(2025, 10, 15)),
        ("通报\n2025年10月15日\n截至2025年9月底\n台账", date(2025, 10, 15)),
        ("截至9月底", None),
        ("2025年重点工作台账", None),
    ],
)
def test_lines_above_give_the_date(
    pasted: Callable[..., Table], above: str, day: date | None
) -> None:
    assert pasted(above + TABLE).date == day


def test_a_date_below_the_table_is_its_date(pasted: Callable[..., Table]) -> None:
    table = pasted("台账" + TABLE + "某某县人民政府办公室\n2026年5月8日")
    assert table.date == date(2026, 5, 8)
    assert [s.why for s in table.skipped] == ["落款单位", "落款日期"]
    assert table.warnings == ()


@pytest.mark.parametrize(
    ("above", "given", "day"),
    [
        ("2025年台账", None, date(2025, 6, 30)),
        ("2025年台账", date(2027, 1, 1), date(2027, 6, 30)),
        ("2025年台账\n2026年3月1日", None, date(2026, 6, 30)),
        ("台账", None, None),
    ],
)
def test_the_year_of_a_deadline_comes_from_the_date_then_the_title(
    pasted: Callable[..., Table], above: str, given: date | None, day: date | None
) -> None:
    (row,) = pasted(above + TABLE, given).rows
    assert row.deadline is not None
    assert (row.deadline.text, row.deadline.date) == ("6月底前", day)
    assert row.deadline.doubtful == (day is None)


def test_the_only_year_of_the_column_serves_last(pasted: Callable[..., Table]) -> None:
    table = pasted("任务\t完成时限\n修渠\t6月底前\n修路\t2026年9月底前")
    assert [row.deadline and row.deadline.date for row in table.rows] == [
        date(2026, 6, 30),
        date(2026, 9, 30),
    ]


def test_lines_above_the_table_that_are_not_its_title_are_listed(
    pasted: Callable[..., Table],
) -> None:
    table = pasted(
        "附件2\n全县水利任务清单\n填报单位：县水利局\t填报日期：2026年3月1日\n"
        "各单位要按月报送。\n序号\t任务\t责任单位\n1\t修渠\t县水利局"
    )
    assert table.title == "全县水利任务清单"
    assert [(s.row, s.why, s.text) for s in table.skipped] == [
        (1, "附件或续表标记", "附件2"),
        (3, "填报信息", "填报单位：县水利局\t填报日期：2026年3月1日"),
        (4, "表格上方的文字", "各单位要按月报送。"),
    ]
