"""The glossary: the trade's Chinese words and the English names the code uses for them.

ledger 专项 · document 文件 · task 任务 · part 分项①② · unit 单位 · lead 牵头 · cooperating 配合 ·
responsible 责任 · guiding 指导 · person 责任人 · deadline 时限 · round 轮次（期） ·
note 单位所报（原报） · entry 核定稿 · edition 定稿 · situation table 落实情况表 ·
breakdown 责任分解表 · circular 通报 · form 反馈表 · slip 督办单 · light 亮灯 · closing 销号 ·
withdrawn 撤回 · milestone 节点（分解到月） · origin 来源（文件中的位置） · stamp 导出标记
"""

from enum import StrEnum


class Role(StrEnum):
    """What a unit has to do with a task."""

    LEAD = "lead"
    COOPERATING = "cooperating"
    RESPONSIBLE = "responsible"
    GUIDING = "guiding"


ROLE_WORDS = {
    Role.LEAD: "牵头单位",
    Role.COOPERATING: "配合单位",
    Role.RESPONSIBLE: "责任单位",
    Role.GUIDING: "指导单位",
}


class Completion(StrEnum):
    """How far a task is; the first of the two axes of a state."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    CLOSED = "closed"
    EXCLUDED = "excluded"


OPEN = frozenset({Completion.NOT_STARTED, Completion.IN_PROGRESS})
"""States of tasks that are still worked on."""

COMPLETION_WORDS = {
    Completion.NOT_STARTED: "未启动",
    Completion.IN_PROGRESS: "推进中",
    Completion.DONE: "已完成",
    Completion.CLOSED: "已销号",
    Completion.EXCLUDED: "调整/取消",
}


class Pace(StrEnum):
    """How a task stands against the calendar; the second axis of a state."""

    AHEAD = "ahead"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    BLOCKED = "blocked"


PACE_WORDS = {
    Pace.AHEAD: "超序时",
    Pace.ON_TRACK: "达序时",
    Pace.BEHIND: "滞后",
    Pace.BLOCKED: "受阻",
}


class Recurrence(StrEnum):
    """A deadline that comes again, or never ends."""

    WEEKLY = "weekly"
    HALF_MONTHLY = "half_monthly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    CONTINUOUS = "continuous"


class LedgerState(StrEnum):
    """Whether a ledger (专项) is worked on or kept."""

    RUNNING = "running"
    ARCHIVED = "archived"


LEDGER_STATE_WORDS = {LedgerState.RUNNING: "在办", LedgerState.ARCHIVED: "已归档"}


class RoundState(StrEnum):
    """Where a round stands."""

    OPEN = "open"
    COLLECTING = "collecting"
    CLOSED = "closed"


ROUND_STATE_WORDS = {
    RoundState.OPEN: "进行中",
    RoundState.COLLECTING: "收集中",
    RoundState.CLOSED: "已定稿",
}

CONTINUED = "（续）"
"""Marks a printed row that goes on from the one above because it did not fit the page."""

FIELD_WORDS = {
    "number": "序号",
    "section": "分类",
    "task": "任务",
    "lead": "牵头单位",
    "cooperating": "配合单位",
    "responsible": "责任单位",
    "guiding": "指导单位",
    "persons": "责任人",
    "deadline": "时限",
    "progress": "落实情况",
    "state": "状态",
    "percent": "完成率",
    "problems": "存在问题",
    "next_steps": "下步打算",
    "note": "备注",
}
"""Names of the cells a proposal speaks of; other names are a table's own headings."""
