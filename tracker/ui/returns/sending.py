"""What is to be sent: the units that are ticked, the collective names settled; without Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.domain.terms import ROLE_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from tracker.domain.reporting import Duty, Unresolved
    from tracker.domain.unit import UnitRow
    from tracker.ops.forms import FormPlan


@dataclass(frozen=True, slots=True)
class Recipient:
    """A unit that is to report.

    Attributes:
        unit: its official name.
        tasks: how many tasks its form holds.
        duties: by role, in words (“牵头 5　配合 2”).
        sent_at: when it was sent a form of this round before; None for never.
    """

    id: int
    unit: str
    tasks: int
    duties: str
    contact: str = ""
    phone: str = ""
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A plan as it was read, with what the page shows beside it.

    Attributes:
        units: all units, in official order; a collective is named from them.
        contact: who answered the units' questions the last time.
    """

    plan: FormPlan
    recipients: tuple[Recipient, ...]
    units: tuple[UnitRow, ...]
    contact: str = ""


def recipients_of(
    plan: FormPlan, units: Sequence[UnitRow], sent: Mapping[int, datetime]
) -> tuple[Recipient, ...]:
    """Return who is to report by a plan, in official order.

    Args:
        sent: when a unit was sent its form, by its id.
    """
    by_id = {unit.id: unit for unit in units if unit.name not in plan.exempt}
    return tuple(
        Recipient(
            unit_id,
            by_id[unit_id].name,
            len(duties),
            _duties(duties),
            by_id[unit_id].contact,
            by_id[unit_id].phone,
            sent.get(unit_id),
        )
        for unit_id, duties in plan.reporting.duties.items()
        if unit_id in by_id
    )


def _duties(duties: Iterable[Duty]) -> str:
    counts: dict[str, int] = {}
    for duty in duties:
        word = ROLE_WORDS[duty.role].removesuffix("单位")
        counts[word] = counts.get(word, 0) + 1
    return "　".join(f"{word} {count}" for word, count in counts.items())


@dataclass(frozen=True, slots=True)
class Settled:
    """What was said about a collective name.

    Attributes:
        units: the units that stand behind it this time.
        members: names of the units that were remembered as its members.
    """

    units: tuple[int, ...] = ()
    members: tuple[str, ...] = ()

    @property
    def is_sent(self) -> bool:
        """Whether anybody gets a form for it."""
        return bool(self.units or self.members)


class Sending:
    """What the clerk has chosen so far.

    Attributes:
        cooperating: cooperating units report too.
        word: each form is made as a Word document too.
        contact: who answers the units' questions.
        prepared: the plan under these choices; None before it was read.
        settled: collective names of which something was said, by their unit id.
    """

    def __init__(self) -> None:
        self.cooperating = False
        self.word = False
        self.contact = ""
        self.prepared: Prepared | None = None
        self.settled: dict[int, Settled] = {}
        self._collectives: dict[int, Unresolved] = {}
        self._left_out: set[int] = set()

    def take(self, prepared: Prepared) -> None:
        """Take a plan that was read; who was left out stays so."""
        if self.prepared is None:
            self.contact = prepared.contact
        self.prepared = prepared
        for one in prepared.plan.unresolved:
            held = self._collectives.get(one.unit_id)
            tasks = held.tasks if held is not None else ()
            more = tuple(task for task in one.tasks if task not in tasks)
            self._collectives[one.unit_id] = replace(one, tasks=(*tasks, *more))

    @property
    def collectives(self) -> tuple[Unresolved, ...]:
        """The collective names met, settled or not, each once."""
        return tuple(self._collectives.values())

    @property
    def waiting(self) -> int:
        """How many collective names nothing was said about."""
        return sum(one.unit_id not in self.settled for one in self.collectives)

    @property
    def named(self) -> dict[tuple[int, int], tuple[int, ...]]:
        """The units behind collective names, as `plan_forms` takes them."""
        return {
            (task.id, one.unit_id): self.settled[one.unit_id].units
            for one in self.collectives
            if one.unit_id in self.settled and not self.settled[one.unit_id].members
            for task in one.tasks
        }

    @property
    def recipients(self) -> tuple[Recipient, ...]:
        """All units that may be sent a form."""
        return self.prepared.recipients if self.prepared is not None else ()

    def is_ticked(self, unit_id: int) -> bool:
        """Tell whether a unit is sent its form."""
        return unit_id not in self._left_out

    def tick(self, unit_ids: Iterable[int]) -> None:
        """Tick units, or where all are ticked untick them."""
        ids = set(unit_ids)
        if ids & self._left_out:
            self._left_out -= ids
        else:
            self._left_out |= ids

    def tick_all(self) -> None:
        """Tick every unit, or where every one is ticked none."""
        self.tick(one.id for one in self.recipients)

    @property
    def chosen(self) -> tuple[Recipient, ...]:
        """The units that are sent a form."""
        return tuple(one for one in self.recipients if self.is_ticked(one.id))

    def plan(self) -> FormPlan | None:
        """Return the plan cut down to the ticked units; None where there is nothing to send."""
        if self.prepared is None or not self.chosen:
            return None
        wanted = {one.unit for one in self.chosen}
        whole = self.prepared.plan
        forms = tuple(form for form in whole.forms if form.stamp.unit in wanted)
        return replace(whole, forms=forms)
