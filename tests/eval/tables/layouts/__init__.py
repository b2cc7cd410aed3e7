"""Invented tables by kind; each module holds its `LAYOUTS`."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.eval.tables.picture import Layout


def every_layout() -> tuple[Layout, ...]:
    """Return all layouts of all modules, by the names of the modules."""
    names = sorted(module.name for module in iter_modules(__path__))
    modules = (import_module(f"{__name__}.{name}") for name in names)
    return tuple(layout for module in modules for layout in module.LAYOUTS)
