"""Twenty leaders' instructions entered by a new user, counted in clicks and keys."""

# ruff: noqa: F401, F811 - fixtures are imported
from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from tests.conftest import NOW
from tests.screens.hands import Counts
from tests.screens.workflow import click_tab, hands, window
from tracker.ops.history import undo_step
from tracker.ops.instructions import list_instructions
from tracker.ui.dialogs.form import FormDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

ENTER, PASTE = Qt.Key.Key_Return, Qt.Key.Key_V
TODAY = NOW.date()
PILE = (
    (
        "韩立新",
        "2月26日",
        "请水利局抓紧核实柳河桥头淤积，拿出清淤办法，报结果。",
        "县水利局",
        "月底前",
    ),
    ("韩立新", "2月26日", "北街早市占道已久，请尽快理顺摊位。", "县城管局", "10日内"),
    ("韩立新", "2月26日", "东门小学门口拥堵，接送时段要有人管。", "县公安局", "下周五"),
    ("韩立新", "2月26日", "请核实信中所说的工资拖欠，属实的限期清欠。", "县人社局", "5个工作日"),
    ("韩立新", "2月26日", "枣园村饮水发浑，请查明原因并送水到户。", "县水利局", "3日内"),
    ("韩立新", "2月26日", "老汽车站改造方案要听取周边居民意见。", "县住建局", "3月底前"),
    ("韩立新", "2月26日", "请把养老食堂的补贴缺口摸清，提出意见。", "县民政局", "20日前"),
    ("韩立新", "2月27日", "开春后烧荒较多，请提前部署巡查。", "县应急局", "周五前"),
    ("石广平", "2月27日", "同意。请抓好会前各项准备。", "县政府办", "3月10日"),
    ("石广平", "2月27日", "这条断头路群众反映多年，今年务必打通。", "县住建局", "年底前"),
    ("石广平", "2月27日", "请研究化肥储备库搬迁的去处。", "县供销社", "一个月内"),
    ("石广平", "2月27日", "红杏沟滑坡点要立即设警戒、撤人。", "县自然资源局", "明天"),
    ("石广平", "2月27日", "校车线路调整要兼顾三个山村。", "县教育局", "开学前"),
    ("石广平", "2月28日", "请把乡镇卫生院缺的设备列出清单。", "县卫健局", "两周内"),
    ("石广平", "2月28日", "文物库房漏雨，先修后验。", "县文旅局", "月底前"),
    ("罗运来", "2月28日", "请会商解决冷链车进城通行证。", "县公安局", "本周内"),
    ("罗运来", "3月1日", "果农贷款展期的事要有个说法。", "县财政局", "15号前"),
    ("罗运来", "3月1日", "招商引资企业反映用电接入慢，请协调。", "县发改局", "10个工作日"),
    ("罗运来", "3月1日", "请摸排全县闲置校舍，分类提出用途。", "县教育局", "季度末"),
    ("罗运来", "3月1日", "青石桥限高架被撞，三天内修好并查清责任。", "县交通局", "三天内"),
)
"""Twenty instructions as they lie in the folder: leader by leader, day by day."""
INITIALS = {"县水利局": "slj", "县住建局": "zjj", "县教育局": "jyj", "县公安局": "gaj"}
"""Units that come again; from the second time on their initials are enough."""


@pytest.fixture
def view(hands, window, messages, tmp_path):
    """A fresh office, the instructions in sight."""
    messages.answers = [str(tmp_path / "台账"), "重点任务"]
    hands.click(window.start.findChild(object, "new_office"))
    click_tab(hands, window, "单项批示")
    return window.view("单项批示")


def shown_dialog():
    shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, FormDialog)]
    return next(dialog for dialog in shown if dialog.isVisible())


def enter(hands, leader, day, words, unit, deadline, known, before):
    """Enter one instruction as a clerk does who looks at the form."""
    if leader != before[0]:  # the cursor stands in the words; two fields back
        hands.press(Qt.Key.Key_Backtab)
        hands.press(Qt.Key.Key_Backtab)
        hands.type(leader)
        hands.press(ENTER)
        if day != before[1]:
            hands.type(day)
        hands.press(ENTER)
    elif day != before[1]:
        hands.press(Qt.Key.Key_Backtab)
        hands.type(day)
        hands.press(ENTER)
    hands.type(words)
    hands.press(ENTER)
    hands.type(INITIALS.get(unit, unit) if unit in known else unit)
    if unit in known:
        hands.press(ENTER)  # takes what is offered
    hands.press(ENTER)
    hands.type(deadline)
    hands.press(ENTER)


def test_twenty_instructions_take_six_minutes_of_typing(hands, view):
    hands.click(view._empty.buttons[0])
    begun, known, before = hands.counts, set(), ("", "3月2日")
    dialog = shown_dialog()
    leader, day, *_rest = PILE[0]
    hands.type(leader)
    hands.press(ENTER)
    hands.type(day)
    hands.press(ENTER)
    before = (leader, day)
    for leader, day, words, unit, deadline in PILE:
        enter(hands, leader, day, words, unit, deadline, known, before)
        assert dialog.text_of("instruction") == "", [dialog.text_of(k) for k in dialog.fields]
        known.add(unit)
        before = (leader, day)
    rows = sorted(list_instructions(view._kit.hub.office, TODAY), key=lambda row: row.line.id)
    assert [(r.instruction.leader, r.line.text, r.line.lead[0]) for r in rows] == [
        (leader, words, unit) for leader, _day, words, unit, _deadline in PILE
    ]
    assert rows[0].instruction.on == date(2026, 2, 26)
    assert [row.line.deadline.text for row in rows] == [line[4] for line in PILE]
    spent = hands.counts - begun
    assert spent.clicks == 0
    assert spent.keys <= 4.5 * len(PILE)
    assert spent.minutes <= 6


@pytest.mark.parametrize("form", ["table", "list"])
def test_twenty_instructions_from_word_take_five_clicks_and_keys(hands, view, form):
    lines = {
        "table": ["\t".join(["领导", "日期", "批示内容", "责任单位", "时限"])]
        + ["\t".join(line) for line in PILE],
        "list": [
            f"{number}. {leader}{day}批示：{words}"
            for number, (leader, day, words, *_rest) in enumerate(PILE, 1)
        ],
    }[form]
    QGuiApplication.clipboard().setText("\n".join(lines))
    begun = hands.counts
    hands.click(view._empty.buttons[1])
    assert shown_dialog().model.rowCount() == len(PILE)
    hands.control(ENTER)
    rows = sorted(list_instructions(view._kit.hub.office, TODAY), key=lambda row: row.line.id)
    assert [(row.instruction.leader, row.line.text) for row in rows] == [
        (leader, words) for leader, _day, words, *_rest in PILE
    ]
    if form == "table":
        assert [row.line.lead[0] for row in rows] == [line[3] for line in PILE]
    spent = hands.counts - begun
    assert (spent.clicks, spent.keys, spent.characters) == (1, 1, 0)
    undo_step(view._kit.hub.office, who="张三", now=NOW)
    assert list_instructions(view._kit.hub.office, TODAY) == ()


def test_time_is_estimated_from_what_hands_did():
    assert Counts(clicks=10, keys=20, characters=40, questions=2).minutes == pytest.approx(40 / 60)
