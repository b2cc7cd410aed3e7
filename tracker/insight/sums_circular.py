"""Our own circular before it goes out: its text against the ledger and against itself.

The text is read as anyone would read it, so that words the clerk changed are checked too.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from tracker.domain.circular import Level
from tracker.domain.sum_check import PlacedText, SumFinding, SumKind, SumPlace, SumSlip, SumSource
from tracker.domain.terms import COMPLETION_WORDS, Completion
from tracker.insight.sums import check_text
from tracker.insight.sums_across import as_finding, passage
from tracker.insight.sums_amounts import number_words
from tracker.insight.sums_clauses import read_text
from tracker.insight.sums_labels import label, states
from tracker.insight.sums_shares import listed_shares
from tracker.text.numerals import to_half_width
from tracker.text.segments import outer_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tracker.domain.circular import Circular, Passage
    from tracker.insight.sums_clauses import Group, Item

_TOTAL = re.compile(
    r"(?:共有?|共计|总计|合计|分解|确定)[^，。；]{0,8}(?:任务|事项)(?:共|总数为?)?$|任务总?数?(?:共|共有|共计|为)$"
)
_OVERDUE = re.compile(
    r"(?:已过时限仍?未完成|逾期未完成|超期未完成|到期未完成)的?(?:任务|事项)?(?:有|共|共有)?$"
)
_NAMES = re.compile(
    r"(?P<n>\d+)\s*(?:家单位|个单位|家)(?:分别是|为|是)?[：:](?P<names>[^。；;\n]+)"
)
_ITEM = re.compile(r"^\s*第[^，。、“]{1,12}?项")
_UNITS = r"\s*(?:家|个[^，。；、\d]{0,8}单位)"
_COUNTED = ("项", "件", "条", "个")


@dataclass(frozen=True, slots=True)
class CircularFacts:
    """What the ledger counts, to hold the circular's words against.

    Attributes:
        completions: how many tasks stand where.
        due, done: the denominator and the numerator of the rate.
        percent: the rate as our reports print it.
        overdue: tasks past their date.
        rows: rows of the annexed table.
        units: every name a unit goes by; sentences that speak of one are not of the whole.
    """

    total: int
    completions: Mapping[Completion, int] = field(default_factory=dict)
    due: int = 0
    done: int = 0
    percent: str = ""
    overdue: int = 0
    rows: int = 0
    units: frozenset[str] = frozenset()


def check_circular(circular: Circular, facts: CircularFacts) -> tuple[SumFinding, ...]:
    """Return what does not agree in a circular's words, with each other and with the ledger."""
    placed = [
        PlacedText(SumPlace(SumSource.CIRCULAR, paragraph=number), one.text)
        for number, one in enumerate(circular.body, 1)
    ]
    findings: list[SumFinding] = []
    for text in placed:
        slips = [*check_text(text.text), *_shares_below(text.text), *_names(text.text)]
        findings += [as_finding(text, slip) for slip in slips]
    findings += _against_ledger(placed, facts)
    findings += _listed_items(circular.body, placed)
    findings += _figures(circular.body, placed)
    return tuple(findings)


def _shares_below(text: str) -> Iterator[SumSlip]:
    """Our own shares of all classes are made to add up to 100, so they must."""
    _, groups = read_text(text)
    for group in groups:
        shares = listed_shares(group)
        ahead = [i for i in group.items if shares and i.amount.end <= shares[0].amount.start]
        parts = ahead[-len(shares) :] if shares else []
        whole = ahead[: -len(shares)] if shares else []
        if not whole or sum(i.amount.value for i in parts) != whole[-1].amount.value:
            continue
        total = sum((i.amount.value for i in shares), Fraction(0))
        if total != 100:
            said = "＋".join(number_words(i.amount) for i in shares)
            spans = tuple(i.amount.span for i in shares)
            yield SumSlip(SumKind.WHOLE, spans, f"{said}＝{float(total):g}%，各类合计应为100%")


def _names(text: str) -> Iterator[SumSlip]:
    """未反馈的2家：甲、乙: as many names as said, none twice."""
    plain = to_half_width(text)
    for found in _NAMES.finditer(plain):
        names = _split(found["names"])
        if "等" in found["names"] or not all(names):
            continue
        stated = (found.start("n"), found.end("n"))
        spans = (stated, (found.start("names"), found.end("names")))
        if len(names) != int(found["n"]):
            said = f"列出{len(names)}家，文中为{found['n']}家"
            yield SumSlip(SumKind.NAMED, spans, said)
        for name, times in Counter(names).items():
            if times > 1:
                yield SumSlip(SumKind.NAMED, spans, f"“{name}”列了{times}次")


def _split(names: str) -> list[str]:
    """Return the names of a list, what stands in brackets left out."""
    kept, at = "", 0
    for start, end in outer_pairs(names).items():
        kept += names[at:start]
        at = end
    return [name.strip() for name in re.split("[、，,]", kept + names[at:])]


def _against_ledger(placed: Sequence[PlacedText], facts: CircularFacts) -> Iterator[SumFinding]:
    """Judge the paragraph that tells the total, and the first that tells what is overdue."""
    overdue_told = total_told = False
    for text in placed:
        _, groups = read_text(text.text)
        ours = [group for group in groups if not _speaks_of_unit(text.text, group, facts.units)]
        items = [item for group in ours for item in group.items]
        if not total_told and any(_is_total(item) for item in items):
            total_told = True
            yield from (as_finding(text, slip) for slip in _told(ours, facts))
        late = next((i for i in items if _OVERDUE.search(i.before)), None)
        if late is not None and not overdue_told:
            overdue_told = True
            if late.amount.exact and late.amount.value != facts.overdue:
                yield as_finding(text, _differs(late, "已过时限仍未完成的", facts.overdue, "项"))


def _speaks_of_unit(text: str, group: Group, units: frozenset[str]) -> bool:
    said = text[group.start : group.end]
    return any(unit in said for unit in units)


def _is_total(item: Item) -> bool:
    return item.amount.unit in _COUNTED and _TOTAL.search(item.before) is not None


def _told(groups: Sequence[Group], facts: CircularFacts) -> Iterator[SumSlip]:
    for group in groups:
        for item in group.items:
            if not item.amount.exact:
                continue
            if _is_total(item) and item.amount.value != facts.total:
                yield _differs(item, "任务总数", facts.total, "项")
            elif _is_total(item) and facts.rows and facts.rows != item.amount.value:
                yield _differs(item, "附件表的行数", facts.rows, "行")
            elif item.amount.unit in _COUNTED:
                yield from _told_class(item, facts)
            elif _is_wrong_rate(item, facts):
                said = f"台账的完成率为{facts.percent}%，文中为{item.amount.printed}"
                yield SumSlip(SumKind.STATS, (item.amount.span,), said)


def _is_wrong_rate(item: Item, facts: CircularFacts) -> bool:
    stated = item.amount.is_share and item.before in ("完成率", "完成率为", "完成率达")
    return stated and facts.percent != "" and item.amount.value != Fraction(facts.percent)


def _told_class(item: Item, facts: CircularFacts) -> Iterator[SumSlip]:
    said = label(item)
    if re.search(r"应完成(?:任务)?$", said):
        if item.amount.value != facts.due:
            yield _differs(item, "应完成", facts.due, "项")
        return
    forms = states(item, "任务")
    for completion, word in COMPLETION_WORDS.items():
        if word not in forms and said != word:
            continue
        counts = {facts.completions.get(completion, 0)}
        if completion is Completion.DONE:
            counts.add(facts.done)
        if item.amount.value not in counts:
            yield _differs(item, word, max(counts), "项")


def _differs(item: Item, name: str, count: int, unit: str) -> SumSlip:
    said = f"台账的{name}为{count}{unit}，文中为{item.amount.printed}"
    return SumSlip(SumKind.STATS, (item.amount.span,), said)


def _listed_items(body: Sequence[Passage], placed: Sequence[PlacedText]) -> Iterator[SumFinding]:
    """Judge headings that say how many items stand below them."""
    for place, one in enumerate(body):
        if one.level is Level.BODY:
            continue
        below = 0
        for other in body[place + 1 :]:
            if other.level is not Level.BODY:
                break
            below += _ITEM.match(other.text) is not None
        counted = [i for g in read_text(one.text)[1] for i in g.items if i.amount.unit == "项"]
        if below and counted and counted[0].amount.value != below:
            said = f"下面列出{below}项，标题为{counted[0].amount.printed}"
            slip = SumSlip(SumKind.NAMED, (counted[0].amount.span,), said)
            yield as_finding(placed[place], slip)


def _figures(body: Sequence[Passage], placed: Sequence[PlacedText]) -> Iterator[SumFinding]:
    """Judge figures that lead to another number of tasks than they say."""
    for place, one in enumerate(body):
        for figure in one.figures:
            at = one.text.find(figure.value)
            counts = figure.value.isdecimal() and figure.codes and at >= 0
            if counts and re.search(rf"(?<!\d){figure.value}{_UNITS}", one.text):
                continue  # it counts units and leads to the tasks of them all
            if counts and int(figure.value) != len(figure.codes):
                said = f"“{figure.name}”写的是{figure.value}，背后的任务有{len(figure.codes)}项"
                spans = ((at, at + len(figure.value)),)
                text = placed[place]
                yield SumFinding(SumKind.STATS, (passage(text, text.text, spans),), said)
