"""Sums that do not agree (核对): what was found, the words it stands in, one click to the task."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from tracker.base.progress import Progress
from tracker.domain.sum_check import KIND_WORDS, SOURCE_WORDS, SumSource
from tracker.ops.report_checks import take_back, wave_off
from tracker.ui.widgets.labels import quiet
from tracker.ui.widgets.latest import LatestRead
from tracker.ui.widgets.room import open_at

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QUrl

    from tracker.domain.history import Changes
    from tracker.domain.sum_check import SumFinding, SumPassage
    from tracker.ops.outcome import Outcome
    from tracker.ui.kit import Kit

    Check = Callable[[Progress], tuple[SumFinding, ...]]

HEADINGS = ("在哪里", "什么对不上", "算一算")
_ABOUT = (
    "下面的数字按原文自己的说法算不拢，只是提示，请对照核对；程序不改动任何内容。"
    "看过没有问题的记“已核，无误”，原文不变就不再提示，可以撤销。"
)
_NOTHING = "没有发现对不上的数字。"
_ALL_WAVED = "没有还要核对的；已核的可勾选右下角查看。"
_LINK = "task:"
_WAIT_MS = 400
"""Steps in quick succession are looked at once."""


class CheckDialog(QDialog):
    """Lists what does not agree, by whose words it is; stays open beside the ledger.

    Flow: up and down to read, Enter to see the task in the ledger, Space for 已核，无误.

    Attributes:
        findings: all that was found, those waved off too.
        tree: a row for each under the name of its source.
        words: the passages of the row in hand, the numbers marked.
        agree: waves the row in hand off, or lets it stand again.
    """

    def __init__(
        self,
        kit: Kit,
        findings: Sequence[SumFinding],
        parent: QWidget | None = None,
        *,
        check: Check | None = None,
    ) -> None:
        """Show findings.

        Args:
            check: finds them again after a step; without it the list stays as it was given.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("核对数字")
        self._kit = kit
        self._check = check
        self._office = kit.hub.office
        self.findings: tuple[SumFinding, ...] = tuple(findings)
        self.tree = QTreeWidget()
        self.words = QTextBrowser()
        self.state = QLabel()
        self.about = quiet(_ABOUT)
        self._halves = QSplitter(Qt.Orientation.Vertical)
        self.all = QCheckBox("已核的也列出")
        self.agree = QPushButton("已核，无误")
        self.see = QPushButton("看这项任务")
        self.leave = QPushButton("关闭")
        self._build_tree()
        self._lay_out()
        self._connect()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_WAIT_MS)
        self._latest: LatestRead[tuple[SumFinding, ...]] = LatestRead(
            kit.runner, "正在重新核对数字", self._work, self._take, self
        )
        self._later.timeout.connect(self._latest.ask)
        open_at(self, 64, 42)
        self._show()

    def _build_tree(self) -> None:
        self.tree.setColumnCount(len(HEADINGS))
        self.tree.setHeaderLabels(list(HEADINGS))
        self.tree.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.tree.setUniformRowHeights(True)
        header = self.tree.header()
        header.setStretchLastSection(True)
        for column in (0, 1):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionsMovable(False)

    def _lay_out(self) -> None:
        self.about.setWordWrap(True)
        self.words.setOpenLinks(False)
        halves = self._halves
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.tree)
        halves.addWidget(self.words)
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 2)
        self.agree.setProperty("primary", True)
        for button in (self.agree, self.see, self.leave):
            button.setAutoDefault(False)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.agree)
        row.addWidget(self.see)
        row.addStretch()
        row.addWidget(self.all)
        row.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.about)
        column.addWidget(self.state)
        column.addWidget(halves, 1)
        column.addStretch()
        column.addLayout(row)

    def _connect(self) -> None:
        self.tree.currentItemChanged.connect(self._on_row)
        self.tree.itemActivated.connect(self._on_see)
        self.tree.itemClicked.connect(self._on_see)
        self.words.anchorClicked.connect(self._on_link)
        self.all.toggled.connect(self._show)
        self.agree.clicked.connect(self._on_agree)
        self.see.clicked.connect(self._on_see)
        self.leave.clicked.connect(self.close)
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), self.tree)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(self._on_agree)
        self._kit.theme.changed.connect(self._on_row)
        self._kit.hub.changed.connect(self._on_changed)
        self._kit.hub.opened.connect(self.close)

    # What is shown

    def _show(self) -> None:
        """Fill the list; the row in hand stays in hand, or the next one comes into it."""
        kept = self.finding
        at = self._place()
        shown = [one for one in self.findings if self.all.isChecked() or not one.waved]
        self.tree.blockSignals(True)
        self.tree.clear()
        for source in SumSource:
            own = [one for one in shown if one.source is source]
            if own:
                self._add_group(source, own)
        self.tree.expandAll()
        self.tree.blockSignals(False)
        rows = self._rows()
        if rows:
            same = [row for row in rows if kept is not None and _of(row).key == kept.key]
            self.tree.setCurrentItem(same[0] if same else rows[min(at, len(rows) - 1)])
        self._say(len(shown))
        self._on_row()

    def _add_group(self, source: SumSource, findings: Sequence[SumFinding]) -> None:
        group = QTreeWidgetItem([f"{SOURCE_WORDS[source]}（{len(findings)}处）"])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        bold = self.tree.font()
        bold.setBold(True)
        group.setFont(0, bold)
        self.tree.addTopLevelItem(group)
        group.setFirstColumnSpanned(True)
        for finding in findings:
            mark = "✓ 已核　" if finding.waved else ""
            row = QTreeWidgetItem(
                [mark + _places(finding), KIND_WORDS[finding.kind], finding.reckoning]
            )
            row.setData(0, Qt.ItemDataRole.UserRole, finding)
            for column in range(len(HEADINGS)):
                row.setToolTip(column, row.text(column))
                if finding.waved:
                    row.setForeground(column, self._kit.theme.colours.of("quiet"))
            group.addChild(row)

    def _say(self, shown: int) -> None:
        left = sum(not one.waved for one in self.findings)
        waved = len(self.findings) - left
        said = f"请核对 {left} 处" if left else (_ALL_WAVED if waved else _NOTHING)
        self.state.setText(said + (f"，已核无误 {waved} 处" if waved and left else ""))
        self.about.setVisible(bool(shown))
        for part in (self._halves, self.agree, self.see):
            part.setVisible(bool(shown))
        self.all.setVisible(bool(waved))

    def _rows(self) -> list[QTreeWidgetItem]:
        groups = [self.tree.topLevelItem(n) for n in range(self.tree.topLevelItemCount())]
        rows = [group.child(n) for group in groups if group for n in range(group.childCount())]
        return [row for row in rows if row is not None]

    def _place(self) -> int:
        rows = self._rows()
        current = self.tree.currentItem()
        return next((n for n, row in enumerate(rows) if row is current), 0)

    @property
    def finding(self) -> SumFinding | None:
        """The finding in hand."""
        row = self.tree.currentItem()
        return row.data(0, Qt.ItemDataRole.UserRole) if row is not None else None

    def _on_row(self) -> None:
        finding = self.finding
        self.agree.setEnabled(finding is not None and self._office is not None)
        self.agree.setText("重新提示" if finding is not None and finding.waved else "已核，无误")
        self.see.setEnabled(finding is not None and bool(finding.code))
        self.words.setHtml(self._page(finding) if finding is not None else "")

    def _page(self, finding: SumFinding) -> str:
        colours = self._kit.theme.colours
        style = (
            f"background-color:{colours.amber_soft};color:{colours.amber};"
            "font-weight:bold;text-decoration:underline"
        )
        lines = [f"<p><b>{KIND_WORDS[finding.kind]}</b>：{escape(finding.reckoning)}（请核对）</p>"]
        for passage in finding.passages:
            place = escape(passage.place.words)
            if passage.place.code:
                link = f"color:{colours.accent};text-decoration:none"
                place = f'<a style="{link}" href="{_LINK}{passage.place.code}">{place}</a>'
            lines.append(f'<p style="margin-bottom:0">{place}</p>')
            lines.append(f'<p style="margin-top:4px">{_marked(passage, style)}</p>')
        return f'<div style="line-height:150%">{"".join(lines)}</div>'

    # What the user does

    def _on_see(self) -> None:
        finding = self.finding
        if finding is not None and finding.code:
            self._kit.hub.select(finding.code)

    def _on_link(self, link: QUrl) -> None:
        self._kit.hub.select(link.toString().removeprefix(_LINK))

    def _on_agree(self) -> None:
        finding, office = self.finding, self._office
        if finding is None or office is None or not self.agree.isEnabled():
            return
        who, now = self._kit.hub.who, self._kit.hub.now
        op = take_back if finding.waved else wave_off
        self.agree.setEnabled(False)

        def done(outcome: Outcome[str]) -> None:
            self._kit.messages.tell(outcome.sentence)
            if isValid(self):
                self._mark(outcome.value, waved=op is wave_off)

        def over() -> None:
            if isValid(self):
                self._on_row()

        self._kit.runner.write(
            "正在记下核对结果",
            lambda _progress: op(office, finding, who=who, now=now),
            done,
            initiator=self,
            failed=over,
        )

    def _mark(self, key: str, *, waved: bool) -> None:
        self.findings = tuple(
            replace(one, waved=waved) if one.key == key else one for one in self.findings
        )
        self._show()

    # What happens elsewhere

    def _on_changed(self, _changes: Changes, initiator: object) -> None:
        if initiator is not self and self._check is not None:
            self._later.start()

    def _work(self) -> Callable[[], tuple[SumFinding, ...]] | None:
        check = self._check
        return (lambda: check(Progress())) if check is not None else None

    def _take(self, findings: tuple[SumFinding, ...]) -> None:
        self.findings = findings
        self._show()


def _of(row: QTreeWidgetItem) -> SumFinding:
    finding: SumFinding = row.data(0, Qt.ItemDataRole.UserRole)
    return finding


def _places(finding: SumFinding) -> str:
    return "、".join(dict.fromkeys(passage.place.short for passage in finding.passages))


def _marked(passage: SumPassage, style: str) -> str:
    """Return a passage with its numbers marked, to the letter."""
    text, at = "", 0
    for start, end in sorted(passage.spans):
        text += escape(passage.text[at:start])
        text += f'<span style="{style}">{escape(passage.text[start:end])}</span>'
        at = end
    return (text + escape(passage.text[at:])).replace("\n", "<br>")
