"""Which stored task a row of a table stands for.

A task's code decides first, then exact agreement (number and words, then words alone); what is
left is scored by likeness of the words, helped by number and units, in one assignment over all
rows, so that two rows never take one task. A sure match is taken; a doubtful one is asked with its
reasons.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.domain.unit import Identities, UnitNames
from tracker.tables.candidates import Candidates
from tracker.tables.codes import ALIKE, coded_pairs
from tracker.tables.exact_keys import ExactKeys
from tracker.text.segments import fold
from tracker.text.similar import Folded, Texts, folded_likeness, replaced

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from tracker.base.progress import Progress
    from tracker.domain.table import TableRow
    from tracker.domain.task import TaskRow

SURE = 0.9
"""Likeness of the words that is enough by itself."""
SURE_WITH_HELP = 0.7
"""Likeness that is enough where number or units agree as well."""
POSSIBLE = 0.5
"""Likeness from which a row is asked about, if number or units agree."""
POSSIBLE_WITH_BOTH = 0.4
"""Likeness from which a row is asked about where number and all units agree: a reworded task."""
POSSIBLE_ALONE = 0.75
"""Likeness from which a row is asked about by its words alone."""
MARGIN = 0.08
"""A sure match must be better than the next candidate by this much."""
TIE = 0.02
"""Two rows of a table as close as this to one task: neither takes it by itself."""
TWIN = 0.04
"""Two tasks whose words are as close as this to a row's: words do not tell which of them it is."""
TITLE = 0.75
"""What a text is worth that is the whole first clause of the other: its title."""
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_CLAUSE_ENDS = tuple(",。;:!?、.")
_PLACE = re.compile(r"镇|乡|村|街道|社区|片区|小区|路|大道|水库|河|湖|桥|渠|站|园区")
_SIDES = frozenset("东西南北中")
_LONGEST_NAME = 4
MOST_OTHERS = 2
"""How many other tasks are offered for a doubtful row."""
SAME_CODE = "任务编码相同"
CHOSEN = "已选定任务"
"""The reason of a pair that the clerk has made."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A row (index) taken for a task (index), with the reasons in the user's words.

    Attributes:
        sure: the row is the task; else the clerk is asked.
        others: for a doubtful row the other tasks it may be, the likeliest first.
        like: likeness of the words alone.
    """

    row: int
    task: int
    score: float
    sure: bool
    reasons: tuple[str, ...]
    others: tuple[Pair, ...] = ()
    like: float = 1.0


def match_rows(
    rows: Sequence[TableRow],
    tasks: Sequence[TaskRow],
    progress: Progress | None = None,
    given: Mapping[int, int | None] | None = None,
    names: UnitNames | None = None,
) -> tuple[Pair, ...]:
    """Return the pairs found, by row; a row without a pair is new.

    No two sure pairs hold one task; two rows may be asked about for the same one.

    Args:
        rows: the rows of a table.
        tasks: the tasks of the ledger.
        progress: told now and then how far it is; may cancel it.
        given: rows of which the clerk has said which task they are, or None: a new one.
        names: finds units by name; a unit's former name is as good as its own.
    """
    given = given or {}
    units = Identities(names or UnitNames())
    pairs: list[Pair] = []
    open_rows = _without(list(range(len(rows))), given)
    open_tasks = _without(
        list(range(len(tasks))), (task for task in given.values() if task is not None)
    )
    row_words = [fold(row.task) for row in rows]
    task_words = [fold(task.text) for task in tasks]
    free_rows, free_tasks = set(open_rows), set(open_tasks)
    coded = [
        Pair(at, place, like, like >= ALIKE, (SAME_CODE,), like=like)
        for at, place, like in coded_pairs(rows, tasks, row_words, task_words)
        if at in free_rows and place in free_tasks
    ]
    pairs += (pair for pair in coded if pair.sure)
    open_rows = _without(open_rows, (pair.row for pair in pairs))
    open_tasks = _without(open_tasks, (pair.task for pair in pairs))
    for agreed in ExactKeys(rows, tasks, row_words, task_words, units).agreements():
        exact = _pair_by_key(open_rows, open_tasks, agreed.row_key, agreed.task_key)
        pairs += [Pair(at, place, 1.0, True, (agreed.reason,)) for at, place in exact]
        open_rows = _without(open_rows, (at for at, _ in exact))
        open_tasks = _without(open_tasks, (place for _, place in exact))
    if open_rows and open_tasks:
        scorer = _Scorer(rows, tasks, row_words, task_words, open_tasks, units)
        found_too = _likely(scorer, open_rows, progress)
        pairs += _with_codes(found_too, coded, set(open_rows), set(open_tasks))
    for i, j in given.items():
        if j is not None:
            like = folded_likeness(row_words[i], task_words[j])
            pairs.append(Pair(i, j, like, True, (CHOSEN, f"任务文字相似度 {like:.2f}")))
    return tuple(sorted(pairs, key=lambda pair: pair.row))


def _units(owned: TableRow | TaskRow, units: Identities) -> frozenset[int | str]:
    return frozenset(units[name] for name in owned.roles.names())


def _likely(scorer: _Scorer, open_rows: list[int], progress: Progress | None) -> list[Pair]:
    """Return the pairs that likeness finds among what no agreement has settled."""
    scored = []
    for done, i in enumerate(open_rows):
        if progress is not None and done % 20 == 0:
            progress.step("正在与台账比对", done, len(open_rows))
        scored += scorer.pairs_of(i)
    return _assign(scored)


def _pair_by_key(
    open_rows: list[int],
    open_tasks: list[int],
    row_key: Callable[[int], Hashable],
    task_key: Callable[[int], Hashable],
) -> list[tuple[int, int]]:
    waiting: dict[Hashable, deque[int]] = defaultdict(deque)
    for j in open_tasks:
        waiting[task_key(j)].append(j)
    return [(i, waiting[key].popleft()) for i in open_rows if waiting.get(key := row_key(i))]


def _without(indexes: list[int], gone: Iterable[int]) -> list[int]:
    taken = set(gone)
    return [i for i in indexes if i not in taken]


def _with_codes(
    pairs: list[Pair], coded: list[Pair], open_rows: set[int], open_tasks: set[int]
) -> list[Pair]:
    """Ask about rows that give a task's code with quite other words, where nothing else is sure."""
    sure = {pair.row for pair in pairs if pair.sure}
    held = {pair.task for pair in pairs if pair.sure}
    asked = {
        pair.row: replace(pair, reasons=(*pair.reasons, "任务文字不同"))
        for pair in coded
        if pair.row in open_rows - sure and pair.task in open_tasks - held
    }
    return [*(pair for pair in pairs if pair.row not in asked), *asked.values()]


class _Scorer:
    """Scores rows against the tasks that no row agrees with exactly.

    The others are compared too: a row as near to one of them is another of the same pattern.
    """

    def __init__(
        self,
        rows: Sequence[TableRow],
        tasks: Sequence[TaskRow],
        row_words: list[str],
        task_words: list[str],
        open_tasks: list[int],
        units: Identities,
    ) -> None:
        self._rows, self._tasks = rows, tasks
        self._units = units
        self._row_words, self._task_words = row_words, task_words
        self._open = frozenset(open_tasks)
        self._texts = Texts(task_words)
        self._known = [_units(task, units) for task in tasks]
        self._candidates = Candidates(enumerate(task_words))
        self._numbered: dict[str, list[int]] = defaultdict(list)
        for j in open_tasks:
            if tasks[j].number:
                self._numbered[tasks[j].number].append(j)

    def pairs_of(self, i: int) -> list[Pair]:
        """Return the tasks that row `i` may be."""
        if not self._row_words[i]:
            return []
        row, words = self._rows[i], Folded.of(self._row_words[i])
        near = self._candidates.of(words.text, self._numbered.get(row.number, ()))
        agreed = self._agreements(row, near)
        least = [_least(*each) for each in agreed]
        likes = self._texts.likenesses(words, near, least)
        for at, j in enumerate(near):
            # Most texts of a ledger begin differently, which tells at once.
            if words.text[:2] == self._task_words[j][:2] and _is_title(
                words.text, self._task_words[j]
            ):
                likes[at] = max(likes[at], TITLE)
        best = sorted(likes, reverse=True)[:2]
        found = []
        for j, each, like, enough in zip(near, agreed, likes, least, strict=True):
            if like >= enough and j in self._open:
                rival = best[-1] if like == best[0] and len(best) > 1 else best[0]
                twin = len(best) > 1 and like - rival < TWIN
                found.append(self._pair(i, j, words, like, *each, twin=twin))
        return found

    def _agreements(self, row: TableRow, near: list[int]) -> list[tuple[bool, float]]:
        """Return of each task whether the number agrees, and which share of the units."""
        named = _units(row, self._units)
        number, count, known = row.number, len(named), self._known
        agreed = []
        for j in near:
            both = len(named & known[j])
            shared = both / (count + len(known[j]) - both) if both else 0.0
            agreed.append((number != "" and number == self._tasks[j].number, shared))
        return agreed

    def _pair(
        self,
        i: int,
        j: int,
        words: Folded,
        like: float,
        same_number: bool,
        shared: float,
        *,
        twin: bool,
    ) -> Pair:
        reasons = [f"任务文字相似度 {like:.2f}"]
        reasons += ["序号相同"] if same_number else []
        reasons += ["单位相同"] if shared == 1 else (["单位部分相同"] if shared else [])
        sure = like >= SURE or (like >= SURE_WITH_HELP and _is_helped(same_number, shared))
        text = self._task_words[j]
        doubts = ["还有一项文字同样相近"] if twin else []
        if not same_number and _other_figures(words.text, text):
            doubts.append("数字不同")
        if sure and _other_places(words.text, text):
            doubts.append("地点不同")
        score = like + 0.1 * same_number + 0.1 * shared
        return Pair(i, j, score, sure and not doubts, (*reasons, *doubts), like=like)


def _is_helped(same_number: bool, shared: float) -> bool:
    return same_number or shared >= 0.5


def _least(same_number: bool, shared: float) -> float:
    """Return the likeness from which a row is asked about."""
    if same_number and shared == 1:
        return POSSIBLE_WITH_BOTH
    return POSSIBLE if _is_helped(same_number, shared) else POSSIBLE_ALONE


def _other_figures(one: str, other: str) -> bool:
    """Tell whether each text has a figure that the other lacks.

    In tables made after one pattern (“3号楼改造”, “5号楼改造”) that is all that tells two tasks
    apart; where the row's own number differs too, only the clerk can say.
    """
    ours, theirs = set(_FIGURE.findall(one)), set(_FIGURE.findall(other))
    return bool(ours - theirs) and bool(theirs - ours)


def _other_places(one: str, other: str) -> bool:
    """Tell whether a place stands where the other text has another (城东, 城西; 甲镇, 乙镇)."""
    return any(
        max(len(ours), len(theirs)) <= _LONGEST_NAME
        and (_PLACE.match(rest) or (ours in _SIDES and theirs in _SIDES))
        for ours, theirs, rest in replaced(one, other)
    )


def _is_title(one: str, other: str) -> bool:
    """Tell whether one text is the whole first clause of the other."""
    short, long = (one, other) if len(one) < len(other) else (other, one)
    return len(short) < len(long) and long.startswith(short) and (long[len(short)] in _CLAUSE_ENDS)


def _assign(scored: list[Pair]) -> list[Pair]:
    """Give each row its best free task, the best pair first; a close second makes it doubtful."""
    by_row: dict[int, list[Pair]] = defaultdict(list)
    by_task: dict[int, list[Pair]] = defaultdict(list)
    for pair in scored:
        by_row[pair.row].append(pair)
        by_task[pair.task].append(pair)
    best = {row: max(p.score for p in found) for row, found in by_row.items()}
    rows: dict[int, Pair] = {}
    tasks: dict[int, Pair] = {}
    for pair in sorted(scored, key=lambda p: (-p.score, p.row, p.task)):
        if pair.row in rows or pair.task in tasks:
            continue
        others = [p for p in by_row[pair.row] if p.task != pair.task]
        rivals = [p.score for p in others if not _is_held(p.task, tasks)]
        others = [p for p in by_task[pair.task] if p.row != pair.row]
        others = [p for p in others if not _is_held(p.row, rows)]
        reasons = pair.reasons
        if rivals and pair.score - max(rivals) < MARGIN:
            reasons = (*reasons, "还有一项同样相近")
        if any(pair.score - p.score < TIE or _is_rival(p, pair, best[p.row]) for p in others):
            reasons = (*reasons, "表中另有一行同样相近")
        sure = pair.sure and reasons == pair.reasons
        rows[pair.row] = tasks[pair.task] = replace(pair, sure=sure, reasons=reasons)
    _ask_the_rest(rows, tasks, by_row)
    return [_with_others(pair, by_row[pair.row], tasks) for pair in rows.values()]


def _is_rival(other: Pair, pair: Pair, best: float) -> bool:
    """Tell whether another row has no better task and words as near: a task that was split."""
    return other.score >= best and pair.like - other.like < TWIN


def _ask_the_rest(
    rows: dict[int, Pair], tasks: dict[int, Pair], by_row: dict[int, list[Pair]]
) -> None:
    """A row whose best task another row is asked about is asked about too, never just new."""
    for row, found in by_row.items():
        if row in rows:
            continue
        open_ones = [pair for pair in found if not tasks[pair.task].sure]
        if open_ones:
            best = max(open_ones, key=lambda pair: (pair.score, -pair.task))
            reasons = (*best.reasons, "表中另有一行也相近")
            rows[row] = replace(best, sure=False, reasons=reasons)


def _with_others(pair: Pair, found: list[Pair], tasks: dict[int, Pair]) -> Pair:
    if pair.sure:
        return pair
    free = [p for p in found if p.task != pair.task and not _is_held(p.task, tasks)]
    others = sorted(free, key=lambda p: (-p.score, p.task))[:MOST_OTHERS]
    return replace(pair, others=tuple(others))


def _is_held(index: int, pairs: dict[int, Pair]) -> bool:
    """Tell whether a task (or a row) has a sure pair; what is only asked about is still free."""
    return index in pairs and pairs[index].sure
