"""Forms for tests, all invented."""

from __future__ import annotations

from datetime import date, datetime

from tracker.domain.form import Form, FormNumber, FormRow, FormStamp, digest_of
from tracker.domain.form_words import states, title_of

SENT = datetime(2026, 3, 2, 9, 30)
UNIT = "县住建局"
LONG = (
    "一是完成东岸片区管网普查42公里，发现破损点17处；二是北渠桥桩基施工过半，"
    "累计投资1.6亿元，占年度计划的48.5%；三是组织集中会商5次，办结要件12项。"
)


def row(number: str = "1", **cells: str) -> FormRow:
    """Return a row of a form; cells not named are ordinary ones."""
    usual = {
        "code": f"1-{number.zfill(3)}",
        "number": number,
        "task": f"推进第{number}片区排水改造，年内铺设管网8公里。",
        "role": "牵头单位",
        "deadline": "2026年底前",
        "before": "【推进中（40%）】\n已铺设管网3.2公里。",
    }
    return FormRow(**{**usual, **cells})


def form(*rows: FormRow, unit: str = UNIT, ledger: str = "春季重点工作") -> Form:
    """Return a form with these rows, else with two."""
    rows = rows or (row("1"), row("2"))
    codes = tuple(each.code for each in rows)
    stamp = FormStamp(ledger, 3, unit, SENT, codes, digest_of(rows))
    return Form(
        title_of(ledger),
        unit,
        3,
        rows,
        stamp,
        cut_off=date(2026, 3, 31),
        due=date(2026, 4, 3),
        states=states(),
        number=str(FormNumber(2, 3, 17)),
    )
