"""The circular: what it says comes from what is stored, and each figure knows its tasks."""

from __future__ import annotations

import re
from datetime import date, datetime

import docx
import pdfplumber
import pytest

from tracker.base.errors import UserError
from tracker.ops.circular import compose_circular, export_circular
from tracker.ops.entries import EntryWords, write_entry
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.office import create_office
from tracker.ops.rounds import choose_round, new_round
from tracker.ops.tasks import TaskWords, new_task

NOW = datetime(2026, 6, 30, 9, 0)
WHO = {"who": "李四", "now": NOW}


@pytest.fixture
def office(tmp_path):
    office = create_office(tmp_path / "台账.db", NOW)
    new_ledger(office, "水利任务", filled_by="县政府督查室", **WHO)
    yield office
    office.close()


def ledger_and_round(office):
    ledger = choose_ledger(office, None)
    return ledger, choose_round(office, ledger, None)


def add(office, number, text, lead, deadline="", state=""):
    ledger = choose_ledger(office, None)
    words = TaskWords(number=number, text=text, lead=lead, deadline=deadline or None)
    code = new_task(office, ledger, words, **WHO).value
    if state:
        write_entry(office, code, EntryWords(progress="有进展。", state=state), **WHO)
    return code


@pytest.fixture
def codes(office):
    ledger = choose_ledger(office, None)
    new_round(office, ledger, cut_off=date(2026, 6, 30), **WHO)
    return [
        add(office, "1", "修渠。", "县水利局", "2026年5月底前", "推进中"),
        add(office, "2", "建闸。", "县水利局", "年底前", "滞后"),
        add(office, "3", "植树。", "县林业局", "年底前", "已完成"),
        add(office, "4", "疏浚。", "县水利局", "2026年5月底前", "滞后"),
    ]


def said(circular):
    return [passage.text for passage in circular.body]


def test_counts_shares_and_rate_are_stated_with_their_denominator(office, codes):
    circular = compose_circular(office, *ledger_and_round(office), now=NOW)
    total = next(text for text in said(circular) if "共有任务" in text)
    assert total == (
        "水利任务共有任务4项，其中已完成1项、推进中3项，分别占25.0%、75.0%（以4项计）。"
        "应完成4项，已完成（含已销号）1项，完成率25.0%。"
    )
    assert "承担任务的2家牵头（责任）单位中，全部完成的有1家：县林业局（1项）。" in said(circular)


def test_every_number_of_the_overall_passages_is_a_figure_with_tasks(office, codes):
    circular = compose_circular(office, *ledger_and_round(office), now=NOW)
    keys = {"overall.total", "overall.pace", "overall.units"}
    for passage in (each for each in circular.body if each.key in keys):
        stated = {figure.value for figure in passage.figures if figure.codes}
        text = passage.text.replace("（以4项计）", "")
        assert set(re.findall(r"\d[\d.]*%?", text)) == stated, passage.key


def test_overdue_and_slow_tasks_are_named_once_with_their_units(office, codes):
    text = said(compose_circular(office, *ledger_and_round(office), now=NOW))
    assert "（一）已过时限仍未完成的2项" in text
    assert "第1项“修渠”（县水利局），时限2026年5月底前，已逾期30天。" in text
    assert "（二）报为滞后或受阻的1项（另有1项已列入上款）" in text
    assert "第2项“建闸”（县水利局）：推进中·滞后。" in text
    assert sum("疏浚" in line for line in text) == 1


def test_every_figure_leads_to_its_tasks(office, codes):
    circular = compose_circular(office, *ledger_and_round(office), now=NOW)
    figures = {f.name: f for passage in circular.body for f in passage.figures}
    assert figures["任务总数"].codes == tuple(codes)
    assert figures["已完成"].codes == (codes[2],)
    assert figures["完成率"].value == "25.0%"
    for passage in circular.body:
        for figure in passage.figures:
            assert figure.value.rstrip("%") in passage.text or figure.name == "任务"


def test_nobody_is_accused_where_nothing_is_late(office):
    new_round(office, choose_ledger(office, None), **WHO)
    add(office, "1", "修渠。", "县水利局", "年底前")
    text = said(compose_circular(office, *ledger_and_round(office), now=NOW))
    assert "截至2026年6月30日，没有已过时限仍未完成的任务，也没有报为滞后或受阻的任务。" in text
    assert not any("逾期" in line and "天" in line for line in text)


def test_without_an_office_and_a_document_nothing_is_left_dangling(tmp_path):
    office = create_office(tmp_path / "空.db", NOW)
    new_ledger(office, "水利任务", **WHO)
    new_round(office, choose_ledger(office, None), **WHO)
    add(office, "1", "修渠。", "县水利局")
    circular = compose_circular(office, *ledger_and_round(office), now=NOW)
    assert circular.title == "关于水利任务落实情况的通报"
    assert said(circular)[0] == "现将截至2026年6月30日的情况通报如下："
    office.close()


def test_the_document_holds_every_sentence(office, codes, tmp_path):
    target = tmp_path / "通报.docx"
    circular, warnings = export_circular(office, *ledger_and_round(office), target, now=NOW)
    assert warnings == ()
    printed = [p.text for p in docx.Document(target).paragraphs]
    assert all(text in printed for text in said(circular))


def test_another_ending_is_refused_and_nothing_is_written(office, codes, tmp_path):
    with pytest.raises(UserError, match=r"\.docx"):
        export_circular(office, *ledger_and_round(office), tmp_path / "通报.txt", now=NOW)
    assert not (tmp_path / "通报.txt").exists()


def test_the_pdf_holds_every_sentence(office, codes, tmp_path):
    target = tmp_path / "通报.pdf"
    circular, _ = export_circular(office, *ledger_and_round(office), target, now=NOW)
    with pdfplumber.open(target) as pdf:
        printed = "".join(char["text"] for page in pdf.pages for char in page.chars)
    for text in said(circular):
        assert "".join(text.split()) in "".join(printed.split())


def test_an_empty_ledger_has_nothing_to_tell(office):
    new_round(office, choose_ledger(office, None), **WHO)
    with pytest.raises(UserError, match="没有任务"):
        compose_circular(office, *ledger_and_round(office), now=NOW)
