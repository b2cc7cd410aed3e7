"""The files of one sending: their names, the notes that go with them, the index."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.base.file_names import distinct_names, safe_name
from tracker.domain.content import Content
from tracker.domain.form import FormStamp
from tracker.domain.form_words import covering_note, spoken_day
from tracker.domain.stamp import Stamp
from tracker.ops.form_folder import untouched

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from tracker.base.progress import Progress
    from tracker.domain.form import Form
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.unit import UnitRow
    from tracker.files.source import Source
    from tracker.ops.form_folder import Delivery


class FormFiles:
    """The files of one sending.

    Attributes:
        contact: who answers the units' questions; empty where nobody is named.
        warnings: what the clerk should know about the written files.
    """

    def __init__(
        self, round_: RoundRow, forms: Sequence[Form], endings: Sequence[str], contact: str
    ) -> None:
        self.contact = contact
        self.warnings: list[str] = []
        self._round = round_
        self._endings = endings
        stems = distinct_names([_stem(round_, form.unit, "反馈表") for form in forms])
        self._stems = tuple(zip(forms, stems, strict=True))

    @property
    def notes(self) -> tuple[tuple[Form, str], ...]:
        """Return the forms with their covering notes."""
        return tuple(
            (form, covering_note(form, "”、“".join(self._files(stem)), self.contact))
            for form, stem in self._stems
        )

    def write(self, delivery: Delivery, now: datetime, progress: Progress) -> None:
        """Write the forms, where nobody sees them yet."""
        targets = [
            [delivery.prepare(name, _is_empty(form)) for name in self._files(stem)]
            for form, stem in self._stems
        ]
        for place, ((form, _), files) in enumerate(zip(self._stems, targets, strict=True)):
            progress.step(f"正在写“{form.unit}”的反馈表", place, len(targets))
            told = (warning for file in files for warning in _writer(file)(form, file, now))
            self.warnings += dict.fromkeys(told)

    def write_index(
        self,
        delivery: Delivery,
        ledger: LedgerRow,
        units: Mapping[str, UnitRow],
        now: datetime,
    ) -> None:
        """Write the list of what goes to whom."""
        from tracker.reports.form_index import SentRow, write_index_xlsx

        round_ = self._round
        stamp = Stamp(ledger.name, round_.number, now)
        rows = tuple(
            SentRow(
                number=str(number),
                unit=form.unit,
                tasks=_tasks(form),
                file="\n".join(self._files(stem)),
                contact=units[form.unit].contact,
                phone=units[form.unit].phone,
                due=spoken_day(form.due) if form.due else "",
                note=note,
            )
            for number, ((form, stem), (_, note)) in enumerate(
                zip(self._stems, self.notes, strict=True), 1
            )
        )
        content = Content(
            f"{ledger.name}第{round_.number}期反馈表发出清单",
            meta=(f"共{len(rows)}家", f"发出时间：{now:%Y-%m-%d %H:%M}"),
            rows=rows,
            properties=stamp.properties(),
            created=now,
        )

        def made_at(source: Source) -> datetime | None:
            found = Stamp.read(source.properties)
            same = found is not None and replace(found, at=now) == stamp
            return found.at if found is not None and same else None

        name = f"{_stem(round_, '', '发出清单')}.xlsx"
        target = delivery.prepare(name, lambda path: untouched(path, made_at))
        self.warnings += write_index_xlsx(content, target)

    def _files(self, stem: str) -> list[str]:
        return [f"{stem}{ending}" for ending in self._endings]


def _writer(file: Path) -> Callable[[Form, Path, datetime], tuple[str, ...]]:
    if file.suffix == ".docx":
        from tracker.reports.form_docx import write_form_docx

        return write_form_docx
    from tracker.reports.form_xlsx import write_form_xlsx

    return write_form_xlsx


def _is_empty(form: Form) -> Callable[[Path], bool]:
    """Return whether a file is this unit's form of this round, as it was sent."""

    def made_at(source: Source) -> datetime | None:
        stamp = FormStamp.read(source.properties)
        if stamp is None:
            return None
        own = form.stamp
        same = (stamp.ledger, stamp.round, stamp.unit) == (own.ledger, own.round, own.unit)
        return stamp.at if same else None

    return lambda path: untouched(path, made_at)


def _stem(round_: RoundRow, unit: str, what: str) -> str:
    parts = (f"{round_.number:02d}期", safe_name(unit), what)
    return "-".join(part for part in parts if part)


def _tasks(form: Form) -> str:
    numbers = "、".join(row.number for row in form.rows if row.number)
    return f"{len(form.rows)}项：{numbers}" if numbers else f"{len(form.rows)}项"
