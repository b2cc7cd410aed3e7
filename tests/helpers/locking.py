"""Office packages locked by a password, as Excel and WPS lock them."""

from __future__ import annotations

import io


def locked_package(package: bytes, password: str) -> bytes:
    """Return a package (.xlsx, .docx) locked by a password."""
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO()
    OOXMLFile(io.BytesIO(package)).encrypt(password, out)
    return out.getvalue()


def workbook(*rows: tuple) -> bytes:
    """Return a workbook with these rows."""
    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
