"""What the office calls its slips, and the sentences they are made of (`resources/slips.toml`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tracker.base.errors import FileProblem, UserError
from tracker.base.resources import load
from tracker.domain.slip import SlipKind

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE = "slips.toml"


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """A line of the receipt: its labels, each with room to write beside it.

    Attributes:
        lines: how many lines of writing there is room for.
    """

    cells: tuple[str, ...]
    lines: int = 1


@dataclass(frozen=True, slots=True)
class KindWords:
    """The words of one kind.

    Attributes:
        word: 督办单.
        prefix: what stands before the year in its numbers.
        days: working days given for a reply unless the clerk says otherwise; 0 asks for none.
        labels: of the printed parts: unit, basis, matter, ask, reply, clerk, phone, issuer, and
            of the receipt: receipt_unit; besides `cut`, the words on the dashed line.
        sentences: title, basis, item, ask, reply, receipt_title, as parts to fill in.
    """

    word: str
    prefix: str
    days: int
    labels: Mapping[str, str]
    sentences: Mapping[str, Any]  # Any: parts as TOML holds them
    receipt: tuple[ReceiptLine, ...]


def kind_words(kind: SlipKind) -> KindWords:
    """Return what the office calls a kind and how it words it.

    Raises:
        FileProblem: the list is written wrongly.
    """
    data = load(_FILE)
    try:
        return _kind_words(data["common"], data[kind.value])
    except (KeyError, TypeError, ValueError) as error:
        raise broken(error) from error


def kind_called(word: str) -> SlipKind:
    """Return the kind that the office calls so; its key will do too.

    Raises:
        UserError: there is none.
    """
    wanted = word.strip()
    for kind in SlipKind:
        if wanted in (kind.value, kind_words(kind).word):
            return kind
    known = "、".join(kind_words(kind).word for kind in SlipKind)
    raise UserError(f"没有“{word}”这种单子", "", f"可用：{known}")


def broken(error: Exception) -> FileProblem:
    """Return what to raise where the list lacks something or is written wrongly."""
    return FileProblem(
        f"资料“{_FILE}”的写法有误", f"缺少或写错了：{error}", "请改正该文件或重新安装程序"
    )


def _kind_words(common: dict[str, Any], own: dict[str, Any]) -> KindWords:
    both = common | own
    names = ("unit", "basis", "matter", "ask", "reply", "clerk", "phone", "issuer", "receipt_unit")
    labels = {name: str(both[f"{name}_label"]) for name in names}
    sentences = ("title", "basis", "item", "ask", "reply", "receipt_title")
    days = int(both["days"])
    if days < 0:
        raise ValueError(f"days = {days}")
    return KindWords(
        word=str(own["word"]),
        prefix=str(own["prefix"]),
        days=days,
        labels=labels | {"cut": str(both["cut"])},
        sentences={name: both[name] for name in sentences},
        receipt=tuple(
            ReceiptLine(tuple(str(cell) for cell in line["cells"]), int(line.get("lines", 1)))
            for line in both["receipt"]
        ),
    )
