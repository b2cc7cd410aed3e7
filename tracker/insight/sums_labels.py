"""What the words about a number say: which state it counts, whether it is the rest, a total."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from tracker.insight.sums_amounts import words

if TYPE_CHECKING:
    from tracker.insight.sums_clauses import Item

_LEADING = re.compile(r"^(?:其中|分别为|分别是|分别)?[:,，、;\s]*")
_NOT_YET = ("未", "尚未", "没有", "还未", "仍未", "不", "待", "暂未")
_PLACE = re.compile(r"(?:镇|乡|街道|县|区|村|市|社区|街|州|园区|办事处|苏木|旗|农场|林场|片区)$")
_TAXON = re.compile(r"(类|级|型)(?:项目|任务|事项|问题|隐患|工程|企业)?$")


def label(item: Item) -> str:
    """Return the words before a number, cues of a list left out."""
    return _label(item.before)


@lru_cache(maxsize=4096)
def _label(before: str) -> str:
    return _LEADING.sub("", before)


def has_word(text: str, kind: str) -> bool:
    """Whether `text` holds a word of one kind (a list of `[words]`)."""
    return _has_word(text, kind)


@lru_cache(maxsize=8192)
def _has_word(text: str, kind: str) -> bool:
    return _pattern(kind).search(text) is not None


def states(item: Item, noun: str = "") -> frozenset[str]:
    """Return the forms of a part's label with what says nothing taken off, one after the other.

    Args:
        item: the part.
        noun: what the whole counts, which the part may repeat.
    """
    return _forms(label(item), item.after, noun)


@lru_cache(maxsize=4096)
def _forms(before: str, after: str, noun: str) -> frozenset[str]:
    ahead, behind = _reduced(before, noun), _reduced(after, noun)
    if "" in behind:
        return ahead
    return behind if "" in ahead else frozenset()


@lru_cache(maxsize=4096)
def _reduced(said: str, noun: str) -> frozenset[str]:
    forms, waiting = {said}, [said]
    fillers = (*_around(), noun) if noun else _around()
    while waiting:
        form = waiting.pop()
        for filler in fillers:
            for cut in (
                form.removeprefix(filler) if form.startswith(filler) else form,
                form.removesuffix(filler) if form.endswith(filler) else form,
            ):
                if cut not in forms and len(forms) < 200:
                    forms.add(cut)
                    waiting.append(cut)
    return frozenset(forms)


@cache
def _around() -> tuple[str, ...]:
    return tuple(words()["classes"]["around"])


@cache
def _class(name: str) -> frozenset[str]:
    return frozenset(words()["classes"][name])


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    listed = sorted(words()["words"][kind], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, listed)))


def is_state(item: Item, name: str, noun: str = "") -> bool:
    """Whether a part counts what is `done`, `doing`, `open`, `excluded`, `behind` or `ahead`."""
    return not states(item, noun).isdisjoint(_class(name))


def any_state(item: Item, noun: str = "") -> bool:
    """Whether a part counts a known state."""
    return any(
        is_state(item, name, noun)
        for name in ("done", "doing", "open", "excluded", "behind", "ahead")
    )


def are_opposites(one: Item, other: Item, noun: str = "") -> bool:
    """Whether two parts are X and 未X, or two halves of a whole (合格 and 不合格)."""
    first, second = states(one, noun), states(other, noun)
    halves = [(a, b) for a, b in words()["pairs"]["whole"]]
    if any(_halves(first, second, a, b) or _halves(second, first, a, b) for a, b in halves):
        return True
    return any(
        len(form) > 1 and any(word + form in second for word in _NOT_YET) for form in first
    ) or any(len(form) > 1 and any(word + form in first for word in _NOT_YET) for form in second)


def _halves(one: frozenset[str], other: frozenset[str], first: str, second: str) -> bool:
    """Whether two labels are the halves, with the same words behind (男选手, 女选手)."""
    return any(
        form.startswith(first) and second + form[len(first) :] in other for form in one if form
    )


def is_rest(item: Item, noun: str = "") -> bool:
    """Whether a part is what is left of the whole (其余5项)."""
    said = label(item)
    found = _pattern("rest").match(_bare(said))
    if found is None or has_word(said, "no_rest"):
        return False
    return _is_repeated(_bare(said)[found.end() :], noun)


def _is_repeated(said: str, noun: str) -> bool:
    if "" in _reduced(said, "") or any(form in _class_words() for form in _reduced(said, "")):
        return True
    return len(said) > 1 and said.removeprefix("的") in noun


@cache
def _class_words() -> frozenset[str]:
    return frozenset().union(*(_class(n) for n in ("done", "doing", "open", "behind")))


def _bare(said: str) -> str:
    return re.sub(r"^(?:目前|截至目前|现|尚|还|仍|有)*", "", said)


def noun_of(item: Item) -> str:
    """Return what a total counts (“任务” of “共有任务38项”, “老旧小区” of “68个老旧小区”)."""
    return _noun(label(item), item.after)


@lru_cache(maxsize=4096)
def _noun(said: str, after: str) -> str:
    if after:
        return re.split(r"[的,，]", after)[0]
    said = re.sub(r"(?:共有|共计|共|总计|合计|总数|总量|为|达|达到)+$", "", said)
    kept = re.search(r"(?:共有|共计|共|总|确定|下达|承担|分解)*([^共总]{2,})$", said)
    return kept[1][-8:] if kept else said


def same_noun(whole: Item, part: Item) -> bool:
    """Whether a part surely counts the same kind of thing as the whole."""
    if part.amount.unit not in words()["words"]["generic"]:
        return True
    if any_state(part, noun_of(whole)):
        return True
    if not part.after and _PLACE.search(label(part)):
        return True
    head = noun_of(whole)[-2:]
    return len(head) > 1 and head in label(part) + part.after


def is_place(item: Item, *, counted: bool = False) -> bool:
    """Whether a label names a place; with `counted` whether places are what is counted."""
    said = item.after if counted else label(item)
    found = re.match(r"(?:乡镇|镇|乡|村|街道|社区|片区|县|区|标段|园区)", said) if counted else None
    return found is not None or (not counted and _PLACE.search(said) is not None)


def is_of_other_time(item: Item) -> bool:
    """Whether a number is of another span of time than the whole (本月5户)."""
    return has_word(item.before or item.after, "periods")


def is_taxon(item: Item) -> str:
    """Return by what a part is told from the others (类, 级, 型); empty where by nothing."""
    found = _TAXON.search(label(item)) if not item.after else None
    return found[1] if found else ""


def counts_plainly(part: Item, whole: Item) -> bool:
    """Whether a part has a name, and behind its number nothing that the whole has not."""
    if not label(part) and not part.after:
        return False
    return not part.after or part.after == whole.after or not label(part)
