"""Recent files and the user's choices, kept by the system (registry or configuration folder)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 8


@dataclass(frozen=True, slots=True)
class LastPlace:
    """Where the window was when it was closed.

    Attributes:
        path: the office's file.
        ledger: name of the ledger in sight.
        tab: name of the tab in sight.
        code: the task in hand; empty for none.
    """

    path: Path
    ledger: str
    tab: str
    code: str


class Choices:
    """What the program remembers between starts."""

    def __init__(self, settings: QSettings | None = None) -> None:
        self._settings = settings or QSettings("tracker", "责任分解落实台账")

    def recent(self) -> tuple[Path, ...]:
        """Return files opened lately that still exist, the latest first."""
        kept = self._settings.value("recent", [])
        names: Iterable[object] = kept if isinstance(kept, list) else [kept]
        return tuple(Path(str(name)) for name in names if name and Path(str(name)).is_file())

    def remember(self, path: Path) -> None:
        """Put a file at the head of the list."""
        others = [str(p) for p in self.recent() if p != path.resolve()]
        self._settings.setValue("recent", [str(path.resolve()), *others][:MOST])

    def forget_recent(self) -> None:
        """Empty the list; the files stay as they are."""
        self._settings.setValue("recent", [])

    def text_size(self, default: int) -> int:
        """Return the chosen text size in pixels."""
        value = self._settings.value("text_size", default)
        return int(str(value)) if str(value).isdecimal() else default

    def kept(self, key: str) -> str:
        """Return the text that is kept under a key; empty for none."""
        value = self._settings.value(key, "")
        return "" if value is None else str(value)

    def keep(self, key: str, text: str) -> None:
        """Keep a text under a key."""
        self._settings.setValue(key, text)

    def place(self) -> LastPlace | None:
        """Return where the window was; None where no file was open."""
        kept = self._settings.value("place", [])
        if not isinstance(kept, list) or len(kept) != len(fields(LastPlace)):
            return None
        path, *rest = map(str, kept)
        return LastPlace(Path(path), *rest)

    def set_place(self, place: LastPlace | None) -> None:
        """Remember where the window is; None for no file."""
        kept = [] if place is None else [str(place.path), place.ledger, place.tab, place.code]
        self._settings.setValue("place", kept)

    def columns(self) -> tuple[tuple[str, int], ...]:
        """Return the columns of the ledger as chosen, with widths; 0 leaves one to the program."""
        kept = self._settings.value("columns", "")
        pairs = (part.partition(":") for part in str(kept or "").split(",") if part)
        return tuple((name, int(width) if width.isdecimal() else 0) for name, _, width in pairs)

    def set_columns(self, columns: Iterable[tuple[str, int]]) -> None:
        """Remember which columns of the ledger are shown, in which order and how wide."""
        self._settings.setValue("columns", ",".join(f"{n}:{width}" for n, width in columns))

    def pack_folder(self) -> Path | None:
        """Return in which folder packs are put, while it is there."""
        kept = str(self._settings.value("pack_folder", "") or "")
        return Path(kept) if kept and Path(kept).is_dir() else None

    def set_pack_folder(self, folder: Path) -> None:
        """Remember in which folder packs are put."""
        self._settings.setValue("pack_folder", str(folder))

    def set_text_size(self, size: int) -> None:
        """Remember the text size."""
        self._settings.setValue("text_size", size)
