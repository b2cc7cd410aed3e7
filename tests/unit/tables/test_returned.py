"""Returned tables against what was sent; no word of them is lost."""

from __future__ import annotations

import unicodedata
from io import BytesIO

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tracker.base.errors import NoTable
from tracker.domain.form import FIXED, OPEN, FormRow
from tracker.domain.returned import FindingKind
from tracker.domain.table import NO_ROLES
from tracker.domain.task import TaskRow
from tracker.domain.terms import Completion
from tracker.files.reader import read_bytes, read_pasted
from tracker.files.reading import Request
from tracker.tables.pipeline import read_table
from tracker.tables.returned import Expected, place_table
from tracker.tables.returned_form import is_our_form, mappings_by_code
from tracker.tables.returned_match import KnownTasks
from tracker.tables.returned_text import place_text

TEXTS = (
    "整治小清河岸线7公里，清运淤泥2万方。",
    "新建提灌站3座，铺设管道12公里。",
    "改造农村水窖280口，水质达标率96%。",
    "开展水土流失普查，建立图斑台账。",
)
HEADINGS = [*FIXED.values(), *OPEN.values()]


def task(place, text):
    return TaskRow(
        id=place, ledger_id=1, code=f"1-{place:03d}", number=str(place), section="", title=text,
        text=text, roles=NO_ROLES, units_text="", persons=(), deadline=None, first_deadline=None,
        deadline_reason="", completion=Completion.IN_PROGRESS, position=place,
    )  # fmt: skip


TASKS = tuple(task(place, text) for place, text in enumerate(TEXTS, 1))
SENT = tuple(
    FormRow(t.code, t.number, t.text, "牵头单位", "2026年底前", f"上期：{t.number}处。")
    for t in TASKS[:3]
)
EXPECTED = Expected({row.code: row for row in SENT}, is_sent=True)


def form_rows(**cells):
    """The rows of the form with every progress filled in; `cells` by heading's field replace."""
    rows = []
    for place, sent in enumerate(SENT):
        values = {name: getattr(sent, name) for name in FIXED}
        values |= dict.fromkeys(OPEN, "") | {"progress": f"第{sent.number}项已办{place + 2}处。"}
        values |= {name: texts[place] for name, texts in cells.items() if texts[place] is not None}
        rows.append([values[name] for name in (*FIXED, *OPEN)])
    return rows


def book_of(rows, above=(), below=(), headings=HEADINGS):
    book = openpyxl.Workbook()
    for row in (*above, headings, *rows, *below):
        book.active.append(list(row))
    return book


def read(book):
    stream = BytesIO()
    book.save(stream)
    return read_bytes(stream.getvalue(), Request("表.xlsx", ".xlsx"))


def placed(book, expected=EXPECTED):
    source = read(book)
    table = read_table(source, mappings=mappings_by_code(source))
    return place_table(source, table, KnownTasks(TASKS), expected, is_form=is_our_form(table))


def kinds(placement):
    return [remark.kind for remark in placement.remarks]


def waiting(placement):
    return [words.text for words in placement.unplaced if not words.settled]


def test_a_filled_form_brings_words_and_no_findings():
    found = placed(book_of(form_rows(state=("推进中", "", "滞后"), percent=("40", "85%", ""))))
    assert found.remarks == ()
    assert found.unplaced == ()
    assert [(w.code, w.state, w.percent) for w in found.words] == [
        ("1-001", "推进中", 40),
        ("1-002", "", 85),
        ("1-003", "滞后", None),
    ]


@pytest.mark.parametrize(
    ("cells", "percents", "left"),
    [
        (("八成", "八成半", "85％"), [80, 85, 85], []),
        ((0.85, 0.3, 1), [85, 30, 100], []),
        ((85, 30, 1), [85, 30, 1], []),
        (("约85%左右", "过半", "/"), [None, None, None], ["约85%左右", "过半"]),
    ],
)
def test_percentages_are_read_as_they_are_meant_and_never_guessed(cells, percents, left):
    found = placed(book_of(form_rows(percent=cells)))
    assert [w.percent for w in found.words] == percents
    assert waiting(found) == left


@pytest.mark.parametrize(
    "text", ["整治小清河岸线7公里，清运淤泥2万方。\n", "整治小清河岸线７公里, 清运淤泥2万方。 "]
)
def test_blanks_and_width_are_no_alteration(text):
    assert placed(book_of(form_rows(task=(text, None, None)))).remarks == ()


def test_an_altered_task_is_told_with_both_texts_and_not_taken_over():
    text = "力争整治小清河岸线5公里。"
    (remark,) = placed(book_of(form_rows(task=(text, None, None)))).remarks
    assert (remark.kind, remark.task) == (FindingKind.TASK_TEXT_ALTERED, "1-001")
    assert (remark.old, remark.new) == (TEXTS[0], text)
    assert "第1项" in remark.detail


def test_a_report_written_into_the_task_waits_for_the_clerk():
    added = "目前已清运1.2万方，岸线完成过半。"
    found = placed(book_of(form_rows(task=(TEXTS[0] + added, None, None))))
    assert waiting(found) == [added]
    assert kinds(found) == [FindingKind.TASK_TEXT_ALTERED]


def test_an_older_edition_of_the_form_accuses_nobody():
    older = Expected(EXPECTED.own, is_sent=True, renewed=True)
    found = placed(book_of(form_rows(task=("整治小清河岸线6公里。", None, None))), older)
    assert found.remarks == ()
    assert len(found.words) == 3


def test_removed_rows_are_named():
    found = placed(book_of(form_rows()[:1]))
    assert kinds(found) == [FindingKind.ROWS_REMOVED]
    assert "第2项、第3项" in found.remarks[0].detail


def test_rows_in_another_order_or_renumbered_keep_their_tasks():
    rows = form_rows(number=("3", "1", "2"))
    found = placed(book_of(rows[::-1]))
    assert {w.code: w.text[:3] for w in found.words} == {
        "1-001": "第1项", "1-002": "第2项", "1-003": "第3项",
    }  # fmt: skip
    (remark,) = found.remarks
    assert "第1项写成“3”" in remark.detail


@pytest.mark.parametrize("gone", [("task",), ("code",), ("number",), ("task", "number")])
def test_deleted_columns_do_not_part_words_from_their_task(gone):
    names = [*FIXED, *OPEN]
    kept = [at for at, name in enumerate(names) if name not in gone]
    rows = [[row[at] for at in kept] for row in form_rows(problems=("征地慢", "", "缺资金"))]
    found = placed(book_of(rows, headings=[HEADINGS[at] for at in kept]))
    assert [(w.code, w.problems) for w in found.words] == [
        ("1-001", "征地慢"), ("1-002", ""), ("1-003", "缺资金"),
    ]  # fmt: skip
    told = [r.detail for r in found.remarks]
    assert told == (["“工作任务”一栏被删去，按编号对上任务"] if "task" in gone else [])


def test_numbers_alone_are_not_trusted_where_they_count_anew():
    own = {row.code: row for row in SENT[1:]}
    rows = [["1", "已办甲。"], ["2", "已办乙。"]]
    headings = ["序号", "本期进展", "办理状态", "存在问题", "下步打算"]
    found = placed(book_of(rows, headings=headings), Expected(own, is_sent=True))
    assert found.words == ()
    assert len(waiting(found)) == 2


def test_one_answer_merged_over_tasks_holds_for_each():
    book = book_of(form_rows(progress=("三项一并推进。", "", "")))
    column = HEADINGS.index("本期进展") + 1
    book.active.merge_cells(start_row=2, end_row=4, start_column=column, end_column=column)
    assert [w.text for w in placed(book).words] == ["三项一并推进。"] * 3


def test_a_task_that_stands_twice_is_taken_once_and_told():
    rows = form_rows()
    again = [*rows[0]]
    again[HEADINGS.index("本期进展")] = "又办成一处。"
    found = placed(book_of([*rows, again]))
    assert found.words[0].text == "第1项已办2处。"
    assert kinds(found) == [FindingKind.ROWS_ADDED]
    assert waiting(found) == ["又办成一处。"]


def test_an_added_task_is_no_new_task():
    extra = ["", "9", "自行开展水文化调研。", "", "", "", "形成初稿。"]
    found = placed(book_of([*form_rows(), extra]))
    assert kinds(found) == [FindingKind.ROWS_ADDED]
    assert waiting(found) == ["9　自行开展水文化调研。　形成初稿。"]


def test_a_strangers_row_is_told_unless_it_says_nothing_new():
    def rows(progress):
        return [*form_rows(), ["1-004", "4", TEXTS[3], "", "", "", progress]]

    silent = placed(book_of(rows("")))
    assert silent.remarks == silent.unplaced == ()
    found = placed(book_of(rows("普查过半。")))
    assert kinds(found) == [FindingKind.FOREIGN_ROWS]
    assert waiting(found) == ["普查过半。"]
    duty = Expected(EXPECTED.own, lambda code: code == "1-004", is_sent=True)
    assert [w.code for w in placed(book_of(rows("普查过半。")), duty).words][-1] == "1-004"


def test_a_task_withdrawn_since_is_no_row_that_the_unit_added():
    gone = Expected({r.code: r for r in SENT[:2]}, gone={SENT[2].code: SENT[2]}, is_sent=True)

    def returned(progress):
        source = read(book_of(form_rows(progress=(None, None, progress))))
        known = KnownTasks(TASKS[:2])
        return place_table(source, read_table(source), known, gone, is_form=True)

    assert returned("").unplaced == ()
    found = returned("改了一半。")
    assert found.remarks == ()
    assert [(w.place, w.text) for w in found.unplaced] == [
        ("Sheet 第4行“本期进展”栏（第3项，已撤回）", "改了一半。")
    ]


def test_who_filled_it_in_stands_with_the_notes():
    below = (["填报人：陈某", "", "", "联系电话：0551-1234567"],)
    assert placed(book_of(form_rows(), below=below)).by == "陈某 0551-1234567"


def test_a_table_of_the_units_own_accuses_nobody():
    headings = ["序号", "事项", "责任人", "最新进展", "备注"]
    rows = [[1, "小清河岸线整治7公里，清运淤泥2万方", "陈某", "清运1万方。", "月底完工"]]
    found = placed(book_of(rows, headings=headings))
    assert [(w.code, w.text) for w in found.words] == [("1-001", "清运1万方。")]
    assert found.remarks == ()
    assert waiting(found) == ["月底完工"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("第2项：站房封顶。", {"1-002": "站房封顶。"}),
        ("关于第2项任务：\n站房封顶。", {"1-002": "站房封顶。"}),
        ("3.改造农村水窖280口，水质达标率96%：完成过半。", {"1-003": "完成过半。"}),
        ("新建提灌站3座，铺设管道12公里。\n站房封顶。", {"1-002": "站房封顶。"}),
        ("第2项：站房封顶。\n管道到货。\n第3项：完成过半。", {"1-002": "站房封顶。\n管道到货。",
                                                            "1-003": "完成过半。"}),
        ("2.站房封顶。", {}),
        ("站房封顶，水窖改造完成过半。", {}),
        ("第2项：改造农村水窖280口，水质达标率96%：完成过半。", {}),
        ("第9项：完成过半。", {}),
        ("第2项：站房封顶。\n第2项：管道到货。", {}),
    ],
)  # fmt: skip
def test_a_reply_is_placed_only_where_it_names_its_task_surely(text, words):
    source = read_pasted(text)
    found = place_text(source, KnownTasks(TASKS), EXPECTED)
    assert {w.code: w.text for w in found.words} == words
    kept = "".join(waiting(found))
    assert all(line in kept or words for line in text.split("\n"))


def test_the_third_of_the_form_and_number_three_are_not_mixed_up():
    own = {row.code: row for row in (SENT[2], SENT[0], SENT[1])}
    found = place_text(read_pasted("第3项：完成过半。"), KnownTasks(TASKS), Expected(own))
    assert found.words == ()


WORDS = st.text("甲乙丙丁，。1２/ \n", max_size=8)
CELLS = st.one_of(
    st.just(""), WORDS, st.sampled_from([*TEXTS, *HEADINGS, "合计", "说明：见附件", "填报人：陈某"])
)


@st.composite
def damaged(draw):
    """A form with cells overwritten, rows dropped, added and moved, columns dropped and added."""
    rows = form_rows(
        progress=tuple(draw(CELLS) for _ in SENT), problems=tuple(draw(CELLS) for _ in SENT)
    )
    for _ in range(draw(st.integers(0, 4))):
        row = draw(st.integers(0, len(rows) - 1))
        rows[row][draw(st.integers(0, len(HEADINGS) - 1))] = draw(CELLS)
    rows += [
        [draw(CELLS) for _ in range(draw(st.integers(1, 11)))]
        for _ in range(draw(st.integers(0, 3)))
    ]
    order = draw(st.permutations(range(len(rows))))
    kept = draw(st.lists(st.integers(0, 10), min_size=4, max_size=11, unique=True))
    rows = [[rows[at][c] if c < len(rows[at]) else "" for c in kept] for at in order]
    headings = [HEADINGS[c] for c in kept]
    if draw(st.booleans()):
        headings.append("科室意见")
        rows = [[*row, draw(CELLS)] for row in rows]
    return rows, headings, [[draw(CELLS)]], [[draw(CELLS), draw(CELLS)]]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged())
@example(
    (
        [["", "", "", "1-002"], ["", "整治小清河岸线7公里，清运淤泥2万方。", "。111", ""]],
        ["完成时限", "上期进展", "职责", "任务编号"],
        [[""]],
        [["", ""]],
    )
)
def test_no_word_of_a_damaged_form_is_lost(form):
    rows, headings, above, below = form
    source = read(book_of(rows, above, below, headings))
    try:
        table = read_table(source, mappings=mappings_by_code(source))
    except NoTable:
        found = place_text(source, KnownTasks(TASKS), EXPECTED)
    else:
        found = place_table(source, table, KnownTasks(TASKS), EXPECTED, is_form=True)
    kept = [*TEXTS, *headings, *HEADINGS, "牵头单位", "2026年底前", found.by]
    kept += [cell for row in SENT for cell in (row.code, row.number, row.before)]
    kept += [words.text for words in found.unplaced]
    kept += [part for r in found.remarks for part in (r.old, r.new, r.detail)]
    for words in found.words:
        shown = "" if words.percent is None else f"{words.percent:g}%"
        kept += [words.text, words.state, words.problems, words.next_steps, shown]
    everything = "\n".join(squeezed(text) for text in kept)
    for grid in source.grids:
        for row in grid.rows:
            for cell in row:
                key = squeezed(cell.text)
                assert key in everything or not key.strip("/无"), (cell.text, found)


def squeezed(text):
    """A text as it is looked for: blanks out, full-width signs as half-width ones."""
    return "".join(unicodedata.normalize("NFKC", text).split())
