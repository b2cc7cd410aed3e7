"""Tasks of a list under headings: by what they stand together, and what each group is called."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class GroupKey(StrEnum):
    """By what a list is grouped."""

    NONE = ""
    DOCUMENT = "document"
    SECTION = "section"
    UNIT = "unit"
    LEADER = "leader"
    STATE = "state"
    LIGHT = "light"


GROUP_KEY_WORDS = {
    GroupKey.NONE: "不分组",
    GroupKey.DOCUMENT: "按来源文件",
    GroupKey.SECTION: "按类别",
    GroupKey.UNIT: "按牵头单位",
    GroupKey.LEADER: "按责任领导",
    GroupKey.STATE: "按状态",
    GroupKey.LIGHT: "按亮灯",
}

ORDERED = frozenset({GroupKey.UNIT, GroupKey.STATE, GroupKey.LIGHT})
"""Keys whose groups have an order of their own, whatever the order of the list."""

NOT_NAMED = {
    GroupKey.DOCUMENT: "（没有来源文件）",
    GroupKey.SECTION: "（未分类别）",
    GroupKey.UNIT: "（没有单位）",
    GroupKey.LEADER: "（没有责任领导）",
}
"""What the group of the rest is called; it stands last."""


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """One group of a list.

    Attributes:
        label: what it is called.
        ids: its tasks in the order of the list; a task stands in one group only.
    """

    label: str
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """What a task is grouped by, as stored.

    Attributes:
        document: title of its source, else the name of its file.
        unit: official name of its first lead, else of its first responsible unit.
        unit_place: that unit's place in the official order.
        leader: the first of its persons.
    """

    id: int
    document: str = ""
    section: str = ""
    unit: str = ""
    unit_place: int = 0
    leader: str = ""
