"""A locked workbook of the old format: its records unlocked."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from tracker.files.locked import unknown_lock
from tracker.files.locked_rc4 import opener, read_lock
from tracker.files.package import Damaged
from tracker.files.xls_globals import FILEPASS
from tracker.files.xls_records import BOF, EOF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.files.reading import Request

_RC4 = 1
_BLOCK = 1024
_BOUND_SHEET = 0x0085
# Records that stay as they are: BOF, FILEPASS, INTERFACEHDR, FILELOCK and the like.
_OPEN = frozenset({BOF, FILEPASS, 0x00E1, 0x0194, 0x0195, 0x0196, 0x0138})


def unlocked_stream(stream: bytes, request: Request) -> bytes:
    """Return the workbook's stream, unlocked where it is locked.

    Raises:
        PasswordNeeded: no password was given, or a wrong one.
        FileProblem: it is locked in a way that is not read.
    """
    info = _lock_record(stream)
    if info is None:
        return stream
    if len(info) < 6 or struct.unpack_from("<H", info)[0] != _RC4:
        raise unknown_lock(request.name)
    plain = bytearray(opener(read_lock(info[2:], request.name), request)(stream, _BLOCK))
    for at, type_, size in _headers(stream):
        # The heads of records are never locked, nor where a sheet begins.
        end = at + 4 + (size if type_ in _OPEN else 4 if type_ == _BOUND_SHEET else 0)
        plain[at:end] = stream[at:end]
    return bytes(plain)


def _lock_record(stream: bytes) -> bytes | None:
    for at, type_, size in _headers(stream):
        if type_ == FILEPASS:
            return stream[at + 4 : at + 4 + size]
        if type_ == EOF:
            return None
    raise Damaged("工作簿没有写完")


def _headers(stream: bytes) -> Iterator[tuple[int, int, int]]:
    at = 0
    while at + 4 <= len(stream):
        type_, size = struct.unpack_from("<HH", stream, at)
        yield at, type_, size
        at += 4 + size
