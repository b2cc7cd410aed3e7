"""Finding the assignment notes of a paragraph, wherever and however they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from tracker.base.resources import load
from tracker.duties.objects import without_objects
from tracker.duties.part_lists import lists_of_other_parts
from tracker.duties.reading import Note, names_in, read_note, without_deadline
from tracker.duties.tokens import Kind, tokenize
from tracker.duties.unit_lists import is_unit_list
from tracker.duties.units import ends_as_unit, is_unit_like
from tracker.duties.vocabulary import LEVEL, any_of, long_labels, plain, role_words, spaced_any_of
from tracker.text.dates import find_dates

if TYPE_CHECKING:
    from collections.abc import Mapping

_OPENERS, _CLOSERS = "（(【[〔［", "）)】]〕］"
_SIGNS = re.compile(rf"[{re.escape(_OPENERS + _CLOSERS)}\n]")
_STOPS = "。；;！!？?"
_LONGEST_NOTE = 900
_FARTHEST = _LONGEST_NOTE + 100
"""Blanks around a note do not count; what is longer is not looked at, for the sake of time."""
_LONGEST_REST = 250
_LONGEST_STACKED = 40
_LONGEST_LINE = 4000
_MOST_LABELS = 40
_MOST_BRACKETS = 60
"""More brackets than this inside one are damage, costly to read again and again."""
_PREFIXED = re.compile(r"[省市县区州旗各镇乡]")
_BOUNDS = re.compile("前|底|末|内|完成")
_NEXT_PART = re.compile(r"\s*(?:[①-⑳⑴-⒇❶-❿]|[（(]\d{1,2}[）)])")
_LONGEST_SENTENCE = 300
_LONGEST_WORD = 20


@dataclass(frozen=True, slots=True)
class Found:
    """A note in a paragraph; `start` and `end` include its brackets."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Patterns:
    candidate: re.Pattern[str]
    opening: re.Pattern[str]
    in_brackets: re.Pattern[str]
    hint: re.Pattern[str]
    sure_label: re.Pattern[str]
    not_listed: re.Pattern[str]


@dataclass(slots=True)
class _Hints:
    """Remembers a stretch without any word of assignment, which a pile of brackets asks about."""

    first: int = 0
    last: int = 0

    def stand_in(self, matched: str, start: int, end: int) -> bool:
        """Return whether a word of assignment stands in a stretch."""
        known = self.first <= start < self.last
        begin = max(start, self.last - _LONGEST_WORD) if known else start
        if _patterns().hint.search(matched, begin, end):
            return True
        self.first, self.last = (self.first, max(self.last, end)) if known else (start, end)
        return False


@dataclass(frozen=True, slots=True)
class _Text:
    """A stretch of text and the same in the form words are matched in.

    Attributes:
        closes: where its brackets close.
        hints: what is known about the words of assignment in it.
    """

    text: str
    matched: str
    start: int
    end: int
    closes: Mapping[int, int]
    hints: _Hints

    def block_end(self, at: int) -> int:
        found = self.text.find("\n", at, self.end)
        return self.end if found < 0 else found

    def opens_block(self, at: int) -> bool:
        before = self.before(at)
        return before < self.start or self.text[before] == "\n"

    def after_stop(self, at: int) -> bool:
        before = self.before(at)
        return before < self.start or self.text[before] in _STOPS + "\n" + _CLOSERS + "”"

    def before(self, at: int) -> int:
        at -= 1
        while at >= self.start and self.text[at].isspace() and self.text[at] != "\n":
            at -= 1
        return at


def find_notes(text: str, matched: str, start: int, end: int) -> list[Found]:
    """Return the notes in `text[start:end]`, in order; neighbours are one note.

    Args:
        text: blocks with a line end between each.
        matched: the same in the form words are matched in.
        start: where to begin.
        end: where to stop.
    """
    within = _Text(text, matched, start, end, _closes(text, start, end), _Hints())
    found: list[Found] = []
    position = start
    while candidate := _patterns().candidate.search(matched, position, end):
        at = candidate.start()
        bracket = text[at] in _OPENERS
        note = _bracket(within, at) if bracket else _label(within, candidate)
        if note is not None:
            note = _with_lines_below(within, note)
            found.append(note)
        position = note.end if note is not None else at + 1
    spans = lists_of_other_parts(text, matched, within.closes, [(n.start, n.end) for n in found])
    found += [Found(*span) for span in spans]
    return _merged(text, sorted((*found, *_sentences(within, found)), key=lambda one: one.start))


def opens_with_label(matched: str) -> bool:
    """Return whether a line begins with a label of an assignment (责任单位：)."""
    return _patterns().opening.match(matched) is not None


def holds_label(matched: str, start: int, end: int) -> bool:
    """Return whether a label that can be nothing else (责任单位：) stands in a stretch."""
    return _patterns().sure_label.search(matched, start, end) is not None


def is_assignment(inner: str, *, apart: bool = False) -> bool:
    """Return whether the words in a bracket assign a task.

    Args:
        inner: the words, without the brackets.
        apart: they stand by themselves, behind a stop, so a bare list of units is one too.
    """
    words = without_objects(inner.strip()) if apart else inner.strip()
    if not 2 <= len(words) <= _LONGEST_NOTE:
        return False
    matched = plain(words)
    if _patterns().opening.match(matched):
        return True
    if not _patterns().hint.search(matched):
        names, when = without_deadline(words)
        # 甲局，3月11日 may be who wrote and when
        return apart and is_unit_list(names if _BOUNDS.search(when) else words)
    if not any(
        token.kind in (Kind.VERB, Kind.ROLE_MARK, Kind.JOINT, Kind.LABEL)
        for token in tokenize(words)
    ):
        return apart and is_unit_list(words)
    return _is_sound(read_note(words), apart=apart)


def _is_sound(note: Note, *, apart: bool) -> bool:
    names = note.roles.names()
    if note.rest or not (names or note.persons):
        return False
    units = sum(is_unit_like(name) for name in names)
    return bool(note.persons) or 2 * units >= len(names) or (apart and units > 0)


def _bracket(within: _Text, at: int) -> Found | None:
    text, matched = within.text, within.matched
    stop = within.block_end(at)
    label = _patterns().in_brackets.match(matched, at, stop)
    if label is not None:
        return Found(at, _run_end(within, label.end(), stop)) if label.end() < stop else None
    inner_end = within.closes.get(at, stop)
    if inner_end - at >= _LONGEST_NOTE:
        inner_end = stop
    close = inner_end if inner_end < stop else None
    hinted = within.hints.stand_in(matched, at, min(inner_end, at + _FARTHEST))
    if not (hinted or within.after_stop(at) or _PREFIXED.match(matched, at + 1)):
        return None
    cut = _prose_follows(within, at + 1, inner_end)
    if cut is not None:
        inner_end, close = cut, None
    inner = text[at + 1 : inner_end] if inner_end - at < _FARTHEST else ""
    if not inner or sum(map(inner.count, _OPENERS)) > _MOST_BRACKETS:
        return None
    alone = within.after_stop(at)
    apart = alone or _ends_part(within, at, inner, inner_end)
    if not is_assignment(inner, apart=apart) or (close is None and not _is_sure(inner)):
        return None
    end = inner_end if close is None else close + 1
    return Found(at, _with_stop(text, end, stop) if alone else end)


def _ends_part(within: _Text, at: int, inner: str, end: int) -> bool:
    """Whether a list of units closes a part: “…三所（县某局）；”, not “乡政府（街道办）；”."""
    behind = within.text[end + 1 : end + 2]
    if behind and behind not in "。；;\n" and not _NEXT_PART.match(within.matched, end + 1):
        return False
    before = within.text[max(at - 12, within.start) : at]
    word = re.split(r"[，。；、\s\d]", before)[-1]
    return not ends_as_unit(word) and any(_PREFIXED.match(plain(one)) for one in names_in(inner))


def _closes(text: str, start: int, end: int) -> dict[int, int]:
    """Return where each bracket of a stretch closes in its line: of whatever width, in order."""
    closes: dict[int, int] = {}
    waiting: list[int] = []
    for found in _SIGNS.finditer(text, start, end):
        if found.group() == "\n":
            waiting.clear()
        elif found.group() in _OPENERS:
            waiting.append(found.start())
        elif waiting:
            closes[waiting.pop()] = found.start()
    return closes


def _prose_follows(within: _Text, start: int, end: int) -> int | None:
    """Return the stop in a note behind which something else goes on; None where nothing does."""
    position = within.text.find("。", start, end)
    if position < 0:
        return None
    rest = within.text[position + 1 : end].strip()
    if len(rest) > _LONGEST_REST:  # reading it again for every bracket costs minutes
        return position
    matched = plain(rest)
    words = _patterns()
    goes_on = (
        not rest.strip("".join((_CLOSERS, _STOPS)))
        or words.opening.match(matched)
        or words.not_listed.search(matched)
        or is_assignment(rest)
        or _adds_rule(rest)
    )
    return None if goes_on else position


def _adds_rule(rest: str) -> bool:
    """Whether words only say how the list before is to be read (列第一位者为牵头单位，下同)."""
    note = read_note("甲局负责。" + rest)
    return (note.ordered or note.onward) and not note.rest


def _is_sure(inner: str) -> bool:
    """Whether a bracket never closed is a note beyond doubt."""
    return bool(_patterns().opening.match(plain(inner))) or _is_sound(read_note(inner), apart=False)


def _label(within: _Text, candidate: re.Match[str]) -> Found | None:
    at = candidate.start()
    fresh = within.after_stop(at)
    if not fresh and not _patterns().sure_label.match(within.matched, at):
        return None
    stop = within.block_end(at)
    end = _run_end(within, candidate.end(), stop)
    if _is_overloaded(within, at, end):
        return None
    words = within.text[at:end]
    if within.text[candidate.end() : end].strip() == "":
        listed = _list_below(within, stop)
        return Found(at, listed) if listed is not None else None
    note = read_note(words)
    if within.opens_block(at) or (fresh and note.deadline):
        return Found(at, end) if note.roles or note.persons or note.deadline else None
    names = (*note.roles.names(), *note.persons)
    sound = bool(names) and (is_unit_like(names[0]) or bool(note.persons))
    return Found(at, end) if sound else None


def _is_overloaded(within: _Text, start: int, end: int) -> bool:
    """Whether a run is too long or holds too many labels for a note: damage, costly to read."""
    if end - start > _LONGEST_LINE:
        return True
    labels = _patterns().sure_label.finditer(within.matched, start, end)
    return next(islice(labels, _MOST_LABELS, None), None) is not None


def _list_below(within: _Text, stop: int) -> int | None:
    """Return the end of a list of units that stands on the line below its label."""
    end = within.block_end(stop + 1) if stop < within.end else stop
    words = within.text[stop:end].strip()
    return end if words and is_unit_list(words.rstrip("。")) else None


def _with_lines_below(within: _Text, note: Found) -> Found:
    """Take the lines below a note that hold one more unit each: a list set one under another."""
    end = note.end
    bracket = within.text[note.start] in _OPENERS
    if (bracket and note.start in within.closes) or within.block_end(end) > end:
        return note
    ends = [end]
    while end < within.end:
        start = end + 1
        end = within.block_end(start)
        words = within.text[start:end].strip().rstrip("。；;、，,）)】]")
        bare = 0 < len(words) <= _LONGEST_STACKED and not opens_with_label(plain(words))
        if not (bare and is_unit_list(words)):
            dates = find_dates(within.matched[start : start + _LONGEST_STACKED])
            if dates and not words[: dates[0].start].strip():
                ends = ends[:-1] or ends  # a name and a date below a text sign it
            break
        ends.append(end)
    # one name alone below a label may as well head the tasks that follow
    below = names_in(within.text[note.end : ends[-1]])
    return Found(note.start, ends[-1]) if bracket or len(below) > 1 else note


def _run_end(within: _Text, start: int, stop: int) -> int:
    """Return where the names behind a label end: at the line's end, or before a new sentence."""
    cut = _prose_follows(within, start, stop)
    return stop if cut is None else cut + 1


def _with_stop(text: str, end: int, stop: int) -> int:
    """Take the 。 behind a note that stands by itself with it."""
    return end + 1 if end < stop and text[end] in "。；;" else end


def _sentences(within: _Text, found: list[Found]) -> list[Found]:
    """Return the lines that are nothing but an assignment, or end in one behind a dash.

    The first line holds the task, so it is never one as a whole.
    """
    lines: list[Found] = []
    start = within.start
    waiting = iter([*found, Found(within.end, within.end)])
    note = next(waiting)
    while start < within.end:
        end = within.block_end(start)
        while note.end <= start and note.start < within.end:
            note = next(waiting)
        if note.start >= end:
            whole = start > within.start and _is_line(within, start, end)
            line = Found(start, end) if whole else _behind_dash(within, start, end)
            lines += [line] if line is not None else []
        start = end + 1
    return lines


def _behind_dash(within: _Text, start: int, end: int) -> Found | None:
    """Return an assignment that a dash sets off at the end of a line: 修渠——甲局牵头."""
    dash = within.text.rfind("——", start, end)
    if dash < 0 or not _is_line(within, dash + 2, end):
        return None
    return Found(dash, end)


def _is_line(within: _Text, start: int, end: int) -> bool:
    short = 0 < end - start <= _LONGEST_SENTENCE
    return (
        short
        and _patterns().hint.search(within.matched, start, end) is not None
        and is_assignment(within.text[start:end])
        and all(map(is_unit_like, read_note(within.text[start:end]).roles.names()))
    )


def _merged(text: str, found: list[Found]) -> list[Found]:
    merged: list[Found] = []
    for note in found:
        between = text[merged[-1].end : note.start] if merged else "x"
        if not re.sub(r"[\s；;，,。]+", "", between):
            merged[-1] = Found(merged[-1].start, note.end)
        else:
            merged.append(note)
    return merged


@cache
def _patterns() -> _Patterns:
    words = role_words()
    data = load("notes.toml")
    labels = LEVEL + spaced_any_of((*words.labels, *data["deadline_labels"]))
    long = LEVEL + spaced_any_of(long_labels())
    ending = tuple(x for x in long_labels() if x.endswith(("单位", "部门")))
    named = LEVEL + spaced_any_of(ending)
    return _Patterns(
        candidate=re.compile(
            rf"[（(【\[〔［]|{labels}\s*[：:]|(?:^|(?<=[\n。])){long}(?:[^\S\n]+(?=\S)|\s*[；;])"
        ),
        opening=re.compile(
            rf"\s*[（(【\[〔［]?\s*(?:{labels}\s*[）)】\]〕］]?\s*[：:]|{long}\s*(?:[】\]〕］；;]|\s\S))"
        ),
        in_brackets=re.compile(rf"[（(【\[〔［]\s*{labels}\s*[）)】\]〕］]\s*[：:]?"),
        hint=re.compile(any_of((*words.verbs, *words.labels, *words.joining))),
        sure_label=re.compile(rf"{named}\s*[：:]"),
        not_listed=re.compile(any_of(tuple(data["not_listed"]))),
    )
