"""Returned files of a round: read, compared with what was sent, proposed, carried out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.base.collecting import uncollected
from tracker.base.errors import UserError
from tracker.domain.collection import Collection, ReturnDecisions, findings_of
from tracker.domain.history import Changes
from tracker.domain.joining import EntryStanding, changes_of, joined_entry, said_in
from tracker.domain.returned import FindingKind
from tracker.domain.terms import RoundState
from tracker.ops.collect_facts import CollectFacts, collect_facts
from tracker.ops.collect_files import find_files, read_found
from tracker.ops.collect_one import Collected, collect_one, said_by
from tracker.ops.collect_standing import HeldFile, settle
from tracker.ops.collect_write import write_collection
from tracker.ops.outcome import Outcome
from tracker.tables.states import is_state

if TYPE_CHECKING:
    from collections.abc import Collection as Some
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from tracker.base.progress import Progress
    from tracker.domain.collection import EntryChange, EntryConflict, ProposedNote, Restanding
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.ops.collect_files import FoundFile
    from tracker.ops.office import Office


@uncollected()
def read_returns(
    office: Office,
    ledger: LedgerRow,
    round_: RoundRow,
    paths: Iterable[Path],
    *,
    passwords: Mapping[str, str] | None = None,
    claimed: Mapping[str, str] | None = None,
    this_round: Some[str] = (),
    today: date | None = None,
    progress: Progress | None = None,
) -> Collection:
    """Read what came back and say what it would change; nothing is stored.

    Args:
        office: the opened database.
        ledger: the ledger.
        round_: the round the files are for.
        paths: files and folders.
        passwords: what opens locked files, by path; under "" for all.
        claimed: whose a file is, as the clerk says: unit by the file's hash. A file that is
            stored already is read anew from there.
        this_round: hashes of forms of another round whose words the clerk takes for this one.
        today: the day by which units are missing; None leaves them out.
        progress: told how far the work is; may cancel it.

    Raises:
        UserError: the round is closed, a path is not there, a claim names no known unit.
        Cancelled: the user asked to stop.
    """
    facts = collect_facts(office, ledger, round_)
    _refuse_closed(round_)
    claims = _claims(facts, claimed or {})
    found, same = find_files(paths, progress)
    again = set(this_round) | claims.keys()
    found += _stored_again(office, facts, found, again)
    collected: list[Collected] = []
    for place, one in enumerate(sorted(found, key=lambda f: f.hash)):
        if progress is not None:
            progress.step(f"正在读“{one.name}”", place, len(found))
        password = (passwords or {}).get(one.path) or (passwords or {}).get("")
        if not facts.is_to_read(one.hash, again, unlocked=password is not None):
            same += 1
            continue
        read = read_found(one, password, progress)
        collected.append(
            collect_one(
                read, facts, claims.get(one.hash), as_this_round=one.hash in this_round,
                password=password,
            )
        )  # fmt: skip
    return _proposal(office, facts, collected, same, today)


def _refuse_closed(round_: RoundRow) -> None:
    if round_.state is RoundState.CLOSED:
        raise UserError(
            f"第{round_.number}期已定稿，不能再收反馈表", "", "请先重新打开这一期，或收到新的一期"
        )


def _claims(facts: CollectFacts, claimed: Mapping[str, str]) -> dict[str, int]:
    claims: dict[str, int] = {}
    for digest, name in claimed.items():
        unit_id = facts.finder.find(name)
        if unit_id is None:
            raise UserError(f"没有名为“{name}”的单位", "", "请从单位名单中选择")
        claims[digest] = unit_id
    return claims


def _stored_again(
    office: Office, facts: CollectFacts, found: Sequence[FoundFile], wanted: Iterable[str]
) -> list[FoundFile]:
    """Return stored files that are to be read anew and were not given again."""
    lacking = set(wanted) - {one.hash for one in found}
    return [one for digest in sorted(lacking) for one in facts.from_store(office, digest)]


def _proposal(
    office: Office,
    facts: CollectFacts,
    collected: Sequence[Collected],
    same: int,
    today: date | None,
) -> Collection:
    fresh = [each for each in collected if not facts.is_as_stored(each)]
    held = [
        *(HeldFile(each.at, each.tie, each.words(), new=each.file) for each in fresh),
        *facts.held({each.file.stored_id for each in fresh}),
    ]
    files, restanding, repeated = settle(held, facts.number_of)
    at = {each.file.hash: each for each in fresh}
    notes = tuple(note for file in files for note in at[file.hash].notes)
    update, conflict = _entry_changes(facts, notes)
    unclaimed = [f for f in files if f.unit_id is None]
    waiting = {f.stored_id for f in files}
    stored = [row for row in facts.files if row.unit_id is None and row.id not in waiting]
    collection = Collection(
        facts.round.id,
        tuple(files),
        notes,
        tuple(update),
        tuple(conflict),
        same + repeated + len(collected) - len(fresh),
        findings_of([*files, *_with_findings(restanding)]),
        restanding=tuple(restanding),
        unclaimed=len(unclaimed) + len(stored),
    )
    return replace(collection, missing=facts.missing(office, collection, today))


def _with_findings(restanding: Iterable[Restanding]) -> list[Restanding]:
    """Return the stored files of which something is to be told now."""
    twice = FindingKind.RETURNED_TWICE
    return [each for each in restanding if twice in {remark.kind for remark in each.remarks}]


def _entry_changes(
    facts: CollectFacts, notes: Sequence[ProposedNote]
) -> tuple[list[EntryChange], list[EntryConflict]]:
    """Return what the new notes change in the entries of their tasks."""
    by_id = {row.id: row for row in facts.files}
    stored = [said_in(note, by_id) for note in facts.notes]
    before = facts.speakers.latest(stored)
    after = facts.speakers.latest([*stored, *map(said_by, notes)])
    update: list[EntryChange] = []
    conflict: list[EntryConflict] = []
    spoken = {note.task_id for note in notes}
    for code, task in facts.known.tasks.items():
        if task.id not in spoken:
            continue
        standing = EntryStanding(
            facts.entries.get(task.id),
            facts.entries_before.get(task.id),
            joined_entry(before.get(task.id, ())),
        )
        changes, disputed = changes_of(code, standing, joined_entry(after[task.id]), is_state)
        update += changes
        conflict += disputed
    return update, conflict


def choose_returns(collection: Collection, decisions: ReturnDecisions) -> Collection:
    """Return the collection with the clerk's decisions carried into it."""
    kept = [c for c in collection.update if (c.task, c.field) not in decisions.refused]
    taken: list[EntryChange] = []
    waiting: list[EntryConflict] = []
    for conflict in collection.conflict:
        place = decisions.settled.get((conflict.task, conflict.field))
        if place is None:
            waiting.append(conflict)
            continue
        change = conflict.changes[place]
        if change is not None:
            taken.append(change)
    return replace(collection, update=(*kept, *taken), conflict=tuple(waiting))


def apply_collection(
    office: Office,
    collection: Collection,
    decisions: ReturnDecisions | None = None,
    *,
    who: str,
    now: datetime,
    progress: Progress | None = None,
) -> Outcome[Collection]:
    """Keep what came back as one step: files, notes, and what they change in the entries.

    Conflicts stay unwritten and wait for the clerk; the words are kept as notes all the same.

    Raises:
        UserError: the round was closed, or an entry was changed since the files were read.
        Cancelled: the user asked to stop; nothing was written.
    """
    chosen = choose_returns(collection, decisions or ReturnDecisions())
    if not (chosen.files or chosen.restanding or chosen.update):
        return Outcome(chosen, Changes(), "没有新的来件，什么也没有改动")
    with office.change(f"收反馈表：{len(chosen.files)} 份", who, now) as work:
        write_collection(work, chosen, now, progress)
    return Outcome(chosen, work.changes, _sentence(chosen))


def _sentence(chosen: Collection) -> str:
    units = {note.unit for note in chosen.notes}
    tasks = {change.task for change in chosen.update}
    sentence = f"收下 {len(chosen.files)} 份来件，{len(units)} 个单位报了 {len(chosen.notes)} 项"
    sentence += f"，更新核定稿 {len(tasks)} 项"
    if chosen.conflict:
        sentence += f"，{len(chosen.conflict)} 处待定没有写入"
    return sentence
