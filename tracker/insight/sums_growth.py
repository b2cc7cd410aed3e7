"""Growth told with both its ends, and what is said of the pace against the calendar."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from tracker.domain.sum_check import SumKind, SumSlip
from tracker.insight.sums_amounts import PERCENT, POINTS, number_words, rounded_words, value_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.insight.sums_amounts import Amount
    from tracker.insight.sums_clauses import Group, Item

_UP = r"增长|增加|提高|提升|上升|增幅|净增|上涨|扩大|多"
_DOWN = r"下降|减少|降低|降幅|压减|缩短|下滑|压缩|缩减|少"
_TO = re.compile(
    r"^[^，。；]{0,4}?(?P<way>增长|增加|提高|提升|上升|上涨|扩大|增|升|下降|减少|降低|压减|压缩|缩短|缩减|减|降)(?:至|到|为)了?$"
)
_FROM = re.compile(r"(?:由|从)[^，。；]{0,12}$")
_BY = re.compile(rf"^(?:分别)?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:了|为|达|达到)?$")
_THAN = re.compile(r"^(?:同比)?(?:较|比|同|与)[^，。；]{0,12}$")
_UP_WAYS = frozenset({"增长", "增加", "提高", "提升", "上升", "上涨", "扩大", "增", "升"})
_PACE = re.compile(r"序时(?:进度|计划)?")
_OWN_PACE = re.compile(r"序时(?:进度|计划)?(?:要求)?(?:的|为|应为|应达|应达到|要求为|是|:)?$")
_REACHES = re.compile(
    r"(?<!未)(?<!没有)(?:达到|达|超过|超|高于|快于|符合|赶上|完成|领先于?|优于)(?:了)?序时|按序时进度推进"
)
_NOT_YET = re.compile("力争|确保|争取|努力|距|差|没有|尚|难以|无法|要|才能|未|应|预计|有望|可以?达")
_LAGS = re.compile(r"(?:未达到?|低于|落后于?|滞后于?|慢于|欠|未完成|滞后|落后)序时")
_DONE_SHARE = re.compile(
    r"(?:完成.{0,12}的|完成率(?:为|达|达到)?|进度(?:为|达|达到|已达)?|占.{0,10}的|已完成)$"
)
_GAP = re.compile(
    r"(?P<way>低于|落后于?|慢于|滞后于?|欠|高于|快于|超过?|超出|领先于?|低|高)?[^，。；]{0,4}序时(?:进度|计划)?[^，。；\d]{0,8}$"
)


def check_growth(group: Group) -> Iterator[SumSlip]:
    """Yield growth that its two ends do not bear out."""
    items = group.items
    for place in range(len(items) - 2):
        first, second, third = items[place : place + 3]
        if not all(i.amount.exact for i in (first, second, third)):
            continue
        if first.amount.is_share != second.amount.is_share:
            continue
        slip = _from_to(first, second, third) or _compared(first, second, third)
        if slip is not None:
            yield slip


def _from_to(old: Item, new: Item, by: Item) -> SumSlip | None:
    """由120户增至150户，增长25%."""
    found = _TO.match(new.before)
    grows = _BY.match(by.before)
    if not found or not grows or not _FROM.search(old.before) or not by.follows_closely:
        return None
    if new.sign or not _alike(old.amount, new.amount):
        return None
    if bool(grows["up"]) != (found["way"] in _UP_WAYS):
        return None
    return _growth(old.amount, new.amount, by.amount, rises=bool(grows["up"]))


def _compared(new: Item, old: Item, by: Item) -> SumSlip | None:
    """完成150户，较上年同期120户增长25%."""
    grows = _BY.match(by.before)
    if not grows or by.sign or not _THAN.match(old.before) or not old.follows_closely:
        return None
    if not _alike(old.amount, new.amount) or re.search("年均|平均|[增减升降多少高低]", old.before):
        return None
    return _growth(old.amount, new.amount, by.amount, rises=bool(grows["up"]))


def _alike(old: Amount, new: Amount) -> bool:
    return old.unit == new.unit or not old.unit


def _growth(old: Amount, new: Amount, by: Amount, *, rises: bool) -> SumSlip | None:
    if by.unit not in (PERCENT, POINTS, new.unit) or (by.unit == "" and new.unit):
        return None
    change = new.value - old.value if rises else old.value - new.value
    slack = (new.step + old.step) * Fraction(1, 2)
    ways = []
    if by.unit in (new.unit, POINTS):
        ways.append((change, slack, False))
    if by.unit == PERCENT and old.value > 0:
        room = slack * 100 / old.value * max(Fraction(1), new.value / old.value)
        ways.append((change * 100 / old.value, room, True))
    if by.unit == POINTS and old.unit != PERCENT:
        return None
    if not ways or any(
        abs(w - by.value) < room + max(by.step, Fraction(0)) or w == by.value for w, room, _ in ways
    ):
        return None
    return SumSlip(
        SumKind.GROWTH,
        tuple(sorted((old.span, new.span, by.span))),
        _growth_words(old, new, by, ways[-1], rises=rises),
    )


def _growth_words(
    old: Amount, new: Amount, by: Amount, way: tuple[Fraction, Fraction, bool], *, rises: bool
) -> str:
    value, _, relative = way
    more, less = (new, old) if rises else (old, new)
    alike = old.size == new.size
    high, low, base = (number_words(a) if alike else a.printed for a in (more, less, old))
    verb = "增" if rises else "减"
    if relative:
        found = rounded_words(value)
        return f"（{high}－{low}）÷{base}＝{found}%，文中为{verb}{number_words(by)}%"
    found = value_words(value, by)
    unit = by.printed.lstrip("-0123456789., ") if by.size != new.size else ""
    return f"{high}－{low}＝{found}{unit}，文中为{verb}{number_words(by)}{unit}"


def check_pace(group: Group, plain: str) -> Iterator[SumSlip]:
    """Yield what is said of the pace against the sentence's own figures."""
    source = plain[group.start : group.end]
    if not _PACE.search(source):
        return
    shares = [i for i in group.items if i.amount.is_share and i.amount.exact]
    due = [i for i in shares if _OWN_PACE.search(i.before) and not _GROWS.search(i.before)]
    done = [i for i in shares if _DONE_SHARE.search(i.before) and i not in due]
    if len(due) != 1 or len(done) != 1 or len(shares) != 2:
        return
    have, want = done[0].amount, due[0].amount
    spans = tuple(sorted((have.span, want.span)))
    gap = _stated_gap(group)
    if gap is not None:
        found = abs(have.value - want.value)
        if abs(found - gap.value) > (have.step + want.step) * Fraction(1, 2) + gap.step:
            high, low = max(have.value, want.value), min(have.value, want.value)
            said = (
                f"{value_words(high, have)}－{value_words(low, have)}＝"
                f"{value_words(found, gap)}，文中为{number_words(gap)}个百分点"
            )
            yield SumSlip(SumKind.PACE, tuple(sorted((*spans, gap.span))), said)
            return
    reaches, lags = _REACHES.search(source), _LAGS.search(source)
    if reaches and _NOT_YET.search(source[: reaches.start()]):
        return
    if reaches and not lags and have.value + have.step <= want.value:
        said = f"完成{have.printed}，低于序时进度{want.printed}，文中说达到"
        yield SumSlip(SumKind.PACE, spans, said)
    elif lags and not reaches and have.value - have.step >= want.value:
        said = f"完成{have.printed}，高于序时进度{want.printed}，文中说未达到"
        yield SumSlip(SumKind.PACE, spans, said)


_GROWS = re.compile("增长|增幅|同比|提高")


def _stated_gap(group: Group) -> Amount | None:
    gaps = [
        i.amount
        for i in group.items
        if i.amount.unit == POINTS and i.amount.exact and (_GAP.search(i.before) or _is_bare(i))
    ]
    return gaps[0] if len(gaps) == 1 else None


def _is_bare(item: Item) -> bool:
    return re.fullmatch(r"(?:低|高|差|相差|落后|超|快|慢)?", item.before) is not None
