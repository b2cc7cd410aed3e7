"""Named changes of the database's shape, in order.

A new file is made from the models with every name marked as done; an older file goes through
the missing ones, each after a backup and in one transaction. A name once released is never
changed or taken out: the files in `tests/old_files` hold every shape there was.
"""

from __future__ import annotations

from tracker.store.migrations import (
    carried,
    instructions,
    lists,
    milestones,
    reforms,
    returns,
    slips,
    sources,
    traces,
)
from tracker.store.migrations.step import Step

MIGRATIONS: tuple[Step, ...] = (
    Step("0002_instructions", instructions.run),
    Step("0003_traces", traces.run),
    Step("0004_lists", lists.run),
    Step("0005_milestones", milestones.run),
    Step("0006_sources", sources.run),
    Step("0007_returns", returns.run),
    Step("0008_slips", slips.run),
    Step("0009_carried", carried.run),
    Step("0010_reforms", reforms.run),
)

__all__ = ["MIGRATIONS", "Step"]
