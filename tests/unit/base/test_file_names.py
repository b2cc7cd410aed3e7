"""Names of written files: what Windows forbids, how long they may be, how they sort."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.base.file_names import (
    LONGEST,
    MOST_BYTES,
    distinct_names,
    free_path,
    report_name,
    safe_file_name,
    safe_name,
)

DAY = date(2026, 9, 30)
FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
DEVICE = re.compile(r"(?:CON|PRN|AUX|NUL|CLOCK\$|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])\s*(?:\..*)?")

# Names made of what goes wrong: reserved words, dots, blanks, signs, marks nobody sees.
SIGNS = '. \u3000\\/:*?"<>|\x00\n\t\u200b\u202e\ud800\ufeff𠮷é'
PIECES = st.sampled_from([*SIGNS, "CON", "nul", "Com1", "LPT³", "..", "县水利局", "e\u0301"])
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map("".join))


def is_safe(name):
    return (
        not FORBIDDEN.search(name)
        and not DEVICE.fullmatch(name.upper())
        and name == name.strip(" .")
        and len(name) <= LONGEST
        and len(name.encode("utf-8")) <= MOST_BYTES
        and name.isprintable()
    )


@given(TEXTS)
def test_any_text_becomes_a_part_that_every_system_takes(text):
    name = safe_name(text)
    assert is_safe(name)
    assert safe_name(name) == name


@given(TEXTS)
def test_any_text_becomes_a_file_name_that_every_system_takes(text):
    name = safe_file_name(text)
    assert name
    assert is_safe(name)


@given(TEXTS, TEXTS, st.integers(1, 400), st.sampled_from([".xlsx", ".docx", ".pdf", ".png", ""]))
def test_any_ledger_gives_a_report_a_name_that_keeps_its_ending(ledger, what, number, ending):
    name = report_name(ledger, what, ending, round_number=number, day=DAY)
    assert is_safe(name)
    assert name.endswith(ending)
    assert name.startswith(f"2026-09-30 第{number:02d}期")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("县住建局", "县住建局"),
        ("水利/交通：2026年*重点?", "水利／交通：2026年＊重点？"),
        ("  县  水利局 ", "县 水利局"),
        ("..隐藏", "隐藏"),
        ("结尾有点...", "结尾有点"),
        ("con", "con_"),
        ("Com1.表", "Com1_.表"),
        ("NUL .txt", "NUL_.txt"),
        ("CONTROL", "CONTROL"),
        ("", ""),
        ("///", "／／／"),
    ],
)
def test_signs_that_are_forbidden_become_those_that_look_like_them(text, expected):
    assert safe_name(text) == expected


def test_a_report_is_named_by_day_round_ledger_and_kind():
    name = report_name("重点工作", "落实情况表", ".xlsx", round_number=3, day=DAY)
    assert name == "2026-09-30 第03期 重点工作 落实情况表.xlsx"
    assert report_name("", "各专项亮灯", ".png", day=DAY) == "2026-09-30 各专项亮灯.png"


def test_names_sort_by_day_then_round_then_ledger_then_report():
    wanted = [
        report_name(ledger, what, ".docx", round_number=number, day=day)
        for day in (date(2026, 2, 28), date(2026, 10, 1))
        for number in (2, 10)
        for ledger in ("甲专项", "甲专项二")
        for what in ("一表", "二表")
    ]
    expected = sorted(wanted)
    by_meaning = sorted(wanted, key=lambda n: tuple(n.removesuffix(".docx").split(" ")))
    assert expected == by_meaning
    assert [n[:14] for n in expected] == [n[:14] for n in wanted]


def test_only_the_ledgers_name_is_cut_in_a_name_that_is_too_long():
    name = report_name("重点工作" * 40, "落实情况表", ".xlsx", round_number=3, day=DAY)
    assert name.startswith("2026-09-30 第03期 重点工作重点工作")
    assert name.endswith("… 落实情况表.xlsx")
    assert MOST_BYTES - 6 <= len(name.encode()) <= MOST_BYTES


def test_a_stored_files_ending_is_kept_however_long_its_name():
    name = safe_file_name("佐证" * 100 + ".pdf")
    assert name.endswith("….pdf")
    assert safe_file_name(".gitignore") == "gitignore"
    assert safe_file_name("...") == "未命名"
    assert safe_file_name("AUX.xlsx") == "AUX_.xlsx"


def test_names_that_windows_takes_for_one_are_numbered():
    assert distinct_names(["a", "A", "b", "a"]) == ["a", "A（2）", "b", "a（3）"]


def test_what_stands_there_already_gets_a_number_behind_its_name(tmp_path):
    assert free_path(tmp_path / "包.x") == tmp_path / "包.x"
    (tmp_path / "材料 1.甲乙").mkdir()
    assert free_path(tmp_path / "材料 1.甲乙").name == "材料 1.甲乙（2）"
    for n in ("台账.db", "台账（2）.db"):
        (tmp_path / n).write_bytes(b"")
    assert free_path(tmp_path / "台账.db").name == "台账（3）.db"
