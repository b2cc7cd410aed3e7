from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.tables.cells import clean, is_blank_mark, number_text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("<p>完成选址</p>", "完成选址"),
        ("<p><b>东桥：</b>已合龙。</p>", "东桥：已合龙。"),
        ("<p>第一段</p><p>第二段</p>", "第一段\n第二段"),
        ("第一行<br>第二行<br/>第三行", "第一行\n第二行\n第三行"),
        ('<span style="color:red">滞后</span>', "滞后"),
        ("甲&nbsp;乙", "甲 乙"),
        ("A&amp;B &lt;5", "A&B <5"),
        ("<P>大写的标签</P>", "大写的标签"),
        ("增速<5%且>3%", "增速<5%且>3%"),
        ("a<b>c 时停工", "a<b>c 时停工"),
        ("R&D 投入", "R&D 投入"),
        ("《方案<试行>》", "《方案<试行>》"),
    ],
)
def test_tags_of_a_damaged_export_go_and_mathematics_stays(raw: str, text: str) -> None:
    assert clean(raw) == text


@given(st.text(alphabet="甲乙 \n<>=&;5%。，", max_size=30))
def test_a_text_without_tags_and_entities_stays_to_the_letter(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("1", "1"),
        (" 12. ", "12"),
        ("3、", "3"),
        ("４．", "4"),
        ("（二）", "（二）"),
        ("第三条", "第三条"),
        ("5.0", "5"),
        ("1.1", "1.1"),
        ("①", "①"),
        ("1-2", "1-2"),
    ],
)
def test_a_number_loses_its_closing_mark_only(printed: str, number: str) -> None:
    assert number_text(printed) == number


@pytest.mark.parametrize("text", ["", " ", "/", "—", "——", "-", "无", "\\"])
def test_a_mark_for_nothing_is_blank(text: str) -> None:
    assert is_blank_mark(text)


@pytest.mark.parametrize("text", ["无法推进", "0", "县水利局", "-5%"])
def test_words_are_not_blank(text: str) -> None:
    assert not is_blank_mark(text)
