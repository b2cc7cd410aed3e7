"""Forms as other programs print and save them: nothing is cut, and each is known again."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from tests.helpers.command import command
from tests.helpers.forms import LONG, SENT, form, row
from tests.helpers.pages import need_office, read_pages, to_pdf
from tracker.domain.form import FIXED, OPEN
from tracker.domain.form_words import guide_of, line_of, signature_labels
from tracker.files.reader import read_file
from tracker.ops.office import open_office
from tracker.reports.form_docx import write_form_docx
from tracker.reports.form_xlsx import write_form_xlsx
from tracker.tables.form_stamp import number_of, stamp_of
from tracker.tables.pipeline import read_table

pytestmark = pytest.mark.office
ROOT = Path(__file__).resolve().parents[2]

FORMS = {
    "一项": form(row("1")),
    "二十项": form(*(row(str(n), before=LONG * (n % 4)) for n in range(1, 21))),
    "长文": form(
        row("1", before=LONG * 20, task=LONG * 6),
        row("2.10", task="=1+1 _x0041_ 甲", deadline="2026年12月31日前完成，并长期坚持"),
        row("（三）", before=f"①{LONG}\n②{LONG}\n\n③{LONG * 3}", role="责任单位"),
        unit="县人民政府关于推进乡村振兴和城乡融合发展工作领导小组办公室",
        ledger="关于进一步推动全县经济社会高质量发展若干重点事项分解落实",
    ),
}


def convert(folder, *files_and_filters):
    """Let LibreOffice open files and save them in other formats; return the results."""
    results = []
    for file, ending in files_and_filters:
        target = folder / ending.partition(":")[0]
        subprocess.run(
            [
                need_office(),
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                "--headless", "--convert-to", ending, "--outdir", str(target), str(file),
            ],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip
        results.append(target / f"{file.stem}.{ending.partition(':')[0]}")
    return results


def drawn(pages):
    """Return all that is drawn on the pages, without white space."""
    found = []
    for page in pages:
        cells = [cell.text for line in page.rows for cell in line.cells]
        found.append("".join((page.above, *cells, page.below)))
    return "".join(found)


def squeezed(text):
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """Every form as both kinds of file, printed: by its name and kind, the pages."""
    folder = tmp_path_factory.mktemp("反馈 表")
    files = []
    for name, sent in FORMS.items():
        for kind, write in (("xlsx", write_form_xlsx), ("docx", write_form_docx)):
            files.append(folder / f"{name}-{kind}.{kind}")
            assert write(sent, files[-1], SENT) == ()
    pdfs = to_pdf(files, folder / "pdf")
    return {pdf.stem: read_pages(pdf) for pdf in pdfs}


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
@pytest.mark.parametrize("name", FORMS)
def test_every_fixed_text_is_on_paper_and_nothing_is_cut(printed, name, kind):
    sent, pages = FORMS[name], printed[f"{name}-{kind}"]
    words = drawn(pages)
    number = f"表号：{sent.number}"
    assert words.count(number) == 1
    for text in (sent.title, line_of(sent), guide_of(sent)):
        # the number stands beside the line, and in the middle of one that takes two
        assert squeezed(text) in words.replace(number, "")
    for label in signature_labels().values():
        assert squeezed(label) in words
    assert [line.over for page in pages for line in page.rows if line.over] == []
    assert len({page.right - page.left for page in pages if page.rows}) <= 2


@pytest.mark.parametrize("name", FORMS)
def test_every_fixed_cell_is_drawn_whole_in_its_column(printed, name):
    sent, pages = FORMS[name], printed[f"{name}-xlsx"]
    lines = [[cell.text for cell in line.cells] for page in pages for line in page.rows]
    assert all(page.rows[0].cells[2].text == "工作任务" for page in pages)
    for place, field in enumerate(FIXED):
        column = "".join(line[place] for line in lines if len(line) == len(FIXED) + len(OPEN))
        for each in sent.rows:
            assert squeezed(getattr(each, field)) in column.replace(FIXED[field], "")


def test_a_form_for_one_task_fits_one_page(printed):
    assert len(printed["一项-xlsx"]) == len(printed["一项-docx"]) == 1


def filled(path, words):
    """Fill a workbook in as a unit does, and save it."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet["G5"], sheet["H5"], sheet["I5"] = words, "推进中", 55
    book.save(path)


def test_saved_by_another_program_a_form_is_still_known(tmp_path):
    sent = FORMS["二十项"]
    book, document = tmp_path / "甲 表.xlsx", tmp_path / "乙 表.docx"
    write_form_xlsx(sent, book, SENT)
    write_form_docx(sent, document, SENT)
    filled(book, "已铺设管网5公里。")
    saved = convert(
        tmp_path / "另存",
        (book, "xlsx:Calc MS Excel 2007 XML"),
        (book, "xls:MS Excel 97"),
        (document, "docx:MS Word 2007 XML"),
        (document, "doc:MS Word 97"),
    )
    for path in saved:
        renamed = path.rename(path.with_stem("新建文件(1)"))
        source = read_file(renamed)
        assert stamp_of(source) == sent.stamp
        assert str(number_of(source)) == sent.number
        table = read_table(source)
        assert [each.task for each in table.rows] == [each.task for each in sent.rows]
        if path.suffix.startswith(".xls"):
            assert stamp_of(replace(source, properties={})) == sent.stamp
            first = table.rows[0]
            assert (first.progress, first.status_text) == ("已铺设管网5公里。", "推进中")
            assert first.percent == 55


def test_fixed_cells_stay_locked_after_another_program_saved_the_form(tmp_path):
    path = tmp_path / "表.xlsx"
    write_form_xlsx(FORMS["一项"], path, SENT)
    (saved,) = convert(tmp_path / "另存", (path, "xlsx:Calc MS Excel 2007 XML"))
    sheet = openpyxl.load_workbook(saved).worksheets[0]
    assert sheet.protection.sheet
    assert [sheet.cell(5, column).protection.locked for column in range(1, 12)] == [
        *([True] * len(FIXED)),
        *([False] * len(OPEN)),
    ]
    assert {rule.type for rule in sheet.data_validations.dataValidation} == {"list", "decimal"}


def test_a_sheet_copied_into_another_workbook_is_known_by_its_number(tmp_path):
    path, other = tmp_path / "表.xlsx", tmp_path / "别的.xlsx"
    write_form_xlsx(FORMS["一项"], path, SENT)
    book = openpyxl.Workbook()
    for line in openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True):
        book.active.append(line)
    book.save(other)
    source = read_file(other)
    assert stamp_of(source) is None
    assert str(number_of(source)) == FORMS["一项"].number


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a thing of Unix")
def test_a_sending_killed_at_any_moment_stores_nothing_without_its_files(tmp_path):
    table, db = tmp_path / "表.csv", tmp_path / "台账.db"
    lines = ["序号,工作任务,牵头单位,完成时限"]
    lines += [f"{n},办好第{n}件实事。,县第{n % 40}局,2026年底前" for n in range(1, 121)]
    table.write_text("\n".join(lines), encoding="utf-8-sig")
    assert command("import", table, "--db", db, "--round", 1, "--apply").status == 0
    chance = random.Random(20260302)
    began = time.monotonic()
    assert _forms_process(db, tmp_path / "计时").wait() == 0
    whole = time.monotonic() - began
    for attempt in range(12):
        own, folder = tmp_path / f"{attempt}.db", tmp_path / f"表{attempt}"
        assert command("import", table, "--db", own, "--round", 1, "--apply").status == 0
        running = _forms_process(own, folder)
        time.sleep(chance.uniform(0.3, 1.02) * whole)
        running.kill()
        running.wait()
        assert command("check", own).status == 0
        office = open_office(own, SENT)
        with office.read() as view:
            (ledger,) = view.ledgers()
            sent = view.returns(view.rounds(ledger.id)[0].id)
        office.close()
        there = list(folder.glob("01期-*.xlsx")) if folder.exists() else []
        assert len(there) == 41 or not sent
        assert all(read_file(path).grids for path in there)
        again = command("forms", "--db", own, "--out", folder)
        assert (again.status, len(list(folder.glob("01期-*.xlsx")))) == (0, 41)


def _forms_process(db, folder):
    words = ("forms", "--db", db, "--out", folder)
    return subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), *map(str, words)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
