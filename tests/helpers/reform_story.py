"""A county's ledgers of 200 tasks before a reform, and what an office may never show after one."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from tests.helpers.returned_forms import fill
from tracker.domain.carry import CarryChoice
from tracker.domain.reform import NewUnit, ReformKind, ReformRequest
from tracker.domain.terms import Completion
from tracker.ops.carry_over import carry_over
from tracker.ops.collect import apply_collection, read_returns
from tracker.ops.collectives import set_members
from tracker.ops.editions import close_round
from tracker.ops.entries import write_entries
from tracker.ops.forms import plan_forms, send_forms
from tracker.ops.import_table import apply_import, propose_import, read_text
from tracker.ops.ledgers import archive_ledger, choose_ledger, new_ledger
from tracker.ops.office import create_office
from tracker.ops.rounds import list_rounds, new_round
from tracker.ops.task_changes import edit_many, merge_tasks, withdraw_task
from tracker.ops.tasks import ClosingWords, TaskWords, close_task
from tracker.store.models import UnitName
from tracker.store.unit_models import Person, PersonUnit

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.domain.reform import ReformPlan
    from tracker.ops.office import Office

WHO = "李四"
BEGUN = datetime(2026, 1, 12, 9)
NOW = datetime(2026, 5, 20, 10)
LAST, THIS, OTHER, NEXT = "2025年重点工作", "2026年重点工作", "优化环境专项", "2027年重点工作"
TASKS = 200

UNITS = (
    "县发展和改革局", "县工业和信息化局", "县商务局", "县招商局", "县财政局", "县文旅局",
    "县住建局", "县教育局", "县水利局", "县档案局", "东关镇", "西河镇", "各镇人民政府", "有关部门",
)  # fmt: skip
SHORT = {"县发展和改革局": "县发改局", "县工业和信息化局": "县工信局"}
CELLS = (
    "县商务局",
    "县文旅局",
    "商务局、县财政局",
    "县商务局、县招商局",
    "第①项由县商务局牵头，第②项由县招商局牵头，县财政局配合",
    "各镇人民政府",
    "县档案局、县发改局",
    "牵头单位：县招商局\n配合单位：县商务局、县文旅局",
    "县工业和信息化局",
    "县文旅局、县住建局",
    "县教育局",
    "有关部门",
    "县财政局、县工信局、县商务局",
    "第①项由县文旅局牵头，第②项由县教育局牵头",
    "牵头单位：县住建局\n配合单位：县档案局、县工信局",
    "招商局",
    "县水利局、东关镇、西河镇",
    "县经信局、县水利局",
)
"""How the cell of units reads, by turns."""

PERSONS = ("张明", "", "副县长张明、王强", "王强", "县政府党组成员赵刚", "")
_DOINGS = ("新建", "改造", "整治", "修编", "推广")
_THINGS = (
    "老旧小区加装电梯", "乡镇卫生院诊室", "中心敬老院食堂", "城区公共停车场", "背街小巷路灯",
    "农村饮水管网", "小型水库堤坝", "县域物流分拣点", "非遗传习场所", "冷链仓储库房",
    "中小学塑胶操场", "河道生态护坡", "便民服务窗口", "应急避难场地", "公交候车站亭",
    "农贸市场摊位", "图书流动站点", "高标准农田水渠", "垃圾分类驿站", "景区旅游厕所",
    "工业园区标房", "社区日间照料所", "森林防火隔离带", "职业技能实训室", "政务数据目录",
    "地质灾害监测点", "特色农产品展厅", "残疾人康复器材", "农机维修网点", "古树名木护栏",
    "校园周边护学岗", "消防取水码头", "乡村大舞台", "外贸企业服务站", "法律援助工作点",
    "退役军人服务站", "农村公路安防栏", "数字电影放映点", "妇幼保健门诊", "污水提升泵站",
)  # fmt: skip


def rows(count: int, seed: int = 0) -> list[tuple[str, str, str, str, str, str]]:
    """Return rows of a table: number, task, units, persons, deadline, progress."""
    texts = [f"{doing}{thing}" for doing in _DOINGS for thing in _THINGS]
    random.Random(seed).shuffle(texts)
    found = []
    for at in range(count):
        cell, text = CELLS[at % len(CELLS)], texts[at % len(texts)]
        if "①" in cell:
            text = f"①{text}；②{text}的验收移交"
        if at % 25 == 24:
            text, cell = "完成季度招商任务。", ("县商务局", "县招商局", "县工信局")[at // 25 % 3]
        due = ("12月底前", "2026-09-30", "长期坚持")[at % 3]
        said = f"第{at + 1}项已完成{at % 7 + 1}处。"
        found.append((str(at + 1), text, cell, PERSONS[at % len(PERSONS)], due, said))
    return found


def table(some: list[tuple[str, str, str, str, str, str]], title: str) -> str:
    """Return the rows as they are pasted from a sheet."""
    head = ("序号", "工作任务", "责任单位", "责任领导", "完成时限", "落实情况")
    lines = [head, *some]

    def cell(words: str) -> str:
        return f'"{words}"' if "\n" in words else words

    return "\n".join([title, *("\t".join(map(cell, line)) for line in lines)])


@dataclass(frozen=True)
class County:
    """The office, and the forms of round 3 that have not come back, by unit."""

    office: Office
    path: Path
    folder: Path
    forms: dict[str, Path]

    @property
    def ledger(self):
        """This year's ledger."""
        return choose_ledger(self.office, THIS)

    def round(self, number: int):
        """Return a round of this year's ledger."""
        return next(r for r in list_rounds(self.office, self.ledger) if r.number == number)


def live(folder: Path) -> County:
    """Make the office: last year archived, this year's rounds 1 and 2 closed, round 3 out."""
    path = folder / "台账.db"
    office = create_office(path, BEGUN)
    _units(office)
    _last_year(office)
    _this_year(office)
    new_ledger(office, OTHER, who=WHO, now=BEGUN, year=2026)
    _imported(office, OTHER, rows(20, seed=3), BEGUN)
    forms = _third_round(office, folder)
    return County(office, path, folder, forms)


def reforms(county: County) -> tuple[ReformRequest, ...]:
    """Return one of each kind: the tasks of the split unit go here and there."""
    with county.office.read() as view:
        tasks = view.tasks(county.ledger.id)
    of_culture = [t.code for t in tasks if "县文旅局" in t.roles.names()]
    of_schools = [t.code for t in tasks if "县教育局" in t.roles.names()]
    chosen = {(code, "县文旅局"): ("县文化局",) for code in of_culture[::2]}
    chosen |= {(code, "县文旅局"): ("县旅游局", "县文化局") for code in of_culture[::5]}
    return (
        ask("rename", "县工信局", "县工业和科技局/县工科局"),
        ask("merge", "县商务局、县招商局", "县商务和投资促进局/县商投局"),
        ask("split", "县文旅局", "县文化局、县旅游局", chosen=chosen, otherwise=("县旅游局",)),
        ask("abolish", "县档案局", "县发改局", otherwise=("县发展和改革局",)),
        ask("hand_over", "县教育局", "县住建局", tasks=tuple(of_schools[::2])),
        ask("charge", "张明", leader="周敏"),
    )


def _units(office: Office) -> None:
    with office.change("登记", WHO, BEGUN) as work:
        from tracker.ops.units import Registrar

        registrar = Registrar(work)
        registrar.register(UNITS)
        for name, short in SHORT.items():
            work.unit(registrar.unit_id(name)).short_name = short
        work.add(UnitName(unit_id=registrar.unit_id("县工业和信息化局"), name="县经信局"))
        for at, (name, post) in enumerate((("张明", "副县长"), ("王强", "县委常委")), 1):
            person = Person(name=name, post=post, position=at)
            person.units = [PersonUnit(unit_id=registrar.unit_id("县商务局"), position=1)]
            work.add(person)
    set_members(office, "各镇人民政府", ["东关镇", "西河镇"], who=WHO, now=BEGUN)
    set_members(office, "有关部门", ["县商务局", "县档案局", "县文旅局"], who=WHO, now=BEGUN)


def _imported(office: Office, ledger: str, some: list, now: datetime) -> None:
    plan = propose_import(office, read_text(table(some, f"{ledger}落实情况表")), ledger=ledger)
    apply_import(office, plan, who=WHO, now=now)


def _last_year(office: Office) -> None:
    new_ledger(office, LAST, who=WHO, now=BEGUN, year=2025)
    _imported(office, LAST, rows(40, seed=9), BEGUN)
    ledger = choose_ledger(office, LAST)
    close_round(office, ledger, list_rounds(office, ledger)[-1], who=WHO, now=BEGUN)
    with office.read() as view:
        codes = tuple(task.code for task in view.tasks(ledger.id))[:30]
    choice = CarryChoice(codes)
    carry_over(office, ledger, THIS, 2026, choice=choice, who=WHO, now=BEGUN)
    archive_ledger(office, ledger, who=WHO, now=BEGUN)


def _this_year(office: Office) -> None:
    made = rows(TASKS - 30, seed=1)
    carried = rows(40, seed=9)[:30]
    _imported(office, THIS, [*carried, *made], BEGUN)
    ledger = choose_ledger(office, THIS)
    with office.read() as view:
        codes = [task.code for task in view.tasks(ledger.id)]
    for number, day in ((1, 20), (2, 50)):
        now = BEGUN + timedelta(days=day)
        said = {code: f"{code}第{number}期推进了{number}步。" for code in codes[::2]}
        write_entries(office, said, who=WHO, now=now)
        if number == 1:
            _end_some(office, codes, now)
        close_round(office, ledger, list_rounds(office, ledger)[-1], who=WHO, now=now)
        new_round(office, ledger, who=WHO, now=now, feedback_due=date(2026, 5, 15))


def _end_some(office: Office, codes: list[str], now: datetime) -> None:
    """Close, withdraw, merge, exclude and finish some, whosever they are."""
    by = {"who": WHO, "now": now}
    closed = range(5, len(codes), 11)
    for at in closed:
        words = ClosingWords("已办结。", now.date(), WHO, "照片")
        close_task(office, codes[at], words, **by)
    for at in range(3, len(codes), 37):
        withdraw_task(office, codes[at], "并入其他工作", **by)
    merge_tasks(office, [codes[8]], codes[9], "两项合办", **by)
    edit_many(office, codes[::13], TaskWords(persons="副县长张明、王强"), **by)
    out = [codes[at] for at in range(12, len(codes), 41) if at not in closed]
    edit_many(office, out, TaskWords(completion=Completion.EXCLUDED), **by)
    done = [codes[at] for at in range(14, len(codes), 29) if at not in closed]
    edit_many(office, done, TaskWords(completion=Completion.DONE), **by)


def _third_round(office: Office, folder: Path) -> dict[str, Path]:
    ledger = choose_ledger(office, THIS)
    round_ = list_rounds(office, ledger)[-1]
    at = BEGUN + timedelta(days=60)
    plan = plan_forms(office, ledger, round_)
    sent = send_forms(office, ledger, round_, folder / "发出", plan=plan, who=WHO, now=at)
    paths = dict(zip((form.unit for form in plan.forms), sent.value.paths, strict=True))
    round_ = list_rounds(office, ledger)[-1]
    back = folder / "收到"
    back.mkdir()
    for unit in ("县财政局", "县招商局"):
        target = back / paths[unit].name
        target.write_bytes(paths.pop(unit).read_bytes())
        fill(target, unit, "本期")
    apply_collection(office, read_returns(office, ledger, round_, [back]), who=WHO, now=at)
    return paths


def ask(kind: str, old: str, new: str = "", **more: object) -> ReformRequest:
    """Return a request: names with 、 between them, a short name behind a /."""
    made = tuple(NewUnit(*each.split("/")) for each in new.split("、") if each)
    olds = tuple(old.split("、"))
    return ReformRequest(ReformKind(kind), olds, made, on=NOW.date(), basis="县委编办文件", **more)


def written_out(plan: ReformPlan) -> dict[str, str]:
    """Return the cells of units that the clerk must write, written in a plain way."""
    return {
        touch.code: "、".join(touch.chosen)
        for touch in plan.tasks
        if any("请写明" in doubt for doubt in touch.doubts)
    }


GROWING = frozenset({"journal", "journal_change", "counter", "blob", "sqlite_sequence"})


def stored(path: Path) -> dict[str, list[str]]:
    """Every row an office holds, but for its journal and what only grows."""
    with closing(sqlite3.connect(path)) as database:
        names = database.execute("select name from sqlite_master where type = 'table'").fetchall()
        return {
            name: sorted(map(repr, database.execute(f"select * from {name}")))
            for (name,) in names
            if name not in GROWING
        }


OPEN_TASKS = """
    select task.code, unit.name, assignment.printed from assignment
    join task on task.id = assignment.task_id
    join ledger on ledger.id = task.ledger_id
    join unit on unit.id = assignment.unit_id
    where ledger.state = 'running' and task.withdrawn = '' and task.merged_into_id is null
    and task.completion not in ('closed', 'excluded')
"""


def given_to_nobody(path: Path) -> list[tuple[str, str, str]]:
    """Return the assignments of open tasks to units that are no more: there must be none."""
    with closing(sqlite3.connect(path)) as database:
        return database.execute(f"{OPEN_TASKS} and unit.valid_to is not null").fetchall()


def printed_names(path: Path) -> set[str]:
    """Return the names of units that open tasks print."""
    with closing(sqlite3.connect(path)) as database:
        return {printed for _, _, printed in database.execute(OPEN_TASKS)}
