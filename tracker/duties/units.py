"""Names of units in a cell or list: where one ends and the next begins, to the letter."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from tracker.duties.vocabulary import plain, unit_words
from tracker.text.numerals import circled_number
from tracker.text.segments import outer_pairs

_MARKS = "、，,；;/／|｜。"
_OPENERS = "（(【[〔［"
_EDGES = "。：:；;，,、．"
_LIST_MARK = re.compile(r"^(?:\d{1,2}[.．)）]|[（(]\d{1,2}[)）])(?=\D)")
_BARE_NUMBER = re.compile(r"(\d{1,2})[.．)）]?")
_PARTY = ("党委", "党工委", "黨委", "黨工委")
_BARE_LEVELS = re.compile(
    r"(?:中央|国家|部|省|市|州|中直|省直)(?:、(?:中央|国家|部|省|市|州|中直|省直))*"
)
_LEVEL_FIRST = re.compile(r"[国省市县区州旗乡镇驻属]")
_GOVERNMENT = frozenset({"政府", "人民政府", "管委会", "办事处"})
_AND = re.compile(r"以及|及|和|与|與")
_BRACKETS = re.compile(r"(?:[（(【〔［\[][^（(【〔［\[]*[)）】〕］\]])+$")
_ASIAN = re.compile(r"[⺀-鿿豈-﫿]")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch between separators, and the separator before it: mark, line, blank or none.

    Attributes:
        sign: the only mark of the separator, blanks apart; empty where it has none or several.
    """

    text: str
    gap: str = ""
    sign: str = ""


@lru_cache(maxsize=4096)
def split_names(text: str) -> tuple[str, ...]:
    """Return the names in `text`, as printed, each once.

    Separators inside brackets and quotes split nothing; a bracketed piece after a blank or on its
    own line joins the unit before it; 等部门 and list marks are left out.
    """
    pieces = _healed(_with_brackets(_pieces(text)))
    names = [name for piece in _without_numbers(pieces) for name in _names_of(piece.text)]
    return tuple(dict.fromkeys(names))


def is_unit_like(name: str) -> bool:
    """Return whether `name` ends as units do, or names a collective (各…)."""
    return ends_as_unit(name) or (len(name) > 1 and name.startswith("各"))


def ends_as_unit(name: str) -> bool:
    """Return whether `name`, but for a bracketed alias, ends as units do (局, 委员会 …)."""
    words = unit_words()
    bare = _BRACKETS.sub("", plain(name))
    return len(bare) > 1 and bare.endswith(words.endings) and not bare.endswith(words.not_endings)


def _pieces(text: str) -> list[_Piece]:
    pairs = outer_pairs(text)
    pieces: list[_Piece] = []
    letters, gap, sign, position = "", "", "", 0
    while position < len(text):
        end = pairs.get(position, position + 1)
        kind = "" if end > position + 1 else _gap(text[position])
        if kind:
            if letters:
                pieces.append(_Piece(letters, gap, sign))
                letters, gap, sign = "", "", ""
            if kind == "mark":
                sign = text[position] if gap != "mark" else ""
            gap = kind if gap in ("", "blank") or kind == "mark" else gap
        else:
            one = end == position + 1
            letters += text[position] if one else _unbroken(text[position:end])
        position = end
    return [*pieces, _Piece(letters, gap, sign)] if letters else pieces


def _gap(sign: str) -> str:
    if sign in _MARKS or circled_number(sign) is not None:
        return "mark"
    if sign in "\r\n":
        return "line"
    return "blank" if sign.isspace() else ""


def _unbroken(text: str) -> str:
    """Take the layout out of a bracket: line breaks, and blanks beside a Chinese letter."""
    parts = re.split(r"(\s+)", text)
    for index in range(1, len(parts) - 1, 2):
        beside = parts[index - 1][-1:], parts[index + 1][:1]
        if "\n" in parts[index] or any(_ASIAN.match(c) or c in "（()）" for c in beside if c):
            parts[index] = ""
    return "".join(parts)


def _with_brackets(pieces: list[_Piece]) -> list[_Piece]:
    joined: list[_Piece] = []
    for piece in pieces:
        alone = piece.text[0] in _OPENERS and outer_pairs(piece.text).get(0) == len(piece.text)
        if joined and alone and piece.gap != "mark":
            joined[-1] = replace(joined[-1], text=joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return joined


def _healed(pieces: list[_Piece]) -> list[_Piece]:
    """Join names that blanks or a line break tore apart, where that is certain."""
    healed: list[_Piece] = []
    for piece in pieces:
        if healed and piece.gap in ("blank", "line") and _goes_on(healed[-1].text, piece.text):
            healed[-1] = replace(healed[-1], text=healed[-1].text + piece.text)
        else:
            healed.append(piece)
    return _with_levels(_with_party(_spaced_out(healed)))


def _with_levels(pieces: list[_Piece]) -> list[_Piece]:
    """Join 中央、省驻县单位 and 市、县统计局, which is one name; 中央 alone is nobody."""
    joined: list[_Piece] = []
    for piece in pieces:
        above = joined[-1] if joined else None
        named = _LEVEL_FIRST.match(plain(piece.text)) or _BARE_LEVELS.fullmatch(plain(piece.text))
        bare = above is not None and _BARE_LEVELS.fullmatch(plain(above.text)) is not None
        if above and bare and named and piece.sign == "、":
            joined[-1] = replace(above, text=f"{above.text}、{piece.text}")
        else:
            joined.append(piece)
    return joined


def _with_party(pieces: list[_Piece]) -> list[_Piece]:
    """Join 各镇党委、政府, which is one name for both."""
    joined: list[_Piece] = []
    for piece in pieces:
        both = piece.sign == "、" and plain(piece.text) in _GOVERNMENT
        if both and joined and joined[-1].text.endswith(_PARTY):
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text}、{piece.text}")
        else:
            joined.append(piece)
    return joined


def _goes_on(before: str, after: str) -> bool:
    words = unit_words()
    joined = plain(before + after)
    if joined in words.known or (joined[0] in words.regions and joined[1:] in words.known):
        return True
    if plain(after) == "办事处":
        return before.endswith("街道")
    return plain(after) in words.tails and len(before) > 2 and not is_unit_like(before)


def _spaced_out(pieces: list[_Piece]) -> list[_Piece]:
    """Join runs of single letters (区 发 改 局); a run ends where a unit does."""
    regions = unit_words().regions
    joined: list[_Piece] = []
    running = False
    for piece in pieces:
        single = len(piece.text) == 1 and _ASIAN.match(piece.text) is not None
        ended = running and piece.text in regions and is_unit_like(joined[-1].text)
        if running and single and piece.gap in ("blank", "line") and not ended:
            joined[-1] = replace(joined[-1], text=joined[-1].text + piece.text)
        else:
            joined.append(piece)
        running = single
    return joined


def _without_numbers(pieces: list[_Piece]) -> list[_Piece]:
    """Drop the numbers of a numbered list: 1、甲 2、乙. Other bare numbers stay."""
    numbers = [_BARE_NUMBER.fullmatch(plain(piece.text)) for piece in pieces]
    bare = [int(number[1]) for number in numbers if number]
    runs = bare[:1] == [1] and all(b == a + 1 for a, b in pairwise(bare))
    return [piece for piece, number in zip(pieces, numbers, strict=True) if not (runs and number)]


def _names_of(piece: str) -> list[str]:
    name = _LIST_MARK.sub("", piece).strip(_EDGES)
    names: list[str] = []
    for part in _without_etc(name):
        names += _split_at_and(part)
    return [name for name in names if re.search(r"\w", name)]


def _without_etc(name: str) -> list[str]:
    """Cut 等部门 off; what follows it (等部门及各地区) is a name of its own."""
    found = unit_words().etc.search(plain(name))
    if found is None:
        return [name]
    before, after = name[: found.start()], name[found.end() :]
    joint = _AND.match(after)
    rest = _without_etc(after[joint.end() :]) if joint else []
    return [part for part in (before, *rest) if part]


def _split_at_and(name: str) -> list[str]:
    """Split “甲局和乙局”, but not “文化和旅游局”: both sides must end as units do."""
    words = unit_words()
    pairs = outer_pairs(name)
    for joint in _AND.finditer(name):
        if any(start <= joint.start() < end for start, end in pairs.items()):
            continue
        left, right = name[: joint.start()], name[joint.end() :]
        if not left and joint.group() in ("及", "以及") and is_unit_like(right):
            return _split_at_and(right)
        if not left and right.startswith("各"):
            return _split_at_and(right)
        whole = any(_spans(name, w, joint.start()) for w in words.whole)
        if whole or plain(right).startswith(words.belonging):
            continue
        if is_unit_like(left) and is_unit_like(right):
            return [left, *_split_at_and(right)]
    return [name]


def _spans(name: str, word: str, position: int) -> bool:
    start = name.find(word)
    return start != -1 and start <= position < start + len(word)
