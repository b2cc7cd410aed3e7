"""The text of one cell: tags of a damaged export, numbers as printed, empty marks."""

from __future__ import annotations

import html
import re

from tracker.text.numerals import to_half_width

_LONG_TAGS = (
    "br|strong|em|span|div|font|table|tbody|thead|tr|td|th|li|ul|ol|sub|sup|center|small|big|"
    "strike|del|ins|h[1-6]|o:p|img|colgroup|col"
)
_TAG = re.compile(rf"</?(?:{_LONG_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
# A single letter between < and > may be mathematics; as a tag it opens the cell or is closed.
_SHORT_TAG = re.compile(r"</?([pbiusa])(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BREAK = re.compile(
    r"<br\s*/?>(?:\r?\n)?|</(p|div|li)>\s*(?=<\1[\s>])",
    re.IGNORECASE,
)
_ENTITY = re.compile(
    r"&(?:nbsp|amp|lt|gt|quot|apos|ldquo|rdquo|lsquo|rsquo|hellip|mdash|ndash|middot|times|"
    r"ensp|emsp|#\d{2,6}|#x[0-9a-f]{2,5});",
    re.IGNORECASE,
)
_EMPTY_MARK = re.compile(r"[/\\|\-—－–―]+|无")
_CLOSING = re.compile(r"[.．、]+$")
_FLOAT_NUMBER = re.compile(r"(\d+)\.0+")


def clean(text: str) -> str:
    """Return `text` without the tags and entities of a damaged export, else to the letter."""
    if "<" in text and ">" in text:
        text = _BREAK.sub("\n", text)
        text = _TAG.sub("", _without_short_tags(text))
    if "&" in text:
        text = _ENTITY.sub(_plain, text)
    return text


def _without_short_tags(text: str) -> str:
    closed = {name.lower() for name in re.findall(r"</([pbiusa])\s*>", text, re.IGNORECASE)}

    def replaced(found: re.Match[str]) -> str:
        name = found.group(1).lower()
        opens = not text[: found.start()].strip()
        return "" if name in closed or opens else found.group()

    return _SHORT_TAG.sub(replaced, text)


def _plain(found: re.Match[str]) -> str:
    return html.unescape(found.group().lower()).replace("\xa0", " ")


def is_blank_mark(text: str) -> bool:
    """Tell whether a cell only says that there is nothing to say: empty, “/”, “—”, “无”."""
    text = text.strip()
    return not text or _EMPTY_MARK.fullmatch(text) is not None


def number_text(text: str) -> str:
    """Return a printed number without its closing mark; brackets stay (“1、” → “1”)."""
    number = _CLOSING.sub("", to_half_width(text.strip())).rstrip()
    whole = _FLOAT_NUMBER.fullmatch(number)
    return whole.group(1) if whole else number


def squeezed(text: str) -> str:
    """Return `text` without any white space, for comparing."""
    return "".join(text.split())
