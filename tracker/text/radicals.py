"""Radicals that stand for the characters they look like, as fonts in PDF files name them.

Writers that embed subsets of a font name some glyphs by the radical that looks alike: other words
for a search, the same for the eye. The Kangxi block folds by Unicode's own table, the rest by ours;
of the Kangxi ones the door alone is another character here (户) than by that table (戶).
"""

from __future__ import annotations

import re
import unicodedata

_ALIKE = dict(
    zip(
        "⺒⺓⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻭⻮⻰⻳⼾",
        "巳幺民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿齿龙龟户",
        strict=True,
    )
)
_RADICAL = re.compile("[\u2e80-\u2fdf]")


def without_radicals(text: str) -> str:
    """Return `text` with radicals as the characters they stand for."""
    return _RADICAL.sub(
        lambda found: _ALIKE.get(found[0]) or unicodedata.normalize("NFKC", found[0]), text
    )
