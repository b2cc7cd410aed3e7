"""Carrying an import out in a worker, and what it left behind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.domain.history import Changes
from tracker.ops.history import next_undo
from tracker.ops.import_table import apply_import, choose, import_as_new_office
from tracker.ops.ledgers import list_ledgers
from tracker.ops.outcome import Outcome
from tracker.ops.rounds import list_rounds

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from tracker.base.progress import Progress
    from tracker.domain.proposal import Proposal
    from tracker.ops.import_table import Import
    from tracker.ops.office import Office
    from tracker.ui.hub import Hub
    from tracker.ui.imports.reading import Loaded


@dataclass(frozen=True, slots=True)
class Written:
    """What an import left behind.

    Attributes:
        office: the file it went to.
        step_id: its step in the trace; 0 where nothing was written.
        proposal: what was carried out.
        remembered: whether it is now known how to read such a table.
    """

    office: Office
    ledger: str
    round: int
    step_id: int
    proposal: Proposal
    remembered: bool = False


def into_standing(
    office: Office, loaded: Loaded, who: str, now: datetime
) -> Callable[[Progress], Outcome[Written]]:
    """Return the work of writing into the opened office."""
    plan, decisions = _plan(loaded), loaded.review.decisions()

    def work(progress: Progress) -> Outcome[Written]:
        chosen = choose(plan, decisions)
        done = apply_import(office, chosen, who=who, now=now, progress=progress)
        return Outcome(_written(office, chosen, done.changes), done.changes, done.sentence)

    return work


def into_new(
    path: Path, loaded: Loaded, who: str, now: datetime
) -> Callable[[Progress], Outcome[Written]]:
    """Return the work of writing into a new office file."""
    plan, decisions = _plan(loaded), loaded.review.decisions()

    def work(progress: Progress) -> Outcome[Written]:
        chosen = choose(plan, decisions)
        made, done = import_as_new_office(path, chosen, who=who, now=now, progress=progress)
        return Outcome(_written(made, chosen, done.changes), Changes(), done.sentence)

    return work


def _plan(loaded: Loaded) -> Import:
    """Return the plan, with the columns that the clerk has confirmed since it was made."""
    return replace(loaded.review.plan, mappings=loaded.target.mappings)


def _written(office: Office, plan: Import, changes: Changes) -> Written:
    step = next_undo(office) if changes else None
    return Written(
        office,
        plan.ledger,
        plan.round,
        step.id if step is not None else 0,
        plan.proposal,
        remembered=bool(plan.to_remember()),
    )


def bring_into_sight(hub: Hub, written: Written) -> None:
    """Show the ledger and the round that were written to."""
    ledgers = list_ledgers(written.office)
    ledger = next((row for row in ledgers if row.name == written.ledger), None)
    rounds = list_rounds(written.office, ledger) if ledger is not None else ()
    round_ = next((row for row in rounds if row.number == written.round), None)
    same = (hub.office, hub.ledger, hub.round) == (written.office, ledger, round_)
    if ledger is not None and not same:
        hub.show(written.office, ledger, round_)
