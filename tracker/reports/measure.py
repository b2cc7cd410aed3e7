"""How many lines a text takes in a cell, without the font at hand.

Every number is the worst of the named font and the fonts that stand in for it where it is
missing, and a break is assumed only where every program breaks. So a real program needs as many
lines or fewer, and a row as high as reckoned here cuts nothing.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from itertools import accumulate
from typing import Any

from tracker.base.resources import load

OPENING = "（《【“‘「『〔〈［｛〖([{￥¥＄$￡£№"
"""May not end a line."""
CLOSING = "、，。；：！？）》】”’」』〕〉］｝〗…—～·%％‰‱℃°′″℉々〻ー)]},.:;!?\t \u3000\u00a0"
"""May not begin a line."""
JOINERS = "\u0300-\u036f\u20d0-\u20ff\u200b-\u200f\u2060\ufe00-\ufe0f\U000e0100-\U000e01ef\u0e31"
"""Inside of a character class: what belongs to the character before it."""
WIDE = (
    "\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60"
    "\uffe0-\uffe6\U0001f000-\U0001faff\U00020000-\U0003ffff"
)
"""Inside of a character class: characters of which each may stand alone on a line."""

# LibreOffice breaks on neither side of a quotation mark, and not between 、 or ） and a Latin word
_QUOTES = "“”‘’"
_OPEN = re.escape(OPENING + _QUOTES) + "\u200d"
_CLOSE = re.escape(CLOSING + _QUOTES) + JOINERS
_SHUT = re.escape("".join(CLOSING.split()))
_WORD = rf"[^{WIDE}\s]"
_TIED = re.compile(
    rf"[{_OPEN}].|[{_SHUT}]{_WORD}|{_WORD}[{_OPEN}]|{_WORD}{_WORD}|.[{_CLOSE}]", re.DOTALL
)
"""Two characters between which no line ends."""
# Where a line would end after a slash, LibreOffice goes back to the last space, up to 66 characters
_SPACE_AND_SLASH = re.compile(r"\s(?=[^\n/]{0,66}/\D)")
# Where a mark, the word after it and the marks behind fill more than a line, LibreOffice does end
# a line between the first mark and the word
_MARK_AND_WORD = re.compile(rf"[{_SHUT}][^{WIDE}\s{_SHUT}]{{2,}}[{_SHUT}]*")
_ADDRESS = re.compile(r"[!-~][/?&-][!-~]")
_ADDRESS_SHARE = 0.6
_RARE_LINE_ENDS = "\x85\u2028\u2029"


class _Widths(dict[str, float]):
    """Character → em, filled as characters are met.

    Attributes:
        widest: the widest of all, the tab left out.
    """

    def __init__(self, entry: dict[str, Any]) -> None:  # Any: values of TOML
        super().__init__()
        for em, characters in entry["characters"].items():
            self.update(dict.fromkeys(characters, float(em)))
        self._ranges = [
            (int(line["first"], 16), int(line["last"], 16), float(line["em"]))
            for line in entry["ranges"]
        ]
        self._default = float(entry["default"])
        self._combining = float(entry["combining"])
        listed = [*self.values(), *(em for _, _, em in self._ranges), self._default]
        self.widest = max(listed)
        self["\t"] = float(entry["tab"])

    def __missing__(self, character: str) -> float:
        self[character] = width = self._find(character)
        return width

    def _find(self, character: str) -> float:
        if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
            return self._combining
        code = ord(character)
        return next((em for low, high, em in self._ranges if low <= code <= high), self._default)


class Ruler:
    """Measures texts by the numbers of `resources/fonts.toml`."""

    def __init__(self, metrics: dict[str, Any] | None = None) -> None:  # Any: values of TOML
        """Take the metrics given, else the program's own."""
        data = metrics or load("fonts.toml")
        self._widths = _Widths(data["width"])
        self._line = float(data["line"]["default"])
        self._lines: dict[str, float] = data["line"]["fonts"]

    def pitch(self, font: str, size: float) -> float:
        """Return the height of one line of `font` at `size`, in the unit of `size`."""
        return max(self._line, self._lines.get(font, 0.0)) * size

    def width(self, text: str) -> float:
        """Return the width of `text` on one line in em."""
        return sum(map(self._widths.__getitem__, text))

    def count_lines(self, text: str, room: float) -> int:
        """Return how many lines `text` takes where `room` em stand on a line; 1 for no text."""
        lines = len(self.line_ends(text, room))
        if lines > 1 and "/" in text:
            lines += min(len(_SPACE_AND_SLASH.findall(text)), 2)
        if lines > 1:
            lines += sum(self.width(word) > room for word in _MARK_AND_WORD.findall(text))
        return lines

    def line_ends(self, text: str, room: float) -> list[int]:
        """Return where each line ends: line k is `text[ends[k-1]:ends[k]]`, its `\\n` included."""
        ends: list[int] = []
        start = 0
        for paragraph in _plain_line_ends(text).split("\n"):
            self._wrap(paragraph, start, room, ends)
            start += len(paragraph) + 1
            ends[-1] = min(start, len(text))
        return ends

    def _wrap(self, paragraph: str, start: int, room: float, ends: list[int]) -> None:
        if len(paragraph) * self._widths.widest <= room and "\t" not in paragraph:
            ends.append(start + len(paragraph))
            return
        reach = list(accumulate(map(self._widths.__getitem__, paragraph), initial=0.0))
        at = 0
        while reach[-1] > reach[at] + room:
            cut = fitting = _fitting(reach, at, room)
            while cut > at and _TIED.match(paragraph, cut - 1):
                cut -= 1
            if cut == at:
                cut = self._break(paragraph, reach, at, fitting)
            ends.append(start + cut)
            at = cut
        ends.append(start + len(paragraph))

    def _break(self, paragraph: str, reach: list[float], at: int, fitting: int) -> int:
        """Return where to break what is longer than a line."""
        end = fitting
        while end < len(paragraph) and _TIED.match(paragraph, end - 1):
            end += 1
        if not _ADDRESS.search(paragraph, at, end):
            return fitting
        # Programs prefer a break after a slash or hyphen and leave the rest of the line empty
        return _fitting(reach, at, (reach[fitting] - reach[at]) * _ADDRESS_SHARE)


def is_tied(text: str, place: int) -> bool:
    """Tell whether no line ends before `text[place]`."""
    return place > 0 and _TIED.match(text, place - 1) is not None


def _fitting(reach: list[float], at: int, room: float) -> int:
    """Return the end of what fits on a line that starts at `at`: one character at least."""
    return bisect_right(reach, reach[at] + room, at + 2) - 1


def _plain_line_ends(text: str) -> str:
    for character in _RARE_LINE_ENDS:
        if character in text:
            text = text.replace(character, "\n")
    return text
