"""Text cut into cells without losing a letter."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.files.cells import csv_grid, csv_separator, cut, text_grid

LETTERS = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\r")
    | st.sampled_from('"\t\n,;|县局'),
    max_size=12,
)

# A cell with both is taken for rows that happen to begin and end with a quote.
COPIED = LETTERS.filter(lambda text: not {"\t", "\n"} <= set(text))


def texts(grid):
    return [[cell.text for cell in row] for row in grid.rows]


def trimmed(rows):
    rows = [list(row) for row in rows]
    for row in rows:
        while row and not row[-1]:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


@pytest.mark.parametrize(
    ("text", "rows", "numbers"),
    [
        ("一行\n\n三行", [["一行"], [], ["三行"]], (1, 2, 3)),
        ("序号\t任务\n1\t修路\n", [["序号", "任务"], ["1", "修路"]], (1, 2)),
        ('1\t"甲\n乙"\n2\t丙', [["1", "甲\n乙"], ["2", "丙"]], (1, 3)),
        ('1\t"他说""好"""', [["1", '他说"好"']], (1,)),
        ('"一网通办"改革\t2', [['"一网通办"改革', "2"]], (1,)),
        ('"一网通办"\t2', [['"一网通办"', "2"]], (1,)),
        ('"没有关上\t2\n3\t4', [['"没有关上', "2"], ["3", "4"]], (1, 2)),
        ('"十五五"规划\n落实"放管服"', [['"十五五"规划'], ['落实"放管服"']], (1, 2)),
        ('"第一段\n第二段"\n三', [['"第一段'], ['第二段"'], ["三"]], (1, 2, 3)),
        ("甲\t\t乙\t\t\n\t\n", [["甲", "", "乙"]], (1,)),
        ("段\x0c落\u2028二", [["段\x0c落\u2028二"]], (1,)),
    ],
)
def test_a_text_is_cut_at_lines_and_tabs(text, rows, numbers):
    grid = text_grid(text)
    assert texts(grid) == rows
    assert grid.numbers == numbers


def test_a_markdown_table_is_cut_at_its_bars():
    grid = text_grid("说明\n| 序号 | 任务 |\n|---|:--:|\n| 1 | 甲\\|乙 |\n| 2 | |\n\n末尾 | 不是")
    assert texts(grid) == [
        ["说明"],
        ["序号", "任务"],
        ["1", "甲|乙"],
        ["2"],
        [],
        ["末尾 | 不是"],
    ]
    assert grid.numbers == (1, 2, 4, 5, 6, 7)


def test_a_line_of_dashes_alone_makes_no_table():
    assert texts(text_grid("标题\n----\n甲 | 乙")) == [["标题"], ["----"], ["甲 | 乙"]]


@given(st.lists(st.lists(COPIED, min_size=1, max_size=4), max_size=6))
@example([['"', '""', '"\n"', "a\tb"]])
def test_what_the_clipboard_quotes_comes_back(rows):
    lines = [
        "\t".join(
            '"' + cell.replace('"', '""') + '"' if any(c in cell for c in '"\t\n') else cell
            for cell in row
        )
        for row in rows
    ]
    back = [cells for _, cells in cut("\n".join(lines), "\t", keep_plain_quotes=True)]
    assert trimmed(back) == trimmed(rows)


@given(st.lists(st.lists(LETTERS, min_size=1, max_size=4), max_size=6), st.sampled_from(",;\t"))
def test_what_a_csv_writer_wrote_comes_back(rows, separator):
    file = io.StringIO()
    csv.writer(file, delimiter=separator, lineterminator="\n").writerows(rows)
    text = file.getvalue()
    if not text.startswith("sep="):
        assert trimmed(texts(csv_grid(text, separator))) == trimmed(rows)


@given(st.text(st.sampled_from('甲"\t\n,'), max_size=40))
def test_no_letter_is_lost_whatever_the_quotes(text):
    for keep in (True, False):
        cells = [cell for _, row in cut(text, "\t", keep_plain_quotes=keep) for cell in row]
        assert "".join(cells).count("甲") == text.count("甲")


@given(st.text(st.sampled_from('甲"\t\n'), max_size=40))
def test_numbers_are_those_of_the_first_lines(text):
    lines = text.split("\n")
    for number, cells in cut(text, "\t"):
        assert lines[number - 1].startswith(cells[0].split("\n")[0][:1]) or '"' in text


@pytest.mark.parametrize(
    ("text", "suffix", "separator"),
    [
        ("序号,任务,单位\n1,修路,交通局", "", ","),
        ("序号,任务,单位\n1,修路,交通局", ".txt", ","),
        ('序号,任务,单位\n1,"修路,\n架桥",交通局\n', ".txt", ","),
        ("会议强调,要抓落实,要快。\n各单位,各乡镇,都要抓。", ".txt", None),
        ("一、修路,架桥\n二、绿化\n", ".txt", None),
        ("只有一行,两个,逗号", ".txt", None),
        ("序号\t任务\t单位\n1\t修路\t局", ".txt", None),
        ("序号,任务\n1,修路", ".csv", ","),
        ("序号;任务\n1;修路,架桥", ".csv", ";"),
        ("序号\t任务\n1\t修路", ".csv", "\t"),
        ("序号\t任务\n1\t修路", ".TSV", "\t"),
        ("没有分隔", ".csv", ","),
        ("sep=;\n甲,乙;丙\n", ".csv", ";"),
    ],
)
def test_a_table_with_commas_is_told_from_prose(text, suffix, separator):
    assert csv_separator(text, suffix) == separator


def test_the_line_that_declares_the_separator_is_no_row():
    grid = csv_grid("sep=;\n甲;乙", ";")
    assert texts(grid) == [["甲", "乙"]]
    assert grid.numbers == (2,)
