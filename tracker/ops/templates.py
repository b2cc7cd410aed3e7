"""The office's own workbooks as templates: kept in its file, and filled with a round.

The workbook lies in a blob, the setting only says where: the trace stays small, and undo brings a
removed template back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.base.atomic import ensure_writable, replace_file
from tracker.base.errors import UserError
from tracker.ops.edition_values import closed_on, edition_content, ledger_from
from tracker.ops.outcome import Outcome
from tracker.ops.table_files import Exported, check_ending, export_table
from tracker.store.models import Setting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.domain.content import Content
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.ops.office import Office
    from tracker.reports.looks import Layout
    from tracker.reports.template_value import RoundWords, Template

MARK = "模板:"
"""What a name of a kept template begins with where a layout is asked for."""
_MARKS = (MARK, "模板：")
_ENDINGS = (".xlsx", ".xlsm", ".xls", ".et", ".xltx")
_KEPT = "template:"
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class KeptTemplate:
    """A template that the office keeps.

    Attributes:
        name: the office's name for it.
        file: the file's name it came from.
        kept_at: when.
    """

    name: str
    file: str
    kept_at: datetime

    @property
    def layout(self) -> str:
        """Return its name where a layout is asked for."""
        return f"{MARK}{self.name}"


def is_template(name: str) -> bool:
    """Tell whether the name of a layout is that of a template, kept or a file."""
    return name.startswith(_MARKS) or name.lower().endswith(_ENDINGS)


def add_template(
    office: Office,
    path: Path,
    name: str = "",
    *,
    who: str,
    now: datetime,
    sheet: str | None = None,
    fields: Mapping[str, str | None] | None = None,
) -> Outcome[KeptTemplate]:
    """Keep a workbook as a template, in place of the one of that name.

    Args:
        office: the opened database.
        path: the workbook.
        name: the office's name for it; empty for the file's.
        who: who works.
        now: the moment.
        sheet, fields: as `reports.template_read.read_template` takes them.

    Raises:
        UserError: it cannot be a template; the message says why.
    """
    from tracker.reports.template_read import read_template

    label = name.strip() or path.stem
    if len(label) > _LONGEST:
        raise UserError("模板的名称太长", f"最多 {_LONGEST} 个字", "请换一个短一些的名称")
    template = read_template(path, sheet=sheet, fields=fields)
    kept = KeptTemplate(label, path.name, now)
    with office.change(f"存入模板“{label}”", who, now) as work:
        value: dict[str, Any] = {  # Any: JSON
            "name": label,
            "file": path.name,
            "kept_at": now.isoformat(),
            "blob": work.keep(template.content),
            "sheet": template.sheet,
            "fields": dict(fields or {}),
        }
        found = work.find_setting(_KEPT + label)
        if found is None:
            work.add(Setting(key=_KEPT + label, value=value))
        else:
            found.value = value
    told = "；".join(("", *template.warnings))
    return Outcome(kept, work.changes, f"已存入模板“{label}”{told}")


def list_templates(office: Office) -> tuple[KeptTemplate, ...]:
    """Return the templates that the office keeps, by name."""
    with office.read() as view:
        kept = view.settings(_KEPT)
    return tuple(
        KeptTemplate(value["name"], value["file"], datetime.fromisoformat(value["kept_at"]))
        for value in kept.values()
    )


def remove_template(office: Office, name: str, *, who: str, now: datetime) -> Outcome[str]:
    """Take a kept template away; undo brings it back.

    Raises:
        UserError: the office keeps none of that name.
    """
    own = _bare(name)
    with office.change(f"删除模板“{own}”", who, now) as work:
        found = work.find_setting(_KEPT + own)
        if found is None:
            raise _missing(office, own)
        work.remove(found)
    return Outcome(own, work.changes, f"已删除模板“{own}”")


def save_template(office: Office, name: str, target: Path) -> None:
    """Write a kept template out as the workbook that it was, byte for byte.

    Raises:
        UserError: there is none of that name, or the target cannot be written.
    """
    ensure_writable(target)
    content = _stored(office, _bare(name))[1]

    def write(temporary: Path) -> None:
        temporary.write_bytes(content)

    replace_file(target, write)


def find_template(office: Office, name: str) -> Template:
    """Return a template by its name (“模板:常务会表”), or from a file.

    Raises:
        UserError: there is none, or the file cannot be one.
    """
    from tracker.reports.template_read import read_template, template_of

    if not name.startswith(_MARKS):
        return read_template(Path(name))
    own = _bare(name)
    value, content = _stored(office, own)
    found = template_of(content, value["file"], sheet=value["sheet"], fields=value["fields"])
    return replace(found, name=own)


def _bare(name: str) -> str:
    return name.split(name[len(MARK) - 1], 1)[1].strip() if name.startswith(_MARKS) else name


def _stored(office: Office, name: str) -> tuple[dict[str, Any], bytes]:  # Any: JSON
    with office.read() as view:
        value = view.setting(_KEPT + name)
        content = None if value is None else view.blob(value["blob"])
    if value is None or content is None:
        raise _missing(office, name)
    return value, content


def _missing(office: Office, name: str) -> UserError:
    known = "、".join(each.name for each in list_templates(office))
    why = f"现有：{known}" if known else "台账里还没有存过模板"
    return UserError(f"没有“{name}”这个模板", why, "请先存入模板，或写一个 .xlsx 文件的路径")


def fill_named(
    office: Office, ledger: LedgerRow, round_: RoundRow, target: Path, name: str, now: datetime
) -> Exported:
    """Write the 落实情况表 of a round in a template by its name or path, as `fill` does.

    Raises:
        UserError: there is no such template, it would be written over, or as `fill` says.
    """
    if not name.startswith(_MARKS) and Path(name).resolve() == target.resolve():
        raise UserError(
            f"“{target.name}”是模板本身，不能写在它上面", "", "请换一个文件名保存填好的表"
        )
    return fill(office, ledger, round_, target, find_template(office, name), now)


def fill(
    office: Office,
    ledger: LedgerRow,
    round_: RoundRow,
    target: Path,
    template: Template,
    now: datetime,
) -> Exported:
    """Write the 落实情况表 of a round in a template, beside the target and swapped in.

    An .xlsx is the template itself with the round's rows; .docx and .pdf look like it.

    Raises:
        UserError: another ending, nothing to print, or the target cannot be written.
    """
    check_ending(target, "落实情况表")
    ensure_writable(target)
    if target.suffix.lower() != ".xlsx":
        return _like(template, *_content(office, ledger, round_, template, now), target)
    from tracker.reports.template_fill import filled

    content, words = _content(office, ledger, round_, template, now)
    data, warnings = filled(template, content, words)

    def write(temporary: Path) -> None:
        temporary.write_bytes(data)

    replace_file(target, write)
    return Exported(target, len(content.rows), warnings)


def _like(template: Template, content: Content, words: RoundWords, target: Path) -> Exported:
    """Write a document or PDF that looks like the template."""
    from tracker.reports.template_columns import for_round
    from tracker.reports.template_layout import content_of_template, layout_of_template
    from tracker.reports.template_words import period_warnings

    template, rounds = for_round(template, words)
    shown = content_of_template(template, content, words)
    written = export_table(shown, layout_of_template(template), target)
    told = (*template.warnings, *rounds, *period_warnings(template, words), *written.warnings)
    return replace(written, warnings=told)


def table_in(
    office: Office, ledger: LedgerRow, round_: RoundRow, template: Template, now: datetime
) -> tuple[Content, Layout]:
    """Return what the table prints in a template, and a layout that looks like it.

    Raises:
        UserError: nothing to print.
    """
    from tracker.reports.template_columns import for_round
    from tracker.reports.template_layout import content_of_template, layout_of_template

    content, words = _content(office, ledger, round_, template, now)
    template, _ = for_round(template, words)
    return content_of_template(template, content, words), layout_of_template(template)


def _content(
    office: Office, ledger: LedgerRow, round_: RoundRow, template: Template, now: datetime
) -> tuple[Content, RoundWords]:
    from tracker.ops.reports import situation_content
    from tracker.ops.situation_rows import PLAIN, full_rows
    from tracker.reports.template_value import RoundWords

    content = situation_content(office, ledger, round_, now)
    if not template.fields <= PLAIN:
        rows = full_rows(office, ledger, round_, now.date()).rows
        content = replace(content, rows=rows)
    with office.read() as view:
        stored = edition_content(view, round_.id)
    held = ledger if stored is None else ledger_from(stored)
    day = now.date() if stored is None else closed_on(stored)
    return content, RoundWords(held.name, round_.number, round_.cut_off, held.office, day)
