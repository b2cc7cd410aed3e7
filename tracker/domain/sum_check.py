"""Sums that do not agree: what a check found, the words it stands in, where they lead."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

Span = tuple[int, int]
"""Characters of a text: start and end (exclusive)."""


class SumKind(StrEnum):
    """What does not agree."""

    PARTS = "parts"
    SHARE = "share"
    WHOLE = "whole"
    ABOVE = "above"
    GROWTH = "growth"
    PACE = "pace"
    TWO_PLACES = "two_places"
    FEWER = "fewer"
    PERCENT = "percent"
    NAMED = "named"
    STATS = "stats"


KIND_WORDS = {
    SumKind.PARTS: "分项与合计不符",
    SumKind.SHARE: "比率与数字不符",
    SumKind.WHOLE: "占比合计不是100%",
    SumKind.ABOVE: "部分大于总数",
    SumKind.GROWTH: "增减幅度不符",
    SumKind.PACE: "与序时进度的说法不符",
    SumKind.TWO_PLACES: "两处不一致",
    SumKind.FEWER: "累计数比上期少",
    SumKind.PERCENT: "百分比栏与文字不符",
    SumKind.NAMED: "列举与个数不符",
    SumKind.STATS: "与台账计数不符",
}


class SumSource(StrEnum):
    """Whose words a passage is."""

    CIRCULAR = "circular"
    ENTRY = "entry"
    NOTE = "note"


SOURCE_WORDS = {
    SumSource.CIRCULAR: "通报",
    SumSource.ENTRY: "核定稿",
    SumSource.NOTE: "单位原报",
}

FIELD_WORDS = {
    "text": "落实情况",
    "problems": "存在问题",
    "next_steps": "下一步打算",
    "remark": "备注",
}


@dataclass(frozen=True, slots=True)
class SumSlip:
    """Numbers of one text that do not agree.

    Attributes:
        spans: the numbers, in the text's characters.
        reckoning: the sum in words (“20＋10＋5＝35，文中为38”).
    """

    kind: SumKind
    spans: tuple[Span, ...]
    reckoning: str


@dataclass(frozen=True, slots=True)
class SumPlace:
    """Where a passage stands.

    Attributes:
        code, number: of the task; empty in a circular.
        unit: who reported it, of a unit's own words.
        field: `text`, `problems`, `next_steps` or `remark`; empty in a circular.
        paragraph: which one of the circular, from 1; 0 elsewhere.
        round_number: the round it belongs to, where that is another than the one looked at.
    """

    source: SumSource
    code: str = ""
    number: str = ""
    unit: str = ""
    field: str = ""
    paragraph: int = 0
    round_number: int = 0

    @property
    def words(self) -> str:
        """The place in the clerk's words (“第3项·县水利局原报·落实情况”)."""
        if self.source is SumSource.CIRCULAR:
            return f"通报第{self.paragraph}段" if self.paragraph else "通报"
        parts = [f"第{self.number or self.code}项"]
        if self.round_number:
            parts.append(f"第{self.round_number}期")
        whose = self.unit if self.source is SumSource.NOTE else ""
        parts.append(f"{whose}原报" if self.source is SumSource.NOTE else "核定稿")
        parts.append(FIELD_WORDS.get(self.field, ""))
        return "·".join(part for part in parts if part)

    @property
    def short(self) -> str:
        """The place where its source is said already (“第3项·县水利局”, “第3项·存在问题”)."""
        if self.source is SumSource.CIRCULAR:
            return f"第{self.paragraph}段" if self.paragraph else "通报"
        before = f"第{self.round_number}期" if self.round_number else ""
        field = "" if self.field == "text" else FIELD_WORDS.get(self.field, "")
        parts = [f"第{self.number or self.code}项", before, self.unit, field]
        return "·".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text to check.

    Attributes:
        units: whose task it is.
        percent: what the row's own column says, where it says anything.
        before: what the same place said in the round before; empty where there is nothing.
        before_round: the number of that round.
        same_year: that round was of the same year.
    """

    place: SumPlace
    text: str
    units: frozenset[str] = frozenset()
    percent: float | None = None
    before: str = ""
    before_round: int = 0
    same_year: bool = True


@dataclass(frozen=True, slots=True)
class SumPassage:
    """A piece of text to the letter, with the numbers in question.

    Attributes:
        spans: the numbers, in the characters of `text`.
    """

    place: SumPlace
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class SumFinding:
    """One hint for the clerk; it changes nothing and may be waved off.

    Attributes:
        passages: the words in question, the first one leading.
        reckoning: the sum in words.
        waved: the clerk looked at it and found it right.
    """

    kind: SumKind
    passages: tuple[SumPassage, ...]
    reckoning: str
    waved: bool = False

    @property
    def source(self) -> SumSource:
        """Under which heading it is listed."""
        return self.passages[0].place.source

    @property
    def code(self) -> str:
        """The task that a click leads to; empty where there is none."""
        return next((p.place.code for p in self.passages if p.place.code), "")

    @property
    def key(self) -> str:
        """What it is known by: another as soon as a word of its passages changes."""
        said = [self.kind.value, self.reckoning]
        for passage in self.passages:
            place = passage.place
            said += [place.source.value, place.code, place.unit, place.field, passage.text]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:32]
