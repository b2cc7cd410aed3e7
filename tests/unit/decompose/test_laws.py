"""Laws that hold for any text: no crash, quotes that hold the words, nothing invented."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.decompose.pipeline import decompose
from tracker.files.reader import read_pasted

_PIECES = st.sampled_from(
    [
        *("一、", "（一）", "1.", "2．", "3、", "第四条", "①", "②", "（1）", "\n", "\n\n"),
        *("　　", "\t"),
        *("|", "（责任单位：县水利局、县财政局）", "责任单位：县水利局", "（牵头单位：县住建局；"),
        *("【", "）", "（", "〔", "牵头", "配合", "负责", "由县发改局牵头，"),
        "县教育局会同县财政局",
        *("6月底前", "20265月底", "每月25日前", "修好北门桥。", "建成学校三所", "，", "。", "；"),
        *("县委副书记、县长王明", "组长：", "成员：李四 县财政局局长\n", "序号\t任务\t责任单位\n"),
        *("1\t修桥\t县交通运输局\n", "附件", "以上任务", "同上", "下同", "印发后30个工作日内"),
    ]
)
TEXTS = st.lists(_PIECES, min_size=1, max_size=40).map("".join)


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(TEXTS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_read_and_quotes_hold_the_words(text: str) -> None:
    if not text.strip():
        return
    source = read_pasted(text)
    document = decompose(source)
    for draft in document.drafts:
        quoted = iter(squeezed(source.flow.text[draft.quote.start : draft.quote.end]))
        assert all(sign in quoted for sign in squeezed(draft.text)), draft
        for name in draft.all_roles().names():
            assert squeezed(name).strip("*") in squeezed(text) or "、" in name


@given(TEXTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_passages_hold_what_they_are_for(text: str) -> None:
    if not text.strip():
        return
    source = read_pasted(text)
    for draft in decompose(source).drafts:
        for passage in draft.passages:
            quoted = source.flow.text[passage.quote.start : passage.quote.end]
            if passage.field not in ("text", "note", "number"):
                assert squeezed(quoted) == squeezed(passage.value)


@given(TEXTS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_document_is_read_the_same_twice(text: str) -> None:
    if text.strip():
        assert decompose(read_pasted(text)) == decompose(read_pasted(text))


@pytest.mark.parametrize("seed", range(3))
def test_a_cut_and_shuffled_plan_does_not_break_the_reader(seed: int) -> None:
    rng = random.Random(seed)
    plan = "".join(
        f"{n}. 推进第{n}件事，{n % 12 + 1}月底前完成。（牵头单位：县发改局；责任单位：县财政局）\n"
        for n in range(1, 40)
    )
    for _ in range(15):
        letters = list(plan)
        for _ in range(rng.randrange(1, 60)):
            at = rng.randrange(len(letters))
            if rng.random() < 0.5:
                del letters[at : at + rng.randrange(1, 20)]
            else:
                letters.insert(at, rng.choice("（）【】()、。：；1一\n\t|①"))
        text = "".join(letters)
        if text.strip():
            decompose(read_pasted(text))
