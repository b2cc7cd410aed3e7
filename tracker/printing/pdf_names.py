"""Gives the glyphs of a written PDF the names of their characters, so that its words are found.

Where a font has one glyph for a character and for the radical that looks alike, Qt names the
radical: what is copied or searched would be other words than what is printed. So it is with some
signs (～, and the wave of Japanese texts).
"""

from __future__ import annotations

import re

from tracker.text.radicals import without_radicals

_MAP = re.compile(rb"begincmap.*?endcmap", re.DOTALL)
_NAMES = re.compile(rb"\[[^\]]*\]")
_LOOK_ALIKE = re.compile(rb"<(2[EF][0-9A-F]{2}|301C|2215|2329|232A|2012)>")
_TWINS = {"\u301c": "～", "\u2215": "／", "\u2329": "〈", "\u232a": "〉", "\u2012": "–"}
"""Signs of which Chinese texts hold the second, and fonts draw both by one glyph."""


def name_characters(pdf: bytes) -> bytes:
    """Return a PDF that Qt wrote with its names mended; no byte changes its place."""
    return _MAP.sub(lambda found: _NAMES.sub(_mend, found.group()), pdf)


def _mend(names: re.Match[bytes]) -> bytes:
    return _LOOK_ALIKE.sub(_character, names.group())


def _character(found: re.Match[bytes]) -> bytes:
    named = without_radicals(chr(int(found.group(1), 16)))[0]
    code = ord(_TWINS.get(named, named))
    return found.group() if code > 0xFFFF else b"<%04X>" % code
