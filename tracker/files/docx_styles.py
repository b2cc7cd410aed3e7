"""The styles of a document, as far as they say what is shown: list numbers and hidden text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.files.package import Package

_OFF = ("0", "false", "off")
_DEEPEST = 40


def is_on(value: str | None) -> bool:
    """Tell whether a switch of the format is on; one without a value is."""
    return value is None or value not in _OFF


def whole(value: str | None) -> int | None:
    """Return a whole number of the file; None where it is missing or none."""
    try:
        return int(float(value)) if value else None
    except (ValueError, OverflowError):
        return None


@dataclass(slots=True)
class Style:
    """What a style itself says; None where it leaves that to the style it is based on."""

    based_on: str = ""
    list_id: int | None = None
    level: int | None = None
    hidden: bool | None = None


@dataclass(slots=True)
class Styles:
    """The styles by their id, and the one that a paragraph has without naming one."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: str = ""

    @classmethod
    def read(cls, package: Package, part: str) -> Styles:
        """Read the part of the styles; a document may be without."""
        styles = cls()
        if not part or not package.has(part):
            return styles
        now = Style()
        for element in package.elements(part):
            value = element.attributes.get("val")
            match element.path[2:]:
                case ("basedOn",):
                    now.based_on = value or ""
                case ("pPr", "numPr", "numId"):
                    now.list_id = whole(value)
                case ("pPr", "numPr", "ilvl"):
                    now.level = whole(value)
                case ("rPr", "vanish"):
                    now.hidden = is_on(value)
                case () if element.tag == "style":
                    styles._keep(element.attributes, now)
                    now = Style()
        return styles

    def _keep(self, given: dict[str, str], style: Style) -> None:
        name = given.get("styleId", "")
        self.by_id[name] = style
        if given.get("type", "paragraph") == "paragraph" and given.get("default") in ("1", "true"):
            self.default = name

    def chain(self, name: str) -> Iterator[tuple[str, Style]]:
        """Yield a style and those it is based on, the nearest first."""
        for _ in range(_DEEPEST):
            style = self.by_id.get(name)
            if style is None:
                return
            yield name, style
            name = style.based_on

    def hides(self, name: str) -> bool:
        """Tell whether text in this style is hidden."""
        told = (style.hidden for _, style in self.chain(name) if style.hidden is not None)
        return next(told, False)
