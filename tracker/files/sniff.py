"""Telling from its content what a file is, and refusing in plain words what cannot be read."""

from __future__ import annotations

import re
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from tracker.base.errors import FileProblem

if TYPE_CHECKING:
    from collections.abc import Iterable


class Kind(StrEnum):
    """A format that is read; `TEXT` is everything that decodes, a csv or a web page too."""

    TEXT = "text"
    XLSX = "xlsx"
    DOCX = "docx"
    PDF = "pdf"
    XLS = "xls"
    DOC = "doc"
    LOCKED = "locked"


_SAVE_XLSX = "请在 Excel 或 WPS 里打开，另存为 .xlsx 再导入"
_SAVE_TEXT = "请在 Word 或 WPS 里打开，另存为纯文本（.txt），或把内容复制后粘贴进来"
_COPY = "请打开它，把文字或表格复制后粘贴进来"
_TAKE_TEXT = "请换成 .xlsx、.csv 或 .txt 文件"
_UNPACK = "请先解压，再导入里面的文件"
_RECOGNISE = "请先用识别软件转成文字，再粘贴进来"

# (first bytes as a pattern, what it is, what to do)
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (rb"\{\\rtf", "RTF 文档", _SAVE_TEXT),
    (rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|BM[\s\S]{4}\0\0\0\0", "图片", _RECOGNISE),
    (rb"II\*\0|MM\0\*|RIFF[\s\S]{4}WEBP", "图片", _RECOGNISE),
    (rb"Rar!\x1a|7z\xbc\xaf\x27\x1c|\x1f\x8b\x08", "压缩包", _UNPACK),
    (rb"\x09[\0\x02\x04][\x04\x06]\0", "Excel 4.0 以前的表格", _SAVE_XLSX),
    (rb"SQLite format 3\0", "数据库文件", "它不是表格；如果是本程序的台账文件，请用“打开”来打开"),
    (rb"MZ[\s\S]{0,62}\0|\x7fELF", "程序", _TAKE_TEXT),
)
# Some programs write the records of a workbook without the container around them.
_BARE_XLS = re.compile(rb"\x09\x08[\x08\x10]\0\0[\x05\x06]")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Streams at the top of an OLE file.
_OLE_STREAMS = (
    ("EncryptedPackage", Kind.LOCKED),
    ("WordDocument", Kind.DOC),
    ("Workbook", Kind.XLS),
    ("Book", Kind.XLS),
)
_OLE_OTHERS = (
    ("PowerPoint Document", "旧版演示文稿（.ppt）", _COPY),
    ("__properties_version1.0", "Outlook 邮件（.msg）", "请打开它，把其中的附件另存后再导入"),
)
# A part's name in a zip package, small letters.
_PACKAGES = (
    ("xl/workbook.bin", "二进制的 Excel 工作簿（.xlsb）", _SAVE_XLSX),
    ("ppt/presentation.xml", "演示文稿（.pptx）", _COPY),
    ("content.xml", "OpenDocument 文件（.ods、.odt）", "请另存为 .xlsx 或 .txt 再导入"),
    ("ofd.xml", "OFD 版式文件", _COPY),
)
_WORD_ENDINGS = (".docx", ".docm", ".dotx", ".doc", ".wps")
_PDF = re.compile(rb"[\s\S]{0,1000}?%PDF-\d")
_ZIP = re.compile(rb"PK(\x03\x04|\x05\x06)")


def refusal(name: str, kind: str, do: str) -> FileProblem:
    """Return the problem that says `name` is of a `kind` that cannot be read."""
    gap = " " if kind[0].isascii() else ""
    return FileProblem(f"“{name}”是{gap}{kind}，现在还读不了", "", do)


def sniff(data: bytes, name: str) -> Kind:
    """Tell of what format `data` is.

    Raises:
        FileProblem: it is of a known kind that is not read; `name` is the file's, for messages.
    """
    if _ZIP.match(data) is not None:
        return _package_kind(data, name)
    if data.startswith(_OLE):
        return _ole_kind(data, name)
    if _BARE_XLS.match(data) is not None:
        return Kind.XLS
    if _PDF.match(data) is not None:
        return Kind.PDF
    for pattern, kind, do in _MAGIC:
        if re.match(pattern, data):
            raise refusal(name, kind, do)
    return Kind.TEXT


def kind_of_package(parts: Iterable[str], name: str) -> Kind:
    """Tell of what format a zip package with these part names is.

    Args:
        parts: names in small letters.
        name: the file's name, for messages.

    Raises:
        FileProblem: it is of no kind that is read.
    """
    present = set(parts)
    if "xl/workbook.xml" in present:
        return Kind.XLSX
    for part, kind, do in _PACKAGES:
        if part in present:
            raise refusal(name, kind, do)
    # Some programs name the main part otherwise; any part in its folder tells.
    for folder, found in (("word/", Kind.DOCX), ("xl/", Kind.XLSX)):
        if any(part.startswith(folder) for part in present):
            return found
    raise refusal(name, "压缩包", _UNPACK)


def _package_kind(data: bytes, name: str) -> Kind:
    try:
        with ZipFile(BytesIO(data)) as package:
            parts = [part.replace("\\", "/").lstrip("/").lower() for part in package.namelist()]
    except (BadZipFile, ValueError, NotImplementedError):
        # Most likely one that was cut off; its reader says so.
        return Kind.DOCX if name.lower().endswith(_WORD_ENDINGS) else Kind.XLSX
    return kind_of_package(parts, name)


def _ole_kind(data: bytes, name: str) -> Kind:
    from tracker.files.ole import streams

    present = streams(data)
    for stream, kind in _OLE_STREAMS:
        if stream.lower() in present:
            return kind
    for stream, words, do in _OLE_OTHERS:
        if stream.lower() in present:
            raise refusal(name, words, do)
    raise refusal(name, "旧版 Office 文件", "请在 Office 或 WPS 里另存为 .xlsx 或 .txt 再导入")
