"""The regular stretches of a workbook's XML, read by pattern instead of event by event.

Nine rows in ten hold numbers and references to shared strings and nothing else, written by one
program in one way. Taken by pattern they cost a tenth of what a parser's events cost. What is not
written in just that way stays for the parser, which also sees every such stretch as one element,
so that the order and the frame of the whole are its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Iterable, Iterator

# Not the one before a cell that tells its place only by standing behind it.
_EMPTY_CELL = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]{1,6}")?/>(?=<c r=|</row>)')
_ROW = re.compile(
    rb'<row r="([1-9][0-9]{0,6})"'
    rb"((?: (?:spans|s|customFormat|ht|customHeight|thickTop|thickBot|x14ac:dyDescent)"
    rb'="[\w.: ]*+")*+)'
    rb'>((?:<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]{1,6}")?(?: t="[sn]")?>'
    rb"<v>[0-9.E+-]{1,40}</v></c>)++)</row>"
)
_TWICE = re.compile(rb" ([\w:]++)=(?=.* \1=)")
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})[0-9]{1,7}"(?: s="([0-9]{1,6})")?(?: t="([sn])")?><v>([^<]*)</v></c>'
)
# Excel writes the way of sorting by pinyin behind every Chinese text. A carriage return is left
# to the parser, which makes a line end of it before `_x000A_` is read.
_STRINGS = re.compile(
    rb'(?:<si><t(?: xml:space="preserve")?>[^<>&\x00-\x08\x0b-\x1f]*+</t>'
    rb'(?:<phoneticPr fontId="[0-9]*+"(?: type="\w*+")?(?: alignment="\w*+")?/>)?'
    rb"</si>[ \t\r\n]*+){2,}+"
)
_STRING = re.compile(r"<t(?: xml:space=\"preserve\")?>([^<]*)</t>")
_NO_CHARACTERS = ("\ufffe", "\uffff")
_HEAD = re.compile(
    rb"(?:\xef\xbb\xbf)?"
    rb"(?:<\?xml\s+version=[\"']1\.0[\"'](?:\s+encoding=[\"'](?i:utf-8)[\"'])?"
    rb"(?:\s+standalone=[\"'](?:yes|no)[\"'])?\s*\?>)?\s*<(?=[A-Za-z])"
)
RUN = "run"
"""The element that stands for a plain row or a stretch of plain strings; the format has none."""
_NO_MARKUP = (b"<!", b"<?", b"<%b" % RUN.encode())
_STANDS_FOR = b"<%b/>" % RUN.encode()
_LONGEST_CUT = max(map(len, _NO_MARKUP)) - 1
PlainCell = tuple[str, str, str, str]
"""Letters of the column, style, type and value as the file writes them; empty where it does not."""
PlainRow = tuple[int, list[PlainCell]]
"""The number of a row and its cells."""


def without_plain_rows(chunks: Iterable[bytes], rows: deque[PlainRow]) -> Iterator[bytes]:
    """Yield a sheet's XML; each of its plain rows is an element `RUN`.

    Cells that hold a format only are left out: sheets may carry ten million of them. A row cut in
    two by the end of a chunk stays, which does no harm.

    Args:
        chunks: the part's bytes.
        rows: takes the plain rows, in their order.
    """

    def taken(row: re.Match[bytes]) -> bytes:
        if _TWICE.search(row[2]):  # the parser says what is wrong
            return row[0]
        rows.append((int(row[1]), _CELL.findall(row[3].decode("ascii"))))
        return _STANDS_FOR

    for chunk, careful in _watched(chunks):
        yield chunk if careful else _ROW.sub(taken, _EMPTY_CELL.sub(b"", chunk))


def without_plain_strings(chunks: Iterable[bytes], runs: deque[list[str]]) -> Iterator[bytes]:
    """Yield the XML of the shared strings; each stretch of plain ones is an element `RUN`.

    Args:
        chunks: the part's bytes.
        runs: takes the texts of the stretches, as the file writes them.
    """

    def taken(stretch: re.Match[bytes]) -> bytes:
        try:
            text = stretch[0].decode("utf-8")
        except UnicodeDecodeError:  # the parser says what is wrong
            return stretch[0]
        if any(sign in text for sign in _NO_CHARACTERS):
            return stretch[0]
        runs.append(_STRING.findall(text))
        return _STANDS_FOR

    for chunk, careful in _watched(chunks):
        yield chunk if careful else _STRINGS.sub(taken, chunk)


def _watched(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield each chunk, and whether what looks like a plain row or string in it may be none.

    It may where the part does not begin as one in UTF-8 does, and from the first comment, CDATA
    section or processing instruction on, since what stands in them is no markup.
    """
    careful, last = None, b""
    for chunk in filter(None, chunks):
        start = 0
        if careful is None:
            head = _HEAD.match(chunk)
            careful, start = head is None, head.end() if head is not None else 0
        near = last + chunk[start:]
        careful = careful or any(sign in near for sign in _NO_MARKUP)
        last = near[-_LONGEST_CUT:]
        yield chunk, careful
