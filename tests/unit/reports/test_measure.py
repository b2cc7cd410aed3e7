"""Counting lines without the font."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.reports.measure import Ruler

RULER = Ruler()
ROOM = 10.0


def lines(text: str, room: float = ROOM) -> list[str]:
    ends = [0, *RULER.line_ends(text, room)]
    return [text[start:end] for start, end in itertools.pairwise(ends)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [""]),
        ("一二三", ["一二三"]),
        ("一二三四五六七八九十", ["一二三四五六七八九十"]),
        ("一二三四五六七八九十百", ["一二三四五六七八九十", "百"]),
        ("一二三四五六七八九十。", ["一二三四五六七八九", "十。"]),
        ("一二三四五六七八九（十）", ["一二三四五六七八九", "（十）"]),
        ("一二三四五六七八九《十》", ["一二三四五六七八九", "《十》"]),
        ("一二三四五六七八2024年", ["一二三四五六七八", "2024年"]),
        ("一二三四五六七八62.5%", ["一二三四五六七八", "62.5%"]),
        ("一二\n三", ["一二\n", "三"]),
        ("一二\n", ["一二\n", ""]),
        ("\n\n", ["\n", "\n", ""]),
        ("一\u2028二", ["一\u2028", "二"]),
        ("m" * 13, ["m" * 10, "m" * 3]),
        ("一二" + "m" * 13, ["一二", "m" * 10, "m" * 3]),
    ],
)
def test_lines_break_where_every_program_breaks(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("汉字", 2.0),
        ("12", 1.3),
        ("。", 1.0),
        ("e\u0301", 0.65),
        ("\u200b", 0.0),
        ("㐂", 1.1),
        ("𠮷", 1.3),
        ("🚧", 1.4),
        ("\t", 4.0),
    ],
)
def test_a_width_is_the_worst_of_the_usual_fonts(text: str, width: float) -> None:
    assert RULER.width(text) == pytest.approx(width)


def test_a_space_before_a_slash_counts_as_one_more_line() -> None:
    assert RULER.count_lines("按 标准限速六十公里每小时km/h执行到位", ROOM) > len(
        lines("按 标准限速六十公里每小时km/h执行到位")
    )


def test_a_word_longer_than_a_line_after_a_mark_counts_as_one_more_line() -> None:
    text = "不超过3‰！" + "x" * 40 + "水温"
    assert RULER.count_lines(text, 18) == len(RULER.line_ends(text, 18)) + 1
    assert RULER.count_lines(text, 40) == len(RULER.line_ends(text, 40))
    narrow = "标段（K12+300～K15+800）正在进行"
    assert RULER.count_lines(narrow, 6) == len(RULER.line_ends(narrow, 6)) + 1


def test_a_font_with_wider_lines_has_its_own_pitch() -> None:
    assert RULER.pitch("华文中宋", 10) > RULER.pitch("仿宋_GB2312", 10) == 14.5


TEXTS = st.text(alphabet="汉字。，（）“”12aW /-\n①　㐂é", max_size=120)


@given(TEXTS, st.floats(3, 40))
def test_the_lines_together_are_the_text(text: str, room: float) -> None:
    assert "".join(lines(text, room)) == text


@given(TEXTS, st.floats(3, 40))
def test_no_line_is_wider_than_the_room(text: str, room: float) -> None:
    for line in lines(text, room):
        assert RULER.width(line.rstrip("\n")) <= room + 1e-6 or len(line) == 1


@given(TEXTS, TEXTS, st.floats(3, 40))
def test_more_text_never_takes_fewer_lines(text: str, more: str, room: float) -> None:
    assert RULER.count_lines(text, room) <= RULER.count_lines(text + more, room)
