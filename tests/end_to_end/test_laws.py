"""Laws of import and export that hold for any table."""

from __future__ import annotations

from datetime import datetime

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tracker.ops.history import redo_step, undo_step
from tracker.ops.import_table import apply_import, propose_import, read_source, read_text
from tracker.ops.ledgers import choose_ledger, list_ledgers
from tracker.ops.office import create_office
from tracker.ops.reports import export_situation
from tracker.ops.rounds import choose_round
from tracker.ops.tasks import list_tasks

NOW = datetime(2026, 3, 2, 9, 30)

UNITS = (
    "县发改局",
    "县教育局",
    "发改局",
    "高新区管委会",
    "各乡镇人民政府",
    "县水利局（河长办）",
    "东关街道",
)
WORDS = st.lists(
    st.sampled_from(
        (
            *"已建成完工推进整改验收，。；、：“”（）《》％",
            "=1+2",
            "+86",
            "-3.5%",
            "@all",
            "'",
            '"',
            "①",
            "②",
            "③",
            " ",
            "GDP 2.5%",
            "_x0041_",
            "<5%",
            "&",
            "㐂𠮷",
            "12月底前",
            "2026年",
            "第①项由县教育局牵头",
            "5G",
            "\u200b",
            "（续）",
            "合计",
            "备注：",
            "一、",
        )
    ),
    min_size=1,
    max_size=30,
).map("".join)
ROW = st.tuples(
    WORDS.map(lambda words: "办好" + words.strip()),
    st.lists(st.sampled_from(UNITS), min_size=1, max_size=3, unique=True).map("、".join),
    st.one_of(st.just(""), WORDS.map(str.strip)),
)


def table(rows) -> str:
    lines = ["某县重点工作落实情况表", "序号\t工作任务\t牵头单位\t落实情况"]
    lines += ["\t".join((str(n), *row)) for n, row in enumerate(rows, 1)]
    return "\n".join(lines)


# Shrinking would run the whole path a thousand times over.
@settings(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(rows=st.lists(ROW, min_size=1, max_size=6))
def test_any_table_comes_in_once_goes_out_and_comes_back_the_same(rows, tmp_path_factory):
    folder = tmp_path_factory.mktemp("law")
    office = create_office(folder / "台账.db", NOW)
    text = table(rows)
    apply_import(office, propose_import(office, read_text(text)), who="张三", now=NOW)
    ledger = choose_ledger(office, None)
    tasks = list_tasks(office, ledger)
    assert [task.text for task in tasks] == [task for task, _, _ in rows]

    again = propose_import(office, read_text(text)).proposal
    assert (again.same, again.create, again.update, again.conflict) == (len(rows), (), (), ())

    out = folder / "表.xlsx"
    export_situation(office, ledger, choose_round(office, ledger, None), out, now=NOW)
    back = propose_import(office, read_source(out)).proposal
    assert (back.same, back.create, back.update, back.conflict) == (len(rows), (), (), ())

    undo_step(office, who="张三", now=NOW)
    assert list_ledgers(office) == ()
    redo_step(office, who="张三", now=NOW)
    assert list_tasks(office, ledger) == tasks
    office.close()
