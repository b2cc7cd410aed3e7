"""Reminders (催报) and the list of late units for the circular, worded as the office wants."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from tracker.base.errors import FileProblem
from tracker.base.resources import load
from tracker.domain.board import UNFILLED, UNFILLED_WORDS, BoardState
from tracker.domain.returned import FindingKind
from tracker.text.days import long_date
from tracker.text.wording import filled, places

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from tracker.domain.board import Board, BoardRow

_FILE = "reminders.toml"
_KNOWN = frozenset(
    (
        *("单位", "专项", "期", "项数", "期限", "逾期", "联系人", "催办次数"),
        *("发件单位", "本办联系人", "来件"),
    )
)
_WEEKDAYS = "一二三四五六日"
AHEAD = 0
"""The stage of a reminder before the due day."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of the reminder.

    Attributes:
        calls, late: so many calls and working days late make it the right one.
        parts: joined; a part whose placeholder has no value is left out.
    """

    stage: int
    name: str
    calls: int
    late: int
    parts: tuple[str, ...]


def stage_of(row: BoardRow) -> int:
    """Return which wording is due to a unit, by the calls made and how late it is.

    No wording speaks of earlier reminders unless there were any: calls that nobody noted down
    do not count.
    """
    if row.state is not BoardState.MISSING:
        return AHEAD
    fitting = [
        wording.stage
        for wording in wordings()
        if wording.stage != AHEAD
        and len(row.calls) >= wording.calls
        and row.working_days_late >= wording.late
    ]
    return max(fitting, default=1)


def reminder(board: Board, row: BoardRow, stage: int | None = None) -> str:
    """Return the text that reminds one unit; who reported is thanked and asked for the rest.

    Args:
        stage: which wording; None takes the one that is due (`stage_of`).
    """
    values = _values(board, row)
    if row.came_back:
        return "".join(_filled(part, values) for part in _received())
    wanted = stage_of(row) if stage is None else stage
    wording = next((w for w in wordings() if w.stage == wanted), wordings()[-1])
    return "".join(_filled(part, values) for part in wording.parts)


def reminders(board: Board, rows: Iterable[BoardRow] | None = None) -> str:
    """Return the texts for several units, by default all that are missing, a blank line between."""
    chosen = board.missing if rows is None else tuple(rows)
    return "\n\n".join(reminder(board, row) for row in chosen)


def notice_list(board: Board) -> str:
    """Return who did not report, or late, counted and named, for the circular."""
    words = _notice()
    moment = long_date(board.today)
    if board.at is not None:
        moment += f"{board.at.hour}时" + (f"{board.at.minute}分" if board.at.minute else "")
    head = {
        "专项": board.ledger,
        "期": str(board.round.number),
        "时间": moment,
        "应报": str(board.expected),
        "已报": str(board.returned),
        "未报": str(len(board.missing)),
    }
    exempt = tuple(row for row in board.exempt if row.exempt)
    lines = [_filled(words["head"], head)]
    for key, rows in (
        ("missing", board.missing),
        ("late", board.late),
        ("exempt", tuple(row for row in exempt if not row.is_abolished)),
        ("abolished", tuple(row for row in exempt if row.is_abolished)),
    ):
        if rows:
            named = {"家数": str(len(rows)), "名单": "、".join(row.unit for row in rows)}
            lines.append(_filled(words[key], named))
    if board.unclaimed:
        lines.append(_filled(words["unclaimed"], {"家数": str(len(board.unclaimed))}))
    if not all(row.calendar_known for row in (*board.missing, *board.late)):
        lines.append(words["unknown_year"])
    return "\n".join(lines)


@cache
def wordings() -> tuple[Wording, ...]:
    """Return the wordings of `resources/reminders.toml`, the mildest first.

    Raises:
        FileProblem: one lacks an entry or names a placeholder that does not exist.
    """
    data = load(_FILE)
    try:
        found = [
            Wording(int(w["stage"]), str(w["name"]), int(w["calls"]), int(w["late"]), (*w["text"],))
            for w in data["wording"]
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise _broken(f"有一段缺项或写错：{error}") from error
    for wording in found:
        _check_places(wording.name, wording.parts, _KNOWN)
    if not any(wording.stage == 1 for wording in found):
        raise _broken("没有首次催报（stage = 1）的用语")
    return tuple(sorted(found, key=lambda wording: wording.stage))


def _received() -> tuple[str, ...]:
    """Return the text for units that reported.

    Raises:
        FileProblem: it is missing or names a placeholder that does not exist.
    """
    try:
        parts = tuple(str(part) for part in load(_FILE)["received"]["text"])
    except (KeyError, TypeError) as error:
        raise _broken("缺少 [received] 一段") from error
    _check_places("received", parts, _KNOWN | {"未填"})
    return parts


def _check_places(name: str, parts: tuple[str, ...], known: frozenset[str]) -> None:
    unknown = places(parts) - known
    if unknown:
        raise _broken(f"“{name}”中没有这样的占位：{'、'.join(sorted(unknown))}")


def _filled(part: str, values: Mapping[str, str]) -> str:
    """Return a part with its values; empty where one of them is empty or not known."""
    return filled(part, {**dict.fromkeys(places(part), ""), **values})


def _values(board: Board, row: BoardRow) -> dict[str, str]:
    words = _words()
    empty = any(finding.kind == FindingKind.EMPTY for finding in row.findings)
    sender = board.sender
    return {
        "单位": row.unit,
        "专项": board.ledger,
        "期": str(board.round.number),
        "项数": str(len(row.tasks)) if row.tasks else "",
        "期限": _due_words(row.due, board.today),
        "逾期": _late_words(row, words),
        "联系人": row.contact.strip(),
        "催办次数": str(len(row.calls)) if row.calls else "",
        "发件单位": words["sender"].replace("{发件单位}", sender) if sender else "",
        "本办联系人": board.contact.strip(),
        "来件": words["empty_form"] if empty else "",
        "未填": _blank(row),
    }


def _blank(row: BoardRow) -> str:
    """Return the tasks that a unit said nothing about, where it said something about others."""
    told = (finding.detail for finding in row.findings if finding.kind == UNFILLED)
    return next(told, "").removeprefix(UNFILLED_WORDS)


def _due_words(due: date | None, today: date) -> str:
    if due is None:
        return ""
    day = f"{due.month}月{due.day}日" if due.year == today.year else long_date(due)
    return f"{day}（星期{_WEEKDAYS[due.weekday()]}）"


def _late_words(row: BoardRow, words: Mapping[str, str]) -> str:
    if row.state is not BoardState.MISSING:
        return ""
    days = str(row.working_days_late)
    late = words["late"].replace("{天数}", days) if row.working_days_late else words["late_short"]
    return late if row.calendar_known else late + words["unknown_year"]


def _words() -> dict[str, str]:
    return _section("words", ("late", "late_short", "unknown_year", "empty_form", "sender"))


def _notice() -> dict[str, str]:
    keys = ("head", "missing", "late", "exempt", "abolished", "unclaimed", "unknown_year")
    return _section("notice", keys)


def _section(name: str, keys: tuple[str, ...]) -> dict[str, str]:
    section: Any = load(_FILE).get(name, {})  # Any: parsed TOML
    lacking = [key for key in keys if not isinstance(section.get(key), str)]
    if lacking:
        raise _broken(f"[{name}] 缺少：{'、'.join(lacking)}")
    return {key: section[key] for key in keys}


def _broken(why: str) -> FileProblem:
    return FileProblem(f"资料“{_FILE}”的写法有误", why, "请改正该文件或重新安装程序")
