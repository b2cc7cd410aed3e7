"""Invented documents for the screen that reviews drafts."""

from __future__ import annotations

TITLE = "白石县人民政府办公室关于印发白石县稳投资促消费任务分工的通知"
HEAD = f"""{TITLE}
白政办〔2026〕7号
各乡镇人民政府，县直各部门：
为做好当前工作，现将任务分工如下。
一、扩大有效投资
"""
FIRST = (
    "1. 加快管网改造。新建供水管网12公里，6月底前完成主管铺设。"
    "（责任领导：周明远；牵头单位：县水利局；配合单位：供电公司、县财政局）"
)
SECOND = (
    "2. 整修农村公路。整修公路30公里，打通断头路4条。（县交通运输局牵头，县公安局、商务局配合）"
)
THIRD = (
    "3. 稳定企业用工。①对不裁员企业返还失业保险费；②组织招聘会不少于12场。"
    "（责任单位：县人社局、县融媒体中心）"
)
DAMAGED = "4. 推进重点项目。20265月底前新开工9个项目。（责任单位：县发改局）"
PROSE = (
    "5. 强化要素保障。每月25日前更新用地清单，县税务局要主动上门服务。"
    "（牵头单位：县自然资源局；责任单位：县林业局）"
)
FOOT = "白石县人民政府办公室\n2026年3月1日\n"
MEASURES = (FIRST, SECOND, THIRD, DAMAGED, PROSE)


def document(*measures: str) -> str:
    """Return a document of these measures; without any, of the usual five."""
    return HEAD + "\n".join(measures or MEASURES) + "\n" + FOOT


WITHOUT_DATE = "\n".join(
    [
        "白石县夏季攻坚任务清单",
        "一、重点工作",
        "1. 清理河道。清理河道8公里，9月底前完成。（责任单位：县水利局）",
        "2. 检修泵站。检修泵站5座。（责任单位：县水务集团）",
    ]
)
NEAR = "\n".join(
    [
        "白石县市容整治方案",
        "一、重点任务",
        "1. 规范市容秩序。整治占道经营。（责任单位：县城管局、县公安局）",
        "2. 整治违建。摸清底数。（责任单位：县城管局、县住建局）",
        "3. 清理广告。拆除破损广告。（责任单位：县域管局）",
    ]
)
NEWS = (
    "白石县组织开展防汛演练\n"
    "本报讯 3月1日，白石县组织开展防汛演练，各部门积极参与。记者看到，现场秩序井然。"
    "县领导观摩了演练。\n"
)
ROSTER = (
    "成立白石县防汛工作专班。组长：周明远（县委常委、副县长），副组长：赵立新（县水利局局长），"
    "成员：李大川（县应急局局长）。"
)


def long_document(count: int) -> str:
    """Return a document of many measures; every tenth has a doubt."""
    lines = []
    for number in range(1, count + 1):
        due = "20265月底前" if number % 10 == 0 else f"{number % 9 + 3}月底前"
        lines.append(
            f"{number}. 办好第{number}件实事。改造第{number}批设施{number}处，{due}完成验收并移交，"
            f"抓好后续管护。（牵头单位：县水利局；配合单位：县财政局、县住建局）"
        )
    return HEAD + "\n".join(lines) + "\n" + FOOT
