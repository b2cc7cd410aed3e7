"""Sentences and notes that name somebody without charging a unit."""

from __future__ import annotations

import pytest

from tracker.domain.table import NO_ROLES, Roles
from tracker.duties.notes import is_name
from tracker.duties.passages import find_notes
from tracker.duties.prose import prose_roles, unassigned_sentences


@pytest.mark.parametrize(
    "sentence",
    [
        "成立领导小组，由县水利局局长兼任办公室主任。",
        "由县水利局主要负责同志任组长。",
        "对逾期不拆的，由县城管局强制拆除。",
        "如遇争议，由县水利局裁定。",
        "县审计局开展检查，由县督查室汇总后上报。",
        "由第三方机构进行评估。",
        "请于3月20日前报县水利局。",
        "请县领导带队检查。",
        "由县水利局牵头的平台已惠及企业86家。",
    ],
)
def test_nobody_is_charged(sentence: str) -> None:
    assert prose_roles(f"修堤。{sentence}", anywhere=True).roles == NO_ROLES


@pytest.mark.parametrize(
    ("sentence", "lead"),
    [
        ("会议听取了县财政局的汇报。会议议定，由县水利局牵头修订。", ("县水利局",)),
        ("会议听取汇报。会议同意方案，由县水利局按程序报批。", ("县水利局",)),
        ("县财政局安排资金，由县水利局负责实施。", ("县水利局",)),
    ],
)
def test_what_a_meeting_decides_is_a_main_sentence(sentence: str, lead: tuple[str, ...]) -> None:
    assert prose_roles(f"研究修堤。{sentence}", anywhere=True).roles == Roles(lead)


def test_a_name_ends_where_the_sentence_goes_on() -> None:
    spoken = prose_roles("修堤。县水利局会同县财政局、县住建局对办法作修改。", anywhere=True)
    assert spoken.roles == Roles(("县水利局",), ("县财政局", "县住建局"))


@pytest.mark.parametrize(
    "words",
    ["9月底前更新100台", "12月15日前全部完成", "于1月15日下班前报县政府", "县水利局局长兼任办公室"],
)
def test_dates_and_amounts_are_no_names(words: str) -> None:
    assert not is_name(words)


@pytest.mark.parametrize("name", ["中铁4局", "市610办", "2026年省运会筹备办公室", "110指挥中心"])
def test_a_name_may_hold_figures(name: str) -> None:
    assert is_name(name)


def test_words_that_only_hold_a_must_ask_nothing() -> None:
    assert unassigned_sentences("支持首台（套）应用。县应急局要素齐全。") == []
    assert unassigned_sentences("县水利局应当修堤。")


@pytest.mark.parametrize(
    "text",
    [
        "来文：《关于修堤的报告》（县信访局，3月11日）",
        "1.修堤。\n责任单位：县水利局\n县财政局",
        "修堤。\n责任单位：县水利局\n县财政局\n2025年3月6日",
        "修堤。\n去年汛期，县财政局牵头、县水利局配合，妥善处置了3起险情。",
        "修堤。\n责任单位：县水利局\n填报单位：县财政局",
    ],
)
def test_who_wrote_or_heads_the_next_tasks_is_not_in_the_note(text: str) -> None:
    found = find_notes(text, text, 0, len(text))
    assert all(
        "县财政局" not in text[one.start : one.end] and "信访" not in text[one.start : one.end]
        for one in found
    )


@pytest.mark.parametrize(
    "text",
    [
        "修堤。（责任单位：县水利局\n县财政局\n县住建局）",
        "修堤。\n责任单位：县水利局\n县财政局\n县住建局",
        "修堤。\n责任单位：县水利局\n县财政局 县住建局\n完成时限：8月底",
    ],
)
def test_units_set_one_under_another_are_one_list(text: str) -> None:
    first, *_ = find_notes(text, text, 0, len(text))
    assert text[first.start : first.end].strip("）").endswith(("县住建局", "8月底"))


def test_a_line_with_another_label_is_no_list_of_units() -> None:
    text = "修堤。\n牵头单位：县水利局\n监管单位：县财政局/县住建局"
    (found,) = find_notes(text, text, 0, len(text))
    assert text[found.start : found.end] == "牵头单位：县水利局"
