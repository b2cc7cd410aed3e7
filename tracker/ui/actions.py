"""The actions of the window: one table of names, keys and what they call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QMenu, QWidget


@dataclass(frozen=True, slots=True)
class ActionWords:
    """An action: its name in the menu, its key, the method it calls, where it is of use.

    Attributes:
        needs: `nothing`, `office` (a file is open), `ledger` (a ledger is in sight),
            `round`, `task` (a task is in hand), `open` or `closed` (it is not closed, or is),
            `standing` or `approved` (the round in sight is not closed, or is).
    """

    menu: str
    name: str
    key: str
    method: str
    needs: str = "ledger"


ACTIONS = (
    ActionWords("文件", "新建台账…", "Ctrl+Shift+N", "new_office", "nothing"),
    ActionWords("文件", "打开台账…", "Ctrl+O", "choose_office", "nothing"),
    ActionWords("文件", "示例", "", "open_sample", "nothing"),
    ActionWords("文件", "新建专项…", "", "new_ledger", "office"),
    ActionWords("文件", "结转到新年度…", "", "carry_over"),
    ActionWords("文件", "导入文件分解…", "Ctrl+Shift+I", "decompose_file", "nothing"),
    ActionWords("文件", "粘贴文件分解", "Ctrl+Alt+V", "paste_document", "nothing"),
    ActionWords("文件", "接着核对暂存的文件…", "", "resume_review", "office"),
    ActionWords("文件", "导入表格…", "Ctrl+I", "import_table", "nothing"),
    ActionWords("文件", "粘贴表格", "Ctrl+Shift+V", "paste_table", "nothing"),
    ActionWords("文件", "记住的表头…", "", "show_table_memory", "office"),
    ActionWords("文件", "备份", "", "backup", "office"),
    ActionWords("文件", "设置…", "Ctrl+,", "open_settings", "nothing"),
    ActionWords("文件", "退出", "Ctrl+Q", "leave", "nothing"),
    ActionWords("编辑", "撤销", "Ctrl+Z", "undo", "office"),
    ActionWords("编辑", "重做", "Ctrl+Y", "redo", "office"),
    ActionWords("编辑", "查找", "Ctrl+F", "find", "ledger"),
    ActionWords("编辑", "查找和替换…", "Ctrl+H", "replace_words", "standing"),
    ActionWords("任务", "新增事项…", "Ctrl+N", "new_task", "ledger"),
    ActionWords("任务", "修改任务…", "F2", "edit_task", "task"),
    ActionWords("任务", "延期…", "", "extend_task", "open"),
    ActionWords("任务", "分解到月…", "Ctrl+M", "plan_milestones", "task"),
    ActionWords("任务", "拆分…", "", "split_task", "task"),
    ActionWords("任务", "合并…", "", "merge_tasks", "task"),
    ActionWords("任务", "撤回…", "", "withdraw_task", "task"),
    ActionWords("任务", "销号…", "Ctrl+D", "close_task", "open"),
    ActionWords("任务", "恢复办理…", "", "reopen_task", "closed"),
    ActionWords("任务", "回访…", "", "revisit_task", "closed"),
    ActionWords("任务", "开督办单…", "", "new_slip", "ledger"),
    ActionWords("任务", "添加佐证材料…", "", "attach_evidence", "task"),
    ActionWords("轮次", "新开一期…", "", "new_round", "ledger"),
    ActionWords("轮次", "发反馈表…", "Ctrl+Shift+F", "send_forms", "ledger"),
    ActionWords("轮次", "收反馈表…", "Ctrl+R", "collect_returns", "ledger"),
    ActionWords("轮次", "定稿…", "", "close_round", "standing"),
    ActionWords("轮次", "重新打开…", "", "reopen_round", "approved"),
    ActionWords("单位", "单位与领导…", "Ctrl+U", "show_units", "office"),
    ActionWords("单位", "机构改革…", "", "reform_units", "office"),
    ActionWords("报表", "导出落实情况表…", "Ctrl+E", "export_table"),
    ActionWords("报表", "打印预览…", "Ctrl+P", "preview_table"),
    ActionWords("报表", "版式…", "Ctrl+L", "edit_layouts", "office"),
    ActionWords("报表", "导出责任分解表…", "Ctrl+Shift+E", "export_breakdown"),
    ActionWords("报表", "责任分解通知…", "", "export_notice"),
    ActionWords("报表", "生成通报…", "", "export_circular"),
    ActionWords("报表", "通报用语…", "", "edit_wording", "office"),
    ActionWords("报表", "核对数字…", "Ctrl+Shift+K", "check_sums", "ledger"),
    ActionWords("报表", "清单…", "Ctrl+Shift+L", "export_lists"),
    ActionWords("报表", "单位摘录…", "", "export_extracts"),
    ActionWords("报表", "会议材料包…", "Ctrl+Shift+M", "export_pack"),
    ActionWords("报表", "年度总表…", "", "year_papers", "ledger"),
    ActionWords("报表", "归档…", "", "make_archive", "ledger"),
    ActionWords("报表", "核对归档…", "", "check_archive", "nothing"),
    ActionWords("视图", "今日", "Ctrl+1", "show_today", "office"),
    ActionWords("视图", "台账", "Ctrl+2", "show_ledger", "office"),
    ActionWords("视图", "时限图", "Ctrl+3", "show_gantt", "office"),
    ActionWords("视图", "统计", "Ctrl+4", "show_charts", "office"),
    ActionWords("视图", "反馈回收", "Ctrl+5", "show_board", "office"),
    ActionWords("视图", "督办单", "Ctrl+6", "show_slips", "office"),
    ActionWords("视图", "单项批示", "Ctrl+7", "show_instructions", "office"),
    ActionWords("视图", "小字", "", "small_text", "nothing"),
    ActionWords("视图", "中字", "", "medium_text", "nothing"),
    ActionWords("视图", "大字", "", "large_text", "nothing"),
    ActionWords("帮助", "使用手册", "F1", "show_manual", "nothing"),
    ActionWords("帮助", "关于", "", "show_about", "nothing"),
)

PARTED = frozenset(
    {
        *("new_ledger", "decompose_file", "import_table", "backup", "leave"),
        *("find", "extend_task", "split_task", "close_task", "new_slip"),
        *("send_forms", "close_round", "export_notice", "check_sums", "export_lists"),
        *("year_papers", "small_text"),
    }
)
"""Before each of these its menu has a line."""


def build_actions(
    window: QWidget, commands: QObject, menus: dict[str, QMenu]
) -> dict[str, QAction]:
    """Return the actions by method name of `commands`, each in its menu."""
    actions = {}
    for words in ACTIONS:
        action = QAction(words.name, window)
        if words.key:
            action.setShortcut(QKeySequence(words.key))
        method = getattr(commands, words.method)
        action.triggered.connect(lambda _checked=False, call=method: call())
        action.setProperty("needs", words.needs)
        if words.method in PARTED:
            menus[words.menu].addSeparator()
        menus[words.menu].addAction(action)
        actions[words.method] = action
    return actions


MENUS = ("文件", "编辑", "视图", "任务", "轮次", "单位", "报表", "帮助")
