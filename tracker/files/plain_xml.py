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
    from collections.abc import Callable, Iterable, Iterator

# Not the one before a cell that tells its place only by standing behind it.
_EMPTY_CELL = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]{1,6}")?/>(?=<c r=|</row>)')
_ROW = re.compile(
    rb'<row r="([1-9][0-9]{0,6})"'
    rb"(?: (?:spans|s|customFormat|ht|customHeight|thickTop|thickBot|x14ac:dyDescent)"
    rb'="[\w.: ]*+")*+'
    rb'>((?:<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]{1,6}")?(?: t="[sn]")?>'
    rb"<v>[0-9.E+-]{1,40}</v></c>)++)</row>"
)
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})[0-9]{1,7}"(?: s="([0-9]{1,6})")?(?: t="([sn])")?><v>([^<]*)</v></c>'
)
# Excel writes the way of sorting by pinyin behind every Chinese text.
_STRINGS = re.compile(
    rb'(?:<si><t(?: xml:space="preserve")?>[^<&\x00-\x08\x0b\x0c\x0e-\x1f]*+</t>'
    rb"(?:<phoneticPr [^<>&]*+/>)?</si>\s*+){2,}+"
)
_STRING = re.compile(r"<t(?: xml:space=\"preserve\")?>([^<]*)</t>")
_OTHER_ENCODING = re.compile(rb'\s*<\?xml[^>]*\bencoding\s*=\s*["\'](?!utf-8["\'])', re.IGNORECASE)
_MARK = b"\xef\xbb\xbf"
RUN = "run"
"""The element that stands for a stretch of plain strings; the format has none of this name."""
PlainCell = tuple[str, str, str, str]
"""Letters of the column, style, type and value as the file writes them; empty where it does not."""


def without_plain_rows(
    chunks: Iterable[bytes], take: Callable[[int, list[PlainCell]], None]
) -> Iterator[bytes]:
    """Yield a sheet's XML with its plain rows emptied, after handing their cells to `take`.

    Cells that hold a format only are left out: sheets may carry ten million of them. A row cut in
    two by the end of a chunk stays, which does no harm.
    """

    def taken(row: re.Match[bytes]) -> bytes:
        take(int(row[1]), _CELL.findall(row[2].decode("ascii")))
        return b'<row r="%b"/>' % row[1]

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
        runs.append(_STRING.findall(text))
        return b"<%b/>" % RUN.encode()

    for chunk, careful in _watched(chunks):
        yield chunk if careful else _STRINGS.sub(taken, chunk)


def _watched(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield each chunk, and whether what looks like markup in it may be none, or not UTF-8.

    From the first CDATA section or comment on that is so, since what stands in them is no markup.
    """
    careful, last = None, b""
    for chunk in chunks:
        if careful is None:
            careful = _OTHER_ENCODING.match(chunk.removeprefix(_MARK)) is not None
        careful = careful or b"<!" in last + chunk
        last = chunk[-1:]
        yield chunk, careful
