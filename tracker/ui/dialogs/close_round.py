"""Closing a round (定稿) with what is missing in sight, and opening it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.ops.editions import close_round, edition_of, reopen_round, what_is_missing
from tracker.ui.detail.words import long_day
from tracker.ui.dialogs.fields import TextEdit
from tracker.ui.dialogs.form import FormDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tracker.domain.edition import ClosingCheck, EditionRow
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.ui.kit import Kit

EFFECT = (
    "定稿以后，本期的报表都照此刻的内容打印，以后改任务、单位名称或版式都不影响本期。"
    "定稿不能撤销；确需改动可以“重新打开”，这一版仍留着。"
)
COMPLETE = "✓ 没有缺的：该报的都报了，来件都核过了。"
_LONGEST = 200


class CloseRoundDialog(FormDialog):
    """Approves a round.

    Flow: what is missing is read, Enter closes the round all the same.
    """

    def __init__(
        self,
        kit: Kit,
        ledger: LedgerRow,
        round_: RoundRow,
        check: ClosingCheck,
        parent: QWidget | None = None,
    ) -> None:
        title = f"定稿第{round_.number}期"
        super().__init__(kit, title, f"{title}{missing_words(check)}", parent)
        self._ledger, self._round = ledger, round_
        self.hint.setText("Enter 定稿 · Esc 关闭")
        self.add_words(f"{ledger.name}　第{round_.number}期", quiet=False)
        for place, line in enumerate(check.lines()):
            self._add_line(line, grave=place == 0 and bool(check.missing))
        if not check:
            self.add_words(COMPLETE, quiet=False)
        self.add_words(EFFECT)

    def _add_line(self, line: str, *, grave: bool) -> None:
        cut = line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
        label = self.add_words(f"{'●' if grave else '◐'} {cut}", quiet=False)
        label.setProperty("alarm", grave)
        if cut != line:
            label.setToolTip(line)

    def save(self) -> None:
        """Close the round."""
        office, ledger, round_, hub = self.office(), self._ledger, self._round, self.kit.hub
        who, now = hub.who, hub.now
        self.write(
            f"第{round_.number}期定稿",
            lambda _p: close_round(office, ledger, round_, who=who, now=now),
            self.finish,
        )


class ReopenRoundDialog(FormDialog):
    """Opens an approved round again (重新打开).

    Flow: the reason, Ctrl+Enter. The edition that was approved stays with it.
    """

    def __init__(
        self,
        kit: Kit,
        ledger: LedgerRow,
        round_: RoundRow,
        edition: EditionRow | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit, f"重新打开第{round_.number}期", "重新打开", parent)
        self._ledger, self._round = ledger, round_
        self.hint.setText("Ctrl+Enter 保存 · Esc 关闭")
        self.add_words(f"{ledger.name}　第{round_.number}期", quiet=False)
        if edition is not None:
            when = long_day(edition.at.date())
            told = (
                f"现在是第{edition.version}版，{when}由{edition.by}定稿；重新打开后这一版仍留着，"
            )
            self.add_words(f"{told}下次定稿为第{edition.version + 1}版。")
        self.add_field("reason", "理由", TextEdit(2, "", "如 县住建局更正了第3项的数字"))

    def save(self) -> None:
        """Check and write."""
        if not self.need("reason"):
            return
        office, ledger, round_, hub = self.office(), self._ledger, self._round, self.kit.hub
        who, now, reason = hub.who, hub.now, self.text_of("reason")
        self.write(
            "重新打开",
            lambda _p: reopen_round(office, ledger, round_, reason, who=who, now=now),
            self.finish,
        )


def missing_words(check: ClosingCheck) -> str:
    """Return the gravest of what is missing, for the button: （2家未报）."""
    counted = (
        (len(check.missing), "家未报"),
        (check.unclaimed, "份来件不知是谁的"),
        (len(check.not_due), "家还没报"),
        (len(check.to_check) + len(check.to_type), "家待核"),
        (len(check.not_taken), "项原报没有采用"),
        (len(check.no_entry), "项没有落实情况"),
    )
    return next((f"（{count}{words}）" for count, words in counted if count), "")


def open_close_round(kit: Kit, parent: QWidget | None = None) -> None:
    """Look what is missing in the round in sight and open the form that closes it."""
    hub = kit.hub
    office, ledger, round_, today = hub.office, hub.ledger, hub.round, hub.today
    if office is None or ledger is None or round_ is None:
        return
    kit.runner.read(
        "核对本期",
        lambda _p: what_is_missing(office, ledger, round_, today),
        lambda check: CloseRoundDialog(kit, ledger, round_, check, parent).open(),
    )


def open_reopen_round(kit: Kit, parent: QWidget | None = None) -> None:
    """Open the form that opens the approved round in sight again."""
    hub = kit.hub
    office, ledger, round_ = hub.office, hub.ledger, hub.round
    if office is None or ledger is None or round_ is None:
        return
    kit.runner.read(
        "读取定稿",
        lambda _p: edition_of(office, round_),
        lambda edition: ReopenRoundDialog(kit, ledger, round_, edition, parent).open(),
    )
