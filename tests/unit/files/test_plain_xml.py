"""What is read by pattern is what a parser would have read."""

from __future__ import annotations

from itertools import pairwise
from xml.parsers.expat import ExpatError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.files.cell_text import CellTexts
from tracker.files.sheet import read_sheet, read_strings
from tracker.files.sheet_grid import build_grid

STRINGS = [f"第{n}项" for n in range(30)] + [""]
ROWS = (
    '<row r="{r}"><c r="A{r}"><v>{r}</v></c><c r="B{r}" t="s"><v>3</v></c></row>',
    (
        '<row r="{r}" spans="1:3" ht="20.25" customHeight="1" x14ac:dyDescent="0.2">'
        '<c r="A{r}" s="1"><v>0.5</v></c><c r="B{r}" s="2"/>'
        '<c r="C{r}" s="1" t="s"><v>4</v></c></row>'
    ),
    '<row r="{r}"><c r="B{r}" t="s"><v>5</v></c><c r="A{r}"><v>1E-3</v></c></row>',
    '<row r="{r}"><c r="A{r}" t="s"><v>6</v></c><c r="A{r}" t="s"><v>7</v></c></row>',
    '<row r="{r}" hidden="1"><c r="A{r}" t="s"><v>8</v></c></row>',
    '<row><c><v>9</v></c><c t="s"><v>9</v></c></row>',
    '<row r="{r}"><c r="A{r}" t="str"><f>A1</f><v>a &amp; b</v></c></row>',
    '<row r="{r}"><c r="D{r}" t="inlineStr"><is><t>甲</t></is></c><c r="E{r}"><v>2</v></c></row>',
    '<row r="{r}"/>',
    '<row r="{r}"><c r="A{r}" t="s"><v>30</v></c></row>',
    '<row r="3"><c r="AB3" s="3" t="n"><v>45678</v></c></row>',
)
FORMATS = ["General", "0%", "General", "yyyy-mm-dd"]


def xml_of(rows: list[str], before: str = "") -> bytes:
    return f"<worksheet>{before}<sheetData>{''.join(rows)}</sheetData></worksheet>".encode()


def grid_of(chunks: list[bytes]):
    sheet = read_sheet(chunks, lambda _row: None)
    return build_grid("甲", sheet, CellTexts(STRINGS, FORMATS, from_1904=False))


def strings_of(xml: bytes) -> list[str]:
    return read_strings([xml], lambda _row: None)


@given(st.lists(st.sampled_from(ROWS), max_size=12), st.lists(st.integers(0, 900), max_size=3))
def test_a_sheet_gives_the_same_by_pattern_and_by_the_parser(forms, cuts):
    rows = [form.format(r=2 * number) for number, form in enumerate(forms, 1)]
    xml = xml_of(rows)
    places = [0, *sorted(min(cut, len(xml)) for cut in cuts), len(xml)]
    chunks = [xml[a:b] for a, b in pairwise(places)]
    assert grid_of(chunks) == grid_of([xml_of(rows, before="<!-- the parser reads all -->")])


def test_a_plain_row_is_not_handed_to_the_parser():
    plain = read_sheet([xml_of([ROWS[0].format(r=7)])], lambda _row: None).plain
    assert plain == {7: [("A", "", "", "7"), ("B", "", "s", "3")]}


@pytest.mark.parametrize(
    ("written", "texts"),
    [
        ("<si><t>甲</t></si><si><t>乙</t></si>", ["甲", "乙"]),
        (
            (
                '<si><t>甲</t><phoneticPr fontId="1" type="noConversion"/></si>'
                '<si><t xml:space="preserve"> 乙\r\n</t></si><si><t></t></si>'
            ),
            ["甲", " 乙\n", ""],
        ),
        (
            (
                "<si><t>一</t></si><si><t>二</t></si><si><r><t>三</t></r><r><t>上</t></r></si>"
                "<si><t>四 &lt; 五</t></si><si><t>五</t></si><si><t>_x0041_</t></si>"
            ),
            ["一", "二", "三上", "四 < 五", "五", "A"],
        ),
        ("<si><t>甲</t><rPh><t>jia</t></rPh></si><si/><si><t>乙</t></si>", ["甲", "", "乙"]),
        ("<si><t>甲</t></si><run/><si><t>乙</t></si><si><t>丙</t></si>", ["甲", "乙", "丙"]),
    ],
)
def test_strings_keep_their_order_whoever_reads_them(written, texts):
    xml = f"<sst>{written}</sst>".encode()
    careful = f"<sst><!-- -->{written}</sst>".encode()
    assert strings_of(xml) == texts == strings_of(careful)


def test_another_encoding_is_left_to_the_parser():
    xml = '<?xml version="1.0" encoding="ISO-8859-1"?><sst><si><t>é</t></si><si><t>è</t></si></sst>'
    assert strings_of(xml.encode("latin-1")) == ["é", "è"]


def test_bytes_that_are_no_text_are_found_out():
    with pytest.raises(ExpatError):
        strings_of(b"<sst><si><t>\xff\xfe</t></si><si><t>a</t></si></sst>")
