"""An office whose forms went out, and forms filled in, for tests of collecting; all invented."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zipfile import ZipFile

import openpyxl

from tests.helpers.offices import add_tasks
from tracker.domain.form import OPEN
from tracker.ops.collect import apply_collection, read_returns
from tracker.ops.entries import EntryWords, write_entries, write_entry
from tracker.ops.forms import plan_forms, send_forms
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.office import open_office
from tracker.ops.rounds import choose_round, new_round
from tracker.ops.tasks import TaskWords

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl import Workbook

    from tracker.domain.collection import Collection
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.ops.office import Office

SENT = datetime(2026, 3, 2, 9, 30)
AFTER = date(2026, 3, 20)
WATER, HOUSING, CULTURE, RESCUE = "县水利局", "县住建局", "县文旅局", "县应急局"
TASKS = tuple(
    TaskWords(text=text, number=number, lead=lead, cooperating=other, deadline="2026年底前")
    for number, text, lead, other in (
        ("1", "修缮北门石桥，更换护栏90米，年内完工。", HOUSING, ""),
        ("2", "建成街头书亭4处，配书5000册。", CULTURE, ""),
        ("3", "整治小清河岸线7公里，清运淤泥2万方。", WATER, HOUSING),
        ("4", "新建提灌站3座，铺设管道12公里。", WATER, ""),
        ("5", "修订防汛应急手册，组织演练3次。", f"{RESCUE}、{WATER}", ""),
        ("6", "改造农村水窖280口，水质达标率96%。", WATER, ""),
    )
)


@dataclass(frozen=True)
class County:
    """An office with two rounds, the forms of the second sent."""

    office: Office
    ledger: LedgerRow
    round: RoundRow
    codes: list[str]
    sent: Path
    folder: Path

    def form(self, unit: str) -> Path:
        """Return the form that was sent to a unit."""
        (path,) = self.sent.glob(f"*-{unit}-反馈表.xlsx")
        return path

    def returned(
        self,
        unit: str,
        name: str,
        fill: Callable[[Sheet], None] | None = None,
        day: int | None = None,
    ) -> Path:
        """Copy a unit's form, fill it in, and let it be saved on a day of March."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True, parents=True)
        shutil.copyfile(self.form(unit), path)
        if fill is not None:
            sheet = Sheet(openpyxl.load_workbook(path))
            fill(sheet)
            sheet.book.save(path)
        set_saved(path, datetime(2026, 3, day or 9, 8))
        return path

    def read(self, *paths: Path, **named: object) -> Collection:
        """Read returned files."""
        return read_returns(self.office, self.ledger, self.round, paths, **named)

    def collect(self, *paths: Path, **named: object) -> Collection:
        """Read returned files and keep them."""
        found = self.read(*paths, **named)
        return apply_collection(self.office, found, who="张三", now=SENT).value

    def edit(self, code: str, **words: object) -> None:
        """Let the clerk write an entry."""
        write_entry(self.office, code, EntryWords(**words), who="李四", now=SENT)

    def entry(self, code: str):
        """Return the entry of a task in the second round."""
        with self.office.read() as view:
            ids = {task.code: task.id for task in view.tasks(self.ledger.id)}
            return view.entries(self.round.id)[ids[code]]

    def notes(self):
        """Return what was reported."""
        with self.office.read() as view:
            return view.round_notes(self.round.id)

    def files(self):
        """Return what came back."""
        with self.office.read() as view:
            return view.returned_files(self.round.id)


class Sheet:
    """A form opened by the unit."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.sheet = book.worksheets[0]
        heading = next(c for row in self.sheet.iter_rows() for c in row if c.value == "本期进展")
        self.top = heading.row
        self.columns = {c.value: c.column for c in self.sheet[self.top] if c.value}
        self.rows = [
            row
            for row in range(self.top + 1, self.sheet.max_row + 1)
            if self.get(row, "任务编号") and self.get(row, "工作任务")
        ]

    def get(self, row: int, heading: str):
        """Return a cell's value."""
        return self.sheet.cell(row, self.columns[heading]).value

    def put(self, row: int, heading: str, value: object) -> None:
        """Write a cell."""
        self.sheet.cell(row, self.columns[heading]).value = value

    def fill(self, mark: str = "", rows: list[int] | None = None) -> None:
        """Fill in the progress of each task, or of some."""
        for row in self.rows if rows is None else rows:
            self.put(row, "本期进展", f"{mark}第{self.get(row, '序号')}项已办成{row}处。")

    def headings(self) -> list[str]:
        """Return the headings that the unit fills in below."""
        return list(OPEN.values())


def filled(mark: str = "", places: tuple[int, ...] | None = None) -> Callable[[Sheet], None]:
    """Return what fills a form in; of some rows only where places are given."""
    return lambda s: s.fill(mark, None if places is None else [s.rows[at] for at in places])


def make_county(office: Office, folder: Path) -> County:
    """Let an office import tasks, fill in a first round, and send the forms of a second."""
    new_ledger(office, "县重点工作", who="张三", now=SENT)
    ledger = choose_ledger(office, None)
    new_round(office, ledger, who="张三", now=SENT)
    codes = add_tasks(office, ledger, SENT, TASKS)
    texts = {code: f"上期第{place}项已立项。" for place, code in enumerate(codes, 1)}
    write_entries(office, texts, who="张三", now=SENT)
    new_round(office, ledger, who="张三", now=SENT, feedback_due=date(2026, 3, 13))
    round_ = choose_round(office, ledger, 2)
    plan = plan_forms(office, ledger, round_)
    sent = folder / "发出"
    send_forms(office, ledger, round_, sent, plan=plan, who="张三", now=SENT)
    return County(office, ledger, choose_round(office, ledger, 2), codes, sent, folder / "收到")


def reopened(made: Path, folder: Path) -> County:
    """Return a copy of a county that was made in another folder."""
    shutil.copyfile(made / "台账.db", folder / "台账.db")
    office = open_office(folder / "台账.db", SENT)
    ledger = choose_ledger(office, None)
    with office.read() as view:
        codes = [task.code for task in view.tasks(ledger.id)]
    round_ = choose_round(office, ledger, 2)
    return County(office, ledger, round_, codes, made / "发出", folder / "收到")


def set_saved(path: Path, moment: datetime) -> None:
    """Write into a workbook when it was last saved."""
    with ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    core, said = "docProps/core.xml", f"{moment.isoformat()}Z".encode()
    parts[core] = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + said, parts[core])
    with ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
