"""Shares and rates recomputed from the numbers beside them, to the precision printed."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from tracker.domain.sum_check import SumKind, SumSlip
from tracker.insight.sums_amounts import number_words, ratios, rounded_words, value_words, words
from tracker.insight.sums_labels import any_state, are_opposites, has_word, is_rest, is_state, label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.insight.sums_amounts import Amount
    from tracker.insight.sums_clauses import Group, Item

_OF_NAMED = re.compile(r"(?:占|完成|达到|达|实现|相当于|为)[^，。；]{0,16}$")
_THE = re.compile(r"^[^，。；、增长降提]{0,10}的$")
_OF_TOTAL = re.compile(
    r"^(?:约)?(?:占|占比|占比为|占比达|占比达到|所占比例为|"
    r"占(?:总数|总量|总任务|总任务数|任务总数|全部任务|全部|总户数|总人数|总面积|总投资|隐患总数|问题总数|项目总数|应完成数)的?)$"
)
_OF_PLAN = re.compile(
    r"^(?:占|完成|达到|达|为|实现)(?:了)?(?:全年|年度|年初|总|全部|总体)?(?:投资|目标|建设|资金)?"
    r"(?:计划|任务|目标任务|目标|预算|任务数|计划数)(?:总?投资|数)?的$"
)
_PLAN = re.compile("计划|任务|目标|预算|应")
_RATE = re.compile(r"(?P<about>.*?)(?P<stem>[\u4e00-\u9fff]{2})率(?:为|达|达到|已达|是|均为|:)?$")
_GROWS = re.compile("增|降|提高|上升|减|涨|回升|同比|环比|下滑|收窄|扩大|加快|回落|个百分点")


def check_shares(group: Group, plain: str) -> Iterator[SumSlip]:
    """Yield the shares and rates of a sentence or a bracket that its numbers do not bear out."""
    listed = listed_shares(group)
    for place, item in enumerate(group.items):
        if not item.amount.is_share or not item.amount.exact or item in listed:
            continue
        before = (*group.outer, *group.items[:place])
        if before and not _GROWS.search(item.before + item.after[:3]):
            yield from _one_share(item, before)
    yield from _side_by_side(group, listed)
    yield from _fractions(group, plain)
    yield from _shares_of_all(group)


def check_limits(group: Group) -> Iterator[SumSlip]:
    """Yield rates above 100 % that can never be so."""
    for item in group.items:
        if not item.amount.is_share or item.amount.value <= 100 or _GROWS.search(item.before):
            continue
        found = _RATE.search(item.before) or re.search(r"(?P<stem>占比)(?:为|达)?$", item.before)
        if found and found["stem"] in words()["rates"]["limited"]:
            name = found["stem"] if found["stem"] == "占比" else f"{found['stem']}率"
            said = f"{name}{item.amount.printed}，超过100%"
            yield SumSlip(SumKind.ABOVE, (item.amount.span,), said)


def _one_share(item: Item, before: Sequence[Item]) -> Iterator[SumSlip]:
    last = before[-1]
    named = (
        item.sign == ""
        and not last.amount.is_share
        and _THE.match(item.before)
        and _OF_NAMED.search(last.before)
    )
    if named:
        yield from _of_named(item, last, before[:-1])
        return
    share = label(item)
    if "分别" in item.before + item.gap:
        return
    if _OF_TOTAL.match(share):
        yield from _of_total(item, before)
    elif _OF_PLAN.match(share):
        yield from _of_plan(item, before)
    elif found := _RATE.match(share):
        yield from _rate(item, before, found)


def _of_named(item: Item, whole: Item, before: Sequence[Item]) -> Iterator[SumSlip]:
    """完成7130户，占7944户的89.75%: the whole stands in the words of the share."""
    parts = [i for i in before if i.amount.unit == whole.amount.unit]
    if not parts or parts[-1] is not before[-1] or not item.follows_closely:
        return
    if _vague((whole, *parts)) or has_word(whole.before, "periods"):
        return
    if not any(_bears(part.amount, whole.amount, item.amount) for part in _sums(parts)):
        yield _slip(item, parts[-1], whole)


def _of_total(item: Item, before: Sequence[Item]) -> Iterator[SumSlip]:
    """已完成13项，占34.2%: of one of the numbers before it."""
    part = before[-1]
    same = [i for i in before if i.amount.unit == part.amount.unit and not i.amount.is_share]
    if part.amount.is_share or len(same) < 2 or _vague(same) or not item.follows_closely:
        return
    if not part.amount.unit or _is_other_time(part, same):
        return
    wholes = [i for i in same[:-1] if i.amount.value >= part.amount.value]
    if "总" in label(item) or "全部" in label(item):
        wholes = [i for i in wholes if has_word(label(i) + i.after, "totals")]
    if wholes and not _is_borne(same, item.amount):
        yield _slip(item, part, _best_whole(wholes))


def _of_plan(item: Item, before: Sequence[Item]) -> Iterator[SumSlip]:
    """计划投资10亿元，已完成7.5亿元，占年度计划的75%."""
    part = before[-1]
    same = [i for i in before if i.amount.unit == part.amount.unit and not i.amount.is_share]
    planned = [i for i in same[:-1] if _PLAN.search(i.before) and not has_word(i.before, "periods")]
    if part.amount.is_share or not planned or _vague(same) or not item.follows_closely:
        return
    if not part.amount.unit or has_word(part.before, "periods"):
        return
    if re.search("年", item.before) and not re.search("年|计划", planned[-1].before):
        return
    if not _is_borne(same, item.amount):
        yield _slip(item, part, planned[-1])


def _rate(item: Item, before: Sequence[Item], found: re.Match[str]) -> Iterator[SumSlip]:
    """已整改45处，整改率90%: the part is named by the stem of the rate."""
    named = found["stem"]
    if not _says_nothing(found["about"]):  # 整改完成率 speaks of 已整改, 开复工率 of 已开复工
        named = found["about"] + ("" if named == "完成" else named)
    same = [i for i in before if i.amount.unit == before[-1].amount.unit]
    done = [i for i in same if _did(i, named)]
    if not item.follows_closely or not done or len(same) < 2 or _vague(same):
        return
    part = done[-1]
    if part.amount.is_share or not part.amount.unit or _is_other_time(part, same):
        return
    larger = [i for i in same if i not in done and i.amount.value >= part.amount.value]
    wholes = [i for i in larger if _may_be_whole(i, part)]
    if wholes and not _is_borne(same, item.amount, done):
        yield _slip(item, part, _best_whole(wholes))


def _may_be_whole(whole: Item, part: Item) -> bool:
    """Whether a rate can be of a number: it is a total, or the part says 已 of what it counts."""
    if has_word(label(whole) + whole.after, "totals"):
        return True
    if any_state(whole) or re.search("已|完成|实际", whole.before):
        return False
    return re.match("已|实际|实|其中", label(part)) is not None or part.opens_part


def _did(item: Item, named: str) -> bool:
    """Whether a number counts where a thing was done: 已整改, not 未整改 and not 应整改."""
    if re.search("未|尚未|待|正在|应|需|计划", item.before):
        return False
    return re.search(rf"(?<![未不]){re.escape(named)}", item.words) is not None


def _best_whole(wholes: Sequence[Item]) -> Item:
    """Return the number that is most surely the whole: named so, else the nearest."""
    named = [i for i in wholes if has_word(label(i), "totals")]
    return (named or list(wholes))[-1]


def _is_other_time(part: Item, same: Sequence[Item]) -> bool:
    """Whether the part is of another span of time than the whole (本月完成5户)."""
    return has_word(part.before, "periods") or all(
        has_word(i.before, "periods") and "应" not in i.before for i in same[:-1]
    )


@cache
def _fillers() -> re.Pattern[str]:
    listed = sorted(words()["rates"]["around"], key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, listed))})*")


def _says_nothing(about: str) -> bool:
    return _fillers().fullmatch(about) is not None


def _is_borne(same: Sequence[Item], share: Amount, parts: Sequence[Item] = ()) -> bool:
    """Whether a part, or a sum that ends with it, is that share of any other number in sight.

    Sums and differences of the numbers may be the whole too.

    Args:
        same: the numbers of one unit.
        share: what is claimed.
        parts: which may be the part; the last one where none is named.
    """
    ends = {part.amount.end for part in parts or same[-1:]}
    wholes: list[Item | _Made] = [*same, *_differences(same)]
    made = [part for part in _sums(same) if part.amount.end in ends]
    return any(_bears(part.amount, whole.amount, share) for part in made for whole in wholes)


class _Made:
    """A number made from others."""

    __slots__ = ("amount",)

    def __init__(self, amount: Amount) -> None:
        self.amount = amount


def _sums(items: Sequence[Item]) -> list[Item | _Made]:
    """Return the numbers and the sums of neighbouring ones; a total is part of no sum."""
    made: list[Item | _Made] = list(items)
    for start in range(len(items)):
        for end in range(start + 2, len(items) + 1):
            chosen = items[start:end]
            if not any(has_word(label(i), "totals") for i in chosen):
                total = sum((i.amount.value for i in chosen), Fraction(0))
                made.append(_Made(_altered(chosen[-1].amount, total)))
    return made


def _differences(items: Sequence[Item]) -> list[_Made]:
    """Return what else may be the whole: one number less another, and the sums."""
    less = [
        _Made(_altered(one.amount, one.amount.value - other.amount.value))
        for one in items
        for other in items
        if one.amount.value > other.amount.value
    ]
    return less + [made for made in _sums(items) if isinstance(made, _Made)]


def _altered(like: Amount, value: Fraction) -> Amount:
    return type(like)(
        like.start, like.end, value, like.step, like.unit, like.size, like.exact, like.printed
    )


def _bears(part: Amount, whole: Amount, share: Amount) -> bool:
    """Whether part of whole is the share, rounded or cut off at the printed place."""
    half = Fraction(1, 2)
    low_whole, high_whole = whole.value - whole.step * half, whole.value + whole.step * half
    if low_whole <= 0:
        return whole.value == 0
    low = (part.value - part.step * half) / high_whole * 100
    high = (part.value + part.step * half) / low_whole * 100
    return low - share.step < share.value < high + share.step


def _vague(items: Sequence[Item]) -> bool:
    return any(not item.amount.exact for item in items)


def _slip(share: Item, part: Item, whole: Item) -> SumSlip:
    spans = tuple(sorted((part.amount.span, whole.amount.span, share.amount.span)))
    return SumSlip(SumKind.SHARE, spans, _reckoned(part.amount, whole.amount, share.amount))


def _reckoned(part: Amount, whole: Amount, share: Amount) -> str:
    ratio = part.value * 100 / whole.value if whole.value else Fraction(0)
    alike = part.size == whole.size
    above = number_words(part) if alike else part.printed
    below = number_words(whole) if alike else whole.printed
    found = rounded_words(ratio, max(2, _decimals(share)))
    return f"{above}÷{below}＝{found}%，文中为{number_words(share)}%"


def _decimals(share: Amount) -> int:
    return len(value_words(share.step, share).partition(".")[2]) if share.step else 0


def listed_shares(group: Group) -> tuple[Item, ...]:
    """Return the shares of 分别占34.2%、52.6%、13.2%, which answer to numbers before them."""
    run: list[Item] = []
    for item in group.items:
        if not item.amount.is_share:
            if len(run) > 1:
                break
            run = []
        elif re.search("分别", item.before + item.gap) and re.search("占", item.before):
            run = [item]
        elif run and _goes_on(item):
            run.append(item)
        elif len(run) > 1:
            break
        else:
            run = []
    return tuple(run) if len(run) > 1 else ()


def _goes_on(item: Item) -> bool:
    joined = item.sign in ("、", "，", ",") and not item.before
    return item.follows_closely and (joined or item.before in ("和", "及", "与"))


def _side_by_side(group: Group, listed: tuple[Item, ...]) -> Iterator[SumSlip]:
    """Judge shares that answer one by one to the numbers right before them."""
    if not listed or _vague(listed):
        return
    ahead = [i for i in group.items if i.amount.end <= listed[0].amount.start]
    parts = ahead[-len(listed) :]
    units = {i.amount.unit for i in parts}
    if len(parts) < len(listed) or len(units) != 1 or parts[0].amount.is_share or _vague(ahead):
        return
    same = [i for i in group.items if i.amount.unit == parts[0].amount.unit]
    inner = [i for one in group.inner for i in one.items if i.amount.unit == parts[0].amount.unit]
    wholes: list[Item | _Made] = [i for i in (*same, *inner) if i not in parts]
    wholes.append(_sums(parts)[-1])
    pairs = list(zip(parts, listed, strict=True))
    for whole in wholes:
        if all(_bears(p.amount, whole.amount, s.amount) for p, s in pairs):
            return
    whole = wholes[0]
    for part, share in pairs:
        if not _bears(part.amount, whole.amount, share.amount):
            said = _reckoned(part.amount, whole.amount, share.amount)
            spans = tuple(sorted((part.amount.span, share.amount.span)))
            yield SumSlip(SumKind.SHARE, spans, said)


def _fractions(group: Group, plain: str) -> Iterator[SumSlip]:
    """Judge 89.7%（35/39） and 35/39（89.7%）."""
    source = plain[group.start : group.end]
    for start, end, above, below in ratios(source):
        begin, stop = group.start + start, group.start + end
        for item in group.items:
            if not item.amount.is_share or not item.amount.exact:
                continue
            gap = (
                plain[item.amount.end : begin]
                if item.amount.end <= begin
                else plain[stop : item.amount.start]
            )
            touches = gap.strip() in ("（", "(", "，", "、", ",", "即") and len(gap) < 4
            if touches and 0 < above <= below and not _year_or_day(above, below):
                yield from _fraction(item.amount, (above, below), (begin, stop))


def _year_or_day(above: int, below: int) -> bool:
    return above > 1900 and below <= 12


def _fraction(share: Amount, ratio: tuple[int, int], span: tuple[int, int]) -> Iterator[SumSlip]:
    found = Fraction(ratio[0] * 100, ratio[1])
    if not found - share.step < share.value < found + share.step:
        said = f"{ratio[0]}÷{ratio[1]}＝{rounded_words(found)}%，文中为{number_words(share)}%"
        yield SumSlip(SumKind.SHARE, tuple(sorted((share.span, span))), said)


def _shares_of_all(group: Group) -> Iterator[SumSlip]:
    """Judge shares of classes that together are the whole: 已完成占60%、推进中占30% …."""
    first = next((n for n, i in enumerate(group.items) if i.amount.is_share), 0)
    shares = group.items[first:]
    if len(shares) < 2 or not all(i.amount.is_share for i in shares) or _vague(shares):
        return
    if not all(i.follows_closely for i in shares[1:]) or not all("占" in i.before for i in shares):
        return
    if any(i.opens_part for i in shares[1:]):
        return
    named = [_without_share(i) for i in shares]
    whole = any(is_rest(i) for i in named[1:]) or _are_whole(named)
    total = sum((i.amount.value for i in shares), Fraction(0))
    slack = sum((i.amount.step for i in shares), Fraction(0)) * Fraction(1, 2)
    too_much = total > 100 and _exclude_each_other(named)
    if (whole or too_much) and abs(total - 100) > slack:
        said = "＋".join(number_words(i.amount) for i in shares)
        found = value_words(total, shares[0].amount)
        spans = tuple(i.amount.span for i in shares)
        yield SumSlip(SumKind.WHOLE, spans, f"{said}＝{found}%，各类合计应为100%")


def _without_share(item: Item) -> Item:
    said = re.sub(r"占(?:比|总数的?|比为|比达)?$", "", label(item))
    return type(item)(item.amount, said, item.after, item.sign, item.gap)


def _exclude_each_other(items: Sequence[Item]) -> bool:
    """Whether no task can be counted in two of the classes; what lags is also in progress."""
    if not all(any_state(i) for i in items):
        return False
    paced = any(is_state(i, "behind") or is_state(i, "ahead") for i in items)
    return not paced or all(
        re.search("按期|按时|如期|正常|有序|序时", i.before) for i in items if is_state(i, "doing")
    )


def _are_whole(items: Sequence[Item]) -> bool:
    states = all(any(is_state(i, name) for i in items) for name in ("done", "doing", "open"))
    opposed = len(items) == 2 and are_opposites(items[0], items[1])
    return (states and _exclude_each_other(items)) or opposed
