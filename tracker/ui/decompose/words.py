"""What the list of drafts says in its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.terms import FIELD_WORDS, Role
from tracker.insight.lights import RECURRENCE_WORDS
from tracker.ops.drafts import STANDING_WORDS, Standing
from tracker.ui.decompose.doubts import doubts_of
from tracker.ui.detail.words import long_day, short_day
from tracker.ui.widgets.chips import Chip, Tone, unit_chips

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from tracker.domain.deadline import Deadline
    from tracker.domain.draft import Draft
    from tracker.domain.review import ReviewDraft
    from tracker.domain.table import Roles
    from tracker.ui.decompose.desk import Desk

NO_UNITS = "未写单位"
NO_DEADLINE = "未写时限"
UNREAD = "▲ 不能确定日期"
FIELDS = FIELD_WORDS | {"task": "任务内容"}


def figures_of(draft: Draft) -> str:
    """Return the quantities of a draft that are followed in later rounds."""
    said = (f"{figure.name}{figure.value}{figure.unit}" for figure in draft.figures)
    return "、".join(said)


def title_of(draft: Draft) -> str:
    """Return a draft's title, with the parts it has."""
    marks = "".join(item.mark for item in draft.items)
    return f"{draft.title}（含 {marks}）" if marks else draft.title


def below_title(draft: Draft) -> str:
    """Return the rest of a draft's words, in one line."""
    rest = draft.text.strip()
    rest = rest.removeprefix(draft.title).lstrip("。").strip()
    return " ".join(rest.split())


def chips_of(draft: Draft, whole: Mapping[str, str]) -> tuple[Chip, ...]:
    """Return the units of a draft as chips; those of parts behind the marks of the parts.

    Args:
        draft: the draft.
        whole: for printed names what they stand for.
    """
    chips = list(_named(draft.roles, whole))
    for item in draft.items:
        if item.roles:
            chips.append(Chip(item.mark, Tone.REST))
            chips += _named(item.roles, whole)
    return tuple(chips)


def _named(roles: Roles, whole: Mapping[str, str]) -> list[Chip]:
    return [Chip(named(chip.text, whole), chip.tone) for chip in unit_chips(roles)]


def named(name: str, whole: Mapping[str, str]) -> str:
    """Return a unit's printed name with what it stands for: 工信局＝县工信局."""
    meant = whole.get(name, name)
    return f"{name}＝{meant}" if meant != name else name


def units_in_words(draft: Draft, whole: Mapping[str, str]) -> str:
    """Return the units by role in words, for tool tips and screen readers."""
    roles = draft.all_roles()
    words = {Role.LEAD: "牵头", Role.COOPERATING: "配合", Role.RESPONSIBLE: "责任"}
    words[Role.GUIDING] = "指导"
    parts = [
        f"{words[role]}：{'、'.join(named(name, whole) for name in roles.of(role))}"
        for role in Role
        if roles.of(role)
    ]
    people = [f"责任人：{'、'.join(draft.persons)}"] if draft.persons else []
    return "\n".join([*parts, *people]) or NO_UNITS


def deadline_pair(deadline: Deadline | None, day: date | None) -> tuple[str, str]:
    """Return a deadline as printed and how it is read: 2026年6月底前, ＝ 6月30日.

    Args:
        deadline: the deadline.
        day: the document's date; a date of its year is shown without the year.
    """
    if deadline is None:
        return NO_DEADLINE, ""
    read = ""
    if deadline.date is not None:
        read = f"＝ {short_day(deadline.date, day) if day is not None else long_day(deadline.date)}"
    if deadline.doubtful:
        read = UNREAD if deadline.date is None else f"▲ 拿不准 {read}"
    return deadline.text or read.removeprefix("＝ "), read if deadline.text else ""


def deadline_reading(words: str, deadline: Deadline | None) -> tuple[str, bool]:
    """Return how typed words are read as a deadline, and whether something is wrong with them."""
    if not words:
        return "没有时限", False
    if deadline is None:
        return "▲ 读不出时限，请改写", True
    if deadline.date is not None:
        doubt = "；拿不准，请核对" if deadline.doubtful else ""
        return f"读作 {long_day(deadline.date)}{doubt}", deadline.doubtful
    if deadline.recurrence is not None:
        day = f"{deadline.day}日前" if deadline.day else ""
        return f"读作 {RECURRENCE_WORDS[deadline.recurrence]}{day}", False
    return ("▲ 不能确定日期；照原文保留", True) if deadline.doubtful else ("照原文保留", False)


def standing_word(desk: Desk, each: ReviewDraft) -> str:
    """Return how a draft stands to the ledger where the document was taken in before."""
    if each.dropped:
        return "已删"
    found = desk.standing(each)
    again = desk.plan is not None and bool(desk.plan.tasks)
    return STANDING_WORDS[found] if again or found is not Standing.NEW else ""


def note_of(desk: Desk, each: ReviewDraft) -> tuple[str, str]:
    """Return what stands below a draft's title and the colour it is written in."""
    if each.task is None and not each.dropped:
        return "▲ 是台账里的哪一项？请选", "red"
    doubts = () if each.dropped else doubts_of(each)
    if doubts:
        more = f"　等 {len(doubts)} 处" if len(doubts) > 1 else ""
        return f"▲ {doubts[0]}{more}", "red"
    if changed := desk.changes(each):
        kept = [c for c in changes_kept(desk, each) if c in changed]
        names = "、".join(FIELDS.get(c.field, c.field) for c in changed if c not in kept)
        return (f"改：{names}" if names else "保留台账现有内容"), "accent"
    return below_title(each.draft), "quiet"


def changes_kept(desk: Desk, each: ReviewDraft) -> list[object]:
    """Return the changes that the stored task does not take."""
    return [change for change in desk.changes(each) if change.field in each.kept]
