"""Rosters: who sits in a headquarters or working group, with post and role."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from tracker.base.resources import load
from tracker.domain.draft import Member, Roster
from tracker.duties.persons import has_post, is_personal_name, surname_length
from tracker.duties.units import ends_as_unit
from tracker.duties.vocabulary import any_of, spaced_any_of
from tracker.text.segments import outer_pairs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.decompose.view import View

_LEAST_MEMBERS = 3
_LEAST_LABELS = 2
_LONGEST_LINE = 90
_LOOK_BACK = 6
_NUMBER = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．]?)\s*")
_COLUMNS = re.compile(r"(?P<name>[一-鿿]{2,3})(?:[^\S\n]{2,}|\t)(?P<post>\S.*)")
_AFTER_POST = re.compile(r"(?:指挥部|领导小组|专班|小组|委员会)?(?:办公室)?(?:下设|设在|设于)")


@dataclass(frozen=True, slots=True)
class FoundRoster:
    """A roster and the blocks that hold nothing else."""

    roster: Roster
    blocks: range


@dataclass(slots=True)
class _Run:
    """Members on successive lines.

    Attributes:
        role: what the last label said; it holds for the lines below it.
        last: the last block read.
    """

    first: int
    members: list[Member] = field(default_factory=list)
    role: str = ""
    last: int = -1


def read_rosters(view: View, matched: str) -> list[FoundRoster]:
    """Return the rosters of named bodies, each line of which names one member or a role's."""
    lines = [view.text[block.start : block.end] for block in view.blocks]
    words = [matched[block.start : block.end] for block in view.blocks]
    found: list[FoundRoster] = []
    index = 0
    while index < len(lines):
        run = _run(lines, words, index)
        members = [] if len(run.members) >= _LEAST_MEMBERS else _inline(lines[index], words[index])
        if len(members) >= _LEAST_MEMBERS:
            block = view.blocks[index]
            body = _body(lines, words, index) or _named(words[index])
            roster = Roster(body, tuple(members), view.quote(block.start, block.end))
            found += [FoundRoster(roster, range(0))] if body else []
        if len(run.members) >= _LEAST_MEMBERS:
            start, end = view.blocks[run.first].start, view.blocks[run.last].end
            body = _body(lines, words, run.first)
            roster = Roster(body, tuple(run.members), view.quote(start, end))
            # who leads no named body is named in an assignment rather than in a roster
            blocks = range(run.first, run.last + 1)
            found += [FoundRoster(roster, blocks)] if body else []
            index = run.last + 1
        else:
            index += 1
    return found


def _inline(line: str, matched: str) -> list[Member]:
    """Return the members that one paragraph names: 组长：张三（县长）；副组长：…"""
    labels = list(_patterns().inside.finditer(matched))
    if len(labels) < _LEAST_LABELS:
        return []
    ends = [found.start() for found in labels[1:]] + [len(line)]
    members: list[Member] = []
    for found, end in zip(labels, ends, strict=True):
        words = re.split(r"[。；;\n]", line[found.end() : end])[0]
        members += _several(words, _closed(found["role"]))
    return members


def _several(words: str, role: str) -> list[Member]:
    """Read 张三（县长）、李四（县财政局局长）, and names and posts parted by blanks."""
    one = _member(words.strip(" ，、"), role)
    parts = [part for part in re.split(r"\s{2,}|\t", words.strip()) if part.strip()]
    if len(parts) > 2 and not len(parts) % 2:
        pairs = [f"{parts[at]} {parts[at + 1]}" for at in range(0, len(parts), 2)]
        read = [_member(pair, role) for pair in pairs]
        if all(read):
            return [member for member in read if member]
    pieces = _outside_brackets(words)
    several = [_member(piece, role, bare=True) for piece in pieces]
    if len(pieces) > 1 and all(several):
        return [member for member in several if member]
    if one is not None:
        return [one]
    return [member for member in several if member] if all(several) else []


def _outside_brackets(words: str) -> list[str]:
    """Cut at 、and ， outside brackets."""
    pairs = outer_pairs(words)
    pieces: list[str] = []
    start = position = 0
    while position < len(words):
        if words[position] in "、，,":
            pieces.append(words[start:position])
            start = position + 1
        position = pairs.get(position, position + 1)
    return [piece.strip() for piece in (*pieces, words[start:]) if piece.strip()]


def _run(lines: Sequence[str], words: Sequence[str], first: int) -> _Run:
    run = _Run(first)
    for index in range(first, len(lines)):
        if not _take(run, lines[index], words[index]):
            break
        run.last = index
    return run


def _take(run: _Run, line: str, matched: str) -> bool:
    """Take a line into the roster; False where it is none of it."""
    if len(line) > _LONGEST_LINE:
        return False
    aside = _patterns().aside.fullmatch(matched)
    if aside is not None and run.members:
        run.members[-1] = replace(run.members[-1], role=_closed(aside["role"]))
        return True
    if run.members and not _is_whole(run.members[-1].post):
        last = run.members[-1]
        run.members[-1] = replace(last, post=last.post + line.strip())
        return True
    if "\t" in line:
        member = _from_cells(line, run.role)
        run.members += [member] if member else []
        return member is not None
    label = _patterns().label.match(matched)
    start = label.end() if label is not None else 0
    role = _closed(label["role"]) if label is not None else run.role
    if label is not None and not line[start:].strip():
        run.role = role
        return True
    members = _members(line[start:], role)
    if not members:
        return False
    if label is not None:
        run.role = role if label["colon"] else ""
    run.members += members
    return True


def _from_cells(line: str, role: str) -> Member | None:
    """Read a row of a table of members: number, name, post, role, in whatever order."""
    cells = [cell.strip() for cell in line.split("\t") if re.search(r"[^\W\d]", cell)]
    roles = [cell for cell in cells if _patterns().role.fullmatch(cell)]
    names = [cell for cell in cells if is_personal_name(cell) and cell not in roles]
    posts = [cell for cell in cells if cell not in (*roles, *names) and has_post(cell)]
    if len(names) != 1 or not (posts or roles):
        return None
    own = _closed(roles[-1]) if roles and (posts or len(roles) > 1) else role
    post = posts[0] if posts else roles[0]
    return Member(_closed(names[0]), _closed(post), own)


def _members(words: str, role: str) -> list[Member]:
    """Return the members a line names: one with a post, or several parted by marks."""
    one = _member(words.strip(), role)
    if one is not None:
        return [one]
    parts = [
        part.strip() for part in re.split(r"[、，,；;]|\s{2,}", words.strip(" 。")) if part.strip()
    ]
    several = [_member(part, role, bare=True) for part in parts]
    return [member for member in several if member] if several and all(several) else []


def _member(words: str, role: str, *, bare: bool = False) -> Member | None:
    """Read 张三 县发展改革局局长, also without a blank or with the post in brackets."""
    aligned = _COLUMNS.fullmatch(words)
    if role and aligned and _is_rare_name(aligned["name"]) and _ends_post(aligned["post"]):
        return Member(aligned["name"], _closed(aligned["post"]), role)
    for length in _name_lengths(words):
        name, post = words[:length], _AFTER_POST.split(words[length:])[0]
        post = post.strip().strip("，,：:（(）)").strip()
        if not is_personal_name(name):
            continue
        if (post and has_post(post)) or (bare and role and not post):
            return Member("".join(name.split()), _closed(post), role)
    return None


def _is_rare_name(name: str) -> bool:
    """Whether what stands in the column of names may be one, whatever the surname."""
    return not (ends_as_unit(name) or has_post(name) or name.startswith(("各", "有关", "相关")))


def _ends_post(words: str) -> bool:
    return has_post(words.strip(), at_end=True)


def _name_lengths(words: str) -> list[int]:
    """Return how long the name at the start may be: to a blank, else by the surname."""
    spaced = re.match(r"[一-鿿]\s+[一-鿿](?=$|[^一-鿿]|[一-鿿]{2})", words)
    parted = re.match(r"[一-鿿]{2,4}(?=[\s，,：:（(]|$)", words)
    if parted:
        return [parted.end()]
    if spaced:
        return [spaced.end()]
    surname = surname_length(words)
    return [surname + 2] if surname else []


def _is_whole(post: str) -> bool:
    return not post or has_post(post, at_end=True) or ends_as_unit(post)


def _body(lines: Sequence[str], words: Sequence[str], first: int) -> str:
    """Return the body whose roster it is, as the lines above name it."""
    patterns = _patterns()
    above = range(first - 1, max(first - 1 - _LOOK_BACK, -1), -1)
    for index in above:
        title = patterns.title.search(words[index].strip())
        if title is not None and "。" not in words[index]:
            name = _NUMBER.sub("", lines[index].strip()[: title.start()])
            body = re.split("关于|成立|调整|附件", _closed(name))[-1].strip("的，, ：:")
            if body:
                return body
    for index in above:
        named = _named(words[index])
        if named:
            return named
    return ""


def _named(words: str) -> str:
    """Return the body that a sentence sets up: 成立…领导小组."""
    named = _patterns().body.findall(words)
    return str(named[-1]) if named else ""


def _closed(text: str) -> str:
    return "".join(text.split())


@dataclass(frozen=True, slots=True)
class _Patterns:
    label: re.Pattern[str]
    aside: re.Pattern[str]
    role: re.Pattern[str]
    inside: re.Pattern[str]
    title: re.Pattern[str]
    body: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    data = load("documents.toml")["roster"]
    roles = spaced_any_of(tuple(data["roles"]))
    bodies = any_of(tuple(data["bodies"]))
    return _Patterns(
        label=re.compile(rf"\s*(?P<role>{roles})\s*(?P<colon>[：:])?\s*"),
        aside=re.compile(rf"\s*[（(]\s*(?P<role>{roles})\s*[）)]\s*"),
        role=re.compile(roles),
        inside=re.compile(rf"(?P<role>{roles})\s*[：:]\s*"),
        title=re.compile(rf"{any_of(tuple(data['titles']))}(?:如下)?[：:]?$"),
        body=re.compile(rf"(?:成立|设立|组建|调整)(?:了)?([^，。；、：:\s]{{2,40}}?{bodies})"),
    )
