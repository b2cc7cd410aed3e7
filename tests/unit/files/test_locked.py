"""Locked files open with their password, ask for it where there is none, and never keep it."""

from __future__ import annotations

import contextlib
import hashlib
import io
import random
import struct
import time
import zipfile
from pathlib import Path

import pytest

from tests.helpers.command import command
from tests.helpers.locking import locked_package, workbook
from tests.helpers.ole_files import Text, Word, old_workbook, ole, record
from tracker.base.errors import FileProblem, PasswordNeeded
from tracker.files.locked_rc4 import Lock
from tracker.files.reader import read_bytes, read_file
from tracker.files.reading import Request

OLD = Path(__file__).parents[2] / "old_files"
KEY = "Ab1密码"
PLAIN = {"locked.xls": "table.xls", "locked.doc": "document.doc"}
ROWS = (("序号", "任务"), (1, "修路三公里"))


def read(data, password=None, name="表.xls"):
    return read_bytes(data, Request(name, password=password))


def standard_package(package, password):
    """Return a package locked in the way of Excel 2007 (ECMA-376 standard)."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    from msoffcrypto.method.ecma376_standard import ECMA376Standard

    salt, verifier = bytes(range(16)), b"0123456789abcdef"
    key = ECMA376Standard.makekey_from_password(password, 0x660E, 0x8004, 24, 128, 16, salt)

    def lock(data):
        cipher = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
        return cipher.update(data + bytes(-len(data) % 16)) + cipher.finalize()

    head = struct.pack("<8I", 0x24, 0, 0x660E, 0x8004, 128, 24, 0, 0) + "AES\0".encode("utf-16-le")
    info = struct.pack("<HHII", 3, 2, 0x24, len(head)) + head
    info += struct.pack("<I", 16) + salt + lock(verifier) + struct.pack("<I", 20)
    info += lock(hashlib.sha1(verifier).digest())
    streams = {
        "EncryptionInfo": info,
        "EncryptedPackage": struct.pack("<Q", len(package)) + lock(package),
    }
    return ole(streams)


def locked_records(password, bits):
    """Return a workbook locked by RC4: in the old way (no bits) or by CryptoAPI."""
    salt = bytes(range(16))
    plain = b"0123456789abcdef"
    digest = (hashlib.sha1 if bits else hashlib.md5)(plain).digest()
    lock = Lock(salt, bits, b"")
    check = lock.decrypt(password, plain + digest, 64)
    if bits:
        head = struct.pack("<8I", 4, 0, 0x6801, 0x8004, bits, 1, 0, 0) + b"R\0\0\0"
        info = struct.pack("<HHHII", 1, 2, 2, 4, len(head)) + head
        info += struct.pack("<I", 16) + salt + check[:16] + struct.pack("<I", 20) + check[16:]
    else:
        info = struct.pack("<HHH", 1, 1, 1) + salt + check
    cells = record(0x0203, struct.pack("<HHHd", 0, 0, 0, 42.5))
    build = {"version": 0x0600, "name": b"\0S", "stream": "Workbook"}
    whole = old_workbook(cells, more=record(0x002F, info), **build)
    # The stream is the first in the file.
    start, size = 512, 4096
    stream = whole[start : start + size]
    hidden = bytearray(lock.decrypt(password, stream, 1024))
    at = 0
    while at + 4 <= len(stream):
        type_, length = struct.unpack_from("<HH", stream, at)
        open_ = length if type_ in (0x0809, 0x002F) else 4 if type_ == 0x0085 else 0
        hidden[at : at + 4 + open_] = stream[at : at + 4 + open_]
        at += 4 + length
    return whole[:start] + bytes(hidden[:size]) + whole[start + size :]


@pytest.mark.parametrize("make", [locked_package, standard_package])
def test_a_locked_package_opens_with_its_password(make):
    data = make(workbook(*ROWS), KEY)
    with pytest.raises(PasswordNeeded, match=r"“表\.xls”加了打开密码.*--password") as asked:
        read(data)
    assert not asked.value.wrong
    with pytest.raises(PasswordNeeded, match=r"打开“表\.xls”的密码不对") as told:
        read(data, "ab1密码")
    assert told.value.wrong
    source = read(data, KEY)
    assert source.kind == "xlsx"
    assert [[cell.text for cell in row] for row in source.grids[0].rows] == [
        ["序号", "任务"],
        ["1", "修路三公里"],
    ]
    assert source.content == data


@pytest.mark.parametrize("name", PLAIN)
def test_an_old_file_locked_by_another_program_opens_with_its_password(name):
    path = OLD / name
    with pytest.raises(PasswordNeeded, match="加了打开密码"):
        read_file(path)
    with pytest.raises(PasswordNeeded, match="密码不对"):
        read_file(path, password="ab1密码")
    locked, plain = read_file(path, password=KEY), read_file(OLD / PLAIN[name])
    assert (locked.flow, locked.grids) == (plain.flow, plain.grids)


@pytest.mark.parametrize("bits", [0, 40, 128])
def test_both_ways_of_rc4_are_known(bits):
    data = locked_records(KEY, bits)
    assert read(data, KEY).grids[0].rows[0][0].text == "42.5"
    with pytest.raises(PasswordNeeded):
        read(data, "别的")


def test_a_workbook_whose_structure_only_is_protected_opens_by_itself():
    assert read(locked_records("VelvetSweatshop", 0)).grids[0].rows[0][0].text == "42.5"
    assert read(locked_package(workbook(*ROWS), "VelvetSweatshop")).kind == "xlsx"


def test_other_ways_to_lock_are_refused_in_words():
    xor = record(0x002F, struct.pack("<HHH", 0, 1, 2))
    obfuscated = Word([Text("甲\r")], flags=0x8300).bytes()
    rights = ole(
        {"EncryptionInfo": struct.pack("<HHI", 4, 3, 0) + bytes(90), "EncryptedPackage": b"x"}
    )
    for data in (old_workbook(b"", more=xor), obfuscated, rights):
        with pytest.raises(FileProblem, match=r"不认识的加密方式.*去掉加密") as caught:
            read(data, KEY)
        assert not isinstance(caught.value, PasswordNeeded)


def test_an_archive_with_a_password_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "x")
    data = bytearray(file.getvalue())
    for sign, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(sign) + place] |= 1
    with pytest.raises(FileProblem, match="加了密码"):
        read(bytes(data), KEY)


def test_a_lock_that_would_take_minutes_to_try_is_refused():
    data = locked_package(workbook(*ROWS), KEY)
    slow = data.replace(b'spinCount="100000"', b'spinCount="9999999"')
    assert slow != data
    begun = time.perf_counter()
    with pytest.raises(FileProblem, match="已损坏"):
        read(slow, KEY)
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize("damage", [b"<encryption<<<<<<<<", b"<!DOCTYPE e [<!EN"])
def test_a_lock_whose_description_is_no_xml_or_defines_entities_is_refused(damage):
    data = locked_package(workbook(*ROWS), KEY)
    at = data.index(b"<encryption")
    with pytest.raises(FileProblem, match="已损坏"):
        read(data[:at] + damage + data[at + len(damage) :], KEY)


def test_damaged_locked_files_are_refused_or_read_but_never_crash():
    dice = random.Random(20261124)
    wholes = [(OLD / name).read_bytes() for name in PLAIN]
    wholes.append(standard_package(workbook(*ROWS), KEY))
    begun = time.perf_counter()
    for number in range(150):
        data = bytearray(wholes[number % 3 if number % 15 else 2 - number % 2])
        for _ in range(dice.choice((1, 3, 20))):
            data[dice.randrange(len(data))] = dice.randrange(256)
        with contextlib.suppress(FileProblem):
            read(bytes(data), KEY)
    assert time.perf_counter() - begun < 60


def test_the_command_line_takes_the_password(tmp_path):
    path = tmp_path / "加密.xlsx"
    rows = (("序号", "任务", "责任单位"), (1, "修路三公里", "县交通局"))
    path.write_bytes(locked_package(workbook(*rows), KEY))
    asked = command("table", path)
    assert (asked.status, "请用 --password 给出密码" in asked.err) == (1, True)
    wrong = command("import", path, "--db", tmp_path / "a.db", "--password", "错")
    assert (wrong.status, "密码不对" in wrong.err) == (1, True)
    done = command("import", path, "--db", tmp_path / "a.db", "--password", KEY, "--apply")
    assert done.status == 0
    stored = (tmp_path / "a.db").read_bytes()
    assert KEY.encode() not in stored
    assert KEY.encode("utf-16-le") not in stored
    assert KEY not in done.out
