"""Names of written files: valid on every system, dated, and in order when sorted by name.

A report's name reads “2026-09-30 第03期 专项名 落实情况表.xlsx”: the day first, then the round, the
ledger, what it is. So a folder sorted by name is in order of time, and what belongs together on one
day stands together. Signs that Windows forbids become the full-width ones that look like them, so
that no word of a name is lost.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

LONGEST = 120
"""Characters of a file name at most, its ending included."""
MOST_BYTES = 240
"""Bytes of a file name in UTF-8 at most: systems take 255, a copy may get a longer name."""
PART = 60
"""Characters of a part of a name at most, as that of a unit."""

_FORBIDDEN = str.maketrans('<>:"/\\|?*', "＜＞：＂／＼｜？＊")
_PORTS = frozenset(f"{port}{n}" for port in ("COM", "LPT") for n in "0123456789¹²³")
_DEVICES = _PORTS | {"CON", "PRN", "AUX", "NUL", "CLOCK$", "CONIN$", "CONOUT$"}
"""Names that Windows keeps for devices, whatever ending they have."""
_ENDS = ". "
_CUT = "…"
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,10}")
_NAMELESS = "未命名"


def safe_name(text: str, longest: int = PART) -> str:
    """Return a text as a part of a file name on every system; empty where nothing is left.

    Args:
        text: any text.
        longest: characters at most; what is too long is cut and ends with “…”.
    """
    return _fitted(_plain(text), longest, MOST_BYTES)


def safe_file_name(name: str) -> str:
    """Return a whole file name, its ending kept, as every system takes it."""
    plain = _plain(name)
    stem, dot, ending = plain.rpartition(".")
    tail = f"{dot}{ending}" if stem.strip(_ENDS) and _ENDING.fullmatch(f"{dot}{ending}") else ""
    stem = plain.removesuffix(tail)
    room = MOST_BYTES - len(tail.encode())
    return _no_device(_fitted(stem, LONGEST - len(tail), room) or _NAMELESS) + tail


def report_name(
    ledger: str, what: str, ending: str, *, round_number: int | None = None, day: date
) -> str:
    """Return the name of a report; a ledger's name that is too long is cut, nothing else.

    Args:
        ledger: the ledger's name; empty for a report of all.
        what: which report (“落实情况表”).
        ending: with its dot; empty for a folder.
        round_number: None for a report of no round.
        day: the day it is written.
    """
    head = f"{day.isoformat()} " + (f"第{round_number:02d}期 " if round_number is not None else "")
    tail = f"{safe_name(what) or _NAMELESS}{ending}"
    room = LONGEST - len(head) - len(tail) - 1
    bytes_left = MOST_BYTES - len(f"{head}{tail} ".encode())
    named = _fitted(_plain(ledger), room, bytes_left)
    return f"{head}{named} {tail}" if named else f"{head}{tail}"


def distinct_names(names: Iterable[str]) -> list[str]:
    """Return the names, numbered where two would be the same file on Windows."""
    taken: set[str] = set()
    found = []
    for name in names:
        candidate, number = name, 2
        while candidate.casefold() in taken:
            candidate, number = f"{name}（{number}）", number + 1
        taken.add(candidate.casefold())
        found.append(candidate)
    return found


def free_path(path: Path) -> Path:
    """Return the path itself, or where something stands there, with “（2）” and so on."""
    # A folder's name may hold dots that begin no ending.
    stem, ending = (path.stem, path.suffix) if _ENDING.fullmatch(path.suffix) else (path.name, "")
    candidate, number = path, 2
    while candidate.exists() or candidate.is_symlink():
        candidate = path.with_name(f"{stem}（{number}）{ending}")
        number += 1
    return candidate


def _plain(text: str) -> str:
    """Return a text without what no name may hold: signs, what cannot be seen, dots at its ends."""
    kept = unicodedata.normalize("NFC", text).translate(_FORBIDDEN)
    kept = "".join(c if c.isprintable() else " " for c in kept)
    return _no_device(" ".join(kept.split()).strip(_ENDS))


def _no_device(name: str) -> str:
    stem, dot, rest = name.partition(".")
    is_device = stem.rstrip().upper() in _DEVICES
    return f"{stem.rstrip()}_{dot}{rest}" if is_device else name


def _fitted(name: str, longest: int, most_bytes: int) -> str:
    if len(name) <= longest and len(name.encode()) <= most_bytes:
        return name
    kept = name[: max(longest - 1, 0)]
    while kept and len(f"{kept}{_CUT}".encode()) > most_bytes:
        kept = kept[:-1]
    kept = kept.rstrip(_ENDS)
    return f"{kept}{_CUT}" if kept else ""
