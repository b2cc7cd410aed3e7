"""What is dropped on the window: files and folders, text, letters and what hangs on them."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from tracker.base.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtCore import QMimeData

_NAMES = 'application/x-qt-windows-mime;value="FileGroupDescriptorW"'
_CONTENTS = 'application/x-qt-windows-mime;value="FileContents"'
_RECORD, _NAME_AT, _HEAD = 592, 72, 4
"""How Windows lists the files that a mail program drags: a number, then records with a name."""
_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".heic"})
_OTHERS = frozenset(
    {".mp4", ".mov", ".avi", ".mkv", ".mp3", ".wav", ".m4a", ".amr", ".exe", ".msi", ".dll", ".lnk"}
)
LETTERS = frozenset({".eml"})
_SAVE_FIRST = "请先把附件另存到文件夹，再把文件拖进来"


@dataclass(frozen=True, slots=True)
class Dropped:
    """What came: files, or else text with its HTML form."""

    paths: tuple[Path, ...] = ()
    text: str = ""
    html: str = ""


def can_take(data: QMimeData) -> bool:
    """Tell whether anything may come of it."""
    return data.hasUrls() or data.hasText() or data.hasHtml() or data.hasFormat(_NAMES)


def take(data: QMimeData, folder: Callable[[], Path]) -> Dropped:
    """Return what was dropped; attachments are written into a folder first.

    Args:
        folder: gives a folder of our own, where attachments dragged out of a mail program go.

    Raises:
        UserError: nothing that can be taken from where it lies.
    """
    if data.hasUrls():
        paths = tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
        if not paths:
            why = "拖来的是网址或网盘里的文件，程序不联网"
            raise UserError("拖来的不是本机的文件", why, "请先下载到本机，再把文件拖进来")
        return Dropped(tuple(_opened(paths, folder)))
    if data.hasFormat(_NAMES):
        return Dropped((_attachment(data, folder),))
    if not data.text().strip():
        raise UserError("拖来的东西里没有文字，也没有文件", "", "请拖文件、文件夹，或选中的文字")
    return Dropped((), data.text(), data.html() if data.hasHtml() else "")


def _attachment(data: QMimeData, folder: Callable[[], Path]) -> Path:
    """Write the one file that a mail program drags; Qt hands over no second one."""
    listed = bytes(data.data(_NAMES).data())
    count = struct.unpack_from("<I", listed)[0] if len(listed) >= _HEAD else 0
    if count != 1 or len(listed) < _HEAD + _RECORD:
        raise UserError(f"一次拖来了 {count} 个邮件附件", "邮件程序一次只能交出一个", _SAVE_FIRST)
    raw = listed[_HEAD + _NAME_AT : _HEAD + _RECORD]
    name = raw.decode("utf-16-le", "replace").split("\0")[0]
    contents = bytes(data.data(_CONTENTS).data())
    if not contents:
        raise UserError(f"邮件程序没有交出附件“{name}”", "", _SAVE_FIRST)
    return _write(folder(), name, contents)


def _opened(paths: tuple[Path, ...], folder: Callable[[], Path]) -> Iterator[Path]:
    """Yield files, in the place of each letter what hangs on it."""
    for path in paths:
        if path.suffix.lower() in LETTERS and path.is_file():
            yield from _hanging_on(path, folder())
        else:
            yield path


def _hanging_on(letter: Path, folder: Path) -> list[Path]:
    from email import message_from_bytes, policy

    try:
        mail = message_from_bytes(letter.read_bytes(), policy=policy.default)
    except OSError as error:
        raise UserError(f"打不开“{letter.name}”", str(error), _SAVE_FIRST) from error
    found = []
    for part in mail.iter_attachments():
        contents = part.get_payload(decode=True)
        name = part.get_filename()
        if name and isinstance(contents, bytes):
            found.append(_write(folder, name, contents))
    if not found:
        raise UserError(f"邮件“{letter.name}”没有附件", "", "正文请复制后用“粘贴表格”或“粘贴文件”")
    return found


def _write(folder: Path, name: str, contents: bytes) -> Path:
    """Write under the attachment's own name; a second one of that name goes beside it."""
    plain = Path(name.replace("\\", "/")).name or "附件"
    if plain.lower().endswith(".db"):
        why = "从邮件里打开的台账改了以后没有地方存"
        raise UserError(f"“{plain}”是台账文件，不能从邮件里直接打开", why, "请先另存到文件夹再打开")
    target = folder / plain
    number = 2
    while target.exists():
        target = folder / f"{Path(plain).stem}（{number}）{Path(plain).suffix}"
        number += 1
    folder.mkdir(parents=True, exist_ok=True)
    target.write_bytes(contents)
    return target


def refusal(path: Path) -> UserError | None:
    """Return why a file holds neither table nor document, by its ending; None where it may."""
    ending = path.suffix.lower()
    why = "程序读表格、Word、WPS、PDF 和文本"
    if ending in _PICTURES:
        do = "盖章件请拖到“收反馈表”里，佐证请拖到右边的任务上"
        return UserError(f"“{path.name}”是图片，里面的字读不出来", why, do)
    if ending in _OTHERS:
        return UserError(f"“{path.name}”里没有表格或文字", why, "佐证请拖到右边的任务上")
    return None


class FilesPass(QObject):
    """Lets files dropped on a field of text go to what lies behind it; text it takes itself."""

    def watch(self, part: QWidget) -> None:
        """Watch the fields of a part of the window."""
        for line in part.findChildren(QLineEdit):
            line.installEventFilter(self)
        for kind in (QPlainTextEdit, QTextEdit):
            for field in part.findChildren(kind):
                field.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ignore files that are held over a field; their names are no words of it."""
        if not isinstance(event, QDragEnterEvent) or not event.mimeData().hasUrls():
            return False
        event.ignore()
        return True
