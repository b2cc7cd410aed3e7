"""When a file was last saved, by its own word."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from tracker.files.ole import MAGIC, OLE_DAMAGE

_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>\s*([^<]+?)\s*</dcterms:modified>")
_FIRST_YEAR = 1990
_MOST = 100_000
"""A part with a document's properties is never larger."""


def saved_at(data: bytes) -> datetime | None:
    """Return when an Office file was last saved, in local time; None where it does not say."""
    if data.startswith(b"PK"):
        return _of_package(data)
    return _of_container(data) if data.startswith(MAGIC) else None


def _of_package(data: bytes) -> datetime | None:
    try:
        with ZipFile(BytesIO(data)) as package:
            if package.getinfo(_CORE).file_size > _MOST:
                return None
            found = _MODIFIED.search(package.read(_CORE))
            return _local(datetime.fromisoformat(found.group(1).decode())) if found else None
    except (BadZipFile, KeyError, ValueError, NotImplementedError, OSError, RuntimeError):
        return None  # damaged or locked: its reader tells


def _of_container(data: bytes) -> datetime | None:
    from olefile import OleFileIO

    try:
        with OleFileIO(BytesIO(data)) as ole:
            found = getattr(ole.get_metadata(), "last_saved_time", None)
    except OLE_DAMAGE:
        return None
    if not isinstance(found, datetime) or found.year <= _FIRST_YEAR:
        return None
    return _local(found.replace(tzinfo=UTC))


def _local(moment: datetime) -> datetime:
    """Return a moment as the clock on the wall shows it; Office keeps universal time."""
    if moment.tzinfo is not None:
        moment = moment.astimezone().replace(tzinfo=None)
    return moment.replace(microsecond=0)
