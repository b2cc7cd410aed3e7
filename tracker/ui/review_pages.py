"""The pages that take the whole window while something is reviewed; made when first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.ui.views import (
    make_decompose_page,
    make_import_page,
    make_returns_page,
    make_send_page,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QStackedWidget

    from tracker.ui.decompose.page import DecomposePage
    from tracker.ui.imports.page import ImportPage
    from tracker.ui.kit import Kit
    from tracker.ui.returns.collect_page import CollectPage
    from tracker.ui.returns.send_page import SendPage


class ReviewPages:
    """Brings the review of an import, a document, forms or returned files to the front."""

    def __init__(
        self,
        kit: Kit,
        pages: QStackedWidget,
        *,
        left: Callable[[], None],
        do: Callable[[str], None],
    ) -> None:
        """Keep what the pages need.

        Args:
            kit: what every screen is given.
            pages: where they are shown.
            left: called when one is left.
            do: does an action by its name, where a page leads on to one.
        """
        self._kit, self._pages = kit, pages
        self._left, self._do = left, do
        self._import: ImportPage | None = None
        self._decompose: DecomposePage | None = None
        self._send: SendPage | None = None
        self._returns: CollectPage | None = None

    def import_page(self) -> ImportPage:
        """Return the review of tables, in front."""
        if self._import is None:
            self._import = make_import_page(self._kit)
            self._import.finished.connect(self._left)
            self._import.action_wanted.connect(self._do)
            self._pages.addWidget(self._import)
        self._pages.setCurrentWidget(self._import)
        return self._import

    def decompose_page(self) -> DecomposePage:
        """Return the review of documents, in front."""
        if self._decompose is None:
            self._decompose = make_decompose_page(self._kit)
            self._decompose.finished.connect(self._left)
            self._pages.addWidget(self._decompose)
        self._pages.setCurrentWidget(self._decompose)
        return self._decompose

    def send_page(self) -> SendPage:
        """Return the sending of forms, in front."""
        if self._send is None:
            self._send = make_send_page(self._kit)
            self._send.finished.connect(self._left)
            self._pages.addWidget(self._send)
        self._pages.setCurrentWidget(self._send)
        return self._send

    def returns_page(self) -> CollectPage:
        """Return the review of returned files, in front."""
        if self._returns is None:
            self._returns = make_returns_page(self._kit)
            self._returns.finished.connect(self._left)
            self._returns.action_wanted.connect(self._do)
            self._pages.addWidget(self._returns)
        self._pages.setCurrentWidget(self._returns)
        return self._returns

    @property
    def is_in_front(self) -> bool:
        """Whether one of them is in front."""
        reviews = (self._import, self._decompose, self._send, self._returns)
        return self._pages.currentWidget() in reviews

    @property
    def is_writing(self) -> bool:
        """Whether one of them is writing what was reviewed; it then stays in sight."""
        writers = (self._import, self._send, self._returns)
        return any(page is not None and page.is_writing for page in writers)

    def may_leave(self) -> bool:
        """Return whether the one in front may be left; it asks where words would be lost."""
        page = self._decompose
        return page is None or self._pages.currentWidget() is not page or page.may_leave()
