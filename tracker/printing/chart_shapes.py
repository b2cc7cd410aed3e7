"""What charts are drawn from, on screen and on paper alike. Nothing here needs Qt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of task in a chart, as it is shown; the shape tells it apart without colour.

    Attributes:
        hollow: drawn as an outline.
    """

    key: str
    word: str
    shape: str
    on_light: str
    on_dark: str
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a bar: so many tasks of one kind, behind so many of the kinds before.

    Attributes:
        series: the place of its kind in `BarChart.series`.
        codes: the tasks it counts.
        amount: how long it is where it measures something else than its tasks.
    """

    series: int
    start: int
    codes: tuple[str, ...]
    amount: int | None = None

    @property
    def length(self) -> int:
        """How long it is."""
        return len(self.codes) if self.amount is None else self.amount

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + self.length


@dataclass(frozen=True, slots=True)
class BarLine:
    """A lying bar with its name; kinds without a task have no piece."""

    key: str
    word: str
    pieces: tuple[Piece, ...]
    codes: tuple[str, ...]

    @property
    def length(self) -> int:
        """How long it is with all its pieces."""
        return sum(piece.length for piece in self.pieces)

    def piece_at(self, value: float) -> Piece | None:
        """Return the piece over a value of the scale."""
        return next((p for p in self.pieces if p.start <= value < p.end), None)


@dataclass(frozen=True, slots=True)
class BarChart:
    """Lying bars under each other, each stacked of the same kinds.

    Attributes:
        scale: the number that takes the whole width; 0 takes the longest bar.
        measure: the word behind the numbers where they count something else than tasks (天).
    """

    title: str
    note: str
    series: tuple[Series, ...]
    lines: tuple[BarLine, ...]
    scale: int = 0
    measure: str = ""

    def label(self, line: BarLine) -> str:
        """Return the number behind a bar."""
        return f"{line.length:,}{self.measure}"

    @property
    def longest_label(self) -> str:
        """The number that takes the most room behind a bar."""
        return f"{self.most:,}{self.measure}"

    @property
    def most(self) -> int:
        """The number that takes the whole width; at least 1."""
        return self.scale or max((line.length for line in self.lines), default=0) or 1

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(line.codes for line in self.lines)


@dataclass(frozen=True, slots=True)
class Point:
    """A share at one round.

    Attributes:
        word: the round.
        detail: a second line under it, the cut-off date.
        percent: None where nothing counts.
        label: the share as printed, with what it is a share of.
        codes: the tasks counted as finished.
    """

    word: str
    detail: str
    percent: float | None
    label: str
    fraction: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrendChart:
    """Shares from round to round."""

    title: str
    note: str
    points: tuple[Point, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return all(point.percent is None for point in self.points)


ChartShape = BarChart | TrendChart
