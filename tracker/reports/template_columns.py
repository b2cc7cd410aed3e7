"""What goes into which column of a template: as its headings say, or as the office says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.content import EXTRA, ContentRow
from tracker.domain.mapping import SINGLE
from tracker.files.sheet import column_letters
from tracker.tables.headings import classify
from tracker.text.dates import find_dates
from tracker.text.numerals import chinese_number, to_half_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tracker.domain.mapping import TableShape
    from tracker.reports.template_value import RoundWords, Template, TemplateColumn

ROUNDS = "rounds"
_FIELDS = {
    "number": "number",
    "section": "section",
    "task": "task",
    "cooperating": "cooperating",
    "guiding": "guiding",
    "persons": "persons",
    "deadline": "deadline",
    "progress": "progress",
    "previous": "before",
    "percent": "percent",
    "problems": "problems",
    "next_steps": "next_steps",
    "note": "remark",
}
"""What a column of a read table gives, and the field of `ContentRow` that prints it."""
_KNOWN = frozenset(ContentRow.__dataclass_fields__) - {"new", "extra"}
_UNITS = ("lead", "responsible")
_MAIN = ((frozenset({"task"}), "任务"), (frozenset({"units", *_UNITS}), "责任单位"))


def check_one_table(table: TableShape, sheet: str) -> None:
    """Refuse tables side by side.

    Raises:
        UserError: two columns give what only one can give.
    """
    counted = Counter(name for name in table.mapping.fields if name in SINGLE)
    if any(count > 1 for count in counted.values()):
        raise UserError(
            f"模板的工作表“{sheet}”里左右并排着两个表",
            "填入的任务只能有一列一列往下排",
            "请只留一个表，另存后再作模板",
        )


def heading_of(table: TableShape, index: int) -> str:
    """Return the printed heading of a column."""
    return table.printed[index - 1] if index <= len(table.printed) else ""


def column_fields(
    table: TableShape, width: int, given: Mapping[str, str | None]
) -> tuple[dict[int, str], frozenset[int]]:
    """Return the field of each column that has one, and the columns of single months or rounds.

    Args:
        table: the table as it was read.
        width: how many columns it has.
        given: what the office says, by the letter of a column.

    Raises:
        UserError: the office names a column or a field that there is not.
    """
    said = dict(enumerate(table.mapping.fields[:width], 1))
    both = all(name in said.values() for name in _UNITS)
    named: dict[int, str] = {}
    for index, name in said.items():
        field = _field(name, heading_of(table, index), both)
        if name == "task":  # of several the last holds the tasks themselves
            named = {at: other for at, other in named.items() if other != "task"}
        if field and field not in named.values():
            named[index] = field
    chosen = _as_given(named, width, given)
    rounds = {index for index, name in said.items() if name == ROUNDS and index not in chosen}
    return chosen, frozenset(rounds)


def _field(name: str, heading: str, both: bool) -> str:
    if name in _UNITS:
        return name if both else "units"
    if name == "status":
        return "light" if "灯" in heading else "state"
    meant = classify(heading) if name == "extra" else None
    if meant is not None and meant.field == "source":
        return f"{EXTRA}source"
    return _FIELDS.get(name, "")


def _as_given(named: dict[int, str], width: int, given: Mapping[str, str | None]) -> dict[int, str]:
    letters = {column_letters(index): index for index in range(1, width + 1)}
    for letter, field in given.items():
        if letter not in letters or not _is_known(field):
            raise UserError(
                f"模板没有“{letter}”栏" if letter not in letters else f"没有“{field}”这种内容",
                f"模板的栏是 {'、'.join(letters)}",
                "请核对各栏的对应",
            )
        named = {at: other for at, other in named.items() if at != letters[letter]}
        if field:
            named = {at: other for at, other in named.items() if other != field}
            named[letters[letter]] = field
    if not named:
        raise UserError("模板的各栏都没有对应的内容", "", "请至少指定一栏")
    return named


def _is_known(field: str | None) -> bool:
    return field is None or field in _KNOWN or field.startswith(EXTRA)


def column_warnings(
    columns: Iterable[TemplateColumn], given: Iterable[str], rounds: frozenset[int]
) -> list[str]:
    """Say which columns stay empty and what has no column."""
    columns = tuple(columns)
    told = set(given)
    empty = [
        f"“{each.heading}”"
        for each in columns
        if not each.field
        and each.heading
        and each.index not in rounds
        and column_letters(each.index) not in told
    ]
    warnings = [f"模板的{'、'.join(empty)}栏没有对应的内容，留空"] if empty else []
    held = {each.field for each in columns}
    lacking = [word for fields, word in _MAIN if not fields & held]
    if "progress" not in held and not rounds:
        lacking.append("落实情况")
    if lacking:
        warnings.append(f"模板里没有{'、'.join(lacking)}一栏，这项内容没有填入")
    return warnings


def for_round(template: Template, words: RoundWords) -> tuple[Template, tuple[str, ...]]:
    """Put the progress into the column of this month or round, where each has its own.

    Returns:
        The template and what the clerk should know.
    """
    rounds = [each for each in template.columns if each.index in template.rounds]
    if not rounds or any(each.field == "progress" for each in template.columns):
        return template, ()
    listed = "、".join(f"“{each.heading}”" for each in rounds)
    own = [each for each in rounds if _is_of(each.heading, words)]
    if len(own) != 1:
        told = f"模板每月或每期各有一栏（{listed}），没有一栏是本期，落实情况没有填入"
        return template, (told,)
    (chosen,) = own
    columns = tuple(
        replace(each, field="progress") if each is chosen else each for each in template.columns
    )
    told = f"落实情况填入了“{chosen.heading}”一栏，其他各期的栏留空"
    return replace(template, columns=columns), (told,)


def _is_of(heading: str, words: RoundWords) -> bool:
    """Tell whether a heading names the month, quarter, half or number of the round."""
    text = to_half_width(heading)
    if words.number is not None:
        number = str(words.number)
        for mark in ("期", "轮"):
            before, found, _ = text.partition(mark)
            named = before.rpartition("第")[2]
            if found and (named == number or chinese_number(named) == words.number):
                return True
    day = words.cut_off
    if day is None:
        return False
    return any(
        phrase.year in (None, day.year)
        and (
            phrase.month == day.month
            or (phrase.month is None and phrase.quarter == (day.month - 1) // 3 + 1)
            or (phrase.month is None and phrase.half == (day.month - 1) // 6 + 1)
        )
        for phrase in find_dates(text, cell=True)
    )
