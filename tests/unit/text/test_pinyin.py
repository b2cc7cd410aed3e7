"""Words typed as pinyin find what they spell, and nothing else."""

from __future__ import annotations

import pytest

from tracker.text.pinyin import is_typed, sounds_like


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("fgj", "发改局"),
        ("fgj", "县发改局"),
        ("FGJ", "区发改局"),
        ("fagaiju", "发改局"),
        ("fagaij", "发改局"),
        ("fagai", "发改局"),
        ("fgju", "发改局"),
        ("zjj", "住建局"),
        ("zhjj", "住建局"),
        ("shj", "审计局"),
        ("sjj", "审计局"),
        ("cq", "重庆路街道"),
        ("zdb", "重点办"),
        ("hzj", "县行政局和住建局"),
        ("rlzyhshbzj", "人力资源和社会保障局"),
        ("xian", "西安街道"),
        ("ppp", "PPP中心"),
        ("lvh", "绿化办"),
    ],
)
def test_letters_find_what_they_spell(typed, text):
    assert sounds_like(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("fgj", "发改委"),
        ("fgj", "发展改革局"),
        ("fgjx", "发改局"),
        ("gaif", "发改局"),
        ("zjj", "住建（）局"),
        ("ab", ""),
    ],
)
def test_letters_find_nothing_else(typed, text):
    assert not sounds_like(typed, text)


@pytest.mark.parametrize(
    ("word", "typed"), [("fgj", True), ("Fgj", True), ("f", False), ("5G", False), ("发gj", False)]
)
def test_only_letters_are_taken_for_pinyin(word, typed):
    assert is_typed(word) is typed
