"""The content of an edition (定稿) as JSON, and back as the values that reports take."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from tracker.domain.board import Board, BoardFinding, BoardRow, BoardState
from tracker.domain.returned import ByHand, Call, Way

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.domain.ledger import RoundRow
    from tracker.domain.returned import ReturnedFileRow
    from tracker.store.queries import View

Json = dict[str, Any]  # Any: whatever JSON holds


def edition_content(view: View, round_id: int) -> Mapping[str, Any] | None:
    """Return the content of the edition that holds for a round; None where none does."""
    standing = [each for each in view.editions(round_id) if each.reopened_at is None]
    return standing[-1].content if standing else None


def plain(value: Any) -> Any:  # Any: a value made of dataclasses, dates, states and texts
    """Return a value as JSON can hold it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {key: plain(each) for key, each in asdict(value).items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(plain(key)): plain(each) for key, each in value.items()}
    if isinstance(value, (tuple, list, set, frozenset)):
        return [plain(each) for each in value]
    return value


def board_from(
    content: Mapping[str, Any], round_: RoundRow, files: tuple[ReturnedFileRow, ...]
) -> Board:
    """Return the board as it was when the round was closed."""
    stored = content["board"]
    return Board(
        ledger=content["ledger"]["name"],
        round=round_,
        rows=tuple(_board_row(row) for row in stored["rows"]),
        unclaimed=tuple(file for file in files if file.id in stored["unclaimed"]),
        files=files,
        today=date.fromisoformat(stored["today"]),
        at=datetime.fromisoformat(stored["at"]) if stored["at"] else None,
        by_form=stored["by_form"],
        sender=stored["sender"],
    )


def board_json(shown: Board) -> Json:
    """Return what an edition keeps of a board."""
    return {
        "rows": [plain(row) for row in shown.rows],
        "unclaimed": [file.id for file in shown.unclaimed],
        "today": shown.today.isoformat(),
        "at": shown.at.isoformat() if shown.at else None,
        "by_form": shown.by_form,
        "sender": shown.sender,
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
