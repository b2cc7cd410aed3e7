"""Encodings are told for certain or refused."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.base.errors import FileProblem
from tracker.files.decode import decode

TEXT = "一、推进道路建设（牵头单位：交通局）\n二、抓好绿化，2026年底前完成。\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode("gb18030"),
    ],
)
def test_each_usual_encoding_gives_the_text(data):
    assert decode(data, "稿.txt") == TEXT


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (TEXT.encode()[:40] + b"\xff" + TEXT.encode()[40:], "有损坏"),
        (TEXT.encode()[:-2], "有损坏"),
        (bytes(range(256)) * 4, "认不出来"),
        (b"\xff\xfe\x00", "认不出来"),
        (b"abc\0def\0\0\0", "认不出来"),
        (b"\x01\x02\x03\x04abc", "认不出来"),
        ("도로를 건설한다".encode("cp949") * 20 + b"\xff", "认不出来"),
    ],
)
def test_what_cannot_be_decided_is_refused(data, words):
    with pytest.raises(FileProblem, match=words):
        decode(data, "稿.txt")


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), max_size=200))
def test_utf8_comes_back_to_the_letter(text):
    assert decode(text.encode("utf-8-sig"), "x") == text
    assert decode(b"\xff\xfe" + text.encode("utf-16-le"), "x") == text


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_but_a_file_problem(data):
    with contextlib.suppress(FileProblem):
        decode(data, "x")
