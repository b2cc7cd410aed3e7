"""Reports as text, part by part, to be kept and compared."""

from __future__ import annotations

import difflib
import re
import zipfile
from typing import TYPE_CHECKING

from tests.helpers.pages import read_pages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.helpers.pages import DrawnPage

_LEFT_OUT = re.compile(
    r"theme|webSettings|stylesWithEffects|fontTable|numbering|thumbnail|app\.xml|customXml"
)
"""Parts that are those of the libraries' own templates."""
_STYLES = "word/styles.xml"
_PICTURE = (".png", ".jpeg", ".jpg")
_WIDTH = 100
_MOST = 60


def kept(folder: Path, report: str) -> dict[str, str]:
    """Return the parts of a report as they were approved; none where it never was."""
    file = folder / f"{report}.txt"
    if not file.exists():
        return {}
    _, *pieces = re.split(r"^==== (.+)\n", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(pieces[::2], pieces[1::2], strict=True))


def keep(folder: Path, report: str, found: dict[str, str]) -> None:
    """Write the parts of a report as approved."""
    folder.mkdir(parents=True, exist_ok=True)
    text = "".join(f"==== {name}\n{part}" for name, part in found.items())
    (folder / f"{report}.txt").write_text(text, encoding="utf-8")


def difference(approved: dict[str, str], found: dict[str, str]) -> str:
    """Say part by part what is printed otherwise than it was approved; empty for nothing."""
    told = []
    for name in dict.fromkeys((*approved, *found)):
        lines = [texts.get(name, "").splitlines() for texts in (approved, found)]
        told += difflib.unified_diff(*lines, f"approved {name}", f"printed {name}", "", "", 2, "")
    more = [f"… and {len(told) - _MOST} lines more"] if len(told) > _MOST else []
    return "\n".join([*told[:_MOST], *more])


def parts(report: Path) -> dict[str, str]:
    """Return the parts of a report as text: names in the package, or pages."""
    if report.suffix == ".pdf":
        return {
            f"page {number}": "\n".join(_page(page)) + "\n"
            for number, page in enumerate(read_pages(report), 1)
        }
    with zipfile.ZipFile(report) as package:
        return {
            name: _part(name, package.read(name))
            for name in sorted(package.namelist())
            if not _LEFT_OUT.search(name)
        }


def _part(name: str, content: bytes) -> str:
    if name.endswith(_PICTURE):
        return "a picture\n"
    from lxml import etree

    root = etree.fromstring(content)
    if name == _STYLES:
        # the rest is that of the library's own template
        wanted = root.findall("{*}style[@{*}default='1']") + root.findall("{*}docDefaults")
        return "".join(f"{line}\n" for each in wanted for line in _element(each, 0))
    return "".join(f"{line}\n" for line in _element(root, 0))


def _element(element, depth: int) -> Iterator[str]:
    """Give an element's lines: what says only how something looks stands on one line."""
    name, inside = _head(element), element
    while len(inside) == 1 and not _has_tail(inside) and not (inside.text or "").strip():
        inside = inside[0]
        name += f" > {_head(inside)}"
    rest = " ".join(map(_whole, inside))
    says = any((each.text or "").strip() for each in inside.iterdescendants())
    if not says and len(name) + len(rest) < 2 * _WIDTH:
        yield f"{' ' * depth}{name} {rest}".rstrip()
        return
    yield " " * depth + name
    for child in inside:
        yield from _element(child, depth + 1)
        tail = (child.tail or "").strip()
        if tail:
            yield f"{' ' * depth} … {tail}"


def _head(element) -> str:
    marks = (f' {_plain(key)}="{value}"' for key, value in sorted(element.attrib.items()))
    text = (element.text or "").replace("\n", "\\n")
    return f"{_plain(element.tag)}{''.join(marks)}{f': {text}' if text.strip() else ''}"


def _whole(element) -> str:
    inside = " ".join(map(_whole, element))
    return f"{_head(element)} ({inside})" if inside else f"[{_head(element)}]"


def _has_tail(element) -> bool:
    return any((child.tail or "").strip() for child in element)


def _plain(name: str) -> str:
    """Return a name without its space."""
    return re.sub(r"^\{.*\}", "", name)


def _page(page: DrawnPage) -> Iterator[str]:
    """Give what is drawn on a page: its size, the text above, each row with its cells, the foot.

    Places inside of a cell are left out: they are those of whatever font stands in here.
    """
    yield f"{page.width:.0f} × {page.height:.0f}, table from {page.left:.0f} to {page.right:.0f}"
    yield from _folded("above: ", page.above)
    for row in page.rows:
        yield f"row {row.height:.0f}"
        for cell in row.cells:
            over = f" over {cell.rows} rows" if cell.rows > 1 else ""
            yield from _folded(f" cell{over}: ", cell.text)
    yield from _folded("below: ", page.below)


def _folded(name: str, text: str) -> Iterator[str]:
    for start in range(0, max(len(text), 1), _WIDTH):
        yield (name if not start else " " * len(name)) + text[start : start + _WIDTH]
