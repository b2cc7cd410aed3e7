"""What is read by pattern is what a parser would have read."""

from __future__ import annotations

from collections import deque
from itertools import pairwise
from xml.parsers.expat import ExpatError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.files.cell_text import CellTexts
from tracker.files.package import Damaged
from tracker.files.plain_xml import without_plain_strings
from tracker.files.sheet import column_letters, read_sheet, read_strings
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
    '<row r="6"><c r="A6"><v>1</v></c></row>',
    '<row r="6"><c r="A6"><v>2</v></c><c r="B6" t="str"><v>二</v></c></row>',
    '<row r="6" hidden="1"><c r="A6"><v>3</v></c></row>',
    "<row r='{r}'><c r='A{r}'><v>4</v></c></row>",
    '<x:row r="{r}"><x:c r="A{r}" t="s"><x:v>1</x:v></x:c></x:row>',
    '<row spans="1:1" r="{r}"><c t="s" r="A{r}"><v>2</v></c></row>',
    '<row r="{r}"><c r="A{r}" s="1"/><c t="s"><v>2</v></c></row>',
    '<row r="{r}"><c r="a{r}" t="s"><v>2</v></c></row>',
    '<row r="{r}"><c r="A{r}"><v xml:space="preserve"> 5 </v></c></row>',
    '<row r="{r}"><c r="A{r}" t="b"><v>1</v></c><c r="B{r}" t="e"><v>#N/A</v></c></row>',
    '<row r="{r}"><c r="B{r}" t="inlineStr"><is><t>甲&#10;乙</t></is></c></row>',
    '<row r="{r}"><c r="B{r}" t="inlineStr"><is><t>甲</t><rPh><t>jia</t></rPh></is></c></row>',
    '<row r="{r}"><c r="A{r}"><v>&#49;</v></c></row>',
    '<!-- <row r="{r}"><c r="A{r}"><v>1</v></c></row> -->',
    '<?say <row r="{r}"><c r="A{r}"><v>1</v></c></row>?>',
    '<row r="{r}"><c r="A{r}" t="str"><v><![CDATA[<c r="A1"/>]]></v></c></row>',
    '<run/><row r="{r}"><c r="A{r}"><v>7</v></c></row>',
    '<row r="{r}">\n<c r="A{r}">\n<v>8</v></c></row>',
    '<row r="{r}">' + "".join(f'<c r="{c}{{r}}"><v>1</v></c>' for c in "ABCDEFGHIJ") + "</row>",
)
FORMATS = ["General", "0%", "General", "yyyy-mm-dd"]


HEADS = (
    "",
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n',
    "\ufeff<?xml version='1.0' encoding='utf-8'?>\n",
    '\ufeff<?xml version="1.0"?>',
)
READ_BY_PARSER = "<!-- the parser reads all -->"
PLAIN_ROW = '<row r="1" spans="1:1"><c r="A1"><v>7</v></c></row>'


def xml_of(rows: list[str], before: str = "", head: str = "") -> bytes:
    data = f"<sheetData>{''.join(rows)}</sheetData>"
    return f"{head}<worksheet>{before}{data}</worksheet>".encode()


def grid_of(chunks: list[bytes]):
    sheet = read_sheet(chunks, lambda _row: None)
    return build_grid("甲", sheet, CellTexts(STRINGS, FORMATS, from_1904=False))


def strings_of(xml: bytes) -> list[str]:
    return read_strings([xml], lambda _row: None)


@given(
    st.lists(st.sampled_from(ROWS), max_size=12),
    st.lists(st.integers(80, 1500), max_size=3),
    st.sampled_from(HEADS),
)
@settings(max_examples=300, deadline=None)
def test_a_sheet_gives_the_same_by_pattern_and_by_the_parser(forms, cuts, head):
    rows = [form.format(r=2 * number) for number, form in enumerate(forms, 1)]
    xml = xml_of(rows, head=head)
    places = [0, *sorted(min(cut, len(xml)) for cut in cuts), len(xml)]
    chunks = [xml[a:b] for a, b in pairwise(places)]
    assert grid_of(chunks) == grid_of([xml_of(rows, before=READ_BY_PARSER, head=head)])


@pytest.mark.parametrize("head", HEADS)
def test_a_part_that_begins_as_usual_is_read_by_pattern(head):
    sheet = read_sheet([xml_of([PLAIN_ROW], head=head)], lambda _row: None)
    assert list(sheet.plain) == [1]


@pytest.mark.parametrize(
    ("first", "second", "last"),
    [(PLAIN_ROW, "<v>8</v>", "8"), ("<v>8</v>", PLAIN_ROW, "7"), (PLAIN_ROW, PLAIN_ROW, "7")],
)
def test_of_two_rows_for_one_place_the_later_counts(first, second, last):
    rows = [
        row if row == PLAIN_ROW else f'<row r="1"><c r="A1" t="str">{row}</c></row>'
        for row in (first, second)
    ]
    grid, _ = grid_of([xml_of(rows)])
    assert [[cell.text for cell in row] for row in grid.rows] == [[last]]


@pytest.mark.parametrize(
    "around",
    ["<!-- {} -->", "<?say {}?>", "<row r='2'><c r='A2' t='str'><v><![CDATA[{}]]></v></c></row>"],
)
@pytest.mark.parametrize("size", [1, 2, 3, 50, 10_000])
def test_what_only_looks_like_a_row_is_none(around, size):
    xml = xml_of([around.format(PLAIN_ROW)], head=HEADS[1])
    cut = 80  # the head stands in the first chunk, as it does in one of 256 KB
    chunks = [xml[:cut], *(xml[at : at + size] for at in range(cut, len(xml), size))]
    sheet = read_sheet(chunks, lambda _row: None)
    assert sheet.plain == {}
    assert 1 not in sheet.rows


@pytest.mark.parametrize(
    "row",
    [
        PLAIN_ROW.replace(">", ' spans="1:2">', 1),
        PLAIN_ROW.replace("A1", "ZZZ1"),
        PLAIN_ROW.replace('row r="1"', 'row r="1048577"'),
        PLAIN_ROW.replace("<v>7</v>", "<v>7</v><v>7</c>"),
    ],
)
def test_what_the_parser_refuses_is_refused(row):
    for before in ("", READ_BY_PARSER):
        with pytest.raises((ExpatError, Damaged)):
            grid_of([xml_of([row], before)])


def test_a_document_type_is_refused_before_the_first_row():
    for declared in ('<!DOCTYPE a [<!ENTITY b "c">]>', "<!DOCTYPE a>"):
        with pytest.raises(Damaged):
            grid_of([xml_of([PLAIN_ROW], head=declared)])


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_sheet_in_two_byte_letters_is_read(coding):
    bom = {"utf-16-le": "\ufeff", "utf-16-be": "\ufeff"}.get(coding, "")
    xml = (bom + xml_of([PLAIN_ROW]).decode()).encode(coding)
    grid, _ = grid_of([xml])
    assert grid.rows[0][0].text == "7"
    assert strings_of((bom + "<sst><si><t>甲</t></si></sst>").encode(coding)) == ["甲"]


def test_a_row_longer_than_a_chunk_is_read_whole():
    cells = "".join(f'<c r="{column_letters(n)}1"><v>{n}</v></c>' for n in range(1, 16385))
    xml = xml_of([f'<row r="1">{cells}</row>'])
    chunks = [xml[at : at + 65536] for at in range(0, len(xml), 65536)]
    grid, _ = grid_of(chunks)
    assert [cell.text for cell in grid.rows[0]] == [str(n) for n in range(1, 16385)]


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
        (
            (
                "<si><t>甲</t></si><run/><si><t>乙</t></si><si><t>丙</t></si><si><r/></si>"
                "<si><t>丁</t></si><si><t>戊</t></si>"
            ),
            ["甲", "乙", "丙", "", "丁", "戊"],
        ),
        ("<run/><si><r/></si><si><t>乙</t></si><si><t>丙</t></si>", ["", "乙", "丙"]),
        ("<si><t>甲\r_x000A_</t></si><si><t>乙\r\n</t></si>", ["甲\n\n", "乙\n"]),
        ("<si><t>甲_x000D_\n</t></si><si><t>_x005F_x0041_</t></si>", ["甲\n", "_x0041_"]),
        ("<si><t>甲</t></si><?a <si><t>乙</t></si><si><t>丙</t></si>?>", ["甲"]),
        (
            "<si><t>&#x7532;</t></si><si><t><![CDATA[</t></si><si>]]></t></si>",
            ["甲", "</t></si><si>"],
        ),
        ("<x:si><x:t>甲</x:t></x:si><si><t>乙</t></si><si><t>丙</t></si>", ["甲", "乙", "丙"]),
        ("<si><t>甲 > 乙</t></si>\n<si><t >丙</t></si>\n<si><t/></si>", ["甲 > 乙", "丙", ""]),
        (
            (
                '<si><r><rPr><b/></rPr><t>重</t></r><r><t xml:space="preserve"> 庆</t></r>'
                '<rPh sb="0" eb="1"><t>chong</t></rPh><phoneticPr fontId="1"/></si>'
                "<si><t>乙</t></si>"
            ),
            ["重 庆", "乙"],
        ),
    ],
)
def test_strings_keep_their_order_whoever_reads_them(written, texts):
    xml = f"<sst>{written}</sst>".encode()
    careful = f"<sst><!-- -->{written}</sst>".encode()
    assert strings_of(xml) == texts == strings_of(careful)


def test_another_encoding_is_left_to_the_parser():
    xml = '<?xml version="1.0" encoding="ISO-8859-1"?><sst><si><t>é</t></si><si><t>è</t></si></sst>'
    assert strings_of(xml.encode("latin-1")) == ["é", "è"]


def test_texts_as_excel_writes_chinese_ones_are_read_by_pattern():
    one = '<si><t>第{}项</t><phoneticPr fontId="1" type="noConversion"/></si>'
    xml = f"{HEADS[1]}<sst>{''.join(map(one.format, range(4)))}</sst>".encode()
    runs = deque()
    assert b"<si>" not in b"".join(without_plain_strings([xml], runs))
    assert list(runs) == [["第0项", "第1项", "第2项", "第3项"]]


@pytest.mark.parametrize("spoilt", [b"\xff\xfe", b"\xef\xbf\xbe", b"]]>", b"\x0b", b"\xed\xa0\x80"])
def test_bytes_that_are_no_text_are_found_out(spoilt):
    for careful in (b"", b"<!-- -->"):
        with pytest.raises(ExpatError):
            strings_of(b"<sst>%b<si><t>%b</t></si><si><t>a</t></si></sst>" % (careful, spoilt))


def test_signs_between_two_texts_that_are_no_blanks_are_found_out():
    with pytest.raises(ExpatError):
        strings_of(b"<sst><si><t>a</t></si>\x0b<si><t>a</t></si></sst>")
