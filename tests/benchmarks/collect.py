"""Collecting the forms of a round: each workbook read, compared with what was sent, proposed."""

from __future__ import annotations

from datetime import date, datetime
from time import perf_counter
from typing import TYPE_CHECKING

from tests.benchmarks.harness import Benchmark, Way

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.ops.office import Office

ROWS = 20
"""So many tasks stand on each form."""
_NOW = datetime(2026, 3, 2, 9, 30)


def make_returns(folder: Path, units: int) -> Path:
    """Return the file of an office whose forms came back from so many units, made once."""
    path = folder / f"收表 {units}.db"
    if path.exists():
        return path
    from tracker.ops.forms import plan_forms, send_forms
    from tracker.ops.ledgers import choose_ledger
    from tracker.ops.office import create_office
    from tracker.ops.rounds import choose_round, new_round

    office = create_office(path, _NOW)
    _add_tasks(office, units)
    ledger = choose_ledger(office, None)
    new_round(office, ledger, who="张三", now=_NOW, feedback_due=date(2026, 3, 20))
    round_ = choose_round(office, ledger, 2)
    plan = plan_forms(office, ledger, round_)
    send_forms(office, ledger, round_, returns_of(path), plan=plan, who="张三", now=_NOW)
    office.close()
    for form in _forms(path):
        _fill(form)
    return path


def returns_of(path: Path) -> Path:
    """Return the folder with the returned forms of the office at `path`."""
    return path.with_suffix("")


def _forms(path: Path) -> list[Path]:
    return sorted(returns_of(path).glob("*反馈表.xlsx"))


def _add_tasks(office: Office, units: int) -> None:
    """Import a table in which each unit leads twenty tasks, as the round before left them."""
    from tracker.ops.import_table import apply_import, propose_import, read_text

    lines = ["序号\t工作任务\t牵头单位\t完成时限\t落实情况"]
    for place in range(units * ROWS):
        unit = f"县第{place // ROWS + 1}工作局"
        task = f"改造第{place + 1}号片区，年内铺设管网{place % 17 + 3}公里，换阀门{place % 23}台。"
        before = f"已完成勘察，铺设{place % 5}.5公里，投资{place % 90 + 10}万元，正在办理施工许可。"
        lines.append(f"{place + 1}\t{task}\t{unit}\t2026年底前\t{before}")
    plan = propose_import(None, read_text("\n".join(lines)), ledger="片区改造", round_number=1)
    apply_import(office, plan, who="张三", now=_NOW)


def _fill(path: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heading = next(c for row in sheet.iter_rows() for c in row if c.value == "本期进展")
    columns = {cell.value: cell.column for cell in sheet[heading.row]}
    for row in range(heading.row + 1, heading.row + ROWS + 1):
        words = f"第{row}段已铺设{row % 7}.2公里，完成投资{row * 3}万元，完成回填{row % 4}处。"
        sheet.cell(row, columns["本期进展"]).value = words
        sheet.cell(row, columns["办理状态"]).value = "推进中"
        sheet.cell(row, columns["完成率（%）"]).value = row % 60 + 20
        sheet.cell(row, columns["存在问题"]).value = "个别路段管线迁改进度慢。"
        sheet.cell(row, columns["下步打算"]).value = "本月底前完成迁改，下月全线贯通。"
    book.save(path)


def ours(path: Path) -> float:
    """From the files to notes, findings and what they change in every entry."""
    from tracker.files.xlsx import read_workbook  # noqa: F401  imported when first needed
    from tracker.ops.collect import read_returns
    from tracker.ops.ledgers import choose_ledger
    from tracker.ops.office import open_office
    from tracker.ops.rounds import choose_round

    office = open_office(path, _NOW)
    ledger = choose_ledger(office, None)
    round_ = choose_round(office, ledger, 2)
    start = perf_counter()
    collection = read_returns(office, ledger, round_, [returns_of(path)])
    taken = perf_counter() - start
    office.close()
    assert len(collection.notes) == ROWS * len(_forms(path))
    assert not collection.findings, "a form that was only filled in is found fault with"
    return taken


def pandas(path: Path) -> float:
    """From the files to data frames, nothing compared."""
    import openpyxl  # noqa: F401  the engine
    import pandas

    forms = _forms(path)
    start = perf_counter()
    frames = [pandas.read_excel(form, header=None, dtype=str, engine="openpyxl") for form in forms]
    taken = perf_counter() - start
    assert all(len(frame) >= ROWS for frame in frames)
    return taken


def raw(path: Path) -> float:
    """From the files to the cells' texts, nothing understood."""
    from tests.benchmarks.raw_sheet import raw_rows

    forms = _forms(path)
    start = perf_counter()
    sheets = [raw_rows(form) for form in forms]
    taken = perf_counter() - start
    assert all(len(rows) >= ROWS for rows in sheets)
    return taken


COLLECT = Benchmark(
    name="collect",
    work="collect returned forms of 20 rows",
    unit="s",
    prepare=make_returns,
    ours=ours,
    peers=(Way("pandas reading alone", pandas, needs=("pandas", "openpyxl"), at_most=0.5),),
    limit=Way("expat", raw),
    sizes=(25, 100, 400),
)
