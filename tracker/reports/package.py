"""The zip package of a workbook, without the time of the clock in it."""

from __future__ import annotations

import errno
import io
import os
import re
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from openpyxl import Workbook

    from tracker.reports.sheet_rows import SheetRows

_CORE = "docProps/core.xml"
_TIMES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(<)")
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first time that a zip can hold."""


def packed(book: Workbook, rows: SheetRows, created: datetime) -> bytes:
    """Return the file of `book` with `rows` in its sheet and `created` as its only time.

    Like content, like bytes.
    """
    stamp = created.strftime("%Y-%m-%dT%H:%M:%SZ").encode("ascii")
    when = max(created.timetuple()[:6], _EARLIEST)
    result = io.BytesIO()
    with ZipFile(result, "w", ZIP_DEFLATED) as archive:
        for name, content in _parts(book):
            info = ZipInfo(name, when)
            info.compress_type = ZIP_DEFLATED
            if name == _CORE:
                content = _TIMES.sub(rb"\g<1>" + stamp + rb"\g<3>", content)
            elif name == rows.part:
                _check_whole(content)
                content = rows.put_into(content)
            archive.writestr(info, content)
    return result.getvalue()


def _check_whole(sheet: bytes) -> None:
    """See that openpyxl's temporary file of a sheet was not cut off: lxml keeps silent about it.

    Raises:
        OSError: it was, as on a full disk.
    """
    if not sheet.rstrip().endswith(b"</worksheet>"):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _parts(book: Workbook) -> Iterator[tuple[str, bytes]]:
    from openpyxl.writer.excel import ExcelWriter

    raw = io.BytesIO()
    # Stored, not deflated: each part is packed once, by `packed`
    writer = ExcelWriter(book, ZipFile(raw, "w", ZIP_STORED, allowZip64=True))
    writer.save()
    with ZipFile(raw) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)
