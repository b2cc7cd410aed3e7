"""Whether words are nothing but the names of units."""

from __future__ import annotations

from tracker.duties.notes import is_name
from tracker.duties.persons import is_bare_name, is_person
from tracker.duties.reading import names_in
from tracker.duties.units import ends_as_unit


def is_unit_list(words: str) -> bool:
    """Return whether `words` are nothing but a list of units (and persons among them)."""
    names = names_in(words)
    units = [name for name in names if ends_as_unit(name)]
    return bool(units) and all(
        (name in units and is_name(name)) or is_person(name) or is_bare_name(name) for name in names
    )
