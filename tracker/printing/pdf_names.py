"""Gives the glyphs of a written PDF the names of their characters, so that its words are found.

Where a font has one glyph for a character and for the radical that looks alike, Qt names the
radical: what is copied or searched would be other words than what is printed. So it is with some
signs (～, and the wave of Japanese texts).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.text.radicals import without_radicals

if TYPE_CHECKING:
    from pathlib import Path

_MAP = re.compile(rb"begincmap.*?endcmap", re.DOTALL)
_NAMES = re.compile(rb"\[[^\]]*\]")
_LOOK_ALIKE = re.compile(rb"<(2[EF][0-9A-F]{2}|301C|2215|2329|232A|2012)>")
_TWINS = {"\u301c": "～", "\u2215": "／", "\u2329": "〈", "\u232a": "〉", "\u2012": "–"}
"""Signs of which Chinese texts hold the second, and fonts draw both by one glyph."""


def name_characters(path: Path) -> None:
    """Mend the names in a PDF that Qt wrote; no byte changes its place."""
    content = path.read_bytes()
    mended = _MAP.sub(lambda found: _NAMES.sub(_mend, found.group()), content)
    if mended != content:
        path.write_bytes(mended)


def _mend(names: re.Match[bytes]) -> bytes:
    return _LOOK_ALIKE.sub(_character, names.group())


def _character(found: re.Match[bytes]) -> bytes:
    named = without_radicals(chr(int(found.group(1), 16)))[0]
    code = ord(_TWINS.get(named, named))
    return found.group() if code > 0xFFFF else b"<%04X>" % code
