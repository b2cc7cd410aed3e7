"""Gives a written PDF the moment it speaks of, so that the same pages are the same bytes.

Qt writes the moment of the call and an identity made at random; a list of checksums would say
that a paper printed again is another one.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

_DAY = re.compile(rb"(/(?:Creation|Mod)Date ?\(D:)(\d{14})")
_XMP_DAY = re.compile(rb'(xmp:(?:Create|Modify|Metadata)Date=")(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)')
_XMP_ID = re.compile(rb"(xmpMM:DocumentID=\"uuid:)([0-9a-f-]{36})")
_ID = re.compile(rb"(?<=<)[0-9A-Fa-f]{72}(?=>)")
_TRAILER = b"trailer"


def set_moment(path: Path, moment: datetime) -> None:
    """Write a moment and an identity made of the content into a PDF; no byte changes its place."""
    content = _DAY.sub(rb"\g<1>" + f"{moment:%Y%m%d%H%M%S}".encode(), path.read_bytes())
    content = _XMP_DAY.sub(rb"\g<1>" + f"{moment:%Y-%m-%dT%H:%M:%S}".encode(), content)
    plain = _with_identity(content, uuid.UUID(int=0))
    own = uuid.UUID(bytes=hashlib.sha256(plain).digest()[:16])
    path.write_bytes(_with_identity(plain, own))


def _with_identity(content: bytes, identity: uuid.UUID) -> bytes:
    words = str(identity).encode()
    content = _XMP_ID.sub(rb"\g<1>" + words, content)
    body, mark, trailer = content.rpartition(_TRAILER)
    return body + mark + _ID.sub(words.hex().encode(), trailer)
