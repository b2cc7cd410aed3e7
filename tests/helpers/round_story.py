"""A round as it goes: forms sent, some back (one altered, one of nobody, a scan), some by phone."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from tests.helpers.returned_forms import Returned, add_row, alter_task, empty, fill
from tracker.domain.returned import ByHand, Call, Way
from tracker.ops.collect import apply_collection, read_returns
from tracker.ops.forms import plan_forms, send_forms
from tracker.ops.notes import NoteWords
from tracker.ops.returns import add_call, mark_exempt, mark_reported, move_due
from tracker.ops.rounds import list_rounds, new_round

WHO = "张三"
DAYS_SENT, DAYS_DUE = 9, 4


@dataclass(frozen=True, slots=True)
class Story:
    """What was made.

    Attributes:
        unused: forms that were sent and have not come back, by unit.
    """

    ledger: object
    round: object
    unused: dict[str, Path]


def tell(office: object, ledger: object, folder: Path, now: datetime) -> Story:
    """Open a round, send its forms, let some come back and chase others."""
    sent_at = now - timedelta(days=DAYS_SENT)
    due = now.date() - timedelta(days=DAYS_DUE)
    new_round(office, ledger, who=WHO, now=sent_at, cut_off=due, feedback_due=due)
    round_ = list_rounds(office, ledger)[-1]
    plan = plan_forms(office, ledger, round_)
    sent = send_forms(office, ledger, round_, folder / "发出", plan=plan, who=WHO, now=sent_at)
    paths = dict(zip((form.unit for form in plan.forms), sent.value.paths, strict=True))
    round_ = list_rounds(office, ledger)[-1]
    back = folder / "收回"
    back.mkdir(parents=True)
    units = sorted(paths, key=lambda unit: -_rows(plan, unit))
    _come_back(paths, units, back)
    found = read_returns(office, ledger, round_, [back], today=now.date())
    apply_collection(office, found, who=WHO, now=now)
    _by_hand(office, ledger, round_, units, plan, now)
    return Story(ledger, round_, {unit: paths[unit] for unit in units[12:]})


def _rows(plan: object, unit: str) -> int:
    return next(len(form.rows) for form in plan.forms if form.unit == unit)


def _come_back(paths: dict[str, Path], units: list[str], back: Path) -> None:
    for place, unit in enumerate(units[:8]):
        target = Path(shutil.copy(paths[unit], back / paths[unit].name))
        returned: Returned = fill(target, unit, "本期")
        if place < 2:
            alter_task(returned, back)
        if place in (1, 2):
            add_row(returned, back)
        if place == 7:
            empty(returned, back)
    (back / f"{units[8]}盖章件.pdf").write_bytes(_scan())
    (back / "新建文本文档.txt").write_text("进展已电话汇报，请见附件照片。", encoding="utf-8")


def _by_hand(
    office: object, ledger: object, round_: object, units: list[str], plan: object, now: datetime
) -> None:
    def do(op: object, unit: str, *more: object) -> None:
        op(office, ledger, round_, unit, *more, who=WHO, now=now)

    form = next(form for form in plan.forms if form.unit == units[9])
    said = {row.code: NoteWords("电话报：正在收尾。") for row in form.rows[:1]}
    day = now.date()
    do(mark_reported, units[9], ByHand(Way.PHONE, day, "办公室李主任", "下午补表"), said)
    do(mark_exempt, units[10], "正在机构改革，本期由县政府办公室代报")
    do(move_due, units[11], day + timedelta(days=3), "班子换届")
    do(add_call, units[12], Call(now - timedelta(hours=20), "王芳", "今天下班前报来", WHO))
    for hours in (40, 20):
        do(add_call, units[13], Call(now - timedelta(hours=hours), "办公室", "没人接", WHO))


def _scan() -> bytes:
    """Return a PDF of one page that holds a picture and no words."""
    from io import BytesIO

    from PIL import Image

    kept = BytesIO()
    Image.new("L", (200, 280), 235).save(kept, format="PDF")
    return kept.getvalue()
