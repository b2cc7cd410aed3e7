"""A letter as flowing text: every figure a link, what the clerk changed marked."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from tracker.domain.circular import Level
from tracker.text.days import long_date

if TYPE_CHECKING:
    from tracker.domain.circular import Circular, Passage
    from tracker.ui.theme import Colours

LINK = "figure:"
"""Before the number of a figure in a link."""
LIT = "lit"
"""The name of a paragraph that is shown up."""
_ADDED, _CHANGED, _STALE = "新增", "已改", "已改；台账有变，原句已不同"


def letter_html(circular: Circular, lit: str = "") -> str:
    """Return the letter from its title to its foot; figures are numbered through.

    Args:
        lit: the key of the paragraphs that are shown up, or how their keys begin (“next:”); the
            first of them has the anchor `LIT`.
    """
    lines = [
        f'<p align="center">{escape(circular.number)}</p>' if circular.number else "",
        f'<p align="center"><big><b>{escape(circular.title)}</b></big></p>',
        f"<p>{escape(circular.addressee)}：</p>" if circular.addressee else "",
    ]
    place = 0
    for passage in circular.body:
        lines.append(_paragraph(passage, place, is_lit(passage.key, lit)))
        place += len(passage.figures)
    several = len(circular.annexes) > 1
    for number, annex in enumerate(circular.annexes, 1):
        mark = f"{number}. " if several else ""
        lines.append(f"<p>　　附件：{mark}{escape(annex)}</p>")
    day = long_date(circular.date) if circular.date else ""
    for end in (circular.signature, day):
        lines.append(f'<p align="right">{escape(end)}　　</p>' if end else "")
    lines.append(f"<p>　　（{escape(circular.note)}）</p>" if circular.note else "")
    lines.append(f"<p>抄送：{escape(circular.copies)}。</p>" if circular.copies else "")
    return "".join(lines)


def letter_style(colours: Colours, *, has_links: bool = True) -> str:
    """Return the style sheet of the text; figures that lead nowhere look like the rest."""
    ink = colours.accent if has_links else colours.text
    return (
        f"a{{color:{ink};text-decoration:none}}"
        " p{line-height:150%;white-space:pre-wrap}"
        f" .mark{{color:{colours.amber}}} .lit{{background-color:{colours.accent_soft}}}"
    )


def is_lit(key: str, lit: str) -> bool:
    """Tell whether a paragraph is one of those that are shown up."""
    return bool(lit) and (key.startswith(lit) if lit.endswith(":") else key == lit)


def _paragraph(passage: Passage, first: int, shown_up: bool) -> str:
    """Return a passage whose figures are links; `first` is the place of its first figure."""
    text, at = "", 0
    for offset, figure in enumerate(passage.figures):
        # “6” is no part of “76”, nor of “8.6”
        whole = re.compile(rf"(?<![\d.]){re.escape(figure.value)}(?![\d%]|\.\d)")
        found = whole.search(passage.text, at)
        if found is None or not figure.codes:
            continue
        text += escape(passage.text[at : found.start()])
        text += f'<a href="{LINK}{first + offset}">{escape(found.group())}</a>'
        at = found.end()
    text += escape(passage.text[at:])
    if passage.level is Level.FIRST:
        text = f"<b>{text}</b>"
    if passage.before is not None:
        word = (_STALE if passage.is_stale else _CHANGED) if passage.before else _ADDED
        text += f' <span class="mark">［{word}］</span>'
    return (
        f'<p class="lit"><a name="{LIT}"></a>　　{text}</p>' if shown_up else f"<p>　　{text}</p>"
    )
