"""The content of an edition (定稿) as JSON, and back as the values that reports take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from tracker.domain.board import Board, BoardFinding, BoardRow, BoardState
from tracker.domain.circular import Circular, Level, Passage
from tracker.domain.circular import Figure as Stated
from tracker.domain.content import Content, ContentRow
from tracker.domain.deadline import Deadline
from tracker.domain.document import DocumentRow
from tracker.domain.draft import Figure
from tracker.domain.entry import EntryRow
from tracker.domain.ledger import LedgerRow
from tracker.domain.returned import ByHand, Call, Way
from tracker.domain.stamp import Stamp
from tracker.domain.table import Roles
from tracker.domain.task import Closing, EarlierDuties, Former, PartRow, Revisit, TaskRow
from tracker.domain.terms import Completion, LedgerState, Pace, Recurrence
from tracker.domain.unit import UnitRow

if TYPE_CHECKING:
    from tracker.domain.ledger import RoundRow
    from tracker.domain.returned import ReturnedFileRow
    from tracker.store.queries import View

Json = dict[str, Any]  # Any: whatever JSON holds

_PLAIN = frozenset({str, int, float, bool})


def edition_content(view: View, round_id: int) -> Mapping[str, Any] | None:
    """Return the content of the edition that holds for a round; None where none does."""
    standing = [each for each in view.editions(round_id) if each.reopened_at is None]
    return standing[-1].content if standing else None


def plain(value: Any) -> Any:  # Any: a value made of dataclasses, dates, states and texts
    """Return a value as JSON can hold it."""
    if value is None or type(value) in _PLAIN:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [plain(each) for each in value]
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(each) for key, each in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(plain(each) for each in value)
    return {each.name: plain(getattr(value, each.name)) for each in fields(value)}


def board_from(stored: Json, round_: RoundRow, files: tuple[ReturnedFileRow, ...]) -> Board:
    """Return the board as it was when the round was closed, from that part of its edition."""
    return Board(
        ledger=stored["ledger"],
        round=round_,
        rows=tuple(_board_row(row) for row in stored["rows"]),
        unclaimed=tuple(file for file in files if file.id in stored["unclaimed"]),
        files=files,
        today=date.fromisoformat(stored["today"]),
        at=datetime.fromisoformat(stored["at"]) if stored["at"] else None,
        by_form=stored["by_form"],
        sender=stored["sender"],
        contact=stored["contact"],
    )


def board_json(shown: Board) -> Json:
    """Return what an edition keeps of a board."""
    return {
        "ledger": shown.ledger,
        "rows": [plain(row) for row in shown.rows],
        "unclaimed": [file.id for file in shown.unclaimed],
        "today": shown.today.isoformat(),
        "at": shown.at.isoformat() if shown.at else None,
        "by_form": shown.by_form,
        "sender": shown.sender,
        "contact": shown.contact,
    }


def _board_row(row: Json) -> BoardRow:
    received = row["received_at"]
    return BoardRow(
        **{
            **row,
            "state": BoardState(row["state"]),
            "tasks": tuple(row["tasks"]),
            "filled": tuple(row["filled"]),
            "sent_at": moment_from(row["sent_at"]),
            "due": day_from(row["due"]),
            "received_at": moment_from(received) if "T" in (received or "") else day_from(received),
            "findings": tuple(BoardFinding(**each) for each in row["findings"]),
            "calls": tuple(
                Call(datetime.fromisoformat(c["at"]), c["whom"], c["said"], c["by"])
                for c in row["calls"]
            ),
            "by_hand": tuple(
                ByHand(Way(b["way"]), date.fromisoformat(b["on"]), b["given_by"], b["word"])
                for b in row["by_hand"]
            ),
            "ways": tuple(row["ways"]),
            "files": tuple(row["files"]),
        }
    )


def day_from(words: str | None) -> date | None:
    """Return the day that stands in an edition."""
    return date.fromisoformat(words) if words else None


def moment_from(words: str | None) -> datetime | None:
    """Return the moment that stands in an edition."""
    return datetime.fromisoformat(words) if words else None


def situation_from(content: Mapping[str, Any], number: int, now: datetime) -> Content:
    """Return what the 落实情况表 of a closed round prints.

    Its stamp tells of the moment of closing, so that a later import knows what was changed since.
    """
    stored = content["situation"]
    closed = datetime.fromisoformat(content["closed"]["at"])
    return Content(
        title=stored["title"],
        annex=stored["annex"],
        meta=tuple(stored["meta"]),
        headings=tuple(stored["headings"]),
        rows=tuple(_content_row(row) for row in stored["rows"]),
        properties=Stamp(content["ledger"]["name"], number, closed).properties(),
        created=now,
    )


def _content_row(row: Json) -> ContentRow:
    cells: Json = {name: tuple(v) if isinstance(v, list) else v for name, v in row.items()}
    return ContentRow(**cells)


def closed_on(content: Mapping[str, Any]) -> date:
    """Return the day the round was closed."""
    return datetime.fromisoformat(content["closed"]["at"]).date()


def ledger_from(content: Mapping[str, Any]) -> LedgerRow:
    """Return the ledger as it was when the round was closed."""
    row: Json = content["ledger"]
    return LedgerRow(**{**row, "state": LedgerState(row["state"])})


def before_from(content: Mapping[str, Any]) -> dict[int, str]:
    """Return by task id what the round before had printed when the round was closed."""
    return dict(content["before"])


def circular_json(circular: Circular) -> Json:
    """Return what an edition keeps of a circular: all that is printed, not what is drawn anew."""
    drawn = ("pictures", "properties", "created")
    return {name: value for name, value in plain(circular).items() if name not in drawn}


def circular_from(stored: Json, now: datetime) -> Circular:
    """Return the circular that was approved."""
    body = tuple(
        Passage(
            **{
                **passage,
                "level": Level(passage["level"]),
                "figures": tuple(
                    Stated(f["name"], f["value"], tuple(f["codes"])) for f in passage["figures"]
                ),
            }
        )
        for passage in stored["body"]
    )
    day = day_from(stored["date"])
    kept = {**stored, "body": body, "annexes": tuple(stored["annexes"]), "date": day}
    return Circular(**kept, created=now)


def tasks_from(content: Mapping[str, Any]) -> tuple[TaskRow, ...]:
    """Return the tasks as they were when the round was closed."""
    return tuple(_task(row) for row in content["tasks"])


def _task(row: Json) -> TaskRow:
    values = {key: value for key, value in row.items() if key != "light"}
    return TaskRow(
        **{
            **values,
            "roles": _roles(row["roles"]),
            "persons": tuple(row["persons"]),
            "deadline": _deadline(row["deadline"]),
            "first_deadline": _deadline(row["first_deadline"]),
            "completion": Completion(row["completion"]),
            "parts": tuple(
                PartRow(p["id"], p["mark"], p["text"], _roles(p["roles"])) for p in row["parts"]
            ),
            "closings": tuple(
                Closing(**{**c, "on": date.fromisoformat(c["on"])}) for c in row["closings"]
            ),
            "figures": tuple(Figure(**figure) for figure in row["figures"]),
            "revisits": tuple(
                Revisit(**{**r, "on": date.fromisoformat(r["on"])}) for r in row["revisits"]
            ),
            "former": tuple(Former(**each) for each in row.get("former", ())),
            "earlier": tuple(
                EarlierDuties(_roles(d["roles"]), d["units_text"], tuple(d["persons"]))
                for d in row.get("earlier", ())
            ),
        }
    )


def entries_from(content: Mapping[str, Any]) -> dict[int, EntryRow]:
    """Return the entries by task id as they were when the round was closed."""
    return {row["task_id"]: _entry(row) for row in content["entries"]}


def _entry(row: Json) -> EntryRow:
    return EntryRow(
        **{
            **row,
            "completion": Completion(row["completion"]) if row["completion"] else None,
            "pace": Pace(row["pace"]) if row["pace"] else None,
            "extra": tuple((name, value) for name, value in row["extra"]),
        }
    )


def units_from(content: Mapping[str, Any]) -> tuple[UnitRow, ...]:
    """Return the units in official order under the names they had."""
    return tuple(_unit(row) for row in content["units"])


def _unit(row: Json) -> UnitRow:
    days = {name: day_from(row.get(name)) for name in ("valid_from", "valid_to")}
    return UnitRow(
        **{**row, "names": tuple(row["names"]), "members": tuple(row["members"]), **days}
    )


def documents_from(content: Mapping[str, Any]) -> tuple[DocumentRow, ...]:
    """Return the documents that the tasks came from, without their drafts."""
    return tuple(
        DocumentRow(**{**d, "tasks": frozenset(d["tasks"]), "readings": ()})
        for d in content["documents"]
    )


def _roles(row: Json) -> Roles:
    return Roles(**{role: tuple(names) for role, names in row.items()})


def _deadline(row: Json | None) -> Deadline | None:
    if row is None:
        return None
    kind = Recurrence(row["recurrence"]) if row["recurrence"] else None
    return Deadline(**{**row, "date": day_from(row["date"]), "recurrence": kind})
