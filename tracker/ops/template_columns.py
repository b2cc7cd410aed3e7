"""What goes into the columns of a kept template: looked at, and said by the office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.files.sheet import column_letters
from tracker.ops.outcome import Outcome
from tracker.ops.templates import MARK, find_template

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.ops.office import Office

_KEPT = "template:"


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """One column of a template.

    Attributes:
        letter: as Excel calls it.
        heading: as printed.
        field: what is filled in (`domain.layout.COLUMN_WORDS`); empty for nothing.
        by_round: it belongs to a month or round, and is filled in that one.
    """

    letter: str
    heading: str
    field: str
    by_round: bool


@dataclass(frozen=True, slots=True)
class TemplateUse:
    """What a template is filled with.

    Attributes:
        warnings: what the clerk should know about it.
    """

    sheet: str
    columns: tuple[ColumnUse, ...]
    warnings: tuple[str, ...]


def template_use(office: Office, name: str) -> TemplateUse:
    """Return what goes into the columns of a kept template.

    Raises:
        UserError: there is none of that name.
    """
    found = find_template(office, f"{MARK}{name}")
    columns = tuple(
        ColumnUse(column_letters(c.index), c.heading, c.field, c.index in found.rounds)
        for c in found.columns
    )
    return TemplateUse(found.sheet, columns, found.warnings)


def fill_column(
    office: Office, name: str, letter: str, field: str, *, who: str, now: datetime
) -> Outcome[str]:
    """Let a column of a kept template be filled with something else; empty keeps it empty.

    Raises:
        UserError: there is no such template, column or field, or nothing would be filled any more.
    """
    from tracker.reports.template_read import template_of

    with office.read() as view:
        value = view.setting(_KEPT + name)
        content = view.blob(value["blob"]) if value is not None else None
    if value is None or content is None:
        raise UserError(f"没有“{name}”这个模板", "", "请先存入模板")
    fields = {**value["fields"], letter: field or None}
    template_of(content, value["file"], sheet=value["sheet"], fields=fields)
    with office.change(f"改模板“{name}”的{letter}栏", who, now) as work:
        kept = work.find_setting(_KEPT + name)
        if kept is not None:
            kept.value = {**value, "fields": fields}
    return Outcome(letter, work.changes, f"已改模板“{name}”的{letter}栏")
