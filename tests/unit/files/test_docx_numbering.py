"""The number Word shows stands in the text."""

from __future__ import annotations

import pytest

from tests.helpers.documents import (
    cell,
    level,
    lines,
    listed,
    lists,
    paragraph,
    read,
    row,
    table,
    texts,
)
from tracker.files.docx_numbers import shown_number

OUTLINE = (
    level(0, "chineseCountingThousand", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimalEnclosedCircle", "%4")
)


@pytest.mark.parametrize(
    ("style", "value", "shown"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 3, "03"),
        ("upperRoman", 14, "XIV"),
        ("lowerRoman", 9, "ix"),
        ("upperLetter", 28, "BB"),
        ("lowerLetter", 3, "c"),
        ("chineseCounting", 11, "十一"),
        ("chineseCounting", 21, "二十一"),
        ("chineseCounting", 103, "一○三"),
        ("chineseCountingThousand", 103, "一百零三"),
        ("chineseCountingThousand", 20, "二十"),
        ("japaneseCounting", 111, "百十一"),
        ("japaneseCounting", 11000, "一万千"),
        ("ideographDigital", 10, "一〇"),
        ("taiwaneseDigital", 20, "二○"),
        ("chineseLegalSimplified", 12, "拾贰"),
        ("ideographTraditional", 11, "甲"),
        ("ideographZodiac", 2, "丑"),
        ("ideographZodiacTraditional", 13, "丙子"),
        ("ideographEnclosedCircle", 3, "㊂"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircleChinese", 1, "①"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("decimalEnclosedFullstop", 21, "21"),
        ("decimalFullWidth", 12, "１２"),
        ("ordinal", 22, "22nd"),
        ("none", 3, ""),
        ("klingon", 3, "3"),
        ("upperRoman", 0, "0"),
        ("lowerLetter", 99_999_999, "u" * 100),
    ],
)
def test_numbers_are_shown_as_the_format_says(style, value, shown):
    assert shown_number(value, style) == shown


def test_a_custom_format_counts_with_leading_zeros():
    assert shown_number(7, "custom", "001, 002, 003, ...") == "007"
    assert shown_number(7, "custom", "") == "7"


def test_an_outline_counts_and_restarts_below_each_heading():
    body = "".join(
        listed(text, 1, at)
        for text, at in [
            ("总体", 0), ("先", 1), ("后", 1), ("细", 2), ("条", 3), ("条", 3),
            ("任务", 0), ("先", 1), ("细", 2),
        ]
    )  # fmt: skip
    assert lines(body, numbering=lists(OUTLINE)) == [
        "一、总体", "（一）先", "（二）后", "1.细", "①条", "②条", "二、任务", "（一）先", "1.细",
    ]  # fmt: skip


def test_levels_can_start_elsewhere_go_on_or_show_all_numbers():
    shape = (
        level(0, "chineseCounting", "第%1章", start=3, more='<w:suff w:val="space"/>')
        + level(1, "decimal", "第%2条", more='<w:lvlRestart w:val="0"/>')
        + level(2, "decimal", "%1.%2.%3", more='<w:isLgl/><w:suff w:val="nothing"/>')
    )
    body = "".join(listed("文", 1, at) for at in (0, 1, 2, 2, 0, 1, 2))
    assert lines(body, numbering=lists(shape)) == [
        "第三章 文", "第1条 文", "3.1.1文", "3.1.2文", "第四章 文", "第2条 文", "4.2.1文",
    ]  # fmt: skip


def test_a_level_passed_over_counts_as_begun():
    shape = level(0, "decimal", "%1、") + level(1, "decimal", "%1.%2")
    body = "".join(listed("文", 1, at) for at in (1, 1, 0, 1))
    assert lines(body, numbering=lists(shape)) == ["1.1 文", "1.2 文", "2、文", "2.1 文"]


def test_lists_of_one_shape_go_on_and_an_override_begins_anew():
    instances = (
        '<w:num w:numId="8"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="9"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
        '<w:num w:numId="10"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        f"{level(0, 'upperLetter', '%1)')}</w:lvlOverride></w:num>"
    )
    numbering = lists(level(0, "decimal", "%1、"), instances=instances)
    body = "".join(listed("文", n) for n in (1, 1, 8, 9, 9, 10))
    assert lines(body, numbering=numbering) == ["1、文", "2、文", "3、文", "5、文", "6、文", "G)文"]


def test_a_style_brings_its_number_and_a_paragraph_can_refuse_it():
    styles = (
        '<w:style w:type="paragraph" w:styleId="h1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="h2"><w:basedOn w:val="h1"/><w:pPr><w:numPr>'
        '<w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="h3"><w:basedOn w:val="h1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="loop"><w:basedOn w:val="loop"/></w:style>'
    )
    shape = (
        level(0, "chineseCounting", "%1、")
        + level(1, "chineseCounting", "（%2）")
        + level(2, "decimal", "%3.", more='<w:pStyle w:val="h3"/>')
    )
    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = (
        paragraph("甲", '<w:pStyle w:val="h1"/>')
        + paragraph("乙", '<w:pStyle w:val="h2"/>')
        + paragraph("丙", '<w:pStyle w:val="h3"/>')
        + paragraph("丁", f'<w:pStyle w:val="h1"/>{off}')
        + paragraph("戊", '<w:pStyle w:val="loop"/>')
        + paragraph("己", '<w:pStyle w:val="h1"/>')
    )
    shown = ["一、甲", "（一）乙", "1.丙", "丁", "戊", "二、己"]
    assert lines(body, styles=styles, numbering=lists(shape)) == shown


@pytest.mark.parametrize(
    "between",
    [
        "",
        "<!-- kept apart -->",
        '<w:style w:type="table" w:styleId="t2"/>',
        '<w:style w:styleId="t2" w:type="table"><w:tblStylePr><w:rPr/></w:tblStylePr></w:style>',
    ],
)
def test_styles_of_tables_say_nothing_about_paragraphs(between):
    number = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = (
        f'<w:style w:type="table" w:default="1" w:styleId="t1">{number}</w:style>{between}'
        f'<w:style w:type="paragraph" w:styleId="h1">{number}</w:style>'
        '<w:style w:type="paragraph" w:styleId="h2"/>'
    )
    body = (
        paragraph("甲", '<w:pStyle w:val="h1"/>')
        + paragraph("乙", '<w:pStyle w:val="h2"/>')
        + paragraph("丙")
    )
    numbering = lists(level(0, "decimal", "%1、"))
    assert lines(body, styles=styles, numbering=numbering) == ["1、甲", "乙", "丙"]


def test_a_list_style_lends_its_levels():
    styles = (
        '<w:style w:type="numbering" w:styleId="s"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    numbering = lists(level(0, "decimal", "（%1）"), '<w:numStyleLink w:val="s"/>')
    body = listed("甲", 1) + listed("乙", 2)
    assert lines(body, styles=styles, numbering=numbering) == ["（1）甲", "（2）乙"]


def test_the_gap_after_a_number_never_makes_another_number():
    for text, label, shown in [
        ("5亿元", "%1.", "1. 5亿元"),
        ("推进", "%1.", "1.推进"),
        ("推进", "%1", "1 推进"),
        ("2024年", "（%1）", "（1）2024年"),
        ("", "%1.", "1."),
    ]:
        got = lines(listed(text) + paragraph("末"), numbering=lists(level(0, "decimal", label)))
        assert got[0] == shown


def test_points_are_drawn_but_words_are_kept():
    for sign, shown in [("\uf0b7", "文"), ("★", "文"), ("附：", "附：文"), ("", "文")]:
        assert lines(listed("文"), numbering=lists(level(0, "bullet", sign))) == [shown]


def test_a_number_column_filled_by_word_has_its_numbers():
    body = table(
        row("序号", "任务"),
        *(row(cell(listed("")), text) for text in "甲乙丙"),
        row(cell(listed(""), '<w:vMerge w:val="restart"/>'), "丁"),
        row(cell("", "<w:vMerge/>"), "戊"),
        row(cell(listed("")), "己"),
    )
    grid = read(body, numbering=lists(level(0, "decimal", "%1"))).grids[0]
    assert [line[0] for line in texts(grid)] == ["序号", "1", "2", "3", "4", "", "5"]


def test_deleted_paragraphs_are_not_counted():
    gone = paragraph("", '<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr>')
    body = listed("甲") + gone + listed("乙")
    assert lines(body, numbering=lists(level(0, "decimal", "%1."))) == ["1.甲", "2.乙"]


def test_odd_lists_do_no_harm():
    numbering = '<w:num w:numId="x"/><w:num w:numId="3"><w:abstractNumId w:val="99"/></w:num>'
    body = listed("甲", 3) + listed("乙", 4) + listed("丙", 3, 12) + listed("丁", -1)
    assert lines(body, numbering=numbering) == ["甲", "乙", "丙", "丁"]
