"""An invented plan in two versions, taken apart, for tests of what becomes of its drafts."""

from __future__ import annotations

from tracker.ops.decompose import decompose_source
from tracker.ops.import_table import read_text

TITLE = "清源县冬春季水利建设实施方案"
PLAN = """清源县人民政府关于印发《清源县冬春季水利建设实施方案》的通知
清政〔2026〕12号
各乡镇人民政府，县直各有关单位：
　　现将《清源县冬春季水利建设实施方案》印发给你们，请认真组织实施。
清源县人民政府
2026年2月10日
清源县冬春季水利建设实施方案
一、重点工程
1.加固北湖水库大坝。完成坝体灌浆1200米，6月底前完工。（牵头单位：县水利局；责任单位：县财政局、北湖镇人民政府）
2.疏浚东干渠。①清淤18公里；②新建节制闸3座。（责任单位：县水利局、农业农村局）
二、保障措施
3.落实建设资金。统筹涉农资金2亿元。（牵头单位：县财政局；责任单位：县发改局）
4.加强质量监管，每月25日前通报进展。（责任单位：县市场监管局；责任人：周明）
"""
CORRECTED = (
    PLAN.replace("灌浆1200米", "灌浆1500米")
    .replace("县财政局；责任单位：县发改局", "县发改局；责任单位：县财政局")
    .replace("2.疏浚东干渠。①清淤18公里；②新建节制闸3座。（责任单位：县水利局、农业农村局）\n", "")
    + "5.开展汛前演练，5月15日前完成。（责任单位：县应急局）\n"
)


def decomposed(text=PLAN, **settings):
    """Return the document that `text` is, taken apart."""
    return decompose_source(read_text(text), **settings)
