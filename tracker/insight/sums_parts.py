"""Parts and their total: what claims to be all of a whole must add up to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from tracker.domain.sum_check import SumKind, SumSlip
from tracker.insight.sums_amounts import PERCENT, POINTS, number_words, value_words, words
from tracker.insight.sums_labels import (
    any_state,
    are_opposites,
    counts_plainly,
    has_word,
    is_of_other_time,
    is_place,
    is_rest,
    is_state,
    is_taxon,
    label,
    noun_of,
    same_noun,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.insight.sums_amounts import Amount
    from tracker.insight.sums_clauses import Group, Item

_NEAR = Fraction(1, 10)
"""A list that only seems to be whole is asked about where it misses its total by this at most."""
_MANY = 9
_ADDED = re.compile(
    r"^(?:合计|共计|总计|共|总共|总数|合计为|共计为)(?:已)?(?P<did>[\u4e00-\u9fff]{2})?(?:项目|任务)?$"
)
_DID = frozenset({"完成", "建成", "实施"})
_DONE = re.compile(r"^(?:目前|现)?(?:已|已经|完成)[\u4e00-\u9fff]{0,5}$")
_REMARK = re.compile(
    r"[^，,、；;。（()）]{0,8}[（(][^）)]{0,30}?(?:含|包括|另|不计|重复|交叉|往年|上年|去年|历年|跨|结转)"
)
_LISTS = re.compile(r"分别|包括|分为|由")
_OPEN_END = re.compile("等")


@dataclass(frozen=True, slots=True)
class _List:
    """A whole and the parts listed behind it, all in one unit.

    Attributes:
        every: all numbers of that unit in sight, in order.
        complete: nothing of the unit stands in the clause behind the parts.
        ahead: the numbers before the whole, in any unit.
    """

    whole: Item
    parts: tuple[Item, ...]
    every: tuple[Item, ...]
    cue: str
    complete: bool
    ahead: tuple[Item, ...]

    @property
    def names_all(self) -> bool:
        """As many places are listed as are said before: 三个镇共216户，甲镇…、乙镇…、丙镇…."""
        said = any(
            item.amount.value == len(self.parts) and is_place(item, counted=True)
            for item in self.ahead
        )
        return said and all(is_place(item) for item in self.parts)

    @property
    def noun(self) -> str:
        """What the whole counts."""
        return noun_of(self.whole)


def check_parts(group: Group, plain: str) -> Iterator[SumSlip]:
    """Yield what does not add up in a sentence or a bracket."""
    for listed in _lists(group):
        if _has_remark(plain, (listed.whole, *listed.parts)):
            continue
        slip = _claimed_whole(listed) or _seeming_whole(listed) or _larger_part(listed)
        if slip is not None:
            yield slip
    yield from _added_up(group)
    yield from _below_nothing(group)


def _has_remark(plain: str, items: Sequence[Item]) -> bool:
    """Whether a number is followed by a remark that it counts otherwise: 35件（含往年积案）."""
    return any(_REMARK.match(plain, item.amount.end) for item in items)


def _lists(group: Group) -> Iterator[_List]:
    owner = (group.owner,) if group.owner is not None else ()
    units = {item.amount.unit for item in group.items} - {"", PERCENT, POINTS}
    for unit in sorted(units):
        inside = [item for item in group.items if item.amount.unit == unit]
        outside = [item for item in group.outer if item.amount.unit == unit]
        every = tuple(outside + inside)
        wholes = [item for item in owner if item.amount.unit == unit]
        for place, whole in enumerate(wholes + inside):
            following = inside if place < len(wholes) else inside[place - len(wholes) + 1 :]
            if following and whole.amount.exact:
                cue = "（" if place < len(wholes) else _cue(group, whole, following[0])
                if whole.opens_part and not cue:
                    continue  # what follows may belong to the greater whole
                parts, complete = _run(group, whole, following, cue)
                if parts:
                    ahead = tuple(i for i in group.items if i.amount.end <= whole.amount.start)
                    yield _List(whole, parts, every, cue, complete, ahead)


def _cue(group: Group, whole: Item, first: Item) -> str:
    between = _between(group, whole, first)
    if any(item.opens_part for item in (*between, first)):
        return "其中"
    if first.sign == ":":
        return "："
    return "分别" if _LISTS.search(first.gap + first.before) else ""


def _between(group: Group, one: Item, other: Item) -> tuple[Item, ...]:
    return tuple(
        item
        for item in group.items
        if one.amount.end <= item.amount.start and item.amount.end <= other.amount.start
    )


def _run(
    group: Group, whole: Item, following: Sequence[Item], cue: str
) -> tuple[tuple[Item, ...], bool]:
    """Return the items that go on as parts of one list, and whether nothing comes behind them."""
    parts: list[Item] = []
    before = whole
    for item in following:
        between = _between(group, before, item) if before in group.items else ()
        if parts and any(x.opens_part or not x.follows_closely for x in (*between, item)):
            break
        if not parts and not cue and not all(x.follows_closely for x in (*between, item)):
            break
        if _starts_anew(item, first=not parts, cue=cue) or _leaves_clause(parts, item, cue):
            break
        parts.append(item)
        before = item
    return tuple(parts), len(parts) == len(following)


def _starts_anew(item: Item, *, first: bool, cue: str) -> bool:
    said = label(item)
    for measure in words()["words"]["measures"]:
        said = said.replace(measure, "")
    return has_word(said, "breaks") and not (first and cue in ("其中", "（"))


def _leaves_clause(parts: list[Item], item: Item, cue: str) -> bool:
    """A list of commas ends at a semicolon; one of semicolons goes over them."""
    if item.sign == "。":
        return bool(parts)
    if item.sign != ";":
        return False
    return parts[-1].sign != ";" if len(parts) > 1 else not cue


def _claimed_whole(listed: _List) -> SumSlip | None:
    """Judge a list that says itself that nothing is missing: 其余, X and 未X, three states."""
    parts, closing = listed.parts, _closing(listed)
    if closing is None or _is_vague((listed.whole, *listed.every)):
        return None
    if any(is_of_other_time(item) for item in parts):
        return None
    shown, must = closing
    if _is_explained(listed.every, must) or _of_several(listed, must):
        return None
    return _slip(shown, listed.whole)


def _of_several(listed: _List, must: Item) -> bool:
    """Whether the parts are those of several wholes together: 存量62处，新增18处，已整改75处 …."""
    at = listed.every.index(listed.whole)
    for start in range(at):
        wholes = [item.amount for item in listed.every[start : at + 1]]
        for size in range(1, len(listed.parts) + 1):
            for chosen in combinations(listed.parts, size):
                if must in chosen and _both_add_up([i.amount for i in chosen], wholes):
                    return True
    return False


def _both_add_up(parts: Sequence[Amount], wholes: Sequence[Amount]) -> bool:
    slack = sum((a.step for a in (*parts, *wholes)), Fraction(0)) * Fraction(1, 2)
    total = sum((a.value for a in parts), Fraction(0))
    return abs(total - sum((a.value for a in wholes), Fraction(0))) <= slack


def _closing(listed: _List) -> tuple[tuple[Item, ...], Item] | None:
    """Return the parts that claim to be all, and the one that closes the whole."""
    parts, noun = listed.parts, listed.noun
    for place, item in enumerate(parts):
        if place and is_rest(item, noun):
            told = listed.cue or all(_is_of(part, listed.whole) for part in parts[:place])
            return (parts[: place + 1], item) if told else None
    known = tuple(item for item in parts if any_state(item, noun))
    for item in known:
        if is_state(item, "open", noun) and _has_all(known, ("done", "doing"), noun):
            return known, item
    for one, other in combinations(parts, 2):
        if are_opposites(one, other, noun):
            return (one, other) if not _all_known(parts, noun) else parts, other
    return None


def _is_of(part: Item, whole: Item) -> bool:
    """Whether a part without a cue is surely of the number before it: 已签约40户."""
    if any_state(part, noun_of(whole)):
        return True
    generic = part.amount.unit in words()["words"]["generic"]
    return not generic and not part.after and _DONE.match(label(part)) is not None


def _has_all(parts: Sequence[Item], names: Sequence[str], noun: str) -> bool:
    return all(any(is_state(item, name, noun) for item in parts) for name in names)


def _all_known(parts: Sequence[Item], noun: str) -> bool:
    return all(any_state(item, noun) for item in parts)


def _seeming_whole(listed: _List) -> SumSlip | None:
    """Judge a list of names behind a colon or in brackets that misses its total by little."""
    parts, whole = listed.parts, listed.whole
    claims = listed.cue in ("（", "：", "分别") and not parts[0].opens_part
    claims = claims or listed.names_all
    classes = {is_taxon(item) for item in parts}
    classed = listed.cue == "其中" and len(parts) > 2 and len(classes) == 1 and classes != {""}
    if not (claims or classed) or len(parts) < 2 or not listed.complete:
        return None
    if _is_vague((whole, *listed.every)) or any(_may_overlap(item) for item in parts):
        return None
    if listed.cue != "分别" and not all(counts_plainly(item, whole) for item in parts):
        return None
    total = sum((item.amount.value for item in parts), Fraction(0))
    if abs(total - whole.amount.value) > whole.amount.value * _NEAR:
        return None
    return None if _is_explained(listed.every, parts[-1]) else _slip(parts, whole)


def _may_overlap(item: Item) -> bool:
    return has_word(item.words.replace("其中", ""), "overlapping") or is_of_other_time(item)


def _larger_part(listed: _List) -> SumSlip | None:
    """Judge a single part that is larger than all that stands before it together."""
    whole, part = listed.whole, listed.parts[0]
    if not part.amount.exact or not same_noun(whole, part) or _is_vague((whole,)):
        return None
    if not (listed.cue == "其中" or _is_share_of_stock(listed)):
        return None
    before = [i.amount for i in listed.every if i.amount.end <= part.amount.start]
    if any(not amount.exact for amount in before) or part.after.startswith(("的", "以")):
        return None
    if has_word(label(part), "overlapping") and part.amount.unit not in ("户", "家"):
        return None
    if any(m in label(part) and m not in label(whole) for m in words()["words"]["measures"]):
        return None
    limit = sum((a.value + a.step for a in before), Fraction(0))
    if part.amount.value - part.amount.step <= limit:
        return None
    said = f"{part.amount.printed}大于{whole.amount.printed}，部分不应多于总数"
    return SumSlip(SumKind.ABOVE, (whole.amount.span, part.amount.span), said)


def _is_share_of_stock(listed: _List) -> bool:
    """Whether the part is what is done of a stock that was counted: 共有50处，已整改52处."""
    whole, part = label(listed.whole), listed.parts[0]
    planned = re.search(r"计划|目标|年度|力争|确保|预计", whole) and not re.search("总任务", whole)
    if planned or not has_word(whole, "totals") or has_word(whole, "periods"):
        return False
    if is_of_other_time(part) or re.search("累计|超额|提前", part.words):
        return False
    due = re.search(r"应([\u4e00-\u9fff]{2,4})$", whole)
    if due and label(part) in (due[1], f"已{due[1]}", f"实际{due[1]}", f"实{due[1]}"):
        return True
    return is_state(part, "done", listed.noun)


def _added_up(group: Group) -> Iterator[SumSlip]:
    """Judge what is added up behind the parts: 新建5公里、改造8公里，共13公里."""
    for place, total in enumerate(group.items):
        found = _ADDED.match(label(total))
        if not found or total.amount.unit in ("", PERCENT, POINTS):
            continue
        parts = _added(group.items[:place], total)
        if not _same_doing(parts, found["did"]):
            continue
        every = [i for i in group.items if i.amount.unit == total.amount.unit]
        if len(parts) < 2 or _is_vague((total, *every)) or not total.follows_closely:
            continue
        if any(is_of_other_time(i) or _OPEN_END.search(i.after) for i in parts):
            continue
        if not _is_explained(every, total):
            yield _slip(parts, total)


def _same_doing(parts: Sequence[Item], did: str | None) -> bool:
    """Whether the total counts what the parts do: 共整改 adds up nothing that was found."""
    said = "".join(i.gap + i.words for i in parts)
    if did is None or did in _DID | {"项目", "任务"}:
        return did is None or not any(has_word(label(i), "totals") for i in parts)
    return did in said


def _added(items: Sequence[Item], total: Item) -> tuple[Item, ...]:
    """Return the unbroken list of parts that ends right before a total."""
    parts: list[Item] = []
    for item in reversed(items):
        same = item.amount.unit == total.amount.unit and (label(item) or item.after)
        if not same:
            break
        parts.insert(0, item)
        if item.sign not in ("、", "，", ",") or not item.follows_closely or _opens(item):
            break
    return tuple(parts)


def _opens(item: Item) -> bool:
    return item.opens_part or has_word(label(item), "breaks") or has_word(label(item), "totals")


def _below_nothing(group: Group) -> Iterator[SumSlip]:
    for item in group.items:
        if item.amount.value < 0 and is_rest(item) and item.amount.unit not in ("", PERCENT):
            said = f"剩余数是负数：{item.amount.printed}"
            yield SumSlip(SumKind.ABOVE, (item.amount.span,), said)


def _is_vague(items: Sequence[Item]) -> bool:
    return any(not item.amount.exact for item in items)


def _is_explained(every: Sequence[Item], must: Item) -> bool:
    """Whether some total in sight is the sum of some numbers in sight, one of them `must`."""
    if len(every) > _MANY:
        return True
    values = [item.amount for item in every]
    for whole in values:
        others = [amount for amount in values if amount is not whole]
        for size in range(2, len(others) + 1):
            for chosen in combinations(others, size):
                told = must.amount is whole or must.amount in chosen
                if told and _adds_up(chosen, whole):
                    return True
    return False


def _adds_up(parts: Sequence[Amount], whole: Amount) -> bool:
    total = sum((part.value for part in parts), Fraction(0))
    slack = sum((part.step for part in parts), whole.step) * Fraction(1, 2)
    return abs(total - whole.value) <= slack


def _slip(parts: Sequence[Item], whole: Item) -> SumSlip:
    total = sum((item.amount.value for item in parts), Fraction(0))
    alike = all(item.amount.size == whole.amount.size for item in parts)
    said = "＋".join(number_words(i.amount) if alike else i.amount.printed for i in parts)
    unit = "" if alike else whole.amount.printed.lstrip("0123456789., ")
    found = value_words(total, whole.amount)
    wrote = number_words(whole.amount)
    spans = tuple(sorted(item.amount.span for item in (whole, *parts)))
    return SumSlip(SumKind.PARTS, spans, f"{said}＝{found}{unit}，文中为{wrote}{unit}")
