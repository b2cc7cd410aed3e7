"""Which parts of the outline are tasks: measures with a note, parts of them, leaves without one."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from tracker.base.resources import load
from tracker.decompose.body import HEADINGS_ONLY, NO_UNITS, Measure, is_heading
from tracker.decompose.marks import Place, Style
from tracker.decompose.ordinals import under_ordinals
from tracker.decompose.parts import bounded, in_items, pieces
from tracker.decompose.unnumbered import paragraphs, unnumbered
from tracker.duties.reading import read_note
from tracker.duties.vocabulary import any_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.decompose.body import Body
    from tracker.decompose.outline import Node
    from tracker.duties.passages import Found


_FOR_ALL = "末尾写明以上各项的责任单位，已一并填写，请确认"
_SUPPLEMENT = re.compile(
    r"(?:本|上述|以上)[^，。]{0,8}(?:措施|办法|意见|方案|政策|通知|规定|细则|举措|计划)[^。]{0,30}(?:解释|施行|实施之日|有效期)"
    r"|[^。]{0,30}(?:从高|就高|从优)[^。]{0,4}不重复"
)
_FIELD = re.compile(
    r"[^\s：:，。、]{0,8}(?:单位|部门|来源|电话|联系人|联络员|方式|投资|资金|备注|地点|规模|性质|编号|代码)\s*[：:]\s*\S"
)
_MEETING = "会议"
_ABOVE = re.compile(r"[（(【\[]?\s*(?:以上|上述)")


def measures(body: Body, *, unnoted: bool) -> list[Measure]:
    """Return the tasks in the order they stand.

    Args:
        body: the document.
        unnoted: the document is of a kind whose leaves are tasks even without any note.
    """
    if body.with_notes:
        found = list(_noted(body, body.root, _lifted(body)))
        if unnoted and body.with_notes == {id(body.root)}:  # 责任领导 above all of them
            found += _leaves(body, body.root)
    elif unnoted:
        found = list(_leaves(body, body.root)) or paragraphs(body)
    else:
        found = []
    # a number with nothing but closing words below it is no task
    return [measure for measure in found if measure.spans]


def _noted(body: Body, top: Node, lifted: set[int]) -> Iterator[Measure]:
    """Give the tasks below `top` in a document with notes."""
    waiting = [top]
    while waiting:
        node = waiting.pop()
        if id(node) in lifted:
            yield _with_children(body, node)
            continue
        own = body.notes.get(id(node), [])
        below = any(id(child) in body.with_notes for child in node.children)
        if own:
            yield from under_ordinals(body, node, _parts(body, node, own, fold=not below))
        elif not below and _is_left_out(body, node) and not _is_prose(body, node):
            shared = _note_for_all(body, node)
            measure = _whole(body, node, (_FOR_ALL if shared else NO_UNITS,))
            yield replace(measure, shared=shared)
        if below:
            waiting += reversed(node.children)


def _note_for_all(body: Body, node: Node) -> tuple[Found, ...]:
    """Return the note behind the last brother that speaks of all (以上任务由甲局牵头)."""
    brothers = node.parent.children if node.parent is not None else []
    notes = body.notes.get(id(brothers[-1]), []) if brothers else []
    if notes and _ABOVE.match(body.matched, notes[-1].start, notes[-1].end):
        return (notes[-1],)
    return ()


def _is_left_out(body: Body, node: Node) -> bool:
    """Whether a measure without a note stands among brothers that carry one."""
    if node.mark is None or node.mark.style in HEADINGS_ONLY or _SUPPLEMENT.match(body.words(node)):
        return False
    brothers = node.parent.children if node.parent is not None else []
    noted = [one for one in brothers if id(one) in body.notes]
    return bool(noted) and bool(body.words(node))


def _is_prose(body: Body, node: Node) -> bool:
    """Whether paragraphs below a heading speak in general, beside sections with many tasks."""
    if node.mark is None or node.mark.style is not Style.CHINESE or node.children:
        return False
    heading, _, below = body.words(node).partition("\n")
    brothers = node.parent.children if node.parent is not None else []
    sections = any(len(body.notes.get(id(one), [])) > 1 for one in brothers)
    return sections and is_heading(heading) and bool(below.strip())


def _parts(body: Body, node: Node, notes: list[Found], *, fold: bool) -> Iterator[Measure]:
    """Give a measure with notes, cut behind each of them where there are several."""
    spans = body.own(node)
    if fold and node.children:
        spans = body.clear(node.start, body.end_below(node))
    if node.mark is None or node.mark.style in HEADINGS_ONLY:
        yield from unnumbered(body, node, notes)
    elif (
        len(_charging(body, notes)) <= 1 or in_items(body, node, notes) or _are_fields(body, notes)
    ):
        yield Measure(node, 0, tuple(bounded(body, spans, notes)), tuple(notes))
    else:
        for count, (piece, note) in enumerate(pieces(body, spans, notes), 1):
            yield Measure(node, count, tuple(piece), (note,))


def _charging(body: Body, notes: list[Found]) -> list[Found]:
    """Return the notes that name somebody; the others only say when."""
    read = [(note, read_note(body.text[note.start : note.end])) for note in notes]
    return [note for note, said in read if said.roles or said.persons or said.same_as_above]


def _are_fields(body: Body, notes: list[Found]) -> bool:
    """Whether nothing but other fields stands between the notes of a form: 监理单位：某公司."""
    lines = [
        line.strip()
        for one, after in pairwise(notes)
        for line in body.text[one.end : after.start].split("\n")
        if line.strip()
    ]
    return all(map(_FIELD.match, lines))


def _with_children(body: Body, node: Node) -> Measure:
    """Return a measure whose note stands behind the last of its points."""
    last = node.children[-1]
    notes = [*body.notes.get(id(node), []), *body.notes[id(last)]]
    spans = body.clear(node.start, last.end)
    return Measure(node, 0, tuple(bounded(body, spans, notes)), tuple(notes))


def _whole(body: Body, node: Node, doubts: tuple[str, ...] = ()) -> Measure:
    end = body.end_below(node)
    if not node.children:
        end = _closing_words(body, node)
    return Measure(node, 0, tuple(body.clear(node.start, end)), (), doubts=doubts)


def _closing_words(body: Body, node: Node) -> int:
    """Return where a last measure ends: before the words that close the whole document."""
    brothers = node.parent.children if node.parent is not None else [node]
    if brothers[-1] is not node:
        return node.end
    single = len(brothers) > 1 and all(_is_one_line(body, one) for one in brothers[:-1])
    position = body.text.find("\n", node.start, node.end)
    while 0 <= position < node.end:
        heading = is_heading(body.text[node.start : position])
        found = _closings().match(body.matched, position + 1)
        closes = found is not None and not (
            found.group().startswith(_MEETING)
            and (heading or _is_said_before(body, brothers, found.group()))
        )
        if closes or (single and not heading):
            return position
        position = body.text.find("\n", position + 1, node.end)
    return node.end


def _is_said_before(body: Body, brothers: list[Node], words: str) -> bool:
    """Whether lines of the measures before begin so too: the items of minutes do (会议要求…)."""
    return any(f"\n{words}" in body.matched[one.start : one.end] for one in brothers[:-1])


def _is_one_line(body: Body, node: Node) -> bool:
    return not node.children and "\n" not in body.text[node.start : node.end].strip()


def _lifted(body: Body) -> set[int]:
    """Return the measures whose one note stands behind their last point, and means them all."""
    last_only: list[Node] = []
    others = 0
    for node in body.root.walk():
        children = node.children
        if len(children) < 2 or any(child.children for child in children):
            continue
        counts = [len(body.notes.get(id(child), [])) for child in children]
        own = _charging(body, body.notes.get(id(node), []))
        inside = id(node) not in body.notes or not any(map(_opens_block, children))
        alone = counts[-1] > 0 and not any(counts[:-1]) and _is_one(body, children[-1])
        if not own and inside and alone:
            last_only.append(node)
        elif sum(map(bool, counts)) > 1:
            others += 1
    often = len(last_only) > 1 and len(last_only) > others
    return {
        id(node)
        for node in last_only
        if node.mark is not None
        and (often or id(node) in body.notes or all(child.inline for child in node.children))
    }


def _opens_block(node: Node) -> bool:
    return node.mark is not None and node.mark.place is Place.OPENS_BLOCK


def _is_one(body: Body, node: Node) -> bool:
    return len(_charging(body, body.notes.get(id(node), []))) == 1


def _leaves(body: Body, top: Node) -> Iterator[Measure]:
    """Give the measures of a document without notes: what has nothing numbered below it."""
    waiting = [top]
    while waiting:
        node = waiting.pop()
        if node.mark is not None and _is_general(body, node):
            continue
        points = [child for child in node.children if _is_measure(child)]
        if points:
            waiting += reversed(points)
        elif _says_something(body, node):
            yield _whole(body, node)


def _is_measure(node: Node) -> bool:
    """Whether what is numbered stands by itself: no point (1) and no list within a paragraph."""
    style = node.mark.style if node.mark is not None else Style.CHAPTER
    return style < Style.FIGURE_BRACKET and not (node.inline and style >= Style.FIGURE)


def _says_something(body: Body, node: Node) -> bool:
    if node.mark is None or node.mark.style in HEADINGS_ONLY:
        return False
    return bool(body.words(node)) or bool(node.children)


def _is_general(body: Body, node: Node) -> bool:
    """Whether a heading says that no tasks stand below it (总体要求)."""
    heading = re.split(r"[。\n]", body.words(node))[0]
    return len(heading) <= 30 and _general().search(heading) is not None


@cache
def _general() -> re.Pattern[str]:
    return re.compile(any_of(tuple(load("documents.toml")["sections"]["not_tasks"])))


@cache
def _closings() -> re.Pattern[str]:
    return re.compile(any_of(tuple(load("documents.toml")["sections"]["closings"])))
