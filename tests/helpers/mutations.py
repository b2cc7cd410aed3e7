"""Damages to files: what a bad disk, a broken transfer or a clumsy rename makes of them."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random


def changed(data: bytes, chance: Random) -> bytes:
    """Change single bytes."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 3, 20, 200))):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def truncated(data: bytes, chance: Random) -> bytes:
    """Cut the end off."""
    return data[: chance.randrange(1, len(data))]


def beheaded(data: bytes, chance: Random) -> bytes:
    """Cut the beginning off."""
    return data[chance.randrange(1, min(len(data), 600)) :]


def with_hole(data: bytes, chance: Random) -> bytes:
    """Write zeros over a stretch, as a torn download has them."""
    at, size = chance.randrange(len(data)), chance.randrange(1, 4000)
    return data[:at] + bytes(len(data[at : at + size])) + data[at + size :]


def doubled(data: bytes, chance: Random) -> bytes:
    """Write a stretch twice."""
    at, size = chance.randrange(len(data)), chance.randrange(1, 2000)
    return data[: at + size] + data[at:]


def shuffled(data: bytes, chance: Random) -> bytes:
    """Swap two stretches."""
    first, second = sorted(chance.randrange(len(data)) for _ in range(2))
    size = chance.randrange(1, 512)
    return data[:first] + data[second : second + size] + data[first + size :]


def followed(data: bytes, chance: Random) -> bytes:
    """Put something behind the end."""
    return data + chance.randbytes(chance.randrange(1, 5000))


def packed_wrongly(data: bytes, chance: Random) -> bytes:
    """Damage the parts inside a package, or pack a file that should not be packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", chance.choice((0, 8, 12, 14))) as made:
        for name, part in _parts(data):
            lot = chance.random()
            if lot < 0.1:
                continue
            if lot < 0.4 and part:
                part = chance.choice(BYTEWISE)(part, chance)
            name = name.upper() if lot > 0.97 else name
            made.writestr(name if lot < 0.99 else f"../{name}", part)
    return out.getvalue()


def _parts(data: bytes) -> list[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return [(name, package.read(name)) for name in package.namelist()]
    except _UNREADABLE:
        return [("进展.xls", data), ("readme.txt", b"")]


_UNREADABLE = (
    ValueError, EOFError, NotImplementedError, RuntimeError, OSError, zlib.error, lzma.LZMAError,
    zipfile.BadZipFile, struct.error,
)  # fmt: skip
BYTEWISE: Sequence[Callable[[bytes, Random], bytes]] = (
    changed, truncated, beheaded, with_hole, doubled, shuffled, followed,
)  # fmt: skip
DAMAGES: Sequence[Callable[[bytes, Random], bytes]] = (*BYTEWISE, packed_wrongly)
ENDINGS = (".xlsx", ".xls", ".docx", ".doc", ".csv", ".txt", ".html", ".mht", ".pdf", ".et", "")
