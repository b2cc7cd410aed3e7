"""Numbers of two places that do not agree: two rows, two rounds, a text and its own column."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.domain.sum_check import SumFinding, SumKind, SumPassage, SumSlip
from tracker.insight.sums import passage_of
from tracker.insight.sums_amounts import PERCENT, POINTS, number_words
from tracker.insight.sums_clauses import read_text
from tracker.insight.sums_labels import has_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tracker.domain.sum_check import PlacedText
    from tracker.insight.sums_amounts import Amount
    from tracker.insight.sums_clauses import Group, Item

_MANY = 4
"""No finding shows more passages than this."""
_TIME_WORDS = (
    r"(?:目前|截至目前|截止目前|初步|现已|现|已|今年以来|今年来|年初以来|我县|我区|我市|我局|我镇|全县|全区|全市"
    r"|截[至止](?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底|末)?|[，,:；;\s])*"
)
_ALL_IN = re.compile(
    rf"^{_TIME_WORDS}(?P<name>.{{2,24}}?)(?:共|共计|总计|合计|总数为|总数达|共有)$"
)
_STOCK = re.compile(
    r"(?P<where>全县|全区|全市)(?:现有|共有|现共有|总共有)(?P<name>[\u4e00-\u9fff“”]{0,14})$"
)
_MAY_NAME = re.compile(
    r"“[^“”]{2,12}”.{0,40}(?:共|总计|合计|总数)|全[县区市](?:现有|共有|现共有|总共有)"
)
_WHEN = re.compile(r"\d{4}年|\d{1,2}月(?:\d{1,2}日|底)?|[上下]半年|[一二三四]季度|去年|上年|明年")
_A_PLACE = re.compile(r"(?:县|区|市|镇|乡|街道|政府|办事处|管委会)$")
_CUMULATIVE = re.compile(rf"^{_TIME_WORDS}(?P<name>累计.{{0,20}})$")
_OVERALL = re.compile(
    r"^(?:总体|整体|综合|工程|项目|施工|建设|任务|目前|总|形象|工作|工程形象|主体工程|全部|已|累计)*"
    r"(?:(?:进度|完成率|完成比例)(?:为|达|达到|已达|已达到|:)?|完成|"
    r"完成(?:了)?(?:工程量|总工程量|工程总量|总量|总任务|任务|总进度|年度任务|全部任务)的)$"
)
_PARTED = re.compile("[①②③]|（[一二三]）|一是|二是")


@dataclass(frozen=True, slots=True)
class _Total:
    """A quantity told as the whole of something that has a name of its own.

    Attributes:
        name: how it is shown.
        when: what the sentence says of its time.
        money: what all of it is worth, where the next number says so.
    """

    source: PlacedText
    name: str
    amount: Amount
    when: frozenset[str]
    money: Amount | None = None
    owned: bool = False


def check_two_places(texts: Iterable[PlacedText]) -> tuple[SumFinding, ...]:
    """Return what is told with different totals in the rows of two tasks.

    Only names that no other row can mean: in quotes with the same verb and a unit in common, or
    what the whole county has.
    """
    totals: dict[tuple[str, ...], list[_Total]] = defaultdict(list)
    for text in texts:
        for key, total in _named_totals(text):
            totals[key].append(total)
    findings = []
    for found in totals.values():
        chosen = _disagreeing(found)
        if chosen:
            findings.append(_two_places(chosen))
    return tuple(findings)


def _named_totals(text: PlacedText) -> Iterator[tuple[tuple[str, ...], _Total]]:
    if not _MAY_NAME.search(text.text):
        return
    plain, groups = read_text(text.text)
    for group in groups:
        for place, item in enumerate(group.items):
            amount = item.amount
            if not amount.exact or amount.unit in ("", PERCENT, POINTS):
                continue
            ahead = plain[group.start : amount.start]
            when = frozenset(_WHEN.findall(ahead))
            key = _quoted_key(item, ahead) or _stock_key(item)
            if key is not None:
                owned = key[0] == "quoted"
                money = _worth(group.items[place + 1 : place + 2])
                name = "".join(key[-2:]) if owned else "".join(key[1:])
                yield (*key, amount.unit), _Total(text, name, amount, when, money, owned)


def _quoted_key(item: Item, ahead: str) -> tuple[str, ...] | None:
    """征集“甲乙”项目共77个: the verb, the quoted name, the noun."""
    found = _ALL_IN.match(item.before)
    if found is None or has_word(item.before, "periods"):
        return None
    name = found["name"]
    head, verb = name[-2:], "" if name.startswith("“") else name[:2]
    quoted = re.findall(rf"“([^“”]{{2,12}})”[\u4e00-\u9fff]{{0,4}}?{re.escape(head)}", ahead)
    if len(set(quoted)) != 1 or not re.fullmatch(r"[\u4e00-\u9fff]{2}", head):
        return None
    return "quoted", verb, f"“{quoted[0]}”", head


def _stock_key(item: Item) -> tuple[str, ...] | None:
    """全县共有老旧小区68个: the county, the noun."""
    found = _STOCK.search(item.before)
    if found is None or has_word(item.words, "periods"):
        return None
    name = found["name"] or item.after
    if len(name) < 2 or (found["name"] and item.after):
        return None
    return "stock", found["where"], name


def _worth(following: Sequence[Item]) -> Amount | None:
    for item in following:
        if item.before in ("总投资", "总投资额", "计划总投资") and item.amount.exact:
            return item.amount
    return None


def _disagreeing(found: Sequence[_Total]) -> tuple[_Total, ...]:
    first = found[0]
    chosen = [first]
    for other in found[1:]:
        if other.source.place.code == first.source.place.code or other.when != first.when:
            continue
        if not _can_be_compared(first, other):
            continue
        if all(abs(other.amount.value - one.amount.value) > one.amount.step for one in chosen):
            chosen.append(other)
    return tuple(chosen[:_MANY]) if len(chosen) > 1 else ()


def _can_be_compared(one: _Total, other: _Total) -> bool:
    if one.source.units & other.source.units:
        return True
    local = any(_A_PLACE.search(unit) for unit in one.source.units | other.source.units)
    return not one.owned and not local


def _two_places(totals: Sequence[_Total]) -> SumFinding:
    first = totals[0]
    said = "，另一处为".join(total.amount.printed for total in totals)
    worth = [total.money for total in totals if total.money is not None]
    if len(worth) == len(totals) and len({amount.value for amount in worth}) > 1:
        said += "；总投资" + "，另一处为".join(amount.printed for amount in worth)
    passages = tuple(
        _passage(total.source, (total.amount.span, *((total.money.span,) if total.money else ())))
        for total in totals
    )
    return SumFinding(SumKind.TWO_PLACES, passages, f"{first.name}：一处为{said}")


def _passage(source: PlacedText, spans: tuple[tuple[int, int], ...]) -> SumPassage:
    return passage(source, source.text, spans)


def passage(source: PlacedText, text: str, spans: tuple[tuple[int, int], ...]) -> SumPassage:
    """Return the sentences of a text around some numbers, as a passage of a place."""
    start, end = passage_of(text, spans)
    inside = tuple((s - start, e - start) for s, e in spans)
    return SumPassage(source.place, text[start:end], inside)


def check_fewer(text: PlacedText) -> Iterator[SumFinding]:
    """Yield running totals (累计) that are smaller than the same place said a round before."""
    if "累计" not in text.text or "累计" not in text.before:
        return
    then = _cumulative(text.before)
    for key, now in _cumulative(text.text).items():
        old = then.get(key)
        if old is None or ("今年" in key[0] and not text.same_year):
            continue
        if now.value + now.step >= old.value - old.step * (old.step > 0):
            continue
        then_place = replace(text.place, round_number=text.before_round)
        before = passage(replace(text, place=then_place), text.before, (old.span,))
        said = f"本期{now.printed}，上期{old.printed}"
        yield SumFinding(SumKind.FEWER, (_passage(text, (now.span,)), before), said)


def _cumulative(text: str) -> dict[tuple[str, str, str], Amount]:
    """Return the running totals that stand once, by their words and unit."""
    found: dict[tuple[str, str, str], list[Amount]] = defaultdict(list)
    _, groups = read_text(text)
    for group in groups:
        for item in group.items:
            label = _CUMULATIVE.match(item.before)
            year = "今年" if re.search("今年|年初以来", item.gap + item.before) else ""
            other_time = has_word(item.before, "periods") or re.search("[本当][月周季]", item.gap)
            if label and item.amount.exact and not other_time:
                key = (year + label["name"], item.after, item.amount.unit)
                found[key].append(item.amount)
    return {key: amounts[0] for key, amounts in found.items() if len(amounts) == 1 and key[2]}


def check_percent(text: PlacedText) -> Iterator[SumFinding]:
    """Yield a percentage in the text that the row's own column contradicts."""
    if text.percent is None or _PARTED.search(text.text) or not re.search("[%％]", text.text):
        return
    _, groups = read_text(text.text)
    shares = [item for group in groups for item in _shares(group)]
    if len(shares) != 1 or not shares[0].amount.exact or not _OVERALL.match(shares[0].before):
        return
    amount = shares[0].amount
    if abs(float(amount.value) - text.percent) >= max(1.0, float(amount.step)):
        said = f"百分比栏为{text.percent:g}%，文字为{number_words(amount)}%"
        yield SumFinding(SumKind.PERCENT, (_passage(text, (amount.span,)),), said)


def _shares(group: Group) -> list[Item]:
    return [item for one in group.everywhere() for item in one.items if item.amount.is_share]


def as_finding(source: PlacedText, slip: SumSlip) -> SumFinding:
    """Return a slip of a text as a finding with the sentences it stands in."""
    return SumFinding(slip.kind, (_passage(source, slip.spans),), slip.reckoning)
