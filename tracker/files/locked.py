"""Locked files: a package locked by a password is opened, and asked for where there is none."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError

from tracker.base.errors import FileProblem, PasswordNeeded
from tracker.files.limits import MAX_FILE_BYTES
from tracker.files.ole import OLE_DAMAGE, Container
from tracker.files.package import Damaged, damaged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.files.reading import Request

# Excel locks workbooks with this one where only their structure is protected.
_COMMON = "VelvetSweatshop"
# Excel, WPS and LibreOffice count to 100,000; beyond this it is a trap.
_MOST_SPINS = 1_000_000
_SPINS = re.compile(rb"spinCount\s*=\s*[\"'](\d+)")


def passwords(request: Request) -> Iterator[str]:
    """Yield the passwords to try, each with the same care; none of them is ever kept."""
    yield _COMMON
    if request.password:
        yield request.password


def locked(request: Request) -> PasswordNeeded:
    """Return the problem that says a password is missing, or that the one given is wrong."""
    name = request.name
    if request.password:
        return PasswordNeeded(
            f"打开“{name}”的密码不对", "", "请核对大小写和全角半角，再试一次", wrong=True
        )
    return PasswordNeeded(
        f"“{name}”加了打开密码",
        "",
        "请用 --password 给出密码，或者在 Excel、WPS 里去掉密码后另存再导入",
    )


def unknown_lock(name: str) -> FileProblem:
    """Return the problem that says a file is locked in a way that is not read."""
    return FileProblem(
        f"“{name}”用了本程序不认识的加密方式",
        "它可能由权限管理或文档安全软件加密",
        "请在原来的程序里打开，去掉加密后另存再导入",
    )


def open_package(data: bytes, request: Request) -> bytes:
    """Return the package (.xlsx, .docx) inside a locked file.

    Raises:
        PasswordNeeded: no password was given, or a wrong one.
        FileProblem: it is damaged, or locked in another way.
    """
    try:
        return _open_package(data, request)
    except Damaged as error:
        raise damaged(request.name, str(error)) from error
    except OLE_DAMAGE as error:
        raise damaged(request.name) from error


def _open_package(data: bytes, request: Request) -> bytes:
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError
    from msoffcrypto.format.ooxml import OOXMLFile

    _check_work(data)
    try:
        file = OOXMLFile(BytesIO(data))
    except (DecryptionError, FileFormatError) as error:
        raise unknown_lock(request.name) from error
    except ExpatError as error:
        raise Damaged("加密信息有误") from error
    for password in passwords(request):
        request.step(f"正在解开“{request.name}”")
        try:
            file.load_key(password=password, verify_password=True)
        except InvalidKeyError:
            continue
        opened = BytesIO()
        try:
            file.decrypt(opened)
        except DecryptionError as error:
            raise Damaged("解开之后不是完整的文件") from error
        return opened.getvalue()
    raise locked(request)


def _check_work(data: bytes) -> None:
    """Refuse a file that would keep the machine busy for minutes before it opens."""
    container = Container(data)
    info = container.stream("EncryptionInfo")
    # The library hands the description to a parser that would open entities.
    if len(info) > MAX_FILE_BYTES // 100 or b"<!" in info:
        raise Damaged("加密信息有误")
    spins = _SPINS.search(info)
    if spins is not None and (len(spins[1]) > 9 or int(spins[1]) > _MOST_SPINS):
        raise Damaged("加密信息有误")
