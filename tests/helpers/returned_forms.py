"""Fills feedback forms in as units do, and does to them what units do to forms.

Everything is found by the words on the form, as a person would find it: nothing here knows how the
program writes or reads one.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import openpyxl

from tests.helpers.pages import need_office

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

OPEN = ("本期进展", "办理状态", "完成率（%）", "存在问题", "下步打算")


@dataclass(slots=True)
class Returned:
    """What one unit sends back.

    Attributes:
        said: what it wrote, by the text of the task.
        apart: what it wrote beside the table, or in rows that are no task of its form.
        expected: findings that must be told about it.
    """

    unit: str
    path: Path
    damage: str = ""
    said: dict[str, str] = field(default_factory=dict)
    apart: list[str] = field(default_factory=list)
    expected: set[str] = field(default_factory=set)


class FormSheet:
    """A form opened as a person sees it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = openpyxl.load_workbook(path)
        self.sheet: Worksheet = next(s for s in self.book if s.sheet_state == "visible")
        cells = (cell for row in self.sheet.iter_rows() for cell in row)
        heading = next(cell for cell in cells if _words(cell.value) == "本期进展")
        self.top = heading.row
        self.columns = {
            _words(cell.value): cell.column
            for cell in self.sheet[self.top]
            if cell.value is not None
        }
        self.rows = [
            row
            for row in range(self.top + 1, self.sheet.max_row + 1)
            if self.at(row, "工作任务") and self.at(row, "任务编号")
        ]

    def at(self, row: int, heading: str) -> str:
        """Return the words of a cell."""
        value = self.sheet.cell(row, self.columns[heading]).value
        return "" if value is None else str(value)

    def put(self, row: int, heading: str, words: object) -> None:
        """Write into a cell."""
        self.sheet.cell(row, self.columns[heading]).value = words

    def save(self, path: Path | None = None) -> Path:
        """Save it, under another name where one is given."""
        target = path or self.path
        self.book.save(target)
        return target


def _words(value: object) -> str:
    return "".join(str(value or "").split())


def fill(path: Path, unit: str, mark: str) -> Returned:
    """Fill a form in: each task gets words of its own, some a state, a share, a problem."""
    form = FormSheet(path)
    returned = Returned(unit, path)
    for place, row in enumerate(form.rows):
        task = form.at(row, "工作任务")
        words = f"{unit}{mark}报：第{place + 1}项已完成{place + 3}处，正在组织验收。"
        form.put(row, "本期进展", words)
        form.put(row, "办理状态", ("推进中", "已完成")[place % 2])
        form.put(row, "完成率（%）", 40 + place)
        if place % 3 == 0:
            problem = f"{unit}{mark}称第{place + 1}项用地手续未批。"
            form.put(row, "存在问题", problem)
            returned.apart.append(problem)
        returned.said[task] = words
    form.save()
    return returned


def convert(path: Path, ending: str, folder: Path) -> Path:
    """Open a file in LibreOffice and save it in another format."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [
            need_office(),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless", "--convert-to", ending, "--outdir", str(folder), str(path),
        ],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    result = folder / f"{path.stem}.{ending.split(':')[0]}"
    assert result.exists()
    return result


def rename(returned: Returned, folder: Path) -> None:
    """The file gets a name that says nothing."""
    returned.path = returned.path.rename(folder / "新建 Microsoft Excel 工作表(2).xlsx")


def move_column(returned: Returned, _folder: Path) -> None:
    """This round's words stand in the last column, what was there before in their place."""
    form = FormSheet(returned.path)
    ours, last = form.columns["本期进展"], form.columns["下步打算"]
    for row in (form.top, *form.rows):
        one, other = form.sheet.cell(row, ours), form.sheet.cell(row, last)
        one.value, other.value = other.value, one.value
    form.save()


def add_column(returned: Returned, _folder: Path) -> None:
    """A column of the unit's own, with words in it."""
    form = FormSheet(returned.path)
    column = max(form.columns.values()) + 1
    form.sheet.cell(form.top, column).value = "责任科室意见"
    words = f"{returned.unit}责任科室意见：建议适当调整进度。"
    form.sheet.cell(form.rows[0], column).value = words
    returned.apart.append(words)
    form.save()


def remove_row(returned: Returned, _folder: Path) -> None:
    """The last task is deleted with what was written on it."""
    form = FormSheet(returned.path)
    task = form.at(form.rows[-1], "工作任务")
    del returned.said[task]
    form.sheet.delete_rows(form.rows[-1])
    form.save()
    returned.expected.add("rows_removed")
    returned.apart = [words for words in returned.apart if f"第{len(form.rows)}项" not in words]


def add_row(returned: Returned, _folder: Path) -> None:
    """A task of the unit's own making stands below the others."""
    form = FormSheet(returned.path)
    row = form.rows[-1] + 1
    form.sheet.insert_rows(row)
    task = f"{returned.unit}自行增加的任务：开展专项调研并形成报告。"
    words = f"{returned.unit}调研报告已形成初稿。"
    form.put(row, "工作任务", task)
    form.put(row, "本期进展", words)
    returned.apart += [task, words]
    returned.expected.add("rows_added")
    form.save()


def merge_cells(returned: Returned, _folder: Path) -> None:
    """One answer stands merged over two tasks."""
    form = FormSheet(returned.path)
    first, second = form.rows[0], form.rows[1]
    column = form.columns["本期进展"]
    dropped = form.at(second, "工作任务")
    form.sheet.cell(second, column).value = None
    form.sheet.merge_cells(start_row=first, end_row=second, start_column=column, end_column=column)
    returned.said[dropped] = form.at(first, "本期进展")
    form.save()


def alter_task(returned: Returned, _folder: Path) -> None:
    """The unit softens the words of a task."""
    form = FormSheet(returned.path)
    row = form.rows[0]
    task = form.at(row, "工作任务")
    form.put(row, "工作任务", task.replace("全年完成", "力争完成").replace("并向社会公布", ""))
    form.save()
    returned.expected.add("task_text_altered")


def empty(returned: Returned, _folder: Path) -> None:
    """It comes back as it was sent."""
    form = FormSheet(returned.path)
    for row in form.rows:
        for heading in OPEN:
            form.put(row, heading, None)
    form.save()
    returned.said.clear()
    returned.apart.clear()
    returned.expected.add("empty")


def sort_rows(returned: Returned, _folder: Path) -> None:
    """The rows stand the other way round."""
    form = FormSheet(returned.path)
    read = [[form.sheet.cell(r, c).value for c in form.columns.values()] for r in form.rows]
    for row, values in zip(form.rows, reversed(read), strict=True):
        for column, value in zip(form.columns.values(), values, strict=True):
            form.sheet.cell(row, column).value = value
    form.save()


def drop_codes(returned: Returned, _folder: Path) -> None:
    """The grey column of codes is deleted."""
    form = FormSheet(returned.path)
    form.sheet.delete_cols(form.columns["任务编号"])
    form.save()


def copy_to_new_book(returned: Returned, folder: Path) -> None:
    """The table is copied into a new workbook: no mark of ours is left, nor the title."""
    form = FormSheet(returned.path)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    headings = ("序号", "工作任务", "完成时限", "本期进展", "存在问题")
    sheet.append([f"填报单位：{returned.unit}"])
    sheet.append(list(headings))
    for row in form.rows:
        sheet.append([form.at(row, heading) for heading in headings])
    returned.path.unlink()
    returned.path = folder / "反馈情况.xlsx"
    book.save(returned.path)


def write_below(returned: Returned, _folder: Path) -> None:
    """Words that belong to no task stand below the table."""
    form = FormSheet(returned.path)
    words = f"{returned.unit}另请县里协调解决办公用房问题。"
    form.sheet.cell(form.sheet.max_row + 3, 2).value = words
    returned.apart.append(words)
    returned.expected.add("unplaced_text")
    form.save()


def second_sheet(returned: Returned, _folder: Path) -> None:
    """A sheet of the unit's own is added."""
    form = FormSheet(returned.path)
    sheet = form.book.create_sheet("补充说明")
    words = f"{returned.unit}补充：受连日降雨影响，室外作业停工六天。"
    sheet["B2"] = words
    returned.apart.append(words)
    returned.expected.add("unplaced_text")
    form.save()


def as_xls(returned: Returned, folder: Path) -> None:
    """It is saved as an old workbook."""
    saved = convert(returned.path, "xls", folder / "xls")
    returned.path.unlink()
    returned.path = saved.rename(folder / saved.name)


def as_xlsx_again(returned: Returned, folder: Path) -> None:
    """Another program saves it."""
    saved = convert(returned.path, "xlsx", folder / "again")
    returned.path.unlink()
    returned.path = saved.rename(folder / f"{returned.unit}（已填）.xlsx")


def as_word(returned: Returned, folder: Path) -> None:
    """The unit answers in a document of its own with a table in it."""
    import docx

    form = FormSheet(returned.path)
    document = docx.Document()
    document.add_paragraph(f"{returned.unit}关于重点工作落实情况的报告")
    greeting = f"现将{returned.unit}负责事项的进展报告如下，如有不妥请指正。"
    document.add_paragraph(greeting)
    table = document.add_table(rows=1, cols=3)
    for cell, heading in zip(table.rows[0].cells, ("序号", "工作任务", "本期进展"), strict=True):
        cell.text = heading
    for row in form.rows:
        cells = table.add_row().cells
        for cell, heading in zip(cells, ("序号", "工作任务", "本期进展"), strict=True):
            cell.text = form.at(row, heading)
    returned.path.unlink()
    returned.path = folder / f"{returned.unit}报告.docx"
    document.save(str(returned.path))
    returned.apart = [greeting]


def as_old_word(returned: Returned, folder: Path) -> None:
    """The same, saved as an old document."""
    as_word(returned, folder)
    saved = convert(returned.path, "doc", folder / "doc")
    returned.path.unlink()
    returned.path = saved.rename(folder / saved.name)


def as_text(returned: Returned, folder: Path) -> None:
    """The unit types its answer into a message, task by task, by their numbers."""
    form = FormSheet(returned.path)
    lines = [f"{returned.unit}回复"]
    for row in form.rows:
        task = form.at(row, "工作任务")
        lines += [f"第{form.at(row, '序号')}项：{task}", returned.said[task]]
    returned.path.unlink()
    returned.path = folder / f"{returned.unit}回复.txt"
    returned.path.write_text("\n".join(lines), encoding="utf-8")
    returned.apart.clear()


def as_scan(returned: Returned, folder: Path) -> None:
    """A scanned page: a picture in a PDF, no letter in it."""
    returned.path.unlink()
    returned.path = folder / f"{returned.unit}盖章扫描.pdf"
    returned.path.write_bytes(SCAN)
    returned.said.clear()
    returned.apart.clear()
    returned.expected.add("unreadable")


def wrong_bytes(returned: Returned, folder: Path) -> None:
    """The file was damaged on its way."""
    content = returned.path.read_bytes()
    returned.path.unlink()
    returned.path = folder / f"{returned.unit}反馈.xlsx"
    returned.path.write_bytes(content[: len(content) // 2])
    returned.said.clear()
    returned.apart.clear()
    returned.expected.add("unreadable")


def _scan() -> bytes:
    """Return a PDF of one page that holds nothing but a picture."""
    picture = b"\x80" * 64
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /XObject << /Im 5 0 R >> >> >>"
        ),
        b"<< /Length 29 >>\nstream\nq 595 0 0 842 0 0 cm /Im Do Q\nendstream",
        (
            b"<< /Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray"
            b" /BitsPerComponent 8 /Length 64 >>\nstream\n%s\nendstream" % picture
        ),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(parts) + 1,
        start,
    )


SCAN = _scan()
"""A scanned page."""

BY_HAND: tuple[Callable[[Returned, Path], None], ...] = (
    rename, move_column, add_column, remove_row, add_row, merge_cells, alter_task, empty,
    sort_rows, drop_codes, copy_to_new_book, write_below, second_sheet, as_word, as_text,
    as_scan, wrong_bytes,
)  # fmt: skip
"""Damages that need no other program."""

BY_OFFICE: tuple[Callable[[Returned, Path], None], ...] = (as_xls, as_xlsx_again, as_old_word)
"""Damages done by LibreOffice."""
