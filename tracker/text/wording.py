"""Sentences with places to fill in (“应报{应报}家”), as the office words them in `resources/`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PLACE = re.compile(r"\{([^{}]*)\}")


def filled(parts: str | Iterable[str], values: Mapping[str, str]) -> str:
    """Return the parts joined and filled in; a part that lacks one of its values is left out.

    Raises:
        KeyError: a part names a place that nobody knows.
    """
    listed = (parts,) if isinstance(parts, str) else parts
    return "".join(_part(part, values) for part in listed)


def places(parts: str | Iterable[str]) -> frozenset[str]:
    """Return the names of the places in the parts."""
    listed = (parts,) if isinstance(parts, str) else parts
    return frozenset(name for part in listed for name in _PLACE.findall(part))


def _part(part: str, values: Mapping[str, str]) -> str:
    if not all(values[name] for name in _PLACE.findall(part)):
        return ""
    return _PLACE.sub(lambda found: values[found.group(1)], part)
