"""Running text out of a page's elements: white space as a browser shows it."""

from __future__ import annotations

import re
from typing import Any

SKIPPED = frozenset((
    "script", "style", "head", "title", "noscript", "template", "object", "iframe",
    "select", "textarea", "button", "datalist", "svg", "math", "colgroup",
))  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd",
    "div", "dl", "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_WHITE = re.compile(r"[ \t\n\r\f]+")
_WIDE = "[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef“”‘’…—]"
# A line end of the source between two wide characters is no blank (CSS Text 3, segment breaks).
_BREAK_IN_CHINESE = re.compile(rf"(?<={_WIDE})[ \t]*[\r\n][ \t\r\n\f]*(?={_WIDE})")
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|mso-hide\s*:\s*all)", re.IGNORECASE)

# Excel and Word write blanks that would run together as no-break spaces in such a span.
_SPACES = re.compile(r"mso-spacerun\s*:\s*yes", re.IGNORECASE)


def is_hidden(element: Any) -> bool:  # Any: lxml's elements are untyped
    """Tell whether an element's own style hides it."""
    style = element.get("style") if hasattr(element, "get") else None
    return isinstance(style, str) and _HIDDEN.search(style) is not None


class TextBuilder:
    """Collects text; blocks stand on lines of their own."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._blank = False
        self._raw: list[str] = []
        self._plain = 0
        self.length = 0

    def open(self, tag: str) -> None:
        """Begin an element."""
        if tag == "pre":
            self._flush()
            self._plain += 1
        if tag in _BLOCKS:
            self.block()

    def close(self, tag: str) -> None:
        """End an element."""
        if tag in _BLOCKS and tag != "br":
            self.block()
        if tag == "pre":
            self._plain -= 1

    def add(self, text: str | None) -> None:
        """Add what stands between tags."""
        if not text:
            return
        if self._plain:
            self._flush()
            self._put(text.replace("\r\n", "\n").replace("\r", "\n"))
        else:
            self._raw.append(text)

    def block(self) -> None:
        """Begin a new line where the last one holds anything."""
        self._flush()
        self._blank = False
        if self._parts and not self._parts[-1].endswith("\n"):
            self._put("\n")

    def verbatim(self, text: str) -> None:
        """Add a text as it is."""
        self._flush()
        self._put(text)

    def whole(self) -> str:
        """Return everything collected."""
        self._flush()
        return "".join(self._parts)

    def _flush(self) -> None:
        text = "".join(self._raw)
        self._raw.clear()
        if not text:
            return
        text = _WHITE.sub(" ", _BREAK_IN_CHINESE.sub("", text))
        if not self._parts or self._parts[-1].endswith(("\n", " ")):
            text = text.removeprefix(" ")
        self._put(text)

    def _put(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self.length += len(text)


def text_of(element: Any) -> str:
    """Return the text of a cell; its paragraphs and `<br>` are lines."""
    builder = TextBuilder()
    _collect(element, builder)
    lines = [line.strip(" ") for line in builder.whole().split("\n")]
    return "\n".join(lines).strip("\n")


def _collect(element: Any, builder: TextBuilder) -> None:
    builder.add(element.text)
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag == "br":
            builder.verbatim("\n")
        elif tag == "span" and _SPACES.search(child.get("style") or ""):
            builder.verbatim(_WHITE.sub(" ", "".join(child.itertext())).replace("\xa0", " "))
        elif tag and tag not in SKIPPED and not is_hidden(child):
            builder.open(tag)
            _collect(child, builder)
            builder.close(tag)
        builder.add(child.tail)
