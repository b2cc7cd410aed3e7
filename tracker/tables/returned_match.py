"""Which task a row of a returned table speaks of: the unit's own first, then any of the ledger."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.tables.codes import ALIKE
from tracker.tables.match import match_rows
from tracker.text.segments import fold
from tracker.text.similar import folded_likeness

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tracker.domain.entry import EntryRow
    from tracker.domain.form import FormRow
    from tracker.domain.table import TableRow
    from tracker.domain.task import TaskRow


class KnownTasks:
    """A ledger's tasks made ready for comparing many files with them.

    Attributes:
        tasks: by code, in printed order.
    """

    def __init__(
        self, tasks: Iterable[TaskRow], entries: Iterable[Mapping[int, EntryRow]] = ()
    ) -> None:
        """Keep the tasks and what is printed of them in this round and the one before."""
        self.tasks = {task.code: task for task in tasks}
        self._former = {old: code for code, task in self.tasks.items() for old in task.old_codes}
        self._entries = tuple(entries)
        self._keys: dict[str, str] = {}
        self._folded = {code: self.key(task.text) for code, task in self.tasks.items()}
        self._by_text: dict[str, list[str]] = defaultdict(list)
        for code, text in self._folded.items():
            self._by_text[text].append(code)
        self._words: dict[str, frozenset[str]] = {}

    def code(self, value: str) -> str:
        """Return the code that a cell names, by an old code too; empty where it names none."""
        return value if value in self.tasks else self._former.get(value, "")

    def key(self, text: str) -> str:
        """Return `fold(text)`; the same words come again and again."""
        found = self._keys.get(text)
        if found is None:
            found = self._keys[text] = fold(text)
        return found

    def folded(self, code: str) -> str:
        """Return the words of a task as they are compared."""
        return self._folded[code]

    def saying(self, text: str) -> Sequence[str]:
        """Return the codes of the tasks that say a folded text."""
        return self._by_text.get(text, ())

    def number(self, code: str) -> str:
        """Return how a task is called in a sentence: “第3项”."""
        task = self.tasks.get(code)
        return f"第{task.number}项" if task and task.number else f"任务{code}"

    def words(self, code: str) -> frozenset[str]:
        """Return what is known of a task, folded: a cell that says it says nothing new."""
        if code not in self._words:
            self._words[code] = frozenset(map(fold, self._all_words(self.tasks[code])))
        return self._words[code]

    def _all_words(self, task: TaskRow) -> Iterable[str]:
        yield from (task.text, task.title, task.number, task.code, task.section, task.units_text)
        names = task.roles.names()
        yield from names
        yield "、".join(names)
        for role in (task.roles.lead, task.roles.cooperating, task.roles.responsible):
            yield "、".join(role)
        yield from task.persons
        yield "、".join(task.persons)
        yield from (d.text for d in (task.deadline, task.first_deadline) if d)
        for entries in self._entries:
            entry = entries.get(task.id)
            if entry is not None:
                yield from (entry.text, entry.state_text, entry.problems, entry.next_steps)
                yield entry.remark
                yield from (text for _, text in entry.extra)


@dataclass(frozen=True, slots=True)
class Paired:
    """Rows (by their place) with the code of the task they speak of.

    Attributes:
        again: rows that speak of a task once more, after another row did.
        doubtful: rows that may be a task but are not surely it, with the reason.
    """

    codes: Mapping[int, str]
    again: Mapping[int, str] = field(default_factory=dict)
    doubtful: Mapping[int, str] = field(default_factory=dict)


def pair_rows(
    rows: Sequence[TableRow], known: KnownTasks, own: Mapping[str, FormRow], *, is_form: bool
) -> Paired:
    """Return which task each row speaks of; no two rows take one task.

    Args:
        rows: the rows of a returned table.
        known: the ledger's tasks.
        own: the tasks the unit reports on, by code, as they were sent to it.
        is_form: the table is a form of ours, so that a number alone tells its task.
    """
    texts = [known.key(row.task) for row in rows]
    found = _by_code(rows, texts, known, own)
    if len(found) == len(rows):
        return Paired(found)
    for codes_of in (_Saying(known, own), known.saying):
        for at, text in enumerate(texts):
            if at not in found and text:
                code = _only(rows[at], codes_of(text), known, set(found.values()))
                if code:
                    found[at] = code
    if is_form:
        found |= _by_number(rows, texts, found, own)
    again = _again(rows, texts, found, known)
    likely, doubtful = _by_likeness(rows, texts, found | again, known)
    return Paired(found | likely, again, doubtful)


def _again(
    rows: Sequence[TableRow], texts: Sequence[str], found: Mapping[int, str], known: KnownTasks
) -> dict[int, str]:
    """Return the rows whose words are those of a task that another row has taken."""
    taken = set(found.values())
    again: dict[int, str] = {}
    for at, text in enumerate(texts):
        if at not in found and text:
            code = _code(rows[at], known)
            saying = [code] if code in taken else [c for c in known.saying(text) if c in taken]
            if len(saying) == 1 and _is_alike(text, known.folded(saying[0])):
                again[at] = saying[0]
    return again


def _by_code(
    rows: Sequence[TableRow], texts: Sequence[str], known: KnownTasks, own: Mapping[str, FormRow]
) -> dict[int, str]:
    """Pair rows that carry a task's code beside words like the task's, or beside none."""
    named = [(at, _code(row, known)) for at, row in enumerate(rows)]
    often = Counter(code for _, code in named if code)
    found: dict[int, str] = {}
    for at, code in named:
        if not code:
            continue
        sent = known.key(own[code].task) if code in own else known.folded(code)
        same = texts[at] in (sent, known.folded(code), known.key(code))
        alike = same or (often[code] == 1 and _is_alike(texts[at], sent))
        if alike and code not in found.values():
            found[at] = code
    return found


def _code(row: TableRow, known: KnownTasks) -> str:
    values = (row.number, row.task, *(text for _, text in row.extra))
    return next(filter(None, map(known.code, values)), "")


def _is_alike(text: str, sent: str) -> bool:
    return not text or folded_likeness(text, sent) >= ALIKE


class _Saying:
    """Finds the unit's own tasks by their words, as they are and as they were sent."""

    def __init__(self, known: KnownTasks, own: Mapping[str, FormRow]) -> None:
        self._codes: dict[str, list[str]] = defaultdict(list)
        for code, row in own.items():
            for text in {known.key(row.task), known.folded(code)}:
                self._codes[text].append(code)

    def __call__(self, text: str) -> Sequence[str]:
        return self._codes.get(text, ())


def _only(row: TableRow, codes: Sequence[str], known: KnownTasks, taken: set[str]) -> str:
    """Return the one task left of several with the same words; the number tells them apart."""
    free = [code for code in codes if code not in taken]
    if len(free) > 1:
        free = [code for code in free if known.tasks[code].number == row.number] or free
    return free[0] if len(free) == 1 else ""


def _by_number(
    rows: Sequence[TableRow],
    texts: Sequence[str],
    found: dict[int, str],
    own: Mapping[str, FormRow],
) -> dict[int, str]:
    """Pair rows of a form without words by their number, unless they may count anew from 1."""
    open_rows = [at for at in range(len(rows)) if at not in found and not texts[at]]
    numbers = [rows[at].number for at in open_rows]
    sent = {row.number: code for code, row in own.items() if code not in found.values()}
    counted = [str(n) for n in range(1, len(numbers) + 1)]
    all_numbers = [row.number for row in own.values()]
    anew = numbers == counted and all_numbers[: len(counted)] != counted
    if anew or len(set(numbers)) < len(numbers) or len(sent) < len(own) - len(found):
        return {}
    return {at: sent[rows[at].number] for at in open_rows if rows[at].number in sent}


def _by_likeness(
    rows: Sequence[TableRow], texts: Sequence[str], found: dict[int, str], known: KnownTasks
) -> tuple[dict[int, str], dict[int, str]]:
    open_rows = [at for at in range(len(rows)) if at not in found and texts[at]]
    taken = set(found.values())
    tasks = [task for code, task in known.tasks.items() if code not in taken]
    if not open_rows or not tasks:
        return {}, {}
    pairs = match_rows([rows[at] for at in open_rows], tasks)
    sure = {open_rows[p.row]: tasks[p.task].code for p in pairs if p.sure}
    doubtful = {
        open_rows[
            p.row
        ]: f"像{known.number(tasks[p.task].code)}（{'，'.join(p.reasons)}），没有把握"
        for p in pairs
        if not p.sure
    }
    return sure, doubtful
