"""Sending the forms of a round: planned, chosen, written into a folder, told to the units.

Shown in place of the tabs. Nothing is stored before all files lie in their folder.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tracker.ops.collectives import set_members
from tracker.ui.exports import documents
from tracker.ui.returns.pick_dialog import Pickable, PickDialog
from tracker.ui.returns.preparing import prepare
from tracker.ui.returns.progress_page import ProgressPage
from tracker.ui.returns.send_choose_page import SendChoosePage
from tracker.ui.returns.send_done_page import SendDonePage
from tracker.ui.returns.sending import Sending, Settled

if TYPE_CHECKING:
    from tracker.base.progress import Progress
    from tracker.ops.forms import Sent
    from tracker.ops.outcome import Outcome
    from tracker.ui.kit import Kit
    from tracker.ui.returns.sending import Prepared


class SendPage(QWidget):
    """Leads from the round to the forms.

    Attributes:
        choose, progress, done: the pages.
        sending: what is chosen; None while nothing is to be sent.

    Signals:
        finished: sent, or given up.
    """

    finished = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.sending: Sending | None = None
        self._folder = Path()
        self._turn = 0
        self._is_writing = False
        self.choose = SendChoosePage(kit)
        self.progress = ProgressPage(kit)
        self.done = SendDonePage(kit)
        self.pages = QStackedWidget()
        for page in (self.choose, self.progress, self.done):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self._connect()

    def _connect(self) -> None:
        self.choose.changed.connect(self._plan_again)
        self.choose.name_wanted.connect(self._name)
        self.choose.skipped.connect(lambda unit: self._settle(unit, Settled()))
        self.choose.folder_wanted.connect(self._choose_folder)
        self.choose.send_wanted.connect(self._send)
        self.choose.cancelled.connect(self._give_up)
        self.progress.cancelled.connect(self._cancel)
        self.done.folder_wanted.connect(lambda: self._open(self._folder))
        self.done.index_wanted.connect(self._open_index)
        self.done.finished.connect(self._end)
        self._kit.hub.opened.connect(self._on_opened)

    @property
    def is_writing(self) -> bool:
        """Whether what comes into sight in the window is its own doing."""
        return self._is_writing

    @property
    def is_open(self) -> bool:
        """Whether forms are being sent, or what was sent is still in sight."""
        return self.sending is not None

    # Planning

    def start(self) -> None:
        """Plan the forms of the round in sight."""
        hub = self._kit.hub
        if hub.ledger is None or hub.round is None:
            return
        self.sending = Sending()
        self._folder = documents() / _safe(f"{hub.ledger.name}-第{hub.round.number}期反馈表")
        self.choose.show_round(hub.ledger, hub.round, hub.today)
        self.choose.show_folder(self._folder)
        self.progress.begin("正在看哪些单位要填报", "")
        self.pages.setCurrentWidget(self.progress)
        self._plan_again()

    def _plan_again(self) -> None:
        hub, sending = self._kit.hub, self.sending
        office, ledger, round_, today = hub.office, hub.ledger, hub.round, hub.today
        if office is None or ledger is None or round_ is None or sending is None:
            return
        self._turn += 1
        turn = self._turn
        cooperating, named = sending.cooperating, sending.named
        self.choose.setEnabled(False)

        def done(prepared: Prepared) -> None:
            if turn == self._turn and sending is self.sending:
                sending.take(prepared)
                self._show_choice()

        def failed() -> None:
            if turn == self._turn:
                self._end()

        self._kit.runner.read(
            "正在看哪些单位要填报",
            lambda _progress: prepare(office, ledger, round_, cooperating, named, today),
            done,
            failed=failed,
        )

    def _show_choice(self) -> None:
        self.choose.setEnabled(True)
        self.pages.setCurrentWidget(self.choose)
        if self.sending is not None:
            self.choose.show_sending(self.sending)

    # Choosing

    def _name(self, unit_id: int) -> None:
        """Ask which units stand behind a collective name."""
        sending = self.sending
        if sending is None or sending.prepared is None:
            return
        one = next(c for c in sending.collectives if c.unit_id == unit_id)
        held = sending.settled.get(unit_id, Settled())
        dialog = PickDialog(
            self._kit,
            "指定单位",
            f"“{one.printed}”指哪些单位？表上仍印原来的名称，反馈表分别发给下面勾选的单位。",
            self,
        )
        units = [unit for unit in sending.prepared.units if not unit.is_collective]
        chosen = [u.id for u in units if u.id in held.units or u.name in held.members]
        dialog.offer(
            [Pickable(unit.id, unit.name) for unit in units],
            verb="指定",
            several=True,
            chosen=chosen,
            extra=f"记为“{one.printed}”的成员，以后不用再指定",
            adds="单位",
        )
        dialog.picked.connect(lambda keys, kept: self._on_named(unit_id, keys, kept))
        dialog.open()

    def _on_named(self, unit_id: int, keys: tuple[object, ...], kept: bool) -> None:
        """Take the units named for a collective; a unit that is new comes as its name."""
        if kept or any(isinstance(key, str) for key in keys):
            self._remember(unit_id, keys)
        else:
            self._settle(unit_id, Settled(tuple(key for key in keys if isinstance(key, int))))

    def _settle(self, unit_id: int, settled: Settled) -> None:
        if self.sending is not None:
            self.sending.settled[unit_id] = settled
            self._plan_again()

    def _remember(self, unit_id: int, keys: tuple[object, ...]) -> None:
        """Remember the units as members of the collective."""
        hub, sending = self._kit.hub, self.sending
        office, who, now = hub.office, hub.who, hub.now
        if office is None or sending is None or sending.prepared is None:
            return
        names = {unit.id: unit.name for unit in sending.prepared.units}
        members = [names.get(key, "") if isinstance(key, int) else str(key) for key in keys]

        def done(outcome: Outcome[tuple[str, ...]]) -> None:
            self._kit.messages.tell(outcome.sentence)
            if sending is self.sending:
                self._settle(unit_id, Settled(members=outcome.value))

        self._kit.runner.write(
            "正在记下成员单位",
            lambda _progress: set_members(office, names[unit_id], members, who=who, now=now),
            done,
            initiator=self,
        )

    def _choose_folder(self) -> None:
        asked = self._kit.messages.ask_folder("反馈表存放到哪里", str(documents()))
        if asked:
            self.send_to(Path(asked))

    def send_to(self, folder: Path) -> None:
        """Put the forms into a folder, which is made where it is not there."""
        self._folder = folder
        self.choose.show_folder(folder)

    # Sending

    def _send(self) -> None:
        from tracker.ops.forms import send_forms

        hub, sending = self._kit.hub, self.sending
        plan = sending.plan() if sending is not None else None
        office, ledger, round_ = hub.office, hub.ledger, hub.round
        if office is None or ledger is None or round_ is None or sending is None or plan is None:
            return
        folder, word, who, now = self._folder, sending.word, hub.who, hub.now
        contact = sending.contact.strip()
        self.progress.begin("正在生成反馈表", "全部写好之后才算发出；现在取消不留下任何文件")
        self.pages.setCurrentWidget(self.progress)
        self._is_writing = True

        def work(progress: Progress) -> Outcome[Sent]:
            return send_forms(
                office,
                ledger,
                round_,
                folder,
                plan=plan,
                word=word,
                contact=contact,
                who=who,
                now=now,
                progress=progress,
            )

        self._kit.runner.write(
            "正在生成反馈表", work, self._on_sent, initiator=self, failed=self._on_unsent
        )

    def _on_sent(self, outcome: Outcome[Sent]) -> None:
        self._is_writing = False
        self._kit.messages.tell(outcome.sentence)
        if self.is_open:
            self.done.show_sent(outcome.value)
            self.pages.setCurrentWidget(self.done)
            self.done.notes.list.setFocus()

    def _on_unsent(self) -> None:
        self._is_writing = False
        if self.is_open:
            self._show_choice()

    # Leaving

    def _cancel(self) -> None:
        """Give up what is under way; while forms are written, back to the choice."""
        self._kit.runner.cancel()
        if not self._is_writing:
            self._turn += 1
            self._end()

    def _give_up(self) -> None:
        said = self.sending is not None and bool(self.sending.settled)
        why = "指定的单位不会保留（记为成员的除外），没有发出任何反馈表。"
        if not said or self._kit.messages.confirm("不发反馈表了？", why, "不发了"):
            self._end()

    def _end(self) -> None:
        self.sending = None
        self._turn += 1
        self.choose.model.show(None)
        self.choose.setEnabled(True)
        self.finished.emit()

    def _on_opened(self) -> None:
        """Another office, ledger or round came into sight: this is over."""
        if self.is_open and not self._is_writing:
            self._end()

    # Opening

    def _open_index(self) -> None:
        if self.done.sent is not None:
            self._open(self.done.sent.index_path)

    def _open(self, path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _safe(name: str) -> str:
    """Return a name without the signs that no folder may have in its name."""
    return "".join("_" if sign in '\\/:*?"<>|' or sign < " " else sign for sign in name).strip(" .")
